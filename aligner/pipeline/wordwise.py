"""A letter's sentences word by word: what each rendering makes of one, for comparing and for correspondences."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from aligner.checks.context import Unit, letter_units
from aligner.checks.passages import Passage, source_passage, target_passage
from aligner.checks.wording import WordDifference, difference
from aligner.checks.wording.difference import Known, Stretch
from aligner.checks.words.alignment import align_words
from aligner.checks.words.links import word_links
from aligner.comparison import Comparison
from aligner.encoders import Encoder
from aligner.model import Alignment, Document, Letter, Place, Severity


@dataclass(frozen=True)
class Rendered:
    """What one rendering makes of a sentence; `rows` are the sentences (from 0) that its words belong to."""

    source: Passage
    target: Passage
    rows: tuple[int, ...]


@dataclass(frozen=True)
class Renderings:
    """A letter's alignments with their documents, both by rendering id."""

    letter: Letter
    alignments: Mapping[str, Alignment]
    documents: Mapping[str, Document]

    @cached_property
    def units(self) -> dict[str, tuple[Unit, ...]]:
        """The units of every rendering."""
        return {
            name: letter_units(self.letter, alignment, self.documents[name])
            for name, alignment in self.alignments.items()
        }

    @cached_property
    def _starts(self) -> list[int]:
        return [row.start for row in self.letter.segments]

    def rows(self, unit: Unit) -> range:
        """The sentences of the letter (from 0) that a unit touches, from the first to the last."""
        first, last = unit.source.at[0], unit.source.at[-1]
        begin = max(0, bisect_right(self._starts, first) - 1)
        begin += self.letter.segments[begin].end <= first
        return range(begin, max(begin + 1, bisect_right(self._starts, last)))

    def sentence(self, number: int) -> dict[str, Rendered]:
        """What each rendering makes of sentence `number` (from 0); only of those that render it."""
        found = {}
        for name, units in self.units.items():
            here = [unit for unit in units if number in self.rows(unit)]
            if not here:
                continue
            alignment = self.alignments[name]
            segments = {segment for unit in here for segment in unit.segments}
            links = {link for unit in here for link in unit.links}
            targets = {segment for link in alignment.links if link.id in links for segment in link.target}
            found[name] = Rendered(
                source_passage(self.letter, [s for s in alignment.source_segments if s.id in segments]),
                target_passage(
                    self.documents[name].text,
                    [s for s in alignment.target_segments if s.id in targets],
                    alignment.target.language,
                ),
                tuple(sorted({row for unit in here for row in self.rows(unit)})),
            )
        return found


def compare_words(
    renderings: Renderings,
    number: int,
    encoder: Encoder,
    *,
    names: Sequence[str] = (),
    base: str | None = None,
    comparison: Comparison | None = None,
) -> tuple[dict[str, Rendered], WordDifference | None]:
    """Sentence `number` (from 0) in all renderings that have it, and their differences: all of them, or of `names`.

    None where fewer than two are left. Errors that checks found, and contrasts of `comparison`, count as differences
    in meaning. A `base` that does not render the sentence is no base.
    """
    every = renderings.sentence(number)
    chosen = {name: every[name] for name in (names or every) if name in every}
    if len(chosen) < 2:
        return every, None
    pairs = {name: (each.source, each.target) for name, each in chosen.items()}
    known = known_of({name: renderings.alignments[name] for name in chosen}, comparison)
    return every, difference(pairs, encoder, base if base in chosen else None, known)


@dataclass(frozen=True)
class Correspondence:
    """A word of the letter, as offsets into its document, with its counterparts in the renderings."""

    start: int
    end: int
    places: tuple[Place, ...]


def correspondences(renderings: Renderings, rows: range, encoder: Encoder) -> tuple[Correspondence, ...]:
    """The words of some sentences (from 0) with what renders them, in the letter's order.

    Words without a counterpart that is sure enough are left out; see `word_links`. Pure, and in one call for all
    renderings, so that the encoder is asked once.
    """
    units = [
        (name, unit)
        for name, own in renderings.units.items()
        for unit in own
        if any(row in rows for row in renderings.rows(unit))
    ]
    made, _ = align_words([(unit.source, unit.target) for _, unit in units], encoder)
    found: dict[tuple[int, int], list[Place]] = {}
    for (name, unit), words in zip(units, made, strict=True):
        for link in word_links(words):
            source, target = words.source[link.source], words.target[link.target]
            one = unit.source.quoted(source.start, source.end)
            other = unit.target.quoted(target.start, target.end)
            if one and other:
                place = Place(name, "target", other.start, other.end, other.text)
                found.setdefault((one.start, one.end), []).append(place)
    return tuple(Correspondence(*span, tuple(places)) for span, places in sorted(found.items()))


def known_of(alignments: Mapping[str, Alignment], comparison: Comparison | None) -> Known:
    """Errors and contrasts that were found before, by their stretches in the articles; information is no error."""
    errors = {
        name: [
            (finding.target.start, finding.target.end)
            for finding in alignment.findings
            if finding.target and finding.severity is not Severity.INFO
        ]
        for name, alignment in alignments.items()
    }
    rows = comparison.rows if comparison else ()
    return Known(errors, [_by_rendering(row.forms) for row in rows if row.kind == "contrast"])


def _by_rendering(forms: Iterable[Place]) -> dict[str, list[Stretch]]:
    found: dict[str, list[Stretch]] = {}
    for form in forms:
        found.setdefault(form.rendering, []).append((form.start, form.end))
    return found
