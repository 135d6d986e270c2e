"""Corrections of an alignment: what renders what, and what renders nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from aligner.cli.console import print_json, progress
from aligner.cli.review.lines import edit_lines
from aligner.cli.review.options import (
    CorpusOption,
    DatabaseOption,
    JsonOption,
    Layer,
    LayerOption,
    RenderingArgument,
    ReviewerOption,
    SeenOption,
    Sitting,
    SourceOption,
    TargetOption,
    sitting,
)
from aligner.errors import AlignerError, UnknownNameError
from aligner.model import AbsenceKind, Mode, Quoted, ResidueKind

if TYPE_CHECKING:
    from aligner.model import Alignment
    from aligner.review.edits import Edit, Editor
    from aligner.review.parts import Bead

LinkArgument = Annotated[str, typer.Argument(metavar="LINK", help="Id of a link: 'aligner review show RENDERING'.")]
LinksArgument = Annotated[list[str], typer.Argument(metavar="LINK...", help="Ids of links.")]
ResidueOption = Annotated[
    ResidueKind, typer.Option("--as", metavar="KIND", help="What its words in the rendering are then.")
]


@dataclass(frozen=True)
class Bench:
    """One rendering of one layer, to be corrected."""

    at: Sitting
    letter: str
    name: str
    layer: Layer
    seen: int | None
    alignment: Alignment
    editor: Editor

    def link(self, name: str) -> Bead:
        """A link by its id."""
        from aligner.pipeline.places import link

        return link(self.alignment, name)

    def source(self, places: Sequence[str] | None) -> list[Quoted]:
        """Places of the letter."""
        from aligner.pipeline.places import source_words

        return [source_words(self.at.desk.corpus, self.letter, self.alignment, each) for each in places or ()]

    def target(self, places: Sequence[str] | None) -> list[Quoted]:
        """Places of the rendering."""
        from aligner.pipeline.places import target_words

        return [target_words(self.editor.target, self.alignment, each) for each in places or ()]

    def do(self, edit: Edit) -> None:
        """Store an edit and print what it changed; exit with 1 for a conflict."""
        layer = self.at.layer(self.layer)
        answer = self.at.desk.say(edit, self.at.reviewer, self.letter, self.name, layer=layer, revision=self.seen)
        after = self.at.desk.state(self.letter, self.name, layer_seen(self.at, self.layer)).alignment
        self.at.told(answer, self.alignment, after)


def layer_seen(at: Sitting, layer: Layer) -> str | None:
    """The layer whose state is shown: what is published, unless it is one's own."""
    return at.layer(layer) if layer is Layer.OWN else None


@contextmanager
def bench(
    rendering: str,
    layer: Layer,
    seen: int | None,
    corpus: Path | None,
    database: str | None,
    reviewer: str | None,
    as_json: bool,
) -> Iterator[Bench]:
    """The rendering that a command corrects."""
    from aligner.pipeline.places import rendering_place

    with sitting(corpus, database, reviewer, as_json) as at:
        letter, name = rendering_place(at.desk.corpus, rendering)
        shown = layer_seen(at, layer)
        state = at.desk.state(letter, name, shown)
        yield Bench(at, letter, name, layer, seen, state.alignment, at.desk.editor(letter, name, shown))


def link(
    rendering: RenderingArgument,
    source: SourceOption = None,
    target: TargetOption = None,
    mode: Annotated[Mode, typer.Option(help="How it renders its source.")] = Mode.DIRECT,
    layer: LayerOption = Layer.SHARED,
    seen: SeenOption = None,
    reviewer: ReviewerOption = None,
    corpus: CorpusOption = None,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Say that words of the rendering render a sentence of the letter (or several)."""
    with bench(rendering, layer, seen, corpus, database, reviewer, as_json) as at:
        at.do(at.editor.link(at.source(source), at.target(target), mode))


def unlink(
    rendering: RenderingArgument,
    link: LinkArgument,
    as_kind: ResidueOption = ResidueKind.COMMENTARY,
    layer: LayerOption = Layer.SHARED,
    seen: SeenOption = None,
    reviewer: ReviewerOption = None,
    corpus: CorpusOption = None,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Take a link apart: the sentence is not rendered by these words."""
    with bench(rendering, layer, seen, corpus, database, reviewer, as_json) as at:
        at.do(at.editor.unlink(at.link(link), as_kind))


def reject(
    rendering: RenderingArgument,
    link: LinkArgument,
    as_kind: ResidueOption = ResidueKind.COMMENTARY,
    layer: LayerOption = Layer.SHARED,
    seen: SeenOption = None,
    reviewer: ReviewerOption = None,
    corpus: CorpusOption = None,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Take a link apart and forbid it: `realign` will not make it again."""
    with bench(rendering, layer, seen, corpus, database, reviewer, as_json) as at:
        at.do(at.editor.reject(at.link(link), as_kind))


def merge(
    rendering: RenderingArgument,
    links: LinksArgument,
    layer: LayerOption = Layer.SHARED,
    seen: SeenOption = None,
    reviewer: ReviewerOption = None,
    corpus: CorpusOption = None,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Make one link of several."""
    with bench(rendering, layer, seen, corpus, database, reviewer, as_json) as at:
        at.do(at.editor.merge([at.link(each) for each in dict.fromkeys(links)]))


def split(
    rendering: RenderingArgument,
    link: LinkArgument,
    target_at: Annotated[str, typer.Option(metavar="WORDS", help="Cut the rendering before these words.")],
    source_at: Annotated[str | None, typer.Option(metavar="WORDS", help="Cut the letter before these words.")] = None,
    layer: LayerOption = Layer.SHARED,
    seen: SeenOption = None,
    reviewer: ReviewerOption = None,
    corpus: CorpusOption = None,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Make two links of one, cut before some words; without --source-at both render the whole sentence."""
    from aligner.pipeline.places import words

    with bench(rendering, layer, seen, corpus, database, reviewer, as_json) as at:
        there = at.link(link)
        inside = (there.target[0].start, there.target[-1].end)
        cut = words(target_at, at.editor.target, "link's words in the rendering", inside).start
        other = None
        if source_at is not None:
            inside = (there.source[0].start, there.source[-1].end)
            other = words(source_at, at.editor.source, "link's words in the letter", inside).start
        at.do(at.editor.split(there, other, cut))


def move(
    rendering: RenderingArgument,
    segment: Annotated[str, typer.Argument(metavar="SEGMENT", help="Id of a segment of either side: s3 or t4.")],
    origin: Annotated[str, typer.Option("--from", metavar="LINK", help="The link that it stands in.")],
    goal: Annotated[str, typer.Option("--to", metavar="LINK", help="The link that it belongs to.")],
    layer: LayerOption = Layer.SHARED,
    seen: SeenOption = None,
    reviewer: ReviewerOption = None,
    corpus: CorpusOption = None,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Move a segment from one link to another."""
    with bench(rendering, layer, seen, corpus, database, reviewer, as_json) as at:
        every = at.alignment.source_segments + at.alignment.target_segments
        known = {each.id: Quoted(each.start, each.end, each.text) for each in every}
        if segment not in known:
            raise UnknownNameError("segment", segment, known, where=f"rendering {rendering}")
        at.do(at.editor.move(known[segment], at.link(origin), at.link(goal)))


def mode(
    rendering: RenderingArgument,
    link: LinkArgument,
    mode: Annotated[Mode, typer.Argument(metavar="MODE", help="direct, indirect or fragment.")],
    layer: LayerOption = Layer.SHARED,
    seen: SeenOption = None,
    reviewer: ReviewerOption = None,
    corpus: CorpusOption = None,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Say how a link renders its sentence."""
    with bench(rendering, layer, seen, corpus, database, reviewer, as_json) as at:
        at.do(at.editor.set_mode(at.link(link), mode))


def confirm(
    rendering: RenderingArgument,
    links: Annotated[list[str] | None, typer.Argument(metavar="[LINK...]", help="Ids of links.")] = None,
    to: Annotated[str | None, typer.Option("--to", metavar="LINK", help="All from the first link to this one.")] = None,
    layer: LayerOption = Layer.SHARED,
    seen: SeenOption = None,
    reviewer: ReviewerOption = None,
    corpus: CorpusOption = None,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Stand behind links as they are; with --to, behind all up to one, in the order of 'show'."""

    with bench(rendering, layer, seen, corpus, database, reviewer, as_json) as at:
        wanted: list[Bead] = [at.link(each) for each in links or ()]
        if to is not None:
            last = at.link(to)
            names = [each.id for each in at.alignment.links]
            wanted += [at.link(name) for name in names[: names.index(to) + 1]]
            wanted.append(last)
        chosen = {bead.key: bead for bead in wanted}
        fresh = [bead for bead in chosen.values() if bead.status.value != "confirmed"]
        if not fresh:
            raise AlignerError("no link to confirm" if not chosen else "confirmed already",
                               hint="'aligner review show RENDERING' lists the links")  # fmt: skip
        at.do(at.editor.confirm(fresh))


def absent(
    rendering: RenderingArgument,
    sentence: Annotated[str, typer.Argument(metavar="SENTENCE", help="Sentence of the letter: s14, or words in it.")],
    kind: Annotated[AbsenceKind, typer.Argument(metavar="KIND", help="omitted, outside or partial.")],
    part: Annotated[str | None, typer.Option(metavar="WORDS", help="Which words are missing (partial).")] = None,
    layer: LayerOption = Layer.SHARED,
    seen: SeenOption = None,
    reviewer: ReviewerOption = None,
    corpus: CorpusOption = None,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Say that a sentence, or a part of a linked one, is not rendered."""
    from aligner.pipeline import places

    with bench(rendering, layer, seen, corpus, database, reviewer, as_json) as at:
        if (part is not None) is not (kind is AbsenceKind.PARTIAL):
            raise AlignerError(f"{kind.value} with{'out' if part is None else ''} a part",
                               hint="partial needs --part, the others take none")  # fmt: skip
        whole = places.sentence(at.at.desk.corpus, at.letter, at.alignment, sentence)
        missing = None
        if part is not None:
            missing = places.words(part, at.editor.source, "sentence", (whole.start, whole.end))
        at.do(at.editor.mark_absent(whole, kind, missing))


def residue(
    rendering: RenderingArgument,
    kind: Annotated[ResidueKind, typer.Argument(metavar="KIND", help="commentary, narration, addition, ...")],
    target: Annotated[str, typer.Option(metavar="PLACE", help="In the rendering: words, t3 or START:END.")],
    layer: LayerOption = Layer.SHARED,
    seen: SeenOption = None,
    reviewer: ReviewerOption = None,
    corpus: CorpusOption = None,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Say what a stretch of the rendering is that renders nothing of the letter."""
    with bench(rendering, layer, seen, corpus, database, reviewer, as_json) as at:
        (stretch,) = at.target([target])
        at.do(at.editor.mark_residue(stretch, kind))


def unmark(
    rendering: RenderingArgument,
    source: Annotated[str | None, typer.Option(metavar="PLACE", help="Missing words of the letter.")] = None,
    target: Annotated[str | None, typer.Option(metavar="PLACE", help="Residue of the rendering.")] = None,
    layer: LayerOption = Layer.SHARED,
    seen: SeenOption = None,
    reviewer: ReviewerOption = None,
    corpus: CorpusOption = None,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Take away the mark of a partial absence, or of residue."""
    from aligner.pipeline.places import mark_at

    with bench(rendering, layer, seen, corpus, database, reviewer, as_json) as at:
        if (source is None) is (target is None):
            raise AlignerError("which mark?", hint="name its words with --source or with --target")
        (here,) = at.source([source]) if source is not None else at.target([str(target)])
        at.do(at.editor.unmark(mark_at(at.editor.part, here, of_source=source is not None)))


def realign(
    rendering: RenderingArgument,
    take: Annotated[
        bool, typer.Option("--take", help="Make the change, as one decision that undo takes back.")
    ] = False,
    encoder: Annotated[str, typer.Option(help="Encoder ('aligner list' shows them).")] = "use",
    layer: LayerOption = Layer.SHARED,
    seen: SeenOption = None,
    reviewer: ReviewerOption = None,
    corpus: CorpusOption = None,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Align anew around confirmed and rejected links: show what would change, and with --take change it."""
    from aligner import home
    from aligner.encoders import open_encoder

    with bench(rendering, layer, seen, corpus, database, reviewer, as_json) as at:
        with progress() as show:
            show("aligning", 0, 1)
            opened = open_encoder(encoder, cache=home.vectors_dir())
            made = at.at.desk.realigned(at.letter, at.name, opened, at.at.layer(layer))
        if take and made.edit is not None:
            at.do(made.edit)
        elif as_json:
            print_json({"taken": False, "change": made.edit.payload() if made.edit else None})
        elif made.edit is None:
            print(f"{at.name}: nothing would change")
        else:
            print(f"{at.name}: this would change; --take changes it")
            print("\n".join(edit_lines(made.edit, at.alignment)))
