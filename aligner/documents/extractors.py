"""The extractors by name; each of them imports its library only when it is called."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from aligner.documents.extraction import Found

Extractor = Callable[[str, bytes, str | None], Found]
"""`(where, data, encoding or None) -> what was found`; raises DocumentError, and on damage anything else."""


def _late(name: str) -> Extractor:
    def call(where: str, data: bytes, encoding: str | None) -> Found:
        extractor: Extractor = getattr(import_module(f"aligner.documents.{name}"), name)
        return extractor(where, data, encoding)

    return call


EXTRACTORS: dict[str, Extractor] = {name: _late(name) for name in ("docx", "epub", "html", "pdf")}
"""Name -> extractor; a new one is a module of this name with a function of this name."""
