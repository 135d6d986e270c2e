"""`aligner app`: the pages in a browser, served to this machine alone."""

from __future__ import annotations

import os
import socket
import sys
from pathlib import Path
from typing import Annotated

import typer

from aligner.cli.faults import say
from aligner.errors import AlignerError

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
    host: Annotated[
        str | None, typer.Option(metavar="ADDRESS", help="Listen for others too, as at 0.0.0.0; needs sign-in.")
    ] = None,
    allow_host: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="A name that others call this machine by; may be repeated."),
    ] = None,
    sign_in: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Who may sign in, and do what; default: sign-in.toml at home.")
    ] = None,
    without_sign_in: Annotated[
        bool, typer.Option("--without-sign-in", help="Let anybody who reaches --host read and change everything.")
    ] = False,
    typology: Annotated[
        str | None,
        typer.Option(metavar="ID_OR_FILE", help="Which errors are marked on Review; default: mqm-core."),
    ] = None,
) -> None:
    """Read, compare, correct and export the letters in a browser; on this machine only, or --host."""
    from aligner.corpus import Corpus
    from aligner.ui import launch

    # A faulty corpus is told here, in one line, and not first in the browser; so is a faulty file of sign-in.
    folder = Corpus.open(corpus).folder
    address = host or launch.ADDRESS
    if warning := launch.check_exposure(address, sign_in, without=without_sign_in):
        say(warning)
    launch.settings_of_sign_in(sign_in)
    kind = None if typology is None else named(typology)
    chosen = free_port(address) if port is None else port
    shown = (allow_host or ["localhost"])[0] if address == launch.ANY else address
    say(f"{folder} is at http://{shown}:{chosen} (Ctrl+C stops it)")
    launch.run(
        chosen,
        corpus,
        open_browser=sys.stdout.isatty() if browser is None else browser,
        address=address,
        hosts=allow_host or (),
        sign_in=sign_in,
        typology=kind,
    )


def named(typology: str) -> str:
    """The id of a typology, which the pages find in the database, where its file is kept. Raises AlignerError."""
    from aligner.pipeline.typologies import known
    from aligner.store import open_store

    with open_store() as store:
        found = known(typology, store)
    if not found.categories:
        raise AlignerError(f"typology {found.id} has no categories", hint="the page Review asks for one; name another")
    return found.id


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
