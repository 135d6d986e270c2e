"""Zip files that are the same for the same content: no time of writing, entries in the order given."""

from __future__ import annotations

import re
import shutil
import zipfile
from collections.abc import Iterable, Iterator
from typing import IO

from aligner.formats.pieces import READ, copied, spool

EPOCH = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a zip file can tell, for every entry."""
_CORE = "docProps/core.xml"
_TIMES = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")


def packed(files: Iterable[tuple[str, bytes | Iterable[bytes]]]) -> Iterator[bytes]:
    """A zip file of `files`, `(name, bytes or pieces of them)` each, compressed, piece by piece.

    It waits on disk: the head of an entry tells its size, which is known last.
    """
    with spool() as out:
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in files:
                with archive.open(_entry(name), "w", force_zip64=False) as entry:
                    for piece in (data,) if isinstance(data, bytes) else data:
                        entry.write(piece)
        yield from copied(out)


def repacked(file: IO[bytes]) -> Iterator[bytes]:
    """The zip file `file` with the same entries and no time of writing, in an Office document's properties neither."""
    with spool() as out:
        with zipfile.ZipFile(file) as archive, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
            for name in archive.namelist():
                with archive.open(name) as old, made.open(_entry(name), "w") as new:
                    if name == _CORE:
                        new.write(timeless(name, old.read()))
                    else:
                        shutil.copyfileobj(old, new, READ)
        yield from copied(out)


def timeless(name: str, data: bytes) -> bytes:
    """The part `name` of an Office document without the time of its writing."""
    return _TIMES.sub(rb"\g<1>1980-01-01T00:00:00Z", data) if name == _CORE else data


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, EPOCH)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    return entry
