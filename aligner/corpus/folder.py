"""A corpus: a manifest's folder with its documents and what was made of them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from importlib import resources
from pathlib import Path

from aligner import documents
from aligner.comparison import Comparison
from aligner.corpus.manifest import MANIFEST, DocumentEntry, LetterEntry, Manifest, RenderingEntry, parse
from aligner.errors import DocumentError, ManifestError, UnknownNameError
from aligner.formats import alignment_json, comparison_json
from aligner.model import Alignment, Document, Letter
from aligner.witnesses import Lexicon, cut, read_letter

COMPARISON = "comparison.json"
"""The name of a letter's comparison in its folder."""

AUTOMATIC = "auto"
"""The folder in a letter's, with the engine's alignments of renderings that reviewers changed."""

GLOSSARY = "glossary.csv"
"""The name of a letter's glossary in its folder: terms and their renderings, which its checks use."""

MOST_KEPT = 32
"""So many alignments are kept, those asked for last: all of a letter that is worked on, few of a large corpus."""

Stamp = tuple[int, int, int]


@dataclass(frozen=True)
class Corpus:
    """A manifest's folder: documents, letters and alignments, read when asked for and kept by this instance."""

    folder: Path
    manifest: Manifest

    @classmethod
    def open(cls, folder: Path | None = None) -> Corpus:
        """The corpus in `folder`; without one ./corpus, else the one that came with the program.

        Raises ManifestError when there is no manifest or it is faulty (see `parse`).
        """
        place = folder if folder is not None else _default_folder()
        path = place / MANIFEST
        try:
            text = path.read_text(encoding="utf-8-sig")
        except FileNotFoundError as error:
            hint = f"create {MANIFEST} there, or name another folder"
            raise ManifestError("no manifest", where=str(path), hint=hint) from error
        except UnicodeDecodeError as error:
            raise ManifestError(f"not UTF-8: {error}", where=str(path), hint="save it as UTF-8") from error
        except OSError as error:
            raise ManifestError(f"cannot be read: {error.strerror}", where=str(path)) from error
        return cls(place, parse(text, str(path)))

    @property
    def seeds(self) -> Path:
        """The first folder that documents are looked for in, of those that exist."""
        return next((place for place in self._places if place.is_dir()), self.folder)

    def document(self, file: str) -> Document:
        """The document `file` of the manifest.

        Raises UnknownNameError when the manifest has none of this name, DocumentError when it is
        missing, cannot be read, or is not the one whose sha256 the manifest states.
        """
        return self.extracted(file).document

    def extracted(self, file: str) -> documents.Extracted:
        """The same with how it was read; raises what `document` raises."""
        if file not in self._documents:
            self._documents[file] = self._load(self._entry(file))
        return self._documents[file]

    def letter(self, letter_id: str) -> Letter:
        """The letter with its collated witnesses and emendations; its `id` as in the manifest.

        Raises UnknownNameError, WitnessError when a witness cannot be cut, and what `document` raises.
        """
        return self.letter_without(letter_id, self.entry(letter_id).rejected_emendations)

    def letter_without(self, letter_id: str, rejected: tuple[str, ...]) -> Letter:
        """`letter` with the emendations of these ids rejected, and no others, whatever the manifest rejects."""
        key = (letter_id, rejected)
        if key not in self._letters:
            self._letters[key] = self._read_letter(letter_id, rejected)
        return self._letters[key]

    def _read_letter(self, letter_id: str, rejected: tuple[str, ...]) -> Letter:
        entry = self.entry(letter_id)
        ordered = sorted(entry.witnesses, key=lambda witness: not witness.base)
        return read_letter(
            entry.id,
            [cut(self.document(w.document), w.from_words, w.to_words, w.id) for w in ordered],
            language=entry.language,
            title=entry.title,
            author=entry.author,
            date=entry.date,
            rejected=rejected,
            lexicon=self._lexicon,
        )

    def alignment(self, letter_id: str, rendering_id: str) -> Alignment | None:
        """The alignment made of a rendering, None when none was made yet.

        Raises UnknownNameError; DocumentError or AlignmentError when the file is broken.
        """
        return self._alignment(self.folder / letter_id / f"{self.rendering(letter_id, rendering_id).id}.json")

    def automatic(self, letter_id: str, rendering_id: str) -> Alignment | None:
        """The engine's own alignment of a rendering, where reviewers changed it too; otherwise as `alignment`."""
        name = f"{self.rendering(letter_id, rendering_id).id}.json"
        found = self._alignment(self.folder / letter_id / AUTOMATIC / name)
        return found or self._alignment(self.folder / letter_id / name)

    def rendering(self, letter_id: str, rendering_id: str) -> RenderingEntry:
        """What the manifest says of a rendering; raises UnknownNameError."""
        entries = self.entry(letter_id).renderings
        for entry in entries:
            if entry.id == rendering_id:
                return entry
        raise UnknownNameError("rendering", rendering_id, [e.id for e in entries], where=f"letter {letter_id}")

    def comparison(self, letter_id: str) -> Comparison | None:
        """What was found in all renderings of a letter together, None when nothing was yet.

        Raises UnknownNameError; DocumentError or AlignmentError when the file is broken.
        """
        path = self.folder / self.entry(letter_id).id / COMPARISON
        text = _made(path)
        return None if text is None else comparison_json.loads(text, str(path))

    def glossary(self, letter_id: str) -> Path | None:
        """The file of a letter's glossary, None when it has none; raises UnknownNameError."""
        path = self.folder / self.entry(letter_id).id / GLOSSARY
        return path if path.is_file() else None

    def alignments(self, letter_id: str) -> dict[str, Alignment]:
        """The alignments that were made of a letter's renderings, by rendering, in the manifest's order."""
        every = {r.id: self.alignment(letter_id, r.id) for r in self.entry(letter_id).renderings}
        return {name: alignment for name, alignment in every.items() if alignment is not None}

    def entry(self, letter_id: str) -> LetterEntry:
        """What the manifest says of a letter; raises UnknownNameError."""
        for entry in self.manifest.letters:
            if entry.id == letter_id:
                return entry
        known = [entry.id for entry in self.manifest.letters]
        raise UnknownNameError("letter", letter_id, known, where=str(self.folder / MANIFEST))

    def _alignment(self, path: Path) -> Alignment | None:
        """Read again when the file changed; a page asks for the same one several times in a row."""
        stamp, kept = _stamp(path), self._alignments.pop(path, None)
        if kept is None or stamp is None or kept[0] != stamp:
            text = _made(path)
            if text is None:
                return None
            kept = (stamp, alignment_json.loads(text, str(path)))
        self._alignments[path] = kept
        if len(self._alignments) > MOST_KEPT:
            self._alignments.pop(list(self._alignments)[0], None)  # noqa: RUF015 - in one step: sessions share this
        return kept[1]

    @cached_property
    def _alignments(self) -> dict[Path, tuple[Stamp | None, Alignment]]:
        return {}

    @cached_property
    def _documents(self) -> dict[str, documents.Extracted]:
        return {}

    @cached_property
    def _letters(self) -> dict[tuple[str, tuple[str, ...]], Letter]:
        return {}

    @cached_property
    def _lexicon(self) -> Lexicon:
        return Lexicon.load()

    @property
    def _places(self) -> tuple[Path, ...]:
        return self.folder.absolute().parent / "seeds", self.folder / "documents", self.folder

    def _entry(self, file: str) -> DocumentEntry:
        for entry in self.manifest.documents:
            if entry.file == file:
                return entry
        known = [entry.file for entry in self.manifest.documents]
        raise UnknownNameError("document", file, known, where=str(self.folder / MANIFEST))

    def _load(self, entry: DocumentEntry) -> documents.Extracted:
        path = next((place / entry.file for place in self._places if (place / entry.file).is_file()), None)
        if path is None:
            hint = f"looked in {', '.join(str(place) for place in self._places)}"
            raise DocumentError("document is missing", where=entry.file, hint=hint)
        extracted = documents.load_extracted(path, encoding=entry.encoding)
        if entry.sha256 and extracted.document.sha256 != entry.sha256:
            raise DocumentError(
                f"sha256 is {extracted.document.sha256}, the manifest says {entry.sha256}",
                where=str(path),
                hint=f"restore the file; if the change is meant, write the new sha256 into {self.folder / MANIFEST}",
            )
        return extracted


def _default_folder() -> Path:
    here = Path("corpus")
    if (here / MANIFEST).is_file():
        return here
    package = Path(str(resources.files("aligner")))
    packaged = package / "data" / "corpus"
    return packaged if (packaged / MANIFEST).is_file() else package.parent / "corpus"


def _stamp(path: Path) -> Stamp | None:
    """What changes when a file does; None when there is none, or it cannot be looked at."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino


def _made(path: Path) -> str | None:
    """The text of a file that the program made, None when there is none yet; raises DocumentError."""
    try:
        return path.read_text(encoding="utf-8")
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, UnicodeDecodeError) as error:
        hint = "make it again with `aligner build`"
        raise DocumentError(f"cannot be read: {error}", where=str(path), hint=hint) from error
