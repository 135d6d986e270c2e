"""The steps of `bench.py` that start the app: until its server answers, and what a browser then takes.

The browser is real (Chromium, driven by Playwright, with the flags of tests/browser); the long letter
is the tests' made-up one, many times over (tests/support_ui.py).
"""

from __future__ import annotations

import contextlib
import importlib.util
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Playwright

ROOT = Path(__file__).resolve().parent.parent
TESTS = ROOT / "tests"
PATIENCE = 60
"""Seconds to wait for the app, and for anything in its pages."""
TIMES = 250
"""The made-up letter has 8 sentences; this many times over it has 2,000."""
CLICKED = (2, 3, 4)
"""Rows that are seen without scrolling, one after another."""

PAINTED = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"

# From the click to the end of the frame in which the inspector first names the row. The clock runs in
# the page, so that the way from Playwright to the browser is not counted.
STOPWATCH = """(n) => {
  window.taken = 0;
  const started = (click) => {
    const look = () => {
      const shown = /\\d+/.exec(document.querySelector(".la-insp h3")?.textContent ?? "")?.[0];
      if (shown !== String(n)) requestAnimationFrame(look);
      else requestAnimationFrame(() => { window.taken = performance.now() - click.timeStamp; });
    };
    look();
  };
  addEventListener("click", started, { capture: true, once: true });
}"""


@dataclass(frozen=True)
class Visit:
    """One reader at a server that has served nobody: seconds to the first rows, and of each click on a row."""

    paint: float
    clicks: tuple[float, ...]
    shown: str
    """How long the letter is and how many columns stand beside it, so that a wrong one is noticed."""
    browser: str
    """The browser's version."""


class SilentServerError(Exception):
    """The server did not answer in time."""


@contextlib.contextmanager
def serving(*options: str) -> Iterator[str]:
    """`aligner app` in a process of its own, up and answering; gives its address. Raises SilentServerError."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "aligner", "app", "--no-browser", "--port", str(port), *options]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait(f"http://127.0.0.1:{port}/_stcore/health")
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait()


def wait(url: str) -> None:
    end = time.perf_counter() + PATIENCE
    while time.perf_counter() < end:
        with contextlib.suppress(OSError), urllib.request.urlopen(url, timeout=5):
            return
        time.sleep(0.02)
    raise SilentServerError(f"no answer in {PATIENCE} s")


def load() -> str:
    """How busy the machine was in the last minute: processes that run or want to."""
    return f"load {os.getloadavg()[0]:.1f}"


def app(repeats: int) -> bool:
    """From `aligner app` to the server's first answer; what a browser then takes is the step `page`."""
    times = []
    try:
        for _ in range(repeats):
            begin = time.perf_counter()
            with serving():
                times.append(time.perf_counter() - begin)
    except SilentServerError as error:
        print(f"{'app, server answers':<28} FAILED: {error}")
        return False
    print(f"{'app, server answers':<28} {f'{min(times):.2f} to {max(times):.2f} s':<28} aligner app --no-browser")
    return True


def lacking() -> str:
    """What the step `page` needs and this machine has not; empty when everything is here."""
    for package in ("pytest", "playwright"):
        if importlib.util.find_spec(package) is None:
            return f"{package} is missing: `make bench` installs it, as does pip install -e '.[test]'"
    import needs

    return "" if needs.chromium() else "no Chromium: apt install chromium fonts-noto-cjk"


def page(repeats: int) -> bool:
    """What a reader waits for: the first rows, and a clicked row in the inspector."""
    sys.path[:0] = [str(TESTS / "browser"), str(TESTS)]
    if reason := lacking():
        print(f"{'page':<28} skipped, {reason}")
        return True
    import support_ui
    from playwright.sync_api import Error, sync_playwright

    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        long = support_ui.build(Path(folder), TIMES)
        try:
            report(playwright, "page, seeds", ROOT / "corpus", "corpus", repeats)
            made = f"FOLDER/corpus, made by tests/support_ui.py: build(FOLDER, {TIMES})"
            report(playwright, "page, long letter", long, made, repeats)
        except (Error, SilentServerError) as error:
            print(f"{'page':<28} FAILED: {error}")
            return False
    return True


def report(playwright: Playwright, label: str, corpus: Path, named: str, repeats: int) -> None:
    """Visit a corpus `repeats` times, each time a new server and a new browser, and print every value."""
    visits = [visit(playwright, corpus) for _ in range(repeats)]
    paints = ", ".join(f"{one.paint:.2f}" for one in visits)
    clicks = ", ".join(f"{click:.3f}" for one in visits for click in one.clicks)
    versions = f"Chromium {visits[0].browser}, Playwright {metadata.version('playwright')}"
    print(f"{label:<28} aligner app --no-browser --corpus {named}")
    print(f"{'':<28} {visits[0].shown}; {versions}; {load()}")
    print(f"{'  first rows painted':<28} {paints} s")
    print(f"{'  row click to inspector':<28} {clicks} s")


def visit(playwright: Playwright, corpus: Path) -> Visit:
    """Open `/` as a new reader and click rows at once; the browser's own start is not counted.

    The first paint is that of rows with text in them, not of the frame around them.
    Raises SilentServerError, or playwright's Error when something does not appear.
    """
    import needs
    from conftest import ARGUMENTS, SETTINGS  # that of tests/browser, first on the path

    with serving("--corpus", str(corpus)) as home:
        browser = playwright.chromium.launch(executable_path=needs.chromium(), args=ARGUMENTS)
        try:
            tab = browser.new_page(**SETTINGS)
            tab.set_default_timeout(PATIENCE * 1000)
            begin = time.perf_counter()
            tab.goto(home, wait_until="commit")
            tab.wait_for_selector(".la-line .la-source")
            tab.evaluate(PAINTED)
            paint = time.perf_counter() - begin
            clicks = []
            for row in CLICKED:
                tab.evaluate(STOPWATCH, row)
                tab.click(f".la-line[data-n='{row}'] .la-source")
                clicks.append(tab.wait_for_function("window.taken").json_value() / 1000)
            columns = tab.locator(".la-head > div").count() - 2  # the number and the letter itself
            shown = f"sentence {CLICKED[-1]} {tab.inner_text('.la-insp header .la-muted')}, {columns} renderings"
            return Visit(paint, tuple(clicks), shown, browser.version)
        finally:
            browser.close()
