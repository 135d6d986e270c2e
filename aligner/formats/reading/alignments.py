"""Imported pairs and beads as a letter and an alignment: links with the status `imported`, not guesses.

The documents are made of the sentences, one a line. What a file does not say is not invented: its links
are `direct` with the confidence 1 unless it names another, a sentence in a null bead is omitted, and
target sentences in none are additions.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import aligner
from aligner.formats.reading.values import Imported, ImportedBead, ImportedTexts, ReadingError
from aligner.model import (
    Absence,
    AbsenceKind,
    Alignment,
    Document,
    Letter,
    Link,
    Mode,
    Residue,
    ResidueKind,
    Segment,
    Side,
    Signature,
    Span,
    Status,
    Witness,
    sha256_of,
)


@dataclass(frozen=True, slots=True)
class Made:
    """A letter, the document of its rendering, and the alignment between them."""

    letter: Letter
    target: Document
    alignment: Alignment
    remarks: tuple[str, ...] = ()


def pairs_as_texts(imported: Imported) -> ImportedTexts:
    """Each pair as one sentence of each text, in the order of the file."""
    pairs = imported.pairs
    if not pairs:
        raise ReadingError("holds no pair of texts", where=imported.kind, hint="; ".join(imported.remarks) or None)
    beads = tuple(
        ImportedBead((number,), (number,), _share(pair.props.get("x-confidence"))) for number, pair in enumerate(pairs)
    )
    source, target = tuple(pair.source for pair in pairs), tuple(pair.target for pair in pairs)
    languages = pairs[0].source_lang, pairs[0].target_lang
    return ImportedTexts(imported.kind, source, target, beads, *languages, remarks=imported.remarks)


def as_alignment(
    texts: ImportedTexts, letter: str, rendering: str, languages: tuple[str, str] = ("en", "zh-Hans")
) -> Made:
    """A letter called `letter` and its `rendering`; `languages` are taken where the file names none.

    Raises ReadingError when a target sentence stands in two beads.
    """
    source, source_at, source_text = _laid_out("s", texts.source)
    target, target_at, target_text = _laid_out("t", texts.target)
    links: list[Link] = []
    absent, taken = set(source_at), set[str]()
    for bead in texts.beads:
        sides = [
            [at[number].id for number in numbers if number in at]  # blank sentences have no segment
            for numbers, at in ((bead.source, source_at), (bead.target, target_at))
        ]
        if twice := taken & set(sides[1]):
            raise ReadingError(f"target sentence {min(twice)} stands in two beads", where=texts.kind)
        if sides[0] and sides[1]:
            taken |= set(sides[1])
            absent -= set(bead.source)
            confidence = 1.0 if bead.confidence is None else bead.confidence
            links.append(
                Link(f"l{len(links) + 1}", tuple(sides[0]), tuple(sides[1]), Mode.DIRECT, confidence, Status.IMPORTED)
            )
    linked = tuple(segment for segment in target if segment.id in taken)
    residue = tuple(
        Residue(segment.start, segment.end, segment.text, ResidueKind.ADDITION)
        for segment in target
        if segment.id not in taken
    )
    region = Span(linked[0].start, linked[-1].end) if linked else None
    tags = (texts.source_lang or languages[0], texts.target_lang or languages[1])
    document, article = _document(f"{letter}.txt", source_text), _document(f"{rendering}.txt", target_text)
    made = Alignment(
        letter,
        rendering,
        Side(document.name, document.sha256, document.text_sha256, tags[0]),
        Side(article.name, article.sha256, article.text_sha256, script(tags[1]), region),
        Signature(aligner.__version__, "imported", "none", {"format": texts.kind}),
        source,
        linked,
        tuple(links),
        tuple(Absence(source_at[number].id, AbsenceKind.OMITTED, 1.0) for number in sorted(absent)),
        residue,
    )
    witness = Witness("w1", document, 0, len(document.text))
    readings = tuple(segment.text for segment in source)
    whole = Letter(letter, tags[0], witness, source, readings, witnesses=(witness,))
    return Made(whole, article, made, (*texts.remarks, *_blank(texts, source_at, target_at)))


def script(language: str) -> str:
    """A Chinese tag by its script, as alignments have it; any other as it is.

    >>> script("zh-CN"), script("zh_TW"), script("zh"), script("de")
    ('zh-Hans', 'zh-Hant', 'zh-Hans', 'de')
    """
    tag = language.replace("_", "-")
    parts = tag.split("-")
    if parts[0].lower() != "zh" or (len(parts) > 1 and len(parts[1]) == 4):
        return tag
    return "zh-Hant" if parts[-1].upper() in {"TW", "HK", "MO"} else "zh-Hans"


def _laid_out(prefix: str, sentences: Sequence[str]) -> tuple[tuple[Segment, ...], dict[int, Segment], str]:
    """Segments, the segment of each sentence that is not blank, and the text: one sentence a line."""
    found: dict[int, Segment] = {}
    lines, start = [], 0
    for number, sentence in enumerate(sentences):
        line = " ".join(sentence.splitlines()) if len(sentence.splitlines()) > 1 else sentence
        if line.strip():
            found[number] = Segment(f"{prefix}{number + 1}", start, start + len(line), line)
        lines.append(line)
        start += len(line) + 1
    return tuple(found.values()), found, "\n".join(lines)


def _document(name: str, text: str) -> Document:
    return Document(name, text, sha256_of(text), "utf-8")


def _blank(texts: ImportedTexts, source: dict[int, Segment], target: dict[int, Segment]) -> list[str]:
    left = [len(texts.source) - len(source), len(texts.target) - len(target)]
    names = ("source", "target")
    return [f"{count} blank {name} sentences left out" for count, name in zip(left, names, strict=True) if count]


def _share(text: str | None) -> float | None:
    try:
        value = float(text or "x")
    except ValueError:
        return None
    return value if 0.0 <= value <= 1.0 else None
