"""Migrations: the tables are what the program thinks, an older database is brought up whole, a newer one is refused."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text
from support_store import child, decision, replacing

from aligner.model import Document
from aligner.review.typologies import load
from aligner.store import Store, StoreError, open_store, versions
from aligner.store.opening import open_database, reach
from aligner.store.rows import row_of
from aligner.store.schema import HEAD, KEPT, KNOWN, METADATA
from aligner.store.versions import MIGRATIONS, OldDatabaseError, migrate, upgrade


def older(url: str) -> None:
    """A database as the first version of the program made it, with one decision."""
    database = reach(url)
    database.write(lambda connection: upgrade(connection, "0001"))
    database.write(lambda c: c.execute(text("INSERT INTO reviewers VALUES (1, 'ann', 'then')")))
    row = row_of(decision("d0"), "then")
    database.write(lambda c: c.execute(METADATA.tables["decisions"].insert().values(seq=1, **row)))
    database.close()


def test_the_migrations_make_the_tables_that_the_program_knows(url: str) -> None:
    database = open_database(url)
    with database.read() as connection:
        assert compare_metadata(MigrationContext.configure(connection), METADATA) == []
    database.close()


def test_the_comparison_sees_a_difference(url: str) -> None:
    database = open_database(url)
    database.write(lambda connection: connection.execute(text("ALTER TABLE documents ADD COLUMN more TEXT")))
    with database.read() as connection:
        assert [step[0] for step in compare_metadata(MigrationContext.configure(connection), METADATA)] == [
            "remove_column"
        ]
    database.close()


def test_the_versions_that_the_program_knows_are_those_of_the_migrations() -> None:
    scripts = ScriptDirectory(str(MIGRATIONS))
    assert tuple(reversed([script.revision for script in scripts.walk_revisions()])) == KNOWN
    assert scripts.get_heads() == [HEAD]


def test_no_way_back_is_offered() -> None:
    files = sorted((MIGRATIONS / "versions").glob("v*.py"))
    assert len(files) == len(KNOWN)
    assert [path.name for path in files if "downgrade" in path.read_text(encoding="utf-8")] == []


def test_an_older_database_is_refused_until_it_was_migrated(url: str) -> None:
    older(url)
    with pytest.raises(OldDatabaseError, match="has version 0001, this program needs 0002; run `aligner db migrate`"):
        open_store(url)
    database = reach(url)
    assert migrate(database) == ("0001", "0002")
    assert migrate(database) == ("0002", "0002")
    database.close()
    with open_store(url) as opened:
        assert [each.decision.id for each in opened.decisions()] == ["d0"]


def test_a_migration_that_fails_leaves_the_database_as_it_was(
    url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    older(url)
    broken = tmp_path / "100% broken" / "migrations"
    (broken / "versions").mkdir(parents=True)
    for name in ("env.py", "versions/v0001_tables.py", "versions/v0002_append_only.py"):
        script = (MIGRATIONS / name).read_text(encoding="utf-8")
        if "0002" in name:
            script += '    op.execute("DROP TABLE snapshots")\n    op.execute("this is no SQL")\n'
            script = script.replace("        return\n", "")  # so that SQLite runs to the end too
            script = script.replace(
                '== "postgresql":', '== "postgresql" and not op.execute("CREATE TABLE extra (x TEXT)"):'
            )
        (broken / name).write_text(script, encoding="utf-8")
    monkeypatch.setattr(versions, "MIGRATIONS", broken)
    database = reach(url)
    with pytest.raises(StoreError):
        migrate(database)
    with database.read() as connection:
        looked = inspect(connection)
        assert "snapshots" in looked.get_table_names()
        assert "extra" not in looked.get_table_names()
        assert versions.version_of(connection, "here") == "0001"
    database.close()


def test_a_newer_database_is_refused_and_not_changed(url: str) -> None:
    with open_store(url) as opened:
        opened.append(decision())
        before = opened.state_hash()
    database = reach(url)
    database.write(lambda c: c.execute(text("UPDATE alembic_version SET version_num = '9999'")))
    with pytest.raises(StoreError, match="has version 9999, newer than this program knows"):
        open_store(url)
    with pytest.raises(StoreError, match="install the newer aligner"):
        migrate(database)
    database.write(lambda c: c.execute(text("UPDATE alembic_version SET version_num = :head"), {"head": HEAD}))
    database.close()
    with open_store(url) as opened:
        assert opened.state_hash() == before


def test_a_database_of_another_program_is_left_alone(url: str) -> None:
    database = reach(url)
    database.write(lambda c: c.execute(text("CREATE TABLE recipes (name TEXT)")))
    with pytest.raises(StoreError, match=r"tables of another program \(recipes\)"):
        open_store(url)
    with database.read() as connection:
        assert inspect(connection).get_table_names() == ["recipes"]
    database.close()


def test_threads_and_processes_that_open_at_once_make_one_database(url: str) -> None:
    program = "import sys; from aligner.store import open_store; open_store(sys.argv[1]).close(); print('made')"
    children = [child(program, url) for _ in range(3)]
    with ThreadPoolExecutor(4) as pool:
        for opened in pool.map(open_store, [url] * 4):
            opened.close()
    for each in children:
        assert each.communicate(timeout=60)[0] == "made\n"
        assert each.returncode == 0


@pytest.mark.parametrize("statement", ["UPDATE {table} SET {key} = 5", "DELETE FROM {table}"], ids=["update", "delete"])
def test_the_database_itself_refuses_to_change_what_was_said(store: Store, url: str, statement: str) -> None:
    store.add_typology(load("esa"))
    store.append(replacing("a"), [Document("a.txt", "words", "0" * 64, "utf-8")])
    store.append(replacing("b"))
    before = store.state_hash()
    database = reach(url)
    for table in KEPT:
        key = next(iter(METADATA.tables[table].primary_key)).name
        change = text(statement.format(table=table, key=key))
        with pytest.raises(StoreError, match=f"{table} is only added to"):
            database.write(lambda connection, change=change: connection.execute(change))
    database.close()
    assert store.state_hash() == before
