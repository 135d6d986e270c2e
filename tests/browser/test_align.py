"""Align, driven as a reviewer drives it: keys and mouse, bursts, reload, two reviewers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import support_ui
from conftest import Tab, opened, served
from playwright.sync_api import Browser, Page, WebSocketRoute, expect

SELECTED = ".la-al-it.la-sel"
SAVED = ".la-al-saved[data-state=saved]"


@pytest.fixture
def home(browser: Browser, tmp_path: Path) -> Iterator[str]:  # noqa: ARG001 - skips first
    """A server with a store of its own: corrections stay."""
    with served(support_ui.build(tmp_path), tmp_path / "server.log") as address:
        yield address


@pytest.fixture
def long_home(browser: Browser, tmp_path: Path) -> Iterator[str]:  # noqa: ARG001
    with served(support_ui.build(tmp_path, 10), tmp_path / "server.log") as address:
        yield address


def begin(tab: Tab, name: str = "Ann", letter: str = "bridge") -> Page:
    page = tab.open(f"/align?letter={letter}", ".la-al-row")
    page.fill(".la-who-field", name)
    page.keyboard.press("Enter")
    expect(page.locator(".la-who-name")).to_have_text(name)
    return page


def boxes(page: Page, lane: str = "bridge-001") -> list[tuple[str, str]]:
    """Numbers of sentences and words of every linked box of a lane."""
    found = page.locator(f".la-al-sg[data-lane='{lane}']")
    numbers = found.locator(".la-al-no").all_text_contents()
    words = found.evaluate_all(
        "(all) => all.map((box) => [...box.querySelectorAll('p')].map((p) => p.textContent).join('|'))"
    )
    return list(zip(numbers, words, strict=True))


def choose(page: Page, words: str, lane: str = "bridge-001") -> None:
    page.locator(f".la-al-sg[data-lane='{lane}']", has_text=words).locator(".la-al-meta").click()
    expect(page.locator(SELECTED)).to_contain_text(words)


def test_three_links_are_corrected_by_keyboard_and_stay_after_a_reload(browser: Browser, home: str) -> None:
    with opened(browser, home) as tab:
        page = begin(tab)
        before = boxes(page)
        page.keyboard.press("j")
        expect(page.locator(SELECTED)).to_have_count(1)
        page.keyboard.press("Home")
        page.keyboard.press("j")
        page.keyboard.press("j")
        expect(page.locator(SELECTED)).to_contain_text("各位邻居")
        page.keyboard.press("z")  # merges with the next
        expect(page.locator(SELECTED)).to_contain_text("我写信")
        page.keyboard.press("j")
        page.keyboard.press("a")  # confirms, and goes on
        expect(page.locator(".la-al-sg.la-al-confirmed")).to_have_count(2)
        choose(page, "六个月")
        page.keyboard.press("Delete")
        expect(page.locator(".la-al-sg", has_text="六个月")).to_have_count(0)
        after = boxes(page)
        assert after[0] == ("1, 2", "各位邻居：|我写信谈谈这座老桥。")
        for _ in range(3):
            page.keyboard.press("u")
        expect(page.locator(".la-al-undone")).to_have_count(3)
        assert boxes(page) == before
        for _ in range(3):
            page.keyboard.press("Shift+U")
        expect(page.locator(".la-al-undone")).to_have_count(0)
        assert boxes(page) == after
        expect(page.locator(SAVED)).to_be_visible()
        page.reload()
        page.wait_for_selector(".la-al-row")
        assert boxes(page) == after
        expect(page.locator(".la-who-name")).to_have_text("Ann")
        expect(page.locator(".la-al-history li")).to_have_count(3)
        choose(page, "各位邻居")
        page.keyboard.press("u")  # undo goes on where it was before the reload
        expect(page.locator(".la-al-sg", has_text="六个月")).to_have_count(1)


def test_a_click_into_the_text_is_where_it_is_split(browser: Browser, home: str) -> None:
    with opened(browser, home) as tab:
        page = begin(tab)
        text = page.locator(".la-al-sg[data-lane='bridge-001'] p", has_text="最重要的是")
        spot = text.evaluate(
            """(p) => {
              const range = document.createRange();
              range.setStart(p.firstChild, 9);
              range.setEnd(p.firstChild, 10);
              const box = range.getBoundingClientRect();
              return [box.left + 1, box.top + box.height / 2];
            }"""
        )
        page.mouse.click(*spot)  # the first click only selects
        expect(page.locator(SELECTED)).to_contain_text("最重要的是")
        expect(page.locator(".la-al-tip")).to_have_count(0)
        page.wait_for_timeout(600)  # longer than a double click, which would select a word
        page.mouse.click(*spot)
        expect(page.locator(".la-al-cut")).to_have_count(1)
        assert text.evaluate("(p) => p.textContent") == "它已有八十年历史，最重要的是，它不安全。"
        page.keyboard.press("x")
        expect(page.locator(".la-al-sg[data-lane='bridge-001']")).to_have_count(9)
        assert [words for numbers, words in boxes(page) if numbers == "4"] == [
            "它已有八十年历史，",
            "最重要的是，它不安全。",
        ]
        choose(page, "我写信")
        page.keyboard.press("x")  # without the mouse: a likely place, moved by the arrow keys
        expect(page.locator(".la-al-cut")).to_have_count(1)
        page.keyboard.press("ArrowLeft")
        page.keyboard.press("x")
        expect(page.locator(".la-al-sg[data-lane='bridge-001']")).to_have_count(10)


def test_forty_operations_at_thirty_milliseconds_are_all_done_in_order(browser: Browser, long_home: str) -> None:
    with opened(browser, long_home) as tab:
        page = begin(tab)
        page.locator(".la-al-sg[data-lane='bridge-001'] .la-al-meta").first.click()
        for i in range(40):
            page.keyboard.press("z" if i % 4 else ".")  # three merges, then one sentence down
            page.wait_for_timeout(30)
        expect(page.locator(SAVED)).to_be_visible()
        actions = page.locator(".la-al-history .la-al-change b").all_text_contents()[::-1]
        assert actions == ["Move" if i % 4 == 0 else "Merge" for i in range(40)]


def test_what_was_typed_just_before_a_reload_is_not_lost(browser: Browser, long_home: str) -> None:
    with opened(browser, long_home) as tab:
        page = begin(tab)
        page.locator(".la-al-sg[data-lane='bridge-001'] .la-al-meta").first.click()
        for _ in range(12):
            page.keyboard.press("z")
        page.reload()
        page.wait_for_selector(".la-al-row")
        expect(page.locator(".la-al-history li")).to_have_count(12)
        expect(page.locator(SAVED)).to_be_visible()
        expect(page.locator(".la-al-history li")).to_have_count(12)


def test_words_selected_with_the_mouse_are_marked_alone(browser: Browser, home: str) -> None:
    with opened(browser, home) as tab:
        page = begin(tab)
        text = page.locator(".la-al-sg[data-lane='bridge-001'] p", has_text="最重要的是")
        ends = text.evaluate(
            """(p) => [0, 8].map((at) => {
              const range = document.createRange();
              range.setStart(p.firstChild, at);
              range.setEnd(p.firstChild, at + 1);
              const box = range.getBoundingClientRect();
              return [box.left + 1, box.top + box.height / 2];
            })"""
        )
        page.mouse.move(*ends[0])
        page.mouse.down()
        page.mouse.move(*ends[1], steps=4)
        page.mouse.up()
        page.keyboard.press("4")
        expect(text.locator(".la-inserted")).to_have_text("它已有八十年历史")
        assert text.evaluate("(p) => p.textContent") == "它已有八十年历史，最重要的是，它不安全。"


def test_two_reviewers_at_one_link_meet_and_lose_nothing(browser: Browser, home: str) -> None:
    with opened(browser, home) as one, opened(browser, home) as two:
        ann, ben = begin(one), begin(two, "Ben")
        choose(ann, "各位邻居")
        ann.keyboard.press("z")
        expect(ann.locator(SELECTED)).to_contain_text("我写信")
        expect(ann.locator(SAVED)).to_be_visible()
        choose(ben, "我写信")
        ben.keyboard.press("Delete")
        expect(ben.locator(".la-al-conflict")).to_contain_text("Ann")
        assert ben.locator(".la-al-conflict .la-al-change b").all_text_contents() == ["Unlink", "Merge"]
        expect(ben.locator(".la-al-toast")).to_contain_text("Somebody else")
        assert boxes(ben)[0][0] == "1, 2"
        ben.locator(".la-al-mine").click()
        expect(ben.locator(".la-al-conflict")).to_have_count(0)
        expect(ben.locator(".la-al-sg", has_text="我写信谈谈")).to_have_count(0)
        assert boxes(ben)[0] == ("1", "各位邻居：")


def test_no_key_acts_while_a_name_is_typed(browser: Browser, home: str) -> None:
    with opened(browser, home) as tab:
        page = tab.open("/align?letter=bridge", ".la-al-row")
        field = page.locator(".la-who-field")
        field.click()
        page.keyboard.type("zxapu.,12[]=")
        expect(field).to_have_value("zxapu.,12[]=")
        page.keyboard.press("Enter")
        expect(page.locator(".la-who-name")).to_have_text("zxapu.,12[]=")
        expect(page.locator(".la-al-history li")).to_have_count(0)


def test_a_segment_is_linked_with_a_sentence_that_is_clicked(browser: Browser, home: str) -> None:
    with opened(browser, home) as tab:
        page = begin(tab)
        choose(page, "桥已有", "bridge-002")
        page.keyboard.press("p")
        page.locator(".la-al-src[data-n='5']").click()
        expect(page.locator(f"{SELECTED} .la-al-no")).to_have_text("4, 5")
        page.keyboard.press("p")
        page.keyboard.press("p")  # the sentence it stands beside: taken off
        expect(page.locator(f"{SELECTED} .la-al-no")).to_have_text("5")


def test_a_segment_is_dragged_to_another_row(browser: Browser, home: str) -> None:
    with opened(browser, home) as tab:
        page = begin(tab)
        foot = page.locator(".la-al-sg[data-lane='bridge-002']", has_text="桥已有").locator(".la-al-meta")
        foot.drag_to(page.locator(".la-al-src[data-n='5']"))
        expect(page.locator(f"{SELECTED} .la-al-no")).to_have_text("5")
        assert page.locator(".la-al-gap[data-lane='bridge-002'][data-gap='4']").count() == 1


def test_ribbons_are_drawn_and_the_address_leads_to_a_sentence(browser: Browser, home: str) -> None:
    with opened(browser, home) as tab:
        page = tab.open("/align?letter=bridge&sentence=6", ".la-al-row")
        expect(page.locator(".la-al-src.la-al-cur")).to_have_attribute("data-n", "6")
        linked = page.locator(".la-al-sg").count()
        expect(page.locator(".la-al-r")).not_to_have_count(0)
        assert page.locator(".la-al-r").count() >= linked
        expect(page.locator(".la-al-r-selected")).to_have_count(1)
        expect(page.locator(".la-al-none")).not_to_have_count(0)
        page.locator(".la-al-src[data-n='2']").click()
        page.wait_for_url(re.compile("sentence=2"))


def test_hostile_text_and_names_are_shown_as_text(browser: Browser, tmp_path: Path) -> None:
    corpus = support_ui.build(tmp_path)
    hostile = "<img src=x onerror=alert(1)>"
    with served(corpus, tmp_path / "server.log") as home, opened(browser, home) as tab:
        page = begin(tab, hostile)
        choose(page, "各位邻居")
        page.keyboard.press("a")
        expect(page.locator(".la-al-when").first).to_contain_text(hostile)
        assert page.locator(".la-align img").count() == 0
        page.locator(".la-al-more").click()
        expect(page.locator(".la-al-hd").filter(has_text="River & Sea <Weekly>")).to_have_count(1)


def test_chinese_and_a_letter_without_alignments(browser: Browser, home: str) -> None:
    with opened(browser, home) as tab:
        page = tab.open("/align?letter=plain&lang=zh", ".la-empty")
        expect(page.locator(".la-empty")).to_contain_text("aligner build")
        page = tab.open("/align?letter=bridge&lang=zh", ".la-al-row")
        expect(page.locator(".la-al-mode").first).to_have_text(re.compile("[\u4e00-\u9fff]"))
        page.keyboard.press("?")
        expect(page.locator(".la-al-keys dd").first).to_be_visible()


def test_what_cannot_be_done_is_said_in_the_language_of_the_page(browser: Browser, home: str) -> None:
    with opened(browser, home, locale="zh-CN") as tab:
        page = begin(tab, "王译")
        choose(page, "各位邻居")
        page.keyboard.press("Shift+Z")  # nothing stands before it to merge with
        expect(page.locator(".la-al-toast")).to_have_text("这个方向上没有可以合并的片段了")


def test_a_sentence_of_the_address_is_scrolled_to_in_its_pane_alone(browser: Browser, long_home: str) -> None:
    with opened(browser, long_home, viewport={"width": 1280, "height": 500}) as tab:
        page = tab.open("/align?letter=bridge&sentence=70", ".la-al-row")
        expect(page.locator(".la-al-cur")).to_be_in_viewport()
        assert page.locator(".la-al-pane").evaluate("(pane) => pane.scrollTop") > 0
        assert page.locator("[data-testid=stMain]").evaluate("(main) => main.scrollTop") == 0
        page.keyboard.press("k")
        expect(page.locator(SELECTED)).to_be_in_viewport()
        assert page.locator("[data-testid=stMain]").evaluate("(main) => main.scrollTop") == 0


def test_without_a_name_nothing_moves_on_and_the_field_says_why(browser: Browser, home: str) -> None:
    with opened(browser, home) as tab:
        page = tab.open("/align?letter=bridge", ".la-al-row")
        page.keyboard.press("Home")
        page.keyboard.press("j")
        page.keyboard.press("j")
        selected = page.locator(SELECTED).text_content()
        why = page.locator(".la-who-why")
        for key in ("a", "z", "p", "Delete", "5"):
            page.evaluate("document.activeElement.blur()")
            page.keyboard.press(key)
            if key == "p":
                page.keyboard.press("a")
            expect(why).to_contain_text("Your name first")
            expect(page.locator(".la-who-field")).to_be_focused()
            assert page.locator(SELECTED).text_content() == selected
        page.keyboard.type("Ann")
        expect(why).to_be_hidden()
        page.keyboard.press("Enter")
        page.evaluate("document.activeElement.blur()")
        page.keyboard.press("Escape")
        page.keyboard.press("a")
        expect(page.locator(".la-al-sg.la-al-confirmed")).to_have_count(1)
        expect(page.locator(SAVED)).to_be_visible()


def test_renderings_that_the_width_hides_are_told_and_shown(browser: Browser, home: str) -> None:
    for width, shown, words in ((1280, 2, "2 more renderings →"), (820, 1, "3 more renderings →")):
        with opened(browser, home, viewport={"width": width, "height": 800}) as tab:
            page = tab.open("/align?letter=bridge", ".la-al-row")
            expect(page.locator(".la-al-head .la-chip")).to_have_count(shown)
            more = page.locator(".la-al-more")
            expect(more).to_have_text(words)
            expect(more).to_be_in_viewport(ratio=1)
            bar = page.locator(".la-al-bar")
            assert bar.evaluate("(bar) => bar.scrollWidth <= bar.clientWidth")
            more.click()
            expect(page.locator(".la-al-head .la-chip")).to_have_count(4)
            expect(more).to_have_count(0)


def test_what_was_asked_for_closes_again_and_nothing_stays_unsaved(browser: Browser, home: str) -> None:
    with opened(browser, home) as tab:
        page = begin(tab)
        choose(page, "六个月")
        near = page.locator(".la-al-near")
        page.keyboard.press("Shift+P")
        expect(near).to_be_visible()
        expect(page.locator(SAVED)).to_be_visible()
        page.keyboard.press("Escape")
        expect(near).to_have_count(0)
        page.keyboard.press("Shift+P")
        expect(near).to_be_visible()
        page.get_by_role("button", name="Close the sentences near by").click()
        expect(near).to_have_count(0)
        page.keyboard.press("=")
        proposal = page.locator(".la-al-proposal")
        expect(proposal).to_be_visible()
        expect(page.locator(SAVED)).to_be_visible()
        proposal.get_by_role("button").last.click()
        expect(proposal).to_have_count(0)
        expect(page.locator(SAVED)).to_be_visible()


def test_a_page_that_holds_another_state_than_what_changes_asks_for_the_whole(browser: Browser, home: str) -> None:
    name = re.compile(rb'(?<="whole": ")[0-9a-f]{32}')
    with opened(browser, home) as tab:
        wholes: list[bytes] = []

        def between(route: WebSocketRoute) -> None:
            server = route.connect_to_server()

            def passed(message: str | bytes) -> None:
                if isinstance(message, bytes) and (found := name.search(message)):
                    wholes.append(found.group())
                    # The first one gets another name: what changes is then of one that the page never saw.
                    message = message if len(wholes) > 1 else name.sub(b"0" * 32, message)
                route.send(message)

            server.on_message(passed)

        tab.page.route_web_socket(re.compile("_stcore/stream"), between)
        page = begin(tab)
        choose(page, "各位邻居")
        page.keyboard.press("z")
        expect(page.locator(SAVED)).to_be_visible()
        expect(page.locator(SELECTED)).to_contain_text("各位邻居：我写信谈谈这座老桥。")
        assert len(wholes) == 2


def test_a_conflict_names_both_modes_and_leads_to_its_place(browser: Browser, home: str) -> None:
    with opened(browser, home) as mine, opened(browser, home, locale="zh-CN") as other:
        ann, ben = begin(mine, "Ann"), begin(other, "Ben")
        choose(ann, "我写信")
        ann.keyboard.press("3")
        expect(ann.locator(SAVED)).to_be_visible()
        choose(ben, "我写信")
        ben.keyboard.press("2")
        versions = ben.locator(".la-al-version")
        expect(versions.nth(0)).to_contain_text("方式：直译改为转述")
        expect(versions.nth(1)).to_contain_text("方式：直译改为片段")
        ben.keyboard.press("End")
        versions.nth(0).locator(".la-al-there").click()
        expect(ben.locator(SELECTED)).to_contain_text("我写信")


def test_escape_leaves_what_was_aligned_again(browser: Browser, home: str) -> None:
    with opened(browser, home) as tab:
        page = begin(tab)
        page.keyboard.press("=")
        expect(page.locator(".la-al-proposal")).to_be_visible()
        page.keyboard.press("Escape")
        expect(page.locator(".la-al-proposal")).to_have_count(0)


def test_heads_name_outlets_or_say_that_none_is_stated(browser: Browser, home: str) -> None:
    with opened(browser, home) as tab:
        page = tab.open("/align?letter=bridge", ".la-al-row")
        heads = page.locator(".la-al-hd")
        expect(heads.filter(has_text="001").locator("b")).to_have_text("晨报")
        expect(heads.filter(has_text="002").locator("b")).to_have_text("outlet not stated")
