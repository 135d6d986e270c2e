"""How long the state of a letter with many decisions takes: replayed from the first, and from the states that are kept.

    .venv/bin/python benchmarks/load_review.py [DECISIONS]

A rendering of the corpus is confirmed, cut, merged and its modes changed at random places by three reviewers.
"""

from __future__ import annotations

import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from aligner.corpus import Corpus
from aligner.errors import AlignerError
from aligner.model import Mode
from aligner.pipeline.reviewing import Desk
from aligner.review.conversion import part_of_alignment
from aligner.review.decisions import Decision, Kind
from aligner.review.edits import Edit, Editor
from aligner.review.ground import Ground
from aligner.review.layers import SHARED
from aligner.store import open_store

REPEATS = 5


def some_edit(editor: Editor, chance: random.Random) -> Edit:
    beads = editor.part.beads
    number = chance.randrange(len(beads))
    bead = beads[number]
    kind = chance.randrange(4)
    try:
        if kind == 0 and len(beads) > 10:
            return editor.merge([bead, beads[(number + 1) % len(beads)]])
        if kind == 1:
            first = bead.target[0]
            return editor.split(bead, None, (first.start + first.end) // 2)
        if kind == 2:
            return editor.set_mode(bead, chance.choice(list(Mode)))
    except AlignerError:
        pass
    return editor.confirm([bead])


def log_of(desk: Desk, letter: str, rendering: str, count: int) -> list[Decision]:
    texts = desk.texts(letter, rendering)
    part = part_of_alignment(desk.automatic(letter, rendering))
    chance = random.Random(1)  # noqa: S311 - the same edits every time
    log = []
    for number in range(count):
        edit = some_edit(Editor(part, texts.source, texts.target), chance)
        ground = Ground(part)
        ground.exchange(edit.before, edit.after)
        part = ground.part
        log.append(
            Decision(f"d{number}", f"reviewer {number % 3}", "2026-01-01T00:00:00+00:00", SHARED, letter, rendering,
                     texts.source_sha256, texts.target_sha256, number, Kind.REPLACE, edit.payload())
        )  # fmt: skip
    return log


def timed(what: Callable[[], object], repeats: int = REPEATS) -> list[float]:
    found = []
    for _ in range(repeats):
        start = time.perf_counter()
        what()
        found.append(time.perf_counter() - start)
    return found


def main(count: int) -> None:
    corpus = Corpus.open()
    entry = corpus.manifest.letters[0]
    place = (entry.id, entry.renderings[0].id)
    with tempfile.TemporaryDirectory() as folder, open_store(str(Path(folder) / "load.db")) as store:
        desk = Desk(corpus, store)
        store.append_all(log_of(desk, *place, count))
        used = time.process_time()
        (first,) = timed(lambda: desk.state(*place), 1)
        used = time.process_time() - used
        desk = Desk(Corpus.open(), store)
        desk.automatic(*place)
        again = timed(lambda: desk.state(*place))
        undo = []
        for _ in range(REPEATS):
            desk.undo("reviewer 0", *place)
            undo += timed(lambda: desk.state(*place), 1)
        said = timed(lambda: desk.judgements(*place))
    print(f"{count} decisions about {place[1]}")
    print(f"state, nothing kept yet      {first:.3f} s, {used:.3f} s of processor")
    print(f"state, from kept states      {statistics.median(again):.3f} s (slowest {max(again):.3f} s)")
    print(f"state after undoing one      {statistics.median(undo):.3f} s (slowest {max(undo):.3f} s)")
    print(f"what reviewers said          {statistics.median(said):.3f} s")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
