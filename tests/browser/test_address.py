"""The address says which letter and sentence is shown, also of a page that was chosen from the menu."""

from __future__ import annotations

import re

from conftest import Tab
from playwright.sync_api import Page, expect


def choose(page: Page, name: str, ready: str) -> None:
    page.locator(f"[data-testid=stTopNavLink][href$='/{name}']").click()
    page.wait_for_selector(ready)


def test_a_page_from_the_menu_names_letter_and_sentence_and_back_leaves_it(tab: Tab) -> None:
    page = tab.open("/collation?letter=bridge", ".la-root")
    tab.open("/?letter=note&sentence=3", ".la-line.la-sel")
    entries = page.evaluate("history.length")
    choose(page, "align", ".la-al-row")
    page.wait_for_url(re.compile(r"/align\?letter=note&sentence=3$"))
    page.reload()
    expect(page.locator(".la-al-row").first).to_contain_text("To the crew,")
    expect(page.locator(".la-al-cur")).to_contain_text("Bring a lamp.")
    choose(page, "export", ".st-key-la_export")
    page.wait_for_url(re.compile(r"/export\?letter=note&sentence=3$"))
    assert page.evaluate("history.length") == entries + 2
    page.go_back()
    page.wait_for_url(re.compile(r"/align\?letter=note&sentence=3$"))
    page.wait_for_selector(".la-al-row")
    page.go_back()
    page.wait_for_url(re.compile(r"/\?letter=note&sentence=3$"))
    expect(page.locator(".la-line.la-sel")).to_contain_text("Bring a lamp.")
    page.go_back()
    page.wait_for_url(re.compile(r"/collation\?letter=bridge$"))


def test_what_is_chosen_after_the_menu_takes_the_place_of_what_the_menu_was_given(tab: Tab) -> None:
    page = tab.open("/?letter=note&sentence=3", ".la-line.la-sel")
    choose(page, "review", ".la-review")
    page.wait_for_url(re.compile(r"/review\?letter=note&sentence=3$"))
    expect(page.locator(".la-rb-where")).to_contain_text("Sentence 3")
    page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]")
    page.keyboard.press("k")
    page.wait_for_url(re.compile(r"sentence=2$"))
    expect(page.locator(".la-rb-where")).to_contain_text("Sentence 2")
    page.reload()
    expect(page.locator(".la-rb-where")).to_contain_text("Sentence 2")


def test_a_sentence_that_is_not_there_is_told_and_leads_nowhere(tab: Tab) -> None:
    for path, ready in (("/", ".la-line"), ("/align", ".la-al-row"), ("/review", ".la-review")):
        page = tab.open(f"{path}?letter=note&sentence=9999", ready)
        expect(page.locator("[data-testid=stToast]")).to_contain_text("a sentence that this letter does not have")
        choose(page, "export", ".st-key-la_export")
        page.wait_for_url(re.compile(r"/export\?letter=note$"))


def test_a_sentence_that_is_there_is_not_complained_of(tab: Tab) -> None:
    page = tab.open("/?letter=note&sentence=3", ".la-line.la-sel")
    page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]")
    expect(page.locator("[data-testid=stToast]")).to_have_count(0)
