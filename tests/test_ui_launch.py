"""The launcher and the files beside it agree."""

from __future__ import annotations

import gc
import socket
import sys
import tomllib
from functools import partial
from pathlib import Path

import pytest
import streamlit.config
from starlette.requests import Request

from aligner.ui import gently, headers, launch, theme
from aligner.ui.components import style

ROOT = Path(__file__).parent.parent


def test_the_config_file_says_what_the_launcher_passes() -> None:
    data = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    flat: dict[str, object] = {}

    def walk(table: dict[str, object], prefix: str) -> None:
        for key, value in table.items():
            if isinstance(value, dict):
                walk(value, f"{prefix}{key}.")
            else:
                flat[prefix + key] = value

    walk(data, "")
    assert flat == launch.config()


def test_streamlit_knows_every_option() -> None:
    known = streamlit.config.get_config_options()
    assert not set(launch.config()) - set(known)


def test_nothing_leaves_this_machine() -> None:
    config = launch.config()
    assert config["server.address"] == "127.0.0.1"
    assert config["browser.gatherUsageStats"] is False
    assert set(config["server.allowedHosts"]) == {"127.0.0.1", "localhost"}  # type: ignore[call-overload]


@pytest.mark.parametrize(
    ("address", "ours"),
    [
        ("//127.0.0.1:8501", True),
        ("//LOCALHOST.", True),
        ("http://team.example:80", True),
        ("//a.below.example", True),
        ("//[::1]:1", True),
        ("//below.example", False),
        ("//team.example.evil", False),
        ("//evil@", False),
        ("//[", False),
        ("null", False),
    ],
)
def test_a_server_knows_its_names(address: str, ours: bool) -> None:
    assert headers.known(address, launch.names("::1", ("team.example", "*.below.example"))) is ours


def test_a_port_that_is_taken_is_a_plain_error() -> None:
    with socket.socket() as taken:
        taken.bind((launch.ADDRESS, 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(launch.PortError, match=f"port {port} cannot be used.*--port"):
            launch.run(port, None)


@pytest.mark.parametrize(("name", "colours"), [("light", theme.LIGHT), ("dark", theme.DARK)])
def test_the_palette_of_the_theme_is_the_stylesheets(name: str, colours: dict[str, str]) -> None:
    text = style("tokens.css").upper()
    assert colours["primaryColor"].upper() in text, name
    if name == "light":  # what a component falls back to outside Streamlit
        assert all(colour.upper() in text for colour in colours.values())


def test_no_page_of_ours_is_taken_for_a_script_of_streamlits() -> None:
    # Streamlit runs what stands in a folder `pages` beside its script when a browser opens that address first.
    folder = Path(launch.__file__).parent
    assert (folder / "pages").is_dir()
    assert (folder / launch.SCRIPT).is_file()
    assert not ((folder / launch.SCRIPT).parent / "pages").exists()


def test_a_pages_address_says_where_the_server_is() -> None:
    home, page = launch.routes(["read", "collation"])
    assert (home.path, page.path) == ("/read", "/collation")
    shell = bytes(page.endpoint(Request({"type": "http"})).body).decode()
    assert shell.count("BACKEND_BASE_URL") == 1
    assert shell.index("BACKEND_BASE_URL") < shell.index('type="module"')


@pytest.mark.parametrize(("query", "address"), [(b"letter=x&sentence=2", "/?letter=x&sentence=2"), (b"", "/")])
def test_the_first_page_is_found_under_its_name_too(query: bytes, address: str) -> None:
    home, _ = launch.routes(["read", "collation"])
    request = Request({"type": "http", "path": "/read", "query_string": query, "headers": []})
    assert home.endpoint(request).headers["location"] == address


def test_what_is_loaded_beside_the_pages_leaves_python_as_it_was() -> None:
    usual, seen = sys.getswitchinterval(), []

    def piece(name: str) -> None:
        seen.append((name, sys.getswitchinterval() < usual, gc.isenabled()))
        if name == "broken":
            raise ValueError(name)

    with pytest.raises(ValueError, match="broken"):
        gently.load([partial(piece, name) for name in ("first", "broken", "never")])
    assert seen == [("first", True, False), ("broken", True, False)]
    assert (sys.getswitchinterval(), gc.isenabled()) == (usual, True)
