"""Find what the vectors of the encoder `e5` have in common, which the encoder `use+e5` takes away from each.

    python benchmarks/e5_centre.py benchmarks/letters [--write aligner/encoders/e5_centre.json]

All e5 vectors point into one narrow cone: the cosine of two strangers is about 0.8. Writes the mean vectors of the
English and of the Chinese sentences of the invented letters; prints the mean cosine of English with Chinese sentences,
most of them strangers, before and after.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path

from aligner.encoders import Vectors, open_encoder
from aligner.encoders.joint import Common
from aligner.text.normalise import to_simplified


def english(folder: Path) -> Iterator[str]:
    for path in sorted(folder.rglob("source_sentences.json")):
        for letter in json.loads(path.read_text("utf-8")).values():
            if "sentences" in letter:  # remarks stand beside the letter
                yield from (sentence["text"] for sentence in letter["sentences"])


def chinese(folder: Path) -> Iterator[str]:
    for path in sorted(folder.rglob("renderings.json")):
        for rendering in json.loads(path.read_text("utf-8"))["renderings"].values():
            yield from (to_simplified(span["text"]) for span in rendering["spans"])


def strangers(left: Vectors, right: Vectors) -> float:
    """Mean cosine of all pairs, of which hardly any are translations."""
    return float((left @ right.T).mean())


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--cache", type=Path, help="folder that keeps vectors")
    parser.add_argument("--write", type=Path)
    given = parser.parse_args()
    encoder = open_encoder("e5", cache=given.cache)
    left, right = (encoder.encode(sorted(set(find(given.folder)))) for find in (english, chinese))
    common = Common(left.mean(axis=0), right.mean(axis=0))
    print(f"{len(left)} English, {len(right)} Chinese sentences")
    print(f"strangers: {strangers(left, right):.3f}, without what they have in common", end=" ")
    print(f"{strangers(common.taken_from(left), common.taken_from(right)):.3f}")
    if given.write:
        held = {
            "encoder": encoder.signature,
            "made_by": "benchmarks/e5_centre.py benchmarks/letters",
            "english": [round(float(value), 4) for value in common.english],
            "chinese": [round(float(value), 4) for value in common.chinese],
        }
        given.write.write_text(json.dumps(held) + "\n", "utf-8")


if __name__ == "__main__":
    main()
