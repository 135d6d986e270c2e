"""Zip files that are the same for the same content: no time of writing, entries in the order given."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable

EPOCH = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a zip file can tell, for every entry."""
_TIMES = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")


def packed(files: Iterable[tuple[str, bytes]]) -> bytes:
    """A zip file of `files`, `(name, bytes)` each, compressed."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files:
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, data)
    return out.getvalue()


def repacked(data: bytes) -> bytes:
    """The zip file `data` with the same entries and no time of writing, in an Office document's properties neither."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return packed((name, _timeless(name, archive.read(name))) for name in archive.namelist())


def _timeless(name: str, data: bytes) -> bytes:
    return _TIMES.sub(rb"\g<1>1980-01-01T00:00:00Z", data) if name == "docProps/core.xml" else data
