"""Who may what: the file of sign-in, claims of an identity provider, and who is let in from elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import support_ui
from streamlit.testing.v1 import AppTest

from aligner import home
from aligner.ui import access, desk, launch
from aligner.ui.access import Person, Role, SignInError, read, told

AUTH = """[auth]
redirect_uri = "http://127.0.0.1:8501/oauth2callback"
cookie_secret = "a long secret"
client_id = "aligner"
client_secret = "another"
server_metadata_url = "http://127.0.0.1:9/.well-known/openid-configuration"
"""
ROLES = '[roles]\n"Ada@Example.org" = "admin"\n"*" = "reader"\n'


def test_the_file_is_read(tmp_path: Path) -> None:
    file = tmp_path / "sign-in.toml"
    file.write_text(AUTH + ROLES, encoding="utf-8")
    assert read(file)["auth"]["client_id"] == "aligner"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "auth.redirect_uri: is missing"),
        (AUTH.replace("client_secret", "clientsecret") + ROLES, "auth.client_secret: is missing"),
        (AUTH, "nobody has a role"),
        (AUTH + '[roles]\n"*" = "owner"\n', "'owner' is no role; one of reader, reviewer, adjudicator, admin"),
        ("[auth", "cannot be read"),
    ],
)
def test_a_faulty_file_says_where_and_what(tmp_path: Path, text: str, message: str) -> None:
    file = tmp_path / "sign-in.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(SignInError) as fault:
        read(file)
    assert message in str(fault.value)
    assert str(file) in str(fault.value)


@pytest.mark.parametrize(
    ("claims", "person"),
    [
        ({"email": "ada@example.ORG", "email_verified": True}, Person("ada@example.org", Role.ADMIN)),
        ({"email": "ben@example.org"}, Person("ben@example.org", Role.READER)),
        ({"email": "ada@example.org", "email_verified": False}, Person("", Role.NOBODY)),
        ({"email": "*"}, Person("", Role.NOBODY)),
        ({"name": "ada@example.org"}, Person("", Role.NOBODY)),
        ({}, Person("", Role.NOBODY)),
    ],
)
def test_a_verified_address_is_who_one_is(claims: Mapping[str, Any], person: Person) -> None:
    assert told(claims, {"ada@example.org": Role.ADMIN, "*": Role.READER}) == person


def test_who_is_not_named_is_nobody() -> None:
    assert told({"email": "eve@example.org"}, {"ada@example.org": Role.ADMIN}) == Person("eve@example.org", Role.NOBODY)


def test_nobody_writes_under_another_name_or_without_the_role(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(home.VARIABLE, str(tmp_path))
    monkeypatch.delenv(home.DATABASE_VARIABLE, raising=False)
    assert desk.reviewer(" Ann\n") == "Ann"
    monkeypatch.setattr(access, "person", lambda: Person("ada@example.org", Role.REVIEWER))
    assert desk.reviewer("Ann") == "ada@example.org"
    monkeypatch.setattr(access, "person", lambda: Person("ada@example.org", Role.ADJUDICATOR))
    assert desk.adjudicator("Ann") == "ada@example.org"
    assert [(each.name, each.role) for each in desk.store().reviewers()] == [("ada@example.org", "adjudicator")]
    monkeypatch.setattr(access, "person", lambda: Person("ada@example.org", Role.READER))
    with pytest.raises(SignInError, match="only reviewers"):
        desk.reviewer("Ann")


def test_an_app_that_lost_its_settings_shows_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(launch.VARIABLE, str(support_ui.build(tmp_path)))
    monkeypatch.setenv(access.VARIABLE, "1")
    test = AppTest.from_file(str(Path(__file__).parent.parent / "app.py"), default_timeout=60).run()
    assert "settings of sign-in are gone" in test.text[0].value
    assert not test.selectbox


@pytest.mark.usefixtures("nothing_at_home")
def test_others_are_let_in_only_behind_sign_in_or_on_purpose(tmp_path: Path) -> None:
    assert launch.check_exposure("127.0.0.1", None, without=False) is None
    with pytest.raises(launch.ExposedError, match="--without-sign-in"):
        launch.check_exposure(launch.ANY, None, without=False)
    assert "warning" in str(launch.check_exposure(launch.ANY, None, without=True))
    file = tmp_path / "sign-in.toml"
    file.write_text(AUTH + ROLES, encoding="utf-8")
    assert launch.check_exposure(launch.ANY, file, without=False) is None


def test_hosts_that_are_answered_are_those_that_were_named() -> None:
    assert launch.config()["server.allowedHosts"] == ["127.0.0.1", "localhost"]
    other = launch.config("192.168.1.5", ["letters.example.org"])
    assert other["server.address"] == "192.168.1.5"
    assert other["server.allowedHosts"] == ["127.0.0.1", "localhost", "letters.example.org", "192.168.1.5"]
    assert launch.config(launch.ANY)["server.allowedHosts"] == ["127.0.0.1", "localhost"]


@pytest.fixture
def nothing_at_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALIGNER_HOME", str(tmp_path / "home"))
