"""Every registered check keeps the contract: cases for and against, messages, reasons, spans that lie nowhere."""

from __future__ import annotations

import re
import string
from pathlib import Path
from typing import Any

import pytest
from support_checks import case_file, findings_of, read_cases, small_context

from aligner.checks import CHECKS, select
from aligner.checks.messages import LANGUAGES, catalogue, message
from aligner.errors import AlignerError, UnknownNameError
from aligner.model import Finding

MQM = {"accuracy", "terminology", "linguistic conventions", "style", "locale conventions", "audience appropriateness",
       "design and markup"}  # fmt: skip


def parameters() -> list[Any]:
    found = []
    for name in CHECKS:
        if not case_file(name).is_file():
            continue
        for case in read_cases(name):
            marks = [pytest.mark.xfail(strict=True, reason=case["fails"])] if "fails" in case else []
            found.append(pytest.param(name, case, id=f"{name}: {case['label']}", marks=marks))
    return found


@pytest.mark.parametrize(("name", "case"), parameters())
def test_case(name: str, case: dict[str, Any]) -> None:
    found = findings_of(name, case)
    expected = case["expect"]
    given = [(rendering, finding) for rendering, findings in found.items() for finding in findings]
    shown = [(r, f.source and f.source.text, f.target and f.target.text, f.severity.value, f.score) for r, f in given]
    assert len(given) == len(expected), shown
    for wanted in expected:
        assert any(fits(rendering, finding, wanted) for rendering, finding in given), (wanted, shown)


def fits(rendering: str, finding: Finding, wanted: dict[str, Any]) -> bool:
    sides = {"source": finding.source, "target": finding.target}
    return (
        all(name not in wanted or (sides[name] and sides[name].text) == wanted[name] for name in sides)  # type: ignore[union-attr]
        and wanted.get("severity", finding.severity.value) == finding.severity.value
        and wanted.get("category", finding.category) == finding.category
        and wanted.get("rendering", rendering) == rendering
        and wanted.get("places", len(finding.places)) == len(finding.places)
    )


@pytest.mark.parametrize("name", CHECKS)
def test_there_are_cases_for_and_against(name: str) -> None:
    cases = read_cases(name)
    assert len({case["label"] for case in cases}) == len(cases)
    assert all(case["why"] for case in cases)
    held = [case for case in cases if "fails" not in case]
    assert sum(bool(case["expect"]) for case in held) >= 3, "positives"
    assert sum(not case["expect"] for case in held) >= 3, "negatives"


def test_no_cases_are_left_of_a_check_that_is_gone() -> None:
    known = {case_file(name).name for name in CHECKS}
    assert {path.name for path in case_file("x").parent.glob("checks_*.json")} <= known


@pytest.mark.parametrize("name", CHECKS)
def test_a_check_says_what_it_sees_and_why_it_judges(name: str) -> None:
    check = CHECKS[name]
    assert check.name == name
    assert len(check.title) > 30
    assert check.title.endswith(".")
    assert check.limits.endswith(".")
    assert check.scope in {"rendering", "letter"}
    for kind, threshold in check.thresholds.items():
        assert 0 < threshold.value <= 1, kind
        assert len(threshold.reason) > 15, kind
        assert threshold.gold, kind


@pytest.mark.parametrize("name", CHECKS)
def test_every_kind_has_its_message_in_both_languages(name: str) -> None:
    texts = catalogue()[name]
    assert set(texts) == set(CHECKS[name].thresholds)
    for kind, by_language in texts.items():
        assert set(by_language) == set(LANGUAGES), kind
        fields = [{f for _, f, _, _ in string.Formatter().parse(by_language[each]) if f} for each in LANGUAGES]
        assert fields[0] == fields[1], kind
        assert not re.search("[\u4e00-\u9fff]", by_language["en"]), kind
        assert re.search("[\u4e00-\u9fff]", by_language["zh"]), kind


def test_no_messages_of_checks_that_are_gone() -> None:
    assert set(catalogue()) == set(CHECKS)


def test_categories_are_of_the_core() -> None:
    for name in CHECKS:
        text = Path(__import__(CHECKS[name].function.__module__, fromlist=["x"]).__file__).read_text("utf-8")
        found = re.findall(r'"([a-z ]+)/[a-z ]+"', text)
        assert set(found) <= MQM | {"benchmarks"}, name


def test_an_unknown_check_is_answered_with_the_known_ones() -> None:
    with pytest.raises(UnknownNameError, match=r"unknown check 'nmbers'.*numbers"):
        select(["nmbers"])


def test_checks_are_run_in_the_order_of_the_registry() -> None:
    assert [check.name for check in select(reversed(list(CHECKS)))] == list(CHECKS)


def test_a_message_that_is_not_there_is_a_fault_with_its_name() -> None:
    with pytest.raises(AlignerError, match="no message for kind of check none"):
        message("none", "kind", {})
    with pytest.raises(AlignerError, match="lacks"):
        message("numbers", "differs", {})


def test_spans_are_what_stands_in_the_documents() -> None:
    from aligner.checks import run

    context = small_context(
        ["We are 53 people.", "It takes two hours."],
        {"r": {"sentences": ["我们有35人。", "要两天。"], "before": "他写道：“", "after": "”"}},
    )
    report = run(context, tuple(CHECKS.values()))
    assert report.findings["r"]
    for finding in report.findings["r"]:
        for passage, quoted in (
            (context.renderings[0].units[0].source, finding.source),
            (context.renderings[0].units[0].target, finding.target),
        ):
            assert quoted is None or passage.document[quoted.start : quoted.end] == quoted.text
