"""The comparison with peers runs from gold to page, on made-up chapters and with what is always installed."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from lxml import etree

ROOT = Path(__file__).parent.parent
ENGLISH = (
    "The ferry left at dawn.",
    "Nobody waved.",
    "Was the captain asleep?",
    "Marta counted 12 gulls and went below.",
    "It rained all day, and the soup was cold.",
    "In the evening the lights of the harbour came up.",
)
CHINESE = (
    "渡轮天一亮就开走了。",
    "没有人挥手。",
    "船长睡着了吗？",
    "玛尔塔数了12只海鸥，下到船舱里去。",
    "雨下了一整天，汤也是冷的。",
    "傍晚，港口的灯火亮起来了。",
)


def document(path: Path, sentences: tuple[str, ...]) -> None:
    body = "".join(f'<s id="{n}">{sentence}</s>' for n, sentence in enumerate(sentences, 1))
    path.write_text(f"<text><p>{body}</p></text>", encoding="utf-8")


def chapter(folder: Path, number: int) -> None:
    """The sentences in another order for each chapter; the first two are one sentence of the Chinese."""
    english, chinese = ((*side[number:], *side[:number]) for side in (ENGLISH, CHINESE))
    document(folder / f"toy.00{number}_en.xml", english)
    document(folder / f"toy.00{number}_zh.xml", (chinese[0][:-1] + "，" + chinese[1], *chinese[2:]))
    pairs = ["1 2;1", *(f"{n};{n - 1}" for n in range(3, 7))]
    links = "".join(f'<link xtargets="{pair}"/>' for pair in pairs)
    group = f'<linkGrp toDoc="toy.00{number}_en.xml" fromDoc="toy.00{number}_zh.xml">{links}</linkGrp>'
    (folder / f"toy.00{number}_zh.00{number}_en.xml").write_text(group, encoding="utf-8")


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "benchmarks" / "peers.py"), *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=600, check=False)


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("peers")
    gold = folder / "gold"
    gold.mkdir()
    for number in (1, 2, 3):
        chapter(gold, number)
    page = folder / "docs" / "benchmarks.md"
    options = ("--peers", "galechurch", "crf", "--repeats", "1", "--sizes", "9", "--jobs", "1", "--out", str(page))
    done = run(str(gold), *options)
    assert done.returncode == 0, done.stderr
    return page


def test_the_page_has_a_row_for_every_peer_in_every_table(out: Path) -> None:
    page = out.read_text(encoding="utf-8")
    for part in ("Accuracy", "Time and memory"):
        section = page.partition(f"## {part}")[2].partition("\n## ")[0]
        assert re.search(r"^\| Gale-Church \|.*\d", section, re.MULTILINE), part
        assert re.search(r"^\| ours \|.*\d", section, re.MULTILINE), part
    assert re.search(r"^\| 9 against 7 \|.*\d", page, re.MULTILINE)
    assert "aligner pair SRC TGT --presplit" in page
    assert re.search(r"Expected calibration error over ten bins: \*\*0\.\d{3}\*\*, \d+ beads", page)


def test_the_page_says_how_it_was_made(out: Path) -> None:
    page = out.read_text(encoding="utf-8")
    command = "python benchmarks/peers.py FOLDER_OF_INTERTEXT --peers galechurch crf --repeats 1 --sizes 9 --jobs 1\n"
    assert command in page
    assert str(out.parent.parent) not in page
    assert re.search(r"Python 3\.\d+\.\d+; letter-aligner ", page)
    assert "3 chapters, 18 against 15 sentences" in page


def test_the_diagram_is_a_drawing_that_the_page_shows(out: Path) -> None:
    (shown,) = re.findall(r"!\[[^]]+\]\(([^)]+)\)", out.read_text(encoding="utf-8"))
    drawing = etree.parse(out.parent / shown).getroot()
    assert drawing.tag.endswith("svg")
    assert any(element.tag.endswith("circle") for element in drawing)


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    done = run(str(tmp_path))
    assert done.returncode == 1
    assert "holds no InterText link files" in done.stderr
