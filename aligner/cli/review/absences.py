"""What renders nothing, what is not rendered, and aligning anew around what reviewers said."""

from __future__ import annotations

from typing import Annotated

import typer

from aligner.cli.console import print_json, progress
from aligner.cli.review.bench import Bench
from aligner.cli.review.commands import on_bench
from aligner.cli.review.lines import edit_lines
from aligner.errors import AlignerError
from aligner.model import AbsenceKind, ResidueKind


@on_bench
def absent(
    at: Bench,
    *,
    sentence: Annotated[str, typer.Argument(metavar="SENTENCE", help="Sentence of the letter: s14, or words in it.")],
    kind: Annotated[AbsenceKind, typer.Argument(metavar="KIND", help="omitted, outside or partial.")],
    part: Annotated[str | None, typer.Option(metavar="WORDS", help="Which words are missing (partial).")] = None,
) -> None:
    """Say that a sentence, or a part of a linked one, is not rendered."""
    from aligner.pipeline import places

    if (part is not None) is not (kind is AbsenceKind.PARTIAL):
        raise AlignerError(f"{kind.value} with{'out' if part is None else ''} a part",
                           hint="partial needs --part, the others take none")  # fmt: skip
    whole = places.sentence(at.at.desk.corpus, at.letter, at.alignment, sentence)
    missing = None
    if part is not None:
        missing = places.words(part, at.editor.source, "sentence", (whole.start, whole.end))
    at.do(at.editor.mark_absent(whole, kind, missing))


@on_bench
def residue(
    at: Bench,
    *,
    kind: Annotated[ResidueKind, typer.Argument(metavar="KIND", help="commentary, narration, addition, ...")],
    target: Annotated[str, typer.Option(metavar="PLACE", help="In the rendering: words, t3 or START:END.")],
) -> None:
    """Say what a stretch of the rendering is that renders nothing of the letter."""
    (stretch,) = at.target([target])
    at.do(at.editor.mark_residue(stretch, kind))


@on_bench
def unmark(
    at: Bench,
    *,
    source: Annotated[str | None, typer.Option(metavar="PLACE", help="Missing words of the letter.")] = None,
    target: Annotated[str | None, typer.Option(metavar="PLACE", help="Residue of the rendering.")] = None,
) -> None:
    """Take away the mark of a partial absence, or of residue."""
    from aligner.pipeline.places import mark_at

    if (source is None) is (target is None):
        raise AlignerError("it is not said which mark", hint="name its words with --source or with --target")
    (here,) = at.source([source]) if source is not None else at.target([str(target)])
    at.do(at.editor.unmark(mark_at(at.editor.part, here, of_source=source is not None)))


@on_bench
def realign(
    at: Bench,
    *,
    take: Annotated[
        bool, typer.Option("--take", help="Make the change, as one decision that undo takes back.")
    ] = False,
    encoder: Annotated[str, typer.Option(help="Encoder ('aligner list' shows them).")] = "use",
) -> None:
    """Align anew around confirmed and rejected links: show what would change, and with --take change it."""
    from aligner import home
    from aligner.encoders import open_encoder

    with progress() as show:
        show("aligning", 0, 1)
        opened = open_encoder(encoder, cache=home.vectors_dir())
        made = at.at.desk.realigned(at.letter, at.name, opened, at.at.layer(at.layer))
    if take and made.edit is not None:
        at.do(made.edit)
    elif at.at.as_json:
        print_json({"taken": False, "change": made.edit.payload() if made.edit else None})
    elif made.edit is None:
        print(f"{at.name}: nothing would change")
    else:
        print(f"{at.name}: this would change; --take changes it")
        print("\n".join(edit_lines(made.edit, at.alignment)))
