"""What a component's outbox sends: operations, each applied once and acknowledged.

The browser sends all that is not acknowledged, again and again; a lost session or a reload sends it anew under the
same ids, which are the decisions', so that the store answers the second time as the first.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from aligner.errors import AlignerError
from aligner.store import StoreError

STEPS = frozenset({"undo", "redo"})
"""Operations that mean another thing when they come late: they reach what was said last."""


@dataclass(frozen=True, slots=True)
class Operation:
    """One thing that a reviewer did; `id` is the decision's."""

    seq: int
    id: str
    kind: str
    args: Mapping[str, Any]


@dataclass
class Acknowledged:
    """How far each browser tab has been answered; a page keeps one in its session."""

    done: dict[str, int] = field(default_factory=dict)
    faults: dict[str, list[dict[str, str]]] = field(default_factory=dict)

    def take(
        self,
        sent: Any,
        apply: Callable[[Operation], str | None],
        known: Callable[[Operation], bool] = lambda _: False,
        words: Callable[[AlignerError], str] = str,
    ) -> dict[str, Any] | None:
        """Apply what is new in `sent`, in order; `apply` gives None, or what the reviewer is to be told.

        The answer is for the component's `receive`; None when nothing was sent. An operation that cannot be done is
        acknowledged with its fault: the reviewer is told, and what came after it is done. When the store fails, what
        is left is not acknowledged, so that the browser keeps it and sends it again. `known` says whether an operation
        stands in the log, for what another session, or the server before it was started anew, had done; `words` says
        a fault in the language of the page.
        """
        if not isinstance(sent, Mapping) or not isinstance(sent.get("client"), str):
            return None
        client, ack = sent["client"], self.done.get(sent["client"], 0)
        faults = self.faults.setdefault(client, [])
        todo = [each for each in operations(sent.get("pending")) if each.seq > ack]
        try:
            before = 0 if client in self.done else _had_their_turn(todo, known)
        except StoreError:
            return {"client": client, "ack": ack, "faults": faults[-20:]}
        for operation in todo:
            try:
                said = None if operation.seq < before and operation.kind in STEPS else apply(operation)
            except StoreError:
                break
            except AlignerError as fault:
                said = words(fault)
            if said:
                faults.append({"id": operation.id, "kind": operation.kind, "said": said})
            ack = operation.seq
        self.done[client] = ack
        return {"client": client, "ack": ack, "faults": faults[-20:]}


def _had_their_turn(todo: Sequence[Operation], known: Callable[[Operation], bool]) -> int:
    """The number of the last operation that was stored: what stands before it was dealt with, to whatever end.

    An undo that found nothing to take back left nothing in the log, and would take back what came after it.
    """
    if not any(each.kind in STEPS for each in todo):
        return 0
    return next((each.seq for each in reversed(todo) if known(each)), 0)


def operations(pending: Any) -> list[Operation]:
    """The operations in what a browser sent, in their order; what is none is left out."""
    found = []
    for each in pending if isinstance(pending, list) else []:
        if not isinstance(each, Mapping):
            continue
        seq, name, kind, args = (each.get(key) for key in ("seq", "id", "kind", "args"))
        if type(seq) is int and isinstance(name, str) and isinstance(kind, str) and isinstance(args, Mapping):
            found.append(Operation(seq, name, kind, args))
    return sorted(found, key=lambda operation: operation.seq)
