"""Files moved together: all of them, or after a fault none."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from aligner.errors import AlignerError

_HERE = threading.RLock()


@contextmanager
def told(place: Path) -> Iterator[None]:
    """Faults of the system as AlignerError, naming `place`."""
    try:
        yield
    except OSError as error:
        reason = error.strerror or type(error).__name__
        where = str(error.filename or place)
        raise AlignerError(f"cannot be written ({reason})", where=where, hint="make room or free the place") from error


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """No other thread, and where the system has locks no other program, changes `folder` meanwhile."""
    with _HERE, told(folder):
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / ".lock").open("ab") as file:
            _lock(file)
            yield


def _lock(file: IO[bytes]) -> None:
    try:
        import fcntl
    except ImportError:  # Windows
        return
    with suppress(OSError):  # some network drives have no locks
        fcntl.flock(file, fcntl.LOCK_EX)


class Moves:
    """What was moved so far, to be moved back after a fault."""

    def __init__(self) -> None:
        self._done: list[tuple[Path, Path]] = []
        self._made: list[Path] = []

    @classmethod
    @contextmanager
    def together(cls, folder: Path) -> Iterator[Moves]:
        """Moves that are undone when the block ends with a fault; faults of the system as AlignerError."""
        moves = cls()
        with told(folder):
            try:
                yield moves
            except BaseException:
                moves.undo()
                raise

    def folder(self, place: Path) -> None:
        """Make a folder, which goes with a fault."""
        place.mkdir(parents=True)
        self._made.append(place)

    def file(self, source: Path, target: Path) -> None:
        """Move a file; what lies at `target` belongs to nobody, since no manifest names it."""
        target.parent.mkdir(parents=True, exist_ok=True)
        source.replace(target)
        self._done.append((source, target))

    def tree(self, source: Path, target: Path) -> None:
        """Move a folder, if there is one."""
        if source.is_dir():
            source.rename(target)
            self._done.append((source, target))

    def undo(self) -> None:
        """Move everything back, last first."""
        for source, target in reversed(self._done):
            with suppress(OSError):
                source.parent.mkdir(parents=True, exist_ok=True)
                target.rename(source)
        for place in self._made:
            shutil.rmtree(place, ignore_errors=True)
