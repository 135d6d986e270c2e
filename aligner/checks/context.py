"""What checks look at: units, the renderings they belong to, and all renderings of a letter."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar, cast

from aligner.checks.passages import Passage, source_passage, target_passage, whole
from aligner.checks.words.evidence import Evidence, Item, gather
from aligner.checks.words.phrases import Phrase, phrases
from aligner.checks.words.strength import Floats
from aligner.checks.words.units import gap_scores, unit_risks
from aligner.encoders import Encoder
from aligner.errors import AlignmentError
from aligner.model import Alignment, Document, Letter, Link, Mode

T = TypeVar("T")


@dataclass(frozen=True)
class Unit:
    """Source and target that render each other: a link, links that share a sentence, or a given pair.

    `mode` is that of the longest link, None for a given pair; `confidence` the lowest of its links.
    """

    id: str
    source: Passage
    target: Passage
    mode: Mode | None = None
    confidence: float = 1.0
    segments: tuple[str, ...] = ()
    links: tuple[str, ...] = ()

    @property
    def english(self) -> Passage:
        """The side that is not Chinese, the source if both are or none is."""
        return self.target if self.source.chinese and not self.target.chinese else self.source

    @property
    def chinese(self) -> Passage:
        """The other side."""
        return self.source if self.english is self.target else self.target


@dataclass(frozen=True)
class Rendering:
    """One rendering with its units in the letter's order; without alignment and document for given pairs.

    `date` is the day it appeared, `YYYY-MM-DD`, empty where that is not known.
    """

    id: str
    units: tuple[Unit, ...]
    language: str
    alignment: Alignment | None = None
    document: Document | None = None
    date: str = ""

    @cached_property
    def complete(self) -> float:
        """Share of the letter's segments that it renders in the letter's own voice; 1 for given pairs."""
        if self.alignment is None:
            return 1.0
        direct = {name for link in self.alignment.links if link.mode is Mode.DIRECT for name in link.source}
        return len(direct) / max(1, len(self.alignment.source_segments))


@dataclass(frozen=True)
class Context:
    """Everything one run of the checks looks at.

    `letter` is None for given pairs. `terms` is the user's glossary, `(source, target)` in order.
    """

    renderings: tuple[Rendering, ...]
    encoder: Encoder
    letter: Letter | None = None
    terms: tuple[tuple[str, str], ...] = ()

    def others(self, rendering: Rendering) -> tuple[Rendering, ...]:
        """The other renderings of the letter."""
        return tuple(other for other in self.renderings if other.id != rendering.id)

    @cached_property
    def evidence(self) -> Evidence:
        """Word alignments and gaps of all units, in the order of `places`; measured when first asked for."""
        return gather(
            [Item(r.id, u.id, u.source, u.target, u.mode, r.complete) for r in self.renderings for u in r.units],
            self.encoder,
        )

    @cached_property
    def _once(self) -> dict[object, object]:
        return {}

    def once(self, make: Callable[[Context], T]) -> T:
        """What `make` gives of this context, made when first asked for: for what a check finds and tabulates."""
        if make not in self._once:
            self._once[make] = make(self)
        return cast("T", self._once[make])

    @cached_property
    def gap_scores(self) -> Floats:
        """For each gap in `evidence` the probability that its words are missing, or added."""
        return gap_scores(self.evidence)

    @cached_property
    def phrases(self) -> tuple[Phrase, ...]:
        """The adverbials of all units, and how near their renderings come."""
        return phrases(self.evidence, self.encoder)

    @cached_property
    def unit_risks(self) -> dict[str, Floats]:
        """For each unit in `evidence` how likely it holds an omission, an addition, a serious error."""
        return unit_risks(self.evidence, self.gap_scores)

    @cached_property
    def units(self) -> tuple[Unit, ...]:
        """All units, in the order of `evidence`."""
        return tuple(u for r in self.renderings for u in r.units)

    @cached_property
    def places(self) -> dict[tuple[str, str], int]:
        """(rendering id, unit id) -> number of the unit in `evidence`."""
        every = [(r.id, u.id) for r in self.renderings for u in r.units]
        return {key: number for number, key in enumerate(every)}

    @cached_property
    def units_by_segment(self) -> dict[str, dict[str, Unit]]:
        """Rendering id -> source segment id -> the unit it stands in."""
        return {r.id: {name: unit for unit in r.units for name in unit.segments} for r in self.renderings}


def letter_context(
    letter: Letter,
    alignments: Sequence[Alignment],
    documents: Mapping[str, Document],
    encoder: Encoder,
    terms: tuple[tuple[str, str], ...] = (),
    dates: Mapping[str, str] | None = None,
) -> Context:
    """The context of a letter's renderings; `documents` and `dates` (YYYY-MM-DD) by rendering id.

    Raises AlignmentError when a document is not the one that was aligned.
    """
    renderings = []
    for alignment in alignments:
        document = documents[alignment.rendering]
        if document.text_sha256 != alignment.target.text_sha256:
            raise AlignmentError(
                "was aligned with another state of its document", where=f"rendering {alignment.rendering}"
            )
        renderings.append(
            Rendering(
                alignment.rendering,
                letter_units(letter, alignment, document),
                alignment.target.language,
                alignment,
                document,
                (dates or {}).get(alignment.rendering, ""),
            )
        )
    return Context(tuple(renderings), encoder, letter, terms)


def letter_units(letter: Letter, alignment: Alignment, document: Document) -> tuple[Unit, ...]:
    """The units of an alignment: links that share a source segment are one unit."""
    source = {segment.id: segment for segment in alignment.source_segments}
    target = {segment.id: segment for segment in alignment.target_segments}
    units = []
    for group in _groups(alignment.links):
        names = sorted({name for link in group for name in link.source}, key=lambda name: source[name].start)
        pieces = [target[name] for link in group for name in link.target]
        longest = max(group, key=lambda link: sum(len(target[name].text) for name in link.target))
        units.append(
            Unit(
                group[0].id,
                source_passage(letter, [source[name] for name in names]),
                target_passage(document.text, pieces, alignment.target.language),
                longest.mode,
                min(link.confidence for link in group),
                tuple(names),
                tuple(link.id for link in group),
            )
        )
    return tuple(sorted(units, key=lambda unit: unit.source.at[0]))


def _groups(links: Sequence[Link]) -> list[list[Link]]:
    """Links that share a source segment, directly or by others, together."""
    groups: dict[int, list[Link]] = {}
    owner: dict[str, int] = {}
    for number, link in enumerate(links):
        touching = sorted({owner[name] for name in link.source if name in owner})
        groups[number] = [other for old in touching for other in groups.pop(old)] + [link]
        owner |= dict.fromkeys((name for each in groups[number] for name in each.source), number)
    return list(groups.values())


def pair_context(
    pairs: Sequence[tuple[str, str, str]],
    languages: tuple[str, str],
    encoder: Encoder,
    terms: tuple[tuple[str, str], ...] = (),
) -> Context:
    """The context of given pairs `(id, source, target)`: one rendering called `pairs`."""
    units = tuple(Unit(name, whole(left, languages[0]), whole(right, languages[1])) for name, left, right in pairs)
    return Context((Rendering("pairs", units, languages[1]),), encoder, None, terms)
