"""Review, driven as a reviewer does it; what was said is looked up in the store."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import support_ui
from conftest import Tab, opened, served
from playwright.sync_api import Browser, Page, expect

from aligner.corpus import Corpus
from aligner.model import Severity
from aligner.pipeline.reviewing import Desk
from aligner.review.judgements import Judgements
from aligner.store import open_store

WIDE = (
    "渡船𠮷😀六点开航，👨‍👩‍👧请各位务必提前十分钟到达码头，迟到者恕不等候；"
    "若遇大雾或大风，则一律改为次日同一时间开航，不另行通知，望周知。"
)
NASTY = '<img src=x onerror="window.hurt=1"><b>灯</b>{0}'
ENGLISH = ".la-rw-en"
CHINESE = ".la-rw-zh"
SAVED = ".la-rb-saved"


def write_corpus(folder: Path) -> Path:
    """A letter of four sentences whose rendering has characters of several code points, and something like HTML."""
    corpus = support_ui.build(folder)
    letter = Corpus.open(corpus).letter("note")
    article = support_ui.Article()
    for segment, gloss in zip(letter.segments, ("致全体船员：", WIDE, f"带一盏{NASTY}。", "港务长"), strict=True):
        article.link([segment.id], gloss)
        if gloss == WIDE:
            article.find("numbers", "accuracy/mistranslation", Severity.MAJOR, None, "六点")
            article.find("meaning", "accuracy/mistranslation", Severity.MINOR, None, "次日")
        article.add("\n\n")
    support_ui._write(corpus, "note", "note-zh", article)
    bridge = Corpus.open(corpus).letter("bridge")
    part = support_ui.articles(bridge)["bridge-002"]
    greeting = support_ui.words_of(bridge.segments[0], "Dearest neighbours,")
    part.find("absence", "accuracy/omission", Severity.MAJOR, greeting)
    support_ui._write(corpus, "bridge", "bridge-002", part)
    return corpus


@pytest.fixture(scope="module")
def desk(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Desk]]:  # noqa: ARG001
    folder = tmp_path_factory.mktemp("review")
    corpus = write_corpus(folder)
    with served(corpus, folder / "server.log") as home, pytest.MonkeyPatch.context() as patch:
        patch.setenv("ALIGNER_HOME", str(folder / "home"))
        patch.delenv("ALIGNER_DATABASE_URL", raising=False)
        yield home, Desk(Corpus.open(corpus), open_store())


@pytest.fixture
def work(browser: Browser, desk: tuple[str, Desk]) -> Iterator[Tab]:
    with opened(browser, desk[0]) as tab:
        yield tab


def begin(tab: Tab, name: str, sentence: int = 2, letter: str = "note") -> Page:
    page = tab.open(f"/review?letter={letter}&sentence={sentence}", ".la-review")
    page.fill(".la-who-field", name)
    page.keyboard.press("Enter")
    expect(page.locator(".la-who-name")).to_have_text(name)
    expect(page.locator(".la-review")).to_have_attribute("aria-busy", "false")
    expect(page.locator(".la-rb-where")).to_contain_text(f"Sentence {sentence}")
    return page


def drag(page: Page, selector: str, words: str) -> int:
    """Select words by pointer, from their first character to their last; on how many lines they stand."""
    ends = page.evaluate(
        """([selector, words]) => {
          const cell = document.querySelector(selector);
          const at = cell.textContent.indexOf(words);
          const walker = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
          const point = (offset) => {
            walker.currentNode = cell;
            let left = offset;
            for (let node = walker.nextNode(); node; node = walker.nextNode()) {
              if (left < node.length || (left === node.length && offset === at + words.length)) return [node, left];
              left -= node.length;
            }
          };
          const range = document.createRange();
          range.setStart(...point(at));
          range.setEnd(...point(at + words.length));
          const boxes = [...range.getClientRects()];
          const [first, last] = [boxes[0], boxes[boxes.length - 1]];
          const middle = (box) => box.top + box.height / 2;
          return [first.left + 1, middle(first), last.right - 1, middle(last), boxes.length];
        }""",
        [selector, words],
    )
    page.mouse.move(ends[0], ends[1])
    page.mouse.down()
    page.mouse.move((ends[0] + ends[2]) / 2, (ends[1] + ends[3]) / 2)
    page.mouse.move(ends[2], ends[3])
    page.mouse.up()
    return int(ends[4])


def said(desk: tuple[str, Desk]) -> Judgements:
    return desk[1].judgements("note", "note-zh")


def marks(desk: tuple[str, Desk], name: str) -> list[tuple[str, str, list[str], list[str]]]:
    held = said(desk)
    texts = desk[1].texts("note", "note-zh")
    found = []
    for decision, mark in held.errors:
        if decision.reviewer == name:
            for side, text in ((mark.target, texts.target), (mark.source, texts.source)):
                assert all(text[quoted.start : quoted.end] == quoted.text for quoted in side)
            words = [[quoted.text for quoted in side] for side in (mark.target, mark.source)]
            found.append((mark.category, mark.severity, *words))
    return found


def saved(page: Page) -> None:
    expect(page.locator(SAVED)).to_have_attribute("data-state", "saved")


def test_words_with_emoji_words_across_lines_and_an_omission_are_kept_exactly(
    work: Tab, desk: tuple[str, Desk]
) -> None:
    page = begin(work, "ann")
    drag(page, CHINESE, "𠮷😀六点")
    expect(page.locator(".la-rp-q")).to_have_text("𠮷😀六点")
    page.keyboard.press("1")
    expect(page.locator(".la-rp-need")).to_have_text("Choose a severity to save.")
    page.keyboard.press("n")
    expect(page.locator(".la-rw-own .la-rw-mark")).to_have_count(1)
    page.fill("[data-key=comment]", "")
    page.locator("[data-key=comment]").press_sequentially("jkvbnm fga1?")
    expect(page.locator(".la-rb-where")).to_contain_text("Sentence 2")
    expect(page.locator(".la-rw-help")).to_have_count(0)
    page.keyboard.press("Escape")
    page.fill("[data-key=correction]", "渡船八点")
    page.keyboard.press("Escape")
    expect(page.locator(".la-rw-said").first).to_have_text("jkvbnm fga1?")

    long = WIDE[WIDE.index("请各位") : WIDE.index("另行")]
    assert drag(page, CHINESE, long) > 1
    expect(page.locator(".la-rp-q")).to_have_text(long)
    page.keyboard.press("b")
    page.keyboard.press("9")
    drag(page, ENGLISH, "sails at six")
    expect(page.locator(".la-rp-cat.la-on")).to_contain_text("Omission")
    page.keyboard.press("m")
    expect(page.locator(".la-rw-notes .la-rw-mark")).to_have_count(1)
    saved(page)
    wanted = [
        ("accuracy/mistranslation", "major", ["𠮷😀六点"], []),
        ("style/awkward style", "minor", [long], []),
        ("accuracy/omission", "critical", [], ["sails at six"]),
    ]
    assert marks(desk, "ann") == wanted
    first = next(mark for decision, mark in said(desk).errors if decision.reviewer == "ann")
    assert (first.comment, first.correction) == ("jkvbnm fga1?", "渡船八点")

    page.reload()
    expect(page.locator(".la-rw-own .la-rw-mark")).to_have_count(2)
    expect(page.locator(".la-rw-notes .la-rw-mark")).to_contain_text("sails at six")
    assert page.locator(CHINESE).first.evaluate("el => el.textContent") == WIDE
    assert marks(desk, "ann") == wanted


def test_a_part_of_one_character_is_the_whole_character(work: Tab, desk: tuple[str, Desk]) -> None:
    page = begin(work, "cut")
    page.locator(CHINESE).first.evaluate(
        """(cell) => {
          const nodes = [...cell.childNodes].map((each) => each.firstChild || each);
          const node = nodes.find((each) => each.data && each.data.includes('👨'));
          const inside = node.data.indexOf('👨');
          document.getSelection().setBaseAndExtent(node, inside + 3, node, inside + 5);
          cell.focus();
        }"""
    )
    page.keyboard.press("Enter")
    page.keyboard.press("1")
    page.keyboard.press("v")
    expect(page.locator(".la-rw-own .la-rw-mark")).to_have_count(1)
    saved(page)
    assert marks(desk, "cut") == [("accuracy/mistranslation", "neutral", ["👨‍👩‍👧"], [])]


def test_suggestions_are_accepted_and_dismissed_and_a_score_given(work: Tab, desk: tuple[str, Desk]) -> None:
    page = begin(work, "ben")
    expect(page.locator(".la-rw-card")).to_have_count(2)
    page.keyboard.press("a")
    expect(page.locator(".la-rw-card")).to_have_count(1)
    expect(page.locator(".la-rw-own .la-rw-mark")).to_contain_text("六点")
    page.keyboard.press("d")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".la-rw-drop")).to_contain_text("Free, and means the same")
    page.keyboard.press("q")
    for _ in range(7):
        page.keyboard.press("PageUp")
    page.keyboard.press("ArrowRight")
    expect(page.locator("output")).to_have_text("71")
    page.keyboard.press("g")
    expect(page.locator(".la-rb-count")).to_have_text("1/4 done")
    expect(page.locator(".la-rb-where")).to_contain_text("Sentence 3")
    saved(page)
    held = said(desk)
    verdicts = {v.check: (v.accepted, v.reason) for d, v in held.verdicts if d.reviewer == "ben"}
    assert verdicts == {"numbers": (True, ""), "meaning": (False, "Free, and means the same")}
    assert [(score.score, score.sentence and score.sentence.text) for d, score in held.scores] == [
        (71, "The ferry sails at six.")
    ]
    page.wait_for_url("**sentence=3")
    page.reload()
    expect(page.locator(".la-rb-count")).to_have_text("1/4 done")
    page.keyboard.press("k")
    expect(page.locator("output")).to_have_text("71")
    expect(page.locator(".la-rw-card")).to_have_count(0)
    page.click(".la-rw-drop button")
    expect(page.locator(".la-rw-card")).to_have_count(1)


def test_a_reviewer_sees_nothing_of_another(browser: Browser, desk: tuple[str, Desk]) -> None:
    with opened(browser, desk[0]) as tab:
        page = begin(tab, "one")
        drag(page, CHINESE, "码头")
        page.keyboard.press("1")
        page.keyboard.press("b")
        expect(page.locator(".la-rw-own .la-rw-mark")).to_have_count(1)
        saved(page)
    with opened(browser, desk[0]) as tab:
        page = begin(tab, "two")
        expect(page.locator(".la-rw-card")).to_have_count(2)
        expect(page.locator(".la-rw-mark")).to_have_count(0)
        expect(page.locator("output")).to_have_text("—")


def test_what_looks_like_html_stays_text(work: Tab) -> None:
    page = begin(work, "<img src=x onerror=window.hurt=1>", 3)
    assert page.locator(CHINESE).first.evaluate("el => el.textContent") == f"带一盏{NASTY}。"
    drag(page, CHINESE, "onerror")
    page.keyboard.press("1")
    page.keyboard.press("b")
    page.fill("[data-key=comment]", NASTY)
    page.keyboard.press("Escape")
    expect(page.locator(".la-rw-said")).to_have_text(NASTY)
    saved(page)
    page.reload()
    expect(page.locator(".la-rw-said")).to_have_text(NASTY)
    assert page.evaluate("window.hurt === undefined && !document.querySelector('.la-review img')")


def test_everything_by_keyboard(work: Tab, desk: tuple[str, Desk]) -> None:
    page = begin(work, "key")
    page.keyboard.press("l")
    for key in ("ArrowRight", "ArrowRight", "Shift+ArrowRight", "Enter", "7", "b"):
        page.keyboard.press(key)
    expect(page.locator(".la-rw-own .la-rw-mark")).to_contain_text("船𠮷")
    page.keyboard.press("Escape")
    page.keyboard.press("o")
    for key in ("ArrowRight", "ArrowRight", "Shift+ArrowRight", "Enter", "n"):
        page.keyboard.press(key)
    expect(page.locator(".la-rw-notes .la-rw-mark")).to_contain_text("ferry sails")
    saved(page)
    assert marks(desk, "key") == [
        ("linguistic conventions/grammar", "minor", ["船𠮷"], []),
        ("accuracy/omission", "major", [], ["ferry sails"]),
    ]
    page.keyboard.press("Escape")
    page.keyboard.press("u")
    expect(page.locator(".la-rw-notes .la-rw-mark")).to_have_count(0)
    saved(page)
    page.keyboard.press("y")
    expect(page.locator(".la-rw-notes .la-rw-mark")).to_have_count(1)
    page.click(".la-rw-notes .la-rw-mark")
    page.keyboard.press("Delete")
    expect(page.locator(".la-rw-notes .la-rw-mark")).to_have_count(0)
    saved(page)
    assert len(marks(desk, "key")) == 1
    page.keyboard.press("?")
    expect(page.locator(".la-rw-help")).to_contain_text("Dismiss it")
    page.keyboard.press("Escape")
    expect(page.locator(".la-rw-help")).to_have_count(0)


def test_a_draft_outlives_a_reload_and_a_change_keeps_one_word(work: Tab, desk: tuple[str, Desk]) -> None:
    page = begin(work, "dot")
    drag(page, CHINESE, "大雾")
    page.keyboard.press("1")
    page.fill("[data-key=comment]", "not yet")
    page.reload()
    expect(page.locator(".la-rp-q")).to_have_text("大雾")
    expect(page.locator("[data-key=comment]")).to_have_value("not yet")
    page.keyboard.press("b")
    expect(page.locator(".la-rw-own .la-rw-mark")).to_contain_text("Minor")
    page.keyboard.press("m")
    expect(page.locator(".la-rw-own .la-rw-mark")).to_contain_text("Critical")
    saved(page)
    assert marks(desk, "dot") == [("accuracy/mistranslation", "critical", ["大雾"], [])]
    page.locator("[data-key=comment]").press_sequentially(" and more")
    page.click(".la-rp-major")  # the click that ends the typing is a click
    expect(page.locator(".la-rw-own .la-rw-mark")).to_contain_text("Major")
    expect(page.locator(".la-rw-said")).to_have_text("not yet and more")
    saved(page)
    assert marks(desk, "dot") == [("accuracy/mistranslation", "major", ["大雾"], [])]
    page.keyboard.press("Delete")
    expect(page.locator(".la-rw-own .la-rw-mark")).to_have_count(0)
    saved(page)
    page.reload()
    expect(page.locator(".la-rw-card")).to_have_count(2)
    assert marks(desk, "dot") == []


def test_the_address_opens_a_sentence_and_back_returns(work: Tab) -> None:
    page = begin(work, "nav", 3)
    page.click(".la-rw-nb >> nth=0")
    expect(page.locator(".la-rb-where")).to_contain_text("Sentence 2")
    page.wait_for_url("**sentence=2")
    page.go_back()
    expect(page.locator(".la-rb-where")).to_contain_text("Sentence 3")
    page.locator(".la-rb-cell").nth(3).click()
    page.wait_for_url("**sentence=4")
    page.get_by_role("link", name="Read", exact=True).click()
    expect(page.locator(".la-insp h3")).to_have_text("Sentence 4")


def test_the_sentence_and_a_suggestion_give_their_addresses(work: Tab) -> None:
    page = work.open("/review?letter=note&sentence=2", ".la-review")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.locator(".la-rw-card").last.click()
    page.locator(".la-rw-card.la-on .la-copy").click()
    expect(page.locator(".la-rw-card.la-on .la-copy")).to_have_text("Link copied")
    page.goto(str(page.evaluate("navigator.clipboard.readText()")))
    expect(page.locator(".la-rw-card").last).to_have_class("la-rw-card la-on")
    page.locator(".la-rw-now .la-copy").click()
    expect(page.locator(".la-rw-now .la-copy")).to_have_text("Link copied")
    link = str(page.evaluate("navigator.clipboard.readText()"))
    assert link.endswith("/review?letter=note&sentence=2")


def test_suggestions_can_wait_until_one_has_judged(work: Tab) -> None:
    page = begin(work, "own")
    page.get_by_role("button", name="Show the program's suggestions before a sentence is done").click()
    expect(page.locator(".la-rw-card")).to_have_count(0)
    expect(page.locator(".la-rw-hidden")).to_be_visible()
    page.keyboard.press("g")
    expect(page.locator(".la-rb-where")).to_contain_text("Sentence 3")
    page.keyboard.press("k")
    expect(page.locator(".la-rw-card")).to_have_count(2)


def test_blind_hides_the_outlets_and_mixes_the_order(work: Tab) -> None:
    page = begin(work, "ann", 3, "bridge")
    names = page.locator(".la-rw-name")
    expect(names).to_have_text(["001", "002", "004", "003"])
    expect(page.locator(".la-rw-cols")).to_contain_text("晨报")
    page.get_by_role("button", name="Hide the outlets").click()
    expect(names).to_have_text(["A", "B", "C", "D"])
    expect(page.locator(".la-review")).not_to_contain_text("晨报")
    orders = set()
    for name in ("ann", "ben", "cleo", "dan"):
        page.click(".la-who-change")
        page.fill(".la-who-field", name)
        page.keyboard.press("Enter")
        expect(page.locator(".la-review")).to_have_attribute("aria-busy", "false")
        columns = page.locator("[data-column]").evaluate_all("all => all.map((each) => each.dataset.column).join()")
        orders.add(columns)
    assert len(orders) > 1
    page.get_by_role("button", name="Hide the outlets").click()
    expect(names).to_have_text(["001", "002", "004", "003"])


def test_words_are_marked_by_touch(browser: Browser, desk: tuple[str, Desk]) -> None:
    tablet = {"viewport": {"width": 820, "height": 1100}, "has_touch": True, "is_mobile": True}
    with opened(browser, desk[0], **tablet) as tab:
        page = begin(tab, "tap")
        page.locator(CHINESE).first.evaluate(
            """(cell) => {
              const node = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT).nextNode();
              document.getSelection().setBaseAndExtent(node, 0, node, 2);
            }"""
        )
        page.locator(".la-rw-touch").tap()
        page.locator(".la-rp-cat").first.tap()
        page.locator(".la-rp-minor").tap()
        expect(page.locator(".la-rw-own .la-rw-mark")).to_contain_text("渡船")
        saved(page)
    assert marks(desk, "tap") == [("accuracy/mistranslation", "minor", ["渡船"], [])]


def test_without_a_connection_the_words_wait_and_are_sent_again(work: Tab, desk: tuple[str, Desk]) -> None:
    page = begin(work, "off")
    page.evaluate("() => { WebSocket.prototype.send = () => {}; }")
    drag(page, CHINESE, "大风")
    page.keyboard.press("1")
    page.keyboard.press("b")
    expect(page.locator(SAVED)).to_have_attribute("data-state", "offline")
    expect(page.locator(".la-rw-own .la-rw-mark")).to_contain_text("大风")
    assert marks(desk, "off") == []
    page.reload()
    expect(page.locator(".la-rw-own .la-rw-mark")).to_contain_text("大风")
    saved(page)
    assert marks(desk, "off") == [("accuracy/mistranslation", "minor", ["大风"], [])]


def test_a_sentence_outside_an_excerpt_can_be_an_omission_and_says_so(work: Tab, desk: tuple[str, Desk]) -> None:
    page = begin(work, "Zoe", 1, "bridge")
    column = page.locator("[data-column='bridge-002']")
    expect(column.locator(".la-rw-none")).to_contain_text("A check takes that for an omission")
    expect(page.locator("[data-column='bridge-003'] .la-rw-none")).to_contain_text("mark it in the English")
    expect(column.locator(".la-rw-nz")).to_contain_text("after: 2")
    expect(page.locator("[data-column='bridge-001'] .la-rw-nz")).to_contain_text("after: 2我写信")
    column.locator(".la-rw-card").click()
    page.keyboard.press("a")
    expect(column.locator(".la-rw-card")).to_have_count(0)
    expect(page.locator(SAVED)).to_contain_text("saved")
    expect(page.locator(".la-rw-notes")).to_contain_text("Omission")
    (verdict,) = [
        value for decision, value in desk[1].judgements("bridge", "bridge-002").verdicts if decision.reviewer == "Zoe"
    ]
    assert verdict.mark
    assert (verdict.mark.category, [each.text for each in verdict.mark.source]) == (
        "accuracy/omission",
        ["Dearest neighbours,"],
    )
    expect(column.locator(".la-rw-none")).to_contain_text("is marked in the English")
    page.keyboard.press("j")
    expect(column.locator(".la-rw-with")).to_have_text("Translated together with sentence 3")


def test_after_q_digits_are_the_score_and_nothing_else(work: Tab, desk: tuple[str, Desk]) -> None:
    page = begin(work, "Vic", 4)
    saved = page.locator(SAVED)
    expect(saved).to_have_text("")  # nothing was said yet
    assert drag(page, f"{CHINESE}", "港务长") == 1
    expect(page.locator(".la-rp-draft")).to_be_visible()
    page.keyboard.press("q")
    expect(page.locator(".la-rw-type")).to_be_visible()
    page.keyboard.type("72")
    expect(page.locator(".la-rw-esl output")).to_have_text("72")
    page.keyboard.press("Enter")
    expect(saved).to_have_attribute("data-state", "saved")
    page.keyboard.type("100")
    expect(page.locator(".la-rw-esl output")).to_have_text("100")
    page.keyboard.press("Enter")
    expect(page.locator(".la-rp-cat[aria-pressed=true]")).to_have_count(0)
    page.wait_for_function("JSON.parse(localStorage.getItem('letter-aligner.outbox.review')).length === 0")
    assert [value.score for decision, value in said(desk).scores if decision.reviewer == "Vic"] == [100]


def test_without_a_name_it_is_said_why_nothing_happens(work: Tab, desk: tuple[str, Desk]) -> None:
    page = work.open("/review?letter=note&sentence=2", ".la-review")
    expect(page.locator(".la-rb-where")).to_contain_text("Sentence 2")
    before = len(desk[1].log("note"))
    why = page.locator(".la-who-why")
    page.keyboard.press("g")
    expect(why).to_contain_text("Your name first")
    expect(page.locator(".la-rb-where")).to_contain_text("Sentence 2")
    page.keyboard.type("x")
    expect(why).to_be_hidden()
    page.fill(".la-who-field", " ")
    page.keyboard.press("Enter")
    expect(why).to_be_visible()
    assert len(desk[1].log("note")) == before


@pytest.mark.parametrize("width", [820, 1280])
def test_outlets_and_what_is_missing_stand_in_full_above_the_columns(browser: Browser, site: str, width: int) -> None:
    with opened(browser, site, viewport={"width": width, "height": 1180}) as tab:
        page = tab.open("/review?letter=bridge&sentence=4", ".la-review")
        expect(page.locator(".la-rw-outlet", has_text="River & Sea <Weekly>")).to_be_visible()
        heads = page.locator(".la-rw-col > header, .la-rw-col > header > *")
        cut = heads.evaluate_all("(all) => all.filter((node) => node.scrollWidth > node.clientWidth + 1).length")
        assert cut == 0
