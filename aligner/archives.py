"""Archives from strangers: what they unpack to is known and limited before anything is unpacked."""

from __future__ import annotations

import io
import zipfile

from aligner.errors import DocumentError

MB = 1024 * 1024

UNPACKED_BYTES = 200 * MB
"""Bytes of all members of an archive, unpacked; it bounds what is held in memory."""

UNPACKED_RATIO = 200
"""Unpacked bytes for a packed one. Office XML packs 10 to 1, a blank page 100 to 1, a zip bomb 1,000 to 1."""

RATIO_FROM = 5 * MB
"""Unpacked bytes from which the ratio counts: small files of blanks pack well and do no harm."""

MEMBERS = 10_000
"""Files in an archive."""

UNREADABLE = (zipfile.BadZipFile, NotImplementedError, ValueError, EOFError, OSError)
"""What `zipfile` raises for an archive whose directory cannot be read."""

_ANEW = "open it and save it anew, or save its text as a .txt file"


def open_zip(data: bytes) -> zipfile.ZipFile:
    """The archive in `data`, nothing unpacked.

    Raises DocumentError: no archive, too many members, members that unpack to too much or from too
    little (a zip bomb), encrypted members.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except UNREADABLE as error:
        raise DocumentError(f"is damaged: not a whole zip archive ({error})", hint=_ANEW) from None
    members = archive.infolist()
    if len(members) > MEMBERS:
        raise DocumentError(f"holds {len(members):,} files, at most {MEMBERS:,} are read", hint=_ANEW)
    if any(member.flag_bits & 1 for member in members):
        raise DocumentError("is encrypted", hint="save a copy without password")
    # A member gives no more than its declared size when it is read, so the sum is what can be unpacked.
    unpacked = sum(member.file_size for member in members)
    most = f"{UNPACKED_BYTES // MB} MB"
    if unpacked > UNPACKED_BYTES:
        raise DocumentError(f"unpacks to {unpacked // MB:,} MB, more than {most} (a zip bomb?)", hint=_ANEW)
    if unpacked > RATIO_FROM and unpacked > UNPACKED_RATIO * len(data):
        ratio = unpacked // len(data)
        raise DocumentError(f"unpacks to {ratio:,} times its size (a zip bomb?)", hint=_ANEW)
    return archive


def names_in(data: bytes) -> tuple[str, ...] | None:
    """The names of an archive's members, None when its directory cannot be read."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return tuple(archive.namelist())
    except UNREADABLE:
        return None


def member(archive: zipfile.ZipFile, name: str) -> bytes | None:
    """The unpacked member `name`, None when there is none; raises DocumentError when it is damaged."""
    try:
        return archive.read(name)
    except KeyError:
        return None
    except Exception as error:  # zlib, bz2 and lzma each raise their own
        raise DocumentError(f"is damaged: {name} cannot be unpacked ({error})", hint=_ANEW) from None
