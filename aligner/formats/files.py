"""Files are replaced whole or not at all."""

from __future__ import annotations

import contextlib
import os
import secrets
import stat
from pathlib import Path

from aligner.errors import AlignerError


class OutputError(AlignerError):
    """A file that cannot be written: no permission, no room, a folder in its place."""


def write_atomic(path: Path, data: bytes) -> bool:
    """Make `path` hold `data`; whether that changed anything.

    The data goes to a temporary file in the same folder, reaches the disk, and takes the place of
    `path` in one step, so nobody sees half a file and a failure leaves the old one. A file that
    already holds `data` is not touched. Missing folders are made; a symbolic link stays one; the
    permissions of a file that is replaced are kept. Raises OutputError.
    """
    try:
        real = path.resolve()
        if real.is_file() and real.read_bytes() == data:
            return False
        real.parent.mkdir(parents=True, exist_ok=True)
        _replace(real, data)
    except (OSError, RuntimeError) as error:  # RuntimeError: a loop of symbolic links
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise OutputError(
            f"cannot be written: {reason}", where=str(path), hint="choose another folder or free the place"
        ) from error
    return True


def _replace(path: Path, data: bytes) -> None:
    # Not tempfile: its files are readable by their owner alone, whatever the umask says.
    temporary = path.with_name(f".{secrets.token_hex(8)}.tmp")
    try:
        with temporary.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if path.exists():
            temporary.chmod(stat.S_IMODE(path.stat().st_mode))
        temporary.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise
