"""A comparison of the made-up letter `bridge`, written by hand with real offsets: every table has something."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from aligner.corpus import Corpus

NAMES = ("bridge-001", "bridge-002", "bridge-004")


def comparison(corpus: Corpus) -> dict[str, Any]:
    """The comparison file of `bridge` as JSON values."""
    letter = corpus.letter("bridge")
    base = letter.base.document.text
    texts = {item.id: corpus.document(item.document).text for item in corpus.entry("bridge").renderings}

    def source(words: str) -> dict[str, Any]:
        at = base.index(words, letter.segments[0].start)
        return {"start": at, "end": at + len(words), "text": words}

    def form(number: int, words: str) -> dict[str, Any]:
        name = f"bridge-00{number}"
        at = texts[name].index(words)
        return {"rendering": name, "side": "target", "start": at, "end": at + len(words), "text": words}

    def row(words: str, *forms: dict[str, Any], score: float = 0.5, **evidence: Any) -> dict[str, Any]:
        return {"source": [source(words)], "forms": list(forms), "score": score, "evidence": evidence}

    def pair(other: int, wording: float, meaning: float) -> dict[str, Any]:
        return {"renderings": ["bridge-001", f"bridge-00{other}"], "wording": wording, "meaning": meaning}

    def run(words: str, one: str, two: str, kind: str) -> dict[str, Any]:
        found = {"characters": len(one), "kind": kind, "renderings": list(NAMES[:2])}
        return row(words, form(1, one), form(2, two), score=1.0, **found)

    third, fourth = letter.segments[2], letter.segments[3]
    return {
        "schema": "aligner/comparison@1",
        "letter": "bridge",
        "renderings": list(NAMES),
        "names": [row("bridge", form(1, "这座老桥")), row("workshop", form(1, "工坊"))],
        "terms": [row("ferry", form(1, "渡船"), form(2, "渡船"))],
        "numbers": [row("on 3 May", form(1, "五月三日")), row("eighty years", form(1, "八十年"), form(2, "八十年"))],
        "shared": [
            run("I write about", "我写信谈", "我写信谈", "verbatim"),
            run("It is eighty years old", "已有八十年历史", "已有八十年", "near"),
        ],
        "contrast": [
            row("on 3 May", form(1, "五月三日"), form(2, "决定"), score=0.5, odd="bridge-002", kind="other"),
            row("is free", form(1, "免费"), form(2, "免费"), score=0.2, odd=None, kind="other"),
        ],
        "findings": [
            {
                "id": "c1",
                "check": "terms",
                "category": "terminology/wrong term",
                "severity": "info",
                "source": source("ferry"),
                "target": None,
                "places": [form(1, "渡船"), form(2, "渡船")],
                "score": 0.7,
                "messages": {"en": "Both call it a <b>boat</b>.", "zh": "两者都称之为船。"},
                "evidence": {},
            }
        ],
        "sharing": [
            {
                "renderings": list(NAMES[:2]),
                "runs": 2,
                "shares": {"bridge-001": 0.25, "bridge-002": 0.5},
                "dates": {"bridge-001": "2024-05-02", "bridge-002": None},
                "earlier": "bridge-001",
            },
            {
                "renderings": ["bridge-004", "bridge-001"],
                "runs": 0,
                "shares": {"bridge-001": 0, "bridge-004": 0},
                "dates": {"bridge-001": None, "bridge-004": None},
                "earlier": None,
            },
        ],
        "variation": [
            {"source": _stretch(third), "pairs": [pair(2, 0.4, 0.2), pair(4, 0.8, 0.6)]},
            {"source": _stretch(fourth), "pairs": [pair(2, 0.1, 0.05)]},
        ],
    }


def _stretch(segment: Any) -> dict[str, Any]:
    return {"start": segment.start, "end": segment.end, "text": segment.text}


def write(folder: Path) -> None:
    """Write it beside the alignments of the corpus in `folder`."""
    text = json.dumps(comparison(Corpus.open(folder)), ensure_ascii=False)
    (folder / "bridge" / "comparison.json").write_text(text, encoding="utf-8")
