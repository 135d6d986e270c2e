"""What kinds of files people bring, told by name and content."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping
from pathlib import PurePath

from aligner import documents
from aligner.documents.decode import decoded
from aligner.errors import DocumentError
from aligner.formats.reading import ANNOTATIONS
from aligner.formats.reading import PAIRS as PAIR_FORMATS

DOCUMENT, PAIRS, BEADS, INTERTEXT = "document", "pairs", "beads", "intertext"
KINDS = (DOCUMENT, PAIRS, *PAIR_FORMATS, BEADS, INTERTEXT, *ANNOTATIONS)
"""What a file can be said to be."""
ONLY_PAIRS = frozenset({".tmx", ".xlf", ".xliff", ".csv", ".tsv", ".xlsx"})
ANNOTATED = frozenset({".json", ".jsonl", ".ndjson"})
TABLES_BACK = "csv-long, tsv-long and xlsx are read back"
RECODED = frozenset({".csv", ".tsv", ".json", ".jsonl", ".ndjson"})
"""Files without a mark of their encoding that programs elsewhere do not save as UTF-8."""

Files = Mapping[str, bytes]
"""File name -> bytes."""


def check(files: Files, kind: str | None) -> None:
    """Raises DocumentError for an empty file, and without `kind` for one whose ending nothing reads."""
    for name, data in files.items():
        if not data:
            raise DocumentError("the file is empty", where=name, hint="give a file with text in it")
    known = sorted({*documents.READERS, *documents.FORMATS, *ONLY_PAIRS, *ANNOTATED, ".zip", ".xml"})
    for name in files if kind is None and together(files) is None else ():
        suffix = PurePath(name).suffix.lower()
        if suffix == ".parquet":
            raise DocumentError("a table in Parquet is not read back", where=name, hint=TABLES_BACK)
        if suffix == ".beads":
            hint = "name them in this order: the bead lines, the source, the target"
            raise DocumentError("bead lines come first, with their two texts behind them", where=name, hint=hint)
        if suffix not in known:
            what = f"no reader for {suffix!r} files" if suffix else "a name without a suffix does not say what it is"
            raise DocumentError(what, where=name, hint=f"known: {', '.join(known)}; --as says what it is")


def in_utf8(name: str, data: bytes) -> bytes:
    """Tables and lines that a spreadsheet saved in another encoding, as UTF-8; everything else as it is."""
    if PurePath(name).suffix.lower() not in RECODED:
        return data
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return decoded(name, data).text.encode("utf-8")
    return data


def together(files: Files) -> str | None:
    """`beads` or `intertext` for files that are these together, else None."""
    names = list(files)
    if len(names) == 1 and names[0].lower().endswith(".zip"):
        return BEADS if _holds_beads(files[names[0]]) else INTERTEXT
    if len(names) == 3 and all(name.lower().endswith(".xml") for name in names):
        return INTERTEXT
    first = files[names[0]].lstrip(b"\xef\xbb\xbf \t\r\n")[:200] if names else b""
    return BEADS if first.startswith(b"[") and b"]:[" in first.replace(b" ", b"") else None


def _holds_beads(data: bytes) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return any(name.endswith(".beads") for name in archive.namelist())
    except Exception:  # a damaged list of contents raises whatever it leads to; the reader says so in words
        return False


def annotation_kind(name: str, data: bytes) -> str | None:
    """The format of a file of annotations by its first line, None when it is none.

    Raises DocumentError for JSON that is something else.
    """
    suffix = PurePath(name).suffix.lower()
    if suffix in (".tsv", ".csv"):
        return "mqm" if data.lstrip(b"\xef\xbb\xbf").lower().startswith(b"system\tdoc") else None
    if suffix not in ANNOTATED:
        return None
    text = data.decode("utf-8-sig", "replace").lstrip()
    try:
        first = json.loads(text if text.startswith("[") else text.partition("\n")[0])
    except (ValueError, RecursionError):
        try:
            first = json.loads(text)
        except (ValueError, RecursionError):
            return "annotations"
    first = first[0] if isinstance(first, list) and first else first
    keys = first if isinstance(first, dict) else {}
    for format_name, mark in (("pearmut", "item_i"), ("mqm-jsonl", "hypothesis"), ("label-studio", "annotations")):
        if mark in keys:
            return format_name
    if str(keys.get("schema", "")).startswith("aligner/annotation@"):
        return "annotations"
    raise DocumentError("is JSON, but no annotations that are known", where=name, hint=_json_hint(keys))


def _json_hint(keys: Mapping[str, object]) -> str:
    if str(keys.get("schema", "")).startswith("aligner/"):
        return "a file that the program keeps and rebuilds; what comes back are tmx, xliff, csv-long, tsv-long and xlsx"
    if "campaign_id" in keys:
        return "this is a campaign; what comes back is the output of Pearmut"
    if "segment" in keys or "source_segments" in keys:
        return f"this looks like a table; {TABLES_BACK}"
    return f"known: {', '.join(ANNOTATIONS)}; --as says which it is"
