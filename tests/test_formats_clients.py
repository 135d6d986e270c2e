"""Our files in programs that other people use; each part that is missing is skipped with a word."""

from __future__ import annotations

import contextlib
import csv
import json
import socket
import subprocess
import time
import urllib.request
import warnings
from pathlib import Path
from typing import Any

import needs
import pytest
from lxml import etree
from support_formats import alignment_of, letter_of

from aligner.corpus import Corpus
from aligner.formats import FORMATS, LetterExport, RenderingExport
from aligner.formats.reading import read_annotations
from aligner.formats.units import units
from aligner.model import Quoted
from aligner.pipeline import exporting
from aligner.review.annotations import ErrorAnnotation

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


class _Imports(etree.Resolver):
    """Answers a schema's import of the attributes `xml:` with the copy beside it: nothing is fetched."""

    def resolve(self, url: str, _id: str, context: Any) -> Any:
        here = url.endswith("/xml.xsd")
        return self.resolve_filename(str(needs.XLIFF_SCHEMAS / "xml.xsd"), context) if here else None


@pytest.mark.parametrize(
    ("name", "schema"), [("xliff", "xliff-core-1.2-strict.xsd"), ("xliff-its", "xliff-core-2.0.xsd")]
)
def test_xliff_is_valid_against_the_schemas_of_oasis(name: str, schema: str) -> None:
    needs.need("xliff")
    parser = etree.XMLParser()
    parser.resolvers.add(_Imports())
    known = etree.XMLSchema(etree.parse(needs.XLIFF_SCHEMAS / schema, parser))
    form = FORMATS[name]
    first = judged_everywhere(seeds()[0])
    for export in (judged_everywhere(hostile()), first, LetterExport(first.letter, ()), *seeds()):
        for settings in ({}, {"min_confidence": 0.9, "script_tags": True}, {"only_confirmed": True}):
            known.assertValid(etree.fromstring(form.per_letter(export, form.configure(settings))))


def judged_everywhere(export: LetterExport) -> LetterExport:
    """Two errors that cross one another in each target segment."""

    def error(name: str, rendering: str, place: Quoted) -> ErrorAnnotation:
        return ErrorAnnotation(name, "r", rendering, "mqm-core", "2.0", "accuracy/addition", "major", (place,))

    def given(each: RenderingExport) -> RenderingExport:
        marked = [
            error(f"{s.id}{start}", each.id, Quoted(s.start + start, s.start + end, s.text[start:end]))
            for s in each.alignment.target_segments
            if len(s.text) > 2
            for start, end in ((0, 2), (1, 3))
        ]
        return RenderingExport(each.alignment, each.info, tuple(marked))

    return LetterExport(export.letter, tuple(map(given, export.renderings)))


def test_perls_tmx_reader_finds_every_unit(tmp_path: Path) -> None:
    needs.need("perltmx")
    for export in seeds():
        done = subprocess.run(["tmxwc", written("tmx", export, tmp_path)], capture_output=True, text=True, check=True)
        assert f" {links(export)} tu" in done.stdout


def test_tmxutil_reads_every_unit(tmp_path: Path) -> None:
    needs.need("tmxutil")
    for export in seeds():
        path = written("tmx", export, tmp_path)
        command = [
            "tmxutil",
            "-o",
            "tab",
            "--output-languages",
            "en",
            "zh-CN",
            "--output-columns",
            "en.text",
            "zh-CN.text",
        ]
        done = subprocess.run(command, input=path.read_bytes(), capture_output=True, check=True)
        rows = list(csv.reader(done.stdout.decode().splitlines(), delimiter="\t"))
        every = [unit for each in export.renderings for unit in units(export.letter, each.alignment)]
        assert rows == [[unit.source, unit.target] for unit in every]


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


def post(port: int, path: str, body: object) -> object:
    data = json.dumps(body).encode()
    request = urllib.request.Request(f"http://127.0.0.1:{port}/{path}", data, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310
        return json.load(answer)


def served(folder: Path, port: int) -> subprocess.Popen[bytes]:
    """The server, when it answers."""
    command = ["pearmut", "run", "--port", str(port)]
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    for _ in range(120):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return process
        time.sleep(0.5)
    process.kill()
    raise AssertionError("pearmut does not answer")


def test_pearmut_serves_the_campaign_and_its_answers_come_back_with_the_same_offsets(tmp_path: Path) -> None:
    needs.need("pearmut")
    export = seeds()[0]
    first = export.renderings[0]
    marked = tuple(
        ErrorAnnotation(s.id, "r", first.id, "esa", "2024", "", "major", (Quoted(s.start, s.start + 2, s.text[:2]),))
        for s in first.alignment.target_segments
        if len(s.text) > 2
    )
    given = RenderingExport(first.alignment, first.info, marked)
    export = LetterExport(export.letter, (given, *export.renderings[1:]))
    path = written("pearmut", export, tmp_path)
    subprocess.run(["pearmut", "add", str(path)], cwd=tmp_path, capture_output=True, check=True)
    name = export.letter.id
    (user,) = json.loads((tmp_path / "data" / "progress" / f"{name}.json").read_text(encoding="utf-8"))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = served(tmp_path, port)
    try:
        who = {"campaign_id": name, "user_id": user}
        item = post(port, "get-next-item", who)
        assert isinstance(item, dict)
        answers = [
            {model: {"score": 50, "error_spans": part.get("error_spans", {}).get(model, [])} for model in part["tgt"]}
            for part in item["payload"]
        ]
        payload = {"annotation": answers, "actions": []}
        post(port, "log-response", {**who, "item_i": 0, "payload": payload | {"actions": [{"time": 1.0}]}})
    finally:
        process.terminate()
        process.wait(30)
    log = (tmp_path / "data" / "annotations" / f"{name}.jsonl").read_bytes()
    back = read_annotations("pearmut", log, export)
    assert sorted((e.target[0].start, e.target[0].end) for e in back.annotations) == [
        (e.target[0].start, e.target[0].end) for e in marked
    ]


PROJECT = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<omegat><project version="1.0"><source_dir>__DEFAULT__</source_dir><target_dir>__DEFAULT__</target_dir>
<tm_dir>__DEFAULT__</tm_dir><glossary_dir>__DEFAULT__</glossary_dir><glossary_file>__DEFAULT__</glossary_file>
<dictionary_dir>__DEFAULT__</dictionary_dir><source_lang>en</source_lang><target_lang>zh-CN</target_lang>
<sentence_seg>false</sentence_seg><support_default_translations>true</support_default_translations>
<remove_tags>false</remove_tags></project></omegat>
"""


def test_omegat_translates_a_letter_from_the_memory_of_each_rendering(tmp_path: Path) -> None:
    needs.need("omegat")
    for number, export in enumerate(seeds()):
        for rendering in export.renderings:
            alone = export.only(rendering)
            folder = tmp_path / f"{number}-{rendering.id}"
            for name in ("source", "target", "tm/enforce", "omegat", "glossary", "dictionary"):
                (folder / name).mkdir(parents=True)
            (folder / "omegat.project").write_text(PROJECT, encoding="utf-8")
            pairs = {unit.source: unit.target for unit in units(export.letter, rendering.alignment)}
            (folder / "source" / "letter.txt").write_text("\n\n".join(pairs) + "\n", encoding="utf-8")
            written("tmx", alone, folder / "tm" / "enforce")
            command = ["java", "-Djava.awt.headless=true", f"-Duser.home={tmp_path}", "-jar", str(needs.OMEGAT)]
            done = subprocess.run(
                [*command, str(folder), "--mode=console-translate"], capture_output=True, text=True, timeout=120
            )
            assert "Failed to load" not in done.stdout + done.stderr
            translated = (folder / "target" / "letter.txt").read_text(encoding="utf-8").split("\n\n")
            assert [line.strip() for line in translated] == list(pairs.values())
