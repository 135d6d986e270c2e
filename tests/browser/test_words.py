"""Words that correspond light up in all versions, on Read, Review and Compare, and the text stays as it is."""

from __future__ import annotations

from conftest import Tab
from playwright.sync_api import Page, expect

FIRST = 120_000
"""Milliseconds for the first words of a server, which reads dictionaries and model for them beside its pages."""
LIT = "name => [...(CSS.highlights.get(name) || [])].map((range) => range.toString().replace(/\\s+/g, '')).sort()"
PLACE = """([cell, words]) => {
  const walker = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const at = node.data.indexOf(words);
    if (at < 0) continue;
    const range = document.createRange();
    range.setStart(node, at);
    range.setEnd(node, at + 1);
    const box = range.getBoundingClientRect();
    return [box.x + box.width / 2, box.y + box.height / 2];
  }
  return null;
}"""


def point(page: Page, cell: str, words: str) -> None:
    """Move the pointer onto the first letter of some words."""
    node = page.locator(cell).first
    node.scroll_into_view_if_needed()
    x, y = page.evaluate(PLACE, [node.element_handle(), words])
    page.mouse.move(x, y)


def lights(page: Page, word: list[str], partners: list[str]) -> None:
    """What is lit, once it is."""
    found = f"wanted => JSON.stringify(({LIT})('la-word')) === wanted"
    page.wait_for_function(found, arg=_json(word), timeout=FIRST)
    assert page.evaluate(LIT, "la-partner") == sorted(partners)


def _json(words: list[str]) -> str:
    return "[" + ",".join(f'"{word}"' for word in sorted(words)) + "]"


def test_a_word_of_the_letter_lights_its_counterparts_and_they_light_it(tab: Tab) -> None:
    page = tab.open("/?letter=bridge", ".la-line")
    row = '.la-line[data-n="6"]'
    before = page.locator(row).inner_text()
    point(page, f'{row} [data-side="source"]', "ferry")
    lights(page, ["ferry"], ["渡船", "渡船"])
    point(page, f'{row} [data-side="target"]', "渡船")
    lights(page, ["渡船"], ["ferry", "渡船"])
    assert page.locator(row).inner_text() == before
    assert page.locator(f"{row} [data-side=source]").evaluate("node => node.childElementCount") == 0
    page.mouse.move(2, 2)
    page.wait_for_function("!CSS.highlights.has('la-word')")


def test_what_has_no_counterpart_lights_nothing(tab: Tab) -> None:
    page = tab.open("/?letter=bridge", ".la-line")
    row = '.la-line[data-n="6"]'
    point(page, f'{row} [data-side="source"]', "ferry")
    lights(page, ["ferry"], ["渡船", "渡船"])
    point(page, f'{row} [data-side="source"]', "the")
    page.wait_for_function("!CSS.highlights.has('la-word')")


def test_words_are_walked_by_keys_and_said(tab: Tab) -> None:
    page = tab.open("/?letter=bridge&sentence=6", '.la-line.la-sel[data-n="6"]')
    page.locator('.la-line[data-n="6"]').focus()
    page.wait_for_function("window.letterAlignerLights?.known.size > 0", timeout=FIRST)
    page.keyboard.press("ArrowRight")
    lights(page, ["ferry"], ["渡船", "渡船"])
    expect(page.locator(".la-told-word")).to_have_text("ferry: 001 渡船, 002 渡船")
    page.keyboard.press("ArrowRight")
    lights(page, ["free"], ["免费", "免费"])


def test_review_lights_the_word_pointed_at_and_the_one_that_the_cursor_stands_on(tab: Tab) -> None:
    page = tab.open("/review?letter=bridge&sentence=6", '.la-rw[data-n="6"] .la-rt-text')
    point(page, '.la-rw [data-side="target"]', "免费")
    lights(page, ["免费"], ["free", "免费"])
    page.keyboard.press("o")
    for _ in "until then the ferry".split():
        page.keyboard.press("ArrowRight")
    lights(page, ["ferry"], ["渡船", "渡船"])
