"""`aligner scores` and `aligner agreement` as a person and as a program run them."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from support_cli import Program
from support_judging import NORTH, SOUTH, TEXTS, built_folder, desk_of, done, fill, mark, say, score
from support_review import OWN

from aligner.cli import score_tables
from aligner.model import Span
from aligner.pipeline.placing import Sentence
from aligner.pipeline.scoring import Asked, Scored, ScoredRendering
from aligner.review.layers import own_layer
from aligner.review.scores import Evaluated, score_rendering
from aligner.review.typologies import load
from aligner.store import open_store


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built_folder(tmp_path_factory.mktemp("built"))


@pytest.fixture
def program(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Program:
    """The command line in a copy of the built corpus."""
    monkeypatch.delenv("ALIGNER_DATABASE_URL", raising=False)
    folder = shutil.copytree(made, tmp_path / "work")
    monkeypatch.chdir(folder)
    return Program(folder, folder / "home")


@pytest.fixture
def judged(program: Program) -> Program:
    """A program whose database holds what two reviewers said."""
    with open_store(str(program.home / "aligner.db")) as store:
        desk = desk_of(program.folder, store)
        fill(desk)
        say(desk, "ann", NORTH, score(80, "We close"), score(60, "Thank you"), done())
        say(desk, "ben", NORTH, score(40, "We close"), done())
        say(desk, "ben", SOUTH, mark(SOUTH, "", "minor", "支持", typology=("esa", "2024")))
        editor = desk.editor("farewell", NORTH, own_layer("ann"))
        say(desk, "ann", NORTH, editor.merge(editor.part.beads[1:3]), layer=own_layer("ann"))
    return program


def closed(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}


def maybe(schema: dict[str, Any]) -> dict[str, Any]:
    return {"anyOf": [schema, {"type": "null"}]}


def listed(schema: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": schema}


TEXT, NUMBER, COUNT = {"type": "string"}, {"type": "number"}, {"type": "integer", "minimum": 0}
FIGURE = closed(
    value=maybe(NUMBER), formula={"type": "string", "minLength": 5}, n=COUNT, items=TEXT,
    interval=maybe(closed(low=NUMBER, high=NUMBER, level=NUMBER, resamples=COUNT)), remark=TEXT,
)  # fmt: skip
ERROR = {"id": TEXT, "reviewer": TEXT, "category": TEXT, "severity": TEXT}
COUNCIL = closed(
    unit=TEXT, length=COUNT, errors=NUMBER, points=NUMBER, error_rate=FIGURE, penalty_rate=FIGURE, raw=FIGURE,
    calibrated=FIGURE, passed=maybe({"type": "boolean"}),
    profile=listed(closed(category=TEXT, severity=TEXT, count=COUNT, points=NUMBER, rate=FIGURE)),
    sentences=listed(closed(id=TEXT, length=COUNT, errors=NUMBER, points=NUMBER, rate=FIGURE, raw=FIGURE)),
)  # fmt: skip
SCORES = closed(
    letter=TEXT,
    typology=closed(id=TEXT, version=TEXT, name=closed(en=TEXT, zh=TEXT), mqm={"type": "boolean"}),
    settings=closed(
        unit=TEXT, reference=NUMBER, maximum=NUMBER, passing=NUMBER, acceptable=NUMBER, shortest=COUNT,
        complete={"type": "boolean"}, resampling=closed(resamples=COUNT, seed=COUNT, level=NUMBER),
    ),
    renderings=listed(closed(
        rendering=TEXT, sentences=COUNT, rendered=COUNT, unsettled={"type": "object"}, orphans=COUNT,
        scores=listed(closed(
            of=TEXT, reviewers=listed(TEXT), judged=COUNT, council=maybe(COUNCIL), google=maybe(FIGURE),
            esa=maybe(FIGURE), esa_overall=maybe(FIGURE), left_out=listed(closed(**ERROR)),
            uncounted=listed(closed(**ERROR, reason=TEXT)), uncounted_by_google=listed(closed(**ERROR, reason=TEXT)),
        )),
    )),
)  # fmt: skip
COMPARED = closed(what=TEXT, between=listed(TEXT), rendering=maybe(TEXT), figure=FIGURE)
PLACE = closed(start=COUNT, end=COUNT, text=TEXT)
AGREEMENT = closed(
    letter=TEXT, renderings=listed(TEXT), reviewers=listed(TEXT), typology=closed(id=TEXT, version=TEXT),
    judgements=listed(COMPARED), alignments=listed(COMPARED), disagreements_in_all=COUNT,
    uncounted=listed(closed(**ERROR, reason=TEXT)),
    disagreements=listed(closed(
        about=listed(TEXT), rendering=TEXT, sentence=maybe(closed(id=TEXT, number=COUNT, text=TEXT)),
        between=listed(TEXT), said=listed(TEXT), weight=NUMBER, source=listed(PLACE), target=listed(PLACE),
    )),
)  # fmt: skip


def data(program: Program, schema: dict[str, Any], *arguments: object) -> dict[str, Any]:
    result = program.run(*arguments, "--json")
    assert result.exit_code == 0, result.output
    value: dict[str, Any] = json.loads(result.stdout)
    Draft202012Validator(schema).validate(value)
    return value


def test_scores_as_json(judged: Program) -> None:
    value = data(judged, SCORES, "scores", "farewell")
    assert [each["rendering"] for each in value["renderings"]] == [NORTH, SOUTH]
    north, south = value["renderings"]
    ann, ben, mean = north["scores"]
    assert [each["of"] for each in north["scores"]] == ["ann", "ben", "mean"]
    assert (ann["council"]["length"], ann["council"]["points"], mean["council"]["points"]) == (19, 6, 3.5)
    assert ann["council"]["raw"]["value"] == round((1 - 6 / 19) * 100, 4)
    assert ann["council"]["raw"]["formula"] == "MQM raw, linear: (1 - APT / EWC) x 100"
    assert (ann["google"]["value"], ben["google"]["value"]) == (1.2, 0.02)
    assert (ann["esa"]["value"], ben["esa"]["value"], mean["esa"]["value"]) == (70, 40, 60)
    assert (south["sentences"], south["rendered"], len(south["scores"][0]["left_out"])) == (5, 3, 1)
    assert "made in esa 2024" in south["scores"][1]["uncounted"][0]["reason"]


def test_options_change_what_is_scored(judged: Program) -> None:
    def one(*options: object) -> dict[str, Any]:
        value = data(judged, SCORES, "scores", "farewell", "--rendering", NORTH, "--reviewer", "ann", *options)
        (row,) = value["renderings"][0]["scores"]
        return {**row, "settings": value["settings"]}

    council = one("--unit", "characters", "--passing", 90, "--acceptable", 20, "--complete", "--formula", "council")
    assert council["council"]["length"] == 9 + 28 + 25 + 25 + 3
    assert (council["google"], council["esa"]) == (None, None)
    assert council["council"]["calibrated"]["formula"].endswith("100 - NPT x (100 - 90) / 20")
    assert council["settings"]["complete"] is True
    google = one("--typology", "google-mqm")
    assert google["council"]["profile"][0]["category"] == "accuracy/mistranslation"
    assert google["council"]["raw"]["formula"].startswith("Penalty raw")
    assert one("--formula", "esa")["council"] is None
    (judged.folder / "house.toml").write_text(OWN, encoding="utf-8")
    house = one("--typology", "house.toml")
    assert (house["council"]["errors"], len(house["uncounted"])) == (0, 2)
    (published,) = data(judged, SCORES, "scores", "farewell", "--rendering", NORTH, "--published")["renderings"]
    assert [row["of"] for row in published["scores"]] == ["published"]
    assert published["unsettled"] == {"ann": 2, "ben": 1}


def test_scores_name_the_formula_of_every_number(judged: Program) -> None:
    result = judged.run("scores", "farewell", "--rendering", NORTH, "--sentences", COLUMNS="260")
    assert result.exit_code == 0, result.output
    lines = result.stdout.splitlines()

    def line(start: str) -> str:
        (found,) = (each for each in lines if " ".join(each.split()).startswith(start))
        return " ".join(found.split())

    assert line("words evaluated") == "words evaluated² 19 19 19"
    assert line("² ") == "² EWC: source words of these sentences"
    assert line("penalty points") == "penalty points⁴ 6 1 3.5"
    assert line("⁴ ") == "⁴ APT: sum of weight x severity"
    assert re.fullmatch(
        r"MQM raw⁷ 68\.42 \[[-\d., ]+\] 94\.74 \[[-\d., ]+\] 81\.58 \[[-\d., ]+\] 5 sentences", line("MQM raw⁷")
    )
    assert line("⁷ ") == "⁷ MQM raw, linear: (1 - APT / EWC) x 100"
    assert line("MQM calibrated⁸") == "MQM calibrated⁸ –⁹ –⁹ –⁹"
    assert line("⁹ ") == "⁹ none: fewer than 500 words: counts and rates only"
    assert line("¹⁰ ") == "¹⁰ Google MQM: mean over sentences of the mean over reviewers of penalty points"
    assert line("ESA, sentences") == "ESA, sentences¹¹ 70.0 [60.0, 80.0] 40.0 60.0 [60.0, 60.0] 2, 1, 2 sentences"
    assert line("passed") == "passed¹⁴ no verdict no verdict no verdict"
    assert line("1 × major accuracy/mistranslation").startswith(
        "1 × major accuracy/mistranslation: 5 points; 26.3 [0.0, "  # one error of two reviewers on 19 words
    )
    assert line("MQM raw, linear") == (
        "MQM raw, linear: (1 - APT / EWC) x 100, of each sentence's own points and words"
    )
    assert line("2 We close").startswith("2 We close the shop on Friday. 1, 5, 16.7 0, 0, 100.0 0.5, 2.5, 58.3")


def test_what_is_not_counted_is_told(judged: Program) -> None:
    text = judged.run("scores", "farewell", "--rendering", SOUTH, COLUMNS="200").stdout
    assert "ann: 1 error marked in sentences that the article leaves out" in text
    assert "ben: 1 error is not counted: made in esa 2024" in text
    assert "(try --typology esa)" in text
    assert re.search(r"errors.? .*0, 1 not counted", text)
    assert re.search(r"none: the only error is not counted: made in esa 2024", text)
    assert "ben scored no sentence and called none done" in text
    assert "ann scored no sentence" not in text
    text = judged.run("scores", "farewell", "--published", COLUMNS="200").stdout
    assert "not adjudicated yet: 2 of ann, 1 of ben; an error that several marked counts for each of them" in text


def test_text_of_a_letter_is_no_markup(capsys: pytest.CaptureFixture[str]) -> None:
    sentence = Sentence("s1", 1, Span(0, 15), "[bold]Hi[/red] \x1b[1m", 1, 15, linked=True, outside=False)
    council = score_rendering([Evaluated("s1", 1, 15)], load())
    shown = ScoredRendering("r", (sentence,), (Scored("ann [/x]", ("ann",), 1, council),), {}, 0)
    score_tables.draw("[i]Title", (shown,), Asked(), sentences=True, profile=False)
    text = capsys.readouterr().out
    assert "[bold]Hi[/red] \ufffd[1m" in text
    assert "[i]Title" in text
    assert "ann [/x]" in text


def test_sentences_that_the_article_leaves_out_say_so(judged: Program) -> None:
    arguments = ("scores", "farewell", "--rendering", SOUTH, "--reviewer", "ann", "--sentences")
    text = judged.run(*arguments, COLUMNS="120").stdout
    rows = [" ".join(line.split()) for line in text.splitlines()]
    assert "5 Ada not rendered" in rows
    assert "3 Thank you for every year. 0, 0, 100.0" in rows
    assert text.count("not rendered") == 2


def test_profiles_are_cut_unless_all_is_asked_for(judged: Program) -> None:
    kinds = [
        "accuracy/addition", "accuracy/untranslated", "style/unidiomatic style", "style/inconsistent style",
        "terminology/wrong term", "linguistic conventions/grammar",
    ]  # fmt: skip
    with open_store(str(judged.home / "aligner.db")) as store:
        say(desk_of(judged.folder, store), "ann", NORTH, *(mark(NORTH, kind, "minor", "聚会") for kind in kinds))
    short = judged.run("scores", "farewell", "--reviewer", "ann").stdout
    assert "and 2 more kinds (--profile)" in short
    assert short.count(" × ") == 6
    assert judged.run("scores", "farewell", "--reviewer", "ann", "--profile").stdout.count(" × ") == 8


@pytest.mark.parametrize("width", ["60", "100", "200"])
@pytest.mark.parametrize("command", ["scores", "agreement"])
def test_tables_keep_to_the_terminal(judged: Program, command: str, width: str) -> None:
    lines = judged.run(command, "farewell", COLUMNS=width).stdout.splitlines()
    assert max(len(line) for line in lines if "─" in line) <= int(width)


@pytest.mark.parametrize("command", [("scores", "--reviewer", "ann"), ("agreement",)], ids=["scores", "agreement"])
def test_tables_fit_into_80_columns_and_break_no_interval(judged: Program, command: tuple[str, ...]) -> None:
    name, *more = command
    text = judged.run(name, "farewell", *more, COLUMNS="80").stdout
    wide = judged.run(name, "farewell", *more, COLUMNS="300").stdout
    intervals = re.findall(r"\[-?\d+\.\d+, -?\d+\.\d+\]", wide)
    assert intervals == re.findall(r"\[-?\d+\.\d+, -?\d+\.\d+\]", text)
    assert len(intervals) >= 3
    if name == "scores":  # one column of scores stands on one line each
        assert "MQM raw⁷" in "".join(line for line in text.splitlines() if "5 sentences" in line)
    notes = [line for line in text.splitlines() if re.match("[¹²³⁴⁵⁶⁷⁸⁹⁰]+ ", line)]
    assert len(notes) == len(set(notes)) > 5


def test_agreement_as_json(judged: Program) -> None:
    value = data(judged, AGREEMENT, "agreement", "farewell")
    figures = {
        (each["rendering"], tuple(each["between"]), each["what"]): each["figure"]
        for each in (*value["judgements"], *value["alignments"])
    }
    assert figures[NORTH, ("engine", "ann"), "links"]["value"] == 0.5
    assert figures[None, ("ann", "ben"), "marked characters"]["n"] == 7  # 5 sentences, and where an error is
    assert value["disagreements_in_all"] == len(value["disagreements"])
    weights = [each["weight"] for each in value["disagreements"]]
    assert weights == sorted(weights, reverse=True)
    for each in value["disagreements"]:
        text = TEXTS[each["rendering"]]
        assert all(text[place["start"] : place["end"]] == place["text"] for place in each["target"])
        assert len(each["between"]) == len(each["said"])
    some = data(judged, AGREEMENT, "agreement", "farewell", "--disagreements", 2, "--rendering", NORTH)
    assert len(some["disagreements"]) == 2 < some["disagreements_in_all"]
    alone = data(judged, AGREEMENT, "agreement", "farewell", "--reviewer", "ben", "--typology", "esa")
    assert (alone["reviewers"], alone["alignments"], alone["uncounted"]) == (["ben"], [], [])


def test_agreement_says_what_and_where(judged: Program) -> None:
    text = judged.run("agreement", "farewell", "--rendering", NORTH, COLUMNS="200").stdout
    assert "Reviewers: ann, ben. Renderings: farewell-north." in text
    assert "Krippendorff's alpha, ordinal" in text
    assert "farewell-north: engine and ann" in text
    start = TEXTS[NORTH].index("周五")
    assert f"ann: major accuracy/mistranslation: article [{start}, {start + 2}) “周五”, letter [" in text
    assert "1 error is not counted" not in text
    assert "Disagreements, worst first: 3 of" in judged.run("agreement", "farewell", "--disagreements", 3).stdout
    alone = judged.run("agreement", "farewell", "--reviewer", "ben").stdout
    assert "fewer than two reviewers judged" in alone
    assert "nobody corrected or confirmed a link" in alone


@pytest.mark.parametrize("command", ["scores", "agreement"])
def test_where_nobody_judged_anything_that_is_said_and_nothing_is_made(program: Program, command: str) -> None:
    said = program.refuses(command, "farewell")
    assert "nobody has marked an error, judged a finding or scored a sentence of farewell yet" in said
    assert not (program.home / "aligner.db").exists()
    assert "there is no database yet" in program.refuses(command, "farewell", "--database", "typo.db")
    assert not Path("typo.db").exists()
    with open_store(str(program.home / "aligner.db")):
        pass
    assert "nobody has marked an error" in program.refuses(command, "farewell", "--json")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("scores", "farwell"), "unknown letter 'farwell'; did you mean farewell?"),
        (("agreement", "farewell", "--rendering", "west"), "unknown rendering of farewell 'west'"),
        (("scores", "farewell", "--reviewer", "zoe"), "unknown reviewer 'zoe'; known: ann, ben"),
        (("agreement", "farewell", "--reviewer", "zoe"), "unknown reviewer 'zoe'; known: ann, ben"),
        (("scores", "farewell", "--reviewer", "ann", "--published"), "--reviewer and --published together"),
        (("scores", "farewell", "--typology", "mqm"), "unknown typology 'mqm'; known: esa, google-mqm, mqm-core"),
        (("scores", "farewell", "--typology", "none.toml"), "none.toml: cannot be read"),
        (("scores", "farewell", "--formula", "bleu"), "unknown formula 'bleu'; known: council, esa, google"),
        (("scores", "farewell", "--unit", "lines"), "unknown unit 'lines'; known: characters, words"),
        (("scores", "farewell", "--acceptable", "0"), "make no scale"),
    ],
)
def test_faults_are_one_line(judged: Program, arguments: tuple[str, ...], message: str) -> None:
    assert message in judged.refuses(*arguments).replace("; letter farewell", "").replace("letter farewell: ", "")


def test_a_typology_that_the_store_keeps_is_known_by_its_id(judged: Program) -> None:
    from aligner.review.typologies import parse

    with open_store(str(judged.home / "aligner.db")) as store:
        store.add_typology(parse(OWN, "house.toml"))
        gap = mark(NORTH, "content/gap", "slight", "", "Friday", ("house", "1.2"))
        say(desk_of(judged.folder, store), "ann", NORTH, gap)
    value = data(judged, SCORES, "scores", "farewell", "--typology", "house", "--reviewer", "ann")
    assert value["renderings"][0]["scores"][0]["council"]["points"] == 0.5


@pytest.mark.parametrize("command", ["scores", "agreement"])
def test_reading_by_a_typology_out_of_a_file_stores_nothing(judged: Program, command: str) -> None:
    (judged.folder / "house.toml").write_text(OWN, encoding="utf-8")
    assert judged.run(command, "farewell", "--typology", "house.toml").exit_code == 0
    with open_store(str(judged.home / "aligner.db")) as store:
        assert store.typologies() == ()


def test_a_typology_out_of_a_file_is_kept_with_the_first_error_and_exported_by(judged: Program) -> None:
    (judged.folder / "house.toml").write_text(OWN, encoding="utf-8")
    error = ("review", "error", NORTH, "--source", "Friday", "--category", "content/gap", "--severity", "slight")
    assert judged.run(*error, "--typology", "house.toml", "--reviewer", "cy").exit_code == 0
    (judged.folder / "house.toml").unlink()
    assert judged.run("scores", "farewell", "--typology", "house").exit_code == 0
    assert judged.run("export", "farewell", "--format", "mqm-jsonl", "--out", "told.jsonl").exit_code == 0
    rows = map(json.loads, (judged.folder / "told.jsonl").read_text(encoding="utf-8").splitlines())
    found = [error for row in rows if row["rater_id"] == "cy" for error in row["errors"] or ()]
    assert [(each["category"], each["score"]) for each in found] == [("Content/Gap", 0.5)]
    (judged.folder / "house.toml").write_text(OWN.replace("slight", "small"), encoding="utf-8")
    assert "give the change a new version" in judged.refuses("scores", "farewell", "--typology", "house.toml")


def test_what_a_reviewer_called_done_is_exported_as_without_error(judged: Program) -> None:
    assert judged.run("export", "farewell", "--format", "mqm", "--out", "table.tsv").exit_code == 0
    lines = [line.split("\t") for line in (judged.folder / "table.tsv").read_text(encoding="utf-8").splitlines()]
    for name in ("ann", "ben"):  # both called NORTH done, and scored one or two sentences of it
        told = {line[3] for line in lines if line[:1] == [NORTH] and line[4] == name and line[6]}
        assert told == {line[3] for line in lines if line[:1] == [NORTH] and line[6]}
