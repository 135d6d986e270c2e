"""A letter's sentences word by word: what each rendering makes of one, for comparing and for correspondences."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from aligner.checks.context import Unit, letter_units
from aligner.checks.passages import Passage, source_passage, target_passage
from aligner.checks.wording import WordDifference, difference
from aligner.checks.wording.difference import Known, Stretch
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

    def rows(self, unit: Unit) -> tuple[int, ...]:
        """The sentences of the letter (from 0) that a unit touches."""
        first, last = unit.source.at[0], unit.source.at[-1]
        return tuple(n for n, row in enumerate(self.letter.segments) if row.start <= last and first < row.end)

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
