"""Alignments made from the gold of letters, as if an engine had found every link: what checks see at best."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from aligner import documents
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
)
from aligner.text.scripts import language_of
from aligner.witnesses import letter_from_document


def folders(given: Sequence[Path]) -> list[Path]:
    """The folders with gold: those given, or those inside a given one."""
    return [each for place in given for each in ([place] if (place / "gold").is_dir() else sorted(place.iterdir()))
            if (each / "gold").is_dir()]  # fmt: skip


def read_gold(folder: Path) -> tuple[Letter, dict[str, Document], tuple[Alignment, ...]]:
    """A letter of `benchmarks/letters`, its articles by rendering id, and the gold alignments."""
    sources = json.loads((folder / "gold" / "source_sentences.json").read_text("utf-8"))
    renderings = json.loads((folder / "gold" / "renderings.json").read_text("utf-8"))["renderings"]
    (name,) = [key for key in sources if key != "_meta"]
    page = documents.load(folder / "source.txt")
    sentences = sources[name]["sentences"]
    first, last = page.text[: sentences[-1]["end"]], sentences[0]["start"]
    letter = letter_from_document(page, id=name, from_words=first[last : last + 60], to_words=first[-60:])
    articles = {key: documents.load(folder / value["file"]) for key, value in renderings.items()}
    made = tuple(gold_alignment(letter, sentences, key, value, articles[key]) for key, value in renderings.items())
    return letter, articles, made


def gold_alignment(
    letter: Letter, sentences: Sequence[dict[str, Any]], rendering: str, gold: dict[str, Any], article: Document
) -> Alignment:
    """The alignment that the gold of one rendering states."""
    ours = {s["id"]: _segments(letter, s) for s in sentences}
    spans = sorted((s for s in gold["spans"] if s["certainty"] == "firm"), key=lambda s: s["start"])
    targets: list[Segment] = []
    links: list[Link] = []
    extra: list[Residue] = []
    last = 0
    for span in spans:
        source = tuple(dict.fromkeys(name for en in span["en"] for name in ours[en]))
        start, end = max(span["start"], last), span["end"]
        text = article.text[start:end]
        if not source or not text.strip():
            continue
        last = end
        targets.append(Segment(f"t{len(targets) + 1}", start, end, text))
        links.append(Link(f"l{len(links) + 1}", source, (targets[-1].id,), Mode(span["mode"]), 1.0))
        extra += [
            Residue(i["start"], i["end"], article.text[i["start"] : i["end"]], ResidueKind.TRANSLATOR_NOTE)
            for i in span.get("insertions", [])
            if start <= i["start"] and i["end"] <= end
        ]
    linked = {name for link in links for name in link.source}
    order = [segment.id for segment in letter.segments]
    inside = [k for k, name in enumerate(order) if name in linked]
    absences = tuple(
        Absence(name, _kind(k, inside), 1.0) for k, name in enumerate(order) if name not in linked
    )  # fmt: skip
    region = Span(targets[0].start, targets[-1].end) if targets else None
    page = letter.base.document
    return Alignment(
        letter.id,
        rendering,
        Side(page.name, page.sha256, page.text_sha256, letter.language),
        Side(article.name, article.sha256, article.text_sha256, language_of(article.text), region),
        Signature("gold", "gold", "none"),
        letter.segments,
        tuple(targets),
        tuple(links),
        absences,
        tuple(sorted(extra, key=lambda r: r.start)),
    )


def _segments(letter: Letter, sentence: dict[str, Any]) -> list[str]:
    span = Span(sentence["start"], sentence["end"])
    return [
        s.id for s in letter.segments if span.overlap(s.span) * 2 >= min(s.end - s.start, span.end - span.start)
    ]  # fmt: skip


def _kind(place: int, inside: Sequence[int]) -> AbsenceKind:
    return AbsenceKind.OMITTED if inside and inside[0] < place < inside[-1] else AbsenceKind.OUTSIDE
