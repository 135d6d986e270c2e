"""Decisions, findings and sentences with their words in context."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from aligner.cli.console import check_names, print_json, printable
from aligner.cli.review.commands import at_desk
from aligner.cli.review.lines import (
    gap_line,
    in_context,
    link_line,
    place_name,
    residue_line,
    short,
    stored_line,
)
from aligner.cli.review.looking import LetterArgument, OneRendering, entry_json, found_json
from aligner.cli.review.options import (
    Layer,
    LayerOption,
    Sitting,
    stored_json,
)
from aligner.review.decisions import WHOLE

if TYPE_CHECKING:
    from aligner.pipeline.docket import Next
    from aligner.pipeline.places import FoundFinding
    from aligner.store import Stored


@at_desk
def show(
    at: Sitting,
    *,
    name: Annotated[
        str, typer.Argument(metavar="NAME", help="A decision (12), a finding, or a rendering to see its links.")
    ],
    rendering: OneRendering = None,
    layer: LayerOption = Layer.SHARED,
) -> None:
    """Show a decision or finding with its words in their context, or a rendering's links with their ids."""
    from aligner.pipeline import places
    from aligner.pipeline.docket import look_up

    ours = [item.id for entry in at.desk.corpus.manifest.letters for item in entry.renderings]
    if name in ours:
        _show_rendering(at, *places.rendering_place(at.desk.corpus, name), layer)
        return
    found = look_up(at.desk, name, rendering)
    if isinstance(found, places.FoundFinding):
        _show_finding(at, found)
    else:
        _show_decision(at, found)


def _show_rendering(at: Sitting, letter: str, rendering: str, layer: Layer) -> None:
    from aligner.formats import alignment_json
    from aligner.review.conversion import part_of_alignment

    state = at.desk.state(letter, rendering, at.layer(layer) if layer is Layer.OWN else None)
    alignment = state.alignment
    if at.as_json:
        import json

        print_json({"revision": at.desk.store.revision(), "alignment": json.loads(alignment_json.dumps(alignment))})
        return
    print(f"{printable(rendering)}: revision {at.desk.store.revision()}, {len(state.applied)} decisions, "
          f"{len(state.adapted)} adapted, {len(state.orphans)} orphaned")  # fmt: skip
    part = part_of_alignment(alignment)
    for link, bead in zip(alignment.links, part.beads, strict=True):
        print(f"  {link.id}  {' + '.join(link.source)} = {' + '.join(link.target)}  {link_line(bead)}")
    names = {(each.start, each.end): each.id for each in alignment.source_segments}
    for gap in part.gaps:
        print(f"  {names[gap.source.start, gap.source.end]} {gap_line(gap)}")
    for each in alignment.residue:
        print(f"  {each.start}:{each.end} {residue_line(each)}")


def _show_finding(at: Sitting, found: FoundFinding) -> None:
    from aligner.pipeline.docket import verdicts_on

    verdicts = verdicts_on(at.desk, found)
    if at.as_json:
        print_json(found_json(found) | {"verdicts": [stored_json(each) for each in verdicts]})
        return
    _print_finding(at, found)
    numbers = at.numbers
    for each in verdicts:
        print(f"  {stored_line(each, numbers)}")
    if not verdicts:
        _commands(found)


def _print_finding(at: Sitting, found: FoundFinding) -> None:
    finding = found.finding
    place = "several renderings" if found.rendering == WHOLE else found.rendering
    print(f"finding {finding.id} in {printable(place)}")
    print(f"  {finding.severity.value} {finding.category} [{finding.check}]: {printable(finding.messages['en'])}")
    texts = at.desk.texts(found.letter, found.rendering)
    if finding.source:
        print(f"  letter     {in_context(texts.source, finding.source)}")
    if finding.target and found.rendering != WHOLE:
        print(f"  rendering  {in_context(texts.target, finding.target)}")
    for each in finding.places:
        print(f"  {printable(each.rendering)} {each.side}: {short(each.text)}")


def _commands(found: FoundFinding) -> None:
    name = found.finding.id
    where = "" if found.rendering == WHOLE else f" --rendering {found.rendering}"
    print(f"  accept:    aligner review accept {name}{where}")
    print(f'  dismiss:   aligner review dismiss {name}{where} --reason "..."')


def _show_decision(at: Sitting, found: Stored) -> None:
    from aligner.pipeline.docket import entries
    from aligner.pipeline.settling import spans_of_payload, words_today
    from aligner.review.history import standing

    decision = found.decision
    here = entries(at.desk, decision.letter, decision.rendering)
    (entry,) = (each for each in here if each.stored.seq == found.seq)
    if at.as_json:
        print_json(entry_json(entry))
        return
    print(stored_line(found, at.numbers))
    print(f"  {printable(decision.letter)}, {place_name(decision)}, layer {printable(decision.layer)}, "
          f"id {decision.id}, saw revision {decision.revision}")  # fmt: skip
    print(f"  {entry.state}" + (f": {printable(entry.reason)}" if entry.reason else ""))
    texts = at.desk.texts(decision.letter, decision.rendering)
    now = next((each for each in standing(at.desk.log(decision.letter)) if each.id == decision.id), decision)
    for side, quoted in spans_of_payload(now.payload):
        label, text = ("letter   ", texts.source) if side == "source" else ("rendering", texts.target)
        words = words_today(now, side, quoted, texts)
        print(f"  {label}  {in_context(text, words) if words else short(quoted.text) + ' (in an earlier document)'}")


@at_desk
def next_finding(
    at: Sitting,
    *,
    letter: LetterArgument,
    rendering: OneRendering = None,
) -> None:
    """Show what you are to look at next: the gravest finding, then sentences you are not done with."""
    from aligner.pipeline.docket import next_for

    check_names(at.desk.corpus, letter, [rendering] if rendering else [])
    found = next_for(at.desk, at.reviewer, letter, rendering)
    if at.as_json:
        print_json(_next_json(found))
        return
    if found is None:
        print(f"{printable(letter)}: nothing is left for {printable(at.reviewer)}")
        return
    counted = "" if rendering else ", each sentence counted once for every rendering"
    print(f"left for {printable(at.reviewer)}: {found.left[0]} findings, {found.left[1]} sentences{counted}")
    if found.finding is not None:
        _print_finding(at, found.finding)
        _commands(found.finding)
    else:
        _print_sentence(at, letter, found)


def _print_sentence(at: Sitting, letter: str, found: Next) -> None:
    from aligner.review.conversion import part_of_alignment

    if found.sentence is None:
        return
    print(f"sentence {found.name} in {printable(found.rendering)}")
    texts = at.desk.texts(letter, found.rendering)
    print(f"  letter     {in_context(texts.source, found.sentence)}")
    alignment = at.desk.state(letter, found.rendering).alignment
    for link, bead in zip(alignment.links, part_of_alignment(alignment).beads, strict=True):
        if found.sentence in bead.source:
            print(f"  link       {link_line(bead, link.id)}")
            for each in bead.target:
                print(f"  rendering  {in_context(texts.target, each)}")
    for gap in part_of_alignment(alignment).gaps:
        if gap.source == found.sentence:
            print(f"  absence    {gap_line(gap)}")
    place = f"{found.rendering} {{}} --sentence {found.name}"
    print(f"  score:     aligner review score {place.format('80')}")
    print(f"  done:      aligner review work {place.format('done')}")


def _next_json(found: Next | None) -> dict[str, Any] | None:
    if found is None:
        return None
    sentence = found.sentence
    return {
        "rendering": found.rendering,
        "finding": found_json(found.finding) if found.finding else None,
        "sentence": {"id": found.name, "start": sentence.start, "end": sentence.end, "text": sentence.text}
        if sentence
        else None,
        "left": {"findings": found.left[0], "sentences": found.left[1]},
    }
