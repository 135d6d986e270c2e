"""Collation, driven as a reader drives it."""

from __future__ import annotations

from conftest import Tab
from playwright.sync_api import Page, expect


def collation(tab: Tab, letter: str) -> Page:
    page = tab.open(f"/?letter={letter}")
    page.click(".la-about a")
    page.wait_for_selector(".la-coll")
    return page


def test_a_pages_own_address_opens_it(tab: Tab) -> None:
    page = tab.open("/collation?letter=bridge", ".la-coll")
    page.reload()
    expect(page.locator(".la-t-em").nth(1)).to_contain_text("diffcult")
    tab.open("/export?letter=note", ".st-key-la_export")
    expect(tab.open("/read?letter=note").locator(".la-about h2")).to_contain_text("A note to the crew")


def test_emendations_stand_with_their_evidence_and_how_to_refuse_them(tab: Tab) -> None:
    page = collation(tab, "bridge")
    page.wait_for_url("**/collation?letter=bridge")
    line = page.locator(".la-t-em").nth(1)
    for text in ("diffcult", "difficult", "witness B", "applied", "characters "):
        expect(line).to_contain_text(text)
    name = line.locator("code").inner_text()
    expect(page.locator(".la-how pre")).to_contain_text(f'rejected_emendations = ["{name}"]')


def test_variants_show_both_readings_with_their_offsets(tab: Tab) -> None:
    page = collation(tab, "bridge")
    page.click("[data-view=variants]")
    line = page.locator(".la-t-var").nth(1)
    for text in ("diffcult", "difficult", "scanning error"):
        expect(line).to_contain_text(text)
    expect(line.locator(".la-off")).to_have_count(2)


def test_witnesses_stand_side_by_side(tab: Tab) -> None:
    page = collation(tab, "bridge")
    page.click("[data-view=side]")
    expect(page.locator(".la-t-side")).to_have_count(9)
    assert page.locator(".la-var").all_inner_texts() == ["diffcult", "difficult"]


def test_a_sentences_number_leads_to_it(tab: Tab) -> None:
    page = collation(tab, "bridge")
    page.locator(".la-link").first.click()
    expect(page.locator(".la-insp h3")).to_have_text("Sentence 3")
    page.wait_for_url("**/?letter=bridge&sentence=3")


def test_a_single_witness_is_plainly_said(tab: Tab) -> None:
    page = collation(tab, "note")
    expect(page.locator(".la-plainly")).to_contain_text("one witness, N")
    expect(page.locator(".la-empty")).to_have_text("Nothing was emended.")
    expect(page.locator("[data-view]")).to_have_count(1)


def test_the_letter_and_the_language_stay_from_page_to_page(tab: Tab) -> None:
    page = collation(tab, "note")
    page.get_by_text("中文", exact=True).click()
    expect(page.locator(".la-plainly")).to_contain_text("只有一个版本（N）")
    page.locator("[data-testid=stTopNavLink]").first.click()
    expect(page.locator(".la-about h2")).to_contain_text("A note to the crew")
    expect(page.locator("[data-filter=all]")).to_contain_text("全部")
