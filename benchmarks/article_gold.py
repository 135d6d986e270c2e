"""Articles with gold, as the training of the article engine sees them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from article_scores import PUNCT

from aligner.documents import load
from aligner.encoders import Encoder
from aligner.engines.article.atoms import Atom, cut
from aligner.engines.article.evidence import Evidence, gather
from aligner.engines.article.features import Candidates, lattice
from aligner.engines.article.lattice import Lattice
from aligner.text.normalise import unwrap
from aligner.text.scripts import language_of


@dataclass(frozen=True)
class Sample:
    """One article with gold: its lattice, and what is right in it."""

    letter: str
    rendering: str
    text: str
    evidence: Evidence
    lattice: Lattice
    right: npt.NDArray[np.bool_]
    must: npt.NDArray[np.bool_]
    firm: set[tuple[int, int]]
    soft: set[tuple[int, int]]
    modes: dict[int, str]
    chosen: Candidates


def gold_pairs(rendering: dict, index: dict[str, int]) -> tuple[set[tuple[int, int]], set[tuple[int, int]]]:
    """(sentence number, character) pairs that must be found, and those that may be."""
    firm: set[tuple[int, int]] = set()
    soft: set[tuple[int, int]] = set()
    for span in rendering["spans"]:
        ours = [index[e] for e in span["en"]]
        sink = firm if span["certainty"] == "firm" else soft
        sink.update((e, c) for e in ours for c in range(span["start"], span["end"]))
        if carrier := span.get("carrier"):
            soft.update((e, c) for e in ours for c in range(carrier["start"], carrier["end"]))
        for insertion in span.get("insertions", []):
            inside = {(e, c) for e in ours for c in range(insertion["start"], insertion["end"])}
            firm -= inside
            soft |= inside
        soft.update((index[e], c) for e in span.get("en_soft", []) for c in range(span["start"], span["end"]))
    return firm, soft - firm


def label(atoms: tuple[Atom, ...], made: Lattice, text: str, firm: set, soft: set) -> tuple:
    """Which candidates agree with the gold, and which atoms a right path may not skip."""
    at: dict[int, set[int]] = {}
    for e, c in firm:
        at.setdefault(c, set()).add(e)
    loose: dict[int, set[int]] = {}
    for e, c in soft:
        loose.setdefault(c, set()).add(e)
    truth: list[frozenset[int]] = []
    maybe: list[frozenset[int]] = []
    for atom in atoms:
        inside = [c for c in range(atom.start, atom.end) if text[c] not in PUNCT]
        votes: dict[frozenset[int], int] = {}
        for c in inside:
            key = frozenset(at.get(c, ()))
            votes[key] = votes.get(key, 0) + 1
        truth.append(max(votes, key=lambda key: votes[key]) if votes else frozenset())
        free = [loose.get(c, set()) for c in inside]
        share = sum(bool(f) for f in free) / max(1, len(inside))
        maybe.append(frozenset(set().union(*free)) if share > 0.5 else frozenset())
    right = np.zeros(len(made.begin), dtype=bool)
    for k, (a, b, i, j) in enumerate(zip(made.begin, made.end, made.first, made.last, strict=True)):
        ours = frozenset(range(i, j))
        hard = any(truth[p] for p in range(a, b))
        if atoms[a].carrier and not truth[a]:  # a segment is as narrow as its content
            continue
        right[k] = all(truth[p] == ours or (not truth[p] and ours <= maybe[p]) for p in range(a, b)) and (
            hard or all(maybe[p] for p in range(a, b))
        )
    reachable = np.zeros(len(atoms), dtype=bool)
    for k in np.flatnonzero(right):
        reachable[made.begin[k] : made.end[k]] = True
    must = np.array([bool(t) for t in truth], dtype=bool) & reachable
    return right, must


def read_folder(folder: Path, encoder: Encoder, decoys: Sequence[Path] = ()) -> list[Sample]:
    """Every rendering of a letter folder (`gold/`, documents beside it or in `docs/`).

    `decoys` are articles about other letters: they render nothing of this one.
    """
    gold = folder / "gold" if (folder / "gold").is_dir() else folder
    sources = json.loads((gold / "source_sentences.json").read_text("utf-8"))
    renderings = json.loads((gold / "renderings.json").read_text("utf-8"))["renderings"]
    places = (folder, folder / "docs", Path("seeds"))
    samples = []
    for name, rendering in renderings.items():
        path = next(p / rendering["file"] for p in places if (p / rendering["file"]).is_file())
        samples.append(_sample(folder.name, name, sources[rendering["letter"]]["sentences"], path, rendering, encoder))
    if decoys:
        sentences = next(value for key, value in sources.items() if key != "_meta")["sentences"]
        nothing = {"spans": []}
        samples += [
            _sample(folder.name, f"{folder.name}!{p.parent.name}", sentences, p, nothing, encoder) for p in decoys
        ]
    return samples


def _sample(letter: str, name: str, sentences: list, path: Path, rendering: dict, encoder: Encoder) -> Sample:
    document = load(path)
    language = language_of(document.text)
    readings = [unwrap(s.get("clean_text", s["text"])) for s in sentences]
    index = {s["id"]: k for k, s in enumerate(sentences)}
    atoms = cut(document, language)
    evidence = gather(readings, document.text, atoms, encoder, ("en", language))
    made, chosen = lattice(evidence)
    firm, soft = gold_pairs(rendering, index)
    right, must = label(atoms, made, document.text, firm, soft)
    keep = {(e, c) for e, c in firm if document.text[c] not in PUNCT}
    loose = {(e, c) for e, c in soft if document.text[c] not in PUNCT}
    modes = {index[e]: mode for e, mode in rendering.get("sentence_mode", {}).items()}
    return Sample(letter, name, document.text, evidence, made, right, must, keep, loose, modes, chosen)
