"""How a run of the article renders the letter: as its own speech, as report, or in a few quoted words."""

from __future__ import annotations

import re
from dataclasses import dataclass

from aligner.engines.article.emission import Emission
from aligner.engines.article.evidence import Evidence
from aligner.engines.article.features import I_WE, WO
from aligner.model import BlockKind, Mode

FRAGMENT_LENGTH = 14  # characters; a shorter quotation inside a foreign sentence is a fragment
HE_SHE = re.compile(r"[他她其]")
NEIGHBOURS = 3  # emissions on either side that vote on one that says nothing itself


@dataclass(frozen=True, slots=True)
class _Signs:
    quoted: bool
    fragment: bool
    votes: float  # above 0: the letter speaks; below: somebody reports


def modes(emissions: tuple[Emission, ...], evidence: Evidence) -> list[Mode]:
    """One mode per emission.

    Quoted text is direct, or a fragment when it is a short piece of somebody else's sentence. Text
    outside quotation marks is direct when it keeps the letter's first person, indirect when it turns
    it into the third or follows reporting words; one that shows neither goes with its neighbours.
    """
    signs = [_signs(emission, evidence) for emission in emissions]
    return [_decide(k, signs) for k in range(len(emissions))]


def _decide(k: int, signs: list[_Signs]) -> Mode:
    own = signs[k]
    if own.quoted:
        return Mode.FRAGMENT if own.fragment else Mode.DIRECT
    votes = own.votes
    around = [s for s in signs[max(0, k - NEIGHBOURS) : k + NEIGHBOURS + 1] if not s.quoted]
    votes += sum(s.votes for s in around) / max(1, len(around))
    # An article that quotes elsewhere leaves the quotation marks off where it reports.
    votes -= 0.5 * sum(s.quoted for s in signs) / len(signs)
    return Mode.DIRECT if votes >= 0 else Mode.INDIRECT


def _signs(emission: Emission, evidence: Evidence) -> _Signs:
    atoms = evidence.atoms[emission.begin : emission.end]
    text = "".join(evidence.texts[emission.begin : emission.end])
    letters = sum(atom.end - atom.start for atom in atoms)
    quoted = sum(atom.end - atom.start for atom in atoms if atom.quoted) > 0.5 * letters
    return _Signs(quoted, quoted and _is_fragment(emission, evidence, letters), _votes(emission, evidence, text))


def _is_fragment(emission: Emission, evidence: Evidence, letters: int) -> bool:
    """Whether a quotation is a piece of a sentence that is not the letter's."""
    atoms = evidence.atoms
    if atoms[emission.begin].kind is BlockKind.QUOTATION:
        return False
    sentence = {k for k in range(len(atoms)) if atoms[k].sentence == atoms[emission.begin].sentence}
    outside = [k for k in sentence if not emission.begin <= k < emission.end]
    foreign = sum(atoms[k].end - atoms[k].start for k in outside if not atoms[k].quoted)
    speech = any(atoms[k].carrier and k == emission.begin - 1 for k in outside)
    before, after = emission.begin - 1, emission.end
    continues = any(k in sentence and atoms[k].quoted for k in (before, after))
    if continues or not foreign:
        return False
    return letters <= FRAGMENT_LENGTH or (not speech and foreign > letters)


def _votes(emission: Emission, evidence: Evidence, text: str) -> float:
    readings = evidence.readings[emission.first : emission.last]
    speaks = any(I_WE.search(reading) for reading in readings)
    votes = 0.0
    if WO.search(text):
        votes += 1.0
    elif speaks:
        votes -= 1.0 if HE_SHE.search(text) else 0.6
    atoms = evidence.atoms
    before = emission.begin - 1
    same = before >= 0 and atoms[before].sentence == atoms[emission.begin].sentence
    if atoms[emission.begin].carrier or (same and atoms[before].carrier):
        votes -= 1.0
    return votes
