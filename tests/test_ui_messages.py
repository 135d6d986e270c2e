"""The catalogues say the same things in both languages, and nothing that is asked for is missing."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest

from aligner.checks import CHECKS
from aligner.checks.wording.judge import Kind, Reason
from aligner.documents.markup import REGIONS
from aligner.errors import UnknownNameError
from aligner.formats import FORMATS
from aligner.model import AbsenceKind, Mode, ResidueKind, Severity, Status
from aligner.pipeline.surveying import Extent
from aligner.review.edits import Action
from aligner.review.typologies import load
from aligner.text.markers import Bend
from aligner.text.quantities.base import SECONDS
from aligner.ui.keymap import ALIGN, READ, REVIEW
from aligner.ui.messages import LANGUAGES, Catalogue
from aligner.ui.views import proof
from aligner.ui.views.compare_scores import WHOSE
from aligner.ui.views.overview_people import REMARKS, WHATS

UI = Path(__file__).parent.parent / "aligner" / "ui"
FORMS = ("one", "other")
SECTIONS = "overview|bar|finding|empty|grid|inspect|collation|compare|card|legend|evidence|align"
SECTIONS += "|review|keys|review_keys|tour"
UNNAMED = {"left", "right", "unfinished", "mark_as", "merge_before"}  # actions of Align without a button
OPEN = {"variant_kind", "term", "explain"}  # sections asked for by a value


def catalogues() -> dict[str, Catalogue]:
    return {language: Catalogue.load(language) for language in LANGUAGES}


def used() -> set[str]:
    """Every key that Python or JavaScript asks for as a plain text."""
    found: set[str] = set()
    for path in UI.rglob("*"):
        if path.suffix in {".py", ".js"}:
            text = path.read_text(encoding="utf-8")
            found |= set(re.findall(r"""\bsay\(\s*["']([a-z_]+\.[a-z_.]+)["']""", text))
            found |= set(re.findall(rf"""["'`]((?:{SECTIONS})\.[a-z_]+)["'`]""", text))
    return {key for key in found if not key.endswith((".js", ".css"))}


def categories() -> set[str]:
    """The parts of every category that a check names."""
    found: set[str] = set()
    for path in (UI.parent / "checks").glob("*.py"):
        for first, second in re.findall(r'"([a-z ]+)/([a-z ]*)"', path.read_text(encoding="utf-8")):
            found |= {first.replace(" ", "_"), second.replace(" ", "_")}
    return (found | {"spelling"}) - {"", "benchmarks", "letters"}


def composed() -> set[str]:
    """Keys that are put together from a value, with every value there is."""
    kinds = [mode.value for mode in Mode] + ["omitted", "outside"]
    found = {f"{section}.{kind}" for section in ("mode", "term", "explain") for kind in kinds}
    found |= {f"residue.{kind.value}" for kind in ResidueKind}
    found |= {f"inspect.absent_{kind}" for kind in ("omitted", "outside")}
    found |= {f"evidence.{name}" for name in ("homoglyph", "lost_ligature")}
    bar = "all omitted partial moved low findings serif sans smaller larger"
    found |= {f"bar.{name}" for name in bar.split()}
    found |= {f"{section}.{severity.value}" for section in ("severity", "severity_is") for severity in Severity}
    found |= {f"check.{name}" for name in CHECKS} | {f"bend.{bend.value}" for bend in Bend}
    found |= {f"unit.{unit}" for unit in SECONDS} | {f"bound.{name}" for name in ("more", "less")}
    found |= {f"proof.{key}" for key in proof.KEYS} | {f"category.{name}" for name in categories()}
    found |= {f"keys.{binding.action}" for binding in (*READ, *ALIGN)}
    found |= {f"tour.{name}" for name in "row mode finding strip pages".split()}
    found |= {
        f"page.{name}" for name in ("read", "align", "review", "collation", "compare", "overview", "export", "letters")
    }
    found |= {f"review_keys.{binding.action}" for binding in REVIEW}
    found |= {f"review.reason_{name}" for name in "fine free trivial misaligned double".split()}
    found |= {f"review.anchor_{name}" for name in "none some most perfect".split()}
    found |= {f"review.{name}" for name in "beside single comment correction accept change dismiss".split()}
    parts = "variation contrast sharing findings names terms numbers"
    found |= {f"compare.{name}" for name in (*parts.split(), "differ", "errors")}
    found |= {f"differ.{reason.value}" for reason in Reason} | {f"differ.{name}" for name in ("previous", "next")}
    found |= {f"differ.kind_{kind.value}" for kind in Kind if kind is not Kind.SAME}
    found |= {f"errors.{name}{ending}" for name in (*WHOSE, "rate", "esa") for ending in ("", "_is")}
    found |= {f"compare.none_{name}" for name in parts.split() if name != "findings"}
    found |= {f"compare.{name}" for name in "sentence wording meaning mark_major mark_critical more fewer".split()}
    found |= {f"compare.{name}{sign}" for name in ("unnamed", "left_out") for sign in ("", "_sign")}
    heads = "sentence reading second emended evidence kind context status id emendations variants side"
    found |= {f"collation.{name}" for name in heads.split()}
    found |= {f"align.is_{status.value}" for status in Status} | {f"did.{action.value}" for action in Action}
    found |= {f"align.{binding.action}" for binding in ALIGN[6:] if binding.action not in UNNAMED} | {"align.mark_as"}
    found |= {f"align.{name}" for name in "nothing_to_undo nothing_to_redo before after".split()}
    found |= {
        f"align.{name}"
        for name in "choose_column unbuilt_hint no_column nothing_built realigning take_off link_with".split()
    }
    parts = "renderings strip findings people agreement disputes letters"
    heads = "rendering date extent coverage links left_out open confirmed letter renderings sentences reviewer progress"
    heads += " errors verdicts scores corrections last what between value interval n meaning"
    found |= {f"overview.{name}" for name in parts.split()} | {f"overview.head_{name}" for name in heads.split()}
    found |= {f"overview.about_{name}" for name in "words severity category score link".split()}
    found |= {f"overview.items_{name}" for name in "units sentences pairs links boundaries".split()}
    found |= {f"overview.{name}" for name in "engine shared done in_work skipped to_align to_review".split()}
    found |= {f"{section}.{name}" for name in WHATS.values() for section in ("agreement", "agreement_is")}
    found |= {f"agreement_not.{name}" for name in REMARKS.values()}
    found |= {f"extent.{extent.value}{more}" for extent in Extent for more in ("", "_is")}
    found |= {f"saved.{name}" for name in "saved saving offline conflict".split()}
    found |= letters_page()
    found |= {f"date.month.{n}" for n in range(1, 13)} | {f"date.{name}_form" for name in ("year", "month", "day")}
    found |= {form.title for form in FORMATS.values()}
    for section in ("format_is", "format_without"):
        found |= {form.title.replace("format.", f"{section}.") for form in FORMATS.values()}
    found |= {f"option.{field.name}" for form in FORMATS.values() for field in fields(form.options)}
    found |= {f"choice.{name}" for name in LANGUAGES} | {f"status.{status.value}" for status in Status}
    found |= {f"export.left_{why}" for why in "status mode confidence omitted outside".split()}
    found |= {f"export.{name}" for name in "rendering sentence english chinese mode confidence status".split()}
    return found


def letters_page() -> set[str]:
    """What the page Letters puts together from a value."""
    found = {f"letters.{how}_{which}" for how in ("upload", "paste") for which in ("english", "articles")}
    found |= {f"letters.part_{part}" for part in ("list", "bring", "data")} | {"letters.upload", "letters.paste"}
    found |= {f"letters.doing_{step}" for step in ("waiting", "reading", "aligning", "aligned", "checking", "storing")}
    found |= {f"letters.missing_{name}" for name in ("english", "title", "articles", "date")}
    found |= {
        f"letters.{name}" for name in "first last zh_hans zh_hant failed broken stopped found_nothing done".split()
    }
    found |= {f"letters.{name}" for name in "not_done archived archive unarchive close change".split()}
    found |= {f"letters.tab_{name}" for name in "add copies names glossary".split()}
    found |= {f"letters.{name}" for name in ("title", "author", "date")}
    found |= {f"place.{name}" for name in "page paragraph line footnote endnote comment".split()}
    return found | {"gone." + re.sub(r"[^a-z]+", "_", why.lower()).strip("_") for why in reasons()}


def reasons() -> set[str]:
    """Why the extractors leave something out, in their words."""
    found = set(REGIONS.values())
    for path in (UI.parent / "documents").glob("*.py"):
        text = path.read_text(encoding="utf-8")
        for call in re.findall(r"Dropped\(.*", text):
            found |= set(re.findall(r'(?<!f)"([a-z]+ [a-z() ]+)"', call))
    return found | {"hidden text", "page number", "running head or foot"}


def is_key(key: str, messages: dict[str, str]) -> bool:
    return key in messages or all(f"{key}.{form}" in messages for form in FORMS)


def test_both_languages_have_the_same_keys_with_the_same_places_to_fill() -> None:
    en, zh = (dict(catalogues()[name].messages) for name in ("en", "zh"))
    assert set(en) == set(zh)
    filled = {key: set(re.findall(r"\{(\w+)\}", text)) for key, text in en.items()}
    assert filled == {key: set(re.findall(r"\{(\w+)\}", text)) for key, text in zh.items()}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_key_that_is_asked_for_exists(language: str) -> None:
    messages = dict(catalogues()[language].messages)
    assert len(used()) > 80
    assert not {key for key in used() | composed() if not is_key(key, messages)}


def test_no_message_is_left_over() -> None:
    asked = used() | composed()
    plain = {key.removesuffix(".one").removesuffix(".other") for key in catalogues()["en"].messages}
    left = {key for key in plain if key not in asked and key.split(".")[0] not in OPEN and "variant_kind" not in key}
    assert left == {"format_is", "format_without"}  # their .other, for a format that has no words of its own yet


def test_every_absence_has_its_words() -> None:
    for kind in AbsenceKind:
        assert catalogues()["zh"](f"bar.{kind}" if kind is AbsenceKind.PARTIAL else f"mode.{kind}")


def test_chinese_is_written_with_full_width_punctuation() -> None:
    wrong = re.compile(r"[\u4e00-\u9fff}`][,;:!?]|[,;:!?(](?=[\u4e00-\u9fff])|[\u4e00-\u9fff]\.")
    found = {key: text for key, text in catalogues()["zh"].messages.items() if wrong.search(text)}
    assert not found


def test_no_english_is_left_in_the_chinese_catalogue() -> None:
    # Names of files, commands, formats, programs and units stay as they are; `words` is a sample of English text.
    known = "letter aligner toml letters build TMX JSON CSV UTF Excel B kB MB words".split()
    known += "TSV Parquet Lines pandas datasets Word HTML XLIFF ITS MQM Google Marot mt metrics eval Pearmut".split()
    known += "InterText TEI check zh Hans Hant YYYYMMDDThhmmssZ English ESA".split()
    known += "renderings review publish layer published docs scores md F Esc Ctrl Alt Cmd".split()
    known += "Markdown PDF EPUB zip emend accept reject".split()
    for key, text in catalogues()["zh"].messages.items():
        rest = re.sub(r"\{\w+\}", "", text)
        assert not set(re.findall(r"[A-Za-z]+", rest)) - set(known), key


def test_a_number_chooses_its_form_and_an_unknown_key_is_told() -> None:
    say = catalogues()["en"]
    assert say("card.sentences", n=1) == "1 sentence"
    assert say("card.sentences", n=0) == "0 sentences"
    with pytest.raises(UnknownNameError, match=r"card\.sentence_"):
        say("card.sentence_")
    with pytest.raises(UnknownNameError, match="en, zh"):
        Catalogue.load("tlh")


@pytest.mark.parametrize(
    ("date", "en", "zh"),
    [
        ("2024-09-25", "25 September 2024", "2024年9月25日"),
        ("2024-12", "December 2024", "2024年12月"),
        ("1066", "1066", "1066年"),
        ("", "", ""),
        ("2024-13-01", "2024-13-01", "2024-13-01"),
        ("soon", "soon", "soon"),
    ],
)
def test_dates_are_written_as_the_language_does(date: str, en: str, zh: str) -> None:
    assert [say.day(date) for say in catalogues().values()] == [en, zh]


def test_a_category_has_one_chinese_name_on_every_page() -> None:
    """Review takes it from the typology, the other pages from the catalogue."""
    named = {key.removeprefix("category."): text for key, text in catalogues()["zh"].section("category").items()}
    typed = {each.names["en"].lower().replace(" ", "_"): each.names["zh"] for each in load("mqm-core").categories}
    both = named.keys() & typed.keys()
    assert "wrong_term" in both
    assert {name: named[name] for name in both} == {name: typed[name] for name in both}
