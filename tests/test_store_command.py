"""`aligner db` as a person runs it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from support_cli import LETTER, Program, write_corpus
from support_store import conflict, decision, raw, replacing
from test_store_versions import older

from aligner.model import sha256_of
from aligner.review.decisions import dumps, loads
from aligner.store import Store, open_store


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Program:
    monkeypatch.delenv("ALIGNER_DATABASE_URL", raising=False)
    corpus = write_corpus(tmp_path / "corpus")
    monkeypatch.chdir(corpus.parent)
    return Program(tmp_path, tmp_path / "home")


def filled(store: Store) -> str:
    """The address of a store that holds something."""
    store.append(replacing("a"))
    conflict(store.append(replacing("b", reviewer="bo")))
    return store.state_hash()


def test_help_names_every_command(program: Program) -> None:
    result = program.run("db")
    assert result.exit_code == 0
    for name in ("init", "migrate", "check", "backup", "restore", "export", "import", "salvage"):
        assert f" {name} " in result.stdout


def test_init_makes_the_database_in_the_home_once(program: Program) -> None:
    path = program.home / "aligner.db"
    assert program.run("db", "init").stdout == f"{path}: made, version 0002\n"
    assert program.run("db", "init").stdout == f"{path}: is there already, version 0002\n"
    assert json.loads(program.run("db", "init", "--json").stdout) == {
        "database": str(path),
        "version": "0002",
        "new": False,
    }


def test_the_option_counts_before_the_variable(program: Program, tmp_path: Path) -> None:
    result = program.run("db", "init", "--database", "mine.db", ALIGNER_DATABASE_URL=str(tmp_path / "other.db"))
    assert result.stdout.startswith(f"{tmp_path / 'mine.db'}: made")
    assert program.run("db", "init", ALIGNER_DATABASE_URL="other.db").stdout.startswith(
        f"{tmp_path / 'other.db'}: made"
    )


@pytest.mark.parametrize("command", [["check"], ["backup", "x.db"], ["export"], ["migrate"]], ids=str)
def test_what_is_not_there_is_not_made(program: Program, command: list[str]) -> None:
    assert "there is no database yet; make it with `aligner db init`" in program.refuses("db", *command)
    assert not (program.home / "aligner.db").exists()


def test_an_older_database_is_brought_up_and_copied_first(program: Program, tmp_path: Path) -> None:
    older(str(tmp_path / "old.db"))
    assert "run `aligner db migrate`" in program.refuses("db", "check", "--database", "old.db")
    result = program.run("db", "migrate", "--database", "old.db", "--json")
    value = json.loads(result.stdout)
    assert (value["before"], value["after"]) == ("0001", "0002")
    assert raw(Path(value["copy"]), "SELECT version_num FROM alembic_version") == [("0001",)]
    assert program.run("db", "migrate", "--database", "old.db").stdout.endswith("already version 0002\n")
    with open_store("old.db") as opened:
        assert opened.revision() == 1


def test_check_says_what_is_wrong_and_what_was_not_looked_at(program: Program, store: Store, url: str) -> None:
    command = ("db", "check", "--corpus", program.folder / "corpus", "--database", url)
    span = {"start": 0, "end": 8, "text": LETTER[:8]}
    store.append(decision("a", source_sha256=sha256_of(LETTER), payload={"source": [span]}))
    assert program.run(*command).stdout.endswith(": 1 decisions, 0 faults, 0 not checked\n")
    store.append(replacing("c"))
    result = program.run(*command)
    assert result.exit_code == 0
    assert "not checked: document without a name" in result.stdout
    store.append(decision("b", source_sha256=sha256_of(LETTER), payload={"source": [{**span, "text": "Dear\x1b[2J"}]}))
    result = program.run(*command)
    assert result.exit_code == 1
    assert "fault: decision b, payload.source[0]: span [0, 8) does not give its text" in result.stdout
    value = json.loads(program.run(*command, "--json").stdout)
    assert [len(value[key]) for key in ("faults", "unchecked")] == [1, 2]


def test_backup_and_restore(program: Program, store: Store, url: str) -> None:
    state = filled(store)
    assert program.run("db", "backup", "kept.db", "--database", url).stdout == "kept.db: 6 rows\n"
    assert "is there already" in program.refuses("db", "backup", "kept.db", "--database", url)
    result = program.run("db", "restore", "kept.db", "--database", "new.db", "--json")
    assert json.loads(result.stdout) == {"database": str(program.folder / "new.db"), "rows": 6, "state": state}
    assert "is not empty" in program.refuses("db", "restore", "kept.db", "--database", url)


def test_export_and_import(program: Program, store: Store, url: str) -> None:
    state = filled(store)
    shown = program.run("db", "export", "--database", url).stdout
    assert program.run("db", "export", "--database", url, "--out", "e.jsonl").stdout == "e.jsonl: 6 rows\n"
    assert Path("e.jsonl").read_text(encoding="ascii") == shown
    assert json.loads(shown.splitlines()[-1]) == {"rows": 6, "sha256": state}
    assert program.run("db", "import", "e.jsonl", "--database", "n.db").stdout.endswith("n.db: 6 rows\n")
    with open_store("n.db") as opened:
        assert opened.state_hash() == state
    assert "is not empty" in program.refuses("db", "import", "e.jsonl", "--database", url)


def test_decisions_alone_go_into_any_database_once(program: Program, store: Store, url: str) -> None:
    filled(store)
    log = program.run("db", "export", "--decisions", "--database", url).stdout
    assert loads(log) == (replacing("a"),)
    # Revisions count in the database where a decision was made: one beyond all of these says nothing here.
    more = [decision("d", payload={"text": "well"}, revision=99), decision("d", payload={"text": "well"}, revision=99)]
    contrary = dumps([replacing("c", reviewer="cy")])
    Path("log.jsonl").write_text(contrary + log + dumps(more), encoding="utf-8")
    result = program.run("db", "import", "log.jsonl", "--database", url, "--json")
    assert {name: json.loads(result.stdout)[name] for name in ("appended", "parked", "known")} == {
        "appended": 1, "parked": 1, "known": 2
    }  # fmt: skip
    assert program.run("db", "import", "log.jsonl", "--database", url).stdout.endswith(
        "0 decisions appended, 0 parked because they contradict others, 4 known already\n"
    )
    for line in ("{}\n", dumps([decision("e")])):
        Path("log.jsonl").write_text(line, encoding="utf-8")
        assert "log.jsonl, line 1" in program.refuses("db", "import", "log.jsonl", "--database", url)
    assert "no.jsonl: cannot be read" in program.refuses("db", "import", "no.jsonl", "--database", url)


def test_salvage_says_what_was_lost(program: Program, tmp_path: Path) -> None:
    with open_store("a.db") as opened:
        opened.append_all([decision(f"d{n}", payload={"text": "x" * 1000}) for n in range(100)])
    raw(tmp_path / "a.db", "PRAGMA wal_checkpoint(TRUNCATE)")
    assert program.run("db", "salvage", "a.db", "whole.db").exit_code == 0
    data = bytearray((tmp_path / "a.db").read_bytes())
    at = data.index(b'"d49"') if b'"d49"' in data else data.index(b"d49ann")
    data[at : at + 6] = b"d49bob"
    (tmp_path / "a.db").write_bytes(data)
    result = program.run("db", "salvage", "a.db", "saved.db")
    assert result.exit_code == 1
    assert result.stdout.splitlines() == [
        "saved.db: saved 1 reviewers, 1 roles, 99 decisions",
        "lost: 1 decisions that were found but are not as they were written",
        "lost: decisions 50",
    ]
    assert "is there already" in program.refuses("db", "salvage", "a.db", "saved.db")
    lines = program.run("db", "check", "--database", "saved.db").stdout.splitlines()
    assert lines[-1].endswith("saved.db: 99 decisions, 1 fault, 0 not checked")


def test_salvage_of_a_cut_file_says_that_more_may_be_lost(program: Program, tmp_path: Path) -> None:
    with open_store("a.db") as opened:
        opened.append_all([decision(f"d{n}", payload={"text": "x" * 1000}) for n in range(100)])
    raw(tmp_path / "a.db", "PRAGMA wal_checkpoint(TRUNCATE)")
    (root,) = raw(tmp_path / "a.db", "SELECT rootpage FROM sqlite_master WHERE name = 'decisions'")[0]
    with (tmp_path / "a.db").open("rb+") as file:
        file.truncate(root * 4096)
    result = program.run("db", "salvage", "a.db", "saved.db")
    assert result.exit_code == 1
    assert result.stdout.splitlines()[0] == "saved.db: saved 1 reviewers, 1 roles"
    told = result.stdout.splitlines()[1]
    assert told.startswith("lost, if they were there: ") and "decisions" in told and "snapshots" not in told
    (tmp_path / "saved.db").unlink()
    assert "decisions" in json.loads(program.run("db", "salvage", "a.db", "saved.db", "--json").stdout)["unread"]
