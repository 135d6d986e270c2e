"""Archives from strangers: what they unpack to is known and limited before anything is unpacked."""

from __future__ import annotations

import io
import zipfile

from aligner.documents import limits
from aligner.errors import DocumentError

_ANEW = "open it and save it anew, or save its text as a .txt file"


def open_zip(data: bytes) -> zipfile.ZipFile:
    """The archive in `data`, nothing unpacked.

    Raises DocumentError: no archive, too many members, members that unpack to too much or from too
    little (a zip bomb), encrypted members.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, NotImplementedError, ValueError, EOFError, OSError) as error:
        raise DocumentError(f"is damaged: not a whole zip archive ({error})", hint=_ANEW) from None
    members = archive.infolist()
    if len(members) > limits.MEMBERS:
        raise DocumentError(f"holds {len(members):,} files, at most {limits.MEMBERS:,} are read", hint=_ANEW)
    if any(member.flag_bits & 1 for member in members):
        raise DocumentError("is encrypted", hint="save a copy without password")
    # A member gives no more than its declared size when it is read, so the sum is what can be unpacked.
    unpacked = sum(member.file_size for member in members)
    most = f"{limits.UNPACKED_BYTES // limits.MB} MB"
    if unpacked > limits.UNPACKED_BYTES:
        raise DocumentError(f"unpacks to {unpacked // limits.MB:,} MB, more than {most} (a zip bomb?)", hint=_ANEW)
    if unpacked > limits.RATIO_FROM and unpacked > limits.UNPACKED_RATIO * len(data):
        ratio = unpacked // len(data)
        raise DocumentError(f"unpacks to {ratio:,} times its size (a zip bomb?)", hint=_ANEW)
    return archive


def member(archive: zipfile.ZipFile, name: str) -> bytes | None:
    """The unpacked member `name`, None when there is none; raises DocumentError when it is damaged."""
    try:
        return archive.read(name)
    except KeyError:
        return None
    except Exception as error:  # zlib, bz2 and lzma each raise their own
        raise DocumentError(f"is damaged: {name} cannot be unpacked ({error})", hint=_ANEW) from None
