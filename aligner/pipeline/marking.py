"""Errors as reviewers mark them: from a finding, or from words, checked against their typology."""

from __future__ import annotations

from dataclasses import replace

from aligner.errors import AlignerError
from aligner.model import Finding, Quoted
from aligner.review.decisions import Decision, Kind
from aligner.review.said import Mark, Verdict
from aligner.review.typologies import Typology, load


def new_mark(
    source: tuple[Quoted, ...], target: tuple[Quoted, ...], category: str, severity: str,
    typology: Typology | None = None,
) -> Mark:  # fmt: skip
    """An error at these places. Raises AlignerError for what the typology does not know, or without a place."""
    known = typology or load()
    return checked(Mark(known.id, known.version, category, severity, _ordered(target), _ordered(source)), known)


def accepted(
    finding: Finding, *, on_target: bool = True, typology: Typology | None = None, severity: str | None = None
) -> Verdict:
    """A finding as an error where it stands, with `severity`, or its own as the typology has it.

    Without `on_target` only its place in the letter counts, as for a finding about several renderings.
    Raises AlignerError when it has no place.
    """
    known = typology or load()
    source = (finding.source,) if finding.source else ()
    target = (finding.target,) if finding.target and on_target else ()
    if not source and not target:
        hint = "mark the error where it stands with 'aligner review error'"
        raise AlignerError("the finding has no place of its own", where=f"finding {finding.id}", hint=hint)
    grade = severity or known.of_finding(finding.severity)
    mark = Mark(known.id, known.version, finding.category, grade, target, source)
    return Verdict(finding.id, finding.check, mark)


def changed(
    mark: Mark, typology: Typology | None, *, category: str | None = None, severity: str | None = None,
    comment: str | None = None, correction: str | None = None,
    source: tuple[Quoted, ...] = (), target: tuple[Quoted, ...] = ()
) -> Mark:  # fmt: skip
    """`mark` with what is given in place of its own. Raises AlignerError for what its `typology` does not know."""
    made = replace(
        mark,
        category=mark.category if category is None else category,
        severity=mark.severity if severity is None else severity,
        comment=mark.comment if comment is None else comment,
        correction=mark.correction if correction is None else correction,
        source=_ordered(source) or mark.source,
        target=_ordered(target) or mark.target,
    )
    return checked(made, typology)


def correcting(mark: Mark, earlier: Decision, reviewer: str) -> Mark:
    """`mark` in place of an error that the same reviewer marked. Raises AlignerError for any other decision."""
    if earlier.kind is not Kind.ERROR or earlier.reviewer != reviewer:
        what = f"{earlier.reviewer}'s" if earlier.reviewer != reviewer else f"of kind {earlier.kind}"
        raise AlignerError(
            f"it is {what}, and only an error of one's own is replaced",
            where=f"decision {earlier.id}",
            hint="'aligner review list LETTER' shows yours; accept a finding again to change it",
        )
    return replace(mark, replaces=earlier.id)


def checked(mark: Mark, typology: Typology | None) -> Mark:
    """The same mark, if its typology knows category and severity and it has the places they need.

    `typology` is None where nobody has the version that it was made with: then it is taken as it is.
    """
    if not mark.source and not mark.target:
        raise AlignerError("the error has no place", hint="name it with --target, or with --source for an omission")
    if typology is None:
        return mark
    typology.points(mark.category, mark.severity)
    if typology.categories and typology.category(mark.category).source_span and not mark.source:
        raise AlignerError(f"{mark.category} needs a place in the letter", hint="name it with --source")
    return mark


def _ordered(side: tuple[Quoted, ...]) -> tuple[Quoted, ...]:
    return tuple(sorted(side, key=lambda each: each.start))
