"""A manifest as TOML: `parse(write(m)) == m` for every manifest that `parse` gives."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from aligner.corpus.manifest import DocumentEntry, LetterEntry, Manifest, RenderingEntry, WitnessEntry

Value = str | bool | tuple[str, ...] | None


def write(manifest: Manifest, head: Iterable[str] = ()) -> str:
    """`manifest` as a file that `parse` reads; `head` are lines of a comment above it. What is empty is left out."""
    blocks = [[f"# {line}".rstrip() for line in head]]
    blocks += [_table("document", _document(entry)) for entry in manifest.documents]
    for letter in manifest.letters:
        blocks.append(_table("letter", _letter(letter)))
        blocks += [_table("letter.witnesses", _witness(entry)) for entry in letter.witnesses]
        blocks += [_table("letter.renderings", _rendering(entry)) for entry in letter.renderings]
    return "\n\n".join("\n".join(lines) for lines in blocks if lines) + "\n"


def _table(name: str, pairs: Iterator[tuple[str, Value]]) -> list[str]:
    return [f"[[{name}]]", *(f"{key} = {_toml(value)}" for key, value in pairs if value)]


def _toml(value: Value) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple):
        return "[" + ", ".join(_toml(item) for item in value) + "]"
    # A string of JSON is one of TOML, but for DEL, which TOML wants escaped, and halves of characters, which it lacks.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _document(entry: DocumentEntry) -> Iterator[tuple[str, Value]]:
    yield "file", entry.file
    yield "sha256", entry.sha256
    yield "encoding", entry.encoding
    yield "title", entry.title
    yield "url", entry.url
    yield "outlet", entry.outlet
    yield "date", entry.date


def _letter(entry: LetterEntry) -> Iterator[tuple[str, Value]]:
    yield "id", entry.id
    yield "title", entry.title
    yield "author", entry.author
    yield "date", entry.date
    yield "language", entry.language
    yield "rejected_emendations", entry.rejected_emendations
    yield "archived", entry.archived


def _witness(entry: WitnessEntry) -> Iterator[tuple[str, Value]]:
    yield "id", entry.id
    yield "document", entry.document
    yield "from", entry.from_words
    yield "to", entry.to_words
    yield "base", entry.base


def _rendering(entry: RenderingEntry) -> Iterator[tuple[str, Value]]:
    yield "id", entry.id
    yield "document", entry.document
    yield "language", entry.language
    yield "outlet", entry.outlet
    yield "date", entry.date
    yield "from", entry.from_words
    yield "to", entry.to_words
