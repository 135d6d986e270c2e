"""What every format promises, run over the whole registry."""

from __future__ import annotations

import doctest
import importlib
import pkgutil
import re
from dataclasses import FrozenInstanceError, fields
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from support_formats import alignment_of, letter_of, letters_with_alignments

import aligner.formats
from aligner.errors import AlignmentError, UnknownNameError
from aligner.formats import FORMATS, Format, LetterExport, RenderingExport, RenderingInfo, find_format
from aligner.model import Alignment, Letter

DOCS = (Path(__file__).parent.parent / "docs" / "formats.md").read_text(encoding="utf-8")
every_format = pytest.mark.parametrize("form", FORMATS.values(), ids=FORMATS.keys())
HOSTILE = ["<b>&amp;</b> ]]> \"'", "𠮷👩‍👩‍👧", "a\tb\nc", "\x01ctrl\x00"]


def hostile() -> LetterExport:
    letter = letter_of(HOSTILE)
    info = RenderingInfo("<&>", "", "\x02")
    return LetterExport(
        letter,
        tuple(RenderingExport(alignment_of(letter, HOSTILE, rendering=name), info) for name in ("a", "b")),
    )


@every_format
def test_hostile_texts_are_written_as_utf8(form: Format) -> None:
    text = form.per_letter(hostile(), form.configure({})).decode("utf-8")
    assert text.count("𠮷👩‍👩‍👧") >= 2
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f]", text)


@every_format
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pair=letters_with_alignments())
def test_the_same_values_give_the_same_bytes(form: Format, pair: tuple[Letter, Alignment]) -> None:
    export = LetterExport(pair[0], (RenderingExport(pair[1]),))
    data = form.per_letter(export, form.configure({}))
    assert data
    assert data == form.per_letter(export, form.configure({}))


@every_format
def test_a_letter_without_renderings_is_written(form: Format) -> None:
    assert form.per_letter(LetterExport(letter_of(["One."]), ()), form.configure({}))


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
    with pytest.raises(UnknownNameError, match="unknown format 'odt'; known: csv, csv-long, json, tmx"):
        find_format("odt")


def test_an_alignment_of_another_letter_is_refused() -> None:
    letter = letter_of(["One."])
    other = Letter("other", "en", letter.base, letter.segments, letter.readings)
    with pytest.raises(AlignmentError, match="rendering robot-a: is of letter robot, not of other"):
        LetterExport(other, (RenderingExport(alignment_of(letter, ["一"])),))


@pytest.mark.parametrize("name", [module.name for module in pkgutil.iter_modules(aligner.formats.__path__)])
def test_examples_in_docstrings_run(name: str) -> None:
    assert doctest.testmod(importlib.import_module(f"aligner.formats.{name}")).failed == 0
