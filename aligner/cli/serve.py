"""`aligner app`: the pages in a browser, served to this machine alone."""

from __future__ import annotations

import os
import socket
import sys
from pathlib import Path
from typing import Annotated

import typer

from aligner.cli.faults import say

USUAL_PORT = 8501


def app(
    port: Annotated[
        int | None,
        typer.Option(min=1, max=65535, help=f"Port; without it {USUAL_PORT}, or a free one if that is taken."),
    ] = None,
    corpus: Annotated[Path | None, typer.Option(help="Folder with letters.toml.")] = None,
    browser: Annotated[
        bool | None, typer.Option("--browser/--no-browser", help="Open a browser; done by default from a terminal.")
    ] = None,
) -> None:
    """Read, compare and export the letters in a browser, on this machine only."""
    from aligner.corpus import Corpus
    from aligner.ui import launch

    # A faulty corpus is told here, in one line, and not first in the browser.
    folder = Corpus.open(corpus).folder
    chosen = free_port(launch.ADDRESS) if port is None else port
    say(f"{folder} is at http://{launch.ADDRESS}:{chosen} (Ctrl+C stops it)")
    launch.run(chosen, corpus, open_browser=sys.stdout.isatty() if browser is None else browser)


def free_port(address: str) -> int:
    """The usual port, or any other that is free on `address`."""
    for port in (USUAL_PORT, 0):
        with socket.socket() as probe:
            if os.name == "posix":
                # As the server does it: a port that was left a moment ago can be taken again.
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((address, port))
            except OSError:
                continue
            return int(probe.getsockname()[1])
    return USUAL_PORT
