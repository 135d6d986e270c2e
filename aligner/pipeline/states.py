"""What decisions make of an alignment, read quickly: replayed from the nearest state that was kept.

A kept state belongs to a revision and to the very alignment and texts it was made over; one of others is not used.
It holds every decision before its revision that stood then, so it is passed over as soon as one of those was undone
or re-attached later. `aligner db check` replays them from the beginning and compares.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable

from aligner import __version__
from aligner.corpus import Corpus
from aligner.errors import AlignerError
from aligner.model import Alignment, sha256_of
from aligner.review.conversion import part_of_alignment
from aligner.review.decisions import REFERRING, Kind
from aligner.review.history import standing
from aligner.review.judgements import Texts
from aligner.review.layers import PUBLISHED, TOGETHER
from aligner.review.replay import Replayed, Replaying
from aligner.store import Snapshot, Store, Stored

EVERY = 200
"""So many decisions about an alignment lie between two kept states: replaying them takes less than reading a page."""


def read_state(
    store: Store, automatic: Alignment, texts: Texts, layers: frozenset[str], name: str, *, keep: bool = True
) -> Replayed:
    """`automatic` with the decisions of `layers` over it; states are kept under the layer's `name`."""
    key = key_of(automatic, texts)
    replaying, tail = _nearest(store, automatic, texts, name, key)
    today = {decision.id: decision for decision in standing(each.decision for each in tail)}
    stops = _stops(tail) if keep else frozenset()
    since = 0
    for stored in tail:
        if stored.decision.id in today and stored.decision.layer in layers and stored.decision.kind is Kind.REPLACE:
            replaying.take(today[stored.decision.id])
            since += 1
        if since >= EVERY and stored.seq in stops:
            _keep(store, automatic, name, stored.seq, body(key, replaying))
            since = 0
    return replaying.result()


def replayed_body(log: Iterable[Stored], automatic: Alignment, texts: Texts, layers: frozenset[str]) -> str:
    """The body that a kept state must have, by replay of the rendering's whole log until then."""
    replaying = Replaying.begin(automatic, texts.source, texts.target)
    for decision in standing(each.decision for each in log):
        if decision.layer in layers:
            replaying.take(decision)
    return body(key_of(automatic, texts), replaying)


def verifier(corpus: Corpus) -> Callable[[Snapshot, tuple[Stored, ...]], str | None]:
    """What `Store.check` replays kept states with; None for a state of another alignment or text."""

    def replayed(kept: Snapshot, log: tuple[Stored, ...]) -> str | None:
        try:
            automatic = corpus.automatic(kept.letter, kept.rendering)
            source = corpus.letter(kept.letter).base.document
            target = corpus.document(corpus.rendering(kept.letter, kept.rendering).document)
        except AlignerError:
            return None
        texts = Texts.of(source, target)
        if automatic is None or _over(kept.body) != key_of(automatic, texts):
            return None
        layers = TOGETHER if kept.layer == PUBLISHED else frozenset({kept.layer})
        return replayed_body(log, automatic, texts, layers)

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


def _nearest(
    store: Store, automatic: Alignment, texts: Texts, name: str, key: str
) -> tuple[Replaying, tuple[Stored, ...]]:
    """The newest kept state that holds, going on, and the decisions after it."""
    letter, rendering = automatic.letter, automatic.rendering
    until: int | None = None
    while snapshot := store.snapshot(letter, rendering, name, until):
        until = snapshot.seq - 1
        found = _read(snapshot.body, key, automatic, texts)
        if found is None:
            continue
        tail = store.decisions(letter, rendering, after=snapshot.seq)
        if not _earlier(tail):
            return found, tail
    return Replaying.begin(automatic, texts.source, texts.target), store.decisions(letter, rendering)


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
