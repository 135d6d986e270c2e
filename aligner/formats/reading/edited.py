"""A file of ours that comes back from another program: what a translator changed in it.

Texts are compared as they left: on one line, legal in XML. Nothing is applied here; the changes are
what a reviewer is asked about.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from aligner.formats.base import LetterExport
from aligner.formats.reading.values import Imported, ImportedPair
from aligner.formats.remarks import Remarks, finding_line
from aligner.formats.texts import flat
from aligner.formats.units import Unit, units


@dataclass(frozen=True, slots=True)
class Change:
    """A text that differs from that of the link: `side` is `source` or `target`."""

    rendering: str
    link: str
    side: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Returned:
    """What came back.

    `unchanged` and `missing` are `(rendering, link)`: those with both texts as they were, and those
    that the file lacks; `confirmed` those whose status is newly `confirmed`; `notes` are lines that somebody added,
    `(rendering, link, text)`; `unknown` are pairs that are of no link here, new ones or of another state of the
    alignment.
    """

    changes: tuple[Change, ...]
    unchanged: tuple[tuple[str, str], ...]
    confirmed: tuple[tuple[str, str], ...]
    missing: tuple[tuple[str, str], ...]
    notes: tuple[tuple[str, str, str], ...]
    unknown: tuple[ImportedPair, ...]


def edited(export: LetterExport, imported: Imported) -> Returned:
    """What `imported`, a file that was made of `export`, says otherwise.

    Pairs are known by their id, `<rendering>.<link>`; a program that dropped the ids keeps the texts,
    and a pair with both texts unchanged is known by them.
    """
    known: dict[tuple[str, str], tuple[str, str, str]] = {}
    ours: dict[tuple[str, str], set[str]] = {}
    names: dict[str, tuple[str, str]] = {}
    texts: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for rendering in export.renderings:
        remarks = Remarks(rendering)
        for unit in units(export.letter, rendering.alignment):
            key = (rendering.id, unit.link.id)
            known[key] = (unit.source, unit.target, unit.link.status.value)
            ours[key] = set(written_notes(unit, remarks))
            names[flat(f"{rendering.id}.{unit.link.id}")] = key
            texts.setdefault((unit.source, unit.target), []).append(key)
    changes: list[Change] = []
    found: dict[tuple[str, str], bool] = {}
    confirmed, unknown, notes = [], [], []
    for pair in imported.pairs:
        at = names.get(flat(pair.id)) or _by_text(pair, texts, found)
        if at is None or at in found:
            unknown.append(pair)
            continue
        key = at
        source, target, status = known[key]
        made = [
            Change(*key, side, before, flat(after))
            for side, before, after in (("source", source, pair.source), ("target", target, pair.target))
            if flat(after) != before
        ]
        changes += made
        notes += [(*key, line) for line in map(flat, pair.note.split("\n")) if line and line not in ours[key]]
        found[key] = not made
        if pair.props.get("x-status") == "confirmed" != status:
            confirmed.append(key)
    unchanged = tuple(key for key, same in found.items() if same)
    missing = tuple(key for key in known if key not in found)
    return Returned(tuple(changes), unchanged, tuple(confirmed), missing, tuple(notes), tuple(unknown))


def written_notes(unit: Unit, remarks: Remarks) -> Iterator[str]:
    """The notes that any of our formats writes of a link, whatever its options."""
    yield from (flat(f"not rendered: {words}") for words in unit.missing)
    yield from remarks.said(unit.link)
    for finding in remarks.findings(unit.link):
        yield from (finding_line(finding, language) for language in finding.messages)


def _by_text(
    pair: ImportedPair,
    texts: Mapping[tuple[str, str], list[tuple[str, str]]],
    found: Mapping[tuple[str, str], bool],
) -> tuple[str, str] | None:
    candidates = texts.get((flat(pair.source), flat(pair.target)), [])
    return next((key for key in candidates if key not in found), None)
