"""Own letters in one archive: out, and back without harm, from another computer or a stranger."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from support_cli import each, in_order, snapshot
from support_documents import rezipped, zip_of
from support_store import decision
from test_corpus_own import WORK, article, bring

from aligner.corpus import Corpus, Manifest, own
from aligner.errors import AlignerError
from aligner.pipeline import letters, remaking
from aligner.pipeline.backup import DECISIONS, back_up, has_decisions, read, restore, titles
from aligner.pipeline.bringing import names_of
from aligner.pipeline.second import bring_copy
from aligner.review.decisions import Decision
from aligner.store import open_store

NONE = Manifest((), ())


@pytest.fixture(autouse=True)
def _no_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(letters, "align_articles", each(in_order))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "here" / "letters"


@pytest.fixture
def there(tmp_path: Path) -> Path:
    return tmp_path / "there" / "letters"


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {name: data for name, (data, _) in snapshot(folder).items() if name != ".lock"}


def said(name: str, letter: str) -> Decision:
    return decision(name, letter=letter, rendering=f"{letter}-001", payload={"text": "good"})


def test_letters_and_decisions_come_to_another_computer(folder: Path, there: Path, tmp_path: Path) -> None:
    names = [bring(folder), bring(folder, article())]
    with open_store(str(tmp_path / "a.db")) as store:
        store.append(said("e1", names[0]))
        data = back_up(folder, store)
        assert data == back_up(folder, store)
        state = store.state_hash()
    assert has_decisions(data)
    with open_store(str(tmp_path / "b.db")) as other:
        found = restore(there, data, NONE, other)
        assert (found.letters, found.there, found.decisions) == (tuple(names), (), 1)
        assert other.state_hash() == state
        again = restore(there, data, NONE, other)
        assert (again.letters, again.there, again.decisions) == ((), tuple(names), 0)
    assert bytes_of(there) == bytes_of(folder)


def test_what_is_there_is_left_as_it_is_and_the_rest_comes(folder: Path, there: Path, tmp_path: Path) -> None:
    first, second = bring(folder), bring(folder, article())
    with open_store(str(tmp_path / "a.db")) as store:
        for number, letter in enumerate((first, second, "elsewhere")):
            store.append(said(f"e{number}", letter))
        data = back_up(folder, store)
    own.discard(folder, first)
    before = {name: data for name, data in bytes_of(folder).items() if name.startswith((second, "documents"))}
    with open_store(str(tmp_path / "b.db")) as other:
        other.append(said("x", second))
        found = restore(folder, data, NONE, other)
        assert {each.decision.id for each in other.decisions()} == {"x", "e0", "e1"}
    assert (found.letters, found.there, found.decisions) == ((first,), (second,), 2)
    assert before.items() <= bytes_of(folder).items()
    named = Manifest((), (Corpus.open(folder).entry(first),))
    assert restore(there, data, named, None).there == (first,)
    assert [names_of(entry)[0] for entry in Corpus.open(there).manifest.letters] == [second]


def test_a_letter_whose_id_is_taken_comes_beside_it_under_names_of_its_own(folder: Path) -> None:
    name = bring(folder, article())
    remaking.change_glossary(folder, name, [("shop", "店")], WORK)
    data, before = back_up(folder, None), bytes_of(folder)
    assert titles(data, [name, "elsewhere"]) == {name: Corpus.open(folder).entry(name).title}
    made = bring_copy(folder, data, name, "As it was", {name}, WORK)
    opened = Corpus.open(folder)
    (old, new) = opened.manifest.letters
    assert (new.id, new.title, new.renderings[0].id) == (made.letter, "As it was", f"{made.letter}-001")
    assert {path: content for path, content in bytes_of(folder).items() if path in before} | {
        "letters.toml": before["letters.toml"]
    } == before
    kept, copied = (opened.alignment(each.id, each.renderings[0].id) for each in (old, new))
    assert kept is not None
    assert copied is not None
    assert [link.source for link in copied.links] == [link.source for link in kept.links]
    assert (folder / new.id / "glossary.csv").read_bytes() == (folder / old.id / "glossary.csv").read_bytes()
    with pytest.raises(AlignerError, match="elsewhere"):
        bring_copy(folder, data, "elsewhere", "", set(), WORK)


def test_a_copy_without_letters_or_database_is_one(there: Path) -> None:
    data = back_up(there, None)
    assert not has_decisions(data)
    assert restore(there, data, NONE, None).letters == ()


@pytest.mark.parametrize(
    ("changes", "what"),
    [
        ({"backup.json": "{}"}, "no backup"),
        ({"backup.json": '{"format": "aligner/letters-backup@2"}'}, "later version"),
        ({"backup.json": None}, "no backup"),
        ({"letters/../../evil.json": "x"}, "none of its letters"),
        ({"../evil.txt": "x"}, "none of its letters"),
        ({"/etc/evil.txt": "x"}, "none of its letters"),
        ({"letters/documents/evil.txt": "x"}, "none of its letters"),
        ({"letters/NAME/run.sh": "x"}, "none of its letters"),
        ({"letters/NAME/auto/deep/x.json": "x"}, "none of its letters"),
        ({"letters/documents/NAME-001.txt": "changed"}, "sha256"),
        ({"letters/documents/NAME-en.txt": None}, "missing"),
        ({"letters/NAME/NAME-001.json": "{"}, "not JSON"),
        ({"letters/letters.toml": "x = 1"}, "document"),
        ({"letters/letters.toml": b"\xff"}, "UTF-8"),
        ({DECISIONS: '{"format":"aligner/store@1"}\n'}, "too early"),
        ({DECISIONS: b"\xff\n"}, "UTF-8"),
    ],
)
def test_what_is_wrong_is_refused_and_leaves_nothing(
    folder: Path, there: Path, tmp_path: Path, changes: Mapping[str, str | bytes | None], what: str
) -> None:
    name = bring(folder, article())
    data = rezipped(back_up(folder, None), {key.replace("NAME", name): value for key, value in changes.items()})
    with open_store(str(tmp_path / "b.db")) as other, pytest.raises(AlignerError, match=what):
        restore(there, data, NONE, other)
    assert [path for path in tmp_path.rglob("*") if path.name.startswith(("evil", "run"))] == []
    assert bytes_of(there) == {}


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", zip_of({}), zip_of({"backup.json": b"0" * 30_000_000})])
def test_what_is_no_archive_or_a_bomb_is_refused(there: Path, data: bytes) -> None:
    with pytest.raises(AlignerError):
        restore(there, data, NONE, None)
    assert bytes_of(there) == {}


def test_a_document_without_its_hash_is_refused(folder: Path, there: Path) -> None:
    bring(folder, article())
    manifest = (folder / "letters.toml").read_text(encoding="utf-8")
    bare = "\n".join(line for line in manifest.splitlines() if not line.startswith("sha256"))
    with pytest.raises(AlignerError, match="has no sha256"):
        restore(there, rezipped(back_up(folder, None), {"letters/letters.toml": bare}), NONE, None)


def test_letters_too_large_for_one_archive_are_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bring(folder, article())
    monkeypatch.setattr("aligner.archives.UNPACKED_BYTES", 100)
    with pytest.raises(AlignerError, match="copy this folder"):
        back_up(folder, None)


def test_an_archive_is_read_from_where_it_lies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "copy.zip"
    file.write_bytes(b"123")
    assert read(file) == b"123"
    monkeypatch.setattr("aligner.archives.UNPACKED_BYTES", 2)
    for wrong in (file, tmp_path, tmp_path / "none.zip", Path("~nobody-of-this-name/x")):
        with pytest.raises(AlignerError, match=r"too large|cannot be read"):
            read(wrong)


def test_a_fault_at_the_last_step_leaves_nothing(folder: Path, there: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bring(folder, article())
    data = back_up(folder, None)

    def fails(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(own, "write_atomic", fails)
    with pytest.raises(AlignerError, match="No space"):
        restore(there, data, NONE, None)
    assert bytes_of(there) == {}
