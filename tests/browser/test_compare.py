"""Compare, driven as a reader drives it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import support_compare
import support_ui
from conftest import Tab, opened, served, tab_of
from playwright.sync_api import Browser, BrowserContext, Page, expect


@pytest.fixture(scope="module")
def compare_site(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:  # noqa: ARG001
    folder = tmp_path_factory.mktemp("compare")
    corpus = support_ui.build(folder)
    support_compare.write(corpus)
    with served(corpus, folder / "server.log") as home:
        yield home


@pytest.fixture
def tab(context: BrowserContext, compare_site: str) -> Iterator[Tab]:
    with tab_of(context, compare_site) as tab:
        yield tab


def compare(tab: Tab) -> Page:
    return tab.open("/compare?letter=bridge", ".la-vs [data-part=names]")


def at_sentence(page: Page, number: int) -> None:
    expect(page.locator(".la-insp h3")).to_have_text(f"Sentence {number}")
    page.wait_for_url(f"**/?letter=bridge&sentence={number}")


def test_the_menu_leads_to_it(tab: Tab) -> None:
    page = tab.open("/?letter=bridge")
    page.locator("[data-testid=stTopNavLink]", has_text="Compare").click()
    page.wait_for_selector(".la-vs")
    titles = ["Variation per sentence", "Where meanings part", "Shared wording", "Findings across renderings"]
    assert page.locator(".la-vs h2").all_inner_texts() == [*titles, "Names", "Terms", "Numbers and durations"]


def test_bars_stand_for_sentences_and_lead_to_them(tab: Tab) -> None:
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
    page.locator(".la-vb button").nth(2).click()
    at_sentence(page, 3)


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
    at_sentence(page, 4)


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
