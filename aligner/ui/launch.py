"""Starting the app's server from the installed package, in any folder.

Streamlit is imported when the server starts, so that commands which show no page stay quick.
"""

from __future__ import annotations

import os
import socket
from importlib import import_module, resources
from pathlib import Path
from typing import TYPE_CHECKING

from aligner.errors import AlignerError
from aligner.ui import theme

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import Route

ADDRESS = "127.0.0.1"
VARIABLE = "ALIGNER_CORPUS"
SCRIPT = "start/script.py"

_FIRST_USE = ("pandas", "pyarrow", "PIL.Image")
"""What Streamlit imports when it first hands data to a component: half a second of somebody's waiting."""

_WHERE = "window.__streamlit = { BACKEND_BASE_URL: location.origin, MAIN_PAGE_BASE_URL: location.origin };"


class PortError(AlignerError):
    """The port is taken or may not be used."""


def config() -> dict[str, object]:
    """Streamlit's options for this app; `.streamlit/config.toml` says the same for `streamlit run app.py`.

    Only this machine is listened to, and only its own names are answered (a page elsewhere cannot
    reach the app through a name of its own); nothing is reported to anybody.
    """
    return {
        "server.address": ADDRESS,
        "server.allowedHosts": [ADDRESS, "localhost"],
        "server.headless": True,
        "server.showEmailPrompt": False,
        "server.maxUploadSize": 20,
        "server.fileWatcherType": "none",
        "browser.gatherUsageStats": False,
        "client.toolbarMode": "viewer",
        "client.showErrorDetails": "none",
        **theme.options(),
    }


def run(port: int, corpus: Path | None, *, open_browser: bool = False) -> None:
    """Serve the app on this machine's `port` until it is stopped; `corpus` is the folder with letters.toml.

    Raises PortError when the port is taken.
    """
    with socket.socket() as probe:
        # As the server does it: a port that was left a moment ago can be taken again.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((ADDRESS, port))
        except (OSError, OverflowError) as error:
            raise PortError(f"port {port} cannot be used: {error}", hint="choose another with --port") from error
    if corpus is not None:
        os.environ[VARIABLE] = str(corpus.absolute())
    import streamlit

    from aligner.ui import frame, session

    session.warm()
    for module in _FIRST_USE:
        import_module(module)
    script = resources.files("aligner.ui") / SCRIPT
    settings = {**config(), "server.port": port, "server.headless": not open_browser}
    streamlit.App(str(script), routes=routes(frame.names())).run(config=settings)


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
