"""`aligner build`: everything in a manifest to alignment files, TMX and collations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from aligner.corpus import AUTOMATIC, COMPARISON, Corpus, LetterEntry
from aligner.documents import stored
from aligner.encoders import Encoder
from aligner.engines import Target
from aligner.errors import ManifestError
from aligner.formats import alignment_json, collation_json, comparison_json, find_format
from aligner.model import Alignment, Letter, Span
from aligner.pipeline.checking import Checked, check_letter, dates_of
from aligner.pipeline.exporting import letter_export
from aligner.pipeline.letters import Progress, align_letters, silent
from aligner.pipeline.output import Change, FileChange, check_writable, write_all
from aligner.pipeline.pair_files import read_glossary
from aligner.pipeline.reviewed import as_reviewed, review
from aligner.review.decisions import Decision
from aligner.review.replay import Orphaned, Replayed
from aligner.witnesses import cut


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build made and what it changed."""

    files: tuple[FileChange, ...]
    alignments: tuple[Alignment, ...]
    orphans: tuple[Orphaned, ...] = ()
    """Decisions that fit no longer; they are kept, and shown by `aligner review list --orphans`."""
    replayed: int = 0
    """How many decisions the alignments hold."""
    adapted: tuple[str, ...] = ()
    """Ids of those that met another ground than their author saw, and were imposed on it."""

    def count(self, change: Change) -> int:
        """How many files had this change."""
        return sum(file.change is change for file in self.files)


def build(
    corpus: Corpus,
    out: Path,
    *,
    encoder: Encoder,
    progress: Progress = silent,
    jobs: int = 1,
    decisions: Sequence[Decision] = (),
) -> BuildReport:
    """Align every rendering of the manifest and write, for each letter, into `<out>/<letter>/`:

    `collation.json`, `comparison.json`, `<rendering>.json` and `<rendering>.tmx` per rendering, `<letter>.tmx`. Nothing
    is written before everything is made. The same input gives the same bytes. With `decisions` (the log of reviewers)
    the published state is written, and the engine's own alignments beside it into `auto/`. Raises AlignerError.
    """
    entries = corpus.manifest.letters
    if not entries:
        raise ManifestError("has no letters", where=str(corpus.folder), hint="add a [[letter]]")
    check_writable(out / entries[0].id / "collation.json")
    letters = []
    for number, entry in enumerate(entries):
        progress(f"reading {entry.id}", number, len(entries))
        letters.append(as_reviewed(corpus, entry.id, decisions))
    work = [(letter, targets(corpus, entry)) for letter, entry in zip(letters, entries, strict=True)]
    aligned = align_letters(work, encoder, progress=progress, jobs=jobs)
    files: dict[Path, bytes] = {}
    every: list[Alignment] = []
    replayed: list[Replayed] = []
    for number, (entry, letter, alignments) in enumerate(zip(entries, letters, aligned, strict=True)):
        progress(f"checking {entry.id}", number, len(entries))
        made = checked_files(corpus, entry, letter, alignments, out, encoder=encoder, decisions=decisions)
        files |= made.files
        replayed += made.replayed
        every += made.alignments
    return BuildReport(
        write_all(files),
        tuple(every),
        tuple(orphan for each in replayed for orphan in each.orphans),
        sum(len(each.applied) for each in replayed),
        tuple(name for each in replayed for name in each.adapted),
    )


@dataclass(frozen=True)
class Made:
    """What belongs to one letter, checked and ready to be written."""

    files: dict[Path, bytes]
    alignments: tuple[Alignment, ...]
    replayed: tuple[Replayed, ...]


def checked_files(
    corpus: Corpus,
    entry: LetterEntry,
    letter: Letter,
    alignments: Sequence[Alignment],
    out: Path,
    *,
    encoder: Encoder,
    decisions: Sequence[Decision] = (),
) -> Made:
    """The engine's `alignments` of a letter with decisions over them, checked with its glossary; its files in `out`.

    Raises AlignerError.
    """
    reviewed = review(corpus, entry, alignments, decisions)
    documents = {item.id: corpus.document(item.document) for item in entry.renderings}
    glossary = corpus.glossary(entry.id)
    terms = read_glossary(glossary) if glossary else ()
    dates = dates_of(corpus, entry)
    final = [each.alignment for each in reviewed]
    checked = check_letter(letter, final, documents, encoder, terms=terms, dates=dates)
    files = letter_files(corpus, entry, letter, checked, out / entry.id)
    # Those of an earlier build are written anew too: decisions are replayed over what stands there.
    known = [(out / entry.id / AUTOMATIC / f"{item.rendering}.json").exists() for item in alignments]
    if final != list(alignments) or any(known):
        alone = check_letter(letter, alignments, documents, encoder, terms=terms, dates=dates)
        files |= automatic_files(alone.alignments, out / entry.id)
    return Made(files, checked.alignments, reviewed)


def automatic_files(alignments: Sequence[Alignment], folder: Path) -> dict[Path, bytes]:
    """The engine's own alignments, for decisions to be replayed over."""
    return {folder / AUTOMATIC / f"{each.rendering}.json": alignment_json.dumps(each).encode() for each in alignments}


def targets(corpus: Corpus, entry: LetterEntry) -> tuple[Target, ...]:
    """The articles of a letter's renderings; where the manifest pins one, only that stretch."""
    found = []
    for item in entry.renderings:
        document = corpus.document(item.document)
        within = None
        if item.from_words and item.to_words:
            stretch = cut(document, item.from_words, item.to_words, item.id)
            within = Span(stretch.start, stretch.end)
        elif item.from_words or item.to_words:
            raise ManifestError(
                "has only one of from and to", where=f"{corpus.folder}: rendering {item.id}", hint="give both or none"
            )
        found.append(Target(item.id, document, item.language, within))
    return tuple(found)


def letter_files(
    corpus: Corpus, entry: LetterEntry, letter: Letter, checked: Checked, folder: Path
) -> dict[Path, bytes]:
    """Every file of one letter with its bytes."""
    tmx = find_format("tmx")
    options = tmx.configure({})
    everything = letter_export(corpus, entry, letter, {item.rendering: item for item in checked.alignments})
    files = {
        folder / "collation.json": collation_json.dumps(letter).encode(),
        folder / COMPARISON: comparison_json.dumps(checked.comparison).encode(),
    }
    for rendering in everything.renderings:
        files[folder / f"{rendering.id}.json"] = alignment_json.dumps(rendering.alignment).encode()
        if tmx.per_rendering is not None:
            files[folder / f"{rendering.id}{tmx.suffix}"] = tmx.per_rendering(everything.only(rendering), options)
    files[folder / f"{letter.id}{tmx.suffix}"] = tmx.per_letter(everything, options)
    read = dict.fromkeys([*(w.document for w in entry.witnesses), *(r.document for r in entry.renderings)])
    files |= {folder / name: data for name, data in stored(map(corpus.extracted, read)).items()}
    return files
