"""Archives that carry alignments: InterText's files, and workbooks."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from zipfile import ZipFile

from aligner.archives import open_zip
from aligner.errors import DocumentError
from aligner.formats.reading.values import ReadingError

ANEW = "open it in the program that made it and save it anew"


@contextmanager
def unpacking(data: bytes, where: str, kind: str) -> Iterator[ZipFile]:
    """The archive in `data`, within the limits of `archives`; raises ReadingError that says why it is no `kind`."""
    try:
        with open_zip(data) as archive:
            yield archive
    except DocumentError as fault:
        raise ReadingError(f"is no {kind} that can be read: {fault.what}", where=where, hint=ANEW) from fault
