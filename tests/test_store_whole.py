"""Export, import, backup, restore, check and salvage: the whole store, out and in again."""

from __future__ import annotations

import json
import threading
from pathlib import Path

import pytest
from sqlalchemy import text
from support_store import SOURCE, TARGET, TEXTS, conflict, decision, quoted, raw, replacing, stored

from aligner.errors import AlignerError
from aligner.model import Document, sha256_of
from aligner.review.decisions import Decision, Kind
from aligner.review.typologies import load
from aligner.store import DamagedError, Snapshot, Store, Stored, StoreError, open_store
from aligner.store.opening import reach
from aligner.store.salvage import salvage
from aligner.store.versions import upgrade

LETTER = Document("letter.txt", SOURCE, "0" * 64, "utf-8")


def fill(store: Store) -> None:
    """Something in every table."""
    store.add_reviewer("chief", "admin")
    store.add_typology(load("esa"))
    store.append(replacing("a"), [LETTER])
    conflict(store.append(replacing("b", reviewer="bo")))
    store.append(decision("c", payload={"text": "好\u0000\ud800", "target": [quoted(TARGET, "谢谢")]}))
    store.put_snapshot("farewell", "farewell-north", "review", 1, '{"links": 1}')


def exported(store: Store) -> list[str]:
    with store.export() as lines:
        return list(lines)


@pytest.fixture
def other(tmp_path: Path) -> Path:
    return tmp_path / "other.db"


def test_an_export_imported_gives_the_same_state(store: Store, other: Path) -> None:
    fill(store)
    lines = exported(store)
    assert all(json.loads(line) and line.endswith("\n") and line.isascii() for line in lines)
    with open_store(str(other)) as second:
        assert second.import_lines(lines) == len(lines) - 2
        assert second.state_hash() == store.state_hash() == json.loads(lines[-1])["sha256"]
        assert exported(second) == lines
        assert (second.decisions(), second.parked(), second.reviewers()) == (
            store.decisions(),
            store.parked(),
            store.reviewers(),
        )


def test_every_row_changes_the_hash(store: Store) -> None:
    hashes = [store.state_hash()]
    for step in (
        lambda: store.add_reviewer("chief"),
        lambda: store.add_reviewer("chief", "admin"),
        lambda: store.append(decision(reviewer="chief")),
        lambda: store.put_snapshot("a", "b", "c", 1, "x"),
        lambda: store.put_snapshot("a", "b", "c", 1, "y"),
    ):
        step()
        hashes.append(store.state_hash())
    assert len(set(hashes)) == len(hashes)


def test_an_import_into_a_store_that_holds_something_is_refused(store: Store) -> None:
    fill(store)
    before = store.state_hash()
    with pytest.raises(AlignerError, match="is not empty"):
        store.import_lines(exported(store))
    assert store.state_hash() == before


def spoilt(lines: list[str]) -> dict[str, tuple[list[str], str]]:
    swapped = [*lines[:-3], lines[-2], lines[-3], lines[-1]]
    return {
        "nothing": ([], "line 1: not an export"),
        "another file": (['{"a": 1}\n'], "line 1: not an export"),
        "cut": (lines[:-1], "ends too early"),
        "a row lost": (lines[:4] + lines[5:], "not those that were exported"),
        "a row lost that others name": (lines[:1] + lines[2:], "do not fit what came before"),
        "a row twice": (lines[:2] + lines[1:], "do not fit what came before"),
        "a row changed": (
            [line.replace('"letter":"farewell"', '"letter":"other"') for line in lines],
            "as it was written",
        ),
        "a role changed": ([line.replace('"admin"', '"reader"') for line in lines], "not those that were exported"),
        "order": (swapped, "not those that were exported"),
        "half a line": ([*lines[:3], lines[3][:20]], "line 4: not JSON"),
        "no table": ([*lines[:1], '{"row":{},"table":"x"}\n'], "line 2: not a row of a table"),
        "no columns": ([*lines[:1], '{"row":{},"table":"roles"}\n'], "line 2: not a row of roles"),
        "wrong type": (
            [*lines[:1], '{"row":{"number":"1","name":"x","added":"y"},"table":"reviewers"}\n'],
            "`number` is not of the right type",
        ),
        "something after it": ([*lines, "{}\n"], "goes on after its end"),
    }


def test_rows_in_another_order_are_refused_though_their_hash_fits(store: Store, other: Path) -> None:
    store.append_all([decision("a"), decision("b")])
    *lines, _ = exported(store)
    assert '"seq":1' in lines[-2]
    lines[-2:] = lines[:-3:-1]
    digest = sha256_of("".join(lines))
    with open_store(str(other)) as second:
        with pytest.raises(AlignerError, match="not in the order of an export"):
            second.import_lines([*lines, json.dumps({"rows": len(lines) - 1, "sha256": digest})])
        assert second.revision() == 0


@pytest.mark.parametrize("case", spoilt(["{}"] * 9))
def test_a_spoilt_export_is_refused_whole(store: Store, other: Path, case: str) -> None:
    fill(store)
    lines, message = spoilt(exported(store))[case]
    with open_store(str(other)) as second:
        empty = second.state_hash()
        with pytest.raises(AlignerError, match=message):
            second.import_lines(lines, "export.jsonl")
        assert second.state_hash() == empty


def test_a_backup_made_while_others_write_is_one_moment(store: Store, tmp_path: Path) -> None:
    fill(store)
    stop = threading.Event()
    written: list[str] = []

    def write() -> None:
        while not stop.is_set():
            # Of a person who is new each time: half a moment would lack the person.
            pair = [decision(f"w{len(written)}-{n}", reviewer=f"p{len(written)}") for n in (1, 2)]
            written.extend(answer.decision.id for answer in store.append_all(pair) if isinstance(answer, Stored))

    thread = threading.Thread(target=write)
    thread.start()
    try:
        for number in range(5):
            store.backup(tmp_path / f"{number}.db")
    finally:
        stop.set()
        thread.join()
    assert len(written) > 2
    for number in range(5):
        with open_store(str(tmp_path / f"{number}.db")) as kept:
            assert [each for each in kept.check(TEXTS.get) if not each.unchecked] == []
            pairs = [each.decision.id for each in kept.decisions() if each.decision.id.startswith("w")]
            assert len(pairs) % 2 == 0, "half of a transaction was copied"
            assert kept.decisions() == store.decisions()[: len(kept.decisions())]


def test_a_backup_restored_into_an_empty_database_gives_the_same_state(store: Store, tmp_path: Path) -> None:
    fill(store)
    rows = store.backup(tmp_path / "kept" / "backup.db")
    assert [path.name for path in (tmp_path / "kept").iterdir()] == ["backup.db"]
    with open_store(str(tmp_path / "new.db")) as second:
        assert second.restore(tmp_path / "kept" / "backup.db") == rows
        assert second.state_hash() == store.state_hash()
        second.append(decision("later", revision=2))
        assert second.append(replacing("a")) == store.append(replacing("a"))
    with pytest.raises(AlignerError, match="is not empty"):
        store.restore(tmp_path / "kept" / "backup.db")


def test_a_backup_goes_back_into_a_server(server: object, tmp_path: Path) -> None:
    with open_store(str(tmp_path / "a.db")) as first:
        fill(first)
        first.backup(tmp_path / "backup.db")
        with open_store(server.new_database()) as second:  # type: ignore[attr-defined]
            second.restore(tmp_path / "backup.db")
            assert second.state_hash() == first.state_hash()
            assert second.decisions() == first.decisions()


def test_a_backup_overwrites_nothing(store: Store, other: Path) -> None:
    other.write_text("precious", encoding="utf-8")
    with pytest.raises(StoreError, match="is there already"):
        store.backup(other)
    assert other.read_text(encoding="utf-8") == "precious"


def test_a_backup_of_an_older_version_is_restored_and_not_touched(store: Store, tmp_path: Path) -> None:
    old = reach(str(tmp_path / "old.db"))
    old.write(lambda connection: upgrade(connection, "0001"))
    old.write(lambda c: c.execute(text("INSERT INTO reviewers VALUES (1, 'ann', 'then')")))
    old.close()
    before = (tmp_path / "old.db").read_bytes()
    store.restore(tmp_path / "old.db")
    assert [each.name for each in store.reviewers()] == ["ann"]
    assert (tmp_path / "old.db").read_bytes() == before


def test_what_is_no_backup_is_not_restored(store: Store, tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("hello " * 1000, encoding="utf-8")
    (tmp_path / "empty.db").touch()
    for name, message in (("note.txt", "damaged, or no database"), ("no.db", "no such file"), ("empty.db", "nothing")):
        with pytest.raises(StoreError, match=message):
            store.restore(tmp_path / name)
    assert store.revision() == 0


def test_a_sound_store_has_no_faults(store: Store) -> None:
    fill(store)
    faults = store.check(TEXTS.get, lambda *_: '{"links": 1}')
    assert faults == ()


def test_spans_that_do_not_give_their_text_are_found(store: Store) -> None:
    link = {"source": [{"start": 0, "end": 4, "text": "Deer"}], "target": [quoted(TARGET, "谢谢")]}
    store.append(decision("a", Kind.REPLACE, payload={"after": {"links": [link]}}))
    store.append(decision("b", payload={"target": [{"start": 0, "end": 4, "text": "Dear"}]}))
    store.append(decision("c", payload={"span": {"start": 0, "end": 4, "text": "Dear"}}))
    store.append(decision("d", payload={"span": {"start": 0, "end": 4, "text": "xxxx"}}))
    store.append(decision("e", payload={"emendation": {"start": 5, "end": 4, "text": ""}}))
    store.append(decision("f", payload={"residue": [{"start": 0, "end": 9, "text": "各位好"}]}))
    found = [(each.where.split(",")[0], each.what) for each in store.check(TEXTS.get)]
    assert found == [
        ("decision a", "span [0, 4) does not give its text"),
        ("decision b", "span [0, 4) does not give its text"),
        ("decision d", "span [0, 4) does not give its text"),
        ("decision e", "a span has no offsets that can be"),
        ("decision f", "span [0, 9) does not fit its text of 3 characters"),
    ]


def test_a_re_attached_decision_is_compared_with_the_text_of_its_time(store: Store) -> None:
    later = "News! " + TARGET
    texts = {**TEXTS, sha256_of(later): later}
    store.append(decision("a", payload={"target": [quoted(TARGET, "谢谢")]}))
    moved = {"side": "target", "from": quoted(TARGET, "谢谢"), "to": quoted(later, "谢谢")}
    new = {"target_sha256": sha256_of(later)}
    store.append(decision("b", Kind.REATTACH, payload={"decision": "a", "spans": [moved]}, **new))
    assert store.check(texts.get) == ()
    again = {"side": "target", "from": quoted(TARGET, "谢谢"), "to": quoted(TARGET, "谢谢")}
    store.append(decision("c", Kind.REATTACH, payload={"decision": "a", "spans": [again]}, **new))
    found = [(each.where, each.what) for each in store.check(texts.get)]
    what = "span [{}, {}) does not give its text".format(*(quoted(TARGET, "谢谢")[key] for key in ("start", "end")))
    assert found == [(f"decision c, payload.spans[0].{key}", what) for key in ("from", "to")]


def test_a_document_that_is_not_at_hand_is_told_as_not_checked(store: Store) -> None:
    store.append(replacing("a"), [LETTER])
    found = store.check({sha256_of(TARGET): TARGET}.get)
    assert [(each.unchecked, each.what) for each in found] == [(True, "1 spans could not be compared")]
    assert "letter.txt" in found[0].where
    changed = store.check({sha256_of(TARGET): TARGET}.get, today={"letter.txt": sha256_of("other words")})
    assert [(each.unchecked, each.what) for each in changed] == [(True, "changed since: 1 spans could not be compared")]


def test_states_are_replayed(store: Store) -> None:
    fill(store)

    def replay(kept: Snapshot, log: tuple[Stored, ...]) -> str | None:
        assert (kept.letter, kept.rendering, kept.layer) == ("farewell", "farewell-north", "review")
        return None if kept.body == "old" else json.dumps({"links": len(log)})

    assert store.check(TEXTS.get, replay) == ()
    store.put_snapshot("farewell", "farewell-north", "review", 2, '{"links": 1}')
    found = store.check(TEXTS.get, replay)
    assert [each.what for each in found] == ["replaying the decisions gives another state"]
    assert "revision 2" in found[0].where
    assert [each.what for each in store.check(TEXTS.get)] == ["2 states were not replayed"]
    store.put_snapshot("farewell", "farewell-north", "review", 2, "old")
    assert [(each.unchecked, each.where) for each in store.check(TEXTS.get, replay)] == [(True, "snapshots")]


def unguarded(url: str, *statements: str) -> None:
    """Change rows behind the program's back."""
    database = reach(url)

    def change(connection: object) -> None:
        if database.file is None:
            connection.execute(text("SET LOCAL session_replication_role = replica"))  # type: ignore[attr-defined]
        else:
            for (name,) in connection.execute(  # type: ignore[attr-defined]
                text("SELECT name FROM sqlite_master WHERE type = 'trigger'")
            ).all():
                connection.execute(text(f"DROP TRIGGER {name}"))  # type: ignore[attr-defined]
        for statement in statements:
            connection.execute(text(statement))  # type: ignore[attr-defined]

    database.write(change)
    database.close()


@pytest.mark.parametrize(
    ("statement", "message"),
    [
        ("UPDATE decisions SET reviewer = 'chief' WHERE seq = 1", "is not as it was written"),
        ("UPDATE decisions SET payload = '{' WHERE seq = 1", "its payload is not JSON"),
        ("UPDATE decisions SET kind = 'joke' WHERE seq = 1", "unknown kind 'joke'"),
        ("DELETE FROM decisions WHERE seq = 1", "rows are missing"),
        ("DELETE FROM decisions WHERE seq = 1", "was parked against a, which is missing"),
        ("UPDATE parked SET id = 'c'", "stands in the log and among the parked"),
        ("UPDATE parked SET time = '2026-01-31T12:00:01+00:00'", "is not as it was written"),
        ("UPDATE snapshots SET body = 'other'", "is not as it was written"),
        ("UPDATE typologies SET body = '{}'", "is not as it was written"),
    ],
)
def test_rows_changed_behind_the_programs_back_are_found(store: Store, url: str, statement: str, message: str) -> None:
    fill(store)
    unguarded(url, statement)
    assert any(message in each.what for each in store.check(TEXTS.get))


@pytest.mark.parametrize("payload", ["{", "{},{}", "[]", "null"])
def test_a_payload_spoilt_behind_the_programs_back_is_told_when_read(store: Store, url: str, payload: str) -> None:
    fill(store)
    unguarded(url, f"UPDATE decisions SET payload = '{payload}' WHERE seq = 1")  # noqa: S608 - four texts of our own
    with pytest.raises(AlignerError, match=r"payload|JSON"):
        store.decisions()
    assert [each.decision.id for each in store.decisions(after=1)] == ["c"]


def test_a_backup_keeps_a_spoilt_row_and_an_import_refuses_it(store: Store, url: str, tmp_path: Path) -> None:
    fill(store)
    unguarded(url, "UPDATE decisions SET kind = 'score' WHERE seq = 2")
    store.backup(tmp_path / "backup.db")
    with open_store(str(tmp_path / "a.db")) as restored, open_store(str(tmp_path / "b.db")) as imported:
        restored.restore(tmp_path / "backup.db")
        assert restored.state_hash() == store.state_hash()
        with pytest.raises(AlignerError, match="decision c is not as it was written"):
            imported.import_lines(exported(store))
        assert imported.revision() == 0


def many(path: Path, number: int = 600) -> list[Decision]:
    with open_store(str(path)) as opened:
        said = [decision(f"d{n}", payload={"text": f"嗨 {n} " * 20}) for n in range(number)]
        fill(opened)
        opened.append_all(said)
    raw(path, "PRAGMA wal_checkpoint(TRUNCATE)")
    return said


def damage(path: Path, page: int, count: int = 1, size: int = 4096) -> None:
    with path.open("rb+") as file:
        file.seek(page * size)
        file.write(b"\xa5" * size * count)


def test_a_damaged_page_is_told_and_the_rest_saved(tmp_path: Path) -> None:
    path = tmp_path / "aligner.db"
    many(path)
    pages = path.stat().st_size // 4096
    damage(path, pages // 2, 3)
    before = path.read_bytes()
    with open_store(str(path)) as opened:
        faults = opened.check(TEXTS.get)
    assert any("damage" in each.what or "SQLite finds" in each.what for each in faults)
    assert all("salvage" in each.hint for each in faults if not each.unchecked)
    report = salvage(path, tmp_path / "saved.db")
    assert path.read_bytes() == before
    with open_store(str(tmp_path / "saved.db")) as saved:
        kept = {each.seq: each.decision for each in saved.decisions()}
        assert report.saved["decisions"] == len(kept)
        # Three pages of about four rows each were lost, or indices, which cost nothing.
        assert len(kept) > 560
        assert set(report.missing) == set(range(1, 603)) - set(kept) - {602} or set(report.missing) <= set(
            range(1, 603)
        )
        assert all(each.id == f"d{seq - 3}" for seq, each in kept.items() if seq > 2)
        assert len(saved.parked()) == report.saved["parked"]
        saved.append(decision("after", revision=1))


def test_a_file_without_its_first_page_is_saved(tmp_path: Path) -> None:
    path = tmp_path / "aligner.db"
    said = many(path)
    damage(path, 0)
    with pytest.raises(DamagedError, match="aligner db salvage"):
        open_store(str(path))
    report = salvage(path, tmp_path / "saved.db")
    with open_store(str(tmp_path / "saved.db")) as saved:
        kept = [each.decision for each in saved.decisions()]
        assert [each.name for each in saved.reviewers()] == ["chief", "ann", "bo"]
        assert len(saved.parked()) == 1
    assert [each for each in kept if each in said] == said
    assert report.missing == ()


def test_what_only_a_look_at_every_page_finds_is_saved(tmp_path: Path) -> None:
    path = tmp_path / "aligner.db"
    said = many(path)
    with open_store(str(path)) as opened:
        said += [stored(opened.append(decision("long", payload={"text": "长" * 40_000}))).decision]
    raw(path, "PRAGMA wal_checkpoint(TRUNCATE)")
    (root,) = raw(path, "SELECT rootpage FROM sqlite_master WHERE name = 'decisions'")[0]
    damage(path, root - 1)
    report = salvage(path, tmp_path / "saved.db")
    with open_store(str(tmp_path / "saved.db")) as saved:
        kept = [each.decision for each in saved.decisions()]
    assert report.missing == ()
    assert [each for each in kept if each in said] == said


def test_a_cut_file_is_saved_as_far_as_it_goes(tmp_path: Path) -> None:
    path = tmp_path / "aligner.db"
    many(path)
    with path.open("rb+") as file:
        file.truncate(path.stat().st_size * 2 // 3)
    with pytest.raises(DamagedError, match="aligner db salvage"):
        open_store(str(path))
    report = salvage(path, tmp_path / "saved.db")
    with open_store(str(tmp_path / "saved.db")) as saved:
        assert 100 < len(saved.decisions()) == report.saved["decisions"]


def test_what_holds_nothing_cannot_be_salvaged(tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("hello " * 1000, encoding="utf-8")
    with pytest.raises(StoreError, match="nothing can be read"):
        salvage(tmp_path / "note.txt", tmp_path / "saved.db")
    with pytest.raises(StoreError, match="no such file"):
        salvage(tmp_path / "no.db", tmp_path / "saved.db")
    assert not (tmp_path / "saved.db").exists()
