"""What every format promises, run over the whole registry."""

from __future__ import annotations

import doctest
import importlib
import io
import pkgutil
import re
import resource
import tracemalloc
import weakref
import zipfile
from collections.abc import Iterator
from dataclasses import FrozenInstanceError, fields, replace
from pathlib import Path

import openpyxl
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from support_formats import alignment_of, letter_of, letters_with_alignments

import aligner.formats
from aligner.errors import AlignmentError, UnknownNameError
from aligner.formats import FORMATS, Comment, Format, LetterExport, RenderingExport, RenderingInfo, find_format
from aligner.formats.pieces import SPOOLED
from aligner.model import Alignment, Letter, Quoted
from aligner.review.annotations import ErrorAnnotation, EsaScore

DOCS = (Path(__file__).parent.parent / "docs" / "formats.md").read_text(encoding="utf-8")
every_format = pytest.mark.parametrize("form", FORMATS.values(), ids=FORMATS.keys())
PICTURE = re.compile(r"\.(jpe?g|png)$")
HOSTILE = ["<b>&amp;</b> ]]> \"'", "𠮷👩‍👩‍👧", "a\tb\nc", "\x01ctrl\x00"]


def hostile() -> LetterExport:
    letter = letter_of(HOSTILE)
    info = RenderingInfo("<&>", "", "\x02")
    return LetterExport(letter, tuple(judged(alignment_of(letter, HOSTILE, rendering=name), info) for name in "ab"))


def judged(alignment: Alignment, info: RenderingInfo, every: int = 1) -> RenderingExport:
    """`every` so many a target segment is marked as an error and scored, with hostile words of the reviewer's."""
    annotations = tuple(
        ErrorAnnotation(
            f"e{segment.id}",
            "<r>\x01",
            alignment.rendering,
            "mqm-core",
            "2.0",
            "accuracy/mistranslation",
            "major",
            target=(Quoted(segment.start, segment.end, segment.text),),
            comment="\x02<i>&amp;</i>\t\n",
            correction="=1+1",
        )
        for segment in alignment.target_segments[::every]
    )
    scores = tuple(EsaScore("r", alignment.rendering, 50, segment.id) for segment in alignment.source_segments[::every])
    return RenderingExport(alignment, info, annotations, scores, (Comment("r", "</p>\x03", alignment.links[0].id),))


def texts(form: Format, data: bytes) -> str:
    """All text of a file: of one that is no text, of what is packed in it or of its table."""
    if not form.binary:
        return data.decode("utf-8")
    if "parquet" in form.name:
        return pq.read_table(io.BytesIO(data)).to_pandas().to_csv()  # type: ignore[no-any-return]
    if form.name == "xlsx":
        sheets = openpyxl.load_workbook(io.BytesIO(data), read_only=True)
        return "\n".join(str(cell) for sheet in sheets for row in sheet.values for cell in row)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return "".join(archive.read(name).decode("utf-8") for name in archive.namelist() if not PICTURE.search(name))


@every_format
def test_hostile_texts_are_written_as_utf8(form: Format) -> None:
    text = texts(form, form.per_letter(hostile(), form.configure({})))
    assert text.count("𠮷👩‍👩‍👧") >= 2
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f]", text)


SLOW = ("docx", "xlsx")
"""Formats whose libraries take a tenth of a second for the smallest file."""


@pytest.mark.parametrize("form", [f for f in FORMATS.values() if f.name not in SLOW], ids=lambda form: form.name)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(pair=letters_with_alignments())
def test_the_same_values_give_the_same_bytes(form: Format, pair: tuple[Letter, Alignment]) -> None:
    gives_the_same_bytes(form, pair)


@pytest.mark.parametrize("form", [FORMATS[name] for name in SLOW], ids=SLOW)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=20)
@given(pair=letters_with_alignments())
def test_the_same_values_give_the_same_office_files(form: Format, pair: tuple[Letter, Alignment]) -> None:
    gives_the_same_bytes(form, pair)


def gives_the_same_bytes(form: Format, pair: tuple[Letter, Alignment]) -> None:
    export = LetterExport(pair[0], (RenderingExport(pair[1]),))
    data = form.per_letter(export, form.configure({}))
    assert data or form.media_type == "application/jsonl"  # a line for each thing that there is
    assert data == form.per_letter(export, form.configure({}))


SENTENCES = 500
"""Sentences of each letter of the memories of letters below."""


def letters(count: int, seen: list[weakref.ref[Alignment]], form: Format) -> Iterator[LetterExport]:
    """Letters one at a time; `seen` tells which of them are still held."""
    texts = [f"Sentence {number} <&> of this letter is here." for number in range(SENTENCES)]
    chinese = [f"第{number}句𠮷在这里。" for number in range(SENTENCES)]
    letter = letter_of(texts)
    for number in range(count):
        # Columns of the wide tables are named after renderings.
        alignment = alignment_of(letter, chinese, rendering="r" if form.name in WIDE else f"r{number}")
        seen.append(weakref.ref(alignment))
        yield LetterExport(letter, (judged(alignment, RenderingInfo(), 10),))


WIDE = ("csv", "tsv", "parquet")
"""Formats whose letters must have the same renderings."""
WAITING = ("tmx", "xliff-its", "xlsx", "docx", "beads", "intertext")
"""Formats that begin with what is known last: all waits on disk, so nothing is handed on before the last letter."""
GROWTH = 8 * 1024 * 1024
"""Bytes that writing ten times as much may take more: what waits before the disk takes it, and what the system rounds.

The letters of 9,000 units more take 30 MB as values; that no piece of a smaller file is kept, `early` tells.
"""


@every_format
def test_what_is_written_in_pieces_is_the_whole(form: Format) -> None:
    options = form.configure({})
    assert b"".join(form.chunks([hostile()], options)) == form.per_letter(hostile(), options)


def resident() -> int:
    """Bytes of memory that this process has, 0 where the system does not say."""
    path = Path("/proc/self/statm")
    return int(path.read_text().split()[1]) * resource.getpagesize() if path.exists() else 0


@every_format
def test_ten_thousand_units_are_written_in_memory_that_does_not_grow(form: Format) -> None:
    options = form.configure({})
    form.per_letter(hostile(), options)  # loads what is loaded once
    seen: list[weakref.ref[Alignment]] = []
    written, early, held, first = 0, 0, 0, 0

    def watched() -> Iterator[LetterExport]:
        nonlocal first, held
        for number, export in enumerate(letters(20, seen, form)):
            first = resident() if number == 2 else first  # 1,000 units are written
            held = max(held, sum(reference() is not None for reference in seen))
            yield export

    for chunk in form.chunks(watched(), options):
        written += len(chunk)
        early += len(chunk) if len(seen) < 20 else 0
    assert resident() - first < GROWTH
    assert held <= 2
    # Parquet ends with an index, 4 KB for each letter.
    assert early > 0.8 * written or form.name in WAITING


@pytest.mark.soak
@every_format
def test_python_holds_no_more_for_ten_thousand_units_than_for_a_thousand(form: Format) -> None:
    peaks = []
    for count in (1, 2, 20):  # the first loads what is loaded once
        tracemalloc.start()
        for _ in form.chunks(letters(count, [], form), form.configure({})):
            pass
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[2] < peaks[1] + 3 * SPOOLED


@pytest.mark.parametrize("name", WIDE)
def test_a_wide_table_of_letters_with_other_renderings_is_refused(name: str) -> None:
    letter = letter_of(["One."])
    both = [LetterExport(letter, (RenderingExport(alignment_of(letter, ["一"], rendering=n)),)) for n in "ab"]
    with pytest.raises(AlignmentError, match="letter robot: has other renderings than the letter before it"):
        b"".join(FORMATS[name].chunks(both, FORMATS[name].configure({})))


@pytest.mark.parametrize("name", ["tmx", "beads", "intertext"])
def test_two_letters_with_a_rendering_of_one_name_are_refused(name: str) -> None:
    with pytest.raises(AlignmentError, match="rendering a: two letters have a rendering of this id"):
        b"".join(FORMATS[name].chunks([hostile(), hostile()], FORMATS[name].configure({})))


@pytest.mark.parametrize("name", [name for name in FORMATS if name not in WIDE])
def test_several_letters_stand_in_one_file(name: str) -> None:
    form = FORMATS[name]
    first = hostile()
    others = tuple(judged(replace(each.alignment, rendering=f"{each.id}2"), each.info) for each in first.renderings)
    text = texts(form, b"".join(form.chunks([first, LetterExport(first.letter, others)], form.configure({}))))
    mark = "𠮷" if form.holds != "judgements" or form.name == "pearmut" else "<r>"
    assert text.count(mark) == 2 * texts(form, form.per_letter(first, form.configure({}))).count(mark) > 0


@every_format
def test_a_long_letter_is_written(form: Format) -> None:
    letter = letter_of([f"Sentence {number} of this long letter." for number in range(2_000)])
    export = LetterExport(
        letter, (judged(alignment_of(letter, [f"第{n}句。" for n in range(2_000)]), RenderingInfo()),)
    )
    assert "第1999句。" in texts(form, form.per_letter(export, form.configure({})))


@every_format
def test_a_letter_without_renderings_is_written(form: Format) -> None:
    data = form.per_letter(LetterExport(letter_of(["One."]), ()), form.configure({}))
    assert data or form.media_type == "application/jsonl"  # a line for each thing that there is


@every_format
def test_one_rendering_is_written_alone(form: Format) -> None:
    export = hostile()
    if form.per_rendering is not None:
        one, two = (form.per_rendering(export.only(each), form.configure({})) for each in export.renderings)
        assert one != two


@every_format
def test_it_says_what_it_is(form: Format) -> None:
    assert FORMATS[form.name] is form
    assert re.fullmatch(r"(\.[a-z]+)+", form.suffix)
    assert re.fullmatch(r"[a-z]+/[a-z+.-]+", form.media_type)
    assert re.fullmatch(r"format\.[a-z_]+", form.title)
    assert f"## `{form.name}`" in DOCS


@every_format
def test_its_options_are_frozen_and_documented(form: Format) -> None:
    options = form.configure({})
    for item in fields(options):
        assert f"`{item.name}`" in DOCS
        with pytest.raises(FrozenInstanceError):
            setattr(options, item.name, None)


@every_format
def test_an_unknown_setting_is_refused(form: Format) -> None:
    with pytest.raises(UnknownNameError, match=f"format {form.name}: unknown setting 'colour'"):
        form.configure({"colour": "red"})


def test_suffixes_tell_formats_apart() -> None:
    suffixes = [form.suffix for form in FORMATS.values()]
    assert len(set(suffixes)) == len(suffixes)


def test_an_unknown_format_is_answered_with_the_known_ones() -> None:
    with pytest.raises(UnknownNameError, match=r"unknown format 'odt'; known: .*csv, csv-long, .*json, .*tmx"):
        find_format("odt")


def test_an_alignment_of_another_letter_is_refused() -> None:
    letter = letter_of(["One."])
    other = Letter("other", "en", letter.base, letter.segments, letter.readings)
    with pytest.raises(AlignmentError, match="rendering robot-a: is of letter robot, not of other"):
        LetterExport(other, (RenderingExport(alignment_of(letter, ["一"])),))


MODULES = [module.name for module in pkgutil.walk_packages(aligner.formats.__path__, "aligner.formats.")]


@pytest.mark.parametrize("name", MODULES)
def test_examples_in_docstrings_run(name: str) -> None:
    assert doctest.testmod(importlib.import_module(name)).failed == 0
