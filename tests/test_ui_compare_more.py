"""What comes behind the Compare page: a sentence word by word, errors and scores."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import support_ui
from support_engines import use
from support_judging import NORTH, SOUTH, built_folder, desk_of, fill

from aligner.corpus import Corpus
from aligner.model import Finding, Quoted, Severity
from aligner.pipeline.reviewing import Desk
from aligner.pipeline.scoring import Asked, score_letter
from aligner.pipeline.wordwise import Renderings
from aligner.review.figures import Resampling
from aligner.review.scores import Settings
from aligner.review.typologies import load
from aligner.store import open_store
from aligner.ui.published import versions
from aligner.ui.views.compare_scores import open_profile, scores
from aligner.ui.views.compare_words import words

ORDER = ["bridge-001", "bridge-002", "bridge-004"]


@pytest.fixture(scope="module")
def renderings(tmp_path_factory: pytest.TempPathFactory) -> Renderings:
    corpus = Corpus.open(support_ui.build(tmp_path_factory.mktemp("more")))
    made = {version.id: version.made for version in versions(corpus, "bridge") if version.made}
    alignments = {name: each.alignment for name, each in made.items()}
    return Renderings(corpus.letter("bridge"), alignments, {name: each.document for name, each in made.items()})


def seen(made: Renderings, number: int, **pick: Any) -> dict[str, Any]:
    return words(made, ORDER, number, use(), pick=pick)


def test_a_sentence_is_given_in_all_renderings_that_have_it(renderings: Renderings) -> None:
    view = seen(renderings, 4)
    assert json.loads(json.dumps(view)) == view
    assert view["text"].startswith("It is eighty years old")
    assert sorted([*view["all"], *view["without"]]) == ORDER
    assert view["renderings"] == view["all"]
    assert view["base"] in view["all"]
    assert view["chosen"] is None
    for k, name in enumerate(view["renderings"]):
        sides = [spot["sides"][k] for spot in view["spots"]]
        assert "".join(view["texts"][name][start:end] for start, _, end, *_ in sides) == view["texts"][name]
        assert all(start <= stop <= end for start, stop, end, *_ in sides)
        article = renderings.documents[name].text
        assert all(
            article[at : at + end - start] == view["texts"][name][start:end]
            for start, _, end, _, at in sides
            if at >= 0
        )
    assert sum(view["counts"].values()) == len(view["spots"]) > 1
    assert all(spot["reasons"] for spot in view["spots"] if spot["kind"] != "same")


def test_a_pair_and_a_base_are_chosen_where_they_render_the_sentence(renderings: Renderings) -> None:
    every = seen(renderings, 4)["all"]
    first, second = every[:2]
    pair = seen(renderings, 4, renderings=[second, first, "nothing"], base=second)
    assert (pair["renderings"], pair["base"], pair["chosen"]) == ([first, second], second, second)
    strange = seen(renderings, 4, renderings=[first, "nothing"], base="nothing")
    assert (strange["renderings"], strange["chosen"]) == (every, None)


def test_a_sentence_with_one_rendering_has_no_places(renderings: Renderings) -> None:
    alone = next(view for number in range(1, 9) if len((view := seen(renderings, number))["all"]) == 1)
    assert (alone["spots"], alone["renderings"], alone["base"]) == ([], [], None)


def test_errors_that_checks_found_are_marked_and_information_is_not(renderings: Renderings) -> None:
    alignment = renderings.alignments["bridge-001"]
    segment = next(s for s in alignment.target_segments if "不安全" in s.text)
    at = segment.start + segment.text.index("不安全")
    found = Finding("f", "numbers", "accuracy/mistranslation", Severity.MINOR, None, Quoted(at, at + 3, "不安全"), 0.9,
                    {"en": "Look.", "zh": "请看。"})  # fmt: skip
    for severity, marked in ((Severity.MINOR, True), (Severity.INFO, False)):
        told = replace(alignment, findings=(replace(found, severity=severity),))
        view = seen(replace(renderings, alignments={**renderings.alignments, "bridge-001": told}), 4)
        marks = view["marks"]["bridge-001"]
        assert [view["texts"]["bridge-001"][m["start"] : m["end"]] for m in marks] == (["不安全"] if marked else [])
        assert any("finding" in spot["reasons"] for spot in view["spots"]) == marked


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built_folder(tmp_path_factory.mktemp("judged"))


@pytest.fixture
def desk(folder: Path, tmp_path: Path) -> Iterator[Desk]:
    with open_store(str(tmp_path / "reviews.db")) as store:
        yield desk_of(folder, store)


def test_scores_stand_by_reviewer_with_their_intervals(desk: Desk) -> None:
    fill(desk)
    settings = Settings(resampling=Resampling(resamples=20))
    each, together = (
        score_letter(desk, "farewell", asked=Asked(settings=settings, published=p)) for p in (False, True)
    )
    lines = scores(each, together, load())
    assert json.loads(json.dumps(lines)) == lines
    assert [line["whose"] for line in lines] == ["mean", *[""] * (len(lines) - 2), "published"]
    ann = next(line for line in lines if line["of"] == "ann")["columns"][NORTH]
    assert (ann["judged"], ann["words"], ann["errors"], ann["points"]) == (5, 19, 2, 6)
    assert ann["rate"]["value"] == pytest.approx(6 / 19 * 1000, abs=0.01)
    assert ann["rate"]["low"] <= ann["rate"]["value"] <= ann["rate"]["high"]
    assert sorted((item["severity"], item["count"]) for item in ann["profile"]) == [("major", 1), ("minor", 1)]
    assert all(item["names"]["zh"] and item["rate"]["low"] <= item["rate"]["high"] for item in ann["profile"])
    assert set(lines[0]["columns"]) <= {NORTH, SOUTH}


def test_the_programs_findings_are_counted_while_nobody_judged_them() -> None:
    def finding(name: str, severity: Severity) -> Finding:
        return Finding(name, "numbers", "accuracy/mistranslation", severity, None, Quoted(0, 1, "一"), 0.9, {})

    every = [finding("a", Severity.MINOR), finding("b", Severity.MINOR), finding("c", Severity.INFO)]
    profile = open_profile({"x": every, "y": every}, {"x": frozenset({"a"})})
    assert profile["x"]["profile"] == [
        {"category": "accuracy/mistranslation", "parts": ["accuracy", "mistranslation"], "names": {},
         "severity": "minor", "count": 1}
    ]  # fmt: skip
    assert profile["y"]["errors"] == 2
