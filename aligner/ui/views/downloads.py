"""The Export page's files: each format for the whole letter and for each rendering, made when asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from aligner.formats import Format, LetterExport, RenderingExport, RenderingInfo
from aligner.model import Letter
from aligner.ui.views import coverage
from aligner.ui.views.placement import place
from aligner.ui.views.reading import Version, misfit


@dataclass(frozen=True, slots=True)
class File:
    """One file to take away; `make` gives its bytes, or raises AlignerError when the format refuses the letter."""

    format_name: str
    name: str
    media_type: str
    make: Callable[[], bytes]


@dataclass(frozen=True, slots=True)
class Group:
    """The files of the whole letter (`rendering` is None) or of one rendering of it."""

    rendering: str | None
    count: int
    files: tuple[File, ...]


def downloads(
    letter: Letter,
    versions: Sequence[Version],
    formats: Mapping[str, Format],
    words: Callable[[LetterExport], LetterExport] = lambda data: data,
) -> tuple[tuple[Group, ...], tuple[str, ...]]:
    """Every file, and the ids of renderings that cannot be exported (not built, of another text).

    Groups are in the order that renderings have on every page; in a file of all they are in the manifest's.

    `words` adds what reviewers said.

    Raises AlignerError when what was made does not belong to the letter.
    """
    ready = [v for v in versions if v.made and not v.problem and not misfit(letter, v.made)]
    left_out = tuple(v.id for v in versions if v not in ready)
    exports = [RenderingExport(v.made.alignment, RenderingInfo(v.outlet, v.date)) for v in ready if v.made]
    if not exports:
        return (), left_out
    whole = words(LetterExport(letter, tuple(exports)))
    groups = [Group(None, len(exports), _files(whole, letter.id, formats, single=False))]
    order = coverage.ordered({v.id: place(letter, v.made.alignment) for v in ready if v.made})
    ranked = sorted(whole.renderings, key=lambda each: order.index(each.id))
    groups += [Group(each.id, 1, _files(whole.only(each), each.id, formats, single=True)) for each in ranked]
    return tuple(groups), left_out


def _files(export: LetterExport, stem: str, formats: Mapping[str, Format], *, single: bool) -> tuple[File, ...]:
    files = []
    for form in formats.values():
        make = form.per_rendering if single else form.per_letter
        if make:
            made = partial(make, export, form.configure({}))
            files.append(File(form.name, stem + form.suffix, form.media_type, made))
    return tuple(files)
