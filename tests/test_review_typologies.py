"""Typologies are data that names itself, costs what its source says, and refuses what is wrong by file and key."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path

import pytest
from support_review import OWN, error, quoted

from aligner.errors import AlignerError, UnknownNameError
from aligner.model import Severity
from aligner.review.annotations import ErrorAnnotation, EsaScore
from aligner.review.typologies import TYPOLOGIES, TypologyError, load, parse, read

ROOT = Path(__file__).parent.parent


def test_the_core_has_the_seven_dimensions_and_38_types_of_mqm_2() -> None:
    """Counts per dimension: themqm.org, MQM 2.0 Core."""
    core = load()
    counts: dict[str, int] = {}
    for category in core.categories:
        counts[category.dimension] = counts.get(category.dimension, 0) + 1
    assert counts == {
        "terminology": 3, "accuracy": 7, "linguistic conventions": 6, "style": 7, "locale conventions": 8,
        "audience appropriateness": 2, "design and markup": 5,
    }  # fmt: skip
    assert [(grade.id, grade.multiplier) for grade in core.severities] == [
        ("neutral", 0), ("minor", 1), ("major", 5), ("critical", 25),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("severity", "category", "points"),
    [
        ("major", "non-translation", 25),
        ("major", "accuracy/mistranslation", 5),
        ("major", "fluency/punctuation", 5),
        ("minor", "fluency/punctuation", 0.1),
        ("minor", "fluency/grammar", 1),
        ("neutral", "style/unnatural or awkward", 0),
    ],
)
def test_googles_weights(severity: str, category: str, points: float) -> None:
    """The table of the README of google/wmt-mqm-human-evaluation."""
    assert load("google-mqm").points(category, severity) == points


@pytest.mark.parametrize("name", TYPOLOGIES)
def test_every_typology_is_whole(name: str) -> None:
    typology = load(name)
    assert typology.id == name
    for severity in Severity:
        assert typology.of_finding(severity) in typology.order
    texts = [item.names for item in (*typology.severities, *typology.categories, *typology.scale)]
    texts += [item.hints for item in (*typology.severities, *typology.categories)]
    for text in texts:
        assert not re.search(r"[\u4e00-\u9fff]", text["en"])
        assert re.search(r"[\u4e00-\u9fff]", text["zh"])
    multipliers = [grade.multiplier for grade in typology.severities]
    assert multipliers == sorted(multipliers)


def test_only_the_core_calls_itself_mqm() -> None:
    assert [name for name in TYPOLOGIES if load(name).mqm] == ["mqm-core"]


def test_esa_has_no_categories_and_a_scale() -> None:
    esa = load("esa")
    assert not esa.categories
    assert [anchor.value for anchor in esa.scale] == [0, 33, 66, 100]
    assert esa.points("", "major") == 5
    with pytest.raises(UnknownNameError):
        esa.points("accuracy/omission", "major")


def categories_of_checks() -> set[str]:
    """Every text in the code of the checks that looks like `dimension/type` of the core's dimensions."""
    dimensions = {category.dimension for category in load().categories}
    return {
        node.value
        for path in (ROOT / "aligner" / "checks").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.partition("/")[0] in dimensions
        if "/" in node.value
    }


def test_every_category_that_a_check_can_give_is_in_the_core() -> None:
    given = categories_of_checks()
    assert len(given) >= 9
    core = {category.id for category in load().categories}
    stems = {
        text for text in given if text.endswith("/")
    }  # completed from a table; the cases and the corpus show with what
    assert all(any(category.startswith(stem) for category in core) for stem in stems)
    assert given - stems - core == set()
    shown = {
        found["category"]
        for path in (ROOT / "tests" / "cases").glob("checks_*.json")
        for case in json.loads(path.read_text(encoding="utf-8"))
        for found in case["expect"]
        if "category" in found
    }
    assert shown
    assert shown - core == set()


def test_every_finding_of_the_corpus_has_a_category_of_the_core() -> None:
    core = {category.id for category in load().categories}
    given = {
        finding["category"]
        for path in (ROOT / "corpus").glob("*/*.json")
        for finding in json.loads(path.read_text(encoding="utf-8")).get("findings", ())
    }
    assert given
    assert given - core == set()


def test_a_teams_own_is_read_from_toml(tmp_path: Path) -> None:
    path = tmp_path / "house.toml"
    path.write_text(OWN, encoding="utf-8")
    own = read(path)
    assert (own.id, own.version, own.order, own.mqm) == ("house", "1.2", ("slight", "grave"), False)
    assert own.points("content/gap", "grave") == 10
    assert own.points("content/gap", "slight") == 0.5
    assert own.of_finding(Severity.MINOR) == "slight"
    with pytest.raises(AlignerError, match="no severity for findings that are critical"):
        own.of_finding(Severity.CRITICAL)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('id = "house"', "", "id is missing"),
        ('id = "house"', "id = 3", "id is not a text"),
        ('id = "house"', 'id = "My House"', "id 'My House' is not small letters"),
        ('id = "house"', 'id = "our-mqm"', "id 'our-mqm' names MQM"),
        ('en = "House rules"', 'en = "MQM of the house"', "names MQM"),
        ('source = "our style guide"', 'source = "x"\nmqm = true', "mqm is true"),
        ('version = "1.2"', 'version = "new"', "version 'new' is not a number"),
        ('version = "1.2"', 'versoin = "1.2"', "did you mean version?"),
        ("multiplier = 4", "", r"severity\[2\].multiplier is missing"),
        ("multiplier = 4", "multiplier = -1", r"severity\[2\].multiplier -1 is not a number"),
        ("multiplier = 4", "multiplier = nan", r"severity\[2\].multiplier nan is not a number"),
        ("multiplier = 4", "multiplier = true", r"severity\[2\].multiplier True is not a number"),
        ('id = "grave"', 'id = "slight"', "severity 'slight' stands twice"),
        ('findings = ["minor"]', 'findings = ["tiny"]', r"severity\[1\].findings"),
        ('findings = ["minor"]', "findings = [[1]]", r"severity\[1\].findings"),
        ('zh = "缺漏"', 'fr = "lacune"', r"category\[1\].name.fr is not a known key"),
        ('hint = { en = "missing", zh = "缺少" }', 'hint = { en = "missing" }', r"category\[1\].hint.zh is missing"),
        ("points = { slight = 0.5 }", "points = { slihgt = 1 }", r"category\[1\].points.slihgt .*did you mean slight"),
        ('id = "content/gap"', 'id = "Content/Gap"', r"category\[1\].id"),
        ("source_span = true", 'source_span = "yes"', r"category\[1\].source_span"),
        ("[[category]]", "[category]", "category is not a list of tables"),
        ('id = "house"', "id = ", "is not TOML"),
    ],
)
def test_a_fault_names_file_and_key(old: str, new: str, message: str) -> None:
    assert old in OWN
    with pytest.raises(TypologyError, match=f"house.toml: .*{message}"):
        parse(OWN.replace(old, new, 1), "house.toml")


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(TypologyError, match="cannot be read"):
        read(tmp_path / "none.toml")
    (tmp_path / "gb.toml").write_bytes('id = "规则"'.encode("gb18030"))
    with pytest.raises(TypologyError, match="is not UTF-8"):
        read(tmp_path / "gb.toml")


def test_an_annotation_is_held_against_the_version_it_names() -> None:
    load().check(error("accuracy/omission", "major"))
    with pytest.raises(AlignerError, match="made with typology esa 2024, not mqm-core"):
        load().check(error("", "major", typology="esa"))
    with pytest.raises(UnknownNameError, match="unknown category"):
        load().check(error("accuracy/omision", "major"))
    with pytest.raises(UnknownNameError, match="unknown severity"):
        load().check(error("accuracy/omission", "huge"))
    only_target = ErrorAnnotation("a", "r", "v", "mqm-core", "2.0", "accuracy/omission", "major", (quoted(0, 2),))
    with pytest.raises(AlignerError, match="needs a span in the letter"):
        load().check(only_target)


def test_values_refuse_to_be_wrong() -> None:
    with pytest.raises(AlignerError, match="no span"):
        ErrorAnnotation("a", "r", "v", "esa", "2024", "", "minor")
    with pytest.raises(AlignerError, match="overlap at offset 1"):
        ErrorAnnotation("a", "r", "v", "esa", "2024", "", "minor", (quoted(0, 2), quoted(1, 3)))
    for score in (-1, 100.5, float("nan")):
        with pytest.raises(AlignerError, match="not between 0 and 100"):
            EsaScore("r", "v", score)


def test_the_example_of_the_docs_is_a_typology() -> None:
    block = re.search(r"```toml\n(.*?)```", (ROOT / "docs" / "scores.md").read_text(encoding="utf-8"), re.DOTALL)
    assert block is not None
    example = parse(block.group(1), "docs/scores.md")
    assert example.points("accuracy/omission", "minor") == 0.5
    assert example.points("accuracy/omission", "major") == 10
    for severity in Severity:
        assert example.of_finding(severity) in example.order


def test_the_docs_name_every_typology_with_its_version() -> None:
    page = (ROOT / "docs" / "scores.md").read_text(encoding="utf-8")
    for name in TYPOLOGIES:
        assert re.search(rf"^\| `{name}`[^|]*\| {re.escape(load(name).version)} \|", page, re.MULTILINE), name
