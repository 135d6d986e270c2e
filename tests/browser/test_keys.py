"""Keys that the reader changes: in the list of a page, for all pages, kept in the browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

from aligner.ui import keymap
from aligner.ui.frame import names

if TYPE_CHECKING:
    from conftest import Tab
    from playwright.sync_api import Locator, Page

SENTENCE = ".la-insp h3"


def change(page: Page, key: str, to: str) -> None:
    page.locator(f'.la-keys [data-change="{key}"]').click()
    page.keyboard.press(to)


def told(page: Page) -> Locator:
    return page.locator(".la-keytold")


def test_a_key_is_changed_for_all_pages_and_back_again(tab: Tab) -> None:
    page = tab.open()
    page.keyboard.press("?")
    change(page, "j", "s")
    expect(told(page)).to_contain_text("on the page Review")  # a key of another page is taken too
    expect(told(page)).to_contain_text("Next suggestion")
    page.keyboard.press("k")
    expect(told(page)).to_contain_text("previous sentence")
    page.keyboard.press("r")
    expect(told(page)).to_contain_text("needed by the browser")
    page.keyboard.press("Control+x")
    expect(told(page)).to_contain_text("Ctrl")
    expect(page.locator(SENTENCE)).to_have_count(0)  # none of them did anything
    page.keyboard.press("Shift+J")
    expect(told(page)).to_contain_text("Kept in this browser")
    page.keyboard.press("Escape")
    expect(page.locator(".la-help")).to_have_count(0)
    page.keyboard.press("Shift+J")
    page.keyboard.press("Shift+J")
    page.keyboard.press("j")  # gave its place away
    expect(page.locator(SENTENCE)).to_have_text("Sentence 2")
    expect(page.locator('.la-insp [data-of="j"]')).to_have_attribute("data-kbd", "⇧ J")

    tab.open("/review?letter=bridge")
    page.locator(".la-rp-how").wait_for()
    page.keyboard.press("Shift+J")
    expect(page.locator(".la-rb-where")).to_contain_text("Sentence 2")
    page.keyboard.press("?")
    page.locator('.la-keys [data-back="j"]').click()
    page.keyboard.press("Escape")
    page.keyboard.press("Shift+J")
    page.keyboard.press("j")
    expect(page.locator(".la-rb-where")).to_contain_text("Sentence 3")


def test_a_key_that_stays_gets_a_second_one_and_all_go_back_at_once(tab: Tab) -> None:
    page = tab.open("/align?letter=bridge", ".la-al-keys")
    page.keyboard.press("?")
    change(page, "end", "e")
    expect(told(page)).to_contain_text("Review")
    page.keyboard.press("Shift+E")
    change(page, "z", ";")
    expect(page.locator('.la-keys [data-change="z"]')).to_have_text(";")
    page.locator(".la-al-it:not(.la-al-chip)").first.click()  # such keys act in what has the focus
    chosen = page.locator(".la-al-sel h3")
    page.keyboard.press("End")
    last = str(chosen.text_content())
    page.keyboard.press("Home")
    expect(chosen).not_to_have_text(last)
    page.keyboard.press("Shift+E")
    expect(chosen).to_have_text(last)
    page.locator(".la-keyall button").click()
    expect(page.locator('.la-keys [data-change="z"]')).to_have_text("Z")
    assert page.evaluate("localStorage.getItem('letter-aligner.keys')") == "{}"
    page.locator(".la-al-it:not(.la-al-chip)").first.click()
    page.keyboard.press("Home")
    page.keyboard.press("Shift+E")
    expect(chosen).not_to_have_text(last)


def test_a_key_waits_for_nothing_once_the_pointer_is_elsewhere(tab: Tab) -> None:
    page = tab.open()
    page.keyboard.press("?")
    page.locator('.la-keys [data-change="j"]').click()
    expect(told(page)).to_contain_text("Press the key")
    page.locator(".la-about").click()
    page.keyboard.press("j")
    expect(page.locator(SENTENCE)).to_have_text("Sentence 1")


def test_pages_without_keys_of_their_own_show_and_change_those_of_the_others(tab: Tab) -> None:
    shown = ".la-hp-list"
    for name in (name for name in names() if name not in keymap.PAGES):
        page = tab.open(f"/{name}?letter=bridge", ".la-hp-open")
        page.keyboard.press("?")
        expect(page.locator(shown)).to_contain_text("next sentence")
        page.keyboard.press("Escape")
        expect(page.locator(shown)).to_have_count(0)
        page.locator(".la-hp-open").click()
        expect(page.locator(f"{shown} summary")).to_have_count(len(keymap.PAGES))
    first = page.locator(f'{shown} [data-change="j"]').first
    first.click()
    page.keyboard.press(";")
    expect(first).to_have_text(";")
    page.locator(f"{shown} summary").last.click()
    expect(page.locator(f'{shown} [data-change="j"]:visible')).to_have_text(";")
    tab.open("/?letter=bridge")
    page.keyboard.press(";")
    expect(page.locator(SENTENCE)).to_have_text("Sentence 1")
