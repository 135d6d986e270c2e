"""`aligner import`: documents, alignments and annotations that people bring, each taken for what it is."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from aligner.cli.build import print_changes
from aligner.cli.console import print_json, printable, progress
from aligner.cli.database import Database
from aligner.cli.faults import say
from aligner.errors import AlignerError

if TYPE_CHECKING:
    from aligner.formats import LetterExport
    from aligner.pipeline.importing import Looked
    from aligner.pipeline.reviewing import Desk
    from aligner.review.said import Said

ONE_BY_ONE = "import them one after the other, into folders of their own"
SHOWN = 60
"""So many characters of a text that was left out are shown."""


AS = (
    "What the files are, if it is not seen: document; tmx, xliff, csv, tsv, xlsx; beads, intertext; "
    "annotations, mqm, mqm-jsonl, pearmut, label-studio."
)


def import_files(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Documents, alignments or annotations.")],
    kind: Annotated[str | None, typer.Option("--as", metavar="KIND", help=AS)] = None,
    out: Annotated[Path | None, typer.Option(help="Folder to write texts and alignments to.")] = None,
    letter: Annotated[str | None, typer.Option(help="Letter of the corpus that annotations or changes are of.")] = None,
    rendering: Annotated[
        str | None, typer.Option(help="Only this rendering of it or of the file, or the name of a new one.")
    ] = None,
    languages: Annotated[tuple[str, str] | None, typer.Option(metavar="SRC TGT", help="Languages of pairs.")] = None,
    reviewer: Annotated[str | None, typer.Option(help="Whose changes come back; without it they are shown.")] = None,
    corpus: Annotated[Path | None, typer.Option(help="Folder with letters.toml.")] = None,
    database: Database = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print for a program to read.")] = False,
) -> None:
    """Say what files are taken for; write what comes of them, or store what reviewers said in them."""
    from aligner.pipeline import importing

    if languages and (wrong := [name for name in languages if name.startswith("-")]):
        raise AlignerError(f"--languages takes two, and {wrong[0]!r} is none", hint="write --languages en zh")
    data = {path.name: importing.read_file(path) for path in files}
    if len(data) < len(files):
        raise AlignerError("two files have one name", hint=ONE_BY_ONE)
    with progress() as show:
        show(f"reading {', '.join(data)}", 0, 1)
        looked = importing.look(data, kind, languages)
    if letter is not None:
        _into(letter, rendering, looked, data, reviewer=reviewer, corpus=corpus, database=database, as_json=as_json)
        return
    if rendering is not None:
        looked = tuple(importing.only(each, rendering) for each in looked)
    made: dict[Path, bytes] = {}
    for each in looked:
        found = _files_of(each, data[each.name], out, rendering)
        if out is None:
            continue
        if twice := [name for name in found if out / name in made]:
            raise AlignerError(f"{twice[0]} would be written twice", where=each.name, hint=ONE_BY_ONE)
        made |= {out / name: content for name, content in found.items()}
    if as_json:
        print_json([_json(each) for each in looked])
    else:
        for each in looked:
            for line in _lines(each):
                print(printable(line))
    if made:
        from aligner.pipeline import write_all

        print_changes(write_all(made), as_json=False) if not as_json else write_all(made)
    elif not as_json and out is None and any(each.inspection or each.texts for each in looked):
        say("nothing was written; --out FOLDER takes the text and the alignment")


def _files_of(each: Looked, data: bytes, out: Path | None, rendering: str | None) -> dict[str, bytes]:
    from aligner.pipeline import importing

    if out is None:
        return {}
    if each.texts:
        stem = Path(each.name).stem
        return importing.made_files(importing.made_of(each, stem, rendering or stem))
    if each.inspection is not None:
        return importing.document_files(each.name, data)
    raise AlignerError("annotations belong to a letter", where=each.name, hint="name it with --letter")


def _lines(each: Looked) -> list[str]:
    """What a file was taken for, in words."""
    if each.inspection is not None:
        seen = each.inspection
        head = (
            f"{each.name}: {seen.kind}, {seen.encoding}, {seen.characters} characters in {seen.paragraphs} paragraphs"
        )
        lines = [f"{head}, read by {seen.extractor}"] + [f"  note: {remark}" for remark in seen.remarks]
        return lines + [f"  left out ({drop.why}, {drop.label}): {_short(drop.text)}" for drop in seen.dropped]
    if not each.texts:
        return [f"{each.name}: annotations ({each.kind}); --letter says of which letter"]
    lines = []
    for number, texts in enumerate(each.texts):
        linked = sum(bool(bead.source and bead.target) for bead in texts.beads)
        sizes = f"{len(texts.source)} and {len(texts.target)} sentences, {linked} link{'s' if linked != 1 else ''}"
        tongues = f" ({texts.source_lang or '?'} to {texts.target_lang or '?'})"
        name = each.renderings[number] if each.renderings else ""
        lines.append(f"{each.name}: {texts.kind}{f' of {name}' if name else ''}{tongues}, {sizes}")
        lines += [f"  note: {remark}" for remark in texts.remarks]
    return lines


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= SHOWN else line[: SHOWN - 1] + "…"


def _json(each: Looked) -> dict[str, Any]:
    from dataclasses import asdict

    found: dict[str, Any] = {"file": each.name, "kind": each.kind}
    if each.inspection is not None:
        found["document"] = asdict(each.inspection)
    if each.texts:
        found["alignments"] = [
            {
                "format": texts.kind,
                "languages": [texts.source_lang, texts.target_lang],
                "source_sentences": len(texts.source),
                "target_sentences": len(texts.target),
                "links": sum(bool(bead.source and bead.target) for bead in texts.beads),
                "remarks": list(texts.remarks),
            }
            for texts in each.texts
        ]
    return found


def _into(
    letter: str,
    rendering: str | None,
    looked: tuple[Looked, ...],
    data: dict[str, bytes],
    *,
    reviewer: str | None,
    corpus: Path | None,
    database: str | None,
    as_json: bool,
) -> None:
    """Annotations, or a file of ours that comes back, into the store of a letter."""
    from aligner.cli.console import check_names
    from aligner.corpus import Corpus
    from aligner.pipeline.exporting import with_words
    from aligner.pipeline.reviewing import Desk
    from aligner.store import open_store

    opened = Corpus.open(corpus)
    check_names(opened, letter, [rendering] if rendering else [])
    with open_store(database) as store:
        desk = Desk(opened, store)
        made = desk.export(letter, [rendering] if rendering else [])
        export = with_words(opened, made, desk.log(letter), desk.store.typologies())
        results = [_stored(desk, each, data[each.name], export, reviewer) for each in looked]
    if as_json:
        print_json(results)
        return
    for result in results:
        for line in result.pop("lines"):
            print(printable(line))
        counts = ", ".join(f"{count} {name}" for name, count in result.items() if isinstance(count, int))
        say(f"{result['file']}: {counts}")


def _stored(desk: Desk, each: Looked, data: bytes, export: LetterExport, reviewer: str | None) -> dict[str, Any]:
    from aligner.formats.reading import ANNOTATIONS
    from aligner.pipeline import importing
    from aligner.pipeline.import_kinds import PAIRS, in_utf8

    data = in_utf8(each.name, data)
    words: list[tuple[str, str, Said]]
    if each.kind in ANNOTATIONS:
        found = importing.judged(data, each.kind, each.name, export)
        words, lines = importing.sayings_of(found, export), [f"note: {remark}" for remark in found.remarks]
        store = True
    elif each.kind == PAIRS:
        back = importing.returned(data, each.name, export)
        words = [(reviewer or "", name, said) for name, said in importing.sayings_of_returned(back, export)]
        lines = [f"{c.rendering}.{c.link} {c.side}: {c.before} -> {c.after}" for c in back.changes]
        lines += [f"{name}.{link} note: {text}" for name, link, text in back.notes]
        lines += [f"{name}.{link}: confirmed" for name, link in back.confirmed]
        lines += [f"not of this letter: {_short(pair.source)} / {_short(pair.target)}" for pair in back.unknown]
        store = reviewer is not None
        if words and not store:
            lines.append("nothing was stored; --reviewer NAME takes these as suggestions")
    else:
        raise AlignerError("belongs to no letter that is there already", where=each.name, hint="leave --letter out")
    stored = known = contested = 0
    for who, name, said in words if store else ():
        answer = desk.say_imported(said, who, export.letter.id, name)
        stored += answer == "stored"
        known += answer == "known"
        contested += answer == "parked"
    return {"file": each.name, "kind": each.kind, "words": len(words), "stored": stored, "known already": known,
            "parked": contested, "lines": lines}  # fmt: skip
