"""The engine `bertalign`: the real package where it is installed, its absence everywhere."""

from __future__ import annotations

import itertools
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest
from needs import need

from aligner.encoders import Encoder, open_encoder
from aligner.encoders.base import rows_of_unit_length
from aligner.engines import ENGINES, Bead, bead_line, check_beads
from aligner.engines.bertalign import install_hint
from aligner.errors import MissingExtraError

ENGLISH = ("Hello all.", "I decided to leave the company.", "It was a hard decision.", "Thank you for the six years.")
CHINESE = ("大家好。", "我决定离开公司。", "这是一个艰难的决定。", "感谢这六年。")


class Letters:
    """A small encoder for long lists: which characters a text holds, less what most texts hold."""

    signature = "letters"

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        vectors = np.zeros((len(texts), 64), dtype=np.float32)
        for row, text in enumerate(texts):
            for one, two in itertools.pairwise(text):
                vectors[row, (ord(one) * 31 + ord(two)) % 64] += 1
        return rows_of_unit_length(vectors - vectors.mean(axis=1, keepdims=True))


class Opposite:
    """English and Chinese point in opposite directions: nothing is like anything."""

    signature = "opposite"

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        return np.array([[1.0, 0.0] if text.isascii() else [-1.0, 0.0] for text in texts], dtype=np.float32)


Align = Callable[..., tuple[Bead, ...]]


@pytest.fixture
def align() -> Align:
    """The engine on the real package, every result checked for holding each sentence once."""
    need("bertalign")

    def run(source: Sequence[str], target: Sequence[str], encoder: Encoder | None = None) -> tuple[Bead, ...]:
        beads = ENGINES["bertalign"].beads(source, target, encoder or Letters(), ("en", "zh"))
        return check_beads(beads, len(source), len(target))

    return run


def numbers(beads: Sequence[Bead]) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    return [(bead.source, bead.target) for bead in beads]


def some(count: int, word: str = "sentence") -> list[str]:
    return [f"{word} {i * i} holds {chr(97 + i % 26) * 3}{chr(97 + i // 26 % 26) * 2}." for i in range(count)]


def test_the_real_package_is_called(align: Align, monkeypatch: pytest.MonkeyPatch) -> None:
    import bertalign

    monkeypatch.setattr(bertalign.Bertalign, "align_sents", lambda self: setattr(self, "result", [([0], [0])]))
    assert numbers(align(["one"], ["one"])) == [((0,), (0,))]
    monkeypatch.setattr(bertalign.Bertalign, "align_sents", lambda self: setattr(self, "result", [([0], [])]))
    with pytest.raises(Exception, match="target sentence 0 is skipped"):
        align(["one"], ["one"])


def test_english_and_chinese_with_the_bundled_encoder(align: Align) -> None:
    encoder = open_encoder("use")
    beads = align(ENGLISH, CHINESE, encoder)
    assert numbers(beads) == [((i,), (i,)) for i in range(4)]
    cosines = (encoder.encode(ENGLISH) * encoder.encode(CHINESE)).sum(axis=1)
    assert [bead.confidence for bead in beads] == pytest.approx(cosines, abs=1e-3)


def test_a_joined_bead_has_the_cosine_of_the_joined_text(align: Align) -> None:
    encoder = open_encoder("use")
    joined = "".join(CHINESE[1:3])
    beads = align(ENGLISH, [CHINESE[0], joined, CHINESE[3]], encoder)
    assert numbers(beads) == [((0,), (0,)), ((1, 2), (1,)), ((3,), (2,))]
    vectors = encoder.encode([" ".join(ENGLISH[1:3]), joined])
    assert beads[1].confidence == pytest.approx(float(vectors[0] @ vectors[1]), abs=1e-3)


@pytest.mark.parametrize(("sources", "targets"), [(3, 0), (0, 3), (0, 0)])
def test_an_empty_side(align: Align, sources: int, targets: int) -> None:
    beads = align(some(sources), some(targets))
    assert len(beads) == sources + targets
    assert {bead.confidence for bead in beads} <= {1.0}


@pytest.mark.parametrize(
    ("sources", "targets"), [(1, 1), (1, 2), (1, 7), (7, 1), (2, 2), (100, 3), (3, 100), (500, 3), (1, 600), (600, 1)]
)
def test_every_sentence_once_at_any_length(align: Align, sources: int, targets: int) -> None:
    beads = align(some(sources), some(targets, "Satz"))
    assert all(0 <= bead.confidence <= 1 for bead in beads)
    assert all(isinstance(i, int) for bead in beads for i in (*bead.source, *bead.target))


@pytest.mark.parametrize("place", [3, 300, 599])
def test_one_sentence_is_found_among_many(align: Align, place: int) -> None:
    many = some(600, "Satz")
    many[place] = "It is the one that they share."
    (bead,) = (bead for bead in align([many[place]], many) if bead.source)
    assert place in bead.target  # with its neighbours: Bertalign rather joins than leaves out
    (bead,) = (bead for bead in align(many, [many[place]]) if bead.target)
    assert place in bead.source


def test_identical_texts_are_aligned_one_to_one(align: Align) -> None:
    beads = align(some(60), some(60))
    assert numbers(beads) == [((i,), (i,)) for i in range(60)]
    assert [bead.confidence for bead in beads] == [1.0] * 60


def test_the_same_again(align: Align) -> None:
    first, second = (align(some(40), some(33, "Satz")) for _ in range(2))
    assert [bead_line(bead) for bead in first] == [bead_line(bead) for bead in second]


@pytest.mark.parametrize(
    "odd",
    [
        pytest.param("", id="blank"),
        pytest.param(" \u3000\t", id="spaces"),
        pytest.param("one\u2028two\x0cthree\nfour", id="line ends inside"),
        pytest.param("……", id="in no language"),
        pytest.param("12345", id="digits"),
    ],
)
def test_odd_sentences_keep_their_number(align: Align, odd: str) -> None:
    for source in ([odd], [*some(3), odd, *some(6)[3:]]):
        assert numbers(align(source, source)) == [((i,), (i,)) for i in range(len(source))]
    assert align([odd] * 4, [odd] * 4)


def test_texts_without_likeness_are_not_linked(align: Align) -> None:
    beads = align(ENGLISH, CHINESE, Opposite())
    assert not any(bead.source and bead.target for bead in beads)
    assert {bead.confidence for bead in beads} == {0.0}


OFFLINE = """
import sys
def refuse(event, arguments):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto"):
        raise SystemExit(f"network: {event} {arguments}")
sys.addaudithook(refuse)
from aligner.cli import main
main()
"""


def test_offline_from_a_cold_start(tmp_path: Path) -> None:
    need("bertalign")
    for name, lines in (("en", ENGLISH), ("zh", CHINESE)):
        (tmp_path / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    pair = ["pair", tmp_path / "en", tmp_path / "zh", "--presplit", "--engine", "bertalign"]
    run = subprocess.run([sys.executable, "-c", OFFLINE, *pair], capture_output=True, text=True, cwd=tmp_path)
    assert (run.returncode, run.stderr) == (0, "")
    assert [line.rsplit(":", 1)[0] for line in run.stdout.splitlines()] == [f"[{i}]:[{i}]" for i in range(4)]


def test_without_the_package_the_message_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "bertalign", None)
    with pytest.raises(MissingExtraError, match=r"pip install 'letter-aligner\[bertalign\]'") as fault:
        ENGINES["bertalign"].beads(ENGLISH, CHINESE, Letters())
    assert "bertalign' is not installed" in str(fault.value)
    assert ("Python 3.12 or newer" in str(fault.value)) == (sys.version_info < (3, 12))


def test_an_older_python_is_told_so() -> None:
    assert install_hint((3, 11)).startswith("it needs Python 3.12 or newer (this is 3.11)")
    assert install_hint((3, 12)) == install_hint((3, 14)) == "install it with: pip install 'letter-aligner[bertalign]'"


def test_registering_the_engine_imports_nothing_of_it() -> None:
    code = "import sys, aligner.engines; sys.exit(bool({'bertalign', 'torch', 'numba'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0
