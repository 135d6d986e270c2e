"""Words, scripts and comparison copies."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.text.normalise import fold, to_simplified, unwrap
from aligner.text.scripts import is_hant, language_of, script_counts
from aligner.text.tokens import words


@pytest.fixture(autouse=True)
def own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALIGNER_HOME", str(tmp_path_factory.getbasetemp() / "home"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We’ve moved 3.2 billion parcels.", ["We’ve", "moved", "3.2", "billion", "parcels"]),
        ("human well-being, R&D", ["human", "well-being", "R&D"]),
        ("at 10:30 a.m. in the U.S.", ["at", "10:30", "a.m.", "in", "the", "U.S."]),
        ("grew 38% to $1,240", ["grew", "38%", "to", "1,240"]),
        ("GPT-4o and o1", ["GPT-4o", "and", "o1"]),
    ],
)
def test_english_words(text: str, expected: list[str]) -> None:
    assert [token.text for token in words(text, "en")] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("我们的工作很重要。", ["我们", "的", "工作", "很", "重要"]),
        ("我們的工作很重要。", ["我們", "的", "工作", "很", "重要"]),
        ("在GPT-4o之后，增长4.5%。", ["在", "GPT-4o", "之后", "增长", "4.5%"]),
    ],
)
def test_chinese_words(text: str, expected: list[str]) -> None:
    assert [token.text for token in words(text, "zh-Hans")] == expected


@given(
    st.text(alphabet="我們们的工作 a1.-'’%，。\n\U00020000é", max_size=30),
    st.sampled_from(["en", "zh-Hans", "zh-Hant"]),
)
def test_a_word_is_what_stands_at_its_offsets(text: str, language: str) -> None:
    last = 0
    for token in words(text, language):
        assert last <= token.start < token.end
        assert text[token.start : token.end] == token.text
        last = token.end


SCRIPT = """
import sys, tempfile
from pathlib import Path
from aligner.text.tokens import words
assert [t.text for t in words("我们的工作", "zh")] == ["我们", "的", "工作"]
print(sorted(p.name for p in Path(tempfile.gettempdir()).iterdir()))
"""


@pytest.mark.parametrize("writable", [True, False])
def test_jieba_is_silent_and_writes_only_where_it_may(tmp_path: Path, writable: bool) -> None:
    home = tmp_path / "home"
    if not writable:
        home.write_text("a file where the folder would be")
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    environment = os.environ | {
        "ALIGNER_HOME": str(home),
        "TMPDIR": str(temporary),
        "PYTHONPYCACHEPREFIX": str(tmp_path / "compiled"),  # not over `temporary`, where the program lies in /tmp
    }
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", SCRIPT], capture_output=True, text=True, env=environment, check=False
    )
    assert (done.returncode, done.stderr, done.stdout) == (0, "", "[]\n")
    assert (home / "cache" / "jieba.cache").is_file() is writable


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("大家好，我要走了。", "zh-Hans"),
        ("我們今天發表了一封信。", "zh-Hant"),
        ("里面有一台干净的面包机，皇后说。", "zh-Hans"),
        ("皇后說，里長在台北。", "zh-Hant"),
        ("I have something to share with you.", "en"),
        ("OpenAI o1", "en"),
        ("OpenAI首席技术官Mira Murati宣布离职", "zh-Hans"),
        ("行きます。来ますか？", "ja"),
        ("안녕하세요 여러분", "ko"),
        ("Привет всем", "ru"),
        (
            "Liebe Kollegen, wir haben eine Entscheidung getroffen und sie ist nicht leicht für uns",
            "de",
        ),
        (
            "Chers collègues, je vous écris pour vous dire que je quitte la société avec regret",
            "fr",
        ),
        ("2024 — 1,240", "und"),
        ("", "und"),
    ],
)
def test_language(text: str, language: str) -> None:
    assert language_of(text) == language


def test_seeds_are_in_the_languages_they_are_in() -> None:
    for path in (Path(__file__).parent.parent / "seeds").glob("*.txt"):
        # The second witness is more of its English letter than of the Chinese around it.
        expected = "en" if path.name.startswith("001") else "zh-Hans"
        assert language_of(path.read_text(encoding="utf-8")) == expected


def test_scripts_are_counted() -> None:
    counts = script_counts("我们 made it, カナ")
    assert (counts.han, counts.latin, counts.kana) == (2, 2, 2)
    assert not is_hant("大家好")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("OpenAI\no1", "OpenAI o1"),
        ("新的\n开始", "新的开始"),
        ("新的。\r\n开始", "新的。开始"),
        ("cutting-\nedge", "cutting-edge"),
        ("an era -\nmade", "an era - made"),
        ("one\n> two", "one two"),
        ("使用\nModel", "使用 Model"),
        ("no break", "no break"),
        ("two  spaces stay", "two  spaces stay"),
    ],
)
def test_unwrap(text: str, expected: str) -> None:
    assert unwrap(text) == expected


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("I’ve", "I've"),
        ("“Hi”", '"hi"'),
        ("a–b—c", "a-b-c"),
        ("你好，世界", "你好,世界"),
        ("Ｏ１", "o1"),
        ("a\u200bb\n c", "ab c"),
        ("…", "..."),
    ],
)
def test_fold_makes_writings_equal(a: str, b: str) -> None:
    assert fold(a) == fold(b)


def test_simplified_copies_keep_simplified_text() -> None:
    assert to_simplified("發表時間") == "发表时间"
    assert to_simplified("发表时间 OpenAI") == "发表时间 OpenAI"
