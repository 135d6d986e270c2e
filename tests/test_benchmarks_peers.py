"""The comparison with peers runs from gold to page, on made-up chapters and with what is always installed."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import needs
import pytest
from lxml import etree
from support_engines import Random

from aligner.encoders import word_encoder

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
    needs.need("time")
    folder = tmp_path_factory.mktemp("peers")
    gold = folder / "gold"
    gold.mkdir()
    for number in (1, 2, 3):
        chapter(gold, number)
    page = folder / "docs" / "benchmarks.md"
    options = ("--peers", "galechurch", "crf", "--repeats", "1", "--sizes", "9", "--out", str(page))
    done = run(f"{gold}/", *options)
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
    command = "python benchmarks/peers.py FOLDER_OF_INTERTEXT --peers galechurch crf --repeats 1 --sizes 9\n"
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


@pytest.fixture
def benchmarks(monkeypatch: pytest.MonkeyPatch) -> None:
    """The folder of benchmarks among those that modules are imported from, as for its own programs."""
    monkeypatch.syspath_prepend(str(ROOT / "benchmarks"))


@pytest.mark.usefixtures("benchmarks")
def test_a_peer_that_is_not_installed_is_named_with_its_install_line(monkeypatch: pytest.MonkeyPatch) -> None:
    import peers
    import peers_child
    import peers_page

    away = replace(peers_child.PEERS["vecalign"], module="no_such_module", install="pip install no-such-module")
    monkeypatch.setitem(peers_child.PEERS, "vecalign", away)
    results = peers_page.Results("command", "gold", 1)
    assert peers.wanted(["galechurch", "vecalign"], results) == ["galechurch"]
    assert "Vecalign is **missing** from this run: pip install no-such-module" in peers_page.page(results)


@pytest.mark.usefixtures("benchmarks")
def test_vecalign_is_called_by_its_public_function(monkeypatch: pytest.MonkeyPatch) -> None:
    import peers_child

    def align(source: list[str], target: list[str], encoder: object) -> SimpleNamespace:
        assert (source, target, encoder) == (["a", "b"], ["c"], "encoder")
        bead = SimpleNamespace(src_indices=[0, 1], tgt_indices=[0], score=0.7)
        return SimpleNamespace(alignments=[bead])

    monkeypatch.setitem(sys.modules, "sentweave", SimpleNamespace(align=align))
    (bead,) = peers_child.PEERS["vecalign"].align(("a", "b"), ("c",), "encoder")
    assert (bead.source, bead.target) == ((0, 1), (0,))


@pytest.mark.usefixtures("benchmarks")
def test_the_stopwatch_counts_words_that_another_encoder_compares() -> None:
    import peers_child

    class Two(Random):
        words = Random()

    watch = peers_child.Watch()
    timed = peers_child.Timed(Two(), watch)
    word_encoder(timed).encode(["a", "b"])
    timed.encode(["c"])
    assert watch.texts == 3


@pytest.mark.usefixtures("benchmarks")
def test_long_texts_are_cut_between_beads() -> None:
    import peers_runs

    from aligner.evaluation import Bead, BeadFile, Chapter

    beads = (Bead((0,), (0, 1)), Bead((1, 2), (2,)))
    chapter = Chapter("c", ("s0", "s1", "s2"), ("t0", "t1", "t2"), BeadFile("c", ("c",), beads))
    grown = peers_runs.grown([chapter], 5)
    assert grown.source == ("s0", "s1", "s2", "s0", "s1", "s2")
    assert grown.target == ("t0", "t1", "t2", "t0", "t1", "t2")
    assert len(peers_runs.grown([chapter], 4).target) == 5
