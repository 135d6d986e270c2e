"""How right word correspondences are: `python benchmarks/measure_words.py FOLDER`.

FOLDER holds hand-aligned sentences as in `zh_en_word_alignment_data` (DeNero and Macherey 2011; MIT licence, not part
of this repository): `train.en` and `train.zh`, one tokenised sentence a line, and `train.align`, links `zh-en` (sure)
and `zh-en-P` (possible) by number. Links of this program, whose words are cut otherwise, are right where they join
words that overlap a linked pair; of the sure links between words with content those count as found whose two words a
link joins.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

from aligner.checks.passages import whole
from aligner.checks.words.alignment import align_words
from aligner.checks.words.links import FLOOR, word_links
from aligner.checks.words.tokens import is_light
from aligner.encoders import open_encoder

BRACKETS = {"-LRB-": "(", "-RRB-": ")"}


def laid(words: list[str], joint: str) -> tuple[str, list[tuple[int, int]]]:
    """The sentence and where each of its words stands."""
    text, spans = "", []
    for word in words:
        text += joint if text else ""
        spans.append((len(text), len(text) + len(word)))
        text += word
    return text, spans


def gold(folder: Path) -> Iterator[tuple[list[str], list[str], dict[tuple[int, int], bool]]]:
    """Words of both sides and their links `(zh, en)`, true for sure ones."""
    names = ("train.en", "train.zh", "train.align")
    for lines in zip(*((folder / name).read_text(encoding="utf-8").splitlines() for name in names), strict=True):
        english, chinese, links = (line.split() for line in lines)
        pairs = [link.split("-") for link in links]
        english = [BRACKETS.get(word, word) for word in english]
        yield english, chinese, {(int(pair[0]), int(pair[1])): len(pair) == 2 for pair in pairs}


def main() -> None:
    """Print precision and recall, by floor."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    sentences = list(gold(parser.parse_args().folder))
    sides = [(laid(en, " "), laid(zh, "")) for en, zh, _ in sentences]
    pairs = [(whole(en[0], "en"), whole(zh[0], "zh-Hans")) for en, zh in sides]
    made, _ = align_words(pairs, open_encoder())
    for floor in (FLOOR, 0.7, 0.9):
        right = wrong = found = missed = 0
        for words, ((_, english), (_, chinese)), (en, zh, links) in zip(made, sides, sentences, strict=True):
            joined = set()
            for link in word_links(words, floor):
                source, target = words.source[link.source], words.target[link.target]
                ones = [i for i, (a, b) in enumerate(english) if a < source.end and source.start < b]
                others = [j for j, (a, b) in enumerate(chinese) if a < target.end and target.start < b]
                hit = {(j, i) for j in others for i in ones}
                joined |= hit
                right, wrong = right + bool(hit & links.keys()), wrong + (not hit & links.keys())
            for (j, i), sure in links.items():
                heavy = not is_light(en[i], chinese=False) and not is_light(zh[j], chinese=True)
                if sure and heavy and en[i].isalnum():
                    found, missed = found + ((j, i) in joined), missed + ((j, i) not in joined)
        print(
            f"floor {floor:.2f}: {right} of {right + wrong} links right ({right / max(1, right + wrong):.2f}); ", end=""
        )
        print(f"{found} of {found + missed} sure pairs of content words found ({found / max(1, found + missed):.2f})")


if __name__ == "__main__":
    main()
