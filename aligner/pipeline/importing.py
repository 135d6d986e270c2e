"""Files that people bring: what each is taken for, and what comes of it. Nothing is written or stored here."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePath

from aligner import documents
from aligner.corpus import ID
from aligner.documents import limits, stored
from aligner.documents.inspection import Inspection
from aligner.errors import DocumentError, UnknownNameError
from aligner.formats import LetterExport, alignment_json
from aligner.formats.reading import (
    ANNOTATIONS,
    Annotations,
    Imported,
    ImportedPair,
    ImportedTexts,
    Made,
    Returned,
    as_alignment,
    edited,
    pairs_as_texts,
    read_annotations,
    read_beads,
    read_beads_zip,
    read_intertext,
    read_intertext_zip,
    read_pairs,
)
from aligner.formats.reading import PAIRS as PAIR_FORMATS
from aligner.formats.reading import kind_of as pairs_kind
from aligner.formats.reading.tmx import primary
from aligner.formats.units import units
from aligner.model import Quoted
from aligner.pipeline.import_kinds import (
    BEADS,
    DOCUMENT,
    INTERTEXT,
    KINDS,
    ONLY_PAIRS,
    PAIRS,
    Files,
    annotation_kind,
    check,
    in_utf8,
    together,
)
from aligner.review.conversion import part_of_alignment
from aligner.review.edits import Action, Edit
from aligner.review.parts import Bead, Part
from aligner.review.said import Comment, Mark, Said, Score, Suggestion, Work


@dataclass(frozen=True)
class Looked:
    """What a file was taken for: `document`, `pairs`, `beads`, `intertext`, or a format of annotations.

    `inspection` is of a document, `texts` of what carries an alignment: each two texts and their beads.
    """

    kind: str
    name: str
    inspection: Inspection | None = None
    texts: tuple[ImportedTexts, ...] = ()
    renderings: tuple[str, ...] = ()
    """Names of the renderings of `texts`, where the file says them."""


def by_rendering(imported: Imported) -> dict[str, Imported]:
    """A memory taken apart: by rendering, as this program writes them, and by its languages, so that no text has two.

    What is one has no name, unless the program's own; else languages are names, behind that of the rendering.
    """
    parts: dict[tuple[str, str, str], list[ImportedPair]] = {}
    for pair in imported.pairs:
        tongues = (primary(pair.source_lang), primary(pair.target_lang))
        parts.setdefault((pair.props.get("x-rendering", ""), *tongues), []).append(pair)
    groups = [(name, each) for (name, *_), pairs in parts.items() for each in _by_region(pairs)]
    several = Counter(name for name, _ in groups)
    found: dict[str, Imported] = {}
    for name, pairs in groups:
        tongues_of = (pairs[0].source_lang, "to", pairs[0].target_lang) if several[name] > 1 else ()
        found["-".join(filter(None, (name, *tongues_of)))] = replace(imported, pairs=tuple(pairs))
    return found or {"": imported}


def _by_region(pairs: list[ImportedPair]) -> list[list[ImportedPair]]:
    """Pairs of two languages, apart by regions where a unit has texts of several (`zh-CN` beside `zh-TW`)."""
    if len({pair.id for pair in pairs}) == len(pairs):
        return [pairs]
    parts: dict[str, list[ImportedPair]] = {}
    for pair in pairs:
        parts.setdefault(pair.target_lang.lower().replace("_", "-"), []).append(pair)
    return list(parts.values())


def only(looked: Looked, rendering: str) -> Looked:
    """Of a file of several renderings with names the one of this name. Raises UnknownNameError, with the names."""
    if len(looked.texts) < 2:
        return looked
    if rendering not in looked.renderings:
        raise UnknownNameError("rendering", rendering, looked.renderings, where=looked.name)
    return replace(looked, texts=(looked.texts[looked.renderings.index(rendering)],), renderings=(rendering,))


def read_file(path: Path) -> bytes:
    """The bytes of a file. Raises DocumentError, also for more than a document may have."""
    try:
        with path.open("rb") as file:
            data = file.read(limits.FILE_BYTES + 1)
    except OSError as error:
        what = "no such file" if isinstance(error, FileNotFoundError) else f"cannot be read ({error.strerror})"
        raise DocumentError(what, where=str(path), hint="check the path") from None
    if len(data) > limits.FILE_BYTES:
        most = limits.FILE_BYTES // limits.MB
        raise DocumentError(f"is larger than {most} MB", where=str(path), hint="split it, and import the parts")
    return data


def look(files: Files, kind: str | None = None, languages: tuple[str, str] | None = None) -> tuple[Looked, ...]:
    """What each of `files` is, by its name and content; `kind` says it in place of them.

    Bead lines come with their two texts, and InterText's links with their two documents, in one call. Raises
    AlignerError for what cannot be read, with the line where there are lines.
    """
    if kind is not None and kind not in KINDS:
        raise UnknownNameError("kind of file", kind, KINDS)
    check(files, kind)
    files = {name: in_utf8(name, data) for name, data in files.items()}
    names = list(files)
    known = kind or together(files)
    if len(names) == 1 and names[0].lower().endswith(".zip") and known in (BEADS, INTERTEXT):
        read = read_beads_zip if known == BEADS else read_intertext_zip
        texts = read(files[names[0]], names[0])
        return (Looked(known, names[0], texts=texts, renderings=tuple(each.name for each in texts)),)
    if known == BEADS:
        if len(names) != 3:
            hint = "name three: the bead lines, the source and the target, a sentence a line"
            raise DocumentError(f"bead lines come with two texts, not with {len(names) - 1}", where=names[0], hint=hint)
        lines, source, target = files.values()
        return (Looked(BEADS, names[0], texts=(read_beads(lines, source, target, names[0]),)),)
    if known == INTERTEXT:
        return (Looked(INTERTEXT, names[0], texts=(read_intertext(files, names[0]),)),)
    return tuple(_one(name, data, kind, languages) for name, data in files.items())


def _one(name: str, data: bytes, kind: str | None, languages: tuple[str, str] | None) -> Looked:
    suffix = PurePath(name).suffix.lower()
    found = kind or annotation_kind(name, data) or (PAIRS if suffix in ONLY_PAIRS else DOCUMENT)
    if found == PAIRS or found in PAIR_FORMATS:
        parts = by_rendering(read_pairs(pairs_kind(name) if found == PAIRS else found, data, name, languages))
        return Looked(PAIRS, name, texts=tuple(map(pairs_as_texts, parts.values())), renderings=tuple(parts))
    if found in ANNOTATIONS:
        return Looked(found, name)
    return Looked(DOCUMENT, name, inspection=documents.inspect(name, data))


def document_files(name: str, data: bytes) -> dict[str, bytes]:
    """The extracted text of a document with its record; the document itself where its text is not extracted."""
    return stored([documents.read_extracted(name, data)]) or {PurePath(name).name: data}


def made_of(looked: Looked, letter: str, rendering: str) -> tuple[Made, ...]:
    """A letter and an alignment of each; several have the names of the file, else numbers behind `rendering`.

    Names become names of files, so those of the file count only when they are ids. Raises ReadingError.
    """
    texts = looked.texts
    names = [rendering] if len(texts) == 1 else [f"{rendering}-{number}" for number in range(1, len(texts) + 1)]
    own = [name for name in looked.renderings if ID.fullmatch(name)]
    if len(texts) > 1 and len(set(own)) == len(texts):
        names = own
    return tuple(as_alignment(each, letter, name) for each, name in zip(texts, names, strict=True))


def made_files(made: Sequence[Made]) -> dict[str, bytes]:
    """The two texts and the alignment file of each, by file name."""
    files: dict[str, bytes] = {}
    for each in made:
        # Each alignment brings its own text of the letter: two files of pairs seldom have the same sentences.
        source = replace(each.alignment.source, document=f"{each.alignment.rendering}.source.txt")
        target = replace(each.alignment.target, document=f"{each.alignment.rendering}.target.txt")
        files[source.document] = each.letter.base.document.text.encode()
        files[target.document] = each.target.text.encode()
        alignment = replace(each.alignment, source=source, target=target)
        files[f"{each.alignment.rendering}.json"] = alignment_json.dumps(alignment).encode()
    return files


def returned(data: bytes, name: str, export: LetterExport) -> Returned:
    """What a file of pairs that this program exported says otherwise by now."""
    return edited(export, read_pairs(pairs_kind(name), data, name))


def sayings_of_returned(found: Returned, export: LetterExport) -> list[tuple[str, Said]]:
    """Rendering and word for each change: a suggestion for a new translation, a comment for a changed letter.

    Notes that were added are comments. Links that were confirmed in the other program are confirmed here.
    """
    beads: dict[tuple[str, str], Bead] = {}
    for rendering in export.renderings:
        known = {unit.link.id for unit in units(export.letter, rendering.alignment)}
        part = part_of_alignment(rendering.alignment)
        for link, bead in zip(rendering.alignment.links, part.beads, strict=True):
            if link.id in known:
                beads[rendering.id, link.id] = bead
    said: list[tuple[str, Said]] = []
    for change in found.changes:
        bead = beads[change.rendering, change.link]
        if change.side == "target":
            said.append((change.rendering, Suggestion(change.after, bead.target, bead.source)))
        else:
            said.append((change.rendering, Comment(f"{change.before} → {change.after}", (), bead.source)))
    for rendering_id, link_id, text in found.notes:
        bead = beads[rendering_id, link_id]
        said.append((rendering_id, Comment(text, bead.target, bead.source)))
    for rendering_id, link_id in found.confirmed:
        bead = beads[rendering_id, link_id]
        after = Bead(bead.source, bead.target, bead.mode, bead.confidence)
        said.append((rendering_id, Edit(Action.CONFIRM, Part((bead,)), Part((after,)))))
    return said


def judged(data: bytes, kind: str, name: str, export: LetterExport) -> Annotations:
    """What reviewers said in a file of the format `kind`. Raises ReadingError with the line."""
    return read_annotations(kind, data, export, name)


def sayings_of(found: Annotations, export: LetterExport) -> list[tuple[str, str, Said]]:
    """Reviewer, rendering and word for each annotation and score; a sentence without error is called done.

    A comment on all renderings is one on each.
    """
    sentences = {s.id: Quoted(s.start, s.end, s.text) for s in export.letter.segments}
    said: list[tuple[str, str, Said]] = [
        (
            each.reviewer,
            each.rendering,
            Mark(
                each.typology,
                each.version,
                each.category,
                each.severity,
                each.target,
                each.source,
                each.comment,
                each.correction,
            ),
        )
        for each in found.annotations
    ]
    said += [
        (each.reviewer, each.rendering, Score(each.score, sentences[each.sentence] if each.sentence else None))
        for each in found.scores
        if each.sentence is None or each.sentence in sentences
    ]
    said += [
        (reviewer, rendering, Work("done", sentences[name]))
        for reviewer, rendering, name in found.faultless
        if name in sentences
    ]
    for rendering in export.renderings:
        links = (link.id for link in rendering.alignment.links)
        beads = dict(zip(links, part_of_alignment(rendering.alignment).beads, strict=True))
        for each, of in zip(found.comments, found.commented, strict=True):
            if of in (None, rendering.id):
                bead = beads.get(each.link or "")
                places = (bead.target, bead.source) if bead else ((), ())
                said.append((each.reviewer, rendering.id, Comment(each.text, *places)))
    return said


def event_id(*parts: str) -> str:
    """The id of an imported word, the same each time, so that a file imported twice counts once."""
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]
