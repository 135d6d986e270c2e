"""A folder of alignment files against a gold of letters."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from aligner.errors import DocumentError
from aligner.evaluation.letter_gold import Gold, GoldLetter, GoldRendering
from aligner.evaluation.letter_scores import LetterScores, rendering_of, score_rendering, wanted_pairs
from aligner.model import Alignment

SCHEMA = '"aligner/alignment@'
"""What tells an alignment file from other JSON beside it."""


def score_built(
    gold: Gold,
    built: Path,
    documents: Path,
    *,
    read_alignment: Callable[[str, str], Alignment],
    read_text: Callable[[Path], str],
) -> tuple[LetterScores, tuple[str, ...]]:
    """The scores of every rendering of `gold`, in its order, and remarks on what was left out.

    Alignment files may stand anywhere below `built`, documents in `documents` or its `<letter>`
    folder. `read_alignment` takes a file's text and its name for messages. Raises DocumentError when
    a document is not there or two files align one rendering, and what the readers and
    `score_rendering` raise.
    """
    if not built.is_dir():
        raise DocumentError("no such folder", where=str(built), hint="name the folder that the alignments are in")
    found, remarks = _alignments(gold, built, read_alignment)
    texts: dict[Path, str] = {}

    def text_of(owner: GoldLetter | GoldRendering, letter: str) -> str:
        path = _document(documents, letter, owner.document)
        if path not in texts:
            texts[path] = read_text(path)
        return texts[path]

    scores, missing = [], {}
    for name, rendering in gold.renderings.items():
        letter = gold.letters[rendering.letter]
        target = text_of(rendering, letter.id)
        if name in found:
            scores.append(score_rendering(letter, rendering, found[name], text_of(letter, letter.id), target))
        else:
            rendering.check(target)
            missing[name] = wanted_pairs(rendering, target)
    return LetterScores(tuple(scores), missing), remarks


def _alignments(
    gold: Gold, built: Path, read_alignment: Callable[[str, str], Alignment]
) -> tuple[dict[str, Alignment], tuple[str, ...]]:
    found: dict[str, Alignment] = {}
    files: dict[str, Path] = {}
    strange = []
    for path in sorted(built.rglob("*.json")):
        text = path.read_bytes().decode("utf-8", errors="replace")
        if SCHEMA not in text[:200]:
            continue
        alignment = read_alignment(text, str(path))
        name = rendering_of(gold, alignment)
        if name is None:
            strange.append(alignment.rendering)
        elif name in found:
            raise DocumentError(f"{files[name]} aligns {name} too", where=str(path), hint="keep one of them")
        else:
            found[name], files[name] = alignment, path
    remark = f"{built}: the gold does not have {', '.join(strange)}; left out"
    return found, (remark,) if strange else ()


def _document(documents: Path, letter: str, name: str) -> Path:
    for path in (documents / name, documents / letter / name):
        if path.is_file():
            return path
    raise DocumentError(
        f"no document {name} of the letter {letter}",
        where=str(documents),
        hint="--documents is the folder that the gold's documents are in",
    )
