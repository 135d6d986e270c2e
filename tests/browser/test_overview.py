"""Overview, driven as a reader and an adjudicator drive it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import support_ui
from conftest import Tab, opened, served
from playwright.sync_api import Browser, Page, expect

from aligner.corpus import Corpus
from aligner.model import Quoted
from aligner.pipeline.reviewing import Desk
from aligner.review.said import Mark, Work
from aligner.store import open_store

NASTY = '<img src=x onerror="window.hurt=1">'


def overview(tab: Tab, letter: str = "bridge", more: str = "") -> Page:
    return tab.open(f"/overview?letter={letter}{more}", "#la-ov-letters")


@pytest.fixture(scope="module")
def judged(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Desk]]:  # noqa: ARG001
    """Two reviewers, one of them with a name like HTML, who mark other words of the third sentence."""
    folder = tmp_path_factory.mktemp("overview")
    corpus = support_ui.build(folder)
    with served(corpus, folder / "server.log") as home, pytest.MonkeyPatch.context() as patch:
        patch.setenv("ALIGNER_HOME", str(folder / "home"))
        patch.delenv("ALIGNER_DATABASE_URL", raising=False)
        desk = Desk(Corpus.open(corpus), open_store())
        third = desk.corpus.letter("bridge").segments[2]
        text = desk.texts("bridge", "bridge-001").target
        for who, words in (("ann", "艰难"), (NASTY, "五月三日")):
            at = text.index(words)
            span = (Quoted(at, at + len(words), words),)
            error = Mark("mqm-core", "2.0", "accuracy/mistranslation", "major", span, comment=NASTY)
            for value in (error, Work("done", Quoted(third.start, third.end, third.text))):
                desk.say(value, who, "bridge", "bridge-001", layer=f"own:{who}")
        yield home, desk


def test_the_menu_leads_to_it_and_every_part_has_its_place(tab: Tab) -> None:
    page = tab.open("/?letter=bridge")
    page.locator("[data-testid=stTopNavLink]", has_text="Overview").click()
    page.wait_for_selector("#la-ov-letters")
    titles = ["Renderings", "Sentence by sentence", "Open findings", "Reviewers", "Agreement", "Disagreements"]
    assert page.locator(".la-ov h2").all_inner_texts() == [*titles, "All letters"]
    row = page.locator(".la-tr-all tbody tr").nth(1)
    for text in ("002", "reported", "1 omitted", "2 outside", "0 %, 0 of 4"):
        expect(row).to_contain_text(text)
    page.get_by_role("button", name="All letters").click()
    expect(page.locator("#la-ov-letters")).to_be_focused()
    expect(page.locator("#la-ov-letters")).to_be_in_viewport()


def test_a_cell_leads_to_its_sentence_by_pointer_and_by_keys(tab: Tab) -> None:
    page = overview(tab)
    cells = page.locator(".la-heat tbody tr").first.locator("a")
    expect(cells.nth(4)).to_have_attribute("aria-label", "001, Sentence 5: direct, 1 critical")
    expect(cells.nth(4)).to_have_attribute("href", "./?letter=bridge&sentence=5")
    cells.nth(4).click()
    expect(page.locator(".la-insp h3")).to_have_text("Sentence 5")
    page.wait_for_url("**/?letter=bridge&sentence=5")
    page.go_back()
    page.wait_for_selector("#la-ov-letters")
    cells.first.focus()
    for key in ("ArrowRight", "ArrowDown", "End", "ArrowLeft", "Enter"):
        page.keyboard.press(key)
    expect(page.locator(".la-insp h3")).to_have_text("Sentence 7")


def test_the_strip_and_the_chart_are_there_in_words_and_as_tables(tab: Tab) -> None:
    page = overview(tab)
    expect(page.locator("[data-testid=stVegaLiteChart][aria-label*='insertions: 1 critical']")).to_be_attached()
    expect(page.locator("[data-testid=stVegaLiteChart]")).to_contain_text("◆ critical (1)")
    page.get_by_text("The same as a table").click()
    expect(page.locator(".la-numbers tbody tr").first).to_contain_text("insertions")
    expect(page.locator(".la-numbers tbody tr").last).to_have_text("All11215")
    page.get_by_text("The strip in words").click()
    told = page.get_by_role("group", name="The strip in words")
    expect(told.locator("tbody tr").first).to_contain_text("001")
    expect(told.locator("thead")).to_contain_text("with critical findings")


def test_findings_lead_to_their_sentence_and_letters_to_their_overview(tab: Tab) -> None:
    page = overview(tab)
    first = page.locator(".la-fall li").first
    expect(first).to_contain_text("critical")
    expect(first).to_contain_text("某某游戏官网")
    page.locator("section[aria-labelledby=la-ov-letters] a", has_text="A note to the crew").click()
    page.wait_for_url("**/overview?letter=note")
    expect(page.locator(".la-tr-all tbody tr")).to_have_count(1)
    overview(tab).locator(".la-fall li a", has_text="judge").first.click()
    page.wait_for_url("**/review?letter=bridge&sentence=5&finding=bridge-*")
    expect(page.locator(".la-rb-where")).to_contain_text("Sentence 5")
    overview(tab).locator(".la-fall li .la-num").nth(1).click()
    page.wait_for_url("**/?letter=bridge&sentence=*&finding=bridge-*")
    expect(page.locator(".la-fc.la-on")).to_have_count(1)


def test_what_is_missing_says_what_to_do(tab: Tab) -> None:
    page = overview(tab, "plain")
    for text in ("Run aligner build", "Nobody has reviewed this letter yet", "Agreement needs two reviewers"):
        expect(page.locator(".la-ov", has_text=text).first).to_be_visible()
    page.locator("section[aria-labelledby=la-ov-people] a").click()
    page.wait_for_selector(".la-review, .la-empty")


def test_the_page_speaks_chinese_and_prints(tab: Tab) -> None:
    page = overview(tab, more="&lang=zh")
    expect(page.locator("#la-ov-strip")).to_have_text("逐句一览")
    expect(page.locator("[data-testid=stVegaLiteChart]")).to_contain_text("◆ 致命")
    page.emulate_media(media="print")
    expect(page.locator(".la-ov .la-bar")).to_be_hidden()
    expect(page.locator(".la-heat")).to_be_visible()
    page.emulate_media(media="screen")


def test_a_disagreement_is_settled_and_taken_back(browser: Browser, judged: tuple[str, Desk]) -> None:
    home, desk = judged
    with opened(browser, home) as tab:
        page = overview(tab)
        dispute = page.locator(".la-di")
        expect(dispute).to_have_count(1)
        expect(dispute.locator("summary")).to_contain_text(f"{NASTY} and ann")
        dispute.locator("summary").click()
        for words in ("艰难", "五月三日", "Major", NASTY):
            expect(dispute).to_contain_text(words)
        choice = dispute.get_by_role("button", name="ann’s version holds")
        expect(choice).to_be_disabled()
        page.fill(".la-who-field", "cy")
        page.keyboard.press("Enter")
        page.fill(".la-why", "the date is right")
        choice.click()
        page.get_by_text("1 settled").click()
        expect(dispute.locator("summary")).to_contain_text("settled by cy")
        expect(dispute).to_contain_text("the date is right")
        assert [error.reviewer for error in desk.judgements("bridge", "bridge-001").published()] == ["cy"]
        dispute.get_by_role("button", name="Take my ruling back").click()
        expect(page.get_by_text("1 settled")).to_have_count(0)
        assert len(desk.judgements("bridge", "bridge-001").published()) == 2
        assert page.evaluate("window.hurt === undefined")
        expect(page.locator(".la-people tbody")).to_have_count(2)
        expect(page.locator("[data-testid=stVegaLiteChart]")).to_have_count(2)


def test_no_short_word_of_the_table_of_renderings_is_broken(browser: Browser, site: str) -> None:
    with opened(browser, site, viewport={"width": 820, "height": 1180}, locale="zh-CN") as tab:
        page = tab.open("/overview?letter=bridge", ".la-ov .la-one")
        lines = page.locator(".la-ov .la-one").evaluate_all("(all) => all.map((node) => node.getClientRects().length)")
        assert lines and set(lines) == {1}
