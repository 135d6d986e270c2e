"""What a person names at the desk, as spans: words of a document, sentences, links, findings, decisions."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from aligner.corpus import Corpus
from aligner.errors import AlignerError, UnknownNameError
from aligner.model import Alignment, Finding, Quoted, Residue
from aligner.review.conversion import part_of_alignment
from aligner.review.decisions import WHOLE
from aligner.review.parts import Bead, Gap, Part
from aligner.store import Parked, Stored

AROUND = 12
"""Characters shown on either side of words that stand more than once."""
SHOWN = 6
"""So many of their places are listed."""
DIGITS = 18
"""A number of more digits counts nothing here."""


@dataclass(frozen=True, slots=True)
class FoundFinding:
    """A finding of a built rendering; `rendering` is `WHOLE` for one about several."""

    letter: str
    rendering: str
    finding: Finding


def rendering_place(corpus: Corpus, name: str) -> tuple[str, str]:
    """`(letter, rendering)` of a rendering's id. Raises UnknownNameError."""
    known = {item.id: entry.id for entry in corpus.manifest.letters for item in entry.renderings}
    if name not in known:
        raise UnknownNameError("rendering", name, known)
    return known[name], name


def any_place(corpus: Corpus, name: str) -> tuple[str, str]:
    """`(letter, rendering)` of a rendering's id, or `(letter, WHOLE)` of a letter's. Raises UnknownNameError."""
    letters = [entry.id for entry in corpus.manifest.letters]
    renderings = [item.id for entry in corpus.manifest.letters for item in entry.renderings]
    if name in renderings or name not in letters:
        if name not in renderings:
            raise UnknownNameError("letter or rendering", name, [*letters, *renderings])
        return rendering_place(corpus, name)
    return name, WHOLE


def words(given: str, text: str, side: str, within: tuple[int, int] | None = None) -> Quoted:
    """Where `given` stands in `text`: words that stand there once, or offsets `START:END` (code points, end exclusive).

    White space of any length matches white space. Only what lies `within` counts. Raises AlignerError, naming the
    offsets of every place when the words stand more than once.
    """
    first, last = within or (0, len(text))
    if match := re.fullmatch(r"(\d+):(\d+)", given.strip(), re.ASCII):
        start, end = map(_whole, match.groups())
        if not first <= start < end <= last or not text[start:end].strip():
            raise AlignerError(f"{given} is no stretch of the {side}", hint=f"it runs from {first} to {last}")
        return Quoted(start, end, text[start:end])
    pattern = r"\s+".join(re.escape(word) for word in given.split())
    if not pattern:
        raise AlignerError(f"no words of the {side}", hint="quote some, or give START:END")
    found = [match.span() for match in re.compile(pattern).finditer(text, first, last)]
    if not found:
        raise AlignerError(f"{given!r} does not stand in the {side}", hint="quote it as it is written there")
    if len(found) > 1:
        raise AlignerError(
            f"{given!r} stands {len(found)} times in the {side}: {_listed(found, text)}",
            hint="quote more words, or give the offsets of one of them instead",
        )
    start, end = found[0]
    return Quoted(start, end, text[start:end])


def _whole(digits: str) -> int:
    """The number; one beyond all others for more digits than Python reads."""
    return int(digits) if len(digits) <= DIGITS else sys.maxsize


def _numbered(name: str, number: int) -> bool:
    """Whether `name` is this number in plain digits."""
    return name.isascii() and name.isdecimal() and _whole(name) == number


def _listed(found: Sequence[tuple[int, int]], text: str) -> str:
    shown = [f"{a}:{b} (…{text[max(0, a - AROUND) : b + AROUND]}…)" for a, b in found[:SHOWN]]
    return ", ".join(shown) + (", …" if len(found) > SHOWN else "")


def source_words(corpus: Corpus, letter_id: str, alignment: Alignment | None, given: str) -> Quoted:
    """A place of the letter: a segment's id (`s3`), words of the base witness, or `START:END` in its document."""
    letter = corpus.letter(letter_id)
    segments = alignment.source_segments if alignment else letter.segments
    for each in segments:
        if each.id == given:
            return Quoted(each.start, each.end, each.text)
    return words(given, letter.base.document.text, "letter", (letter.base.start, letter.base.end))


def sentence(corpus: Corpus, letter_id: str, alignment: Alignment | None, given: str) -> Quoted:
    """A whole sentence of the letter by its id or by words in it. Raises AlignerError."""
    found = source_words(corpus, letter_id, alignment, given)
    for each in alignment.source_segments if alignment else corpus.letter(letter_id).segments:
        if each.start <= found.start and found.end <= each.end:
            return Quoted(each.start, each.end, each.text)
    raise AlignerError(f"{given!r} is no sentence of the letter", hint="name one by its id (s3) or by words in it")


def target_words(text: str, alignment: Alignment | None, given: str) -> Quoted:
    """A place of the article: a segment's id (`t3`), words, or `START:END`."""
    for each in alignment.target_segments if alignment else ():
        if each.id == given:
            return Quoted(each.start, each.end, each.text)
    return words(given, text, "rendering")


def link(alignment: Alignment, name: str) -> Bead:
    """The link called `name` (`l3`) by its spans. Raises UnknownNameError."""
    for each, bead in zip(alignment.links, part_of_alignment(alignment).beads, strict=True):
        if each.id == name:
            return bead
    known = [each.id for each in alignment.links]
    raise UnknownNameError("link", name, known, where=f"rendering {alignment.rendering}")


def findings(corpus: Corpus, letters: Iterable[str], rendering: str | None = None) -> list[FoundFinding]:
    """The findings of letters as built, in the manifest's order; those about several renderings last."""
    found: list[FoundFinding] = []
    for letter in letters:
        for name, alignment in corpus.alignments(letter).items():
            if rendering in (None, name):
                found += [FoundFinding(letter, name, each) for each in alignment.findings]
        comparison = corpus.comparison(letter)
        if comparison is not None and rendering in (None, WHOLE):
            found += [FoundFinding(letter, WHOLE, each) for each in comparison.findings]
    return found


def finding(every: Sequence[FoundFinding], prefix: str) -> FoundFinding:
    """The one whose id begins with `prefix`. Raises AlignerError when there is none, or several."""
    found = [each for each in every if prefix and each.finding.id.startswith(prefix)]
    if not found:
        raise AlignerError(f"no finding {prefix!r}", hint="'aligner review list LETTER --open' lists them")
    if len({each.finding.id for each in found}) > 1:
        names = ", ".join(dict.fromkeys(each.finding.id for each in found))
        raise AlignerError(f"several findings begin with {prefix!r}: {names}", hint="give more of the id")
    if len(found) > 1:
        names = " or ".join(f"--rendering {each.rendering}" for each in found)
        raise AlignerError(f"finding {prefix!r} stands in several renderings", hint=f"add {names}")
    return found[0]


def decision(log: Sequence[Stored], name: str) -> Stored:
    """The decision with this number (`12`, `#12`) or whose id begins so. Raises AlignerError."""
    number = name.removeprefix("#")
    for each in log:
        if each.decision.id == name or _numbered(number, each.seq):
            return each
    found = [each for each in log if name and each.decision.id.startswith(name)]
    if len(found) == 1:
        return found[0]
    if found:
        names = ", ".join(f"#{each.seq}" for each in found[:SHOWN])
        raise AlignerError(f"several decisions begin with {name!r}: {names}", hint="give a number")
    raise AlignerError(f"no decision {name!r}", hint="'aligner review list LETTER' lists them with their numbers")


def parked(waiting: Sequence[Parked], name: str) -> Parked:
    """The parked decision with this number (`1`, `p1`) or whose id begins so. Raises AlignerError."""
    number = name.removeprefix("p")
    for each in waiting:
        if each.decision.id == name or _numbered(number, each.number):
            return each
    found = [each for each in waiting if name and each.decision.id.startswith(name)]
    if len(found) == 1:
        return found[0]
    hint = f"known: {', '.join(f'p{each.number}' for each in waiting) or 'none'}"
    raise AlignerError(f"no parked decision {name!r}", hint=hint)


def mark_at(part: Part, here: Quoted, *, of_source: bool) -> Gap | Residue:
    """The partial absence, or the residue, at these words. Raises AlignerError when there is none."""
    if of_source:
        gaps = [each for each in part.gaps if each.part and each.part.start <= here.start and here.end <= each.part.end]
        if gaps:
            return gaps[0]
    else:
        found = [each for each in part.residue if each.start <= here.start and here.end <= each.end]
        if found:
            return min(found, key=lambda each: each.end - each.start)
    raise AlignerError(f"nothing is marked at {here.text!r}", hint="'aligner review show RENDERING' lists the marks")
