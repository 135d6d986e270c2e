"""The whole work in one story: two reviewers who know nothing of each other, and who settles what they differ about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
import support_ui
from conftest import Tab, keep_picture, opened, served
from lxml import etree
from playwright.sync_api import Browser, Page, expect
from test_review import drag

from aligner.corpus import Corpus
from aligner.model import Severity
from aligner.pipeline.reviewing import Desk
from aligner.review.decisions import Kind
from aligner.store import open_store

LETTER, RENDERING = "bridge", "bridge-001"
COLUMN = f"[data-column='{RENDERING}']"
CHINESE, ENGLISH = f"{COLUMN} .la-rw-zh", ".la-rw-en"
OWN, OMITTED = f"{COLUMN} .la-rw-own .la-rw-mark", ".la-rw-notes .la-rw-mark"
SELECTED = ".la-al-it.la-sel"
SAVED = ".la-al-saved[data-state=saved]"
THIRD = (
    "经过深思熟虑，我做出了艰难的决定👨‍👩‍👧𠮷：五月三日关闭它；若遇大雾或大风，则一律改为次日同一时间，"
    "不另行通知，请各位务必提前十分钟到达码头，迟到者恕不等候，望周知。"
)
ACROSS = "若遇大雾或大风，则一律改为次日同一时间，不另行通知，请各位务必提前"
Marked = dict[int, list[tuple[str, str, str]]]
"""Sentence -> words, the key of a category (empty for an omission), the key of a severity."""

ANN: Marked = {
    3: [
        ("决定👨‍👩‍👧𠮷", "1", "n"),
        (ACROSS, "9", "b"),
        ("深思熟虑", "1", "b"),
        ("望周知", "9", "m"),
        ("After much thought", "", "n"),
        ("I have made", "", "m"),
    ],
    4: [("八十年历史", "1", "b"), ("不安全", "9", "n")],
    6: [("渡船", "1", "b"), ("免费", "1", "n")],
}
BEN: Marked = {
    3: [("👨‍👩‍👧𠮷", "1", "b"), (ACROSS, "9", "b"), ("After much thought", "", "n")],
    4: [("八十年", "1", "b")],
    6: [("免费", "9", "n")],
}


def write_corpus(folder: Path) -> Path:
    corpus = support_ui.build(folder)
    article = support_ui.Article()
    letter = Corpus.open(corpus).letter(LETTER)
    for number, (segment, gloss) in enumerate(zip(letter.segments, support_ui.GLOSSES, strict=True), 1):
        article.link([segment.id], THIRD if number == 3 else gloss)
        if number == 3:
            date = support_ui.words_of(segment, "on 3 May")
            article.find("numbers", "accuracy/mistranslation", Severity.MAJOR, date, "五月三日")
            article.find("meaning", "accuracy/mistranslation", Severity.MINOR, None, "次日")
        article.add("\n\n")
    support_ui._write(corpus, LETTER, RENDERING, article)
    return corpus


@pytest.fixture
def bench(browser: Browser, tmp_path: Path) -> Iterator[tuple[str, Desk]]:  # noqa: ARG001 - skips first
    corpus = write_corpus(tmp_path)
    with served(corpus, tmp_path / "server.log") as home, pytest.MonkeyPatch.context() as patch:
        patch.setenv("ALIGNER_HOME", str(tmp_path / "home"))
        yield home, Desk(Corpus.open(corpus), open_store())


def named(page: Page, name: str) -> None:
    page.fill(".la-who-field", name)
    page.keyboard.press("Enter")
    expect(page.locator(".la-who-name")).to_have_text(name)
    page.evaluate("document.activeElement.blur()")


def to(page: Page, title: str, ready: str) -> None:
    page.locator("[data-testid=stTopNavLink]", has_text=title).click()
    page.wait_for_selector(ready)


def correct(page: Page, *done: tuple[str, str]) -> None:
    """Walk the first lane by keyboard to each of the words, and press a key there."""
    for words, key in done:
        for _ in range(20):
            if words in "".join(page.locator(SELECTED).all_text_contents()):
                break
            page.keyboard.press("j")
        expect(page.locator(SELECTED)).to_contain_text(words)
        page.keyboard.press(key)


def links(page: Page) -> list[tuple[str, str]]:
    """Numbers of sentences and words of every box of the first lane."""
    found = page.locator(f".la-al-sg[data-lane='{RENDERING}']").all()
    return [(box.locator(".la-al-no").inner_text(), "|".join(box.locator("p").all_text_contents())) for box in found]


def annotate(page: Page, marked: Marked) -> None:
    for sentence, errors in marked.items():
        go(page, sentence)
        for count, (words, category, severity) in enumerate(errors, 1):
            lines = drag(page, CHINESE if category else ENGLISH, words)
            expect(page.locator(".la-rp-q")).to_have_text(words)
            assert (lines > 1) == (words == ACROSS)
            if category:
                page.keyboard.press(category)
            else:
                expect(page.locator(".la-rp-cat.la-on")).to_contain_text("Omission")
                page.locator(f"[data-key='which.{RENDERING}']").click()
            page.keyboard.press(severity)
            expect(page.locator(f"{OWN}, {OMITTED}")).to_have_count(count)
            page.keyboard.press("Escape")


def go(page: Page, sentence: int) -> None:
    page.locator(".la-rb-cell").nth(sentence - 1).click()
    expect(page.locator(".la-rb-where")).to_contain_text(f"Sentence {sentence}")


def finish(page: Page, sentences: Marked) -> None:
    for sentence in sentences:
        go(page, sentence)
        page.keyboard.press("g")
    expect(page.locator(".la-rb-count")).to_contain_text(f"{len(sentences)}/8")
    expect(page.locator(".la-rb-saved")).to_have_attribute("data-state", "saved")


def errors_of(desk: Desk, name: str) -> Counter[str]:
    """The words that somebody marked, each held against its document."""
    texts = desk.texts(LETTER, RENDERING)
    found: Counter[str] = Counter()
    for decision, mark in desk.judgements(LETTER, RENDERING).errors:
        if decision.reviewer == name and decision.kind is Kind.ERROR:
            for side, text in ((mark.target, texts.target), (mark.source, texts.source)):
                assert all(text[quoted.start : quoted.end] == quoted.text for quoted in side)
                found.update(quoted.text for quoted in side)
    return found


def words(marked: Marked) -> Counter[str]:
    return Counter(each for errors in marked.values() for each, _, _ in errors)


def test_two_reviewers_work_apart_and_an_adjudicator_settles_what_they_differ_about(
    browser: Browser, bench: tuple[str, Desk]
) -> None:
    home, desk = bench
    with opened(browser, home) as one, opened(browser, home) as two, opened(browser, home) as three:
        ben = two.open(f"/align?letter={LETTER}", ".la-al-row")
        named(ben, "Ben")
        ann_reviews(one, desk)
        ben_differs(two, ben, desk)
        cy_settles(three, desk)


def ann_reviews(tab: Tab, desk: Desk) -> None:
    page = tab.open(f"/?letter={LETTER}")
    to(page, "Align", ".la-al-row")
    named(page, "Ann")
    correct(page, ("各位邻居", "z"), ("六个月", "Delete"), ("谨致问候", "2"))
    expect(page.locator(".la-al-history li")).to_have_count(3)
    expect(page.locator(SAVED)).to_be_visible()
    corrected = links(page)
    assert corrected[0][0] == "1, 2"
    to(page, "Review", ".la-review")
    annotate(page, ANN)
    go(page, 3)
    page.keyboard.press("a")
    expect(page.locator(f"{COLUMN} .la-rw-card")).to_have_count(1)
    for key in ("d", "Tab", "Enter"):
        page.keyboard.press(key)
    expect(page.locator(f"{COLUMN} .la-rw-drop")).to_be_visible()
    finish(page, ANN)

    page.reload()
    for sentence, errors in ANN.items():
        go(page, sentence)
        expect(page.locator(f"{OWN}, {OMITTED}")).to_have_count(len(errors) + (sentence == 3))  # and one accepted
    go(page, 3)
    expect(page.locator(f"{COLUMN} .la-rw-drop")).to_be_visible()
    keep_picture(page, "review")
    assert errors_of(desk, "Ann") == words(ANN)
    verdicts = {each.check: each.accepted for _, each in desk.judgements(LETTER, RENDERING).verdicts}
    assert verdicts == {"numbers": True, "meaning": False}
    to(page, "Align", ".la-al-row")
    assert links(page) == corrected
    exported(page)


def exported(page: Page) -> None:
    to(page, "Export", ".st-key-la_export")
    page.get_by_role("combobox", name="What").click()
    page.get_by_role("option", name=RENDERING.removeprefix(f"{LETTER}-")).click()
    with page.expect_download() as download:
        page.get_by_role("button", name=f"{RENDERING}.tmx").click()
    units = etree.parse(download.value.path()).findall(".//tu")
    texts = ["".join(unit.itertext("seg")) for unit in units]
    assert units[0].findtext("prop[@type='x-bead']") == "2-2"
    assert "我写信谈谈这座老桥。" in texts[0]
    assert "六个月" not in "".join(texts)
    assert units[-1].findtext("prop[@type='x-mode']") == "indirect"


def ben_differs(tab: Tab, page: Page, desk: Desk) -> None:
    # His connection is away, so that what he sees and says is of before.
    page.evaluate("() => { WebSocket.prototype.send = () => {}; }")
    correct(page, ("我写信", "Delete"), ("六个月", "z"), ("谨致问候", "3"))
    page.reload()
    conflict = page.locator(".la-al-conflict")
    expect(conflict).to_have_count(3)
    expect(conflict.first).to_contain_text("Ann")
    keep_picture(page, "align-conflict")
    assert len(desk.store.parked(LETTER)) == 3
    conflict.filter(has_text="六个月").locator(".la-al-mine").click()
    expect(conflict).to_have_count(2)
    conflict.filter(has_text="谨致问候").locator(".la-al-theirs").click()
    expect(conflict).to_have_count(1)
    expect(page.locator(SAVED)).to_be_visible()
    page = tab.open(f"/review?letter={LETTER}&sentence=3", ".la-review")
    expect(page.locator(".la-rw-mark")).to_have_count(0)  # nothing of Ann's
    annotate(page, BEN)
    finish(page, BEN)
    assert errors_of(desk, "Ann") == words(ANN)
    assert errors_of(desk, "Ben") == words(BEN)


def cy_settles(tab: Tab, desk: Desk) -> None:
    page = tab.open(f"/overview?letter={LETTER}", "#la-ov-letters")
    agreement = page.locator(".la-agree").first
    expect(agreement).to_contain_text("Ann")
    expect(agreement).to_contain_text("Ben")
    expect(page.locator("[data-testid=stVegaLiteChart]")).to_have_count(2)
    parked = page.locator(".la-parked li")
    expect(parked).to_have_count(1)
    expect(parked).to_contain_text("Ben")
    dispute = page.locator(".la-di").filter(has_text="Sentence 4").first
    dispute.locator("summary").click()
    page.locator("#la-ov-agreement").evaluate("(title) => title.scrollIntoView()")
    keep_picture(page, "overview-agreement")
    named(page, "Cy")
    dispute.get_by_role("button", name="Ben’s version holds").click()
    page.get_by_text("1 settled").click()
    expect(page.locator(".la-di", has_text="settled by Cy")).to_have_count(1)
    parked.get_by_role("link").click()
    conflict = page.locator(".la-al-conflict")
    expect(conflict).to_have_count(1)
    conflict.get_by_role("button", name="Keep what Ben said").click()
    expect(conflict).to_have_count(0)
    expect(page.locator(SAVED)).to_be_visible()
    assert not [each for each in desk.store.parked(LETTER) if each.settled_by is None]
    assert errors_of(desk, "Ann") == words(ANN)
    assert errors_of(desk, "Ben") == words(BEN)
    said = Counter(each.reviewer for each in desk.log(LETTER) if each.kind is Kind.REPLACE)
    assert said["Ann"] == 3
