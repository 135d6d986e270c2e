"""Annotations come back: Google's MQM table, mt-metrics-eval's JSON Lines, and this program's own."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from aligner.formats.base import Comment, LetterExport
from aligner.formats.mqm.google import CLOSE, COLUMNS, GUARD, NO_ERROR, OPEN
from aligner.formats.mqm.judged import Sentence
from aligner.formats.mqm.own import SCHEMA
from aligner.formats.reading.judged import Annotations, Sentences, annotation, field, json_lines, objects
from aligner.formats.reading.values import ReadingError
from aligner.formats.traced import Traced
from aligner.model import Quoted
from aligner.review.annotations import ErrorAnnotation, EsaScore

Spans = list[tuple[int, int]]


def read_google(data: bytes, export: LetterExport, where: str) -> Annotations:
    """The errors of a table of Google's MQM (9 columns) or Marot (10), laid over the export.

    Lines `No-error` say that a sentence was judged, lines of metadata nothing. Raises ReadingError, with the line, for
    texts that are not the export's and for marks that do not close.
    """
    try:
        lines = data.decode("utf-8-sig").replace("\r\n", "\n").removesuffix("\n").split("\n")
    except UnicodeDecodeError as error:
        raise ReadingError("is not UTF-8", where=where, hint="save it as UTF-8") from error
    head = lines[0].split("\t")
    if tuple(head[:9]) != COLUMNS[:9] and not lines[0].startswith("system\tdoc"):
        raise ReadingError("is no MQM table", where=f"{where}:1", hint=f"its head is {' '.join(COLUMNS)}")
    known = Sentences(export)
    found: list[ErrorAnnotation] = []
    faultless: list[tuple[str, str, str]] = []
    for number, line in enumerate(lines[1:], 2):
        cells = line.split("\t")
        place = f"{where}:{number}"
        if len(cells) not in {9, 10}:
            raise ReadingError(f"has {len(cells)} cells, not 9 or 10", where=place)
        system, _, order, _, rater, source, target, category, severity = cells[:9]
        if not rater:
            continue
        (source, source_spans), (target, target_spans) = _unmarked(source, place), _unmarked(target, place)
        count = int(order) if order.isascii() and order.isdigit() else None
        if NO_ERROR.lower() in (category.lower(), severity.lower()):
            with suppress(ReadingError):  # of a sentence that is not here, nothing is lost
                rendering, sentence = known.find(system, source, target, count, place)
                faultless += [(rater, rendering, name) for name in sentence.ids]
            continue
        rendering, sentence = known.find(system, source, target, count, place)
        extra = _metadata(cells[9] if len(cells) == 10 else "", place)
        found.append(
            _made(rendering, sentence, rater, (category, severity), (source_spans, target_spans), extra, place)
        )
    return Annotations(tuple(_once(found)), faultless=tuple(faultless))


def read_metrics(data: bytes, export: LetterExport, where: str) -> Annotations:
    """The errors of mt-metrics-eval's JSON Lines, laid over the export; raises ReadingError with the line."""
    known = Sentences(export)
    found: list[ErrorAnnotation] = []
    faultless: list[tuple[str, str, str]] = []
    for place, value in json_lines(data, where):
        if value.get("errors") is None or not value.get("rater_id"):
            continue
        texts = [field(value, name, str, place) for name in ("system_id", "source", "hypothesis")]
        rendering, sentence = known.find(texts[0], texts[1], texts[2], value.get("segment_id"), place)
        errors = objects(value["errors"], "errors", place)
        if not errors:
            faultless += [(str(value["rater_id"]), rendering, name) for name in sentence.ids]
        for error in errors:
            span = (field(error, "start", int, place), field(error, "end", int, place))
            spans: tuple[Spans, Spans] = ([span], []) if error.get("is_source_error") else ([], [span])
            kind = (field(error, "category", str, place), field(error, "severity", str, place))
            found.append(_made(rendering, sentence, str(value["rater_id"]), kind, spans, {}, place))
    return Annotations(tuple(found), faultless=tuple(faultless))


def read_own(data: bytes, export: LetterExport, where: str) -> Annotations:
    """Everything in this program's JSON Lines; raises ReadingError, with the line, for another state of a document."""
    sides = {each.id: (each.alignment.source, each.alignment.target) for each in export.renderings}
    errors, scores, comments, commented = [], [], [], []
    for place, value in json_lines(data, where):
        if value.get("schema") != SCHEMA:
            raise ReadingError(f"is no line of {SCHEMA}", where=place)
        if value.get("kind") == "letter":
            continue
        rendering = field(value, "rendering", str, place)
        if rendering not in sides:
            hint = f"known: {', '.join(sorted(sides))}"
            raise ReadingError(f"there is no rendering {rendering!r}", where=place, hint=hint)
        hashes = (value.get("source_sha256"), value.get("target_sha256"))
        if hashes != tuple(side.text_sha256 for side in sides[rendering]):
            raise ReadingError("was made on another state of the documents", where=place)
        reviewer = field(value, "reviewer", str, place)
        if value.get("kind") == "error":
            errors.append(_own(value, rendering, reviewer, place))
        elif value.get("kind") == "score":
            score = field(value, "score", (int, float), place)
            scores.append(EsaScore(reviewer, rendering, score, _name(value, "sentence", place)))
        elif value.get("kind") == "comment":
            comments.append(Comment(reviewer, field(value, "comment", str, place), _name(value, "link", place)))
            commented.append(rendering)
        else:
            raise ReadingError(f"unknown kind {value.get('kind')!r}", where=place, hint="known: comment, error, score")
    return Annotations(tuple(errors), tuple(scores), tuple(comments), tuple(commented))


def _name(value: Mapping[str, Any], name: str, place: str) -> str | None:
    return None if value.get(name) is None else str(field(value, name, str, place))


def _own(value: Mapping[str, Any], rendering: str, reviewer: str, place: str) -> ErrorAnnotation:
    sides = []
    for side in ("source", "target"):
        spans = field(value, side, list, place)
        sides.append(
            [
                Quoted(
                    field(span, "start", int, place), field(span, "end", int, place), field(span, "text", str, place)
                )
                for span in spans
            ]
        )
    names = ("id", "typology", "version", "category", "severity", "comment")
    name, typology, version, category, severity, comment = (field(value, key, str, place) for key in names)
    return ErrorAnnotation(
        name,
        reviewer,
        rendering,
        typology,
        version,
        category,
        severity,
        tuple(sides[1]),
        tuple(sides[0]),
        comment,
        _name(value, "correction", place),
    )


def _made(
    rendering: str,
    sentence: Sentence,
    reviewer: str,
    kind: tuple[str, str],
    spans: tuple[Spans, Spans],
    extra: Mapping[str, Any],
    where: str,
) -> ErrorAnnotation:
    source = _quoted(sentence.source, spans[0], where)
    target = _quoted(sentence.target, spans[1], where)
    if not source and not target:  # "Non-translation!" and others mark the whole sentence by marking nothing
        target = list(sentence.target.quoted(0, len(sentence.target.text)))
        source = [] if target else list(sentence.source.quoted(0, len(sentence.source.text)))
    made = extra.get("aligner") if isinstance(extra.get("aligner"), dict) else {}
    scheme = (str(made["typology"]), str(made["version"])) if made and {"typology", "version"} <= made.keys() else None
    return annotation(
        rendering,
        reviewer,
        kind,
        source,
        target,
        where,
        typology=scheme,
        name=str(made.get("id", "")) if made else "",
        comment=str(extra.get("note", "")),
        correction=extra.get("corrected_translation"),
    )


def _quoted(text: Traced, spans: Spans, where: str) -> list[Quoted]:
    found: list[Quoted] = []
    for start, end in spans:
        if not 0 <= start < end <= len(text.text):
            raise ReadingError(f"span [{start}, {end}) leaves its text", where=where)
        found += text.quoted(start, end)
    return found


def _unmarked(text: str, where: str) -> tuple[str, Spans]:
    """The text without its marks, and where they were."""
    out, spans, start, at = "", [], -1, 0
    while at < len(text):
        if text.startswith(OPEN, at) and start < 0:
            start, at = len(out), at + len(OPEN)
        elif text.startswith(CLOSE, at) and start >= 0:
            spans += [(start, len(out))] if len(out) > start else []
            start, at = -1, at + len(CLOSE)
        elif text.startswith((f"<{GUARD}v>", f"<{GUARD}/v>"), at):
            out, at = out + "<", at + 2
        else:
            out, at = out + text[at], at + 1
    if start >= 0:
        raise ReadingError(f"a mark {OPEN} that does not close", where=where)
    return out, spans


def _metadata(text: str, where: str) -> Mapping[str, Any]:
    if not text.strip():
        return {}
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ReadingError(f"the metadata is no JSON: {error}", where=where) from error
    return value if isinstance(value, dict) else {}


def _once(found: list[ErrorAnnotation]) -> list[ErrorAnnotation]:
    """An error that has places in several sentences stands in a line of each: they become one again."""
    by_id: dict[str, ErrorAnnotation] = {}
    for item in found:
        old = by_id.get(item.id)
        if old is None:
            by_id[item.id] = item
            continue
        sides = [
            tuple(sorted({*getattr(old, side), *getattr(item, side)}, key=lambda span: span.start))
            for side in ("target", "source")
        ]
        by_id[item.id] = ErrorAnnotation(
            old.id,
            old.reviewer,
            old.rendering,
            old.typology,
            old.version,
            old.category,
            old.severity,
            sides[0],
            sides[1],
            old.comment,
            old.correction,
        )
    return list(by_id.values())
