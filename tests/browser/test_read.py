"""Read, driven as a reader drives it."""

from __future__ import annotations

import re

import pytest
from conftest import Tab, opened
from playwright.sync_api import Browser, Page, expect

ROW = ".la-line"
SELECTED = ".la-line.la-sel"
SENTENCE = ".la-insp h3"


def row(n: int) -> str:
    return f"{ROW}[data-n='{n}']"


def numbers(page: Page) -> list[int]:
    return [int(each.get_attribute("data-n") or 0) for each in page.locator(ROW).all()]


def shows(page: Page, wanted: list[int]) -> None:
    """Wait until the grid shows these sentences and no other."""
    rows = "[...document.querySelectorAll('.la-line')].map((row) => row.dataset.n).join()"
    page.wait_for_function(f"(wanted) => {rows} === wanted", arg=",".join(map(str, wanted)))


def in_pane(page: Page, selector: str) -> bool:
    """Whether an element is seen inside the grid, below its head."""
    return bool(
        page.evaluate(
            """(selector) => {
              const box = document.querySelector(selector).getBoundingClientRect();
              const head = document.querySelector('.la-head').getBoundingClientRect();
              const pane = document.querySelector('.la-grid').getBoundingClientRect();
              return box.top >= head.bottom - 1 && box.top < pane.bottom - 10;
            }""",
            selector,
        )
    )


def test_the_letter_stands_beside_its_renderings(tab: Tab) -> None:
    page = tab.open()
    assert numbers(page) == list(range(1, 9))
    heads = page.locator(".la-head > div").all_inner_texts()
    assert [re.sub(r"\s+", " ", head) for head in heads[2:]] == [
        "001 晨报 8/8 1 critical 1 major 1 minor", "002 outlet not stated 5/8 1 minor",
        "004 outlet not stated 1/8", "003 River & Sea <Weekly> 1/8",
    ]  # fmt: skip
    expect(page.locator(f"{row(3)} .la-app")).to_have_text("diffcult] difficult witness B")
    expect(page.locator(f"{row(5)} .la-omitted")).to_contain_text("kept in 001")
    expect(page.locator(f"{row(6)} .la-mv")).to_have_text("⇅ at the beginning")
    expect(page.locator(f"{row(4)} .la-part").first).to_have_text("partial")
    expect(page.locator(".la-inj")).to_contain_text("某某游戏官网")
    expect(page.locator(".la-about")).to_contain_text("8 sentences, 5 renderings")
    expect(page.locator(".la-note")).to_contain_text("aligner build")


def test_a_cells_text_is_the_documents_with_nothing_added(tab: Tab) -> None:
    page = tab.open()
    text = "el => el.textContent"
    assert page.locator(f"{row(3)} .la-source .la-en").evaluate(text) == (
        "After much thought, I have made the diffcult decision to close it on 3 May."
    )
    assert page.locator(f"{row(4)} .la-source .la-en").evaluate(text) == (
        "It is eighty years old, and most importantly it is not safe."
    )
    assert page.locator(f"{row(6)} .la-zh").nth(1).evaluate(text) == "市长表示，渡船在此期间\n免费。"
    assert page.locator(f"{row(6)} .la-zh").nth(1).inner_text() == "市长表示，渡船在此期间免费。"


def test_every_text_says_its_language(tab: Tab) -> None:
    page = tab.open()
    assert {each.get_attribute("lang") for each in page.locator(f"{ROW} .la-cell p").all()} == {"zh-Hans", "zh-Hant"}
    assert {each.get_attribute("lang") for each in page.locator(f"{ROW} .la-source > p").all()} == {"en"}


def test_a_click_opens_where_the_sentence_stands(tab: Tab) -> None:
    page = tab.open()
    expect(page.locator(".la-hint")).to_be_visible()
    page.click(f"{row(4)} .la-source")
    expect(page.locator(SENTENCE)).to_have_text("Sentence 4")
    marks = page.locator(".la-ctx mark").all_inner_texts()
    assert marks == ["它已有八十年历史，最重要的是，它不安全。", "桥已有八十年（译注：一九四四年建）历史。", "不安全"]
    expect(page.locator(".la-ctx").first).to_contain_text("characters ")
    residue = page.locator(".la-ctx").first.locator(".la-rs").all_inner_texts()
    assert residue == ["### 第一段", "**分析：** 市长的决定并不轻松。", "某某游戏官网", "分享本文"]
    expect(page.locator(".la-finds")).to_contain_text("most importantly")
    page.wait_for_url("**/?letter=bridge&sentence=4")


def test_the_address_opens_a_sentence_and_back_returns_to_the_one_before(tab: Tab) -> None:
    page = tab.open("/?letter=bridge&sentence=7")
    expect(page.locator(SENTENCE)).to_have_text("Sentence 7")
    page.click(f"{row(2)} .la-source")
    page.wait_for_url("**sentence=2")
    page.go_back()
    expect(page.locator(SENTENCE)).to_have_text("Sentence 7")
    page.reload()
    expect(page.locator(SENTENCE)).to_have_text("Sentence 7")


def test_keys_move_and_do_nothing_in_a_text_field(tab: Tab) -> None:
    page = tab.open()
    for key, sentence in [("j", 1), ("j", 2), ("ArrowDown", 3), ("k", 2), ("End", 8), ("ArrowUp", 7), ("Home", 1)]:
        page.keyboard.press(key)
        expect(page.locator(SENTENCE)).to_have_text(f"Sentence {sentence}")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.classList.contains('la-insp')")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.dataset.n") == "1"
    page.keyboard.press("/")
    page.keyboard.type("jk?")
    expect(page.locator(SENTENCE)).to_have_text("Sentence 1")
    expect(page.locator(".la-help")).to_have_count(0)
    page.keyboard.press("Escape")  # empties the field
    page.keyboard.press("Escape")  # leaves it
    page.keyboard.press("?")
    expect(page.locator(".la-help")).to_contain_text("next sentence")


def test_a_held_key_leaves_the_sentence_it_stops_at_in_the_address(tab: Tab) -> None:
    page = tab.open()
    for _ in range(6):
        page.keyboard.press("j")
    page.wait_for_url("**sentence=6")


def test_the_strip_jumps(tab: Tab) -> None:
    page = tab.open()
    page.locator(".la-rr").nth(2).locator(".la-sq").nth(6).click()
    expect(page.locator(SENTENCE)).to_have_text("Sentence 7")
    label = page.locator(".la-rr").nth(2).locator(".la-sq").nth(5).get_attribute("aria-label")
    assert label == "Sentence 6: indirect, stands elsewhere in this rendering"


def test_filters_count_and_show_what_they_name(tab: Tab) -> None:
    page = tab.open()
    labels = [re.sub(r"\s+", " ", text) for text in page.locator("[data-filter]").all_inner_texts()]
    assert labels == ["All 8", "Omitted 1", "Partial 1", "Moved 1", "Low confidence 1", "Findings 3"]
    for name, shown in [
        ("omitted", [5]),
        ("partial", [4]),
        ("moved", [6]),
        ("low", [6]),
        ("findings", [3, 4, 5]),
        ("all", list(range(1, 9))),
    ]:
        page.click(f"[data-filter={name}]")
        shows(page, shown)


def test_search_looks_into_every_column_and_over_line_breaks(tab: Tab) -> None:
    page = tab.open()
    for query, shown in [
        ("FERRY", [6]),
        ("difficult decision", [3]),  # the reading text
        ("渡船在此期间免费", [6]),  # a line break stands inside
        ("我決定", [3]),
        (".*", []),
    ]:
        page.fill(".la-bar input", query)
        expect(page.locator(".la-hits")).to_contain_text(f"{len(shown)} sentence")
        shows(page, shown)
    expect(page.locator(".la-empty")).to_contain_text("Nothing found for “.*”.")
    page.click(".la-empty button")
    shows(page, list(range(1, 9)))


def test_a_hit_is_marked_and_the_text_is_still_the_documents(tab: Tab) -> None:
    page = tab.open()
    page.fill(".la-bar input", "diffcult dec")
    expect(page.locator(".la-hit").first).to_be_visible()
    assert "".join(page.locator(".la-hit").all_inner_texts()) == "diffcult dec"


def test_columns_are_switched_and_counts_follow(tab: Tab) -> None:
    page = tab.open()
    page.click("[data-column='bridge-002']")
    expect(page.locator(".la-head > div")).to_have_count(5)
    expect(page.locator("[data-filter=omitted]")).to_have_text("Omitted0")
    for name in ("bridge-001", "bridge-003", "bridge-004"):
        page.click(f"[data-column='{name}']")
    expect(page.locator(".la-empty")).to_contain_text("No rendering is shown.")
    assert len(numbers(page)) == 8


def test_type_is_larger_and_sans_and_stays_so(tab: Tab) -> None:
    page = tab.open()
    size = "el => parseFloat(getComputedStyle(el).fontSize)"
    face = "el => getComputedStyle(el).fontFamily"
    text = page.locator(f"{row(1)} .la-cell p").first
    before = text.evaluate(size)
    page.click("[data-step='1']")
    assert text.evaluate(size) > before
    assert "Serif" in text.evaluate(face)
    page.click(".la-bar [data-face='sans']")
    assert "Serif" not in text.evaluate(face)
    page.reload()
    assert page.locator(f"{row(1)} .la-cell p").first.evaluate(size) > before


def test_residue_opens(tab: Tab) -> None:
    page = tab.open()
    fold = page.locator(".la-res details", has_text="commentary")
    expect(fold.locator("p")).to_be_hidden()
    fold.locator("summary").click()
    expect(fold.locator("p")).to_be_visible()
    expect(page.locator(".la-hint")).to_be_visible()


def test_another_letter_starts_afresh(tab: Tab) -> None:
    page = tab.open("/?letter=bridge&sentence=7")
    page.click("[data-filter=moved]")
    page.click("[data-testid=stSelectbox] button")
    page.get_by_role("option", name="A note to the crew").click()
    expect(page.locator(".la-about h2")).to_contain_text("A note to the crew")
    assert numbers(page) == [1, 2, 3, 4]
    expect(page.locator(".la-hint")).to_be_visible()
    page.wait_for_url("**/?letter=note")


def test_another_language_keeps_the_place(tab: Tab) -> None:
    page = tab.open("/?letter=bridge&sentence=2")
    page.click("[data-column='bridge-003']")
    page.click(f"{row(7)} .la-source")
    page.wait_for_url("**sentence=7")
    page.get_by_text("中文", exact=True).click()
    expect(page.locator(SENTENCE)).to_have_text("第7句")
    expect(page.locator("[data-filter=all]")).to_contain_text("全部")
    expect(page.locator(".la-head > div")).to_have_count(5)
    expect(page.locator("[data-testid=stTopNavLink]").first).to_have_text("对读")
    assert page.locator(".la-root").get_attribute("lang") == "zh-Hans"
    page.wait_for_url("**sentence=7&lang=zh")
    page.reload()
    expect(page.locator(SENTENCE)).to_have_text("第7句")


@pytest.mark.parametrize("first", ["sentence", "language"])
def test_two_choices_within_one_round_trip_both_stay_in_the_address(tab: Tab, first: str) -> None:
    page = tab.open("/?letter=bridge")
    language = page.get_by_text("中文", exact=True)
    steps = [page.locator(f"{row(3)} .la-source").click, language.click]
    for step in steps if first == "sentence" else reversed(steps):
        step()
    expect(page.locator("[data-filter=all]")).to_contain_text("全部")
    page.wait_for_url(re.compile(r"(?=.*sentence=3)(?=.*lang=zh)"))
    page.wait_for_timeout(500)  # nothing comes after and takes one of them away
    assert "sentence=3" in page.url
    assert "lang=zh" in page.url
    expect(page.locator(SENTENCE)).to_have_text("第3句")


def test_two_choices_in_one_message_are_both_followed(tab: Tab) -> None:
    page = tab.open("/?letter=bridge")
    language = page.get_by_text("中文", exact=True)
    language.wait_for()
    # The browser sends what comes before its next turn in one message, naming one fragment. A busy one is late with it.
    late = "() => { const soon = setTimeout; setTimeout = (act, wait = 0, ...more) => soon(act, wait || 300, ...more) }"
    page.evaluate(late)
    page.locator(f"{row(3)} .la-source").click()
    language.click()
    page.wait_for_url(re.compile(r"(?=.*sentence=3)(?=.*lang=zh)"))
    expect(page.locator(SENTENCE)).to_have_text("第3句")
    expect(page.locator("[data-testid=stTopNavLink]").first).to_have_text("对读")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_tab_reaches_the_row_and_its_focus_is_seen(browser: Browser, site: str, scheme: str) -> None:
    with opened(browser, site, color_scheme=scheme) as tab:
        page = tab.open()
        page.focus(".la-bar [data-step='1']")
        page.keyboard.press("Tab")  # what stands in the article before the letter
        assert page.evaluate("document.activeElement.tagName") == "SUMMARY"
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.dataset.n") == "1"
        page.keyboard.press("Enter")
        expect(page.locator(SENTENCE)).to_have_text("Sentence 1")
        page.keyboard.press("Escape")
        page.keyboard.press("ArrowDown")
        ring = "getComputedStyle(document.activeElement, '::after').boxShadow"
        accent = {"light": "rgb(44, 74, 134)", "dark": "rgb(157, 184, 242)"}[scheme]
        assert page.evaluate(ring) == f"{accent} 0px 0px 0px 2px inset"


def test_what_can_be_pressed_has_a_name(tab: Tab) -> None:
    page = tab.open("/?letter=bridge&sentence=4")
    pressed = "button, a, input, summary, aside, [role=grid], [role=img], [role=group]"
    named = f"""() => [...document.querySelector('.la-root').querySelectorAll('{pressed}')]
      .filter((el) => !(el.getAttribute('aria-label') || el.textContent).trim()).map((el) => el.outerHTML)"""
    assert page.evaluate(named) == []
    roles = "[...document.querySelectorAll('.la-line > *, .la-gap > *, .la-head > *')].map((el) => el.role)"
    assert set(page.evaluate(roles)) == {"gridcell", "rowheader", "columnheader"}


def test_a_chinese_browser_is_spoken_to_in_chinese(browser: Browser, site: str) -> None:
    with opened(browser, site, locale="zh-CN") as tab:
        expect(tab.open().locator("[data-filter=all]")).to_contain_text("全部")


def test_nothing_built_says_so_and_shows_the_letter(tab: Tab) -> None:
    page = tab.open("/?letter=plain")
    expect(page.locator(".la-empty")).to_contain_text("No rendering of this letter has been aligned yet.")
    assert numbers(page) == [1, 2, 3, 4]


def test_the_theme_follows_the_system_and_changes_with_it(browser: Browser, site: str) -> None:
    with opened(browser, site, color_scheme="dark") as tab:
        page = tab.open()
        expect(page.locator(".la-root")).to_have_attribute("data-theme", "dark")
        page.emulate_media(color_scheme="light")
        expect(page.locator(".la-root")).to_have_attribute("data-theme", "light")


def test_the_theme_follows_the_readers_choice(tab: Tab) -> None:
    page = tab.open()
    expect(page.locator(".la-root")).to_have_attribute("data-theme", "light")
    page.click("[data-testid=stMainMenuButton]")
    page.click("[data-testid=stMainMenuItem-theme-Dark]")
    expect(page.locator(".la-root")).to_have_attribute("data-theme", "dark")


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (1440, 900), (1920, 1080), (1000, 700)])
def test_the_page_itself_never_scrolls(browser: Browser, site: str, width: int, height: int) -> None:
    with opened(browser, site, viewport={"width": width, "height": height}) as tab:
        page = tab.open("/?letter=bridge&sentence=3")
        expect(page.locator(".la-insp")).to_be_visible()
        over = """() => ['html', '[data-testid=stMain]'].map((name) => document.querySelector(name))
          .map((el) => [el.scrollHeight - el.clientHeight, el.scrollWidth - el.clientWidth])"""
        assert page.evaluate(over) == [[0, 0], [0, 0]]
        assert page.evaluate("document.querySelector('.la-leg').getBoundingClientRect().bottom <= innerHeight")


@pytest.mark.parametrize("width", [1280, 1440, 1920])
def test_no_entry_of_the_legend_is_hidden(browser: Browser, site: str, width: int) -> None:
    with opened(browser, site, viewport={"width": width, "height": 900}) as tab:
        page = tab.open("/?letter=bridge")
        low = """node => Math.max(...[...node.querySelectorAll('span')].filter((each) => each.offsetParent)
          .map((each) => each.getBoundingClientRect().bottom)) - node.getBoundingClientRect().bottom"""
        assert page.locator(".la-leg > div").evaluate(low) <= 2
        assert page.locator(".la-leg > div").evaluate("node => getComputedStyle(node).overflow") == "visible"


def test_below_1100_pixels_the_details_are_a_drawer(browser: Browser, site: str) -> None:
    with opened(browser, site, viewport={"width": 1000, "height": 700}) as tab:
        page = tab.open()
        expect(page.locator(".la-insp")).to_be_hidden()
        page.click(f"{row(2)} .la-source")
        expect(page.locator(".la-insp")).to_be_visible()
        page.click(".la-close")
        expect(page.locator(".la-insp")).to_be_hidden()


def test_only_rows_near_the_window_are_in_the_page(long_tab: Tab) -> None:
    page = long_tab.open()
    assert len(numbers(page)) <= 100
    page.locator(".la-rr").nth(1).locator(".la-sq").last.click()
    expect(page.locator(SELECTED)).to_be_visible()
    assert in_pane(page, SELECTED)
    assert len(numbers(page)) <= 150
    page.keyboard.press("j")
    page.keyboard.press("End")
    expect(page.locator(SENTENCE)).to_have_text("Sentence 320")
    assert in_pane(page, row(320))


def test_the_address_reaches_far_into_a_long_letter(long_tab: Tab) -> None:
    page = long_tab.open("/?letter=bridge&sentence=200")
    expect(page.locator(SELECTED)).to_have_attribute("data-n", "200")
    expect(page.locator(row(201))).to_be_attached()  # the next chunk has come as well
    assert in_pane(page, row(200))
    assert len(numbers(page)) <= 150


def test_the_bar_wraps_where_there_is_no_room(browser: Browser, site: str) -> None:
    with opened(browser, site, viewport={"width": 820, "height": 1100}) as tab:
        bar = tab.open("/?letter=bridge").locator(".la-bar")
        expect(bar.locator("[data-step='1']")).to_be_in_viewport(ratio=1)
        assert bar.evaluate("(bar) => bar.scrollWidth <= bar.clientWidth")


def test_the_first_visit_is_shown_around_once_and_nothing_is_in_the_way(browser: Browser, site: str) -> None:
    with opened(browser, site, toured=False) as tab:
        page = tab.open()
        card = page.locator(".la-tour")
        expect(card).to_contain_text("1 of 5")
        page.keyboard.press("j")  # the page works as ever beside it
        expect(page.locator(SENTENCE)).to_have_text("Sentence 1")
        for n in range(1, 6):
            expect(card).to_contain_text(f"{n} of 5")
            ring, place = page.locator(".la-tourring").bounding_box(), card.bounding_box()
            assert ring and place
            apart = ring["y"] + ring["height"] <= place["y"] or place["y"] + place["height"] <= ring["y"]
            assert apart, n  # it does not cover what it tells of
            assert place["x"] >= 0 and place["x"] + place["width"] <= 1440
            if n < 5:
                page.locator("[data-tour=next]").click()
        page.locator("[data-tour=back]").focus()
        page.keyboard.press("ArrowLeft")
        expect(card).to_contain_text("4 of 5")
        page.keyboard.press("Escape")
        expect(card).to_have_count(0)

        tab.open()
        expect(card).to_have_count(0)
        page.keyboard.press("?")
        page.get_by_role("button", name="Tour of this page").click()
        expect(card).to_contain_text("1 of 5")


def test_paper_takes_every_row_in_ink_on_white_without_what_one_clicks(browser: Browser, long_site: str) -> None:
    with opened(browser, long_site, color_scheme="dark") as tab:
        page = tab.open()
        rows = page.locator(".la-line")
        all_rows = int(page.locator(".la-grid").get_attribute("aria-rowcount") or 0) - 1
        assert rows.count() < all_rows
        page.emulate_media(media="print")
        page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
        expect(rows).to_have_count(all_rows)
        for part in (".la-bar", ".la-insp", "header[data-testid=stHeader]", ".st-key-la_top"):
            expect(page.locator(part)).to_be_hidden()
        ink = "el => [getComputedStyle(el).color, getComputedStyle(el.closest('.la-line')).backgroundColor]"
        assert page.locator(".la-line .la-en").first.evaluate(ink) == ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]
        assert page.locator(".la-main").evaluate("el => el.getBoundingClientRect().height") > 20 * all_rows
        page.emulate_media(media="screen")
        page.evaluate("window.dispatchEvent(new Event('afterprint'))")
        page.wait_for_function(f"document.querySelectorAll('.la-line').length < {all_rows}")


CUT = """(all) => all
  .filter((node) => node.scrollWidth > node.clientWidth + 1 || node.scrollHeight > node.clientHeight + 1)
  .map((node) => node.textContent)"""


@pytest.mark.parametrize("width", [820, 1280])
def test_outlets_stand_in_full_in_heads_and_card(browser: Browser, site: str, width: int) -> None:
    with opened(browser, site, viewport={"width": width, "height": 1180}) as tab:
        page = tab.open("/?letter=bridge")
        expect(page.locator(".la-head b", has_text="River & Sea <Weekly>")).to_be_visible()
        assert page.locator(".la-head b, .la-rr .la-outlet").evaluate_all(CUT) == []
