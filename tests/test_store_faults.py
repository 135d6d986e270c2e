"""What goes wrong around the store: nothing acknowledged is lost, and the message says what to try."""

from __future__ import annotations

import os
import random
import shutil
import signal
import sqlite3
import subprocess
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from needs import need
from support_postgresql import Cluster, cluster
from support_store import TEXTS, child, decision, stored

from aligner.errors import AlignerError, MissingExtraError
from aligner.store import DamagedError, LockedError, StoreError, connection, log, open_store
from aligner.store.address import address, hidden
from aligner.store.opening import open_database

WRITER = """
import sys
from support_store import decision
from aligner.store import open_store
url, name = sys.argv[1:]
with open_store(url) as store:
    print("ready", flush=True)
    for n in range(100000):
        if n % 3 == 2:  # several at once: all or none
            ids = [f"{name}-{n}-{k}" for k in range(3)]
            store.append_all([decision(each, reviewer=name, payload={"of": 3, "text": "x" * 500}) for each in ids])
        else:
            ids = [f"{name}-{n}"]
            store.append(decision(ids[0], reviewer=name, payload={"of": 1, "text": "y" * (n % 7) * 900}))
        print(" ".join(ids), flush=True)
"""


def killed_at(url: str, name: str, moment: float, ready: bool) -> list[str]:
    """Ids that a writer had acknowledged when it was killed, `moment` seconds after its start or its first word."""
    writer = child(WRITER, url, name)
    assert writer.stdout is not None
    said = writer.stdout.readline() if ready else ""
    time.sleep(moment)
    writer.send_signal(signal.SIGKILL)
    said += writer.communicate()[0]
    assert writer.returncode == -signal.SIGKILL
    lines = said.split("\n")[:-1]  # an unfinished last line acknowledges nothing
    return [each for line in lines if line != "ready" for each in line.split()]


def kill(url: str, times: int, seed: int) -> int:
    """Kill writers at random moments, look at the database after each; how many decisions were acknowledged."""
    rng = random.Random(seed)  # noqa: S311 - the same moments in every run
    acknowledged: list[str] = []
    for number in range(times):
        early = number % 8 == 0  # while it opens, or makes, the database
        moment = rng.uniform(0, 0.8) if early else rng.uniform(0, 0.15)
        acknowledged += killed_at(url, f"w{number}", moment, ready=not early)
        with open_store(url) as store:
            there = [each.decision for each in store.decisions()]
        ids = {each.id for each in there}
        assert [each for each in acknowledged if each not in ids] == [], "an acknowledged decision is lost"
        together = Counter(each.id.rsplit("-", 1)[0] for each in there if each.payload["of"] == 3)
        assert set(together.values()) <= {3}, "half of a transaction was stored"
    with open_store(url) as store:
        assert store.check(TEXTS.get) == ()
    return len(acknowledged)


@pytest.mark.skipif(os.name != "posix", reason="SIGKILL is a signal of POSIX")
def test_a_killed_writer_loses_nothing_acknowledged(url: str) -> None:
    assert kill(url, times=5, seed=1) > 0


@pytest.mark.soak
@pytest.mark.skipif(os.name != "posix", reason="SIGKILL is a signal of POSIX")
def test_a_writer_killed_200_times_loses_nothing_acknowledged(url: str) -> None:
    number = kill(url, times=200, seed=20240925)
    print(f"200 kills, {number} acknowledged decisions, all there")
    assert number > 1000


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 1 MB of its own."""
    need("small-disk")
    place = tmp_path / "disk"
    place.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(place)], check=True)
    yield place
    subprocess.run(["umount", str(place)], check=True)


def test_a_full_disk_is_told_and_loses_nothing(small_disk: Path) -> None:
    path = small_disk / "aligner.db"
    kept = []
    with open_store(str(path), patience=2) as store:
        with pytest.raises(StoreError) as fault:
            for number in range(10_000):
                answer = store.append(decision(f"d{number}", payload={"text": "x" * 5000}))
                kept.append(stored(answer))
        assert "no room left to write" in str(fault.value)
        assert str(path) in str(fault.value)
        assert len(kept) > 20
        assert store.decisions() == tuple(kept)
    with open_store(str(path)) as store:
        assert store.decisions() == tuple(kept)
        assert store.check(TEXTS.get) == ()
        with pytest.raises(StoreError, match="no room left"):
            store.backup(small_disk / "backup.db")
        assert [each.name for each in small_disk.glob("*backup*")] == []
    subprocess.run(["mount", "-o", "remount,size=8m", str(small_disk)], check=True)
    with open_store(str(path)) as store:
        assert stored(store.append(decision("after"))).seq == len(kept) + 1


def test_a_read_only_folder_is_told(small_disk: Path) -> None:
    path = small_disk / "aligner.db"
    with open_store(str(path)) as store:
        store.append(decision())
        store.backup(small_disk / "backup.db")
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    for name in ("aligner.db", "new.db", "folder/new.db"):
        with pytest.raises(StoreError) as fault:
            open_store(str(small_disk / name))
        assert "read" in str(fault.value), fault.value
        assert str(small_disk / name) in str(fault.value)
    with pytest.raises(StoreError, match="or name a copy in another folder with --database"):
        open_store(str(path))
    shutil.copy(path, small_disk.parent / "copy.db")
    with open_store(str(small_disk.parent / "copy.db")) as copy:
        assert copy.revision() == 1
    with open_store(str(small_disk.parent / "second.db")) as second:
        second.restore(small_disk / "backup.db")  # a backup can be read from where nothing may be written
        assert second.revision() == 1
    subprocess.run(["mount", "-o", "remount,rw", str(small_disk)], check=True)
    with open_store(str(path)) as store:
        assert store.revision() == 1


def test_a_folder_without_permission_is_told(tmp_path: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("root may write everywhere; the test of a read-only file system stands for this one")
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(StoreError, match=r"cannot be opened|may be read but not written"):
            open_store(str(tmp_path / "aligner.db"))
    finally:
        tmp_path.chmod(0o700)


def test_a_locked_file_is_told_and_then_written(tmp_path: Path) -> None:
    path = tmp_path / "aligner.db"
    with open_store(str(path), patience=0.3) as store:
        first = store.append(decision("a"))
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(LockedError, match="locked by another program"):
            store.append(decision("b"))
        assert store.decisions() == (first,), "reading goes on"
        other.execute("ROLLBACK")
        other.close()
        assert stored(store.append(decision("b"))).seq == 2


def test_a_locked_server_is_told_and_then_written(server: Cluster) -> None:
    import psycopg

    url = server.new_database()
    with open_store(url, patience=0.3) as store:
        first = store.append(decision("a"))
        with psycopg.connect(url) as other:
            other.execute("LOCK TABLE decisions IN ACCESS EXCLUSIVE MODE")
            with pytest.raises(LockedError, match="locked by another program"):
                store.append(decision("b"))
        assert stored(store.append(decision("b"))).seq == 2
        assert store.decisions()[0] == first


def test_a_lost_connection_is_told_and_mended() -> None:
    need("postgresql")
    with cluster() as own:
        url = own.new_database()
        with open_store(url, patience=2) as store:
            kept = [stored(store.append(decision(f"d{n}"))) for n in range(5)]
            own.stop("immediate")
            with pytest.raises(StoreError, match=r"connection lost.*the same decision counts once"):
                store.append(decision("after"))
            with pytest.raises(StoreError, match="connection lost"):
                store.decisions()
            with pytest.raises(StoreError, match="connection lost"):
                open_store(url, patience=2)
            own.start()
            assert store.decisions() == tuple(kept)
            assert stored(store.append(decision("after"))).seq == 6


def test_a_connection_that_breaks_inside_a_transaction_stores_nothing_by_halves(server: Cluster) -> None:
    url = server.new_database()
    with open_store(url) as store:
        store.append(decision("a"))

        many = [decision(f"m{n}") for n in range(200)]
        database = url.partition("@/")[2].partition("?")[0]
        end = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{}' AND pid <> pg_backend_pid()"
        append = log.append
        calls = iter(range(1000))

        def failing(connection: object, each: object) -> object:
            if next(calls) == 100:
                server.execute(end.format(database))
            return append(connection, each)  # type: ignore[arg-type]

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(log, "append", failing)
            with pytest.raises(StoreError, match="connection lost"):
                store.append_all(many)
        assert store.revision() == 1
        assert len(store.append_all(many)) == 200
        assert store.revision() == 201


def test_a_server_that_is_not_there_or_refuses_is_told_without_the_password(server: Cluster) -> None:
    place = f"host={server.folder}"
    for url, message in (
        (f"postgresql://postgres:s3cret@/nothing?{place}", "there is no such database"),
        (f"postgresql://nobody:s3cret@/postgres?{place}", "refuses the login"),
        ("postgresql://postgres:s3cret@127.0.0.1:1/x", "connection lost or refused"),
        ("postgresql://postgres@127.0.0.1:1/x?password=s3cret", "connection lost or refused"),
        ("mysql://root:s3cret@host/x", "no database that is known"),
        ("postgresql://root:s3cret@host:port/x", "cannot be read"),
        ("postgresql://postgres:s3cret@127.0.0.1:1/x?nonsense=s3cret", r"."),
    ):
        with pytest.raises(AlignerError, match=message) as fault:
            open_store(url, patience=2)
        assert "s3cret" not in str(fault.value), fault.value


@pytest.mark.parametrize("level", ["repeatable read", "serializable"])
def test_a_server_with_another_default_isolation_loses_nothing(server: Cluster, level: str) -> None:
    url = server.new_database()
    name = url.partition("@/")[2].partition("?")[0]
    server.execute(f"ALTER DATABASE {name} SET default_transaction_isolation = '{level}'")
    with open_store(url) as store, ThreadPoolExecutor(6) as pool, open_store(url) as other:
        writers = [(store, other)[n % 2] for n in range(60)]
        answers = list(pool.map(lambda n: writers[n].append(decision(f"d{n}")), range(60)))
    assert sorted(stored(each).seq for each in answers) == list(range(1, 61))


def test_a_server_that_takes_no_changes_is_told(server: Cluster) -> None:
    url = server.new_database()
    with open_store(url) as store:
        store.append(decision())
    name = url.partition("@/")[2].partition("?")[0]
    server.execute(f"ALTER DATABASE {name} SET default_transaction_read_only = on")
    with open_store(url) as store:
        with pytest.raises(StoreError, match="takes no changes now"):
            store.append(decision("b"))
        assert store.revision() == 1


def test_reading_does_not_wait_for_ever(server: Cluster) -> None:
    import psycopg

    url = server.new_database()
    with open_store(url, patience=0.3) as store, psycopg.connect(url) as other:
        other.execute("LOCK TABLE decisions IN ACCESS EXCLUSIVE MODE")
        with pytest.raises(LockedError, match="locked by another program"):
            store.decisions()


def test_a_database_in_another_encoding_is_refused(server: Cluster) -> None:
    url = server.new_database("ENCODING 'LATIN1' TEMPLATE template0 LC_COLLATE 'C' LC_CTYPE 'C'")
    with pytest.raises(StoreError, match="encoded in LATIN1"):
        open_store(url)


def test_without_psycopg_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection.importlib.util, "find_spec", lambda _: None)
    with pytest.raises(MissingExtraError, match=r"letter-aligner\[postgresql\]"):
        open_store("postgresql://a@b/c")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("postgresql://u:p@h:5/d", "postgresql://u:***@h:5/d"),
        ("postgres://u@h/d?password=p&sslmode=require", "postgresql://u@h/d"),
        ("sqlite:////tmp/a.db", "/tmp/a.db"),  # noqa: S108
    ],
)
def test_addresses_are_shown_without_passwords(text: str, shown: str) -> None:
    assert hidden(address(text)) == shown


@pytest.mark.parametrize("text", ["sqlite://", "sqlite:///:memory:", "sqlite:///a.db?mode=ro", "oracle://x", "://"])
def test_what_is_no_database_to_keep_is_refused(text: str) -> None:
    with pytest.raises(StoreError):
        address(text)


def test_a_file_that_is_no_database_is_told_and_not_touched(tmp_path: Path) -> None:
    path = tmp_path / "aligner.db"
    path.write_text("a letter to the editor " * 500, encoding="utf-8")
    before = path.read_bytes()
    with pytest.raises(DamagedError, match="damaged, or no database of this program"):
        open_store(str(path))
    assert path.read_bytes() == before
    with pytest.raises(StoreError, match="is a folder"):
        open_store(str(tmp_path))


def test_what_is_acknowledged_is_written_through_to_the_disk(tmp_path: Path) -> None:
    database = open_database(str(tmp_path / "aligner.db"))
    with database.read() as connection:
        found = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    database.close()
    assert found == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 5000}


def test_processes_that_write_at_once_lose_and_double_nothing(url: str) -> None:
    open_store(url).close()
    program = (
        "import sys; from support_store import decision; from aligner.store import open_store\n"
        "with open_store(sys.argv[1]) as s:\n"
        "    for n in range(30): s.append(decision(f'{sys.argv[2]}-{n}', reviewer=sys.argv[2]))"
    )
    writers = [child(program, url, name) for name in "abcd"]
    for each in writers:
        each.communicate(timeout=120)
        assert each.returncode == 0
    with open_store(url) as store:
        every = store.decisions()
        assert [each.seq for each in every] == list(range(1, 121))
        for name in "abcd":
            assert [each.decision.id for each in every if each.decision.reviewer == name] == [
                f"{name}-{n}" for n in range(30)
            ]
        assert store.check(TEXTS.get) == ()
