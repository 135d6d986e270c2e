"""Any letter and any articles, without a manifest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from aligner import documents
from aligner.encoders import Encoder
from aligner.errors import AlignerError, LanguageError
from aligner.model import Alignment, Document, Letter, Witness
from aligner.pipeline.letters import Progress, Target, align_letters, silent
from aligner.text.scripts import language_of
from aligner.witnesses import Lexicon, cut, read_letter


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
) -> tuple[Letter, tuple[Alignment, ...]]:
    """Align the letter in `source` with every article of `targets`; one alignment per target.

    Without `from_words` and `to_words` the whole source is the letter. Letter id: the source's stem
    unless given; rendering ids: the targets' stems. Raises AlignerError: DocumentError for what cannot
    be read, WitnessError when the words are not there, LanguageError for the wrong language.
    """
    _check_paths(source, targets, pinned=from_words is not None)
    total = len(targets) + 1
    progress(f"reading {source.name}", 0, total)
    letter = read_source(documents.load(source, encoding=encoding), letter_id or source.stem, from_words, to_words)
    work = []
    for number, path in enumerate(targets, 1):
        progress(f"reading {path.name}", number, total)
        document = documents.load(path, encoding=encoding)
        work.append(Target(path.stem, document, _language_of_target(document, letter)))
    return letter, align_letters([(letter, tuple(work))], encoder, progress=progress)[0]


def read_source(document: Document, letter_id: str, from_words: str | None, to_words: str | None) -> Letter:
    """The letter cut from `document` by its first and last words, or the whole of it.

    Raises WitnessError when the words are not there, LanguageError when it is not English.
    """
    if (from_words is None) != (to_words is None):
        raise AlignerError(
            "only one end of the letter is given", where=document.name, hint="give --source-from and --source-to"
        )
    if from_words is not None and to_words is not None:
        witness = cut(document, from_words, to_words, "source")
    else:
        start = len(document.text) - len(document.text.lstrip())
        witness = Witness("source", document, start, len(document.text.rstrip()))
    if not any(character.isalnum() for character in witness.text):
        raise LanguageError("has no words", where=document.name, hint="the source is the English letter")
    language = language_of(witness.text)
    if language != "en":
        hint = "the source is the English letter"
        if from_words is None:
            hint += "; if it stands inside this file, give --source-from and --source-to"
        raise LanguageError(f"is in {name_of(language)}, not in English", where=document.name, hint=hint)
    return read_letter(letter_id, [witness], language=language, lexicon=Lexicon.load())


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
