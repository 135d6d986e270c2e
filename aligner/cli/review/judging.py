"""Words on quality: findings accepted and dismissed, errors, scores, comments, suggestions, emendations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from aligner.cli.review.options import (
    CorpusOption,
    DatabaseOption,
    JsonOption,
    RenderingArgument,
    ReviewerOption,
    SeenOption,
    Sitting,
    SourceOption,
    TargetOption,
    sitting,
)
from aligner.errors import AlignerError, UnknownNameError

if TYPE_CHECKING:
    from aligner.model import Quoted
    from aligner.pipeline.places import FoundFinding

FindingArgument = Annotated[str, typer.Argument(metavar="FINDING", help="Id of a finding, or how it begins.")]
InRendering = Annotated[str | None, typer.Option("--rendering", help="Where several renderings have the finding.")]
Category = Annotated[str | None, typer.Option(help="Category of the typology, as accuracy/mistranslation.")]
Severity = Annotated[str | None, typer.Option(help="neutral, minor, major or critical (in mqm-core).")]
Comment = Annotated[str | None, typer.Option(help="What is wrong, in your words.")]
Correction = Annotated[str | None, typer.Option(help="What the rendering should say.")]
TypologyOption = Annotated[str, typer.Option("--typology", help="mqm-core, google-mqm or esa.")]
SentenceOption = Annotated[
    str | None, typer.Option("--sentence", metavar="SENTENCE", help="Sentence of the letter: s12, or words in it.")
]


def places(
    at: Sitting, letter: str, rendering: str, source: list[str] | None, target: list[str] | None
) -> tuple[tuple[Quoted, ...], tuple[Quoted, ...]]:
    """The places that `--source` and `--target` name; of a letter as a whole (`WHOLE`) by its own segments."""
    from aligner.pipeline.places import source_words, target_words
    from aligner.review.decisions import WHOLE

    alignment = at.desk.state(letter, rendering).alignment if rendering != WHOLE else None
    text = at.desk.texts(letter, rendering).target
    return (
        tuple(source_words(at.desk.corpus, letter, alignment, each) for each in source or ()),
        tuple(target_words(text, alignment, each) for each in target or ()),
    )


def sentence_of(at: Sitting, letter: str, rendering: str, name: str | None) -> Quoted | None:
    """The sentence that `--sentence` names."""
    from aligner.pipeline.places import sentence

    if name is None:
        return None
    return sentence(at.desk.corpus, letter, at.desk.state(letter, rendering).alignment, name)


def find(at: Sitting, name: str, rendering: str | None) -> FoundFinding:
    """The finding that is meant, in the whole corpus unless a rendering is named."""
    from aligner.pipeline.places import any_place, finding, findings

    if rendering is None:
        letters = [entry.id for entry in at.desk.corpus.manifest.letters]
        return finding(findings(at.desk.corpus, letters), name)
    letter, place = any_place(at.desk.corpus, rendering)
    return finding(findings(at.desk.corpus, [letter], place), name)


def accept(
    finding: FindingArgument,
    rendering: InRendering = None,
    category: Category = None,
    severity: Severity = None,
    source: SourceOption = None,
    target: TargetOption = None,
    comment: Comment = None,
    correction: Correction = None,
    typology: TypologyOption = "mqm-core",
    reviewer: ReviewerOption = None,
    corpus: CorpusOption = None,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Accept a finding as an error, as it is or with another category, severity or place."""
    from dataclasses import replace

    from aligner.pipeline import marking
    from aligner.review.decisions import WHOLE

    with sitting(corpus, database, reviewer, as_json) as at:
        found = find(at, finding, rendering)
        if found.rendering == WHOLE and target:
            raise AlignerError(
                "the finding is about several renderings, so its error has a place in the letter alone",
                where=f"finding {found.finding.id}",
                hint="leave --target out, or mark the error in one rendering with 'aligner review error RENDERING'",
            )
        verdict = marking.accepted(found.finding, on_target=found.rendering != WHOLE, typology=typology)
        more, other = places(at, found.letter, found.rendering, source, target)
        if verdict.mark is not None:
            mark = marking.changed(
                verdict.mark,
                category=category,
                severity=severity,
                comment=comment,
                correction=correction,
                source=more,
                target=other,
            )
            at.decide(replace(verdict, mark=mark), found.letter, found.rendering)


def dismiss(
    finding: FindingArgument,
    reason: Annotated[str, typer.Option(help="Why it is no error.")],
    rendering: InRendering = None,
    reviewer: ReviewerOption = None,
    corpus: CorpusOption = None,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Dismiss a finding: it is no error, and this is why."""
    from aligner.review.said import Verdict

    with sitting(corpus, database, reviewer, as_json) as at:
        found = find(at, finding, rendering)
        at.decide(Verdict(found.finding.id, found.finding.check, None, reason), found.letter, found.rendering)


def error(
    rendering: RenderingArgument,
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
    reviewer: ReviewerOption = None,
    corpus: CorpusOption = None,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Mark an error in the rendering, or an omission in the letter; several places make one error."""
    from aligner.pipeline import marking
    from aligner.pipeline.places import decision, rendering_place

    with sitting(corpus, database, reviewer, as_json) as at:
        letter, name = rendering_place(at.desk.corpus, rendering)
        sides = places(at, letter, name, source, target)
        mark = marking.changed(
            marking.new_mark(*sides, category, severity, typology), comment=comment, correction=correction
        )
        if replaces is not None:
            earlier = decision(at.desk.store.decisions(letter, name), replaces).decision
            mark = marking.correcting(mark, earlier, at.reviewer)
        at.decide(mark, letter, name)


def score(
    rendering: RenderingArgument,
    value: Annotated[float, typer.Argument(metavar="VALUE", help="0 (nothing kept) to 100 (perfect).")],
    sentence: SentenceOption = None,
    reviewer: ReviewerOption = None,
    corpus: CorpusOption = None,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Score a rendering, or one sentence of it, from 0 to 100 (ESA)."""
    from aligner.pipeline.places import rendering_place
    from aligner.review.said import Score

    with sitting(corpus, database, reviewer, as_json) as at:
        letter, name = rendering_place(at.desk.corpus, rendering)
        at.decide(Score(value, sentence_of(at, letter, name, sentence)), letter, name)


def comment(
    rendering: RenderingArgument,
    text: Annotated[str, typer.Option(help="The comment.")],
    target: TargetOption = None,
    source: SourceOption = None,
    about: Annotated[str | None, typer.Option(metavar="NAME", help="A decision or finding that it is about.")] = None,
    reviewer: ReviewerOption = None,
    corpus: CorpusOption = None,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Comment on places, on a decision or finding, or on the whole rendering."""
    from aligner.pipeline.places import decision, rendering_place
    from aligner.review.said import Comment as Said

    with sitting(corpus, database, reviewer, as_json) as at:
        letter, name = rendering_place(at.desk.corpus, rendering)
        source_places, target_places = places(at, letter, name, source, target)
        if about is not None:
            try:
                about = decision(at.desk.store.decisions(letter), about).decision.id
            except AlignerError:
                about = find(at, about, name).finding.id
        at.decide(Said(text, target_places, source_places, about), letter, name)


def suggest(
    rendering: RenderingArgument,
    text: Annotated[str, typer.Option(help="The better translation.")],
    target: TargetOption = None,
    source: SourceOption = None,
    reviewer: ReviewerOption = None,
    corpus: CorpusOption = None,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Suggest a better translation of a stretch of the rendering."""
    from aligner.pipeline.places import rendering_place
    from aligner.review.said import Suggestion

    with sitting(corpus, database, reviewer, as_json) as at:
        letter, name = rendering_place(at.desk.corpus, rendering)
        source_places, target_places = places(at, letter, name, source, target)
        at.decide(Suggestion(text, target_places, source_places), letter, name)


def emend(
    letter: Annotated[str, typer.Argument(metavar="LETTER", help="Id of a letter.")],
    emendation: Annotated[str, typer.Argument(metavar="EMENDATION", help="Its id, as 'aligner show' prints it.")],
    verdict: Annotated[str, typer.Argument(metavar="accept|reject", help="Whether it holds.")],
    seen: SeenOption = None,
    reviewer: ReviewerOption = None,
    corpus: CorpusOption = None,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Accept or reject a correction of the letter's reading text."""
    from aligner.model import Quoted
    from aligner.review.decisions import WHOLE
    from aligner.review.said import Emended

    if verdict not in ("accept", "reject"):
        raise AlignerError(f"{verdict!r} is no verdict", hint="write accept or reject")
    with sitting(corpus, database, reviewer, as_json) as at:
        at.desk.corpus.entry(letter)
        known = {each.id: each for each in at.desk.corpus.letter(letter).emendations}
        if emendation not in known:
            raise UnknownNameError("emendation", emendation, known, where=f"letter {letter}")
        change = known[emendation]
        said = Emended(Quoted(change.start, change.end, change.text), change.replacement, verdict == "accept")
        at.decide(said, letter, WHOLE, revision=seen)
