"""What decisions make of an alignment, read quickly: replayed from the nearest state that was kept.

A kept state belongs to a revision and to the very alignment and texts it was made over; one of others is not used.
It holds every decision before its revision that stood then, so it is passed over as soon as one of those was undone
or re-attached later. `aligner db check` replays them from the beginning and compares.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property

from aligner import __version__
from aligner.corpus import Corpus
from aligner.errors import AlignerError
from aligner.model import Alignment, sha256_of
from aligner.review.conversion import part_of_alignment
from aligner.review.decisions import REFERRING, Kind
from aligner.review.history import standing
from aligner.review.judgements import Texts
from aligner.review.layers import PUBLISHED, TOGETHER
from aligner.review.replay import Replayed, Replaying, check_texts
from aligner.store import Snapshot, Store, Stored
from aligner.store.checking import Replay

Ground = tuple[Alignment, Texts]
"""What decisions are replayed over: an automatic alignment and its texts."""

EVERY = 200
"""So many decisions about an alignment lie between two kept states: replaying them takes less than reading a page."""

FEW = 10
"""So many times as far apart are the states that are kept of old decisions, which hardly anybody takes back."""


def read_state(
    store: Store, automatic: Alignment, texts: Texts, layers: frozenset[str], name: str, *, keep: bool = True
) -> Replayed:
    """`automatic` with the decisions of `layers` over it; states are kept under the layer's `name`."""
    over = _Over(automatic, texts)
    found, tail = _nearest(store, over, name)
    today = {decision.id: decision for decision in standing(each.decision for each in tail)}
    stops = _stops(tail) if keep else frozenset()
    takes = {s.seq for s in tail if s.decision.id in today and s.decision.layer in layers and _corrects(s)}
    if found is None and not takes:
        check_texts(automatic, texts.source, texts.target)
        return Replayed(automatic)  # nearly always: nobody corrected it
    replaying = found or Replaying.begin(automatic, texts.source, texts.target)
    since, left = 0, len(takes)
    for stored in tail:
        if stored.seq in takes:
            replaying.take(today[stored.decision.id])
            since, left = since + 1, left - 1
        far = EVERY * FEW if left >= EVERY * FEW else EVERY
        if since >= far and stored.seq in stops:
            _keep(store, automatic, name, stored.seq, body(over.key, replaying))
            since = 0
    return replaying.result()


def _corrects(stored: Stored) -> bool:
    return stored.decision.kind is Kind.REPLACE


def verifier(corpus: Corpus) -> Replay:
    """What `Store.check` replays the kept states of a corpus with."""

    def ground(kept: Snapshot) -> Ground | None:
        try:
            automatic = corpus.automatic(kept.letter, kept.rendering)
            source = corpus.letter(kept.letter).base.document
            target = corpus.document(corpus.rendering(kept.letter, kept.rendering).document)
        except AlignerError:
            return None
        return (automatic, Texts.of(source, target)) if automatic else None

    return replayer(ground)


def replayer(ground: Callable[[Snapshot], Ground | None]) -> Replay:
    """The body that a kept state must have, by replay of its rendering's whole log until then on `ground`.

    None for a state of another alignment or text. States come in the order in which they were kept: the replay of one,
    which began at the automatic alignment, goes on to the next of the same layer unless something before was taken
    back in between.
    """
    under_way: dict[tuple[str, str, str, str], tuple[int, Replaying]] = {}

    def replayed(kept: Snapshot, log: tuple[Stored, ...]) -> str | None:
        found = ground(kept)
        if found is None or _over(kept.body) != (key := key_of(*found)):
            return None
        automatic, texts = found
        layers = TOGETHER if kept.layer == PUBLISHED else frozenset({kept.layer})
        place = (kept.letter, kept.rendering, kept.layer, key)
        before = under_way.pop(place, None)
        tail = tuple(each for each in log if before and each.seq > before[0])
        if before is None or before[0] > kept.seq or _earlier(tail):
            replaying, tail = Replaying.begin(automatic, texts.source, texts.target), log
        else:
            replaying = before[1]
        for decision in standing(each.decision for each in tail):
            if decision.layer in layers:
                replaying.take(decision)
        under_way[place] = (kept.seq, replaying)
        return body(key, replaying)

    return replayed


def _over(body: str) -> str | None:
    try:
        found = json.loads(body)["over"]
    except (ValueError, LookupError, TypeError):
        return None
    return found if isinstance(found, str) else None


def key_of(automatic: Alignment, texts: Texts) -> str:
    """What a kept state was made over: the alignment but for its findings, its texts, and the program that replays."""
    part = json.dumps(part_of_alignment(automatic).payload(), ensure_ascii=False)
    return sha256_of("\n".join((part, texts.source_sha256, texts.target_sha256, __version__)))


def body(key: str, replaying: Replaying) -> str:
    """A kept state as it stands in the store."""
    return json.dumps({"over": key, "state": replaying.written()}, ensure_ascii=False, sort_keys=True)


@dataclass(frozen=True)
class _Over:
    """What a state is read over; its key is made where a kept state is met or written, not for each reader."""

    automatic: Alignment
    texts: Texts

    @cached_property
    def key(self) -> str:
        return key_of(self.automatic, self.texts)


def _nearest(store: Store, over: _Over, name: str) -> tuple[Replaying | None, tuple[Stored, ...]]:
    """The newest kept state that holds, going on, and the decisions after it; None and all of them without one."""
    letter, rendering = over.automatic.letter, over.automatic.rendering
    until: int | None = None
    while snapshot := store.snapshot(letter, rendering, name, until):
        until = snapshot.seq - 1
        found = _read(snapshot.body, over.key, over.automatic, over.texts)
        if found is None:
            continue
        tail = store.decisions(letter, rendering, after=snapshot.seq)
        if not _earlier(tail):
            return found, tail
    return None, store.decisions(letter, rendering)


def _read(body: str, key: str, automatic: Alignment, texts: Texts) -> Replaying | None:
    try:
        kept = json.loads(body)
        if kept["over"] != key:
            return None
        return Replaying.again(kept["state"], automatic, texts.source, texts.target)
    except (AlignerError, ValueError, LookupError, TypeError):
        return None


def _earlier(tail: Iterable[Stored]) -> bool:
    """Whether a decision of `tail` refers to one before it."""
    known: set[str] = set()
    for stored in tail:
        if stored.decision.kind in REFERRING and stored.decision.payload["decision"] not in known:
            return True
        known.add(stored.decision.id)
    return False


def _stops(tail: tuple[Stored, ...]) -> frozenset[int]:
    """The revisions after which nothing refers to a decision before them."""
    first = {stored.decision.id: stored.seq for stored in tail}
    free: set[int] = set()
    oldest = tail[-1].seq + 1 if tail else 0
    for stored in reversed(tail):
        if oldest > stored.seq:
            free.add(stored.seq)
        if stored.decision.kind in REFERRING:
            oldest = min(oldest, first.get(stored.decision.payload["decision"], 0))
    return frozenset(free)


def _keep(store: Store, automatic: Alignment, name: str, seq: int, body: str) -> None:
    try:
        store.put_snapshot(automatic.letter, automatic.rendering, name, seq, body)
    except AlignerError:
        # A state can be made again; a database that only reads, or is busy, must not stop a reader.
        return
