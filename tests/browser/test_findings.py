"""Findings on the Read page, driven as a reader drives them: marks, list, language, keyboard, and the real corpus."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import support_ui
from conftest import ROOT, Tab, opened, served
from playwright.sync_api import Browser, Page, expect

from aligner.corpus import Corpus
from aligner.model import Finding
from aligner.pipeline.marking import accepted
from aligner.pipeline.reviewing import Desk
from aligner.review.said import Verdict
from aligner.store import open_store
from aligner.ui import published
from aligner.ui.views.reading import reading

TEXT = "el => el.textContent"
ROW = ".la-line[data-n='{}']"
ITEMS = ".la-finds .la-fc"


def source(page: Page, n: int) -> str:
    return str(page.locator(f"{ROW.format(n)} .la-source .la-en").evaluate(TEXT))


def marks(page: Page, n: int, cell: str) -> list[tuple[str, str]]:
    """The underlined runs of a cell: severity of the line, and the text."""
    found = []
    for span in page.locator(f"{ROW.format(n)} {cell} .la-fx").all():
        names = re.findall(r"la-fx-(info|minor|major|critical)", span.get_attribute("class") or "")
        found.append((names[0], str(span.evaluate(TEXT))))
    return found


def test_overlapping_findings_are_underlined_and_the_text_is_still_the_documents(tab: Tab) -> None:
    page = tab.open()
    assert source(page, 3) == "After much thought, I have made the diffcult decision to close it on 3 May."
    words = [("minor", "diffcult"), ("minor", " decision to close it"), ("major", "on 3 May")]
    assert marks(page, 3, ".la-source") == words
    cell = page.locator(f"{ROW.format(3)} .la-cell p").first
    assert cell.evaluate(TEXT) == "经过深思熟虑，我做出了艰难的决定：五月三日关闭它。"
    assert marks(page, 3, ".la-cell") == [("minor", "决定："), ("major", "五月三日"), ("minor", "关闭它")]
    both = page.locator(f"{ROW.format(3)} .la-cell .la-fx-major")
    assert "la-fy-minor" in (both.get_attribute("class") or "").split()
    assert both.get_attribute("title") == "001, major: Look at “五月三日”.\n001, minor: Look at “决定：五月三日关闭它”."
    lines = "el => getComputedStyle(el).textDecorationStyle"
    assert both.evaluate(lines) == "solid"
    assert page.locator(f"{ROW.format(3)} .la-cell .la-fx-minor").first.evaluate(lines) == "dashed"
    tag = "el => getComputedStyle(el, '::after').content"
    assert "■" in both.evaluate(tag)
    assert "▲−002" in page.locator(f"{ROW.format(4)} .la-source .la-fx-end").evaluate(tag)


def test_the_gravest_finding_is_open_and_its_words_are_lit_on_both_sides(tab: Tab) -> None:
    page = tab.open()
    page.click(f"{ROW.format(3)} .la-num")
    expect(page.locator(ITEMS)).to_have_count(2)
    opened_one = page.locator(f"{ITEMS}.la-on")
    expect(opened_one).to_contain_text("major")
    expect(opened_one).to_contain_text("Accuracy · Mistranslation")
    expect(opened_one.locator(".la-fm > p")).to_have_text("Look at “五月三日”.")
    expect(opened_one.locator(".la-proof")).to_have_text("Seen by: numbers; score 0.80")
    assert page.locator(".la-lit").all_text_contents() == ["on 3 May", "五月三日"]
    page.locator(f"{ITEMS} button.la-fb").nth(1).click()
    expect(page.locator(f"{ITEMS}.la-on .la-fm > p")).to_have_text("Look at “决定：五月三日关闭它”.")
    assert "".join(page.locator(".la-cell .la-lit").all_text_contents()) == "决定：五月三日关闭它"
    page.locator(f"{ITEMS}.la-on > button").click()
    expect(page.locator(f"{ITEMS}.la-on")).to_have_count(0)
    expect(page.locator(".la-lit")).to_have_count(0)


def test_a_click_on_underlined_words_opens_their_finding_and_a_further_click_the_next(tab: Tab) -> None:
    page = tab.open()
    page.click(f"{ROW.format(3)} .la-cell .la-fx-minor")
    expect(page.locator(f"{ITEMS}.la-on .la-fm > p")).to_have_text("Look at “决定：五月三日关闭它”.")
    both = page.locator(f"{ROW.format(3)} .la-cell .la-fx-major")
    for words in ("五月三日", "决定：五月三日关闭它", "五月三日"):
        both.click()
        expect(page.locator(f"{ITEMS}.la-on .la-fm > p")).to_have_text(f"Look at “{words}”.")
    page.click(".la-inj .la-fx-critical")
    expect(page.locator(".la-insp h3")).to_have_text("Sentence 5")
    expect(page.locator(f"{ITEMS}.la-on b").first).to_have_text("critical")


def test_information_can_be_hidden_and_counts_follow(tab: Tab) -> None:
    page = tab.open("/?letter=bridge&sentence=4")
    expect(page.locator(ITEMS)).to_have_count(2)
    expect(page.locator(".la-fsum")).to_contain_text("1 information")
    toggle = page.locator("[data-info]")
    expect(toggle).to_have_attribute("aria-pressed", "true")
    toggle.focus()
    page.keyboard.press("Enter")
    expect(page.locator("[data-info]")).to_have_attribute("aria-pressed", "false")
    expect(page.locator("[data-info]")).to_be_focused()
    expect(page.locator(ITEMS)).to_have_count(1)
    expect(page.locator(".la-fx-info:not(.la-smp)")).to_have_count(0)
    page.click(".la-quiet")
    expect(page.locator(ITEMS)).to_have_count(2)


def test_other_places_jump_and_are_lit(tab: Tab) -> None:
    page = tab.open("/?letter=bridge&sentence=4")
    page.locator(f"{ITEMS} button.la-fb").nth(1).click()
    place = page.locator(".la-place").first
    assert place.get_attribute("aria-label") == "2 ，: Go to sentence 2 in 002: “，”, 1×"
    place.click()
    expect(page.locator(".la-insp h3")).to_have_text("Sentence 2")
    assert page.locator(f"{ROW.format(2)} .la-lit").all_text_contents() == ["，"]
    expect(page.locator(f"{ITEMS}.la-on")).to_contain_text("Punctuation")


def test_an_address_opens_a_finding_and_the_finding_gives_it(tab: Tab) -> None:
    page = tab.open("/?letter=bridge&sentence=4")
    opened_first = str(page.locator(f"{ITEMS}.la-on").inner_text())
    page.locator(f"{ITEMS} button.la-fb").nth(1).click()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.locator(".la-copy").click()
    expect(page.locator(".la-copy")).to_have_text("Link copied")
    link = str(page.evaluate("navigator.clipboard.readText()"))
    assert "letter=bridge" in link and "sentence=4" in link and "finding=" in link

    page.goto("about:blank")
    page.goto(link)
    expect(page.locator(".la-insp h3")).to_have_text("Sentence 4")
    expect(page.locator(f"{ITEMS}.la-on .la-cat")).to_contain_text("Punctuation")
    assert opened_first != page.locator(f"{ITEMS}.la-on").inner_text()
    page.keyboard.press("j")
    page.wait_for_url(re.compile("sentence=5$"))  # the finding was of the sentence before
    page.go_back()
    expect(page.locator(".la-insp h3")).to_have_text("Sentence 4")
    expect(page.locator(f"{ITEMS}.la-on .la-cat")).to_contain_text("Punctuation")
    page.go_back()
    assert page.url == "about:blank"  # one entry for one step

    page.goto(link.replace("?", "review?", 1))
    expect(page.locator(".la-rw-card.la-on")).to_contain_text("Punctuation")


def test_the_keyboard_reaches_and_turns_findings(tab: Tab) -> None:
    page = tab.open("/?letter=bridge&sentence=3")
    page.locator(ROW.format(3)).focus()
    page.keyboard.press("Enter")
    for _ in range(3):
        page.keyboard.press("Tab")  # two arrows, then the first finding
    focused = "document.activeElement.getAttribute('aria-expanded')"
    assert page.evaluate(focused) == "true"
    page.keyboard.press("Tab")  # its link
    page.keyboard.press("Tab")
    assert page.evaluate(focused) == "false"
    page.keyboard.press("Enter")
    assert page.evaluate(focused) == "true"
    assert page.evaluate("document.activeElement.closest('li').previousSibling.className") == "la-fc"


def test_the_strip_and_the_row_name_what_was_found(tab: Tab) -> None:
    page = tab.open()
    assert page.locator(f"{ROW.format(3)} [role=rowheader]").evaluate(TEXT) == "3findings: 1 major, 1 minor"
    cell = page.locator(".la-rr").nth(1).locator(".la-sq").nth(2)
    assert cell.get_attribute("aria-label") == "Sentence 3: direct, 1 major, 1 minor"
    expect(cell.locator(".la-sv-major")).to_be_visible()
    page.click("[data-column='bridge-001']")
    expect(page.locator("[data-filter=findings]")).to_have_text("Findings1")


@pytest.fixture(scope="module")
def real(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:  # noqa: ARG001 - skips first
    with served(ROOT / "corpus", tmp_path_factory.mktemp("real") / "server.log") as home:
        yield home


def test_a_finding_of_the_corpus_is_marked_opens_and_is_translated(browser: Browser, real: str) -> None:
    corpus = Corpus.open(ROOT / "corpus")
    name, found, n = first_finding(corpus)
    letter = corpus.letter(name)
    assert found.source
    with opened(browser, real) as tab:
        page = tab.open(f"/?letter={name}&sentence={n}")
        assert source(page, n) == letter.segments[n - 1].text
        page.locator(f"{ROW.format(n)} .la-source .la-fx", has_text=found.source.text[:12]).first.click()
        head = page.locator(f"{ITEMS} > button", has_text=found.source.text[:12]).first
        if head.get_attribute("aria-expanded") == "false":
            head.click()
        body = page.locator(f"{ITEMS}.la-on .la-fm > p")
        expect(body).to_have_text(found.messages["en"])
        page.get_by_text("中文", exact=True).click()
        expect(body).to_have_text(found.messages["zh"])
        expect(page.locator(f"{ITEMS}.la-on")).to_contain_text("漏译")
        assert source(page, n) == letter.segments[n - 1].text
        for number, wanted in enumerate(cells(corpus, name), 1):
            row = page.locator(ROW.format(number))
            assert (
                row.locator(".la-source > p, .la-cell p").evaluate_all("all => all.map((p) => p.textContent)") == wanted
            )


def cells(corpus: Corpus, name: str) -> Iterator[list[str]]:
    """What every row's cells hold, cut from the documents."""
    letter = corpus.letter(name)
    documents = {item.id: corpus.document(item.document).text for item in corpus.entry(name).renderings}
    shown = reading(letter, published.versions(corpus, name))
    for row, segment in enumerate(letter.segments):
        texts = [letter.base.document.text[segment.start : segment.end]]
        for column in shown["columns"]:
            for piece in column["cells"][row].get("pieces", []):
                parts = [
                    documents[column["id"]][part["start"] - len(part["carrier"]) : part["end"]]
                    for part in piece["texts"]
                ]
                texts.append(" … ".join(parts))
        yield texts


def first_finding(corpus: Corpus) -> tuple[str, Finding, int]:
    """A grave omission of the corpus: letter, finding, row."""
    for entry in corpus.manifest.letters:
        letter = corpus.letter(entry.id)
        for item in entry.renderings:
            alignment = corpus.alignment(entry.id, item.id)
            for found in alignment.findings if alignment else ():
                if found.check == "omission" and found.severity.value == "major" and found.source:
                    rows = [n for n, s in enumerate(letter.segments, 1) if s.start <= found.source.start < s.end]
                    return entry.id, found, rows[0]
    pytest.fail("the corpus has no grave omission")


def test_what_reviewers_decided_is_seen(browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALIGNER_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("ALIGNER_DATABASE_URL", raising=False)
    letter, rendering = "bridge", "bridge-001"
    desk = Desk(Corpus.open(support_ui.build(tmp_path)), open_store())
    numbers, meaning, *_ = desk.published(letter, rendering).findings
    desk.say(accepted(numbers), "ann", letter, rendering)
    desk.say(Verdict(meaning.id, meaning.check, None, "free"), "ann", letter, rendering)
    editor = desk.editor(letter, rendering)
    desk.say(editor.confirm(editor.part.beads[2:3]), "ann", letter, rendering)
    with served(tmp_path / "corpus", tmp_path / "server.log") as home, opened(browser, home) as tab:
        page = tab.open("/?letter=bridge")
        cell = page.locator(f"{ROW.format(3)} .la-cell").first
        expect(cell.locator(".la-meta .la-ok")).to_have_text("✓ confirmed")
        expect(page.locator(".la-line .la-meta .la-ok")).to_have_count(1)
        assert marks(page, 3, ".la-source") == [("major", "on 3 May")]  # what was dismissed has lost its line
        assert page.locator(f"{ROW.format(3)} .la-source .la-fx-end").get_attribute("data-tag") == "■✓001"
        expect(page.locator(".la-head .la-sum").first).to_have_text("1 critical1 major")
        page.locator(ROW.format(3)).locator(".la-num").click()
        expect(page.locator(f"{ITEMS} .la-fv")).to_have_text(["✓ accepted", "× dismissed"])
        page.locator(ITEMS).nth(1).locator("button").first.click()  # opened, its words are shown all the same
        expect(page.locator(f"{ROW.format(3)} .la-source .la-lit").first).to_have_text("diffcult")
        desk.undo("ann", letter, rendering)
        page.reload()
        expect(page.locator(".la-line .la-conf").first).to_be_visible()
        expect(page.locator(".la-line .la-meta .la-ok")).to_have_count(0)


def test_the_apostrophe_of_an_english_word_is_none_of_the_chinese_marks(tab: Tab) -> None:
    page = tab.open("/?letter=bridge&lang=zh")
    page.locator(".la-source .la-fx").first.click()
    told = page.locator(f"{ITEMS}.la-on .la-fm > p").first
    expect(told).to_contain_text("（it’s）")
    expect(told.locator("[lang=en]")).to_have_text("’")
