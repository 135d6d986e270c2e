"""Pairs of texts that are already aligned, and glossaries, as they come in files."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice
from pathlib import Path

from aligner.errors import AlignerError, DocumentError
from aligner.formats.reading.values import ReadingError

COLUMNS = ("id", "source", "target")
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"

Pair = tuple[str, str, str]

Terms = Sequence[tuple[str, str]]
"""A glossary: terms of the letter and their renderings."""


def read_pairs(path: Path, languages: tuple[str, str]) -> tuple[Pair, ...]:
    """The pairs `(id, source, target)` of a tab-separated file with a header, or of a TMX file.

    Nothing is quoted in the former; of the latter, units that have both `languages` count. Raises
    DocumentError, with the line.
    """
    pairs = _tmx(path, languages) if path.suffix.lower() == ".tmx" else _tsv(path)
    if not pairs:
        raise DocumentError("holds no pairs", where=str(path), hint=f"columns: {', '.join(COLUMNS)}")
    seen: set[str] = set()
    for name, _, _ in pairs:
        if name in seen:
            raise DocumentError(f"two pairs have the id {name!r}", where=str(path))
        seen.add(name)
    return tuple(pairs)


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise DocumentError(f"cannot be read: {error.strerror}", where=str(path)) from error
    except UnicodeDecodeError as error:
        raise DocumentError("is not UTF-8", where=str(path), hint="convert it to UTF-8") from error


def _tsv(path: Path) -> list[Pair]:
    lines = _text(path).replace("\r\n", "\n").removesuffix("\n").split("\n")
    header = lines[0].split("\t")
    missing = [name for name in COLUMNS if name not in header]
    if missing:
        hint = f"the first line names the columns: {', '.join(COLUMNS)}"
        raise DocumentError(f"has no column {missing[0]!r}", where=f"{path}:1", hint=hint)
    at = [header.index(name) for name in COLUMNS]
    pairs = []
    for number, line in enumerate(lines[1:], 2):
        cells = line.split("\t")
        if len(cells) != len(header):
            raise DocumentError(f"has {len(cells)} cells, the header {len(header)}", where=f"{path}:{number}")
        pairs.append((cells[at[0]], cells[at[1]], cells[at[2]]))
    return pairs


def _tmx(path: Path, languages: tuple[str, str]) -> list[Pair]:
    from aligner.formats.reading.tmx import pairs_of, tmx_units

    pairs = []
    try:
        with path.open("rb") as file:
            for number, (_, unit) in enumerate(tmx_units(file, str(path)), 1):
                first = islice(pairs_of(unit, number, *languages), 1)  # of several in one language, the first
                pairs += [(pair.id, pair.source, pair.target) for pair in first]
    except OSError as error:
        raise DocumentError(f"cannot be read: {error.strerror}", where=str(path)) from error
    except ReadingError as error:
        raise DocumentError(error.what, where=error.where, hint=error.hint) from error
    return pairs


def read_glossary(path: Path) -> tuple[tuple[str, str], ...]:
    """The terms of a glossary, `(source, target)`: CSV or TSV with two columns, or TBX (English and Chinese).

    Raises DocumentError.
    """
    if path.suffix.lower() in {".tbx", ".xml"}:
        return tuple(_tbx(path))
    import csv

    text = _text(path)
    delimiter = "\t" if path.suffix.lower() == ".tsv" or "\t" in text.split("\n", 1)[0] else ","
    terms = []
    for number, row in enumerate(csv.reader(text.splitlines(), delimiter=delimiter), 1):
        cells = [cell.strip() for cell in row]
        if not any(cells) or (number == 1 and cells[0].lower() in {"source", "en", "english", "term"}):
            continue
        if len(cells) < 2 or not cells[0] or not cells[1]:
            raise DocumentError("needs a term and its rendering", where=f"{path}:{number}", hint="two columns a line")
        terms.append((cells[0], cells[1]))
    return tuple(terms)


def glossary_text(terms: Terms) -> str:
    """A glossary as the CSV file that `read_glossary` reads; blank rows are left out. Raises AlignerError."""
    import csv
    import io

    held = io.StringIO()
    writer = csv.writer(held, lineterminator="\n")
    writer.writerow(("source", "target"))
    for number, term in enumerate(terms, 1):
        source, target = (" ".join(part.split()) for part in term)
        if bool(source) != bool(target):
            raise AlignerError("needs a term and its rendering", where=f"glossary, row {number}", hint="fill both in")
        if source:
            writer.writerow((source, target))
    return held.getvalue()


def _tbx(path: Path) -> Iterable[tuple[str, str]]:
    from lxml import etree

    from aligner.formats.reading.xml import told

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(path.read_bytes(), parser)
    except OSError as error:
        raise DocumentError(f"cannot be read: {error.strerror}", where=str(path)) from error
    except etree.XMLSyntaxError as error:
        line, column = error.position
        raise DocumentError(f"is no TBX: {told(error)}", where=f"{path}:{line}:{column}") from error
    for entry in root.iter("{*}termEntry", "{*}conceptEntry"):
        terms: dict[str, list[str]] = {}
        for section in entry.iter("{*}langSet", "{*}langSec"):
            language = str(section.get(XML_LANG) or "").lower().split("-")[0]
            terms.setdefault(language, []).extend((t.text or "").strip() for t in section.iter("{*}term"))
        for source in filter(None, terms.get("en", [])):
            for target in filter(None, terms.get("zh", [])):
                yield source, target
