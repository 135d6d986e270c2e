"""How long people wait for the pages, one at a time and several at once, and what the server then holds in memory.

    .venv/bin/python benchmarks/load_pages.py [--sessions N] [--times N] [--rounds N]

Each session is a browser of its own, all on this machine: it reads (click on a row, next sentence by key), goes on to
Align (joins two links and takes that back, by keys, each until it is saved), to Review (next sentence, and back), and
to Compare. The letter is the tests' made-up one `--times` over (8 sentences each); without it the seeds are read. A
wait is from the key or click until the page shows what it does, Playwright's own way to the browser included.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench_page import PATIENCE, ROOT, TESTS, lacking, load, serving

if TYPE_CHECKING:
    from playwright.async_api import Page

Waits = dict[str, list[float]]

READY = ".la-line .la-source"
SAVED = ":is(.la-al-saved[data-state=saved], .la-al-saved[data-state=conflict])"


async def timed(waits: Waits, name: str, act: Awaitable[Any], shown: Callable[[], Awaitable[Any]]) -> None:
    begin = time.perf_counter()
    await act
    await shown()
    waits[name].append(time.perf_counter() - begin)


async def session(page: Page, home: str, letter: str, number: int, rounds: int, waits: Waits) -> None:
    from playwright.async_api import expect

    page.set_default_timeout(PATIENCE * 1000)
    expect.set_options(timeout=PATIENCE * 1000)
    await timed(
        waits, "first rows", page.goto(f"{home}/?letter={letter}", wait_until="commit"),
        lambda: page.wait_for_selector(READY),
    )  # fmt: skip
    heading = page.locator(".la-insp h3")
    for turn in range(rounds):
        row = 2 + turn % 3
        await timed(waits, "click on a row", page.click(f".la-line[data-n='{row}'] .la-source"),
                    lambda row=row: expect(heading).to_have_text(f"Sentence {row}"))  # fmt: skip
        await timed(waits, "key, next sentence", page.keyboard.press("j"),
                    lambda row=row: expect(heading).to_have_text(f"Sentence {row + 1}"))  # fmt: skip
    await timed(waits, "to Align", menu(page, "align"), lambda: page.wait_for_selector(".la-al-row"))
    if await page.locator(".la-who-field").count():
        await page.fill(".la-who-field", f"reviewer {number}")
        await page.keyboard.press("Enter")
    history = page.locator(".la-al-history li")
    await page.locator(".la-al-sg .la-al-meta").nth(number).click()
    for _ in range(rounds):
        before = await history.count()
        for key in ("z", "u"):
            await timed(waits, f"Align, {'join' if key == 'z' else 'undo'} until saved", page.keyboard.press(key),
                        lambda: saved(page))  # fmt: skip
        assert await history.count() >= before
    await timed(waits, "to Review", menu(page, "review"),
                lambda: page.wait_for_selector(".la-review[aria-busy=false] .la-rb-where"))  # fmt: skip
    where = page.locator(".la-rb-where")
    for _ in range(rounds):
        for key in ("j", "k"):
            now = await where.inner_text()
            await timed(waits, "Review, next sentence", page.keyboard.press(key),
                        lambda now=now: expect(where).not_to_have_text(now))  # fmt: skip
    await timed(waits, "to Compare", menu(page, "compare"), lambda: page.wait_for_selector(".la-vs"))


async def menu(page: Page, name: str) -> None:
    await page.click(f"[data-testid=stTopNavLink][href$='/{name}']")


async def saved(page: Page) -> None:
    # What the key began is not always shown as unsaved before it is looked at: a moment, then until it is saved.
    await page.wait_for_timeout(10)
    await page.wait_for_selector(SAVED)


async def run(home: str, letter: str, sessions: int, rounds: int) -> Waits:
    import needs
    from conftest import ARGUMENTS, SETTINGS
    from playwright.async_api import async_playwright

    waits: Waits = defaultdict(list)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=needs.chromium(), args=ARGUMENTS)
        pages = [await (await browser.new_context(**SETTINGS)).new_page() for _ in range(sessions)]
        await asyncio.gather(*(session(page, home, letter, n, rounds, waits) for n, page in enumerate(pages)))
        await browser.close()
    return waits


def resident(home: str) -> float:
    """MB (10^6 bytes) of the server that listens at `home`, by /proc; 0 where there is none."""
    port = f":{int(home.rsplit(':', 1)[1]):04X}"
    sockets = {
        line.split()[9] for line in Path("/proc/net/tcp").read_text().splitlines()[1:] if port in line.split()[1]
    }
    for process in Path("/proc").glob("[0-9]*"):
        try:
            held = {str(each.readlink()) for each in (process / "fd").iterdir()}
            if any(f"socket:[{inode}]" in held for inode in sockets if inode != "0"):
                text = (process / "status").read_text()
                return int(text.split("VmHWM:")[1].split()[0]) * 1024 / 1e6
        except OSError:
            continue
    return 0.0


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
                waits = asyncio.run(run(home, letter, sessions, given.rounds))
                print(f"{letter}, {sessions} at once, server up to {resident(home):.0f} MB, {load()}")
                report(waits)
    return 0


def last_letter() -> str:
    from aligner.corpus import Corpus

    return Corpus.open(ROOT / "corpus").manifest.letters[-1].id


if __name__ == "__main__":
    sys.exit(main())
