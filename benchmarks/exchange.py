"""Writes a TMX file of very many units and reads it again, each in a process of its own.

    python benchmarks/exchange.py                  a million units
    python benchmarks/exchange.py --units 10000    fewer

The letters are made up, 500 sentences each, one after the other: a memory of many letters. Peak memory
is what the operating system reports for the process (resident set).
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench import run

from aligner.formats import FORMATS, LetterExport, RenderingExport
from aligner.model import (
    Alignment,
    Document,
    Letter,
    Link,
    Mode,
    Segment,
    Side,
    Signature,
    Span,
    Witness,
    sha256_of,
)

SENTENCES = 500
ENGLISH = "This is sentence {} of letter {}, & it has an ordinary length for a letter."
CHINESE = "这是第{1}封信的第{0}句，长度与一般书信中的句子相当。"


def laid_out(prefix: str, pattern: str, number: int) -> tuple[tuple[Segment, ...], str]:
    segments, start, lines = [], 0, []
    for place in range(SENTENCES):
        line = pattern.format(place, number)
        segments.append(Segment(f"{prefix}{place}", start, start + len(line), line))
        lines.append(line)
        start += len(line) + 1
    return tuple(segments), "\n".join(lines)


def letters(count: int) -> Iterator[LetterExport]:
    for number in range(count):
        source, text = laid_out("s", ENGLISH, number)
        target, _ = laid_out("t", CHINESE, number)
        digest = sha256_of(text)
        document = Document(f"{number}.txt", text, digest, "utf-8")
        letter = Letter(
            f"letter{number}", "en", Witness("w", document, 0, len(text)), source, tuple(s.text for s in source)
        )
        links = tuple(Link(f"l{n}", (f"s{n}",), (f"t{n}",), Mode.DIRECT, 0.9) for n in range(SENTENCES))
        region = Span(target[0].start, target[-1].end)
        alignment = Alignment(
            letter.id,
            f"r{number}",
            Side(document.name, digest, digest, "en"),
            Side("t.txt", digest, digest, "zh-Hans", region),
            Signature("0", "none", "none"),
            source,
            target,
            links,
        )
        yield LetterExport(letter, (RenderingExport(alignment),))


def write(path: Path, units: int) -> None:
    tmx = FORMATS["tmx"]
    if tmx.chunks is None:
        raise SystemExit("TMX is not written in pieces")
    with path.open("wb") as file:
        for chunk in tmx.chunks(letters(units // SENTENCES), tmx.configure({})):
            file.write(chunk)


def read(path: Path, units: int) -> None:
    from aligner.formats.reading.tmx import pairs_of, tmx_units

    with path.open("rb") as file:
        found = sum(
            1
            for n, (language, unit) in enumerate(tmx_units(file, path.name))
            for _ in pairs_of(unit, n, language, None)
        )
    if found != units:
        raise SystemExit(f"{found} pairs were read, {units} written")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--units", type=int, default=1_000_000, help=f"a multiple of {SENTENCES}")
    parser.add_argument("--step", choices=("write", "read"), help=argparse.SUPPRESS)
    parser.add_argument("--file", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.step:
        (write if given.step == "write" else read)(given.file, given.units)
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "memory.tmx"
        print(f"TMX, {given.units:,} units: python benchmarks/exchange.py --units {given.units}")
        for step in ("write", "read"):
            command = [sys.executable, __file__, "--units", str(given.units), "--step", step, "--file", str(path)]
            done = run(command)
            if done.code:
                raise SystemExit(subprocess.list2cmdline(command))
            size = path.stat().st_size / 1e6
            print(f"  {step}: {done.seconds:.0f} s, peak {done.megabytes:.0f} MB, file {size:.0f} MB")


if __name__ == "__main__":
    main()
