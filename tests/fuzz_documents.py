"""Coverage-guided fuzzing of the parsers of documents: python tests/fuzz_documents.py [--seconds 600] [PARSER ...]

An input that reaches a line after a line as no input before did is kept and changed further. A fault
is what `fault_in` says; its input is written into tests/cases/documents_finds, where a test reads it
again for ever. Random numbers start from a seed, so that a run can be repeated.
"""

# ruff: noqa: E501 - tokens stand together

from __future__ import annotations

import argparse
import hashlib
import logging
import random
import re
import signal
import sys
import time
import traceback
import warnings
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from types import FrameType
from typing import Any

from support_documents import LETTER, RENDERING, epub_of, pdf_of, rezipped, set_in_lines, wholes

from aligner.documents import read_pasted, sniff
from aligner.documents.reading import READERS, read_any
from aligner.errors import AlignerError

FINDS = Path(__file__).parent / "cases" / "documents_finds"
OURS = str(Path(sys.modules["aligner"].__file__ or "").parent / "documents")
HANG = 20

RULES = ("overlaps or leaves the text", "has no place in the original")
"""What a document says of itself when an extractor broke a rule."""

TOKENS = {
    ".html": rb"<p>|</p>|<br>|<br/>|<sup>1</sup>|<a href='#n'>|</a>|<div>|</div>|<li>|<td>|<pre>|</pre>|<blockquote>|&nbsp;"
    rb"|&#0;|&#x1F600;|<!--|-->|<script>|</script>| hidden | style='display:none' |<ruby>|<rt>|<svg>|<h1>|<nav>|<![CDATA[",
    ".docx": rb"<w:p>|</w:p>|<w:r>|</w:r>|<w:t>|</w:t>|<w:tbl>|</w:tbl>|<w:tr>|<w:tc>|<w:ins>|<w:del>|</w:del>|<w:br/>|<w:tab/>"
    rb'|<w:fldChar w:fldCharType="begin"/>|<w:fldChar w:fldCharType="end"/>|<w:sym w:char="F041"/>|<w:sym w:char="-1"/>'
    rb'|<w:vertAlign w:val="superscript"/>|<w:footnoteReference w:id="1"/>|<w:numPr><w:numId w:val="1"/></w:numPr>'
    rb"|<w:rPr><w:del/></w:rPr>|<w:pPr>|</w:pPr>|<w:sdt>|</w:sdt>|<w:vanish/>|<w:ruby>|w:val='0'|<w:footnote>",
    ".epub": rb"<p>|</p>|<a href='#x' epub:type='noteref'>1</a>|<aside epub:type='footnote'>|<itemref idref='c0'/>|href='..'"
    rb"|href='%2e%2e/x'|linear='no'|properties='nav'|<navPoint>|<content src='c0.xhtml'/>|&nbsp;|&x;|<title/>|full-path=''",
    ".pdf": rb" Tj | TJ | Tf | Tm | Td | T* | BT | ET | q | Q | cm | re f |(|)|[|]|<|>|<<|>>|/F1 | 0 | -1 | 1e9 | 99999999999 "
    rb"|1 0 0 1 50 50 Tm|0 0 0 0 0 0 Tm|-1 0 0 -1 0 0 cm|(1)Tj|(-)Tj|\x00|\\\r|\\377| R|null|endobj|stream|/Length 0|/Kids[2 0 R]",
    ".txt": rb"# |> |* |- |1. |**|__|[|](|)|![|\r\n|\r|\n|\n\n|\xe2\x80\xa8|\x0c|\xef\xbb\xbf|\xff\xfe|\x00|\xe3\x80\x80|http://a|---",
}
"""What files of each parser are made of, apart by bars."""

TOLD = re.compile(r"document\.xml$|notes\.xml$|styles\.xml$|\.rels$|\.opf$|\.x?html$|container|mimetype")
"""Members of archives that are changed; the others say nothing to a parser of ours."""

Input = bytes
Edge = tuple[str, int, int]


class Hanging(BaseException):
    """An input took longer than `HANG` seconds."""


def seeds(parser: str) -> list[Input]:
    """Sound files to begin with; small ones, because they are read often."""
    if parser == ".pdf":
        text = set_in_lines("\n".join(LETTER)[:200].replace(". ", ".\n") + "\n\n1. A point of well-\nknown use.\n12")
        return [pdf_of(text), pdf_of(text, [*text, (50, 30, 6, "1 Note")]), pdf_of([(9, 9, 9, "x")])]
    if parser == ".epub":
        return [epub_of({"c0.xhtml": f"<h1>T</h1><p>{LETTER[1]}</p>", "c1.xhtml": f"<p>{RENDERING[1]}</p>"})]
    if parser == ".txt":
        texts = [
            "\n\n".join(LETTER + RENDERING),
            "# T\n\n> q\n\n* a\n* b\n\n**x**",
            "By A. B.\n2020-01-02\n\nText. More.",
        ]
        return [text.encode(code) for text in texts for code in ("utf-8", "gb18030", "utf-16-le", "utf-16")]
    return [wholes()[parser]]


def change(data: Input, others: list[Input], tokens: list[bytes], chance: random.Random) -> Input:
    """The input with one to four changes; those of an archive inside one of its members."""
    if data.startswith(b"PK") and chance.random() < 0.95:
        try:
            with zipfile.ZipFile(BytesIO(data)) as archive:
                name = chance.choice([n for n in archive.namelist() if TOLD.search(n)])
                part = archive.read(name)
            return rezipped(data, {name: change_bytes(part, [part], tokens, chance)}, zipfile.ZIP_STORED)
        except Exception:  # an archive that was damaged before is damaged further
            return change_bytes(data, others, tokens, chance)
    return change_bytes(data, others, tokens, chance)


def change_bytes(data: bytes, others: list[bytes], tokens: list[bytes], chance: random.Random) -> bytes:
    found = bytearray(data)
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(found) + 1)
        if b"<" in tokens[0] and chance.random() < 0.6:
            at = found.find(b">", at) + 1  # between two tags much stays well-formed
        kind = chance.randrange(7)
        if kind == 0:
            found[at:at] = chance.choice(tokens)
        elif kind == 1:
            found[at : at + chance.choice((1, 2, 8, 64))] = b""
        elif kind == 2 and at < len(found):
            found[at] = chance.randrange(256)
        elif kind == 3:
            found[at:at] = found[at : at + chance.randrange(60)] * chance.choice((1, 2, 9))
        elif kind == 4:
            other = chance.choice(others)
            start = chance.randrange(len(other) + 1)
            found[at : at + chance.randrange(40)] = other[start : start + chance.randrange(60)]
        elif kind == 5:
            token = chance.choice(tokens)
            found[at : at + len(token)] = token
        else:
            found[at:at] = chance.choice(("一", "。", "A", "-", "\u00ad", "1", " ", "\U00020000", "́")).encode()
    return bytes(found[:200_000])


def run(parser: str, data: Input) -> None:
    """Everything of ours that reads a file of this kind, in this process."""
    sniff.kind_of(data)
    read_any(parser if parser in READERS else parser[1:], f"a{parser}", f"a{parser}", data, None)
    if parser == ".txt":
        read_pasted(data.decode("utf-8", "surrogateescape"))


def fault_in(parser: str, data: Input) -> str | None:
    """What is wrong with how an input was taken: a fault raised in our own code, a broken rule, a hang."""
    try:
        run(parser, data)
    except AlignerError as error:
        if any(rule in error.what for rule in RULES):
            return f"broke a rule: {error}"
    except MemoryError:
        return None
    except Hanging:
        return f"took more than {HANG} s"
    except Exception as error:  # a library's faults on damage are answered by the other process
        last = traceback.extract_tb(error.__traceback__)[-1]
        if last.filename.startswith(OURS):
            return f"{type(error).__name__}: {error} at {Path(last.filename).name}:{last.lineno}"
    return None


@contextmanager
def watched(seen: set[Edge]) -> Iterator[set[Edge]]:
    """Collects the pairs of lines of ours that follow each other and are not in `seen`."""
    fresh: set[Edge] = set()

    def lines(frame: FrameType, event: str, _: Any) -> Callable[..., Any]:
        if event == "line":
            edge = (frame.f_code.co_filename, last.get(id(frame), 0), frame.f_lineno)
            last[id(frame)] = frame.f_lineno
            if edge not in seen:
                fresh.add(edge)
        return lines

    def calls(frame: FrameType, _: str, __: Any) -> Callable[..., Any] | None:
        return lines if frame.f_code.co_filename.startswith(OURS) else None

    last: dict[int, int] = {}
    sys.settrace(calls)
    try:
        yield fresh
    finally:
        sys.settrace(None)


def fuzz(parser: str, seconds: float, seed: int) -> list[str]:
    """Fuzz one parser; the faults, each with the file that its input is kept in."""
    chance = random.Random(seed)  # noqa: S311 - to be repeated, not to be secret
    tokens = TOKENS[parser].split(b"|")
    kept = seeds(parser)
    seen: set[Edge] = set()
    finds: dict[str, str] = {}
    runs, begin = 0, time.monotonic()
    queue = list(kept)
    while time.monotonic() - begin < seconds:
        data = queue.pop() if queue else change(chance.choice(kept[-200:]), kept, tokens, chance)
        signal.alarm(HANG)
        with watched(seen) as fresh:
            fault = fault_in(parser, data)
        signal.alarm(0)
        runs += 1
        if fresh:
            seen |= fresh
            if runs > len(kept):
                kept.append(data)
        if fault and fault not in finds:
            FINDS.mkdir(parents=True, exist_ok=True)
            path = FINDS / f"{hashlib.sha256(data).hexdigest()[:12]}{parser}"
            path.write_bytes(data)
            finds[fault] = f"{path.name}: {fault}"
            print(f"  {finds[fault]}", flush=True)
    spent = time.monotonic() - begin
    print(
        f"{parser}: {runs} inputs in {spent:.0f} s, {len(seen)} edges, {len(kept)} kept, {len(finds)} faults",
        flush=True,
    )
    return list(finds.values())


def _hang(*_: object) -> None:
    raise Hanging


def main() -> int:
    """The number of faults decides the exit code."""
    parsers = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parsers.add_argument("parser", nargs="*", default=list(TOKENS), choices=list(TOKENS))
    parsers.add_argument("--seconds", type=float, default=600.0, help="for each parser")
    parsers.add_argument("--seed", type=int, default=1)
    options = parsers.parse_args()
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    signal.signal(signal.SIGALRM, _hang)
    found = [fault for parser in options.parser for fault in fuzz(parser, options.seconds, options.seed)]
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
