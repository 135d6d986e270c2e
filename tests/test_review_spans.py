"""The spans of a payload, on the side that the innermost key says."""

from __future__ import annotations

from support_store import decision, replacing

from aligner.review.conflicts import touched
from aligner.review.decisions import Kind
from aligner.review.spans import changed_spans, payload_spans

WORD = {"start": 3, "end": 5, "text": "ab"}
PAYLOAD = {
    "before": {"links": [{"source": [WORD], "target": [WORD, WORD]}], "absences": [{"source": WORD, "part": WORD}]},
    "mark": {"target": [WORD], "comment": "start"},
    "emendation": WORD,
    "residue": [{**WORD, "kind": "narration"}],
    "loose": WORD,
}


def test_every_span_is_found_with_its_side_and_place() -> None:
    found = [(side, place.removeprefix("payload.")) for side, _, place in payload_spans(PAYLOAD)]
    assert found == [
        ("source", "before.links[0].source[0]"),
        ("target", "before.links[0].target[0]"),
        ("target", "before.links[0].target[1]"),
        ("source", "before.absences[0].source"),
        ("source", "before.absences[0].part"),
        ("target", "mark.target[0]"),
        ("source", "emendation"),
        ("target", "residue[0]"),
        (None, "loose"),
    ]


def test_spans_are_changed_and_nothing_else() -> None:
    moved = changed_spans(PAYLOAD, lambda side, span: {**span, "start": 4} if side == "target" else span)
    assert [(side, span["start"]) for side, span, _ in payload_spans(moved)] == [
        (side, 4 if side == "target" else 3) for side, _, _ in payload_spans(PAYLOAD)
    ]
    assert moved["residue"] == [{"start": 4, "end": 5, "text": "ab", "kind": "narration"}]
    assert changed_spans(PAYLOAD, lambda _, span: span) == PAYLOAD


def test_what_a_decision_touches_are_its_spans_and_a_faulty_one_is_passed_over() -> None:
    assert {side for side, _, _ in touched(replacing("a"))} == {"source", "target"}
    faulty = {"emendation": {"start": [], "end": "x", "text": ""}}
    assert touched(decision("b", Kind.EMENDATION, payload=faulty)) == frozenset()
