"""What every format promises, run over the whole registry."""

from __future__ import annotations

import doctest
import importlib
import io
import pkgutil
import re
import tracemalloc
import weakref
import zipfile
from collections.abc import Iterator
from dataclasses import FrozenInstanceError, fields
from pathlib import Path

import openpyxl
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from support_formats import alignment_of, letter_of, letters_with_alignments

import aligner.formats
from aligner.errors import AlignmentError, UnknownNameError
from aligner.formats import FORMATS, Comment, Format, LetterExport, RenderingExport, RenderingInfo, find_format
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


def judged(alignment: Alignment, info: RenderingInfo) -> RenderingExport:
    """Every target segment marked as an error, scored and commented, with hostile words of the reviewer's."""
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
        for segment in alignment.target_segments
    )
    scores = tuple(EsaScore("r", alignment.rendering, 50, segment.id) for segment in alignment.source_segments)
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


def letters(count: int, seen: list[weakref.ref[Alignment]]) -> Iterator[LetterExport]:
    """Letters of 500 sentences, one at a time; `seen` tells which of them are still held."""
    texts = [f"Sentence {number} <&> of this letter is here." for number in range(500)]
    chinese = [f"第{number}句𠮷在这里。" for number in range(500)]
    letter = letter_of(texts)
    for number in range(count):
        alignment = alignment_of(letter, chinese, rendering=f"r{number}")
        seen.append(weakref.ref(alignment))
        yield LetterExport(letter, (judged(alignment, RenderingInfo()),))


@every_format
def test_what_is_written_in_pieces_is_the_whole(form: Format) -> None:
    if form.chunks is not None:
        options = form.configure({})
        assert b"".join(form.chunks([hostile()], options)) == form.per_letter(hostile(), options)


@every_format
def test_ten_thousand_units_are_written_without_keeping_a_letter_or_what_was_written(form: Format) -> None:
    if form.chunks is None:
        return
    seen: list[weakref.ref[Alignment]] = []
    written, early, held = 0, 0, 0
    for chunk in form.chunks(letters(20, seen), form.configure({})):
        written += len(chunk)
        early += len(chunk) if len(seen) < 20 else 0
        held = max(held, sum(reference() is not None for reference in seen))
    assert held <= 2
    # TMX begins with what is known last and waits in a file; benchmarks/exchange.py measures its memory.
    # Parquet ends with an index, 4 KB for each letter.
    assert early > 0.8 * written or form.name == "tmx"


def test_memory_does_not_grow_with_a_memory_of_letters() -> None:
    tmx = FORMATS["tmx"]
    assert tmx.chunks is not None
    peaks = []
    for count in (1, 2, 8):  # the first loads what is loaded once
        tracemalloc.start()
        for _ in tmx.chunks(letters(count, []), tmx.configure({})):
            pass
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[2] < peaks[1] + 4 * 1024 * 1024  # what waits in memory, three quarters of its limit


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
