"""Starting the app's server from the installed package, in any folder.

Streamlit is imported when the server starts, so that commands which show no page stay quick.
"""

from __future__ import annotations

import gc
import os
import socket
from importlib import import_module, resources
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aligner.errors import AlignerError
from aligner.home import existing, home
from aligner.ui import headers, theme

if TYPE_CHECKING:
    from collections.abc import Sequence

    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import Route

ADDRESS = "127.0.0.1"
ANY = "0.0.0.0"  # noqa: S104 - only where somebody asks for it, and then behind sign-in
VARIABLE = "ALIGNER_CORPUS"
TYPOLOGY_VARIABLE = "ALIGNER_TYPOLOGY"
SCRIPT = "start/script.py"

_FIRST_USE = ("pandas", "pyarrow", "PIL.Image", "altair")
"""What Streamlit imports when it first hands data to a component, or draws a chart: a second of somebody's waiting."""

_WHERE = "window.__streamlit = { BACKEND_BASE_URL: location.origin, MAIN_PAGE_BASE_URL: location.origin };"


SIGN_IN = "sign-in.toml"
"""The file in `home` that sets up sign-in, where none is named."""


class PortError(AlignerError):
    """The port is taken or may not be used."""


class ExposedError(AlignerError):
    """Others would reach the app without signing in."""


def names(address: str = ADDRESS, hosts: Sequence[str] = ()) -> list[str]:
    """What the server is called: by this machine, by `hosts`, and by the `address` it listens to."""
    known = [ADDRESS, "localhost", *hosts]
    return known if address in (*known, ANY) else [*known, address]


def config(address: str = ADDRESS, hosts: Sequence[str] = ()) -> dict[str, object]:
    """Streamlit's options for this app; `.streamlit/config.toml` says the same for `streamlit run app.py`.

    Only this machine is listened to unless another `address` is given, and only its own names and `hosts` are
    answered (a page elsewhere cannot reach the app through a name of its own); nothing is reported to anybody.
    """
    return {
        "server.address": address,
        "server.allowedHosts": names(address, hosts),
        "server.headless": True,
        "server.showEmailPrompt": False,
        "server.maxUploadSize": 20,
        "server.fileWatcherType": "none",
        "browser.gatherUsageStats": False,
        "client.toolbarMode": "viewer",
        "client.showErrorDetails": "none",
        "runner.postScriptGC": False,  # after every click into a long letter, a third of a second
        **theme.options(),
    }


def run(
    port: int,
    corpus: Path | None,
    *,
    open_browser: bool = False,
    address: str = ADDRESS,
    hosts: Sequence[str] = (),
    sign_in: Path | None = None,
    typology: str | None = None,
) -> None:
    """Serve the app on `port` of this machine's `address` until it is stopped.

    `corpus` is the folder with letters.toml, `hosts` are the names that others call this machine by, and `sign_in` is
    the file that sets up sign-in (without it `SIGN_IN` in `home`, if there is one). `typology` is the id of the one
    that errors are marked with. Raises PortError when the port is
    taken, SignInError for a faulty file.
    """
    with socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET) as probe:
        # As the server does it: a port that was left a moment ago can be taken again.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
        except (OSError, OverflowError) as error:
            raise PortError(f"port {port} cannot be used: {error}", hint="choose another with --port") from error
    if corpus is not None:
        os.environ[VARIABLE] = str(corpus.absolute())
    if typology is not None:
        os.environ[TYPOLOGY_VARIABLE] = typology
    secrets = settings_of_sign_in(sign_in)
    import streamlit

    from aligner import store
    from aligner.ui import frame, session

    session.warm()
    for module in _FIRST_USE:
        import_module(module)
    if not existing():
        store.prepare()
    settle()
    script = resources.files("aligner.ui") / SCRIPT
    settings = {**config(address, hosts), "server.port": port, "server.headless": not open_browser}
    guard = headers.middleware(names(address, hosts))
    app = streamlit.App(str(script), routes=routes(frame.names()), middleware=guard, secrets=secrets)
    app.run(config=settings)


def settle() -> None:
    """What is loaded now stays for good: it is left out of garbage collection.

    With dictionaries of hundreds of thousands of entries that took a third of a second each time.
    """
    gc.collect()
    gc.freeze()


def check_exposure(address: str, sign_in: Path | None, *, without: bool) -> str | None:
    """What somebody who lets others in is to be told; None where only this machine is served.

    Raises ExposedError when nobody would have to sign in, unless that is wanted (`without`).
    """
    if address in (ADDRESS, "localhost", "::1") or sign_in_file(sign_in):
        return None
    what = f"whoever reaches {address} can read and change everything"
    if without:
        return f"warning: nobody has to sign in: {what}"
    hint = "set up sign-in (docs/sign-in.md), or say that you want that with --without-sign-in"
    raise ExposedError(f"nobody would have to sign in, and {what}", hint=hint)


def sign_in_file(named: Path | None) -> Path | None:
    """The file that sets up sign-in: the one named, else `SIGN_IN` in `home`, if there is one."""
    usual = home() / SIGN_IN
    return named or (usual if usual.exists() else None)


def settings_of_sign_in(named: Path | None) -> dict[str, Any] | None:
    """What the file says, None where there is none; raises SignInError."""
    from aligner.ui import access

    file = sign_in_file(named)
    if file is None:
        return None
    found = access.read(file)
    if find_spec("authlib") is None or find_spec("httpx") is None:
        hint = "pip install 'letter-aligner[sign-in]'"
        raise access.SignInError("signing in needs packages that are not installed", where=str(file), hint=hint)
    os.environ[access.VARIABLE] = "1"
    return found


def routes(pages: list[str]) -> list[Route]:
    """Addresses that Streamlit alone answers badly; the first of `pages` is the one at `/`.

    Opened at another page's address, Streamlit's script does not know which part of it is the
    server's, tries the whole first, and notes two errors in the browser's console. It reads where the
    server is from `window.__streamlit` (streamlit pull request 11537). The first page's own name is
    no address in Streamlit, yet people write it.
    """
    from starlette.responses import HTMLResponse, RedirectResponse
    from starlette.routing import Route

    found = resources.files("streamlit") / "static" / "index.html"
    shell = found.read_text(encoding="utf-8").replace("<head>", f"<head><script>{_WHERE}</script>", 1)

    def page(_: object) -> Response:
        return HTMLResponse(shell, headers={"Cache-Control": "no-cache"})

    def home(request: Request) -> Response:
        return RedirectResponse(f"/?{request.url.query}".removesuffix("?"))

    first, *others = pages
    return [Route(f"/{first}", home), *(Route(f"/{name}", page) for name in others)]
