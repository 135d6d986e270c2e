"""From what a caller names, files or folders, to pairs of gold and test."""

from __future__ import annotations

from pathlib import Path

from aligner.errors import DocumentError
from aligner.evaluation.bead_lines import looks_like_beads, read_bead_lines
from aligner.evaluation.beads import BeadFile
from aligner.evaluation.intertext import is_link_file, read_chapter

HEAD = 4096
"""So many bytes tell bead lines from other text."""


def read_beads(path: Path) -> BeadFile:
    """The beads of an InterText link file (`.xml`) or of a file of bead lines (UTF-8).

    Raises DocumentError as the two readers do, and for a file that is not there or not UTF-8.
    """
    if path.suffix.lower() == ".xml":
        return read_chapter(path).file
    try:
        return read_bead_lines(path.read_bytes().decode("utf-8-sig"), path)
    except OSError as error:
        raise DocumentError(f"cannot be read ({error.strerror})", where=str(path)) from error
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        column = error.start - (error.object.rfind(b"\n", 0, error.start) + 1) + 1
        raise DocumentError("bead lines are UTF-8, this is not", where=f"{path}:{line}:{column}") from error


def bead_files(folder: Path) -> tuple[Path, ...]:
    """The files of a folder that hold beads: InterText link files and whatever begins like a bead line."""
    found = []
    for path in sorted(path for path in folder.iterdir() if path.is_file() and not path.name.startswith(".")):
        if path.suffix.lower() == ".xml":
            found += [path] if is_link_file(path) else []
        else:
            with path.open("rb") as opened:
                head = opened.read(HEAD).decode("utf-8-sig", errors="replace")
            found += [path] if looks_like_beads(head) else []
    return tuple(found)


def matched(gold: Path, test: Path) -> tuple[tuple[tuple[BeadFile, BeadFile], ...], tuple[str, ...]]:
    """Pairs of gold and test, and remarks on test files that no gold belongs to.

    Two files are a pair whatever they are called; in folders, files belong together by stem.
    Raises DocumentError when something cannot be read, a gold file has no test or several, or a
    gold file has no beads.
    """
    golds, tests = _read(gold), _read(test)
    for each in golds:
        if not each.beads:
            raise DocumentError("no beads in the gold", where=each.where)
    if gold.is_file() and test.is_file():
        return ((golds[0], tests[0]),), ()
    pairs, taken = [], set()
    shared = _shared_names(golds)
    for each in golds:
        found = [other for other in tests if (set(each.names) & set(other.names)) - shared]
        if len(found) != 1:
            what = f"{test} has {'no file that belongs' if not found else 'several files that belong'} to it"
            own = [name for name in dict.fromkeys(each.names) if name not in shared]
            hint = f"name the test file {' or '.join(own)}, with any suffix" if not found else "keep one of them"
            raise DocumentError(what, where=each.where, hint=hint)
        pairs.append((each, found[0]))
        taken.add(found[0].where)
    loose = [other.where for other in tests if other.where not in taken]
    return tuple(pairs), tuple(f"{where}: no gold belongs to it; left out" for where in loose)


def _read(path: Path) -> tuple[BeadFile, ...]:
    if not path.is_dir():
        return (read_beads(path),)
    if found := bead_files(path):
        return tuple(read_beads(each) for each in found)
    raise DocumentError(
        "no file with beads in this folder", where=str(path), hint="bead lines or InterText link files are read"
    )


def _shared_names(files: tuple[BeadFile, ...]) -> set[str]:
    """Names that several gold files go by, which therefore tell nothing."""
    seen: set[str] = set()
    shared: set[str] = set()
    for file in files:
        names = set(file.names)
        shared |= names & seen
        seen |= names
    return shared
