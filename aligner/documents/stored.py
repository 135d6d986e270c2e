"""An extracted text as files, so that offsets into it can be followed without the extractor that made it."""

from __future__ import annotations

import json
from collections.abc import Iterable

from aligner.documents.extraction import Extracted
from aligner.errors import DocumentError

SCHEMA = "aligner/extraction@1"
PLAIN = "text"
"""The extractor of documents whose text is the file itself: nothing to store."""


def stored(documents: Iterable[Extracted]) -> dict[str, bytes]:
    """File name -> bytes: `<document>.extracted.txt` (UTF-8, nothing else) and `<document>.extraction.json`.

    Plain texts are left out. The JSON names document, its sha256, extractor, encoding, `text_sha256`,
    places as `[start, end, label]`, what was dropped, and remarks. Raises DocumentError when two
    documents have one name.
    """
    files: dict[str, bytes] = {}
    owners: dict[str, str] = {}
    for each in documents:
        document = each.document
        if each.extractor == PLAIN:
            continue
        if owners.setdefault(document.name.casefold(), document.sha256) != document.sha256:
            hint = "rename one: their extracted texts would have one name"
            raise DocumentError("is the name of two documents", where=document.name, hint=hint)
        files[f"{document.name}.extracted.txt"] = document.text.encode("utf-8")
        files[f"{document.name}.extraction.json"] = _record(each)
    return files


def _record(each: Extracted) -> bytes:
    document = each.document
    head = {
        "schema": SCHEMA,
        "document": document.name,
        "sha256": document.sha256,
        "encoding": document.encoding,
        "extractor": each.extractor,
        "text_sha256": document.text_sha256,
        "remarks": list(each.remarks),
    }
    lines = [f" {json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}" for key, value in head.items()]
    places = [json.dumps([place.start, place.end, place.label], ensure_ascii=False) for place in each.places]
    dropped = [
        json.dumps({"text": gone.text, "why": gone.why, "label": gone.label}, ensure_ascii=False)
        for gone in each.dropped
    ]
    for key, rows in (("places", places), ("dropped", dropped)):
        lines.append(f' "{key}": [' + ",".join(f"\n  {row}" for row in rows) + ("\n ]" if rows else "]"))
    return ("{\n" + ",\n".join(lines) + "\n}\n").encode("utf-8")
