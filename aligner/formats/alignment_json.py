"""Alignment files, schema `aligner/alignment@1`: the form in which alignments are kept and handed on.

`dumps` is deterministic: the same alignment gives the same text, with the keys in the order of the
documentation, confidences and scores rounded to 4 places, free-form objects (settings, evidence,
messages) sorted by key. What is written is validated against the JSON Schema in the package. What is
read is held to the rules of alignments; the schema is asked about everything but the long lists, and
about those when an entry is refused, to say where (a long file takes ten times as long otherwise).

Not kept: digits beyond the fourth, and the difference of tuple and list inside free-form objects.
Keys that the schema does not know are ignored when reading.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

from aligner.errors import AlignmentError, DocumentError
from aligner.formats.base import LetterExport, NoOptions
from aligner.formats.finding_json import Json, finding_json, offsets, ordered, read_finding, rounded, stretch
from aligner.formats.validation import validate
from aligner.model import (
    Absence,
    AbsenceKind,
    Alignment,
    Link,
    Mode,
    Residue,
    ResidueKind,
    Segment,
    Side,
    Signature,
    Span,
    Status,
)

SCHEMA = "aligner/alignment@1"
_LONG = frozenset({"links", "absences", "residue"})
_Value = TypeVar("_Value")


def dumps(alignment: Alignment) -> str:
    """The alignment file's text, ending with a line end.

    Raises AlignmentError, naming the JSON path, when a value has no place in the schema (a finding
    without category, evidence that is not JSON, a hash that is none).
    """
    data = to_json(alignment)
    where = f"rendering {alignment.rendering}"
    try:
        text = json.dumps(data, ensure_ascii=False, allow_nan=False, indent=1)
    except (TypeError, ValueError) as error:
        raise AlignmentError(
            f"settings or evidence cannot be written as JSON: {error}",
            where=where,
            hint="use plain numbers, texts, lists and objects",
        ) from error
    validate(data, "alignment", where)
    return text + "\n"


def loads(text: str, where: str) -> Alignment:
    """The alignment that `text` holds; `where` (a file's name) begins every message.

    Raises DocumentError when `text` is not JSON, AlignmentError, with the JSON path, when it is not
    an alignment of this schema or breaks a rule of alignments.
    """
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        raise DocumentError(
            f"not JSON: {error.msg}",
            where=f"{where}:{error.lineno}:{error.colno}",
            hint="an alignment file is what `aligner build` or `aligner align` writes",
        ) from error
    except RecursionError as error:
        raise DocumentError("JSON nested too deeply", where=where) from error
    try:
        validate(_head(data), "alignment", where)
        return from_json(data, where)
    except (AlignmentError, AttributeError, KeyError, TypeError, ValueError):
        validate(data, "alignment", where)
        raise


def _head(data: object) -> object:
    """`data` without the entries of its long lists."""
    if not isinstance(data, dict):
        return data
    head = {key: [] if key in _LONG and isinstance(value, list) else value for key, value in data.items()}
    if isinstance(segments := head.get("segments"), dict):
        head["segments"] = {key: [] if isinstance(value, list) else value for key, value in segments.items()}
    return head


def letter_chunks(exports: Iterable[LetterExport], options: NoOptions) -> Iterator[bytes]:  # noqa: ARG001
    """A JSON list of the alignment files of any number of letters."""
    between = b"[\n"
    for export in exports:
        for rendering in export.renderings:
            yield between + dumps(rendering.alignment).rstrip().encode()
            between = b",\n"
    yield b"\n]\n" if between == b",\n" else b"[\n\n]\n"


def export_rendering(export: LetterExport, options: NoOptions) -> bytes:  # noqa: ARG001
    """The alignment file of an export's one rendering."""
    (rendering,) = export.renderings
    return dumps(rendering.alignment).encode()


def to_json(alignment: Alignment) -> Json:
    """The alignment as plain JSON values, in the documented key order, not yet validated."""
    return {
        "schema": SCHEMA,
        "letter": alignment.letter,
        "rendering": alignment.rendering,
        "source": _side(alignment.source),
        "target": {**_side(alignment.target), "region": _region(alignment.target)},
        "signature": {
            "aligner": alignment.signature.aligner,
            "engine": alignment.signature.engine,
            "encoder": alignment.signature.encoder,
            "settings": ordered(alignment.signature.settings),
        },
        "segments": {
            "source": [_segment(segment) for segment in alignment.source_segments],
            "target": [_segment(segment) for segment in alignment.target_segments],
        },
        "links": [_link(link) for link in alignment.links],
        "absences": [_absence(absence) for absence in alignment.absences],
        "residue": [{**stretch(residue), "kind": residue.kind.value} for residue in alignment.residue],
        "findings": [finding_json(finding) for finding in alignment.findings],
    }


def from_json(data: Json, where: str) -> Alignment:
    """The alignment in `data`, which is valid by the schema; see `loads` for what it raises."""
    signature = data["signature"]
    segments = data["segments"]
    parts: Json = {
        "source_segments": _each(segments["source"], _read_segment, f"{where}: $.segments.source"),
        "target_segments": _each(segments["target"], _read_segment, f"{where}: $.segments.target"),
        "links": _each(data["links"], _read_link, f"{where}: $.links"),
        "absences": _each(data["absences"], _read_absence, f"{where}: $.absences"),
        "residue": _each(data["residue"], _read_residue, f"{where}: $.residue"),
        "findings": _each(data["findings"], read_finding, f"{where}: $.findings"),
        "source": _within(f"{where}: $.source", _read_side, data["source"]),
        "target": _within(f"{where}: $.target", _read_side, data["target"]),
    }
    made = Signature(signature["aligner"], signature["engine"], signature["encoder"], signature["settings"])
    try:
        return Alignment(letter=data["letter"], rendering=data["rendering"], signature=made, **parts)
    except AlignmentError as error:
        raise AlignmentError(error.what, where=f"{where}: {error.where}", hint=error.hint) from error


def _side(side: Side) -> Json:
    return {
        "document": side.document,
        "sha256": side.sha256,
        "text_sha256": side.text_sha256,
        "language": side.language,
    }


def _region(side: Side) -> list[int] | None:
    return [side.region.start, side.region.end] if side.region else None


def _segment(segment: Segment) -> Json:
    return {"id": segment.id, **stretch(segment)}


def _link(link: Link) -> Json:
    return {
        "id": link.id,
        "source": list(link.source),
        "target": list(link.target),
        "mode": link.mode.value,
        "confidence": rounded(link.confidence),
        "status": link.status.value,
    }


def _absence(absence: Absence) -> Json:
    place = {"start": absence.start, "end": absence.end, "text": absence.text}
    return {
        "source": absence.source,
        "kind": absence.kind.value,
        **{key: value for key, value in place.items() if value is not None},
        "confidence": rounded(absence.confidence),
    }


def _read_segment(data: Json) -> Segment:
    return Segment(data["id"], data["start"], data["end"], data["text"])


def _read_link(data: Json) -> Link:
    return Link(
        data["id"],
        tuple(data["source"]),
        tuple(data["target"]),
        Mode(data["mode"]),
        data["confidence"],
        Status(data["status"]),
    )


def _read_absence(data: Json) -> Absence:
    place = offsets(data) if {"start", "end", "text"} <= data.keys() else (None, None, None)
    return Absence(data["source"], AbsenceKind(data["kind"]), data["confidence"], *place)


def _read_residue(data: Json) -> Residue:
    return Residue(*offsets(data), ResidueKind(data["kind"]))


def _read_side(data: Json) -> Side:
    region = data.get("region")
    return Side(
        data["document"],
        data["sha256"],
        data["text_sha256"],
        data["language"],
        Span(*region) if region else None,
    )


def _each(items: Sequence[Json], read: Callable[[Json], _Value], path: str) -> tuple[_Value, ...]:
    return tuple(_within(f"{path}[{index}]", read, item) for index, item in enumerate(items))


def _within(path: str, read: Callable[[Json], _Value], data: Json) -> _Value:
    try:
        return read(data)
    except AlignmentError as error:
        raise AlignmentError(error.what, where=path, hint=error.hint) from error
