"""Alignment files: what goes in comes out, in the documented shape, and nothing wrong is accepted."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from jsonschema import Draft202012Validator
from support_formats import alignment_of, letter_of, letters_with_alignments

from aligner.errors import AlignmentError, DocumentError
from aligner.formats.alignment_json import dumps, loads
from aligner.formats.validation import schema
from aligner.model import (
    Absence,
    AbsenceKind,
    Alignment,
    Finding,
    Letter,
    Link,
    Mode,
    Place,
    Quoted,
    Residue,
    ResidueKind,
    Severity,
)


def sample() -> Alignment:
    """One value of every kind."""
    letter = letter_of(["Hi all,", "I leave today, most importantly.", "Thanks."])
    links = [
        Link("l1", ("s1",), ("t1",), Mode.DIRECT, 0.98),
        Link("l2", ("s2",), ("t2", "t3"), Mode.INDIRECT, 2 / 3),
    ]
    missing = letter.base.document.text.index("most")
    return alignment_of(
        letter,
        ["大家好，", "他今天", "离开。"],
        links,
        gaps=["", "他说：", ""],
        absences=(
            Absence("s3", AbsenceKind.OMITTED, 0.93),
            Absence("s2", AbsenceKind.PARTIAL, 0.71, missing, missing + 16, "most importantly"),
        ),
        residue=(Residue(4, 7, "他说：", ResidueKind.NARRATION),),
        findings=(
            Finding(
                "f1",
                "numbers",
                "accuracy/mistranslation",
                Severity.MINOR,
                None,
                Quoted(8, 10, "今天"),
                0.81999,
                {"zh": "数字", "en": "number"},
                (Place("robot-b", "target", 3, 5, "今天"),),
                {"expected": (1, 2)},
            ),
        ),
    )


@given(letters_with_alignments())
def test_what_is_written_is_read_back(pair: tuple[Letter, Alignment]) -> None:
    text = dumps(pair[1])
    assert loads(text, "file") == pair[1]
    assert dumps(loads(text, "file")) == text


def test_keys_stand_in_the_documented_order() -> None:
    data = json.loads(dumps(sample()))
    assert list(data) == [
        "schema",
        "letter",
        "rendering",
        "source",
        "target",
        "signature",
        "segments",
        "links",
        "absences",
        "residue",
        "findings",
    ]
    assert list(data["source"]) == ["document", "sha256", "text_sha256", "language"]
    assert list(data["target"]) == ["document", "sha256", "text_sha256", "language", "region"]
    assert list(data["signature"]) == ["aligner", "engine", "encoder", "settings"]
    assert data["segments"]["source"][0] == {"id": "s1", "start": 0, "end": 7, "text": "Hi all,"}
    assert list(data["links"][0]) == ["id", "source", "target", "mode", "confidence", "status"]
    assert list(data["absences"][0]) == ["source", "kind", "confidence"]
    assert list(data["absences"][1]) == ["source", "kind", "start", "end", "text", "confidence"]
    assert list(data["residue"][0]) == ["start", "end", "text", "kind"]
    assert list(data["findings"][0]) == [
        "id",
        "check",
        "category",
        "severity",
        "source",
        "target",
        "places",
        "score",
        "messages",
        "evidence",
    ]


def test_numbers_are_rounded_and_chinese_is_readable() -> None:
    text = dumps(sample())
    data = json.loads(text)
    assert data["links"][1]["confidence"] == 0.6667
    assert data["findings"][0]["score"] == 0.82
    assert "大家好，" in text
    assert text.endswith("}\n")


def test_the_order_of_settings_does_not_show() -> None:
    one = sample()
    settings = dict(reversed(one.signature.settings.items()))
    assert dumps(replace(one, signature=replace(one.signature, settings=settings))) == dumps(one)


def test_nothing_linked_has_no_region_and_findings_are_always_there() -> None:
    letter = letter_of(["Hi."])
    empty = alignment_of(letter, [], [], absences=(Absence("s1", AbsenceKind.OUTSIDE, 1.0),))
    data = json.loads(dumps(empty))
    assert data["target"]["region"] is None
    assert data["findings"] == []


def test_the_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(schema("alignment"))


def test_keys_added_later_are_ignored() -> None:
    data = json.loads(dumps(sample()))
    data["reviewed_by"] = "somebody"
    data["links"][0]["words"] = []
    assert dumps(loads(json.dumps(data), "file")) == dumps(sample())


@pytest.mark.parametrize("evidence", [{"a": float("nan")}, {"a": {1, 2}}, {"a": b"x"}])
def test_evidence_that_is_not_json_is_refused(evidence: dict[str, Any]) -> None:
    one = sample()
    broken = replace(one, findings=(replace(one.findings[0], evidence=evidence),))
    with pytest.raises(AlignmentError, match="rendering robot-a: settings or evidence"):
        dumps(broken)


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"category": ""}, r"\$\.findings\[0\]\.category"),
        ({"category": "Accuracy/Omission"}, r"\$\.findings\[0\]\.category"),
        ({"places": (Place("robot-b", "left", 0, 1, "x"),)}, r"\$\.findings\[0\]\.places\[0\]\.side"),
    ],
)
def test_what_breaks_the_schema_is_not_written(change: dict[str, Any], path: str) -> None:
    one = sample()
    with pytest.raises(AlignmentError, match=path):
        dumps(replace(one, findings=(replace(one.findings[0], **change),)))


def _set(*path: str | int, to: object) -> Callable[[Any], None]:
    def change(data: Any) -> None:
        for key in path[:-1]:
            data = data[key]
        data[path[-1]] = to

    return change


def _drop(*path: str | int) -> Callable[[Any], None]:
    def change(data: Any) -> None:
        for key in path[:-1]:
            data = data[key]
        del data[path[-1]]

    return change


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (_set("schema", to="aligner/alignment@2"), "file: $.schema: "),
        (_drop("findings"), "file: $: 'findings' is a required property"),
        (_drop("target", "region"), "file: $.target: 'region' is a required property"),
        (_set("target", "region", to=[3]), "file: $.target.region: "),
        (_set("target", "region", to=[3, 3]), "file: $.target: span [3, 3) is empty"),
        (_set("source", "sha256", to="abc"), "file: $.source.sha256: "),
        (_set("links", 0, "confidence", to=1.2), "file: $.links[0].confidence: 1.2 is greater"),
        (_set("links", 0, "mode", to="loose"), "file: $.links[0].mode: 'loose' is not one of"),
        (_set("links", 1, "target", to=[]), "file: $.links[1].target: "),
        (_set("links", 0, "source", to=["s9"]), "file: rendering robot-a: link l1 names unknown source segment s9"),
        (_set("segments", "source", 0, "end", to=6), "file: $.segments.source[0]: segment s1 [0, 6)"),
        (_set("segments", "target", 1, "start", to="7"), "file: $.segments.target[1].start: '7' is not of type"),
        (_set("segments", "target", 1, "id", to="t1"), "file: rendering robot-a: two segments have the id t1"),
        (_drop("absences", 1, "text"), "file: $.absences[1]: 'text' is a required property"),
        (_set("absences", 1, "end", to=12), "file: $.absences[1]: ["),
        (_drop("absences", 0), "file: rendering robot-a: source segment s3 is neither linked nor absent"),
        (_set("residue", 0, "end", to=6), "file: $.residue[0]: [4, 6) does not fit its text of 3 characters"),
        (_set("findings", 0, "target", "text", to="今"), "file: $.findings[0]: ["),
        (_set("findings", 0, "source", to=3), "file: $.findings[0].source: "),
        (_set("findings", 0, "severity", to="grave"), "file: $.findings[0].severity: 'grave' is not one of"),
    ],
)
def test_a_wrong_file_is_refused_with_its_place(change: Callable[[Any], None], message: str) -> None:
    data = json.loads(dumps(sample()))
    change(data)
    with pytest.raises(AlignmentError) as caught:
        loads(json.dumps(data), "file")
    assert str(caught.value).startswith(message)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "file:1:1: not JSON"),
        ('{"schema":\n oops}', "file:2:2: not JSON"),
        ("[" * 100_000, "file: JSON nested too deeply"),
    ],
)
def test_what_is_not_json_is_refused_with_its_place(text: str, message: str) -> None:
    with pytest.raises(DocumentError) as caught:
        loads(text, "file")
    assert str(caught.value).startswith(message)


@pytest.mark.parametrize("text", ["[]", "null", "3", '"text"'])
def test_json_of_another_kind_is_refused(text: str) -> None:
    with pytest.raises(AlignmentError, match=r"file: \$: .* is not of type 'object'"):
        loads(text, "file")


def test_a_long_complaint_is_cut() -> None:
    data = json.loads(dumps(sample()))
    data["links"] = "x" * 5000
    with pytest.raises(AlignmentError) as caught:
        loads(json.dumps(data), "file")
    assert len(str(caught.value)) < 400
