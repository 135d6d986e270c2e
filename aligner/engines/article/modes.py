"""How a run of the article renders the letter: as its own speech, as report, or in a few quoted words."""

from __future__ import annotations

import re
from dataclasses import dataclass

from aligner.engines.article.emission import Emission
from aligner.engines.article.evidence import Evidence
from aligner.engines.article.reporting import ends_in_reporting
from aligner.engines.article.style import I_WE, WO
from aligner.model import BlockKind, Mode

HE_SHE = re.compile(r"[他她其]")
YOU = re.compile(r"[你您妳]|各位")
NEIGHBOURS = 3  # emissions on either side that vote on one that says little itself
OPENING = "“\"「『‘'"
CLOSING = "”\"」』’'"
STOPS = "，。：；！？,.:;!?\n—…）)】"
FINAL = tuple("。！？!?…")
COMMA = (",", "，")
# Letters from which quoted words are a clause, so that they are speech even when they are built into a sentence:
# in benchmarks/letters all but one of the fragments are shorter, all but three of such clauses are longer.
CLAUSE = 9


@dataclass(frozen=True, slots=True)
class _Signs:
    quoted: bool
    fragment: bool
    votes: float  # above 0: the letter speaks; below: somebody reports


def modes(emissions: tuple[Emission, ...], evidence: Evidence, text: str) -> list[Mode]:
    """One mode per emission; `text` is the article's.

    Quoted text is direct, or a fragment when its words are built into somebody else's sentence. Text
    outside quotation marks is direct when it keeps the letter's first person, indirect when it turns
    it into the third or follows reporting words; one that shows neither goes with its neighbours.
    """
    covered = {a for emission in emissions for a in range(emission.begin, emission.end)}
    signs = [_signs(emission, evidence, text, covered) for emission in emissions]
    return [_decide(k, signs) for k in range(len(emissions))]


def _decide(k: int, signs: list[_Signs]) -> Mode:
    own = signs[k]
    if own.quoted:
        return Mode.FRAGMENT if own.fragment else Mode.DIRECT
    plain = [s.votes for s in signs if not s.quoted]
    around = [s.votes for s in signs[max(0, k - NEIGHBOURS) : k + NEIGHBOURS + 1] if not s.quoted]
    votes = own.votes + sum(around) / len(around) + sum(plain) / len(plain)
    # An article that quotes elsewhere leaves the quotation marks off where it reports.
    votes -= 0.5 * sum(s.quoted for s in signs) / len(signs)
    return Mode.DIRECT if votes >= 0 else Mode.INDIRECT


def _signs(emission: Emission, evidence: Evidence, text: str, covered: set[int]) -> _Signs:
    atoms = evidence.atoms[emission.begin : emission.end]
    letters = sum(atom.end - atom.start for atom in atoms)
    quoted = sum(atom.end - atom.start for atom in atoms if atom.quoted) > 0.5 * letters
    return _Signs(quoted, quoted and _is_fragment(emission, evidence, text), _votes(emission, evidence, covered))


def _is_fragment(emission: Emission, evidence: Evidence, text: str) -> bool:
    """Whether quoted words are part of a clause that is not the letter's: `盼望能“……”`, `“……”的气氛`."""
    atoms = evidence.atoms
    first, last = atoms[emission.begin], atoms[emission.end - 1]
    if first.kind is BlockKind.QUOTATION or not first.quoted:
        return False
    near = (emission.begin - 1, emission.end)
    if any(0 <= k < len(atoms) and atoms[k].quoted and atoms[k].sentence == first.sentence for k in near):
        return False  # the quotation goes on
    start, end = first.start, last.end
    letters = sum(c.isalnum() for c in text[start:end])
    if letters >= CLAUSE or text[start:end].endswith(FINAL):
        return False
    if text[start:end].endswith(COMMA) and text[end : end + 1] in tuple(CLOSING):
        return False  # `“我们累了，”他说`
    before = text[max(0, start - 40) : start].rstrip(OPENING)
    clause = re.split(f"[{re.escape(STOPS)}]", before)[-1].strip()
    after = text[end : end + 3].lstrip(CLOSING)
    continues = bool(after) and after[0] not in STOPS
    return continues or (bool(clause) and not ends_in_reporting(clause))


def _votes(emission: Emission, evidence: Evidence, covered: set[int]) -> float:
    text = "".join(evidence.texts[emission.begin : emission.end])
    speaks = any(I_WE.search(reading) for reading in evidence.readings[emission.first : emission.last])
    votes = 0.0
    if WO.search(text):
        votes += 1.0
    elif YOU.search(text):
        votes += 0.6
    elif speaks:
        votes -= 1.0 if HE_SHE.search(text) else 0.4
    atoms = evidence.atoms
    before = emission.begin - 1
    same = before >= 0 and atoms[before].sentence == atoms[emission.begin].sentence
    # Reporting words that belong to the rendering are the letter's own.
    # What announces a report need not have a verb of reporting: `信中列了三项：`.
    announced = same and before not in covered and evidence.texts[before].rstrip().endswith((":", "："))
    if same and (atoms[before].carrier or announced):
        votes -= 1.0
    return votes
