"""What decisions say, read back, and what holds of it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from support_replay import Texts as Both
from support_replay import said as decided

from aligner.errors import AlignerError
from aligner.model import Quoted, sha256_of
from aligner.review.decisions import Decision, Kind, dumps, loads
from aligner.review.history import redoable, standing, undoable
from aligner.review.judgements import Texts, judgements
from aligner.review.payloads import KINDS, payload_of, said
from aligner.review.said import (
    Adjudication,
    Assignment,
    Comment,
    Emended,
    Mark,
    Said,
    Score,
    Suggestion,
    Verdict,
    Work,
)  # fmt: skip

OVER = Both("I am 😀 glad.\r\nVery e\u0301t.", "我很𠀀高兴。非常😀。")
TODAY = Texts(OVER.source, OVER.target, sha256_of(OVER.source), sha256_of(OVER.target))
GLAD = Quoted(5, 11, "😀 glad")
HAPPY = Quoted(2, 5, "𠀀高兴")
MARK = Mark("mqm-core", "2.0", "accuracy/mistranslation", "minor", (HAPPY,), (GLAD,), "why", "很高兴")
VALUES: list[Said] = [
    MARK,
    Verdict("f1", "numbers", MARK),
    Verdict("f1", "numbers", None, "no error"),
    Score(71.5, GLAD),
    Score(0),
    Comment("hm 😀", (HAPPY,), (), "f1"),
    Suggestion("高兴", (HAPPY,)),
    Emended(Quoted(0, 4, "I am"), "I'm", True),
    Work("done", GLAD),
    Work("in_work"),
    Assignment("ben", False),
    Adjudication(("1", "2"), MARK, "clear"),
    Adjudication(("1",), Score(3)),
    Adjudication(("1",), Verdict("f1", "numbers", None, "no")),
    Adjudication(("1",), None),
]


def make(name: str, value: Said, reviewer: str = "ann") -> Decision:
    return decided(name, KINDS[type(value)], payload_of(value), OVER, reviewer)


@pytest.mark.parametrize("value", VALUES, ids=lambda value: type(value).__name__)
def test_what_is_said_comes_back_from_lines(value: Said) -> None:
    (back,) = loads(dumps([make("1", value)]))
    assert said(back) == value
    assert judgements([back], TODAY).orphans == ()


@pytest.mark.parametrize(
    ("kind", "payload", "message"),
    [
        (Kind.SCORE, {"score": 101, "source": []}, "not between 0 and 100"),
        (Kind.SCORE, {"score": True, "source": []}, "not a number"),
        (Kind.SCORE, {"source": []}, "not one of kind score"),
        (Kind.ERROR, payload_of(replace(MARK, target=(), source=())), "no span"),
        (Kind.ERROR, {**payload_of(MARK), "severity": 3}, "not a text"),
        (Kind.FINDING, {"finding": "f", "check": "c", "mark": None, "reason": " "}, "without a reason"),
        (Kind.COMMENT, {"text": ""}, "empty comment"),
        (Kind.WORK, {"state": "ready"}, "unknown state"),
        (Kind.ADJUDICATION, {"about": [], "outcome": None}, "settles nothing"),
        (Kind.REPLACE, {"action": "guess"}, "unknown action"),
        (Kind.REPLACE, {"action": "link", "before": None, "after": {}}, "not a part"),
    ],
)
def test_a_faulty_payload_is_an_orphan_that_says_why(kind: Kind, payload: dict[str, Any], message: str) -> None:
    decision = decided("1", kind, payload, OVER)
    with pytest.raises(AlignerError, match=message):
        said(decision)
    if kind is not Kind.REPLACE:
        assert message in judgements([decision], TODAY).orphans[0].reason


def test_a_reviewer_has_one_word_on_a_sentence_and_a_finding_and_reviewers_stand_side_by_side() -> None:
    log = [
        make("1", Score(50, GLAD)),
        make("2", Score(60, GLAD)),
        make("3", Score(70, GLAD), "ben"),
        make("4", Score(80)),
        make("5", Verdict("f1", "numbers", MARK)),
        make("6", Verdict("f1", "numbers", None, "no")),
        make("7", Verdict("f1", "numbers", MARK), "ben"),
        make("8", replace(MARK, severity="major", replaces="1")),
        make("9", MARK, "ben"),
        make("10", replace(MARK, severity="major", replaces="9"), "ann"),
        make("11", replace(MARK, severity="critical", replaces="8")),
        make("12", Work("done", GLAD), "ben"),
        make("13", Work("open", GLAD)),
        make("14", Assignment("ben")),
        make("15", Assignment("cy")),
        make("16", Assignment("ben", False)),
    ]
    found = judgements(standing(log), TODAY)
    assert [(d.reviewer, s.score) for d, s in found.scores] == [("ann", 60), ("ben", 70), ("ann", 80)]
    assert [(d.reviewer, v.accepted) for d, v in found.verdicts] == [("ann", False), ("ben", True)]
    assert {a.id for a in found.annotations()} == {"7", "9", "10", "11"}
    assert {a.id for a in found.annotations("ben")} == {"7", "9"}
    assert [(d.reviewer, w.state) for d, w in found.work] == [("ben", "done"), ("ann", "open")]
    assert found.finished(GLAD, "ben") and not found.finished(GLAD, "ann")
    assert found.assigned == ("cy",)
    assert found.reviewers == ("ann", "ben")


def test_adjudication_leaves_the_reviewers_words_and_publishes_its_own() -> None:
    log = [make("1", MARK), make("2", replace(MARK, severity="major"), "ben"), make("3", MARK, "ben")]
    settled = make("4", Adjudication(("1", "2"), replace(MARK, severity="critical")), "eve")
    found = judgements([*log, settled], TODAY)
    assert [a.id for a in found.annotations()] == ["1", "2", "3"]
    assert [(a.id, a.severity, a.reviewer) for a in found.published()] == [
        ("3", "minor", "ben"),
        ("4", "critical", "eve"),
    ]
    again = make("5", Adjudication(("4",), None), "eve")
    assert [a.id for a in judgements([*log, settled, again], TODAY).published()] == ["3"]


def test_a_finding_is_accepted_dismissed_or_disputed_until_somebody_settles_it() -> None:
    log = [
        make("1", Verdict("f1", "numbers", MARK)),
        make("2", Verdict("f1", "numbers", None, "free"), "ben"),
        make("3", Verdict("f2", "numbers", MARK)),
        make("4", Verdict("f3", "numbers", None, "free")),
    ]
    assert judgements(log, TODAY).findings() == {"f1": "disputed", "f2": "accepted", "f3": "dismissed"}
    log += [make("5", Adjudication(("1", "2"), MARK, "clear"), "eve"), make("6", Adjudication(("3",), None), "eve")]
    assert judgements(log, TODAY).findings() == {"f1": "accepted", "f2": "dismissed", "f3": "dismissed"}
    log.append(make("7", Adjudication(("5",), Verdict("f1", "numbers", None, "no")), "eve"))
    assert judgements(log, TODAY).findings()["f1"] == "dismissed"


def test_words_that_moved_are_found_and_those_that_left_can_be_attached_again() -> None:
    moved = replace(TODAY, target="题。" + OVER.target, target_sha256=sha256_of("题。" + OVER.target))
    one = make("1", MARK)
    assert judgements([one], moved).annotations()[0].target == (Quoted(4, 7, "𠀀高兴"),)
    gone = replace(TODAY, target="我太高興了。", target_sha256=sha256_of("我太高興了。"))
    assert "no longer has the quoted words" in judgements([one], gone).orphans[0].reason
    spans = [
        {
            "side": "target",
            "from": {"start": 2, "end": 5, "text": "𠀀高兴"},
            "to": {"start": 1, "end": 4, "text": "太高興"},
        }
    ]
    to = replace(
        decided("2", Kind.REATTACH, {"decision": "1", "spans": spans}, OVER, "ben"), target_sha256=gone.target_sha256
    )
    found = judgements(standing([one, to]), gone)
    assert found.orphans == ()
    assert found.annotations("ann")[0].target == (Quoted(1, 4, "太高興"),)
    assert found.annotations("ann")[0].source == (GLAD,)


def test_undo_and_redo_take_the_last_and_a_new_decision_ends_redoing() -> None:
    log = [make("1", MARK), make("2", MARK, "ben"), make("3", MARK)]
    assert [d.id for d in undoable(log, "ann", "shared")] == ["1", "3"]
    log.append(decided("4", Kind.UNDO, {"decision": "3"}, OVER))
    log.append(decided("5", Kind.UNDO, {"decision": "1"}, OVER))
    assert [d.id for d in redoable(log, "ann", "shared")] == ["3", "1"]
    log.append(decided("6", Kind.REDO, {"decision": "1"}, OVER))
    assert [d.id for d in undoable(log, "ann", "shared")] == ["1"]
    assert [d.id for d in redoable(log, "ann", "shared")] == ["3"]
    assert redoable([*log, make("7", MARK)], "ann", "shared") == ()
    assert [d.id for d in redoable([*log, make("7", MARK, "ben")], "ann", "shared")] == ["3"]
