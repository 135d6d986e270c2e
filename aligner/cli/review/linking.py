"""Corrections of an alignment: what renders what, and what renders nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from aligner.cli.review.bench import Bench
from aligner.cli.review.commands import on_bench
from aligner.cli.review.options import (
    SourceOption,
    TargetOption,
)
from aligner.errors import AlignerError, UnknownNameError
from aligner.model import Mode, Quoted, ResidueKind

if TYPE_CHECKING:
    from aligner.review.parts import Bead

LinkArgument = Annotated[str, typer.Argument(metavar="LINK", help="Id of a link: 'aligner review show RENDERING'.")]
LinksArgument = Annotated[list[str], typer.Argument(metavar="LINK...", help="Ids of links.")]
ResidueOption = Annotated[
    ResidueKind, typer.Option("--as", metavar="KIND", help="What its words in the rendering are then.")
]


@on_bench
def link(
    at: Bench,
    *,
    source: SourceOption = None,
    target: TargetOption = None,
    mode: Annotated[Mode, typer.Option(help="How it renders its source.")] = Mode.DIRECT,
) -> None:
    """Say that words of the rendering render a sentence of the letter (or several)."""
    at.do(at.editor.link(at.source(source), at.target(target), mode))


@on_bench
def unlink(
    at: Bench,
    *,
    link: LinkArgument,
    as_kind: ResidueOption = ResidueKind.COMMENTARY,
) -> None:
    """Take a link apart: the sentence is not rendered by these words."""
    at.do(at.editor.unlink(at.link(link), as_kind))


@on_bench
def reject(
    at: Bench,
    *,
    link: LinkArgument,
    as_kind: ResidueOption = ResidueKind.COMMENTARY,
) -> None:
    """Take a link apart and forbid it: `realign` will not make it again."""
    at.do(at.editor.reject(at.link(link), as_kind))


@on_bench
def merge(
    at: Bench,
    *,
    links: LinksArgument,
) -> None:
    """Make one link of several."""
    at.do(at.editor.merge([at.link(each) for each in dict.fromkeys(links)]))


@on_bench
def split(
    at: Bench,
    *,
    link: LinkArgument,
    target_at: Annotated[str, typer.Option(metavar="WORDS", help="Cut the rendering before these words.")],
    source_at: Annotated[str | None, typer.Option(metavar="WORDS", help="Cut the letter before these words.")] = None,
) -> None:
    """Make two links of one, cut before some words; without --source-at both render the whole sentence."""
    from aligner.pipeline.places import words

    there = at.link(link)
    inside = (there.target[0].start, there.target[-1].end)
    cut = words(target_at, at.editor.target, "link's words in the rendering", inside).start
    other = None
    if source_at is not None:
        inside = (there.source[0].start, there.source[-1].end)
        other = words(source_at, at.editor.source, "link's words in the letter", inside).start
    at.do(at.editor.split(there, other, cut))


@on_bench
def move(
    at: Bench,
    *,
    segment: Annotated[str, typer.Argument(metavar="SEGMENT", help="Id of a segment of either side: s3 or t4.")],
    origin: Annotated[str, typer.Option("--from", metavar="LINK", help="The link that it stands in.")],
    goal: Annotated[str, typer.Option("--to", metavar="LINK", help="The link that it belongs to.")],
) -> None:
    """Move a segment from one link to another."""
    every = at.alignment.source_segments + at.alignment.target_segments
    known = {each.id: Quoted(each.start, each.end, each.text) for each in every}
    if segment not in known:
        raise UnknownNameError("segment", segment, known, where=f"rendering {at.name}")
    at.do(at.editor.move(known[segment], at.link(origin), at.link(goal)))


@on_bench
def mode(
    at: Bench,
    *,
    link: LinkArgument,
    mode: Annotated[Mode, typer.Argument(metavar="MODE", help="direct, indirect or fragment.")],
) -> None:
    """Say how a link renders its sentence."""
    at.do(at.editor.set_mode(at.link(link), mode))


@on_bench
def confirm(
    at: Bench,
    *,
    links: Annotated[list[str] | None, typer.Argument(metavar="[LINK...]", help="Ids of links.")] = None,
    to: Annotated[str | None, typer.Option("--to", metavar="LINK", help="All from the first link to this one.")] = None,
) -> None:
    """Stand behind links as they are; with --to, behind all up to one, in the order of 'show'."""

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
