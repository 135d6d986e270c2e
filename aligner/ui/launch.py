"""Starting the app's server from the installed package, in any folder.

Streamlit is imported when the server starts, so that commands which show no page stay quick.
"""

from __future__ import annotations

import os
import socket
from importlib import resources
from pathlib import Path

from aligner.errors import AlignerError
from aligner.ui import theme

ADDRESS = "127.0.0.1"
VARIABLE = "ALIGNER_CORPUS"


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

    from aligner.ui import frame, session  # noqa: F401 - loaded now, so that the first page does not wait for it

    session.warm()
    script = resources.files("aligner.ui") / "script.py"
    settings = {**config(), "server.port": port, "server.headless": not open_browser}
    streamlit.App(str(script)).run(config=settings)
