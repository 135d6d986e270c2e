"""Spans that were labelled in Label Studio (its JSON export), laid over the sentences of an export.

A task's text must be a sentence of the export as our formats write it: the rendering's or the letter's.
Labels are categories and severities of the typology, in any order; a span without severity gets the
one given.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from aligner.formats.base import LetterExport
from aligner.formats.mqm.judged import Sentence, category_id
from aligner.formats.reading.judged import Annotations, Sentences, annotation, json_value, objects
from aligner.formats.reading.values import ReadingError
from aligner.model import Quoted
from aligner.review.annotations import ErrorAnnotation
from aligner.review.typologies import Typology, load


def read_label_studio(
    data: bytes, export: LetterExport, where: str, typology: str = "mqm-core", severity: str = "minor"
) -> Annotations:
    """The spans of a Label Studio export; raises ReadingError, naming the task.

    A task may name its rendering as `rendering` in its data; without, the first that has the text. The
    offsets are read as code points, and as UTF-16 units where the text of the span says so.
    """
    tasks = json_value(data, where)
    if not isinstance(tasks, list):
        raise ReadingError("is no list of tasks", where=where, hint="export as JSON, not JSON-MIN")
    known, scheme = Sentences(export), load(typology)
    scheme.severity(severity)
    found, unknown = [], 0
    for number, task in enumerate(tasks, 1):
        place = f"{where}: task {number}"
        if not isinstance(task, dict) or not isinstance(task.get("data"), dict):
            raise ReadingError("has no data", where=place)
        for reviewer, value in _results(task, place):
            made, labels = _annotation(task["data"], value, reviewer, known, (scheme, severity), place)
            found.append(made)
            unknown += labels
    remarks = (f"{where}: {unknown} labels are neither severity nor category of {typology}",) if unknown else ()
    return Annotations(tuple({item.id: item for item in found}.values()), remarks=remarks)


def _results(task: Mapping[str, Any], place: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    name = "annotations" if task.get("annotations") else "completions"
    for done in objects(task.get(name), name, place):
        who = done.get("completed_by", "")
        who = who.get("email") or who.get("id", "") if isinstance(who, dict) else who
        for result in objects(done.get("result"), "result", place):
            value = result.get("value")
            if isinstance(value, Mapping) and "start" in value and "end" in value:
                yield str(who), value


def _annotation(
    data: Mapping[str, Any],
    value: Mapping[str, Any],
    reviewer: str,
    known: Sentences,
    default: tuple[Typology, str],
    place: str,
) -> tuple[ErrorAnnotation, int]:
    typology, severity = default
    rendering, sentence, side, span = _find(data, value, known, place)
    lists = [value.get(key) for key in ("labels", "hypertextlabels", "choices")]
    labels = [label for each in lists if isinstance(each, list) for label in each]
    category, unknown = "", 0
    names = {item.id for item in typology.categories}
    for label in labels:
        name = category_id(str(label))
        if name in typology.order:
            severity = name
        elif name in names:
            category = name
        else:
            category, unknown = category or name, unknown + 1
    text = sentence.target if side == "target" else sentence.source
    quoted = text.quoted(*span)
    places: tuple[tuple[Quoted, ...], tuple[Quoted, ...]] = ((), quoted) if side == "target" else (quoted, ())
    scheme = (typology.id, typology.version)
    return annotation(rendering, reviewer, (category, severity), *places, place, typology=scheme), unknown


def _find(
    data: Mapping[str, Any], value: Mapping[str, Any], known: Sentences, place: str
) -> tuple[str, Sentence, str, tuple[int, int]]:
    texts = {text for text in data.values() if isinstance(text, str)}
    for rendering, sentence in known.all:
        if data.get("rendering") in (None, rendering):
            for side, traced in (("target", sentence.target), ("source", sentence.source)):
                if traced.text and traced.text in texts and (span := _span(traced.text, value)):
                    return rendering, sentence, side, span
    raise ReadingError("no sentence of the export has this text", where=place)


def _span(text: str, value: Mapping[str, Any]) -> tuple[int, int] | None:
    start, end, words = value["start"], value["end"], value.get("text")
    if not isinstance(start, int) or not isinstance(end, int) or not 0 <= start < end:
        return None
    data = text.encode("utf-16-le")
    units = [len(data[: place * 2].decode("utf-16-le", errors="ignore")) for place in (start, end)]
    for first, last in ((start, end), (units[0], units[1])):
        if last <= len(text) and words in (None, text[first:last]):
            return first, last
    return None
