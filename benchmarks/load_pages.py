"""How long people wait for the pages, one at a time and several at once, and what the server then holds in memory.

    .venv/bin/python benchmarks/load_pages.py [--sessions N] [--times N] [--rounds N] [--think SECONDS]

Each session is a browser of its own, all on this machine: it reads (click on a row, next sentence by key), goes on to
Align (joins two links and takes that back, by keys, each until it is saved), to Review (next sentence, and back), and
to Compare. The letter is the tests' made-up one `--times` over (8 sentences each); without it the seeds are read. A
wait is from the key or click until the page shows what it does, Playwright's own way to the browser included. Before
each, a person thinks for half to one and a half times `--think`; sessions begin one after the other, as far apart.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench_page import PATIENCE, ROOT, TESTS, lacking, load, serving

if TYPE_CHECKING:
    from playwright.async_api import Page

Waits = dict[str, list[float]]

TOUR = "[data-tour=close]"
READY = ".la-line .la-source"
MINE = ".la-review[aria-busy=false] .la-rb-where"
SAVED = ":is(.la-al-saved[data-state=saved], .la-al-saved[data-state=conflict])"


@dataclass
class Person:
    """One who uses the pages; `think` is the mean pause before each act in seconds, `waits` are everybody's."""

    page: Page
    number: int
    think: float
    waits: Waits

    def __post_init__(self) -> None:
        self.chance = random.Random(self.number)  # noqa: S311 - the same pauses every time

    async def do(self, name: str, act: Callable[[], Awaitable[Any]], shown: Callable[[], Awaitable[Any]]) -> None:
        await asyncio.sleep(self.think * self.chance.uniform(0.5, 1.5))
        begin = time.perf_counter()
        await act()
        await shown()
        self.waits[name].append(time.perf_counter() - begin)

    async def key(self, name: str, key: str, shown: Callable[[], Awaitable[Any]]) -> None:
        await self.do(name, lambda: self.page.keyboard.press(key), shown)

    async def work(self, home: str, letter: str, rounds: int) -> None:
        page = self.page
        page.set_default_timeout(PATIENCE * 1000)
        await asyncio.sleep(self.think * self.number)
        address = f"{home}/?letter={letter}"
        await self.do("first rows", lambda: page.goto(address, wait_until="commit"), lambda: seen(page, READY))
        await page.click(TOUR)  # who has not seen the pages gets a tour; its card follows the rows
        for turn in range(rounds):
            await self.read(2 + turn % 3)
        await self.do("to Align", lambda: menu(page, "align"), lambda: seen(page, ".la-al-row"))
        if await page.locator(".la-who-field").count():
            await page.fill(".la-who-field", f"reviewer {self.number}")
            await page.keyboard.press("Enter")
        await page.locator(".la-al-sg .la-al-meta").nth(self.number).click()
        for _ in range(rounds):
            await self.key("Align, join until saved", "z", lambda: saved(page))
            await self.key("Align, undo until saved", "u", lambda: saved(page))
        await self.do("to Review", lambda: menu(page, "review"), lambda: seen(page, MINE))
        for key in "jk" * rounds:
            await self.next_sentence(key)
        await self.do("to Compare", lambda: menu(page, "compare"), lambda: seen(page, ".la-vs"))

    async def read(self, row: int) -> None:
        from playwright.async_api import expect

        heading = self.page.locator(".la-insp h3")
        await self.do("click on a row", lambda: self.page.click(f".la-line[data-n='{row}'] .la-source"),
                      lambda: expect(heading).to_have_text(f"Sentence {row}"))  # fmt: skip
        await self.key("key, next sentence", "j", lambda: expect(heading).to_have_text(f"Sentence {row + 1}"))

    async def next_sentence(self, key: str) -> None:
        from playwright.async_api import expect

        where = self.page.locator(".la-rb-where")
        now = await where.inner_text()
        await self.key("Review, next sentence", key, lambda: expect(where).not_to_have_text(now))


async def menu(page: Page, name: str) -> None:
    await page.click(f"[data-testid=stTopNavLink][href$='/{name}']")


async def seen(page: Page, selector: str) -> None:
    await page.wait_for_selector(selector)


async def saved(page: Page) -> None:
    # What the key began is not always shown as unsaved before it is looked at: a moment, then until it is saved.
    await page.wait_for_timeout(10)
    await seen(page, SAVED)


async def run(home: str, letter: str, sessions: int, rounds: int, think: float) -> Waits:
    import needs
    from conftest import ARGUMENTS, SETTINGS
    from playwright.async_api import async_playwright, expect

    expect.set_options(timeout=PATIENCE * 1000)
    waits: Waits = defaultdict(list)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=needs.chromium(), args=ARGUMENTS)
        pages = [await (await browser.new_context(**SETTINGS)).new_page() for _ in range(sessions)]
        people = [Person(page, number, think, waits) for number, page in enumerate(pages)]
        await asyncio.gather(*(person.work(home, letter, rounds) for person in people))
        await browser.close()
    return waits


def server(home: str) -> tuple[float, float]:
    """MB (10^6 bytes, the most it ever held) and processor seconds of the server at `home`, by /proc; else zeros."""
    port = f":{int(home.rsplit(':', 1)[1]):04X}"
    sockets = {
        line.split()[9] for line in Path("/proc/net/tcp").read_text().splitlines()[1:] if port in line.split()[1]
    }
    for process in Path("/proc").glob("[0-9]*"):
        try:
            held = {str(each.readlink()) for each in (process / "fd").iterdir()}
            if any(f"socket:[{inode}]" in held for inode in sockets if inode != "0"):
                text = (process / "status").read_text()
                ticks = (process / "stat").read_text().rpartition(")")[2].split()
                seconds = (int(ticks[11]) + int(ticks[12])) / os.sysconf("SC_CLK_TCK")
                return int(text.split("VmHWM:")[1].split()[0]) * 1024 / 1e6, seconds
        except OSError:
            continue
    return 0.0, 0.0


def report(waits: Waits) -> None:
    for name, values in waits.items():
        ordered = sorted(values)
        late = ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))]
        print(f"  {name:<26} n {len(values):<4} median {statistics.median(values):.2f} s, 95% under {late:.2f} s, "
              f"most {ordered[-1]:.2f} s")  # fmt: skip


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sessions", type=int, default=10, help="browsers at once (10)")
    parser.add_argument(
        "--times", type=int, default=0, help="the made-up letter so many times over, 250: 2,000 sentences"
    )
    parser.add_argument("--rounds", type=int, default=3, help="times that each action is done (3)")
    parser.add_argument("--think", type=float, default=2.0, help="seconds that people think before each act (2)")
    given = parser.parse_args()
    sys.path[:0] = [str(TESTS / "browser"), str(TESTS)]
    if reason := lacking():
        print(reason)
        return 1
    import support_ui

    with tempfile.TemporaryDirectory() as folder:
        os.environ["ALIGNER_HOME"] = str(Path(folder) / "home")
        os.environ.pop("ALIGNER_DATABASE_URL", None)
        corpus = support_ui.build(Path(folder), given.times) if given.times else ROOT / "corpus"
        letter = "bridge" if given.times else last_letter()
        for sessions in dict.fromkeys((1, given.sessions)):
            with serving("--corpus", str(corpus)) as home:
                begin, before = time.perf_counter(), server(home)[1]
                waits = asyncio.run(run(home, letter, sessions, given.rounds, given.think))
                taken, (most, after) = time.perf_counter() - begin, server(home)
                print(f"{letter}, {sessions} at once, thinking {given.think:g} s, {load()}")
                print(f"  server: up to {most:.0f} MB, {after - before:.0f} s of processor in {taken:.0f} s")
                report(waits)
    return 0


def last_letter() -> str:
    from aligner.corpus import Corpus

    return Corpus.open(ROOT / "corpus").manifest.letters[-1].id


if __name__ == "__main__":
    sys.exit(main())
