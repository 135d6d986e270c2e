"""Vectors kept on disk, so that a text is encoded once per encoder.

One folder per encoder signature. Each call that had to encode something adds one immutable file, put
in place atomically, so programs can share the folder without locks; many small files are merged.
A file that is missing or broken costs a new encoding, never a fault.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import tempfile
import zipfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from aligner.encoders.base import Encoder, PieceEncoder, Pieces, Vectors, rows_of_unit_length

MERGE_ABOVE = 24  # files in a folder
KEEP_BYTES = 512 * 1024 * 1024  # above this the folder starts anew
KEY_BYTES = 16


def key_of(text: str) -> bytes:
    """The first 16 bytes of the text's SHA-256."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()[:KEY_BYTES]


class CachedEncoder:
    """An encoder that asks `folder` first. Vectors are rounded to half precision, cached or not."""

    def __init__(self, encoder: Encoder, folder: Path | None) -> None:
        self._encoder = encoder
        self._rows: dict[bytes, Vectors] = {}
        self._folder = folder / re.sub(r"[^\w.-]+", "_", encoder.signature) if folder is not None else None
        self._read = False

    @property
    def signature(self) -> str:
        """The wrapped encoder's."""
        return self._encoder.signature

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Vectors of `texts`; only what is neither in memory nor on disk is encoded."""
        if not self._read:
            self._load()
        keys = [key_of(text) for text in texts]
        missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in self._rows}
        if missing:
            fresh = self._encoder.encode(list(missing.values())).astype(np.float16)
            self._rows.update(zip(missing, fresh.astype(np.float32), strict=True))
            self._save(list(missing), fresh)
        if not keys:
            return self._encoder.encode([])
        return rows_of_unit_length(np.stack([self._rows[key] for key in keys]))

    def pieces(self, texts: Sequence[Sequence[str]]) -> Pieces | None:
        """The wrapped encoder's, which are not kept; None if it has none."""
        return self._encoder.pieces(texts) if isinstance(self._encoder, PieceEncoder) else None

    def _load(self) -> None:
        self._read = True
        if self._folder is None or not self._folder.is_dir():
            return
        files = sorted(self._folder.glob("*.npz"))
        for file in files:
            with (
                contextlib.suppress(OSError, ValueError, KeyError, zipfile.BadZipFile),
                file.open("rb") as stream,
                np.load(stream) as held,
            ):
                keys, rows = held["keys"], held["rows"].astype(np.float32)
                self._rows.update(zip((key.tobytes() for key in keys), rows, strict=True))
        if len(files) > MERGE_ABOVE:
            self._merge(files)

    def _merge(self, files: list[Path]) -> None:
        small = sum(file.stat().st_size for file in files if file.exists()) <= KEEP_BYTES
        if small and self._rows:
            rows = np.stack(list(self._rows.values())).astype(np.float16)
            if not self._save(list(self._rows), rows):
                return
        for file in files:
            with contextlib.suppress(OSError):
                file.unlink()

    def _save(self, keys: list[bytes], rows: npt.NDArray[np.float16]) -> bool:
        """Write one file; a cache that cannot be written is no fault, only slower."""
        if self._folder is None:
            return False
        name = hashlib.sha256(b"".join(keys)).hexdigest()[:24]
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            handle, part = tempfile.mkstemp(suffix=".part", dir=self._folder)
            try:
                with os.fdopen(handle, "wb") as stream:
                    held = np.frombuffer(b"".join(keys), dtype=np.uint8).reshape(-1, KEY_BYTES)
                    np.savez(stream, keys=held, rows=rows)
                Path(part).replace(self._folder / f"{name}.npz")
            finally:
                Path(part).unlink(missing_ok=True)
        except OSError:
            return False
        return True
