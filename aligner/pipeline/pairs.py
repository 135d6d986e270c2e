"""Two texts that are known to correspond, sentence lists to beads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from aligner import documents, engines
from aligner.encoders import Encoder
from aligner.engines import Bead, bead_line, check_beads
from aligner.errors import DocumentError, LanguageError, UnknownNameError
from aligner.text.scripts import is_chinese, language_of
from aligner.text.sentences import sentences


@dataclass(frozen=True, slots=True)
class Pairing:
    """The sentences of both sides and the beads between them, each sentence in exactly one."""

    source: tuple[str, ...]
    target: tuple[str, ...]
    languages: tuple[str, str]
    beads: tuple[Bead, ...]

    @property
    def lines(self) -> tuple[str, ...]:
        """The beads as `[0, 1]:[2]:0.973`."""
        return tuple(bead_line(bead) for bead in self.beads)


def pair_lines(
    source: Path, target: Path, *, engine: str | None, encoder: Encoder, languages: tuple[str, str] | None = None
) -> Pairing:
    """Align two files with one sentence a line; blank lines are sentences and keep their number.

    `engine` None is the first registered; without `languages` they are recognised. Raises
    DocumentError for a file that is missing, empty or not UTF-8; UnknownNameError for an unknown engine;
    LanguageError for Chinese that is said to be another language.
    """
    sides = read_lines(source), read_lines(target)
    known = _languages((source, target), ["\n".join(side) for side in sides], languages)
    return _pair(*sides, engine, encoder, known)


def pair_documents(
    source: Path, target: Path, *, engine: str | None, encoder: Encoder, languages: tuple[str, str] | None = None
) -> Pairing:
    """Align two documents that this program splits into sentences; raises what `pair_lines` raises."""
    texts = [documents.load(path).text for path in (source, target)]
    known = _languages((source, target), texts, languages)
    sides = [
        tuple(" ".join(span.of(text).split()) for span in sentences(text, language))
        for text, language in zip(texts, known, strict=True)
    ]
    return _pair(sides[0], sides[1], engine, encoder, known)


def _languages(paths: tuple[Path, Path], texts: Sequence[str], given: tuple[str, str] | None) -> tuple[str, str]:
    """The languages as given, else as recognised; raises LanguageError where rules for Chinese would be left out."""
    seen = (language_of(texts[0]), language_of(texts[1]))
    for path, tag, found in zip(paths, given or (), seen, strict=bool(given)):
        if is_chinese(found) and not is_chinese(tag):
            hint = f"write {found.partition('-')[0]} for it in --languages, or leave --languages out"
            raise LanguageError(f"is said to be in {tag!r}, and is in {found}", where=str(path), hint=hint)
    return given or seen


def read_lines(path: Path) -> tuple[str, ...]:
    """The lines of a UTF-8 file, as `wc -l` counts them and a last one without line end; blank ones too.

    Other characters that end lines (U+2028, form feed) stay inside theirs. Raises DocumentError.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        what = "is a folder, not a file" if path.is_dir() else f"cannot be read: {error.strerror}"
        raise DocumentError(what, where=str(path), hint="give a text file with one sentence a line") from error
    if not data:
        raise DocumentError("is empty", where=str(path), hint="give one sentence a line")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        column = error.start - (data.rfind(b"\n", 0, error.start) + 1) + 1
        raise DocumentError(
            f"is not UTF-8 (byte 0x{data[error.start]:02x})",
            where=f"{path}:{line}:{column}",
            hint="convert it, for instance with: iconv -f GB18030 -t UTF-8",
        ) from error
    lines = text.removesuffix("\n").split("\n")
    return tuple(line.removesuffix("\r") for line in lines)


def _pair(
    source: Sequence[str],
    target: Sequence[str],
    engine: str | None,
    encoder: Encoder,
    languages: tuple[str, str],
) -> Pairing:
    name = engine or next(iter(engines.ENGINES))
    if name not in engines.ENGINES:
        raise UnknownNameError("engine", name, engines.ENGINES)
    beads = engines.ENGINES[name].beads(source, target, encoder, languages)
    return Pairing(tuple(source), tuple(target), languages, check_beads(beads, len(source), len(target)))
