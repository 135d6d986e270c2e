"""Typologies by name: the program's, a team's own out of a file, or one that the database keeps.

A file is kept in the database when errors are marked with it, so that they can be read where the file is not at hand.
"""

from __future__ import annotations

from pathlib import Path

from aligner.errors import AlignerError, UnknownNameError
from aligner.review.typologies import TYPOLOGIES, Typology, find, load, read
from aligner.store import Store


def known(name: str, store: Store, *, keep: bool = True) -> Typology:
    """The typology called `name`: an id of the program's, a TOML file, or the id of the newest that the store has.

    Who only reads says not to `keep` a file's. Raises UnknownNameError with the known ids; AlignerError for a faulty
    file, one that calls itself as the program's do, and one that changed without a new version.
    """
    if name in TYPOLOGIES:
        return load(name)
    kept = {each.id: each for each in store.typologies()}
    if name in kept:
        return kept[name]
    if name.lower().endswith(".toml") or Path(name).is_file():
        return _checked(read(Path(name)), name, store, keep=keep)
    raise UnknownNameError("typology", name, {*TYPOLOGIES, *kept, "the TOML file of your own"})


def of_version(name: str, version: str, store: Store) -> Typology | None:
    """The typology that an annotation names; None where neither the program nor the store has this version."""
    return find(name, version, store.typologies())


def _checked(typology: Typology, where: str, store: Store, *, keep: bool) -> Typology:
    if typology.id in TYPOLOGIES:
        raise AlignerError(f"{typology.id!r} is one of the program's typologies", where=where, hint="give another id")
    stored = find(typology.id, typology.version, store.typologies())
    if stored is not None and stored != typology:
        raise AlignerError(
            f"another content is stored under version {typology.version} of {typology.id}",
            where=where,
            hint="give the change a new version",
        )
    if keep and stored is None:
        store.add_typology(typology)
    return typology
