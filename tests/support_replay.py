"""Alignments of two texts, cut and linked in any way, and edits of them, made by hypothesis."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st
from support_formats import SIGNATURE

from aligner.errors import AlignerError
from aligner.model import AbsenceKind, Alignment, Mode, Quoted, Residue, ResidueKind, Side, Status, sha256_of
from aligner.review.conversion import alignment_of, part_of_alignment
from aligner.review.decisions import Decision, Kind
from aligner.review.edits import Edit, Editor
from aligner.review.imposing import trimmed
from aligner.review.parts import Bead, Gap, Part

LETTERS = st.sampled_from([*"abc .\n", "\r\n", "e\u0301", "😀", "𠀀", "字", "。", "👩\u200d👧"])
TEXTS = st.lists(LETTERS, min_size=4, max_size=40).map("".join).filter(lambda text: len(text.strip()) > 3)
SHARES = st.floats(0, 1).map(lambda value: round(value, 4))


@dataclass(frozen=True)
class Texts:
    """The decoded texts of a letter's and an article's document."""

    source: str
    target: str


@st.composite
def texts(draw: st.DrawFn) -> Texts:
    return Texts(draw(TEXTS), draw(TEXTS))


def pieces(draw: st.DrawFn, text: str) -> list[Quoted]:
    """The text cut anywhere, without blanks at the ends."""
    cuts = sorted(draw(st.sets(st.integers(1, len(text) - 1), max_size=5)))
    ends = zip([0, *cuts], [*cuts, len(text)], strict=True)
    return [piece for start, end in ends if (piece := trimmed(start, end, text))]


@st.composite
def alignments(draw: st.DrawFn, over: Texts) -> Alignment:
    """Some alignment of two texts: any segments, any links, crossings, absences, residue and notes."""
    sources, targets = pieces(draw, over.source), pieces(draw, over.target)
    groups: dict[int, list[Quoted]] = {}
    residue: list[Residue] = []
    for target in targets:
        group = draw(st.integers(-1, 3))
        if group >= 0:
            groups.setdefault(group, []).append(target)
            if draw(st.integers(0, 3)) == 0:
                residue.append(Residue(target.start, target.start + 1, target.text[0], ResidueKind.TRANSLATOR_NOTE))
        elif draw(st.booleans()):
            residue.append(Residue(target.start, target.end, target.text, draw(st.sampled_from(ResidueKind))))
    beads = []
    for group_ in groups.values():
        chosen = draw(st.lists(st.sampled_from(sources), min_size=1, max_size=3, unique=True))
        ordered = tuple(sorted(chosen, key=lambda q: q.start))
        beads.append(
            Bead(ordered, tuple(group_), draw(st.sampled_from(Mode)), draw(SHARES), draw(st.sampled_from(Status)))
        )
    linked = {q for bead in beads for q in bead.source}
    gaps = [Gap(q, AbsenceKind.OMITTED, draw(SHARES)) for q in sources if q not in linked]
    for segment in sorted(linked, key=lambda q: q.start):
        if draw(st.integers(0, 3)) == 0:
            missing = Quoted(segment.start, segment.start + 1, segment.text[0])
            if missing.text.strip():
                gaps.append(Gap(segment, AbsenceKind.PARTIAL, draw(SHARES), missing))
    return alignment_of(Part(tuple(beads), tuple(gaps), tuple(residue)), empty(over))


def empty(over: Texts) -> Alignment:
    """Nothing linked, nothing absent, of these texts."""
    source, target = sha256_of(over.source), sha256_of(over.target)
    return Alignment(
        "l", "r", Side("en.txt", source, source, "en"), Side("zh.txt", target, target, "zh-Hans"), SIGNATURE, (), (), ()
    )


def stretch(draw: st.DrawFn, text: str) -> Quoted:
    start = draw(st.integers(0, len(text) - 1))
    end = draw(st.integers(start + 1, len(text)))
    return Quoted(start, end, text[start:end])


def some_edit(draw: st.DrawFn, editor: Editor, over: Texts) -> Edit | None:
    """Any edit that a reviewer could try on this state; None when it cannot be done, and says so."""
    part = editor.part
    segments = sorted(part.source, key=lambda q: (q.start, q.end))
    name = draw(st.sampled_from(["link", "unlink", "reject", "merge", "split", "move", "mode", "confirm", "absent",
                                 "partial", "residue", "unmark"]))  # fmt: skip
    kinds = st.sampled_from(ResidueKind)
    try:
        if name in ("link", "absent", "residue"):
            if name == "link" and segments:
                chosen = draw(st.lists(st.sampled_from(segments), min_size=1, max_size=2, unique=True))
                return editor.link(chosen, [stretch(draw, over.target)], draw(st.sampled_from(Mode)))
            if name == "absent" and segments:
                kind = draw(st.sampled_from([AbsenceKind.OMITTED, AbsenceKind.OUTSIDE]))
                return editor.mark_absent(draw(st.sampled_from(segments)), kind)
            return editor.mark_residue(stretch(draw, over.target), draw(kinds))
        if name == "unmark":
            marks = [*part.residue, *(gap for gap in part.gaps if gap.part)]
            return editor.unmark(draw(st.sampled_from(marks))) if marks else None
        if not part.beads:
            return None
        return on_bead(draw, editor, over, name)
    except AlignerError:
        return None


def on_bead(draw: st.DrawFn, editor: Editor, over: Texts, name: str) -> Edit:
    beads = st.sampled_from(editor.part.beads)
    bead = draw(beads)
    if name == "merge":
        return editor.merge(draw(st.lists(beads, min_size=1, max_size=3, unique=True)))
    if name == "split":
        return editor.split(
            bead, draw(st.none() | st.integers(0, len(over.source))), draw(st.integers(0, len(over.target)))
        )
    if name == "move":
        return editor.move(draw(st.sampled_from([*bead.source, *bead.target])), bead, draw(beads))
    if name == "mode":
        return editor.set_mode(bead, draw(st.sampled_from(Mode)))
    if name == "partial":
        segment = draw(st.sampled_from(bead.source))
        return editor.mark_absent(
            segment, AbsenceKind.PARTIAL, Quoted(segment.start, segment.start + 1, segment.text[0])
        )
    if name == "reject":
        return editor.reject(bead, draw(st.sampled_from(ResidueKind)))
    if name == "unlink":
        return editor.unlink(bead, draw(st.sampled_from(ResidueKind)))
    return editor.confirm([bead])


def as_decision(name: str, edit: Edit, over: Texts, reviewer: str = "ann") -> Decision:
    return said(name, Kind.REPLACE, edit.payload(), over, reviewer)


def said(name: str, kind: Kind, payload: dict[str, Any], over: Texts, reviewer: str = "ann") -> Decision:
    shas = sha256_of(over.source), sha256_of(over.target)
    return Decision(name, reviewer, "2026-01-31T12:00:00+00:00", "shared", "l", "r", *shas, 0, kind, payload)


def editor_of(alignment: Alignment, over: Texts) -> Editor:
    return Editor(part_of_alignment(alignment), over.source, over.target)
