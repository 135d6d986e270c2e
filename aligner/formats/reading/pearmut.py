"""Pearmut's output, laid over the campaign that it was made from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from aligner.formats.base import Comment, LetterExport
from aligner.formats.mqm.pearmut import Item, items
from aligner.formats.reading.judged import Annotations, annotation, field, json_lines, objects
from aligner.formats.reading.values import ReadingError
from aligner.formats.texts import flat
from aligner.formats.traced import Traced
from aligner.model import Quoted
from aligner.review.annotations import ErrorAnnotation, EsaScore
from aligner.review.typologies import load


def read_pearmut(data: bytes, export: LetterExport, where: str, typology: str = "esa") -> Annotations:
    """The spans, scores and comments of Pearmut's JSON Lines, for a campaign that `pearmut_chunks` made.

    Of several answers of one reviewer to one document, the last counts. `typology` is the one whose
    categories the campaign offered, `esa` where it offered none. Raises ReadingError, with the line.
    """
    known = tuple(items(export))
    latest: dict[tuple[str, str], tuple[str, Mapping[str, Any]]] = {}
    for place, value in json_lines(data, where):
        latest[str(value.get("user_id")), str(value.get("item_i"))] = (place, value)
    errors: list[ErrorAnnotation] = []
    scores: list[EsaScore] = []
    comments: list[Comment] = []
    for place, value in latest.values():
        reviewer = str(field(value, "user_id", str, place))
        answers = value.get("annotation")
        answers = [answers] if isinstance(answers, dict) else answers
        if not isinstance(answers, list) or len(answers) != len(known):
            count = len(answers) if isinstance(answers, list) else 0
            what = f"answers for {count} items, but the campaign has {len(known)}"
            raise ReadingError(what, where=place, hint="was the alignment changed after the campaign was made?")
        for item, answer in zip(known, objects(answers, "annotation", place), strict=True):
            _read(item, answer, reviewer, load(typology).id, place, errors, scores)
        if isinstance(value.get("comment"), str) and value["comment"].strip():
            comments.append(Comment(reviewer, value["comment"]))
    errors = list({error.id: error for error in errors}.values())
    return Annotations(tuple(errors), tuple(scores), tuple(comments), (None,) * len(comments))


def _read(
    item: Item,
    answer: Mapping[str, Any],
    reviewer: str,
    typology: str,
    place: str,
    errors: list[ErrorAnnotation],
    scores: list[EsaScore],
) -> None:
    texts = {flat(rendering.id): (rendering.id, text) for rendering, text in item.targets}
    scheme = (typology, load(typology).version)
    for name, said in answer.items():
        if name not in texts:
            raise ReadingError(f"there is no rendering {name!r}", where=place, hint=f"known: {', '.join(texts)}")
        rendering, text = texts[name]
        if not isinstance(said, Mapping):
            raise ReadingError(f"the answer for {name} is no JSON object", where=place)
        score = said.get("score")
        if isinstance(score, int | float) and not isinstance(score, bool):
            scores += [EsaScore(reviewer, rendering, float(score), sentence) for sentence in item.ids]
        for span in objects(said.get("error_spans"), "error_spans", place):
            source, target = _places(item, text, span, place)
            kind = (_category(span), field(span, "severity", str, place))
            errors.append(annotation(rendering, reviewer, kind, source, target, place, typology=scheme))


def _places(item: Item, text: Traced, span: Mapping[str, Any], place: str) -> tuple[Sequence[Quoted], Sequence[Quoted]]:
    """Where an error is, `(source, target)`; what is marked as missing is missing of the source sentence."""
    start, end = span.get("start_i"), span.get("end_i")
    if start == "missing" or end == "missing" or not text.text:
        return item.source.quoted(0, len(item.source.text)), ()
    if not isinstance(start, int) or not isinstance(end, int):
        raise ReadingError("a span without start_i and end_i", where=place)
    units = len(text.text.encode("utf-16-le")) // 2
    if start >= units:  # Pearmut's own token behind the text, `[missing]`
        return item.source.quoted(0, len(item.source.text)), ()
    if not 0 <= start <= end < units:
        raise ReadingError(f"span {start}-{end} leaves its text of {units} UTF-16 units", where=place)
    return (), text.quoted(*points(text.text, start, end))


def points(text: str, start: int, end: int) -> tuple[int, int]:
    """UTF-16 units with an inclusive end as code points with an exclusive one; half a pair counts as all of it.

    >>> points("a👍b", 1, 2), points("a👍b", 2, 2), points("a👍b", 3, 3)
    ((1, 2), (1, 2), (2, 3))
    """
    data = text.encode("utf-16-le")
    before = len(data[: start * 2].decode("utf-16-le", errors="ignore"))
    inside = len(data[: (end + 1) * 2].decode("utf-16-le", errors="ignore"))
    return before, max(inside, before + 1)


def _category(span: Mapping[str, Any]) -> str:
    value = span.get("category")
    return "/".join(map(str, value)) if isinstance(value, list) else str(value or "")
