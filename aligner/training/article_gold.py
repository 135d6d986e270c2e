"""Articles with gold, as the training of the article engine sees them."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from aligner.documents import load
from aligner.encoders import Encoder
from aligner.engines.article.atoms import Atom, cut
from aligner.engines.article.evidence import Evidence, gather
from aligner.engines.article.features import Candidates, lattice
from aligner.engines.article.lattice import Lattice
from aligner.errors import DocumentError
from aligner.evaluation import Gold, GoldLetter, GoldRendering, read_gold
from aligner.model import Mode
from aligner.text.normalise import unwrap
from aligner.text.scripts import language_of

Pair = tuple[int, int]
"""Number of a sentence of the letter, offset of a character of the article."""
Booleans = npt.NDArray[np.bool_]

PUNCTUATION = frozenset(" \n\t\u3000,.;:!?，。；：！？、“”\"'‘’()（）[]【】*_-—–…·《》「」『』")
DECOYS = 3
"""So many articles about other letters are learned from with each letter."""
LENT = 4
"""An article is lent to other letters only if it is among so many first ones of its own."""
LOOSE = 0.5
"""An atom may render what the gold leaves open in more than this share of it."""


@dataclass(frozen=True)
class Sample:
    """One article with gold: its lattice, and what is right in it.

    `right` candidates agree with the gold, `must` are the atoms that a right path may not skip. `firm` pairs are
    wanted, `soft` ones neither wanted nor punished; `modes` go by number of sentence. A `decoy` is about another
    letter.
    """

    letter: str
    rendering: str
    text: str
    evidence: Evidence
    lattice: Lattice
    chosen: Candidates
    right: Booleans
    must: Booleans
    firm: frozenset[Pair]
    soft: frozenset[Pair]
    modes: dict[int, Mode]
    decoy: bool = False


@dataclass(frozen=True)
class _Told:
    """A letter of the gold and its articles: (gold, file)."""

    letter: GoldLetter
    articles: tuple[tuple[GoldRendering, Path], ...]


def read_letters(folders: Sequence[Path], encoder: Encoder, decoys: int = DECOYS) -> dict[str, list[Sample]]:
    """Per letter in the gold of `folders` its articles, then up to `decoys` articles about the other letters.

    Documents stand beside the gold, one folder up or down at most. Raises DocumentError for a folder without gold, gold
    that is not as it should be, and a document that is missing or that the gold was not made from.
    """
    told = [each for folder in folders for each in _told(folder, read_gold(folder))]
    names = [each.letter.id for each in told]
    for name in names:
        if names.count(name) > 1:
            raise DocumentError(f"letter {name} stands in the gold of two folders", hint="name one of them")
    found = {}
    for k, each in enumerate(told):
        group = [_sample(each.letter, gold.id, path, gold, encoder) for gold, path in each.articles]
        for step in range(1, min(decoys, len(told) - 1) + 1):
            other = told[(k + step) % len(told)]
            lent = other.articles[:LENT]
            path = lent[(k + step - 1) % len(lent)][1]
            group.append(_sample(each.letter, f"{each.letter.id}!{other.letter.id}", path, None, encoder))
        found[each.letter.id] = group
    return found


def _told(folder: Path, gold: Gold) -> list[_Told]:
    articles: dict[str, list[tuple[GoldRendering, Path]]] = {}
    for rendering in gold.renderings.values():
        articles.setdefault(rendering.letter, []).append((rendering, _document(folder, rendering)))
    return [_Told(gold.letters[name], tuple(own)) for name, own in articles.items()]


def _document(folder: Path, rendering: GoldRendering) -> Path:
    places = (folder, folder / rendering.letter, folder / "docs", folder.parent)
    for path in (place / rendering.document for place in places):
        if path.is_file():
            return path
    raise DocumentError(
        f"no document {rendering.document} of {rendering.id}",
        where=str(folder),
        hint="it belongs beside the gold's folder, or into a folder named after the letter",
    )


def _sample(letter: GoldLetter, name: str, path: Path, gold: GoldRendering | None, encoder: Encoder) -> Sample:
    """An article as the engine sees it; without gold it renders nothing of the letter."""
    document = load(path)
    text = document.text
    language = language_of(text)
    atoms = cut(document, language)
    readings = [unwrap(sentence.text) for sentence in letter.sentences]
    evidence = gather(readings, text, atoms, encoder, ("en", language))
    made, chosen = lattice(evidence)
    firm: frozenset[Pair] = frozenset()
    soft: frozenset[Pair] = frozenset()
    modes: dict[int, Mode] = {}
    if gold is not None:
        gold.check(text)
        number = {sentence.id: k for k, sentence in enumerate(letter.sentences)}
        firm, soft = (frozenset((number[e], c) for e, c in pairs) for pairs in (gold.firm, gold.soft))
        modes = {number[e]: mode for e, mode in gold.modes.items()}
    right, must = label(atoms, made, text, firm, soft)
    firm, soft = (frozenset((e, c) for e, c in pairs if text[c] not in PUNCTUATION) for pairs in (firm, soft))
    return Sample(letter.id, name, text, evidence, made, chosen, right, must, firm, soft, modes, decoy=gold is None)


def label(
    atoms: Sequence[Atom], made: Lattice, text: str, firm: AbstractSet[Pair], soft: AbstractSet[Pair]
) -> tuple[Booleans, Booleans]:
    """Which candidates agree with the gold, and which atoms a right path may not skip."""
    wanted, open_to = _by_character(firm), _by_character(soft)
    truth = [_most(atom, wanted, text) for atom in atoms]
    maybe = [_allowed(atom, open_to, text) for atom in atoms]
    right = np.zeros(len(made.begin), dtype=bool)
    for k, (a, b, i, j) in enumerate(zip(made.begin, made.end, made.first, made.last, strict=True)):
        if atoms[a].carrier and not truth[a]:  # a segment is as narrow as its content
            continue
        ours = frozenset(range(i, j))
        agrees = all(truth[p] == ours or (not truth[p] and ours <= maybe[p]) for p in range(a, b))
        right[k] = agrees and (any(truth[p] for p in range(a, b)) or all(maybe[p] for p in range(a, b)))
    reachable = np.zeros(len(atoms), dtype=bool)
    for k in np.flatnonzero(right).tolist():
        reachable[made.begin[k] : made.end[k]] = True
    must: Booleans = np.array([bool(t) for t in truth], dtype=bool) & reachable
    return right, must


def _by_character(pairs: AbstractSet[Pair]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = {}
    for sentence, character in pairs:
        found.setdefault(character, set()).add(sentence)
    return found


def _letters(atom: Atom, text: str) -> list[int]:
    return [c for c in range(atom.start, atom.end) if text[c] not in PUNCTUATION]


def _most(atom: Atom, wanted: dict[int, set[int]], text: str) -> frozenset[int]:
    """The sentences that most of the atom's characters render, by the gold."""
    votes: dict[frozenset[int], int] = {}
    for c in _letters(atom, text):
        key = frozenset(wanted.get(c, ()))
        votes[key] = votes.get(key, 0) + 1
    return max(votes, key=lambda key: votes[key]) if votes else frozenset()


def _allowed(atom: Atom, open_to: dict[int, set[int]], text: str) -> frozenset[int]:
    """The sentences that the atom may render or not."""
    free = [open_to.get(c, set()) for c in _letters(atom, text)]
    share = sum(bool(each) for each in free) / max(1, len(free))
    return frozenset[int]().union(*free) if share > LOOSE else frozenset()
