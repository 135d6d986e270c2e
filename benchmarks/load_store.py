"""Measures the store under load:  python benchmarks/load_store.py [--database URL ...]

8 processes append 500 decisions each at the same time. Then all must be there, in order for every author, none twice.
Then the state of one letter with 10,000 decisions is read. Without --database: an SQLite file in a temporary folder
and, where PostgreSQL's programs are installed, a server of its own with its default settings (fsync on).
"""

from __future__ import annotations

import argparse
import contextlib
import os
import platform
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from support_postgresql import as_server, cluster, programs  # noqa: E402

from aligner.review.decisions import Decision, Kind  # noqa: E402
from aligner.store import Store, open_store  # noqa: E402

SPAN = {"start": 120, "end": 141, "text": "a few words as quoted"}
PAYLOAD = {
    "before": {"links": [{"source": [SPAN], "target": [SPAN], "mode": "direct"}]},
    "after": {"links": [{"source": [SPAN], "target": [SPAN, SPAN], "mode": "indirect"}]},
    "reason": "the clause belongs to the sentence before it",
}
"""Of the size of a correction of one link."""


def made(name: str, number: int, letter: str = "load") -> Decision:
    # Each correction in a layer of its author: this measures writing, not contradictions.
    return Decision(
        id=f"{letter}-{name}-{number}", reviewer=name, time="2026-01-31T12:00:00+00:00", layer=name, letter=letter,
        rendering="load-1", source_sha256="0" * 64, target_sha256="1" * 64, revision=0, kind=Kind.COMMENT,
        payload={**PAYLOAD, "number": number},
    )  # fmt: skip


def write(url: str, name: str, count: int) -> None:
    """One of the processes: wait for the word on stdin, append, print the slowest and the median answer in ms."""
    with open_store(url) as store:
        print("ready", flush=True)
        sys.stdin.readline()
        took = []
        for number in range(count):
            start = time.perf_counter()
            store.append(made(name, number))
            took.append((time.perf_counter() - start) * 1000)
    print(f"{statistics.median(took):.1f} {max(took):.0f}")


def load(url: str, processes: int, count: int) -> None:
    open_store(url).close()
    command = [sys.executable, __file__, "--writer", url]
    writers = [
        subprocess.Popen(
            [*command, f"p{n}", str(count)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
        )
        for n in range(processes)
    ]
    for each in writers:
        assert each.stdout is not None
        assert each.stdout.readline() == "ready\n"
    start = time.perf_counter()
    for each in writers:
        assert each.stdin is not None
        each.stdin.write("go\n")
        each.stdin.flush()
    said = [each.communicate()[0].split() for each in writers]
    seconds = time.perf_counter() - start
    failed = [each.returncode for each in writers if each.returncode]
    if failed:
        sys.exit(f"{len(failed)} of {processes} writers failed")
    with open_store(url) as store:
        judge(store, processes, count)
    medians, slowest = [float(each[0]) for each in said], [float(each[1]) for each in said]
    print(
        f"  {processes} processes x {count} decisions at once: {seconds:.1f} s, {processes * count / seconds:.0f} a"
        f" second; median answer {statistics.median(medians):.1f} ms, slowest {max(slowest):.0f} ms;"
        " all there, in order for every author, none twice"
    )


def judge(store: Store, processes: int, count: int) -> None:
    """Leave with a message unless all decisions are there, in order for every author, and none twice."""
    every = store.decisions("load")
    if [each.seq for each in every] != list(range(1, processes * count + 1)):
        sys.exit("the log has holes or doubles")
    for n in range(processes):
        mine = [each.decision.id for each in every if each.decision.reviewer == f"p{n}"]
        if mine != [f"load-p{n}-{number}" for number in range(count)]:
            sys.exit(f"the decisions of p{n} are not all there in order")


def read(url: str, count: int) -> None:
    with open_store(url) as store:
        start = time.perf_counter()
        store.append_all([made("reader", number, "long") for number in range(count)])
        print(f"  {count} decisions appended in one transaction: {time.perf_counter() - start:.1f} s")
        took = []
        for _ in range(7):
            start = time.perf_counter()
            found = store.decisions("long")
            took.append(time.perf_counter() - start)
            if len(found) != count:
                sys.exit("not all decisions were read")
        store.put_snapshot("long", "load-1", "reader", store.revision() - 50, "x" * 100_000)
        kept = []
        for _ in range(7):
            start = time.perf_counter()
            state = store.snapshot("long", "load-1", "reader")
            if state is None or len(store.decisions("long", after=state.seq)) != 50:
                sys.exit("the snapshot and what came after it were not read")
            kept.append(time.perf_counter() - start)
    script = (
        "import sys, time; from aligner.store import open_store; s = open_store(sys.argv[1]); t = time.perf_counter();"
        "n = len(s.decisions('long')); print(time.perf_counter() - t); s.close()"
    )
    first = subprocess.run(
        [sys.executable, "-c", script, url],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    print(
        f"  a letter with {count} decisions read: first in a new process {float(first.stdout):.3f} s, then median of"
        f" {len(took)} {statistics.median(took):.3f} s (slowest {max(took):.3f} s)"
    )
    print(f"  the same from a snapshot of 100 kB and the 50 decisions after it: median {statistics.median(kept):.3f} s")


@contextlib.contextmanager
def databases(given: list[str]) -> Iterator[list[tuple[str, str]]]:
    if given:
        yield [(f"database {number}", url) for number, url in enumerate(given, 1)]
        return
    with contextlib.ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        found = [(f"SQLite {sqlite3.sqlite_version}", str(Path(folder) / "aligner.db"))]
        if programs() is None or as_server() is None:
            print("PostgreSQL is not installed: left out")
        else:
            server = stack.enter_context(cluster())
            found.append((f"PostgreSQL {server.programs.parent.name}", server.new_database()))
        yield found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--database", action="append", default=[], help="an empty database; may be repeated")
    parser.add_argument("--processes", type=int, default=8)
    parser.add_argument("--decisions", type=int, default=500)
    parser.add_argument("--letter", type=int, default=10_000, help="decisions of the letter that is read")
    parser.add_argument("--writer", nargs=3, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.writer:
        url, name, count = options.writer
        write(url, name, int(count))
        return
    print(f"Python {platform.python_version()}, {os.cpu_count()} processors, {platform.system()}")
    with databases(options.database) as found:
        for name, url in found:
            print(name)
            load(url, options.processes, options.decisions)
            read(url, options.letter)


if __name__ == "__main__":
    main()
