"""What annotation readers share: sentences found by their texts, values made of what a file says."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from aligner.errors import AlignerError
from aligner.formats.base import Comment, LetterExport
from aligner.formats.mqm.judged import GOOGLE, Sentence, category_id, sentences
from aligner.formats.reading.values import ReadingError
from aligner.formats.texts import flat
from aligner.model import Quoted
from aligner.review.annotations import ErrorAnnotation, EsaScore
from aligner.review.typologies import DEFAULT_TYPOLOGY, TYPOLOGIES, load


@dataclass(frozen=True, slots=True)
class Annotations:
    """What reviewers said in a file; `remarks` say, in English, what was passed over and why.

    `commented` is the rendering of each comment, None for one that is of all. `faultless` are reviewer,
    rendering and a sentence of the letter in which they found no error.
    """

    annotations: tuple[ErrorAnnotation, ...] = ()
    scores: tuple[EsaScore, ...] = ()
    comments: tuple[Comment, ...] = ()
    commented: tuple[str | None, ...] = ()
    remarks: tuple[str, ...] = ()
    faultless: tuple[tuple[str, str, str], ...] = ()


class Sentences:
    """The sentences of an export, found again by rendering and texts."""

    def __init__(self, export: LetterExport) -> None:
        self._by_text: dict[tuple[str, str, str], list[Sentence]] = {}
        self.renderings = {flat(rendering.id): rendering.id for rendering in export.renderings}
        self.all: list[tuple[str, Sentence]] = []
        for rendering in export.renderings:
            for sentence in sentences(export.letter, rendering):
                self.all.append((rendering.id, sentence))
                key = (flat(rendering.id), sentence.source.text, sentence.target.text)
                self._by_text.setdefault(key, []).append(sentence)

    def find(self, rendering: str, source: str, target: str, number: int | None, where: str) -> tuple[str, Sentence]:
        """The rendering's id and the sentence; of several with the same texts, the one with that number.

        Raises ReadingError when the rendering or the texts are not those of the export.
        """
        if rendering not in self.renderings:
            known = ", ".join(sorted(self.renderings))
            raise ReadingError(f"there is no rendering {rendering!r}", where=where, hint=f"known: {known}")
        found = self._by_text.get((rendering, source, target), [])
        if not found:
            what = f"no sentence of {rendering} has these texts"
            raise ReadingError(what, where=where, hint="was it annotated before the alignment changed?")
        return self.renderings[rendering], next((item for item in found if item.number == number), found[0])


def annotation(
    rendering: str,
    reviewer: str,
    kind: tuple[str, str],
    source: Sequence[Quoted],
    target: Sequence[Quoted],
    where: str,
    *,
    typology: tuple[str, str] | None = None,
    name: str = "",
    comment: str = "",
    correction: str | None = None,
) -> ErrorAnnotation:
    """An annotation of `kind`, category and severity as the file writes them.

    The typology is that named, else Google's, else (for a severity that Google's has not) the default one; without
    a name its id is a hash of what it says, so that reading a file twice gives the same values. Raises ReadingError.
    """
    category, severity = category_id(kind[0]), kind[1].strip().lower()
    guess = next((each for each in (GOOGLE, DEFAULT_TYPOLOGY) if severity in load(each).order), GOOGLE)
    scheme = typology or (guess, load(guess).version)
    known = load(scheme[0]) if scheme[0] in TYPOLOGIES else None
    if known and severity not in known.order:
        raise ReadingError(f"unknown severity {kind[1]!r}", where=where, hint=f"known: {', '.join(known.order)}")
    places = [[span.start, span.end] for side in (source, target) for span in side]
    made = json.dumps([rendering, reviewer, scheme, category, severity, places, comment, correction])
    identity = name or hashlib.sha256(made.encode()).hexdigest()[:16]
    try:
        return ErrorAnnotation(
            identity,
            reviewer,
            rendering,
            *scheme,
            category,
            severity,
            tuple(target),
            tuple(source),
            comment,
            correction,
        )
    except ReadingError:
        raise
    except AlignerError as error:
        raise ReadingError(error.what, where=where, hint=error.hint) from error


def json_lines(data: bytes, where: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """`(file:line, object)` of each line that is not blank; raises ReadingError."""
    for number, line in enumerate(data.split(b"\n"), 1):
        if line.strip():
            place = f"{where}:{number}"
            value = json_value(line, place)
            if not isinstance(value, dict):
                raise ReadingError("is no JSON object", where=place)
            yield place, value


def json_value(data: bytes, where: str) -> Any:
    """The value of a JSON text; raises ReadingError."""
    try:
        return json.loads(data)
    except (ValueError, RecursionError) as error:
        raise ReadingError(f"is no JSON: {error}", where=where) from error


def field(value: Any, name: str, kind: type | tuple[type, ...], where: str) -> Any:
    """`value[name]`, which must be of `kind`; raises ReadingError, also when `value` is no JSON object."""
    found = value.get(name) if isinstance(value, Mapping) else None
    if not isinstance(found, kind) or (isinstance(found, bool) and kind is not bool):
        raise ReadingError(f"{name} is missing or not what it should be", where=where)
    return found


def objects(value: Any, what: str, where: str) -> list[Mapping[str, Any]]:
    """`value` as a list of JSON objects, none for None; raises ReadingError that names `what`."""
    if value is None:
        return []
    if not isinstance(value, list) or not all(isinstance(each, Mapping) for each in value):
        raise ReadingError(f"{what} is no list of JSON objects", where=where)
    return value
