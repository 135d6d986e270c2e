"""Corrections of the base witness, each with its evidence: another witness, or a rule.

The reading text stays the base witness's text: where witnesses differ by a real word, the base
keeps its own; only what scanning and copying damaged is corrected. Evidence is asked for in this
order: another witness that has the undamaged word, then the rules `homoglyph` (see
`aligner.witnesses.homoglyph`) and `lost_ligature`.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from aligner.errors import UnknownNameError
from aligner.model import Emendation, Witness
from aligner.witnesses.attested import Attested
from aligner.witnesses.collate import columns
from aligner.witnesses.damage import alike, dropped, halved, lost
from aligner.witnesses.homoglyph import corrected
from aligner.witnesses.lexicon import Lexicon
from aligner.witnesses.words import Word, opens_sentence, words

_LONG = 5
"""A repaired word is at least this long: of shorter ones, too many are one ligature away from each other."""

_USUAL = -12.5
"""Log probability of a word that a whole lost ligature may stand in: `scientific` has -12, `reflection` -13."""


def emend(witnesses: Sequence[Witness], lexicon: Lexicon, rejected: Collection[str] = ()) -> tuple[Emendation, ...]:
    """The emendations of `witnesses[0]`, in order of place; those named in `rejected` are marked so.

    An id (`e-3307-DeepAl`) is made of place and word, so that a rebuild keeps it.
    Raises UnknownNameError when `rejected` names none of them.
    """
    base = witnesses[0]
    sequence = words(base)
    attested = Attested.of({witness.document.name: witness.document.text for witness in witnesses}.values())
    from_others = _from_others(sequence, witnesses[1:], attested, lexicon)
    found: list[Emendation] = []
    for index, word in enumerate(sequence):
        if not word.spoken:
            continue
        replacement, evidence, witness = from_others.get(index) or _by_rule(sequence, index, attested, lexicon)
        if replacement:
            name = f"e-{word.start}-{word.text}"
            found.append(
                Emendation(name, word.start, word.end, word.text, replacement, evidence, witness, name in rejected)
            )
    known = [emendation.id for emendation in found]
    for name in rejected:
        if name not in known:
            raise UnknownNameError("emendation", name, known, where=f"{base.document.name}, rejected_emendations")
    return tuple(found)


Correction = tuple[str | None, str, str | None]
"""Replacement (None: leave it), evidence, id of the witness."""


def _from_others(
    sequence: tuple[Word, ...], others: Sequence[Witness], attested: Attested, lexicon: Lexicon
) -> dict[int, Correction]:
    """By place in `sequence`, what the first other witness with the undamaged word has there."""
    places = {word.start: index for index, word in enumerate(sequence)}
    found: dict[int, Correction] = {}
    for other in others:
        for one, two in columns(sequence, words(other)):
            if one is None or two is None or (one.key == two.key and one.text.lower() == two.text.lower()):
                continue
            index = places[one.start]
            if index not in found and _undamaged(sequence, index, two.text, attested, lexicon):
                found[index] = (_in_style_of(one.text, two.text), "witness", other.id)
    return found


def _undamaged(sequence: tuple[Word, ...], index: int, other: str, attested: Attested, lexicon: Lexicon) -> bool:
    """Whether the other witness's word is what the word at `index` was before it was damaged."""
    form = sequence[index].text
    if not alike(form, other):
        return False
    if corrected(sequence, index, attested, lexicon, other) == other or lexicon.damaged(form, other):
        return True
    return not lexicon.knows(form) and not lexicon.damaged(other, form) and lost(form, other)


def _by_rule(sequence: tuple[Word, ...], index: int, attested: Attested, lexicon: Lexicon) -> Correction:
    swapped = corrected(sequence, index, attested, lexicon)
    if swapped:
        return swapped, "homoglyph", None
    restored = _with_ligature(sequence, index, attested, lexicon)
    return restored, "lost_ligature", None


def _with_ligature(sequence: tuple[Word, ...], index: int, attested: Attested, lexicon: Lexicon) -> str | None:
    """The word with its lost ligature, when it is no word and one restored form, only one, is.

    Half a ligature is put back before a whole one is thought of, and the whole only for words that
    are not rare. Capitalised words inside a sentence are names and stay, unless the documents have
    the restored form.
    """
    word = sequence[index]
    if not word.text.isalpha() or not word.text.isascii() or not word.text[1:].islower():
        return None
    if lexicon.could_have(word.text):
        return None
    maybe_name = word.capital and not opens_sentence(sequence, index)
    for forms, least in ((halved, -99.0), (dropped, _USUAL)):
        candidates = {form for form in forms(word.text) if len(form) >= _LONG}
        known = {form for form in candidates if (lexicon.score(form) or -100.0) > least}
        seen = {form for form in candidates if attested.counts[form]}
        found = (seen & known if forms is dropped else seen) or (set() if maybe_name else known)
        if found:
            return found.pop() if len(found) == 1 else None
    return None


def _in_style_of(form: str, replacement: str) -> str:
    """`replacement` with the kind of apostrophe that `form` has."""
    mark = next((mark for mark in "’'" if mark in form), None)
    return replacement.replace("'", mark).replace("’", mark) if mark else replacement


def apply(text: str, start: int, emendations: Sequence[Emendation]) -> str:
    """`text`, which begins at offset `start` of the document, with the emendations that are not rejected."""
    end = start + len(text)
    for emendation in reversed(emendations):
        if not emendation.rejected and start <= emendation.start and emendation.end <= end:
            text = text[: emendation.start - start] + emendation.replacement + text[emendation.end - start :]
    return text
