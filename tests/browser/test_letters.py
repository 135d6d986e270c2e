"""A letter of one's own: from files to side by side, with nothing but the pages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import support_ui
from conftest import Tab, opened, served
from playwright.sync_api import Browser, Page, expect
from samples.make_pdfs import CHINESE, ENGLISH
from support_documents import SAMPLES, docx_of, page_of

from aligner.corpus import Corpus

TITLE = "A farewell <b>to all</b>"


@pytest.fixture(scope="module")
def own(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Tab, Path]]:
    """A tab of an app with a home of its own, and that home."""
    folder = tmp_path_factory.mktemp("letters")
    with (
        served(support_ui.build(folder), folder / "server.log") as home,
        opened(browser, home, viewport={"width": 1280, "height": 1000}) as tab,
    ):
        yield tab, folder / "home" / "letters"


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An English page and three articles, and a file that is not what its name says."""
    folder = tmp_path_factory.mktemp("files")
    aside = "<aside><p>Subscribe &lt;img src=x onerror=alert(1)&gt; now</p></aside>"
    (folder / "page.html").write_text(page_of("The founder leaves. Her letter:", *ENGLISH, more=aside), "utf-8")
    (folder / "morning.html").write_text(page_of("公司创始人昨天宣布离职。以下为信件全文。", *CHINESE), "utf-8")
    (folder / "weekly.docx").write_bytes(docx_of("周刊讯", CHINESE[0], CHINESE[1], "她表示，" + CHINESE[2], CHINESE[4]))
    (folder / "evening.pdf").write_bytes((SAMPLES / "chinese_spaced.pdf").read_bytes())
    (folder / "wrong.pdf").write_bytes(b"MZ" + bytes(200))
    return folder


def give(page: Page, box: int, *paths: Path) -> None:
    page.locator("input[type=file]").nth(box).set_input_files([str(path) for path in paths])


def card(name: str) -> str:
    """What selects the card of a document."""
    return f"[class*=st-key-la_item_]:has([data-testid=stText]:has-text('{name}'))"


def test_a_letter_and_three_articles_come_to_stand_side_by_side(own: tuple[Tab, Path], files: Path) -> None:
    tab, folder = own
    page = tab.open("/letters", ready=".st-key-la_letters")
    give(page, 0, files / "page.html")
    english = page.locator(card("page.html"))
    expect(english.get_by_label("The letter begins with")).to_have_value(re.compile("Dear colleagues"))
    english.locator("summary").first.click()
    expect(english.locator("mark.la-ex-in").last).to_have_text("Anna")
    expect(english.locator(".la-ex-gone")).to_contain_text("Subscribe <img src=x onerror=alert(1)> now")
    assert english.locator("img").count() == 0
    give(page, 0, *(files / name for name in ("morning.html", "weekly.docx", "evening.pdf", "wrong.pdf")))
    expect(page.locator(card("wrong.pdf"))).to_contain_text("is not a PDF")
    title = page.get_by_label("Title")
    title.fill(TITLE)
    title.press("Enter")
    page.get_by_label("Outlet").first.fill("Morning Post")
    page.get_by_label("Outlet").first.press("Enter")
    page.get_by_role("button", name="Set side by side").click()
    page.wait_for_selector(".la-root", timeout=120_000)
    expect(page.locator(".la-root")).to_contain_text("今天我写信告诉大家")
    expect(page.locator(".la-root")).to_contain_text("Morning Post")
    expect(page.locator(".st-key-la_top input")).to_have_value(TITLE)
    (entry,) = Corpus.open(folder).manifest.letters
    assert {Path(item.document).suffix for item in entry.renderings} == {".html", ".docx", ".pdf"}
    assert all(item.document.startswith(entry.id) for item in entry.renderings)
    assert entry.title == TITLE


def test_why_a_document_is_refused_is_said_in_the_language_of_the_page(
    browser: Browser, own: tuple[Tab, Path], files: Path
) -> None:
    with opened(browser, own[0].home, locale="zh-CN") as tab:
        page = tab.open("/letters", ready=".st-key-la_letters")
        page.get_by_text("添加信件", exact=True).click()
        give(page, 1, files / "wrong.pdf")
        expect(page.locator(card("wrong.pdf"))).to_contain_text("wrong.pdf：文件内容与扩展名不符：不是 PDF 文件")


def test_it_is_deleted_brought_back_and_copied(own: tuple[Tab, Path], tmp_path: Path) -> None:
    tab, folder = own
    (entry,) = Corpus.open(folder).manifest.letters
    page = tab.open("/letters", ready=".st-key-la_letters")
    page.get_by_role("button", name="Change").click()
    page.get_by_role("button", name="Delete", exact=True).click()
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(f".st-key-la_own_{entry.id}")).to_be_visible()
    page.get_by_text("Where it lies", exact=True).click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Make a copy").click()
    copy = tmp_path / download.value.suggested_filename
    download.value.save_as(copy)
    page.locator("input[type=file]").set_input_files(str(copy))
    page.get_by_role("button", name="Bring back").click()
    expect(page.locator(".st-key-la_told")).to_contain_text("1 letter was here already")
    wrong = tmp_path / "wrong.zip"
    wrong.write_bytes(b"PK\x03\x04 no archive")
    page.locator("input[type=file]").set_input_files(str(wrong))
    page.get_by_role("button", name="Bring back").click()
    expect(page.locator(".st-key-la_told")).to_contain_text("not a whole zip archive")
    assert Corpus.open(folder).manifest.letters == (entry,)
