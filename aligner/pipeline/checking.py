"""Checks over a letter's alignments, and over pairs that are already aligned."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from aligner.checks import CHECKS, Check, letter_context, pair_context, run, run_pairs
from aligner.checks.shared import sharing
from aligner.checks.variation import variation
from aligner.comparison import Comparison
from aligner.corpus import Corpus
from aligner.corpus.manifest import LetterEntry
from aligner.encoders import Encoder
from aligner.model import Alignment, Document, Finding, Letter
from aligner.pipeline.exporting import built
from aligner.pipeline.pair_files import read_glossary, read_pairs


@dataclass(frozen=True)
class Checked:
    """A letter's alignments with their findings, and what concerns several of them."""

    alignments: tuple[Alignment, ...]
    comparison: Comparison


def check_letter(
    letter: Letter,
    alignments: Sequence[Alignment],
    documents: Mapping[str, Document],
    encoder: Encoder,
    *,
    checks: Sequence[Check] | None = None,
    terms: tuple[tuple[str, str], ...] = (),
    dates: Mapping[str, str] | None = None,
) -> Checked:
    """Run `checks` (all of them if None) over a letter's renderings together; `documents`, `dates` by rendering id.

    Pure: the same values give the same findings. Raises AlignmentError when a document is not the one
    that was aligned.
    """
    context = letter_context(letter, alignments, documents, encoder, terms, dates)
    report = run(context, tuple(CHECKS.values()) if checks is None else checks)
    # The summaries are the comparison's, which a few chosen checks need not wait for.
    summaries = (sharing(context), variation(context)) if checks is None else ((), ())
    return Checked(
        tuple(replace(alignment, findings=report.findings[alignment.rendering]) for alignment in alignments),
        Comparison(letter.id, tuple(a.rendering for a in alignments), report.rows, report.general, *summaries),
    )


def check_pairs(
    path: Path,
    languages: tuple[str, str],
    encoder: Encoder,
    *,
    checks: Sequence[Check] | None = None,
    all_scores: bool = False,
    glossary: Path | None = None,
) -> dict[str, tuple[Finding, ...]]:
    """The findings of pairs in a TSV or TMX file, by pair id in their order.

    Raises DocumentError for a file that cannot be read.
    """
    terms = read_glossary(glossary) if glossary else ()
    context = pair_context(read_pairs(path, languages), languages, encoder, terms)
    return run_pairs(context, tuple(CHECKS.values()) if checks is None else checks, all_scores=all_scores)


def dates_of(corpus: Corpus, entry: LetterEntry) -> dict[str, str]:
    """The day of each rendering by its id: its own, or its document's; those without one are left out."""
    days = {document.file: document.date for document in corpus.manifest.documents}
    found = {item.id: item.date or days.get(item.document, "") for item in entry.renderings}
    return {name: day for name, day in found.items() if day}


@dataclass(frozen=True)
class CheckedLetter:
    """A built letter with what the checks say of it now; `documents` by rendering id."""

    letter: Letter
    documents: Mapping[str, Document]
    checked: Checked

    def by_rendering(self) -> dict[str, tuple[Finding, ...]]:
        """The findings by rendering id; those of no single rendering under the empty id, last."""
        found = {alignment.rendering: alignment.findings for alignment in self.checked.alignments}
        return {**found, "": self.checked.comparison.findings}


def check_built(
    corpus: Corpus,
    letter_id: str,
    encoder: Encoder,
    renderings: Sequence[str] = (),
    *,
    checks: Sequence[Check] | None = None,
    terms: tuple[tuple[str, str], ...] = (),
) -> CheckedLetter:
    """Check a letter's built alignments; with `renderings` only those, the others still being evidence.

    Without `terms` those of the letter's own glossary are used. Raises what `built` raises.
    """
    letter, alignments = built(corpus, letter_id, ())
    if renderings:
        built(corpus, letter_id, renderings)
    documents = {item.id: corpus.document(item.document) for item in corpus.entry(letter_id).renderings}
    checked = check_letter(
        letter,
        tuple(alignments.values()),
        documents,
        encoder,
        checks=checks,
        terms=terms or (read_glossary(own) if (own := corpus.glossary(letter_id)) else ()),
        dates=dates_of(corpus, corpus.entry(letter_id)),
    )
    wanted = tuple(a for a in checked.alignments if not renderings or a.rendering in renderings)
    return CheckedLetter(letter, documents, Checked(wanted, checked.comparison))
