"""Features of form: where a run stands in the article, who speaks there, and how it is said."""

from __future__ import annotations

import re

import numpy as np
import numpy.typing as npt

from aligner.engines.article.evidence import Evidence
from aligner.engines.article.reporting import by_author, main_speaker, voices
from aligner.engines.article.windows import sentence_spans
from aligner.engines.words import LATIN
from aligner.model import BlockKind
from aligner.text.numbers import numbers

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]

I_WE = re.compile(r"\b(?:I|we|my|our|me|us|mine|ours)\b|\bI['’]|\bwe['’]", re.I)
WO = re.compile(r"我|咱")
WEEKDAY = re.compile(r"(?:周|週|星期|礼拜|禮拜)$")
MAY = re.compile(r"\b\d{1,2}(?:st|nd|rd|th)? May\b|\bMay \d")


def layout(out: Floats, at: dict[str, int], evidence: Evidence, a: Integers, b: Integers) -> None:
    """Quotation marks, kind of block, whole sentences, and who is named as the speaker."""
    atoms = evidence.atoms
    speaker = main_speaker(text for text, atom in zip(evidence.texts, atoms, strict=True) if atom.carrier)
    voice = {}
    for first, last in sentence_spans(atoms):
        unquoted = "".join(evidence.texts[p] for p in range(first, last) if not atoms[p].quoted)
        carried = any(atoms[p].carrier for p in range(first, last))
        voice[atoms[first].sentence] = (*voices(unquoted), carried and by_author(unquoted, speaker))
    for k, (first, last) in enumerate(zip(a.tolist(), b.tolist(), strict=True)):
        inside = atoms[first:last]
        quoted = sum(atom.quoted for atom in inside)
        out[k, at["quoted"]] = quoted == len(inside)
        out[k, at["mixed_quotes"]] = 0 < quoted < len(inside)
        out[k, at["carrier"]] = sum(atom.carrier for atom in inside)
        out[k, at["carrier_first"]] = inside[0].carrier
        out[k, at["heading"]] = inside[0].kind is BlockKind.HEADING
        out[k, at["list_item"]] = inside[0].kind is BlockKind.LIST_ITEM
        out[k, at["quotation"]] = inside[0].kind is BlockKind.QUOTATION
        out[k, at["starts_sentence"]] = first == 0 or atoms[first - 1].sentence != inside[0].sentence
        out[k, at["ends_sentence"]] = last == len(atoms) or atoms[last].sentence != inside[-1].sentence
        out[k, at["sentences"]] = inside[-1].sentence - inside[0].sentence
        other, letter, author = voice[inside[0].sentence]
        out[k, at["author_voice"]] = author
        out[k, at["other_voice"]] = other and not letter
        out[k, at["letter_voice"]] = letter or (inside[0].sentence - 1 in voice and voice[inside[0].sentence - 1][1])


def style(
    out: Floats, at: dict[str, int], evidence: Evidence, a: Integers, b: Integers, i: Integers, j: Integers
) -> None:
    """First person, lines that are no sentences, question marks, numbers and Latin words."""
    first_person = np.array([bool(I_WE.search(text)) for text in evidence.readings])
    question = np.array(["?" in text for text in evidence.readings])
    atoms = evidence.atoms
    starts = [k == 0 or atoms[k - 1].block != atom.block for k, atom in enumerate(atoms)]
    for k, (first, last, start, end) in enumerate(zip(a.tolist(), b.tolist(), i.tolist(), j.tolist(), strict=True)):
        text = "".join(evidence.texts[first:last])
        speaks = bool(first_person[start:end].any())
        out[k, at["first_person_kept"]] = speaks and bool(WO.search(text))
        out[k, at["first_person_lost"]] = speaks and not WO.search(text)
        whole = starts[first] and (last == len(atoms) or starts[last]) and atoms[first].block == atoms[last - 1].block
        single = end - start == 1
        ours, theirs = single and evidence.source_lines[start], single and whole and evidence.target_lines[first]
        out[k, at["label_both"]] = ours and theirs
        out[k, at["label_source"]] = ours and not theirs
        out[k, at["label_target"]] = theirs and not ours
        out[k, at["question"]] = ("？" in text or "?" in text) != bool(question[start:end].any())
    _numbers(out, at, evidence, a, b, i, j)


def _numbers(
    out: Floats, at: dict[str, int], evidence: Evidence, a: Integers, b: Integers, i: Integers, j: Integers
) -> None:
    target_numbers = [_values(text, evidence.languages[1]) for text in evidence.texts]
    source_numbers = [_values(text, evidence.languages[0]) for text in evidence.readings]
    target_latin = [{m.lower() for m in LATIN.findall(text)} for text in evidence.texts]
    source_latin = [{m.lower() for m in LATIN.findall(text)} for text in evidence.readings]
    for k, (first, last, start, end) in enumerate(zip(a.tolist(), b.tolist(), i.tolist(), j.tolist(), strict=True)):
        theirs = [v for values in target_numbers[first:last] for v in values]
        ours = [v for values in source_numbers[start:end] for v in values]
        met = sum(v in ours for v in theirs)
        out[k, at["numbers_met"]] = min(met, 2) / 2
        out[k, at["numbers_stray"]] = min(len(theirs) - met, 3) / 3
        out[k, at["numbers_lost"]] = min(max(0, len(ours) - met), 3) / 3
        stray = set().union(*target_latin[first:last]) - set().union(*source_latin[start:end])
        out[k, at["latin_stray"]] = min(len(stray), 4) / 4


def _values(text: str, language: str) -> list[float]:
    """The numbers of a text; a Chinese weekday is none, as an English one is none; `May` beside a day is one."""
    values = [float(n.value) for n in numbers(text, language) if not WEEKDAY.search(text, 0, n.start)]
    return values + [5.0] * len(MAY.findall(text))
