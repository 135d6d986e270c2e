"""Compare, driven as a reader drives it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import support_compare
import support_ui
from conftest import Tab, opened, served, tab_of
from playwright.sync_api import Browser, BrowserContext, Page, expect

from aligner.corpus import Corpus
from aligner.model import Quoted
from aligner.pipeline.reviewing import Desk
from aligner.review.said import Mark, Score
from aligner.store import open_store


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("compare")


@pytest.fixture(scope="module")
def compare_site(browser: Browser, folder: Path) -> Iterator[str]:  # noqa: ARG001
    corpus = support_ui.build(folder)
    support_compare.write(corpus)
    with served(corpus, folder / "server.log") as home:
        yield home


@pytest.fixture
def tab(context: BrowserContext, compare_site: str) -> Iterator[Tab]:
    with tab_of(context, compare_site) as tab:
        yield tab


def compare(tab: Tab) -> Page:
    page = tab.open("/compare?letter=bridge", ".la-vs [data-part=names]")
    # The first words of a server wait for dictionaries and model, which are read beside its pages.
    page.wait_for_selector(".la-df-flow", timeout=120_000)
    return page


def at_sentence(page: Page, number: int) -> None:
    expect(page.locator(".la-insp h3")).to_have_text(f"Sentence {number}")
    page.wait_for_url(re.compile(rf"/\?letter=bridge&sentence={number}(&finding=[\w.-]+)?$"))


def test_the_menu_leads_to_it(tab: Tab) -> None:
    page = tab.open("/?letter=bridge")
    page.locator("[data-testid=stTopNavLink]", has_text="Compare").click()
    page.wait_for_selector(".la-vs")
    expect(page.locator(".la-df-flow")).to_be_visible(timeout=120_000)
    titles = ["Variation per sentence", "Sentence 3, word by word", "Where meanings part", "Errors and scores"]
    titles += ["Shared wording", "Findings across renderings", "Names", "Terms", "Numbers and durations"]
    assert page.locator(".la-vs h2").all_inner_texts() == titles


def test_bars_stand_for_sentences_and_open_them_word_by_word(tab: Tab) -> None:
    page = compare(tab)
    expect(page.locator(".la-vb button")).to_have_count(8)
    third = page.locator(".la-vb button").nth(2)
    assert "wording .60, meaning .40; major finding" in (third.get_attribute("aria-label") or "")
    third.hover()
    expect(page.locator(".la-told")).to_have_text("Sentence 3: wording .60, meaning .40")
    page.get_by_role("button", name="001 : 002", exact=True).first.click()
    expect(page.locator("[data-part=variation] [aria-pressed=true]")).to_have_text("001 : 002")
    expect(page.locator("[data-part=variation] [aria-pressed=true]")).to_be_focused()
    expect(page.locator("[data-part=variation] table tr").nth(3)).to_contain_text(".40")
    expect(page.locator(".la-bars rect")).to_have_count(4)
    page.locator(".la-vb button").nth(3).click()
    expect(page.locator("#la-h-differ")).to_have_text("Sentence 4, word by word")
    expect(page.locator(".la-vb button.la-cur b")).to_have_text("4")
    page.locator(".la-df-read").click()
    at_sentence(page, 4)


def test_renderings_are_compared_word_by_word(tab: Tab) -> None:
    page = compare(tab)
    part = page.locator("[data-part=differ]")
    expect(part.locator(".la-df-names .la-chip").first).to_have_text("001")
    for k, text in enumerate(("经过深思熟虑，我做出了艰难的决定：五月三日关闭它。", "我写信谈这座桥，决定将它关闭。")):
        lines = part.locator(".la-df-ck").evaluate_all(
            "(all, k) => all.map((node) => node.querySelectorAll('.la-df-ln')[k].textContent).join('')", k
        )
        assert lines == text
    place = part.locator(".la-df-meaning", has_text="五月三日")
    assert "≠" in place.locator(".la-df-sign").inner_text()
    assert "meaning: a check found an error" in (place.get_attribute("title") or "")
    expect(place.locator(".la-fx-major")).to_have_text("五月三日")
    table = part.locator(".la-df-mx")
    expect(table.locator("thead th")).to_have_count(4)
    places = part.locator(".la-df-wording[data-place], .la-df-meaning[data-place]").count()
    expect(table.locator("tbody tr")).to_have_count(places)


def test_a_pair_and_a_base_are_chosen_and_kept_for_the_next_sentence(tab: Tab) -> None:
    page = compare(tab)
    part = page.locator("[data-part=differ]")
    list_ = part.get_by_label("Rendering that the others are laid on")
    list_.select_option("bridge-002")
    expect(part.locator("select option:checked")).to_have_text("laid on 002")
    pair = part.get_by_role("button", name="001 : 002", exact=True)
    pair.click()
    expect(part.locator(".la-df-mx thead th")).to_have_count(3)
    expect(pair).to_be_focused()
    part.get_by_role("button", name="Sentence 4 after").click()
    expect(page.locator("#la-h-differ")).to_have_text("Sentence 4, word by word")
    expect(part.locator(".la-df-mx thead th")).to_have_count(3)
    page.locator(".la-vb button").first.click()
    expect(part.locator(".la-df-flow")).to_have_count(0)
    expect(part).to_contain_text("rendering has this sentence")


def test_before_anybody_judged_the_page_says_what_to_do(tab: Tab) -> None:
    page = compare(tab)
    part = page.locator("[data-part=errors]")
    expect(part).to_contain_text("Nobody has judged these renderings yet.")
    expect(part.locator("h3")).to_have_text("Open findings of the program")
    expect(part.locator("table .la-sv-major").first).to_be_visible()
    part.get_by_role("button", name="Open the Review page").click()
    page.wait_for_selector(".la-review")


def test_errors_and_scores_have_intervals_and_say_whose_they_are(tab: Tab, folder: Path) -> None:
    corpus = Corpus.open(next(folder.rglob("letters.toml")).parent)
    with open_store(str(folder / "home" / "aligner.db")) as store:
        desk = Desk(corpus, store)
        alignment = desk.automatic("bridge", "bridge-001")
        at = next(s for s in alignment.target_segments if "五月三日" in s.text)
        words = Quoted(at.start, at.end, at.text)
        desk.say(
            Mark("mqm-core", "2.0", "accuracy/mistranslation", "major", (words,), ()), "ann", "bridge", "bridge-001"
        )
        for row, score in zip(corpus.letter("bridge").segments[2:5], (40, 60, 80), strict=True):
            desk.say(Score(score, Quoted(row.start, row.end, row.text)), "ann", "bridge", "bridge-001")
    page = compare(tab)
    part = page.locator("[data-part=errors]")
    expect(part.locator("select option:checked")).to_have_text("ann")
    expect(part.locator("tbody tr").first).to_contain_text("Mistranslation")
    expect(part.locator("tbody tr").first.locator(".la-sv-major")).to_have_count(1)
    score = part.locator("tr", has_text="Score 0–100")
    expect(score.locator("svg")).to_have_attribute(
        "aria-label", re.compile(r"60\.0, between \d+\.\d and \d+\.\d, from 3")
    )
    expect(part.locator("tr", has_text="Sentences judged")).to_contain_text("3 of")
    part.locator("summary").click()
    figures = part.get_by_label("The profile in figures").locator("tbody")
    expect(figures).to_contain_text(re.compile(r"Mistranslation major\d+\.\d \(\d+\.\d–\d+\.\d\)"))
    part.locator("select").select_option("Open findings of the program")
    expect(part).to_contain_text("judged by nobody yet")


def test_bars_are_walked_by_keys(tab: Tab) -> None:
    page = compare(tab)
    page.locator(".la-vb button").first.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(page.locator(".la-told")).to_contain_text("Sentence 4")
    assert page.locator(".la-vb button:focus-visible").evaluate("node => getComputedStyle(node).boxShadow") != "none"
    assert page.locator(".la-vb button[tabindex='0']").count() == 1
    page.keyboard.press("Enter")
    expect(page.locator("#la-h-differ")).to_have_text("Sentence 4, word by word")


def test_meanings_that_part_are_ranked_and_marked_without_colour_alone(tab: Tab) -> None:
    page = compare(tab)
    lines = page.locator(".la-con li")
    expect(lines).to_have_count(2)
    expect(lines.nth(0)).to_contain_text("stands alone")
    expect(lines.nth(0).locator(".la-fx-major")).to_have_text("五月三日")
    assert "major: Look at" in (lines.nth(0).locator(".la-mk").get_attribute("title") or "")
    assert lines.nth(0).locator(".la-en").get_attribute("lang") == "en"
    lines.nth(1).locator(".la-link").click()
    at_sentence(page, 6)


def test_shared_wording_tells_shares_dates_and_runs(tab: Tab) -> None:
    page = compare(tab)
    part = page.locator("[data-part=sharing]")
    for text in (
        "2 runs: 25% of 001, 50% of 002",
        "001 is dated 2 May 2024",
        "002 states no date",
        "The earlier is 001",
    ):
        expect(part).to_contain_text(text)
    expect(part.locator("svg[role=img] path")).to_have_count(2)
    expect(part.locator("li").first).to_contain_text("nearly the same in 002")
    part.locator("li").first.hover()
    expect(part.locator("path.la-rib-lit")).to_have_attribute("data-run", "0")
    part.get_by_role("button", name="001 : 004", exact=True).click()
    expect(part).to_contain_text("Neither document states a date.")
    expect(part).to_contain_text("These two share no run of wording.")


def test_a_cell_of_a_matrix_leads_to_its_sentence(tab: Tab) -> None:
    page = compare(tab)
    numbers = page.locator("[data-part=numbers]")
    expect(numbers.locator("td.la-has .la-sv-major")).to_have_count(1)
    names = page.locator("[data-part=names]")
    expect(names.locator("td.la-out").first).to_have_text("left out")
    numbers.get_by_role("button", name="八十年, 1×: sentence 4 on the Read page").last.click()
    at_sentence(page, 4)


def test_documents_texts_and_messages_stay_text(tab: Tab) -> None:
    page = compare(tab)
    expect(page.locator("[data-part=findings]")).to_contain_text("Both call it a <b>boat</b>.")
    assert page.locator("[data-part=terms] .la-zh").first.get_attribute("lang") == "zh-Hans"


def test_a_finding_across_renderings_has_an_address_and_a_mark_leads_to_its_own(tab: Tab) -> None:
    page = compare(tab)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.locator(".la-fall .la-copy").first.click()
    expect(page.locator(".la-fall .la-copy").first).to_have_text("Link copied")
    page.goto(str(page.evaluate("navigator.clipboard.readText()")))
    expect(page.locator(".la-fall .la-named")).to_be_in_viewport()
    expect(page.locator(".la-fall .la-named")).to_have_count(1)
    page.locator("[data-part=numbers] td.la-has button").first.click()
    expect(page.locator(".la-fc.la-on")).to_have_count(1)
    assert "finding=bridge-" in page.url


def test_it_speaks_chinese_in_the_dark_in_one_column(browser: Browser, compare_site: str) -> None:
    settings = {"locale": "zh-CN", "color_scheme": "dark", "viewport": {"width": 1000, "height": 800}}
    with opened(browser, compare_site, **settings) as tab:
        page = compare(tab)
        expect(page.locator(".la-vs")).to_have_attribute("data-theme", "dark")
        expect(page.locator(".la-vs h2").first).to_have_text("各句差异")
        expect(page.locator("[data-part=findings]")).to_contain_text("两者都称之为船。")
        tops = page.locator(".la-vs section").evaluate_all(
            "all => all.map((node) => node.getBoundingClientRect().left)"
        )
        assert len(set(tops)) == 1
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_what_was_not_compared_is_told(tab: Tab) -> None:
    page = tab.open("/compare?letter=note", ".la-vs")
    expect(page.locator(".la-empty")).to_contain_text("have not been compared yet")
    expect(page.locator(".la-empty code")).to_have_text("aligner build")
    page = compare(tab)
    expect(page.locator(".la-apart")).to_contain_text("003, 005")
