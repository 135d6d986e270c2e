"""The Export page's files: each format for the whole letter and for each rendering."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from aligner.formats import Format, LetterExport, RenderingExport, RenderingInfo
from aligner.model import Letter
from aligner.ui.views.reading import Version, misfit


@dataclass(frozen=True, slots=True)
class File:
    """One file to take away; `format_name` and `title` (a message key) say what it is."""

    format_name: str
    title: str
    name: str
    media_type: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Group:
    """The files of the whole letter (`rendering` is None) or of one rendering of it."""

    rendering: str | None
    count: int
    files: tuple[File, ...]


def downloads(
    letter: Letter, versions: Sequence[Version], formats: Mapping[str, Format]
) -> tuple[tuple[Group, ...], tuple[str, ...]]:
    """Every file with its bytes, and the ids of renderings that cannot be exported (not built, of another text).

    Raises AlignerError when a format refuses the letter.
    """
    ready = [v for v in versions if v.made and not v.problem and not misfit(letter, v.made)]
    left_out = tuple(v.id for v in versions if v not in ready)
    exports = [RenderingExport(v.made.alignment, RenderingInfo(v.outlet, v.date)) for v in ready if v.made]
    if not exports:
        return (), left_out
    whole = LetterExport(letter, tuple(exports))
    groups = [Group(None, len(exports), _files(whole, letter.id, formats, single=False))]
    groups += [Group(each.id, 1, _files(whole.only(each), each.id, formats, single=True)) for each in exports]
    return tuple(groups), left_out


def _files(export: LetterExport, stem: str, formats: Mapping[str, Format], *, single: bool) -> tuple[File, ...]:
    files = []
    for form in formats.values():
        make = form.per_rendering if single else form.per_letter
        if make:
            data = make(export, form.configure({}))
            files.append(File(form.name, form.title, stem + form.suffix, form.media_type, data))
    return tuple(files)


def size(count: int) -> tuple[str, str]:
    """A number of bytes as a message key's end and a number.

    >>> size(512), size(20480), size(3_400_000)
    (('b', '512'), ('kb', '20'), ('mb', '3.4'))
    """
    if count < 1000:
        return "b", str(count)
    if count < 1_000_000:
        return "kb", str(round(count / 1000))
    return "mb", f"{count / 1_000_000:.1f}"
