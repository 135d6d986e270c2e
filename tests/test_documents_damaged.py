"""Damaged files by a seeded generator: a document or a refusal in words, nothing else, and nothing left behind."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from support_documents import damaged, wholes

from aligner.documents import read_extracted
from aligner.errors import DocumentError

WHOLES = wholes()
FEW, MANY = range(8), range(8, 200)
GIGABYTE = 1024**2  # in kB, as the system counts

SEEDS = [
    *(pytest.param(seed, id=f"{seed}") for seed in FEW),
    *(pytest.param(seed, id=f"{seed}", marks=pytest.mark.soak) for seed in MANY),
]


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder, where everything that is left behind would be."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", None)
    return tmp_path


@pytest.mark.parametrize("suffix", WHOLES)
@pytest.mark.parametrize("seed", SEEDS)
def test_a_damaged_file_is_read_or_refused(suffix: str, seed: int, room: Path) -> None:
    others = [data for other, data in WHOLES.items() if other != suffix]
    kind, data = damaged(WHOLES[suffix], others, seed)
    try:
        found = read_extracted(f"a{suffix}", data)
    except DocumentError as error:
        assert error.hint, f"{kind}: {error}"
        assert (error.where or "").startswith(f"a{suffix}")
        assert "\n" not in str(error)
        assert len(str(error)) < 400
    else:
        assert found.document.text.encode("utf-8").strip()
        assert found.places
    assert os.listdir(room) == []  # noqa: PTH208 - the names are enough


READING = """
import contextlib, resource, sys
sys.path.insert(0, sys.argv[1])
from support_documents import damaged, wholes
from aligner.documents import read_extracted
from aligner.errors import DocumentError
whole = wholes()
for suffix in whole:
    for seed in range(int(sys.argv[2])):
        others = [data for other, data in whole.items() if other != suffix]
        with contextlib.suppress(DocumentError):
            read_extracted("damaged" + suffix, damaged(whole[suffix], others, seed)[1])
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="other systems count in other units")
@pytest.mark.parametrize("files", [6, pytest.param(200, marks=pytest.mark.soak)])
def test_the_processes_that_read_stay_small(files: int) -> None:
    # In a process of its own, whose only children are those that read documents.
    here = Path(__file__).parent
    result = subprocess.run(
        [sys.executable, "-c", READING, str(here), str(files)],
        env={**os.environ, "PYTHONPATH": str(here.parent)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert 10_000 < int(result.stdout) < GIGABYTE


def test_the_generator_makes_the_same_files_again_and_all_kinds_of_them() -> None:
    others = [WHOLES[".txt"]]
    first = [damaged(WHOLES[".docx"], others, seed) for seed in range(22)]
    assert first == [damaged(WHOLES[".docx"], others, seed) for seed in range(22)]
    assert len({kind for kind, _ in first}) == 11
    assert len({data for _, data in first}) > 18
