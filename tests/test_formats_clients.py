"""Our files in programs that other people use; each part that is missing is skipped with a word."""

from __future__ import annotations

import csv
import os
import shutil
import subprocess
import sys
import warnings
from pathlib import Path

import needs
import pytest
from support_formats import alignment_of, letter_of

from aligner.corpus import Corpus
from aligner.formats import FORMATS, LetterExport, RenderingExport
from aligner.pipeline import exporting

TEXTS = ["=1+1", "007", "@SUM(A1)", "<b>&amp;</b>", "𠮷👩‍👩‍👧"]


def hostile() -> LetterExport:
    letter = letter_of(TEXTS)
    return LetterExport(letter, tuple(RenderingExport(alignment_of(letter, TEXTS, rendering=name)) for name in "ab"))


def seeds() -> list[LetterExport]:
    corpus = Corpus.open()
    found = []
    for entry in corpus.manifest.letters:
        letter, alignments = exporting.built(corpus, entry.id)
        found.append(exporting.letter_export(corpus, entry, letter, alignments))
    return found


def written(name: str, export: LetterExport, folder: Path) -> Path:
    form = FORMATS[name]
    path = folder / f"file{form.suffix}"
    path.write_bytes(form.per_letter(export, form.configure({})))
    return path


def links(export: LetterExport) -> int:
    return sum(len(each.alignment.links) for each in export.renderings)


def test_translate_toolkit_loads_the_xliff_of_both_kinds(tmp_path: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from translate.storage import xliff, xliff2
    for export in (hostile(), *seeds()):
        old = xliff.xlifffile.parsefile(str(written("xliff", export, tmp_path)))
        units = [unit for unit in old.units if not unit.isheader()]
        assert len(units) == links(export)
        assert all(str(unit.source) and str(unit.target) for unit in units)
        new = xliff2.Xliff2File.parsefile(str(written("xliff-its", export, tmp_path)))
        assert len(new.units) == links(export)


def test_perls_tmx_reader_finds_every_unit(tmp_path: Path) -> None:
    needs.need("perltmx")
    for export in seeds():
        done = subprocess.run(["tmxwc", written("tmx", export, tmp_path)], capture_output=True, text=True, check=True)
        assert f" {links(export)} tu" in done.stdout


@pytest.mark.parametrize("name", ["csv-long", "xlsx"])
def test_libreoffice_runs_no_formula_and_keeps_zeros(name: str, tmp_path: Path) -> None:
    needs.need("libreoffice")
    path = written(name, hostile(), tmp_path)
    # The last figure writes every sheet; formulas would show as what they gave, 2.
    form = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
    home = f"-env:UserInstallation=file://{tmp_path}/office"
    read = ["--infilter=CSV:44,34,76"] if name == "csv-long" else []
    command = ["soffice", home, "--headless", *read, "--convert-to", form, "--outdir", str(tmp_path / "out"), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    cells = {
        cell
        for file in (tmp_path / "out").glob("*.csv")
        for row in csv.reader(file.read_text(encoding="utf-8").splitlines())
        for cell in row
    }
    if name == "csv-long":
        # CSV has no types: formulas and zeros are guarded by `'`, which stays visible.
        assert {"'=1+1", "'007", "'@SUM(A1)", "<b>&amp;</b>", "𠮷👩‍👩‍👧"} <= cells
    else:
        assert set(TEXTS) <= cells


def test_xmllint_reads_every_xml(tmp_path: Path) -> None:
    needs.need("xmllint")
    for export in (hostile(), *seeds()):
        for name in ("tmx", "xliff", "xliff-its"):
            subprocess.run(["xmllint", "--noout", "--nonet", written(name, export, tmp_path)], check=True)


def test_pearmut_takes_the_campaign(tmp_path: Path) -> None:
    needs.need("pearmut")
    program = shutil.which("pearmut", path=f"{Path(sys.executable).parent}:{os.environ['PATH']}")
    for number, export in enumerate((hostile(), *seeds())):
        folder = tmp_path / str(number)
        folder.mkdir()
        path = written("pearmut", export, folder)
        done = subprocess.run([str(program), "add", str(path)], cwd=folder, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        assert list((folder / "data").rglob(f"{export.letter.id}*"))
