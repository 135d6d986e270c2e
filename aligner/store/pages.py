"""Rows read off the pages of an SQLite file, where the tree that leads to them is damaged.

No library does this, and the `.recover` of the program sqlite3 needs a part that distributions leave out. The format is
that of https://www.sqlite.org/fileformat2.html, sections 1.5 to 2.1.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

LEAF = 0x0D
"""The first byte of a page that holds rows of a table."""

PAGE = 4096
"""Bytes of a page where the header does not tell; SQLite's own choice."""

_INTEGERS = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}

Value = int | float | str | bytes | None


def rows(data: bytes) -> Iterator[tuple[int, list[Value]]]:
    """`(key, values)` of every row on every page that can be read; the key's own column reads None.

    Whatever is damaged is passed over; what is given may be wrong and has to be checked.
    """
    size = int.from_bytes(data[16:18], "big") if len(data) > 100 else 0
    size = 65536 if size == 1 else size
    if size < 512 or size & (size - 1):
        size = PAGE
    for start in range(0, len(data), size):
        page = data[start : start + size]
        head = 100 if start == 0 else 0
        if len(page) < size or page[head] != LEAF:
            continue
        for cell in range(min(int.from_bytes(page[head + 3 : head + 5], "big"), size // 4)):
            at = head + 8 + 2 * cell
            try:
                yield _cell(data, page, int.from_bytes(page[at : at + 2], "big"))
            except (IndexError, ValueError, struct.error):
                continue


def _cell(data: bytes, page: bytes, at: int) -> tuple[int, list[Value]]:
    length, at = _varint(page, at)
    key, at = _varint(page, at)
    if length > len(data):
        raise ValueError("the row is longer than the file")  # its pages may lead round in a circle
    size = len(page)
    local = length
    if length > size - 35:
        least = (size - 12) * 32 // 255 - 23
        local = least + (length - least) % (size - 4)
        local = least if local > size - 35 else local
    record = page[at : at + local]
    if local < length:
        record += _overflow(data, size, int.from_bytes(page[at + local : at + local + 4], "big"), length - local)
    if len(record) != length:
        raise ValueError("the row is cut")
    return key, _values(record)


def _overflow(data: bytes, size: int, number: int, wanted: int) -> bytes:
    """The rest of a row that is longer than its page, from the chain of pages that begins with `number`."""
    parts: list[bytes] = []
    while wanted > 0:
        page = data[(number - 1) * size : number * size]
        if number < 1 or len(page) < size:
            raise ValueError("the row goes on where there is no page")
        parts.append(page[4 : 4 + wanted])
        wanted -= len(parts[-1])
        number = int.from_bytes(page[:4], "big")
    return b"".join(parts)


def _values(record: bytes) -> list[Value]:
    length, at = _varint(record, 0)
    kinds = []
    while at < length:
        kind, at = _varint(record, at)
        kinds.append(kind)
    found: list[Value] = []
    for kind in kinds:
        width = _INTEGERS.get(kind, 8 if kind == 7 else max(0, (kind - 12) // 2))
        part = record[at : at + width]
        if len(part) != width:
            raise ValueError("a value is cut")
        at += width
        found.append(_value(kind, part))
    return found


def _value(kind: int, part: bytes) -> Value:
    if kind in _INTEGERS:
        return int.from_bytes(part, "big", signed=True)
    if kind in (8, 9):
        return kind - 8
    if kind == 7:
        return float(struct.unpack(">d", part)[0])
    if kind >= 13 and kind % 2:
        return part.decode("utf-8")  # UnicodeDecodeError is a ValueError
    return part if kind >= 12 else None


def _varint(data: bytes, at: int) -> tuple[int, int]:
    """A number of one to nine bytes, and where it ends."""
    value = 0
    for n in range(8):
        byte = data[at + n]
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, at + n + 1
    return value << 8 | data[at + 8], at + 9
