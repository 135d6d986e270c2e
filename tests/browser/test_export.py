"""Export, and what the pages say when something is wrong."""

from __future__ import annotations

from pathlib import Path

from conftest import Tab, opened, served
from lxml import etree
from playwright.sync_api import Browser, Page, expect


def export(tab: Tab, letter: str) -> Page:
    page = tab.open(f"/?letter={letter}")
    page.locator("[data-testid=stTopNavLink][href$='/export']").click()
    page.wait_for_selector(".st-key-la_export")
    return page


def choose(page: Page, label: str, option: str) -> None:
    page.get_by_role("combobox", name=label).click()
    page.get_by_role("option", name=option).click()


def saved(page: Page, name: str) -> bytes:
    with page.expect_download() as download:
        page.get_by_role("button", name=name).click()
    assert download.value.suggested_filename == name
    return Path(download.value.path()).read_bytes()


def test_what_is_chosen_is_previewed_and_downloaded(tab: Tab) -> None:
    page = export(tab, "bridge")
    shown = page.locator(".st-key-la_export")
    whole = etree.fromstring(saved(page, "bridge.tmx"))
    expect(shown).to_contain_text(f"{len(whole.findall('.//tu'))} units go out")
    expect(shown).to_contain_text("Not exported: 005 (outlet not stated)")
    expect(shown).to_contain_text("The first units of each rendering, ")
    expect(shown.locator(".la-preview td.la-of").first).to_have_text("001 (晨报)")
    choose(page, "What", "003 (River & Sea <Weekly>)")
    one = etree.fromstring(saved(page, "bridge-003.tmx"))
    assert len(whole.findall(".//tu")) > len(one.findall(".//tu")) == 1
    expect(shown).to_contain_text("1 unit goes out")
    page.get_by_text("Confirmed links only").click()
    expect(shown).to_contain_text("0 units go out")
    expect(shown).to_contain_text("1 link is left out: its status is “automatic”")
    assert not etree.fromstring(saved(page, "bridge-003.tmx")).findall(".//tu")
    choose(page, "What", "Whole letter")
    choose(page, "Format", "CSV (.csv)")
    assert "各位邻居：" in saved(page, "bridge.csv").decode("utf-8-sig")


def test_nothing_to_export_says_what_to_do(tab: Tab) -> None:
    page = export(tab, "plain")
    expect(page.locator(".st-key-la_export")).to_contain_text("aligner build")


def test_a_corpus_that_breaks_is_told_in_place(browser: Browser, tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "letters.toml").write_text('[[documents]]\nfile = "x"\n', encoding="utf-8")
    with served(corpus, tmp_path / "server.log") as home, opened(browser, home) as tab:
        page = tab.open(ready=".st-key-la_fault")
        expect(page.locator(".st-key-la_fault")).to_contain_text("letters.toml")
        expect(page.locator(".st-key-la_fault")).not_to_contain_text("Traceback")


def test_chinese_stands_in_a_chinese_face_first(browser: Browser, site: str) -> None:
    with opened(browser, site, locale="zh-CN") as tab:
        page = export(tab, "bridge")
        face = "(node) => getComputedStyle(node).fontFamily"
        text = page.locator(".st-key-la_export [data-testid=stText]").first
        expect(text).to_be_visible()
        assert text.evaluate(face).startswith('"Noto Sans CJK SC"')
        assert page.locator(".la-preview td[lang=zh-Hans]").first.evaluate(face).startswith('"Noto Serif CJK SC"')
        assert page.locator(".la-preview td[lang=en]").first.evaluate(face).startswith('"Source Serif 4"')
