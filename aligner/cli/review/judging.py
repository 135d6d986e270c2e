"""Words on quality: findings accepted and dismissed, errors, scores, comments, suggestions, emendations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from aligner.cli.faults import say
from aligner.cli.review.commands import at_desk, on_rendering
from aligner.cli.review.options import (
    SeenOption,
    Sitting,
    SourceOption,
    TargetOption,
)
from aligner.cli.review.spot import Spot
from aligner.errors import AlignerError, UnknownNameError
from aligner.review.decisions import WHOLE

if TYPE_CHECKING:
    from aligner.pipeline.places import FoundFinding

FindingArgument = Annotated[str, typer.Argument(metavar="FINDING", help="Id of a finding, or how it begins.")]
InRendering = Annotated[str | None, typer.Option("--rendering", help="Where several renderings have the finding.")]
Category = Annotated[str | None, typer.Option(help="Category of the typology, as accuracy/mistranslation.")]
Severity = Annotated[str | None, typer.Option(help="neutral, minor, major or critical (in mqm-core).")]
Comment = Annotated[str | None, typer.Option(help="What is wrong, in your words.")]
Correction = Annotated[str | None, typer.Option(help="What the rendering should say.")]
TypologyOption = Annotated[
    str,
    typer.Option("--typology", metavar="ID_OR_FILE", help="mqm-core, google-mqm, esa, or the TOML file of your own."),
]
SentenceOption = Annotated[
    str | None, typer.Option("--sentence", metavar="SENTENCE", help="Sentence of the letter: s12, or words in it.")
]


def find(at: Sitting, name: str, rendering: str | None) -> FoundFinding:
    """The finding that is meant, in the whole corpus unless a rendering is named."""
    from aligner.pipeline.places import any_place, finding, findings

    if rendering is None:
        letters = [entry.id for entry in at.desk.corpus.manifest.letters]
        return finding(findings(at.desk.corpus, letters), name)
    letter, place = any_place(at.desk.corpus, rendering)
    return finding(findings(at.desk.corpus, [letter], place), name)


@at_desk
def accept(
    at: Sitting,
    *,
    finding: FindingArgument,
    rendering: InRendering = None,
    category: Category = None,
    severity: Severity = None,
    source: SourceOption = None,
    target: TargetOption = None,
    comment: Comment = None,
    correction: Correction = None,
    typology: TypologyOption = "mqm-core",
) -> None:
    """Accept a finding as an error, as it is or with another category, severity or place."""
    from dataclasses import replace

    from aligner.pipeline import marking
    from aligner.pipeline.typologies import known

    found = find(at, finding, rendering)
    if found.rendering == WHOLE and target:
        raise AlignerError(
            "the finding is about several renderings, so its error has a place in the letter alone",
            where=f"finding {found.finding.id}",
            hint="leave --target out, or mark the error in one rendering with 'aligner review error RENDERING'",
        )
    kind = known(typology, at.desk.store)
    whole = found.rendering == WHOLE
    verdict = marking.accepted(found.finding, on_target=not whole, typology=kind, severity=severity)
    more, other = Spot(at, found.letter, found.rendering).places(source, target)
    if verdict.mark is not None:
        mark = marking.changed(
            verdict.mark,
            kind,
            category=category,
            severity=severity,
            comment=comment,
            correction=correction,
            source=more,
            target=other,
        )
        at.decide(replace(verdict, mark=mark), found.letter, found.rendering)


@at_desk
def dismiss(
    at: Sitting,
    *,
    finding: FindingArgument,
    reason: Annotated[str, typer.Option(help="Why it is no error.")],
    rendering: InRendering = None,
) -> None:
    """Dismiss a finding: it is no error, and this is why."""
    from aligner.review.said import Verdict

    found = find(at, finding, rendering)
    at.decide(Verdict(found.finding.id, found.finding.check, None, reason), found.letter, found.rendering)


@on_rendering
def error(
    here: Spot,
    *,
    category: Annotated[str, typer.Option(help="Category of the typology, as accuracy/mistranslation.")],
    severity: Annotated[str, typer.Option(help="neutral, minor, major or critical (in mqm-core).")],
    target: TargetOption = None,
    source: SourceOption = None,
    comment: Comment = None,
    correction: Correction = None,
    replaces: Annotated[
        str | None, typer.Option(metavar="DECISION", help="An error of yours that this one corrects.")
    ] = None,
    typology: TypologyOption = "mqm-core",
) -> None:
    """Mark an error in the rendering, or an omission in the letter; several places make one error."""
    from aligner.pipeline import marking
    from aligner.pipeline.places import decision
    from aligner.pipeline.typologies import known

    kind = known(typology, here.at.desk.store)
    sides = here.places(source, target)
    made = marking.new_mark(*sides, category, severity, kind)
    mark = marking.changed(made, kind, comment=comment, correction=correction)
    if replaces is not None:
        earlier = decision(here.at.desk.store.decisions(here.letter, here.rendering), replaces).decision
        mark = marking.correcting(mark, earlier, here.at.reviewer)
    here.decide(mark)


@on_rendering
def score(
    here: Spot,
    *,
    value: Annotated[float, typer.Argument(metavar="VALUE", help="0 (nothing kept) to 100 (perfect).")],
    sentence: SentenceOption = None,
) -> None:
    """Score a rendering, or one sentence of it, from 0 to 100 (ESA)."""
    from aligner.review.said import Score

    here.decide(Score(value, here.sentence(sentence)))


@on_rendering
def comment(
    here: Spot,
    *,
    text: Annotated[str, typer.Option(help="The comment.")],
    target: TargetOption = None,
    source: SourceOption = None,
    about: Annotated[str | None, typer.Option(metavar="NAME", help="A decision or finding that it is about.")] = None,
) -> None:
    """Comment on places, on a decision or finding, or on the whole rendering."""
    from aligner.pipeline.places import decision
    from aligner.review.said import Comment as Said

    source_places, target_places = here.places(source, target)
    if about is not None:
        try:
            about = decision(here.at.desk.store.decisions(here.letter), about).decision.id
        except AlignerError:
            about = find(here.at, about, here.rendering).finding.id
    here.decide(Said(text, target_places, source_places, about))


@on_rendering
def suggest(
    here: Spot,
    *,
    text: Annotated[str, typer.Option(help="The better translation.")],
    target: TargetOption = None,
    source: SourceOption = None,
) -> None:
    """Suggest a better translation of a stretch of the rendering."""
    from aligner.review.said import Suggestion

    source_places, target_places = here.places(source, target)
    here.decide(Suggestion(text, target_places, source_places))


@at_desk
def emend(
    at: Sitting,
    *,
    letter: Annotated[str, typer.Argument(metavar="LETTER", help="Id of a letter.")],
    emendation: Annotated[str, typer.Argument(metavar="EMENDATION", help="Its id, as 'aligner show' prints it.")],
    verdict: Annotated[str, typer.Argument(metavar="accept|reject", help="Whether it holds.")],
    seen: SeenOption = None,
) -> None:
    """Accept or reject a correction of the letter's reading text."""
    from aligner.model import Quoted
    from aligner.review.said import Emended

    if verdict not in ("accept", "reject"):
        raise AlignerError(f"{verdict!r} is no verdict", hint="write accept or reject")
    at.desk.corpus.entry(letter)
    known = {each.id: each for each in at.desk.corpus.letter(letter).emendations}
    if emendation not in known:
        raise UnknownNameError("emendation", emendation, known, where=f"letter {letter}")
    change = known[emendation]
    said = Emended(Quoted(change.start, change.end, change.text), change.replacement, verdict == "accept")
    at.decide(said, letter, WHOLE, revision=seen)
    say(f"the findings of {letter} are those of the last build; 'aligner build' makes them anew")
