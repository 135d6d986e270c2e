"""Hand-made gold of letters: which characters of an article render which sentence of the letter.

A folder of gold holds `source_sentences.json` and `renderings.json`; docs/evaluation.md says what
stands in them. A sentence and a character of the article make a pair (sentence id, offset).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aligner.errors import AlignerError, DocumentError
from aligner.model import Mode, Segment, Span

SOURCE, RENDERINGS = "source_sentences.json", "renderings.json"

Pair = tuple[str, int]


@dataclass(frozen=True)
class GoldLetter:
    """A letter's sentences as offsets into its document."""

    id: str
    document: str
    sentences: tuple[Segment, ...]


@dataclass(frozen=True)
class GoldRendering:
    """What a person found in one article.

    `firm` pairs are wanted, `soft` ones neither wanted nor punished; no pair is both. `omitted`
    sentences have no rendering; those `soft_only` are not judged beyond their pairs. `modes` is the
    best mode of each rendered sentence. `spans` are the marked stretches, to check the document by.
    """

    id: str
    letter: str
    document: str
    firm: frozenset[Pair]
    soft: frozenset[Pair]
    omitted: frozenset[str]
    soft_only: frozenset[str]
    modes: Mapping[str, Mode]
    spans: tuple[Segment, ...]
    region: Span | None

    def check(self, text: str) -> None:
        """Raise DocumentError unless the marked stretches stand in `text`, the article."""
        _check(self.spans, text, f"{self.id}: {self.document}")


@dataclass(frozen=True)
class Gold:
    """The gold of one folder, or of several together."""

    letters: Mapping[str, GoldLetter]
    renderings: Mapping[str, GoldRendering]


def check_letter(letter: GoldLetter, text: str) -> None:
    """Raise DocumentError unless the letter's sentences stand in `text`, its document."""
    _check(letter.sentences, text, f"{letter.id}: {letter.document}")


def _check(spans: tuple[Segment, ...], text: str, where: str) -> None:
    for span in spans:
        if text[span.start : span.end] != span.text:
            raise DocumentError(
                f"{span.id} of the gold, {span.text[:20]!r}, does not stand at [{span.start}, {span.end})",
                where=where,
                hint="the documents must be those that the gold was made from, unchanged",
            )


def read_gold(folder: Path) -> Gold:
    """The gold in `folder`, or in all folders below it that hold gold, together.

    Raises DocumentError: no gold there, not JSON (`file:line:column`), something missing or of the
    wrong kind, a rendering of an unknown letter, one id in two folders.
    """
    folders = [path.parent for path in sorted(folder.rglob(RENDERINGS))]
    if not folders:
        raise DocumentError(f"no gold: there is no {RENDERINGS} in or below it", where=str(folder))
    letters: dict[str, GoldLetter] = {}
    renderings: dict[str, GoldRendering] = {}
    for each in folders:
        new_letters = {letter.id: letter for letter in _letters(each / SOURCE)}
        new_renderings = {one.id: one for one in _renderings(each / RENDERINGS, new_letters)}
        if twice := (letters.keys() & new_letters.keys()) | (renderings.keys() & new_renderings.keys()):
            raise DocumentError(f"{min(twice)} stands in the gold of two folders", where=str(each))
        letters |= new_letters
        renderings |= new_renderings
    return Gold(letters, renderings)


def _load(path: Path) -> dict[str, Any]:
    try:
        data = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise DocumentError(f"cannot be read ({error.strerror})", where=str(path)) from error
    except json.JSONDecodeError as error:
        raise DocumentError(f"not JSON: {error.msg}", where=f"{path}:{error.lineno}:{error.colno}") from error
    except (UnicodeDecodeError, RecursionError) as error:
        raise DocumentError("not JSON in UTF-8", where=str(path)) from error
    if not isinstance(data, dict):
        raise DocumentError("the gold is not a JSON object", where=str(path))
    return data


def _faulty(error: Exception, where: str) -> DocumentError:
    if isinstance(error, AlignerError):
        return DocumentError(error.what, where=where)
    what = f"{error} is missing" if isinstance(error, KeyError) else str(error)
    return DocumentError(f"not as gold is written: {what}", where=where)


_FAULTS = (AlignerError, AttributeError, KeyError, TypeError, ValueError)


def _letters(path: Path) -> Iterator[GoldLetter]:
    """What the file describes as sentences of a document; remarks beside them are left out."""
    for name, entry in _load(path).items():
        if not isinstance(entry, dict) or not {"file", "sentences"} <= entry.keys():
            continue
        try:
            yield GoldLetter(name, entry["file"], tuple(_segment(each) for each in entry["sentences"]))
        except _FAULTS as error:
            raise _faulty(error, f"{path}: {name}") from error


def _renderings(path: Path, letters: Mapping[str, GoldLetter]) -> Iterator[GoldRendering]:
    listed = _load(path).get("renderings")
    if not isinstance(listed, dict):
        raise DocumentError("the gold has no object 'renderings'", where=str(path))
    for name, entry in listed.items():
        try:
            rendering = _rendering(name, entry)
        except _FAULTS as error:
            raise _faulty(error, f"{path}: {name}") from error
        if rendering.letter not in letters:
            raise DocumentError(f"letter {rendering.letter!r} does not stand in {SOURCE}", where=f"{path}: {name}")
        known = {sentence.id for sentence in letters[rendering.letter].sentences}
        named = {key for key, _ in rendering.firm | rendering.soft} | rendering.omitted | rendering.soft_only
        if strange := named - known:
            raise DocumentError(f"{rendering.letter} has no sentence {min(strange)}", where=f"{path}: {name}")
        yield rendering


def _rendering(name: str, entry: dict[str, Any]) -> GoldRendering:
    firm: set[Pair] = set()
    soft: set[Pair] = set()
    for span in entry["spans"]:
        inserted = {offset for piece in span.get("insertions", ()) for offset in _range(piece)}
        carrier = set(_range(span["carrier"])) if span.get("carrier") else set()
        whole = set(_range(span))
        wanted = whole - inserted if span["certainty"] == "firm" else set()
        for sentence in span["en"]:
            firm |= {(sentence, offset) for offset in wanted}
            soft |= {(sentence, offset) for offset in (whole | inserted | carrier) - wanted}
        soft |= {(sentence, offset) for sentence in span.get("en_soft", ()) for offset in whole}
    start, end = entry["region"]
    return GoldRendering(
        id=name,
        letter=entry["letter"],
        document=entry["file"],
        firm=frozenset(firm),
        soft=frozenset(soft - firm),
        omitted=frozenset(entry["omitted"]),
        soft_only=frozenset(entry.get("soft_only", ())),
        modes={sentence: Mode(mode) for sentence, mode in entry["sentence_mode"].items()},
        spans=tuple(_segment(span) for span in entry["spans"]),
        region=Span(start, end) if start < end else None,
    )


def _range(piece: dict[str, Any]) -> range:
    return range(piece["start"], piece["end"])


def _segment(entry: dict[str, Any]) -> Segment:
    return Segment(entry["id"], entry["start"], entry["end"], entry["text"])
