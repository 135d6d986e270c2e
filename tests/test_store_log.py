"""Appending, contradictions and reading back, on SQLite and on PostgreSQL."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from support_store import conflict, decision, replacing, stored

from aligner import home
from aligner.errors import AlignerError, UnknownNameError
from aligner.model import Document
from aligner.review.decisions import Kind
from aligner.review.typologies import load, parse
from aligner.store import Conflict, Role, Store, Stored, open_store
from aligner.store.address import address, file_of


def test_kinds_are_chosen(store: Store) -> None:
    for name, kind in (("a", Kind.COMMENT), ("b", Kind.WORK), ("c", Kind.COMMENT)):
        store.append(decision(name, kind))
    found = {kind: [each.decision.id for each in store.decisions(kinds={kind})] for kind in (Kind.COMMENT, Kind.SCORE)}
    assert found == {Kind.COMMENT: ["a", "c"], Kind.SCORE: []}
    assert len(store.decisions(kinds={Kind.COMMENT, Kind.WORK})) == len(store.decisions()) == 3


def test_what_was_appended_is_read_back_in_order(store: Store) -> None:
    said = [
        decision(f"d{n}", payload={"text": f"好 {n} \u0000 \ud800 👍", "x": [1, 2.5, None, True]}) for n in range(5)
    ]
    answers = [stored(store.append(each)) for each in said]
    assert [each.seq for each in answers] == [1, 2, 3, 4, 5]
    assert [each.decision for each in store.decisions()] == said
    assert store.decisions() == tuple(answers)
    assert store.revision() == 5


def test_another_process_sees_what_was_appended(store: Store, url: str) -> None:
    store.append(decision())
    with open_store(url) as other:
        assert other.decisions() == store.decisions()


def test_decisions_are_read_by_place_person_and_revision(store: Store) -> None:
    store.append(decision("a"))
    store.append(decision("b", letter="other"))
    store.append(decision("c", rendering="farewell-south", reviewer="bo"))
    store.append(decision("d", layer="second"))
    wanted = {
        "acd": {"letter": "farewell"},
        "c": {"rendering": "farewell-south"},
        "d": {"layer": "second"},
        "abd": {"reviewer": "ann"},
        "cd": {"after": 2},
        "": {"letter": "nothing"},
    }
    for ids, selection in wanted.items():
        assert "".join(each.decision.id for each in store.decisions(**selection)) == ids  # type: ignore[arg-type]
    assert (store.revision("farewell"), store.revision("other"), store.revision("nothing")) == (4, 2, 0)


def test_the_same_event_counts_once(store: Store) -> None:
    first = store.append(decision(payload={"text": "hello", "more": 1}))
    assert store.append(decision(payload={"more": 1, "text": "hello"})) == first
    assert len(store.decisions()) == 1


def test_an_id_that_another_decision_has_is_refused_and_nothing_changes(store: Store) -> None:
    store.append(decision(payload={"text": "hello"}))
    before = store.state_hash()
    with pytest.raises(AlignerError, match="has this id"):
        store.append(decision(payload={"text": "something else"}))
    assert store.state_hash() == before


def test_a_contradiction_is_answered_with_both_and_kept(store: Store) -> None:
    first = stored(store.append(replacing("a")))
    answer = conflict(store.append(replacing("b", "the shop", "关店", reviewer="bo")))
    assert answer.theirs == (first,)
    assert (answer.mine.decision.id, answer.mine.against, answer.mine.settled_by) == ("b", ("a",), None)
    assert [each.decision.id for each in store.decisions()] == ["a"]
    assert store.parked() == (answer.mine,) == store.parked("farewell")
    assert store.parked("other") == ()


def test_what_was_appended_or_parked_is_known_by_its_id(store: Store) -> None:
    assert not store.knows("d1")
    store.append(replacing("d1"))
    conflict(store.append(replacing("d2", reviewer="ben")))
    assert [store.knows(name) for name in ("d1", "d2", "d3", "d")] == [True, True, False, False]


def test_a_parked_event_sent_again_gives_the_same_answer(store: Store) -> None:
    store.append(replacing("a"))
    answer = store.append(replacing("b", reviewer="bo"))
    assert store.append(replacing("b", reviewer="bo")) == answer
    with pytest.raises(AlignerError, match="has this id"):
        store.append(replacing("b", reviewer="eve"))
    assert len(store.parked()) == 1


@pytest.mark.parametrize(
    "other",
    [
        {"revision": 1},
        {"layer": "second"},
        {"letter": "other"},
        {"rendering": "farewell-south"},
        {"words": "Thank you", "rendered": "谢谢"},
    ],
    ids=str,
)
def test_what_does_not_contradict_is_appended(store: Store, other: dict[str, object]) -> None:
    store.append(replacing("a"))
    assert isinstance(store.append(replacing("b", **other)), Stored)  # type: ignore[arg-type]


def test_what_is_each_reviewers_own_stands_side_by_side(store: Store) -> None:
    for kind in (Kind.COMMENT, Kind.ERROR, Kind.SCORE):
        for name in ("ann", "bo"):
            assert isinstance(store.append(decision(f"{kind}-{name}", kind, reviewer=name)), Stored)


def test_what_was_undone_contradicts_nobody(store: Store) -> None:
    store.append(replacing("a"))
    store.append(decision("u", Kind.UNDO, payload={"decision": "a"}))
    assert isinstance(store.append(replacing("b", reviewer="bo")), Stored)


def test_what_was_seen_as_undone_and_done_again_contradicts(store: Store) -> None:
    store.append(replacing("a"))
    seen = stored(store.append(decision("u", Kind.UNDO, payload={"decision": "a"})))
    store.append(decision("r", Kind.REDO, payload={"decision": "a"}))
    answer = conflict(store.append(replacing("b", reviewer="bo", revision=seen.seq)))
    assert [each.decision.id for each in answer.theirs] == ["a"]


def test_redoing_what_its_author_saw_anyway_contradicts_nobody(store: Store) -> None:
    seen = stored(store.append(replacing("a")))
    store.append(decision("r", Kind.REDO, payload={"decision": "a"}))
    assert isinstance(store.append(replacing("b", reviewer="bo", revision=seen.seq)), Stored)


def test_a_parked_decision_is_settled_by_another_and_stays(store: Store) -> None:
    store.append(replacing("a"))
    conflict(store.append(replacing("b", reviewer="bo")))
    store.append(replacing("c", reviewer="bo", revision=1, payload={"settles": "b"}))
    assert [(each.decision.id, each.settled_by) for each in store.parked()] == [("b", "c")]


def test_a_parked_decision_is_left_at_that_by_a_retraction(store: Store) -> None:
    store.append(replacing("a"))
    store.append(replacing("b", reviewer="bo"))
    store.append(decision("r", Kind.RETRACT, reviewer="bo", payload={"decision": "b", "settles": "b"}))
    assert [each.settled_by for each in store.parked()] == ["r"]
    assert [each.decision.id for each in store.decisions()] == ["a", "r"]


def test_a_settlement_that_is_undone_settles_nothing(store: Store) -> None:
    store.append(replacing("a"))
    store.append(replacing("b", reviewer="bo"))
    store.append(decision("c", Kind.ADJUDICATION, payload={"settles": "b"}))
    store.append(decision("u", Kind.UNDO, payload={"decision": "c"}))
    assert [each.settled_by for each in store.parked()] == [None]


@pytest.mark.parametrize("payload", [{"settles": "nothing"}, {"settles": "a"}, {"settles": 5}], ids=str)
def test_settling_what_is_not_parked_is_refused(store: Store, payload: dict[str, object]) -> None:
    store.append(replacing("a"))
    store.append(replacing("b", reviewer="bo", rendering="elsewhere"))
    with pytest.raises(AlignerError, match="not parked"):
        store.append(decision("c", payload=payload))
    assert store.revision() == 2


def test_a_revision_still_to_come_is_refused(store: Store) -> None:
    with pytest.raises(AlignerError, match="saw revision 7, the newest here is 0"):
        store.append(decision(revision=7))
    assert store.decisions() == ()


def test_many_are_appended_in_order_or_not_at_all(store: Store) -> None:
    store.append(replacing("a"))
    answers = store.append_all([decision("b"), replacing("c", reviewer="bo"), decision("d", revision=2)])
    assert [type(each) for each in answers] == [Stored, Conflict, Stored]
    before = store.state_hash()
    with pytest.raises(AlignerError, match="has this id"):
        store.append_all([decision("e"), decision("a")])
    assert store.state_hash() == before


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("id", "x" * 201, "longer than 200"),
        ("reviewer", "a\0b", "no database keeps"),
        ("letter", "\ud800", "no database keeps"),
        ("layer", " ", "is empty"),
    ],
)
def test_a_name_that_a_database_cannot_hold_is_refused(store: Store, field: str, value: str, message: str) -> None:
    with pytest.raises(AlignerError, match=message):
        store.append(decision(**{field: value}))
    assert store.reviewers() == ()


@pytest.mark.parametrize("value", [float("nan"), {1, 2}, b"x"], ids=str)
def test_a_payload_that_is_not_json_is_refused(store: Store, value: object) -> None:
    with pytest.raises(AlignerError, match="cannot be written as JSON"):
        store.append(decision(payload={"x": value}))


def test_threads_append_at_once_and_nothing_is_lost(store: Store) -> None:
    def work(name: str) -> list[int]:
        return [stored(store.append(decision(f"{name}-{n}", reviewer=name))).seq for n in range(20)]

    with ThreadPoolExecutor(8) as pool:
        seqs = list(pool.map(work, "abcdefgh"))
    assert sorted(seq for each in seqs for seq in each) == list(range(1, 161))
    for name in "abcdefgh":
        assert [each.decision.id for each in store.decisions(reviewer=name)] == [f"{name}-{n}" for n in range(20)]


def test_of_contradictions_at_once_one_is_appended_and_all_are_kept(store: Store) -> None:
    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(store.append, [replacing(f"r{n}", reviewer=f"p{n}") for n in range(6)]))
    assert sum(isinstance(each, Stored) for each in answers) == 1
    kept = {each.decision.id for each in store.decisions()} | {each.decision.id for each in store.parked()}
    assert kept == {f"r{n}" for n in range(6)}


def test_who_decides_is_a_reviewer_until_told_otherwise(store: Store) -> None:
    store.append(decision(reviewer="ann"))
    assert store.add_reviewer("bo", "admin").role is Role.ADMIN
    store.add_reviewer("ann", Role.ADJUDICATOR)
    assert [(each.name, each.role) for each in store.reviewers()] == [("ann", Role.ADJUDICATOR), ("bo", Role.ADMIN)]
    before = store.state_hash()
    store.add_reviewer("bo", "admin")
    assert store.state_hash() == before
    with pytest.raises(UnknownNameError, match="known: adjudicator, admin, reader, reviewer"):
        store.add_reviewer("cy", "king")


def test_typologies_are_kept_by_version(store: Store) -> None:
    own = 'id = "house"\nversion = "1"\nsource = "us"\nname = {en = "House", zh = "社"}\n[[severity]]\nid = "slight"\n'
    own += 'multiplier = 1\nname = {en = "Slight", zh = "小"}\nhint = {en = "small", zh = "小"}\n'
    every = (load("mqm-core"), load("esa"), parse(own, "house.toml"))
    for each in (*every, *every):
        store.add_typology(each)
    assert store.typologies() == every
    with pytest.raises(AlignerError, match="another content"):
        store.add_typology(parse(own.replace("multiplier = 1", "multiplier = 2"), "house.toml"))
    changed = parse(own.replace("multiplier = 1", "multiplier = 2").replace('"1"', '"2"'), "house.toml")
    store.add_typology(changed)
    assert store.typologies() == (*every, changed)


def test_documents_are_kept_by_their_hashes(store: Store) -> None:
    for name, sha in (("a", "0" * 64), ("b", "1" * 64), ("c", "0" * 64)):
        store.append(decision(name), [Document("a.txt", "words", sha, "utf-8")])
    assert [(each.name, each.sha256) for each in store.documents()] == [("a.txt", "0" * 64), ("a.txt", "1" * 64)]
    with pytest.raises(AlignerError, match="not a SHA-256"):
        store.append(decision("d"), [Document("b.txt", "words", "xyz", "utf-8")])
    assert not store.knows("d")


def test_the_newest_fitting_snapshot_is_found(store: Store) -> None:
    for seq, body in ((3, "three"), (7, "seven"), (7, "seven again")):
        store.put_snapshot("a", "b", "c", seq, body)
    found = [store.snapshot("a", "b", "c", until) for until in (None, 7, 6, 2)]
    assert [each and each.body for each in found] == ["seven again", "seven again", "three", None]
    assert store.snapshot("a", "b", "other") is None


@pytest.mark.parametrize(
    "name", ["a.db", "~/a.db", "/x/a b.db", "sqlite:///a.db", "sqlite:////x/a.db", "postgresql://ann@host/a", ""]
)
def test_the_file_of_an_address_is_known_without_the_store(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ALIGNER_DATABASE_URL", raising=False)
    assert home.database_path(name) == file_of(address(name))
    monkeypatch.setenv("ALIGNER_DATABASE_URL", name)
    assert home.database_path() == file_of(address())


def test_without_an_address_the_file_lies_in_the_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ALIGNER_DATABASE_URL", raising=False)
    monkeypatch.setenv("ALIGNER_HOME", str(tmp_path / "new" / "home"))
    with open_store() as opened:
        assert opened.where == str(tmp_path / "new" / "home" / "aligner.db")
    monkeypatch.setenv("ALIGNER_DATABASE_URL", f"sqlite:///{tmp_path / 'other.db'}")
    with open_store() as opened:
        assert opened.where == str(tmp_path / "other.db")
    assert json.dumps(sorted(path.name for path in tmp_path.iterdir())) == '["new", "other.db"]'
