"""A real Chromium before the app, served from made-up corpora."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import needs
import pytest
import support_ui

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

ROOT = Path(__file__).parent.parent.parent
ARGUMENTS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
    " --disable-component-update --disable-sync"
).split()
TOURED = "try { localStorage.setItem('letter-aligner.toured', 'true') } catch {}"
"""The first visit, with its tour, is a test of its own."""
WAIT = 30_000  # milliseconds, for a machine that is busy with other things
PICTURES = "ALIGNER_SCREENSHOTS"
"""Names the folder for pictures of what tests went through; without it none are kept."""
LONG = 40  # times the sentences of the made-up letter


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def served(corpus: Path, log: Path, port: int = 0) -> Iterator[str]:
    """The app on a port of this machine (a free one), in a process of its own, as `aligner app` runs it."""
    port = port or free_port()
    code = f"from pathlib import Path; from aligner.ui.launch import run; run({port}, Path({str(corpus)!r}))"
    # Not from the repository's folder, whose .streamlit/config.toml would hide what the launcher forgets.
    # A home of its own: what reviewers say in tests goes nowhere else.
    env = {**os.environ, "PYTHONPATH": str(ROOT), "ALIGNER_HOME": str(log.parent / "home")}
    env.pop("ALIGNER_DATABASE_URL", None)
    with (
        log.open("wb") as out,
        subprocess.Popen([sys.executable, "-c", code], cwd=log.parent, env=env, stdout=out, stderr=out) as server,
    ):
        try:
            until = time.monotonic() + WAIT / 1000
            while not answers(port):
                if server.poll() is not None or time.monotonic() > until:
                    pytest.fail(f"the server did not start: {log.read_text(encoding='utf-8')}")
                time.sleep(0.05)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()


def answers(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), 0.5).close()
    except OSError:
        return False
    return True


@dataclass
class Tab:
    """One browser tab that notes what must not happen: errors, and requests to anybody else."""

    page: Page
    home: str
    faults: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.set_default_timeout(WAIT)
        self.page.on("console", lambda message: self._note(message.type == "error", f"console: {message.text}"))
        self.page.on("pageerror", lambda error: self._note(True, f"script: {error}"))
        self.page.on("request", lambda request: self._note(self._elsewhere(request.url), f"request: {request.url}"))

    def _note(self, wrong: bool, text: str) -> None:
        if wrong:
            self.faults.append(text)

    def _elsewhere(self, url: str) -> bool:
        own = (self.home, self.home.replace("http", "ws", 1), "data:", f"blob:{self.home}")
        return not url.startswith(own)

    def open(self, address: str = "/", ready: str = ".la-root") -> Page:
        self.page.goto(self.home + address)
        self.page.wait_for_selector(ready)
        return self.page


def keep_picture(page: Page, name: str) -> None:
    """Keep a picture of the page as `name`.png where `PICTURES` names a folder for it."""
    if folder := os.environ.get(PICTURES):
        page.screenshot(path=Path(folder, f"{name}.png"))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    needs.need("browser")
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=WAIT)

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=needs.chromium(), args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def site(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:  # noqa: ARG001 - skips first
    folder = tmp_path_factory.mktemp("site")
    with served(support_ui.build(folder), folder / "server.log") as home:
        yield home


@pytest.fixture(scope="session")
def long_site(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:  # noqa: ARG001
    folder = tmp_path_factory.mktemp("long")
    with served(support_ui.build(folder, LONG), folder / "server.log") as home:
        yield home


SETTINGS: dict[str, Any] = {"viewport": {"width": 1440, "height": 900}, "locale": "en-GB", "color_scheme": "light"}


@contextmanager
def opened(browser: Browser, home: str, **settings: Any) -> Iterator[Tab]:
    """A tab in a browser of its own kind: another window, another language, another theme."""
    toured = settings.pop("toured", True)
    context = browser.new_context(**{**SETTINGS, **settings})
    with tab_of(context, home, toured) as tab:
        yield tab
    context.close()


@contextmanager
def tab_of(context: BrowserContext, home: str, toured: bool = True) -> Iterator[Tab]:
    tab = Tab(context.new_page(), home)
    if toured:
        tab.page.add_init_script(TOURED)
    yield tab
    tab.page.evaluate("localStorage.clear()")
    tab.page.close()
    assert not tab.faults


@pytest.fixture(scope="session")
def context(browser: Browser) -> BrowserContext:
    """One for all tabs of the usual kind: it keeps Streamlit's own scripts, which take a second to load."""
    return browser.new_context(**SETTINGS)


@pytest.fixture
def tab(context: BrowserContext, site: str) -> Iterator[Tab]:
    with tab_of(context, site) as tab:
        yield tab


@pytest.fixture
def long_tab(context: BrowserContext, long_site: str) -> Iterator[Tab]:
    with tab_of(context, long_site) as tab:
        yield tab
