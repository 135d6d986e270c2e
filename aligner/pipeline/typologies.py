"""Typologies by name: the program's, a team's own out of a file, or one that the database keeps.

A file is kept in the database when it is used, so that its errors can be read where the file is not at hand.
"""

from __future__ import annotations

from pathlib import Path

from aligner.errors import AlignerError, UnknownNameError
from aligner.review.typologies import TYPOLOGIES, Typology, load, read
from aligner.store import Store


def known(name: str, store: Store) -> Typology:
    """The typology called `name`: an id of the program's, a TOML file, or the id of the newest that the store has.

    Raises UnknownNameError with the known ids; AlignerError for a faulty file, one that calls itself as the program's
    do, and one that changed without a new version.
    """
    if name in TYPOLOGIES:
        return load(name)
    kept = {each.id: each for each in store.typologies()}
    if name in kept:
        return kept[name]
    if name.lower().endswith(".toml") or Path(name).is_file():
        return _kept(read(Path(name)), name, store)
    raise UnknownNameError("typology", name, {*TYPOLOGIES, *kept, "the TOML file of your own"})


def of_version(name: str, version: str, store: Store) -> Typology | None:
    """The typology that an annotation names; None where neither the program nor the store has this version."""
    if name in TYPOLOGIES:
        found = load(name)
        return found if found.version == version else None
    return next((each for each in store.typologies() if (each.id, each.version) == (name, version)), None)


def _kept(typology: Typology, where: str, store: Store) -> Typology:
    if typology.id in TYPOLOGIES:
        raise AlignerError(f"{typology.id!r} is one of the program's typologies", where=where, hint="give another id")
    if typology not in store.typologies():  # who only reads a database can use what it has
        store.add_typology(typology)
    return typology
