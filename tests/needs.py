"""Programs and packages that some tests need and a user's machine may lack.

`need("browser")` skips the test with the reason when the part is missing. Where it must be there,
`ALIGNER_REQUIRE=browser,xmllint` (as .ci/run sets it) turns the skip into a failure.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
import support_postgresql

VARIABLE = "ALIGNER_REQUIRE"
OMEGAT = Path("/usr/share/omegat/OmegaT.jar")
XLIFF_SCHEMAS = Path("/usr/share/php/Symfony/Component/Translation/Resources/schemas")
"""Where Debian's php-symfony-translation has the schemas of XLIFF that OASIS published."""


def chromium() -> str | None:
    """The Chromium (or Chrome) to drive, None where there is none."""
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    return next((path for path in map(shutil.which, names) if path), None)


def axe() -> Path | None:
    """axe-core's script, which `ALIGNER_AXE` names; None where there is none."""
    path = Path(os.environ.get("ALIGNER_AXE", "").strip() or "nowhere")
    return path if path.is_file() else None


def installed(package: str) -> bool:
    return importlib.util.find_spec(package) is not None


def _may_mount() -> bool:
    """Whether this root is one who may mount: in many containers it is not."""
    with tempfile.TemporaryDirectory() as place:
        made = subprocess.run(["mount", "-t", "tmpfs", "tmpfs", place], capture_output=True, check=False)
        return made.returncode == 0 and not subprocess.run(["umount", place], check=False).returncode


PARTS: dict[str, tuple[Callable[[], bool], str]] = {
    "browser": (lambda: chromium() is not None and installed("playwright"), "apt install chromium fonts-noto-cjk"),
    "axe": (lambda: axe() is not None, "npm install axe-core; ALIGNER_AXE=.../axe-core/axe.min.js"),
    "xmllint": (lambda: shutil.which("xmllint") is not None, "apt install libxml2-utils"),
    "dtd": (lambda: OMEGAT.is_file(), "apt install omegat, whose jar holds tmx14.dtd"),
    "omegat": (lambda: OMEGAT.is_file() and shutil.which("java") is not None, "apt install omegat"),
    "xliff": (
        lambda: (XLIFF_SCHEMAS / "xliff-core-2.0.xsd").is_file(),
        "apt install php-symfony-translation, which holds OASIS's schemas",
    ),
    "hypomnema": (lambda: installed("hypomnema"), "Python 3.12 or newer: pip install hypomnema"),
    "postgresql": (
        lambda: (
            installed("psycopg")
            and support_postgresql.programs() is not None
            and support_postgresql.as_server() is not None
        ),
        "apt install postgresql; pip install letter-aligner[postgresql]",
    ),
    "small-disk": (
        lambda: sys.platform == "linux" and os.geteuid() == 0 and _may_mount(),
        "run the tests as root on Linux, for whom a small file system can be made",
    ),
    "perltmx": (lambda: shutil.which("tmxwc") is not None, "apt install libxml-tmx-perl"),
    "tmxutil": (lambda: shutil.which("tmxutil") is not None, "pip install tmxutil"),
    "libreoffice": (lambda: shutil.which("soffice") is not None, "apt install libreoffice-calc-nogui"),
    "pearmut": (lambda: shutil.which("pearmut") is not None, "Python 3.12 or newer: pip install pearmut"),
    "bertalign": (lambda: installed("bertalign"), "Python 3.12 or newer: pip install letter-aligner[bertalign]"),
    "time": (lambda: True, "nothing to install; these tests alone take half a minute"),
}
"""Part -> (is it here?, how to get it)."""


ON_REQUEST = frozenset({"browser", "postgresql", "omegat", "libreoffice", "perltmx", "pearmut", "tmxutil", "time"})
"""Parts whose tests take long: they run only where ALIGNER_REQUIRE names them, even if they are here."""


def required() -> frozenset[str]:
    """The parts that must be here; raises ValueError for a name that is none."""
    names = frozenset(name.strip() for name in os.environ.get(VARIABLE, "").split(",") if name.strip())
    if unknown := names - PARTS.keys():
        raise ValueError(f"{VARIABLE} names {sorted(unknown)}; known: {sorted(PARTS)}")
    return names


def need(part: str) -> None:
    """Skip the running test when `part` is missing; fail it where ALIGNER_REQUIRE names the part."""
    found, hint = PARTS[part]
    must = required()
    if part in ON_REQUEST - must:
        pytest.skip(f"takes long; runs with {VARIABLE}={part} ({hint})")
    if found():
        return
    if part in must:
        pytest.fail(f"{part} is required here and missing: {hint}")
    pytest.skip(f"{part} is missing: {hint}")
