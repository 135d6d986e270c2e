"""Text that means harm - in documents, names, comments, corrections, reasons - is shown on every page as text."""

from __future__ import annotations

import csv
import re
import shutil
import socket
from collections.abc import Iterator
from dataclasses import replace
from html import escape
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import support_compare
import support_ui
from conftest import Tab, opened, served
from playwright.sync_api import Browser, Page, expect

from aligner.corpus import Corpus, Manifest, manifest_text, own
from aligner.model import Quoted, ResidueKind, Severity
from aligner.pipeline.reviewing import Desk
from aligner.review.said import Mark, Score, Verdict, Work
from aligner.store import open_store
from aligner.ui.frame import PAGES

HURT = "window.hurt=1"
HTML = f"<script>{HURT}</script><img src=x onerror='{HURT}'><svg onload='{HURT}'>"
LINK = f"[tap](javascript:{HURT}) <a href='javascript:{HURT}'>tap</a> ![x](http://127.0.0.1:9/x.png)"
TURNED = "\u202e\u2067evil\u2069\u202e txt.exe"
NASTY = f"{HTML} {LINK} {{0}} {{n}} `code` $a$ :red[x]"
NAME = f"<b onclick='{HURT}'>Eve</b> {TURNED}"
LONG = "长" * 1_000_000
STILL = "document.querySelector('[data-testid=stApp]')?.dataset.testScriptState === 'notRunning'"
READY = {"export": ".st-key-la_export"}

ALIVE = """() => [...document.querySelectorAll("*")].flatMap((node) => [
  ...node.getAttributeNames().filter((name) => name.startsWith("on")).map((name) => `${node.tagName} ${name}`),
  ...(/^\\s*javascript:/i.test(node.getAttribute("href") || node.getAttribute("src") || "") ? [node.outerHTML] : []),
  ...(node.tagName === "IMG" && /:9|^x$/.test(node.getAttribute("src")) ? [node.outerHTML] : []),
])"""
TURNS = """() => {
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (!/[\\u202a-\\u202e\\u2066-\\u2069]/.test(node.data) || node.parentElement.closest("script, style")) continue;
    let host = node.parentElement;
    while (getComputedStyle(host).unicodeBidi === "normal") host = host.parentElement;
    const own = host.textContent === node.data || host.closest(".la-en, .la-zh, [lang]:not(html, .la-root), pre");
    if (!own) found.push(`${host.className}: ${host.textContent.slice(0, 120)}`);
  }
  return found;
}"""
"""Where somebody's text that turns the direction of writing shares its line with text of others."""


OURS = "rendering|译文|is not a PDF"
"""Words of ours behind a name in a line that Streamlit draws."""


def manifest(text: str, title: str) -> str:
    """The made-up manifest with nasty titles, authors and outlets."""

    def quoted(words: str) -> str:
        return '"' + words.replace("\\", "\\\\").replace('"', '\\"') + '"'

    text = text.replace('"The mayor\'s letter about the bridge"', quoted(title))
    text = text.replace('"Ada Brook"', quoted(NAME)).replace('"晨报"', quoted(NAME))
    return text.replace('"River & Sea <Weekly>"', quoted(NASTY))


def write_corpus(folder: Path) -> Path:
    corpus = support_ui.build(folder)
    listed = corpus / "letters.toml"
    listed.write_text(manifest(listed.read_text(encoding="utf-8"), f"{HTML} {TURNED}"), encoding="utf-8")
    for name in ("bridge-a", "bridge-b"):
        path = corpus / "documents" / f"{name}.txt"
        text = path.read_text(encoding="utf-8")
        changed = text.replace("the old bridge.", f"the old bridge {NASTY} {TURNED}{name}")
        path.write_text(changed, encoding="utf-8")
    letter = Corpus.open(corpus).letter("bridge")
    for rendering in ("bridge-001", "bridge-002", "bridge-003", "bridge-004"):
        article = support_ui.Article()
        for segment, gloss in zip(letter.segments, support_ui.GLOSSES, strict=False):
            words = f"{gloss}{NASTY} {TURNED}{rendering}"
            article.rest(ResidueKind.COMMENTARY, NASTY + TURNED).link([segment.id], words)
            if "evil" in segment.text:
                source = Quoted(segment.start, segment.end, segment.text)
                article.find("numbers", "accuracy/mistranslation", Severity.MAJOR, source, words)
            article.rest(ResidueKind.INJECTED, HTML).add("\n\n")
        if rendering == "bridge-002":
            article.rest(ResidueKind.COMMENTARY, LONG)
        support_ui._write(corpus, "bridge", rendering, article)
    support_compare.write(corpus)
    return corpus


def write_own(folder: Path, letters: Path) -> None:
    """Own letters at `letters`: one with a nasty glossary, and one in the trash."""
    made = write_corpus(folder)
    opened = Corpus.open(made)
    bridge = opened.entry("bridge")
    (rendering, *_) = bridge.renderings
    mine = [
        replace(bridge, id=name, title=f"{HTML} {LINK} {TURNED}", renderings=(replace(rendering, id=f"{name}-001"),))
        for name in ("mine", "gone")
    ]
    for entry in mine:
        (made / entry.id).mkdir()
        with (made / entry.id / "glossary.csv").open("w", encoding="utf-8", newline="") as out:
            csv.writer(out).writerows([("source", "target"), (NASTY, TURNED + HTML)])
    listed = Manifest(opened.manifest.documents, tuple(mine))
    (made / "letters.toml").write_text(manifest_text.write(listed), encoding="utf-8")
    letters.parent.mkdir()
    shutil.move(made, letters)
    own.discard(letters, "gone")


def say(desk: Desk) -> None:
    """Two reviewers with nasty names who say nasty things, of links too, and differ."""
    segment = next(each for each in desk.corpus.letter("bridge").segments if "evil" in each.text)
    place = ("bridge", "bridge-001")
    text = desk.texts(*place).target
    for who, at in ((NAME, text.index("我写信")), (HTML[:79], text.index("老桥"))):
        span = (Quoted(at, at + 2, text[at : at + 2]),)
        sentence = Quoted(segment.start, segment.end, segment.text)
        (found, *_) = desk.published(*place).findings
        for value in (
            Mark("mqm-core", "2.0", "accuracy/mistranslation", "major", span, comment=NASTY + TURNED, correction=HTML),
            Verdict(found.id, found.check, None, NASTY + TURNED),
            Score(50, sentence),
            Work("done", sentence),
        ):
            desk.say(value, who, *place, layer=f"own:{who}")
    editor = desk.editor(*place)
    desk.say(editor.confirm(editor.part.beads[:1]), NAME, *place)


@pytest.fixture(scope="module")
def home(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:  # noqa: ARG001 - skips first
    folder = tmp_path_factory.mktemp("hostile")
    corpus = write_corpus(folder)
    write_own(folder / "made", folder / "home" / "letters")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ALIGNER_HOME", str(folder / "home"))
        say(Desk(Corpus.open(corpus), open_store()))
        with served(corpus, folder / "server.log") as address:
            yield address


@pytest.fixture(scope="module")
def tab(browser: Browser, home: str) -> Iterator[Tab]:
    with opened(browser, home) as tab:
        tab.page.on("dialog", lambda dialog: tab.faults.append(f"dialog: {dialog.message}"))
        tab.page.add_init_script(f"localStorage.setItem('letter-aligner.reviewer', JSON.stringify({NAME!r}))")
        yield tab


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("name", PAGES)
def test_nothing_runs_and_everything_is_seen_as_text(tab: Tab, name: str, language: str) -> None:
    page = tab.open(f"/{name}?letter=bridge&lang={language}&sentence=2", READY.get(name, ".la-root"))
    page.wait_for_function(STILL)
    if name == "collation":
        page.locator(".la-bar button").nth(2).click()
    expect(page.locator("[data-testid=stMain]")).to_contain_text("onerror=")
    page.evaluate("document.querySelectorAll('details').forEach((each) => (each.open = true))")
    page.wait_for_timeout(200)
    harmless(page)


def harmless(page: Page) -> None:
    """Nothing ran, nothing is alive, and nobody's text turns ours around."""
    ours = re.compile(f"[\u202a-\u202e\u2066-\u2069].*({OURS})", re.DOTALL)
    expect(page.locator("[data-testid=stText]", has_text=ours)).to_have_count(0)
    assert page.evaluate("window.hurt === undefined")
    assert page.evaluate(ALIVE) == []
    assert page.evaluate(TURNS) == []


PAGE = (
    f"<h1>{NAME}</h1><p>{HTML} {LINK}</p><p>Dear all, I leave the yard today, with thanks to everybody here."
    f" {escape(NASTY)} {TURNED}</p><svg><title>{NASTY}</title></svg>"
)
FILES = {
    f"{HTML[:40].replace('/', '∕')}{TURNED}.html": PAGE,
    "long.txt": LONG,
    "nul.txt": f"大家好，我今天写信告诉大家\0一件事，{NASTY} {TURNED}，我会想念大家的。",
    "turned.md": f"# {NASTY}\n\n{NASTY} {TURNED} 大家好，我今天写信告诉大家一件事，我会想念大家，请保重。\n\n{LINK}",
    f"{TURNED}{LINK.replace('/', '∕')[:90]}.pdf": "MZ no such thing",
}
"""Files as strangers name and fill them."""


@pytest.mark.parametrize("language", ["en", "zh"])
def test_letters_show_what_is_there_as_text(tab: Tab, language: str) -> None:
    page = tab.open(f"/letters?lang={language}", ".st-key-la_letters")
    page.wait_for_function(STILL)
    expect(page.locator(".st-key-la_letters")).to_contain_text("onerror=")
    page.locator(".st-key-la_mine_open button").click()
    for at in range(4):
        page.get_by_role("tab").nth(at).click()
        page.wait_for_timeout(300)
        harmless(page)
    page.locator("[class*=st-key-la_][class*=_destroy] button").click()
    expect(page.get_by_role("dialog")).to_contain_text("onerror=")
    harmless(page)


def test_letters_show_what_is_brought_as_text(tab: Tab, tmp_path: Path) -> None:
    files = []
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
        files.append(str(tmp_path / name))
    page = tab.open("/letters", ".st-key-la_letters")
    page.get_by_text("Bring a letter", exact=True).click()
    page.locator("input[type=file]").nth(0).set_input_files(files[0])
    expect(page.locator("[class*=st-key-la_item_]")).to_have_count(1)
    page.locator("input[type=file]").nth(0).set_input_files(files[1:])
    expect(page.locator("[class*=st-key-la_item_]")).to_have_count(len(files))
    for fold in page.locator("[class*=st-key-la_item_] summary").all():
        fold.click()
    page.wait_for_function(STILL)
    expect(page.locator(".la-extract").first).to_contain_text("onerror=")
    expect(page.locator(".la-extract").nth(1)).to_contain_text("长长长")
    harmless(page)


def test_what_is_typed_is_kept_as_text(tab: Tab) -> None:
    page = tab.open("/review?letter=bridge&sentence=2", ".la-review")
    page.locator("[data-column='bridge-001'] .la-rw-own .la-rw-mark").first.click()
    for key, words in (("comment", f"nul\0nul {NASTY}"), ("correction", TURNED)):
        page.fill(f"[data-key={key}]", words)
        page.keyboard.press("Escape")
    expect(page.locator(".la-rw-said").first).to_contain_text("onerror=")
    expect(page.locator(".la-rb-saved")).to_have_attribute("data-state", "saved")
    page.reload()
    expect(page.locator(".la-rw-said").first).to_contain_text("onerror=")
    harmless(page)


def asked(home: str, path: str, **headers: str) -> str:
    """The first line of the answer to a request with these headers."""
    where = urlsplit(home)
    lines = {"Host": where.netloc, **{name.replace("_", "-"): value for name, value in headers.items()}}
    with socket.create_connection((str(where.hostname), int(where.port or 0)), 10) as line:
        said = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
        line.sendall(f"GET {path} HTTP/1.1\r\n{said}\r\n".encode())
        return line.makefile("rb").readline().decode().strip()


UPGRADE = {
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec_WebSocket_Version": "13",
    "Sec_WebSocket_Key": "dGhlIHNhbXBsZSBub25jZQ==",
}


def test_only_our_own_pages_and_names_are_answered(home: str) -> None:
    stream, evil = "/_stcore/stream", "evil.example"
    assert " 101 " in asked(home, stream, Origin=home, **UPGRADE)
    assert " 403 " in asked(home, stream, Origin=f"http://{evil}", **UPGRADE)
    assert " 403 " in asked(home, stream, Host=evil, Origin=f"http://{evil}", **UPGRADE)
    for path in ("/", "/align", "/_stcore/health"):
        assert " 200 " in asked(home, path)
        assert " 403 " in asked(home, path, Host=evil), path
        assert " 403 " in asked(home, path, Origin=f"http://{evil}"), path
