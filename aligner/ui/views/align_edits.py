"""What a reviewer does on the Align page, as edits of the alignment as it stands when it is done.

A bead is named by a character of the article that it holds (`at`), so that it is found again whatever the operations
before have made of it. Stretches and sentences come with their text, which must be what stands there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from aligner.errors import AlignerError, UnknownNameError
from aligner.model import AbsenceKind, Mode, Quoted, ResidueKind, Status
from aligner.review.edits import Edit, Editor
from aligner.review.parts import Bead, quoted_of

Args = Mapping[str, Any]
RELOAD = "the page shows another state; look again"


def edit_for(kind: str, args: Args, editor: Editor) -> Edit | None:
    """The edit that an operation makes of the editor's state; None when there is nothing to change.

    Raises AlignerError for an operation that cannot be done there, and for text that does not stand there.
    """
    if kind not in OPERATIONS:
        raise UnknownNameError("operation", kind, OPERATIONS)
    return OPERATIONS[kind](args, editor)


def _merge(args: Args, editor: Editor) -> Edit:
    return editor.merge([_bead(args, editor), _neighbour(args, editor, forward=True)])


def _merge_before(args: Args, editor: Editor) -> Edit:
    return editor.merge([_bead(args, editor), _neighbour(args, editor, forward=False)])


def _split(args: Args, editor: Editor) -> Edit:
    """Cut the article's side at `place`; of several sentences each half keeps those that its share suggests."""
    stretch = quoted_in(args.get("stretch"), editor.target, "the article")
    place = args.get("place")
    if type(place) is not int or not stretch.start < place < stretch.end:
        raise AlignerError("a split needs a place inside a segment", hint="click the place in the text")
    bead = _holding(place, editor)
    return editor.split(bead, _source_cut(bead, place), place)


def _source_cut(bead: Bead, place: int) -> int | None:
    if len(bead.source) < 2:
        return None
    whole = sum(q.end - q.start for q in bead.target)
    share = sum(min(q.end, place) - q.start for q in bead.target if q.start < place) / whole
    length = sum(q.end - q.start for q in bead.source)
    done, cuts = 0, []
    for left, right in zip(bead.source, bead.source[1:], strict=False):
        done += left.end - left.start
        cuts.append((abs(done / length - share), right.start))
    return min(cuts)[1]


def _unlink(args: Args, editor: Editor) -> Edit:
    return editor.unlink(_bead(args, editor))


def _reject(args: Args, editor: Editor) -> Edit:
    return editor.reject(_bead(args, editor))


def _link(args: Args, editor: Editor) -> Edit:
    """Link a sentence with the bead of `at`, or with a loose `stretch`; one that is linked already is taken off."""
    row = _sentence(args, editor)
    found = _maybe(args, editor)
    if found is None:
        return editor.link(row, [quoted_in(args.get("stretch"), editor.target, "the article")])
    less = [q for q in found.source if q not in row]
    if len(less) == len(found.source):
        return editor.link([*found.source, *row], found.target, found.mode)
    return editor.link(less, found.target, found.mode) if less else editor.unlink(found)


def _relink(args: Args, editor: Editor) -> Edit:
    """Put the segment of `at` beside one sentence instead of where it stands."""
    bead, row = _bead(args, editor), _sentence(args, editor)
    return _put(_segment(args, bead), bead, row[0], editor)


def _move(args: Args, editor: Editor) -> Edit:
    """Move the segment of `at` to the sentence before or after those it renders."""
    bead = _bead(args, editor)
    by = args.get("by")
    if by not in (-1, 1):
        raise AlignerError("a segment moves one sentence up or down")
    every = sorted(editor.part.source | {gap.source for gap in editor.part.gaps if gap.part is None}, key=_start)
    at = every.index(bead.source[0] if by < 0 else bead.source[-1]) + by
    if not 0 <= at < len(every):
        raise AlignerError("there is no further sentence in this direction")
    return _put(_segment(args, bead), bead, every[at], editor)


def _put(quoted: Quoted, origin: Bead, row: Quoted, editor: Editor) -> Edit:
    there = [bead for bead in editor.part.beads if row in bead.source and bead.key != origin.key]
    if there:
        goal = min(there, key=lambda bead: min(abs(q.start - quoted.start) for q in bead.target))
        return editor.move(quoted, origin, goal)
    return editor.link([row], [quoted], origin.mode)


def _mode(args: Args, editor: Editor) -> Edit:
    return editor.set_mode(_bead(args, editor), _known(Mode, args.get("mode")))


def _confirm(args: Args, editor: Editor) -> Edit | None:
    bead = _bead(args, editor)
    return None if bead.status is Status.CONFIRMED else editor.confirm([bead])


def _confirm_to(args: Args, editor: Editor) -> Edit | None:
    at = _at(args)
    beads = [b for b in editor.part.beads if b.target[0].start <= at and b.status is not Status.CONFIRMED]
    return editor.confirm(beads) if beads else None


def _residue(args: Args, editor: Editor) -> Edit:
    stretch = quoted_in(args.get("stretch"), editor.target, "the article")
    return editor.mark_residue(stretch, _known(ResidueKind, args.get("kind")))


def _absent(args: Args, editor: Editor) -> Edit:
    row = quoted_in(args.get("sentence"), editor.source, "the letter")
    return editor.mark_absent(row, _known(AbsenceKind, args.get("kind")))


def _pull(args: Args, editor: Editor) -> Edit:
    """Add a stretch of the article to the bead of `at`."""
    bead, stretch = _bead(args, editor), quoted_in(args.get("stretch"), editor.target, "the article")
    return editor.link(bead.source, [*bead.target, stretch], bead.mode)


OPERATIONS: dict[str, Callable[[Args, Editor], Edit | None]] = {
    "merge": _merge,
    "merge_before": _merge_before,
    "split": _split,
    "unlink": _unlink,
    "reject": _reject,
    "link": _link,
    "relink": _relink,
    "move": _move,
    "mode": _mode,
    "confirm": _confirm,
    "confirm_to": _confirm_to,
    "residue": _residue,
    "absent": _absent,
    "pull": _pull,
}


def _at(args: Args) -> int:
    at = args.get("at")
    if type(at) is not int:
        raise AlignerError("nothing is selected", hint="choose a segment first")
    return at


def _maybe(args: Args, editor: Editor) -> Bead | None:
    at = _at(args)
    return next((b for b in editor.part.beads if any(q.start <= at < q.end for q in b.target)), None)


def _holding(at: int, editor: Editor) -> Bead:
    return _bead({"at": at}, editor)


def _bead(args: Args, editor: Editor) -> Bead:
    found = _maybe(args, editor)
    if found is None:
        raise AlignerError("no link holds the selected text", hint="link it first")
    return found


def _segment(args: Args, bead: Bead) -> Quoted:
    at = _at(args)
    return next(q for q in bead.target if q.start <= at < q.end)


def _neighbour(args: Args, editor: Editor, *, forward: bool) -> Bead:
    """The bead whose segment comes next in the article, after or before the selected one."""
    own, at = _bead(args, editor), _at(args)
    others = [(q.start, bead) for bead in editor.part.beads if bead.key != own.key for q in bead.target]
    side = [pair for pair in others if (pair[0] > at) is forward]
    if not side:
        raise AlignerError("there is no further link in this direction to merge with")
    return min(side, key=lambda pair: abs(pair[0] - at))[1]


def _sentence(args: Args, editor: Editor) -> list[Quoted]:
    """The state's segments of a sentence, which may have been cut."""
    row = quoted_in(args.get("sentence"), editor.source, "the letter")
    every = editor.part.source | {gap.source for gap in editor.part.gaps if gap.part is None}
    found = sorted((q for q in every if q.start < row.end and row.start < q.end), key=_start)
    if not found:
        raise AlignerError("the sentence does not stand in this alignment", hint=RELOAD)
    return found


def quoted_in(data: Any, text: str, what: str) -> Quoted:
    """A stretch that came from a browser. Raises AlignerError unless `text` has these words there."""
    quoted = quoted_of(data)
    if text[quoted.start : quoted.end] != quoted.text:
        raise AlignerError(f"{what} has other words at [{quoted.start}, {quoted.end})", hint=RELOAD)
    return quoted


def _start(quoted: Quoted) -> int:
    return quoted.start


def _known(kinds: Any, value: Any) -> Any:
    if value not in [kind.value for kind in kinds]:
        raise UnknownNameError("kind", str(value), [kind.value for kind in kinds])
    return kinds(value)
