"""Export, and what the pages say when something is wrong."""

from __future__ import annotations

from pathlib import Path

from conftest import Tab, opened, served
from lxml import etree
from playwright.sync_api import Browser, Page, expect

WIDTHS = """(button) => {
  const range = document.createRange();
  const name = button.querySelector("strong");
  range.selectNode(name.nextSibling);
  return [name, range].map((each) => each.getBoundingClientRect().width);
}"""


def export(tab: Tab, letter: str) -> Page:
    page = tab.open(f"/?letter={letter}")
    page.locator("[data-testid=stTopNavLink][href$='/export']").click()
    page.wait_for_selector(".st-key-la_export")
    return page


def saved(page: Page, name: str) -> bytes:
    with page.expect_download() as download:
        page.get_by_role("button", name=name, exact=True).click()
    assert download.value.suggested_filename == name
    return Path(download.value.path()).read_bytes()


def test_files_of_the_letter_and_of_each_rendering_are_downloaded(tab: Tab) -> None:
    page = export(tab, "bridge")
    whole = etree.fromstring(saved(page, "bridge.tmx"))
    one = etree.fromstring(saved(page, "bridge-003.tmx"))
    assert len(whole.findall(".//tu")) > len(one.findall(".//tu")) == 1
    table = saved(page, "bridge.csv")
    assert "各位邻居：" in table.decode("utf-8-sig")
    expect(page.locator(".st-key-la_export")).to_contain_text("bridge-005")


def test_where_there_is_no_room_the_ending_of_a_file_is_seen(browser: Browser, site: str) -> None:
    with opened(browser, site, viewport={"width": 820, "height": 1100}) as tab:
        page = export(tab, "bridge")
        for name in ("bridge-001.tmx", "bridge-001.xlsx", "bridge.html"):
            button = page.get_by_role("button", name=name, exact=True)
            assert button.evaluate("(node) => node.scrollWidth <= node.clientWidth")
            stem, ending = button.evaluate(WIDTHS)
            assert (stem, ending > 20) == (0, True)
        page.goto(f"{site}/?letter=bridge")
        bar = page.locator(".la-bar")
        expect(bar).to_be_visible()
        assert bar.evaluate("(bar) => bar.scrollWidth <= bar.clientWidth")


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
