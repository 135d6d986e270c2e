"""The outputs of one command: all made before the first file is replaced, each replaced in one step."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import aligner
from aligner.errors import AlignerError
from aligner.formats.files import write_atomic


class Change(StrEnum):
    """What writing did to a file."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class FileChange:
    """A file and what was done to it."""

    path: Path
    change: Change


def write_all(files: Mapping[Path, bytes]) -> tuple[FileChange, ...]:
    """Make every path hold its bytes; paths in the order given.

    Files that already do are left alone, to the time of their last change. What can be known
    beforehand (no permission, a file where a folder must be, a folder where a file must be, a path
    inside the installed program) is refused before anything is written. Raises AlignerError.
    """
    for path in files:
        check_writable(path)
    before = {path: path.is_file() for path in files}
    return tuple(_write(path, data, before[path]) for path, data in files.items())


def check_writable(path: Path) -> None:
    """Raise AlignerError when a file `path` could not be written."""
    hint = "choose another place with --out"
    if path.resolve().is_relative_to(Path(aligner.__file__).resolve().parent):
        raise AlignerError("lies inside the installed program", where=str(path), hint=hint)
    if path.is_dir():
        raise AlignerError("is a folder, a file is to be written here", where=str(path), hint=hint)
    place = next(folder for folder in _upwards(path) if folder.exists() or folder.is_symlink())
    if not place.is_dir():
        raise AlignerError("is not a folder, nothing can be written into it", where=str(place), hint=hint)
    if not os.access(place, os.W_OK | os.X_OK) or (path.is_file() and not os.access(path, os.W_OK)):
        raise AlignerError("cannot be written, permission is denied", where=str(path), hint=hint)


def _upwards(path: Path) -> Iterator[Path]:
    yield from path.absolute().parents


def _write(path: Path, data: bytes, existed: bool) -> FileChange:
    written = write_atomic(path, data)
    return FileChange(path, (Change.CHANGED if existed else Change.NEW) if written else Change.UNCHANGED)
