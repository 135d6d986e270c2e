"""Archives that carry alignments: InterText's files, and workbooks."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from zipfile import ZipFile

from aligner.archives import open_zip
from aligner.errors import DocumentError
from aligner.formats.reading.values import ReadingError


@contextmanager
def unpacking(data: bytes, where: str) -> Iterator[ZipFile]:
    """The archive in `data`, within the limits of `archives`; raises ReadingError that says what is wrong with it."""
    try:
        with open_zip(data) as archive:
            yield archive
    except DocumentError as fault:
        raise ReadingError(fault.what, where=where, hint=fault.hint) from fault
