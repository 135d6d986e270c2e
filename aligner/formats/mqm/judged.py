"""Sentences of a rendering with what each reviewer said of them.

A sentence here is a link, or a sentence of the letter that the rendering omits (its text is then empty):
an omission has its place there. A sentence is judged by a reviewer who marked an error in it, scored it or
called it done, who scored the whole rendering, or called the whole done (then what is rendered of it); all other
sentences the reviewer may not have seen, and nothing is said about them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from aligner.formats.base import RenderingExport
from aligner.formats.remarks import Remarks
from aligner.formats.traced import Traced, Traces
from aligner.formats.units import Texts
from aligner.model import AbsenceKind, Letter, Link, Quoted
from aligner.review.annotations import ErrorAnnotation
from aligner.review.typologies import Typology, find

GOOGLE = "google-mqm"
NOTHING = Traced("", (), ())


@dataclass(frozen=True, slots=True)
class Judgement:
    """What one reviewer said of one sentence; without errors and score: nothing wrong was found."""

    reviewer: str
    errors: tuple[ErrorAnnotation, ...] = ()
    score: float | None = None


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence as reviewers judge it; `ids` are its source segments, `link` is None where it is omitted."""

    number: int
    ids: tuple[str, ...]
    link: Link | None
    source: Traced
    target: Traced
    judgements: tuple[Judgement, ...] = field(default=())


def judged(letter: Letter, rendering: RenderingExport) -> Iterator[Sentence]:
    """The sentences in the order of the letter, numbered from 0."""
    remarks = Remarks(rendering)
    everything = [score.reviewer for score in rendering.scores if score.sentence is None]
    for number, (ids, link, source, target) in enumerate(_sentences(letter, rendering)):
        if link:
            errors = list(remarks.annotations(link))
        else:
            errors = [item for item in remarks.loose if any(source.find(span) for span in item.source)]
        found: dict[str, list[ErrorAnnotation]] = {item.reviewer: [] for item in errors}
        for item in errors:
            found[item.reviewer].append(item)
        scores: dict[str, float] = {}
        for name in (link.id,) if link else ids:
            scores |= {score.reviewer: score.score for score in remarks.scores(name)}
        names = dict.fromkeys([*found, *scores, *everything, *_done(rendering, ids, linked=link is not None)])
        judgements = tuple(Judgement(name, tuple(found.get(name, ())), scores.get(name)) for name in names)
        yield Sentence(number, ids, link, source, target, judgements)


def _done(rendering: RenderingExport, ids: tuple[str, ...], *, linked: bool) -> Iterator[str]:
    """Who called done all of the letter's sentences that these segments are of."""
    here = [segment for segment in rendering.alignment.source_segments if segment.id in ids]
    for name in dict.fromkeys(reviewer for reviewer, _ in rendering.done):
        theirs = [sentence for reviewer, sentence in rendering.done if reviewer == name]
        alone = [sentence for sentence in theirs if sentence]
        if (linked and None in theirs) or all(any(s.start <= h.start and h.end <= s.end for s in alone) for h in here):
            yield name


def sentences(letter: Letter, rendering: RenderingExport) -> tuple[Sentence, ...]:
    """The sentences without what was said of them, for readers."""
    return tuple(Sentence(n, *parts) for n, parts in enumerate(_sentences(letter, rendering)))


def spans_in(text: Traced, spans: tuple[Quoted, ...]) -> list[tuple[int, int]]:
    """Where `spans` stand in `text`, in order; those that stand elsewhere are left out."""
    return sorted(place for span in spans if (place := text.find(span)))


def points(annotation: ErrorAnnotation, own: Iterable[Typology] = ()) -> float | None:
    """What the error costs in its typology, None where neither the program nor a team's `own` are of this version."""
    typology = find(annotation.typology, annotation.version, own)
    return typology.points(annotation.category, annotation.severity) if typology else None


def display(category: str, typology: str) -> str:
    """A category as Google's tables write it.

    >>> display("accuracy/mistranslation", "mqm-core"), display("non-translation", "google-mqm")
    ('Accuracy/Mistranslation', 'Non-translation!')
    """
    name = "/".join(part[:1].upper() + part[1:] for part in category.split("/"))
    return f"{name}!" if typology == GOOGLE and category == "non-translation" else name


ALIASES: Mapping[str, str] = {
    "style/awkward": "style/unnatural or awkward",
    "terminology/inconsistent use of terminology": "terminology/inconsistent",
    "accuracy/untranslated text": "accuracy/source language fragment",
    "locale convention/name": "locale convention/name format",
    "locale convention/date": "locale convention/date format",
    "locale convention/time": "locale convention/time format",
    "locale convention/currency": "locale convention/currency format",
    "locale convention/address": "locale convention/address format",
    "locale convention/telephone": "locale convention/telephone format",
}
"""Names in published tables -> ids of the typology `google-mqm`."""


def category_id(name: str) -> str:
    """The id of a category that a table names, in lower case.

    >>> category_id("Non-translation!"), category_id("Style/Awkward")
    ('non-translation', 'style/unnatural or awkward')
    """
    lower = name.strip().lower().removesuffix("!")
    return ALIASES.get(lower, lower)


def _sentences(
    letter: Letter, rendering: RenderingExport
) -> Iterator[tuple[tuple[str, ...], Link | None, Traced, Traced]]:
    alignment = rendering.alignment
    texts = Texts(letter, alignment)
    traces = Traces(letter, texts)
    omitted = {item.source for item in alignment.absences if item.kind is AbsenceKind.OMITTED}
    places: list[tuple[int, int, Link | str]] = [
        (texts.source(link)[0].start, texts.target(link)[0].start, link) for link in alignment.links
    ]
    segments = {segment.id: segment for segment in alignment.source_segments}
    places += [(segments[name].start, 0, name) for name in omitted]
    for _, _, item in sorted(places, key=lambda place: place[:2]):
        if isinstance(item, str):
            yield (item,), None, traces.absent(segments[item]), NOTHING
        else:
            ids = tuple(segment.id for segment in texts.source(item))
            yield ids, item, traces.source(item), traces.target(item)
