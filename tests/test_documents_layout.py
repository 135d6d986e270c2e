"""Layout: hard cases from tests/cases, laws for any text, and the seeds."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.documents import load
from aligner.documents.layout import layout
from aligner.model import Block, BlockKind

HERE = Path(__file__).parent
SEEDS = HERE.parent / "seeds"
CASES = json.loads((HERE / "cases" / "documents_layout.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", [pytest.param(case, id=case["label"]) for case in CASES])
def test_layout(case: dict[str, Any]) -> None:
    text = case["input"]
    found = [[block.kind.value, text[block.start : block.end]] for block in layout(text)]
    assert found == case["expected"], case["why"]


LINES = st.sampled_from(
    [
        *[
            "",
            "",
            "",
            " ",
            "\u3000",
            "# ",
            "### 第一段:",
            "* * *",
            "****",
            "**",
            "> ",
            ">",
            "-",
            "•",
            "[",
            "![](",
            "***a***",
        ],
        *[
            '**"大家好，我要走了。"**',
            "**分析:** 开场直接。",
            "**分析:**",
            "_**点赞、转发**_",
            "*斜体*",
            "**粗体",
            "粗体**",
        ],
        *["  * a) 第一点。", "1. 第二点", "一、第三点", "（一）第四点", "① 第五点", "- item one", "— END —"],
        *[
            "![](https://a.example/x.png)",
            "▲图注(图源:某社)",
            "[One](https://a.example/1)",
            "[2、[在峰会上",
            "作者: 某人",
        ],
        *[
            "By Ada Brook",
            "2026-05-12 10:26 · 来自北京",
            "RELATED STORIES",
            "往期回顾",
            "© 2026",
            "Dear all,",
            "大家好，",
        ],
        *[
            "After much reflection, I have made the",
            "difficult decision to leave.",
            "他走了。",
            "他走了",
            "为什么?",
            "> 引文。",
        ],
    ]
)
ENDS = st.sampled_from(["\n", "\n", "\n\n", "\r\n", "\r"])
TEXTS = st.lists(st.tuples(LINES | st.text(max_size=8), ENDS).map("".join), max_size=25).map("".join)
MARKUP = re.compile(
    r"(?:[*+\-–—]|[•◦·・．]|\*{0,2}\d{1,2}[.)、]?\*{0,2}|[a-zA-Z][.)）]|[(（]\w{1,3}[)）]|[一二三四五六七八九十]{1,3}、|[①-⑳]|[^\w\s])+"
)


def gaps(text: str, blocks: tuple[Block, ...]) -> list[str]:
    edges = [0, *(edge for block in blocks for edge in (block.start, block.end)), len(text)]
    return [text[a:b] for a, b in zip(edges[::2], edges[1::2], strict=True)]


@given(TEXTS)
def test_blocks_are_in_order_and_apart_and_not_blank(text: str) -> None:
    last = 0
    for block in layout(text):
        assert last <= block.start < block.end <= len(text)
        assert text[block.start : block.end].strip()
        last = block.end


@given(TEXTS)
def test_what_lies_between_blocks_is_markup(text: str) -> None:
    for gap in gaps(text, layout(text)):
        for word in gap.split():
            assert not any(c.isalnum() for c in word) or MARKUP.fullmatch(word), repr(gap)


@pytest.mark.parametrize("path", sorted(SEEDS.glob("*.txt")), ids=lambda path: path.name[:3])
def test_no_word_of_a_seed_is_lost(path: Path) -> None:
    document = load(path)
    for gap in gaps(document.text, document.blocks):
        assert re.fullmatch(r"(?:[\s*_#\"]|\d\.|[a-c]\))*", gap), repr(gap)


def kinds(name: str) -> dict[str, list[str]]:
    document = load(next(SEEDS.glob(f"{name}_*")))
    found: dict[str, list[str]] = {kind.value: [] for kind in BlockKind}
    for block in document.blocks:
        found[block.kind.value].append(document.text[block.start : block.end])
    return found


def test_an_analysis_with_quoted_paragraphs() -> None:
    found = kinds("000")
    assert len(found["quotation"]) == 6
    assert all(not text.startswith('"') and not text.endswith('"') for text in found["quotation"])
    assert found["heading"][1:] == ["第一段:", "第二段:", "第三段:", "第四段:", "第五段:", "第六和第七段:"]
    assert len(found["list_item"]) == 21
    assert "往期回顾" in found["furniture"]
    assert found["body"][-1].startswith("无论如何"), "what stands below the related links is furniture"


def test_section_headings_without_markup() -> None:
    found = kinds("003")
    assert len(found["heading"]) == 11
    assert "穆拉蒂离职的背景" in found["heading"]
    assert "这对OpenAI的未来意味着什么?" in found["heading"]
    assert len(found["list_item"]) == 5
    assert found["furniture"][:3] == ["作者", "CTOL Editors - Xia", "8 分钟阅读"]
    assert "您可能也喜欢" in found["furniture"]


def test_one_paragraph_a_line_with_an_injected_advertisement() -> None:
    found = kinds("004")
    assert len(found["body"]) == 29
    assert "pg电子游戏官网" in found["body"]
    assert len(found["heading"]) == len(found["image"]) == 1


def test_letters_printed_in_full_are_body_alone() -> None:
    found = kinds("002")
    assert {kind for kind, texts in found.items() if texts} == {"body"}
    assert {"Hi all,", "Hi All–", "i just posted this note to openai:"} <= set(found["body"])


def test_a_wrapped_scan_is_paragraphs_and_not_lines() -> None:
    found = kinds("001")
    assert any(text.startswith("We brought safety research") and text.endswith("do my own") for text in found["body"])
    assert len(found["body"]) == 13
