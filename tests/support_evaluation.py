"""Gold of a small letter, and alignments of it, for the tests of evaluation."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from aligner.model import Absence, AbsenceKind, Alignment, Link, Mode, Segment, Side, Signature, Span, sha256_of

SOURCE = "Hello all. We close. Bye."
SENTENCES = {"s1": "Hello all.", "s2": "We close.", "s3": "Bye."}
TARGET = "他承认，我们（Shop）关门了。大家好。再会！"


def place(text: str, words: str) -> dict[str, Any]:
    start = text.index(words)
    return {"start": start, "end": start + len(words), "text": words}


def gold_json(soft: str = "") -> tuple[dict[str, Any], dict[str, Any]]:
    """What the two files of gold hold; `soft` is a loose mention of the last sentence."""
    sentences = [{"id": key, "kind": "body", **place(SOURCE, words)} for key, words in SENTENCES.items()]
    spans: list[dict[str, Any]] = [
        {
            "id": "g1",
            **place(TARGET, "我们（Shop）关门了。"),
            "en": ["s2"],
            "mode": "indirect",
            "certainty": "firm",
            "carrier": place(TARGET, "他承认，我们（Shop）关门了。"),
            "insertions": [place(TARGET, "（Shop）")],
        },
        {"id": "g2", **place(TARGET, "大家好。"), "en": ["s1"], "mode": "direct", "certainty": "firm"},
    ]
    if soft:
        spans.append({"id": "g3", **place(TARGET, soft), "en": ["s3"], "mode": "direct", "certainty": "soft"})
    rendering = {
        "letter": "n1",
        "file": "r1.txt",
        "region": [spans[0]["start"], spans[1]["end"]],
        "spans": spans,
        "omitted": [] if soft else ["s3"],
        "soft_only": ["s3"] if soft else [],
        "sentence_mode": {"s1": "direct", "s2": "indirect"},
    }
    letters = {"_meta": {"note": "n"}, "n1": {"file": "source.txt", "sentences": sentences}}
    return letters, {"_meta": {}, "renderings": {"n1-r1": rendering}}


def write_gold(folder: Path, soft: str = "") -> Path:
    """The gold in `folder/gold`, the documents beside it."""
    (folder / "gold").mkdir(parents=True)
    for name, data in zip(("source_sentences", "renderings"), gold_json(soft), strict=True):
        (folder / "gold" / f"{name}.json").write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    (folder / "source.txt").write_text(SOURCE, encoding="utf-8")
    (folder / "r1.txt").write_text(TARGET, encoding="utf-8")
    return folder / "gold"


def aligned(
    links: Sequence[tuple[Sequence[str], tuple[int, int], str]],
    sentences: Sequence[Segment],
    texts: tuple[str, str] = (SOURCE, TARGET),
    names: tuple[str, str] = ("n1", "r1"),
) -> Alignment:
    """An alignment with a target segment for each link (sentence ids, offsets, mode)."""
    target = texts[1]
    spans = sorted((offsets, tuple(ids), mode) for ids, offsets, mode in links)
    linked = {key for _, ids, _ in spans for key in ids}
    sides = [Side(f"{k}.txt", sha256_of(text), sha256_of(text), "en") for k, text in enumerate(texts)]
    region = Span(spans[0][0][0], spans[-1][0][1]) if spans else None
    return Alignment(
        letter=names[0],
        rendering=names[1],
        source=sides[0],
        target=replace(sides[1], region=region),
        signature=Signature("0.0", "by-hand", "none"),
        source_segments=tuple(sentences),
        target_segments=tuple(Segment(f"t{k}", a, b, target[a:b]) for k, ((a, b), _, _) in enumerate(spans)),
        links=tuple(Link(f"l{k}", ids, (f"t{k}",), Mode(mode), 0.5) for k, (_, ids, mode) in enumerate(spans)),
        absences=tuple(Absence(s.id, AbsenceKind.OMITTED, 0.5) for s in sentences if s.id not in linked),
    )


def small(links: Sequence[tuple[str, str, str]]) -> Alignment:
    """An alignment of the small letter: (sentence id, Chinese words, mode)."""
    sentences = [Segment(key, **place(SOURCE, words)) for key, words in SENTENCES.items()]
    placed = [(place(TARGET, words), key, mode) for key, words, mode in links]
    return aligned([((key,), (at["start"], at["end"]), mode) for at, key, mode in placed], sentences)
