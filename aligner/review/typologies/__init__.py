"""Typologies of translation errors: data in TOML, versioned, with hints in English and Chinese.

values.py     a typology as a value, and what an error costs in it
reading.py    TOML -> Typology; a team's own comes the same way
mapping.py    errors of one typology, scored in another; mappings.toml is its table
*.toml        those that the program brings along
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from importlib import resources

from aligner.errors import UnknownNameError
from aligner.review.typologies.mapping import Converted, Uncounted, convert
from aligner.review.typologies.reading import TypologyError, parse, read
from aligner.review.typologies.values import Anchor, Category, Grade, Typology

TYPOLOGIES: dict[str, str] = {
    "mqm-core": "mqm_core.toml",
    "google-mqm": "google_mqm.toml",
    "esa": "esa.toml",
}
"""Typologies that the program brings along: id -> its file in this folder."""

DEFAULT_TYPOLOGY = "mqm-core"

__all__ = [
    "DEFAULT_TYPOLOGY",
    "TYPOLOGIES",
    "Anchor",
    "Category",
    "Converted",
    "Grade",
    "Typology",
    "TypologyError",
    "Uncounted",
    "convert",
    "find",
    "load",
    "parse",
    "read",
]


@cache
def load(name: str = DEFAULT_TYPOLOGY) -> Typology:
    """The typology called `name`; raises UnknownNameError with the known names."""
    if name not in TYPOLOGIES:
        raise UnknownNameError("typology", name, TYPOLOGIES)
    file = resources.files("aligner.review.typologies") / TYPOLOGIES[name]
    return parse(file.read_text(encoding="utf-8"), TYPOLOGIES[name], own=False)


def find(name: str, version: str, own: Iterable[Typology] = ()) -> Typology | None:
    """The typology that an annotation names, of the program's or of a team's `own`; None where none is that version."""
    every = (*([load(name)] if name in TYPOLOGIES else ()), *own)
    return next((each for each in every if (each.id, each.version) == (name, version)), None)
