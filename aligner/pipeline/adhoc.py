"""Any letter and any articles, without a manifest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

from aligner import documents
from aligner.documents import Extracted
from aligner.encoders import Encoder
from aligner.engines import Target
from aligner.errors import AlignerError, LanguageError
from aligner.model import Alignment, Document, Letter
from aligner.pipeline.checking import check_letter
from aligner.pipeline.letters import Progress, align_letters, silent
from aligner.text.scripts import language_of
from aligner.witnesses import letter_from_document


def align_files(
    source: Path,
    targets: Sequence[Path],
    *,
    encoder: Encoder,
    letter_id: str | None = None,
    from_words: str | None = None,
    to_words: str | None = None,
    encoding: str | None = None,
    progress: Progress = silent,
    keep: Callable[[Extracted], object] = lambda _: None,
) -> tuple[Letter, tuple[Alignment, ...]]:
    """Align the letter in `source` with every article of `targets`, and check; one alignment per target.

    Without `from_words` and `to_words` the letter is found in the source. Letter id: the source's stem
    unless given; rendering ids: the targets' stems. `keep` is given every document with how it was read.
    Raises AlignerError: DocumentError for what cannot be read, WitnessError when the words are not there,
    LanguageError for the wrong language.
    """
    _check_paths(source, targets, pinned=bool(from_words or to_words))
    total = len(targets) + 1
    progress(f"reading {source.name}", 0, total)
    letter = read_source(_load(source, encoding, keep), letter_id or source.stem, from_words, to_words)
    work = []
    for number, path in enumerate(targets, 1):
        progress(f"reading {path.name}", number, total)
        document = _load(path, encoding, keep)
        work.append(Target(path.stem, document, _language_of_target(document, letter)))
    aligned = align_letters([(letter, tuple(work))], encoder, progress=progress)[0]
    checked = check_letter(letter, aligned, {target.rendering: target.document for target in work}, encoder)
    return letter, checked.alignments


def _load(path: Path, encoding: str | None, keep: Callable[[Extracted], object]) -> Document:
    extracted = documents.load_extracted(path, encoding=encoding)
    keep(extracted)
    return extracted.document


def read_source(document: Document, letter_id: str, from_words: str | None, to_words: str | None) -> Letter:
    """The letter in `document`: between the words given, or found by how letters look.

    Raises WitnessError when the words are not there or nothing looks like a letter's text,
    LanguageError when it is not English.
    """
    letter = letter_from_document(document, id=letter_id, from_words=from_words, to_words=to_words)
    if letter.language != "en":
        hint = "the source is the English letter; were --source and --target given the wrong way round?"
        raise LanguageError(f"is in {name_of(letter.language)}, not in English", where=document.name, hint=hint)
    return letter


def _language_of_target(document: Document, letter: Letter) -> str:
    language = language_of(document.text)
    if not language.startswith("zh"):
        hint = "a target is an article in Chinese"
        if language == letter.language:
            hint += "; were --source and --target given the wrong way round?"
        raise LanguageError(f"is in {name_of(language)}, not in Chinese", where=document.name, hint=hint)
    return language


NAMES = {
    "en": "English",
    "zh-Hans": "Chinese",
    "zh-Hant": "Chinese",
    "ja": "Japanese",
    "ko": "Korean",
    "de": "German",
    "fr": "French",
    "es": "Spanish",
    "it": "Italian",
    "pt": "Portuguese",
    "nl": "Dutch",
    "ru": "Russian",
    "ar": "Arabic",
    "und": "no language known here",
}


def name_of(language: str) -> str:
    """The English name of a language tag."""
    return NAMES.get(language, repr(language))


def _check_paths(source: Path, targets: Sequence[Path], *, pinned: bool) -> None:
    if not targets:
        raise AlignerError("no article to align with", hint="give at least one --target")
    stem, count = Counter(path.stem.casefold() for path in targets).most_common(1)[0]
    if count > 1:
        same = " and ".join(str(path) for path in targets if path.stem.casefold() == stem)
        raise AlignerError(
            f"{same} would both be written to {stem}.json", hint="rename one, or align them into different --out"
        )
    # One document may well carry the letter and a rendering of it, but then the letter must be pinned.
    for path in targets:
        if not pinned and path.resolve() == source.resolve():
            raise AlignerError(
                "is both the source and a target",
                where=str(path),
                hint="give the English letter as --source, or say where it stands with --source-from and --source-to",
            )
