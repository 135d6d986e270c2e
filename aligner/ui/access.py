"""Who is before the pages, and what they may do.

On one's own machine everybody may everything, and says a name. Where sign-in is set up (`aligner app --sign-in FILE`),
nothing is shown before it, a reviewer's name is the address that the identity provider gives, and the file says what
each may do. Sign-in itself is Streamlit's (OpenID Connect).
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path
from typing import Any

import streamlit as st

from aligner.errors import AlignerError

VARIABLE = "ALIGNER_SIGN_IN"
"""Set by the launcher where sign-in is wanted: then a fault in its settings shows nobody anything."""

ANYBODY = "*"
"""In the table of roles: whoever else can sign in."""

_NEEDED = ("redirect_uri", "cookie_secret", "client_id", "client_secret", "server_metadata_url")


class SignInError(AlignerError):
    """The file that sets up sign-in is faulty, or what it needs is not installed."""


class Role(IntEnum):
    """What somebody may do; each may what those before may."""

    NOBODY = 0
    READER = 1  # read, compare, export
    REVIEWER = 2  # correct and annotate
    ADJUDICATOR = 3  # settle what reviewers disagree about
    ADMIN = 4  # letters and data


ROLES = {role.name.lower(): role for role in Role if role}
"""The roles by the names that the file uses."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody before the pages; without sign-in `name` is empty, as everybody says their own."""

    name: str
    role: Role


OWNER = Person("", Role.ADMIN)
"""Whoever runs the program for themselves."""


def read(path: Path) -> dict[str, Any]:
    """The settings of sign-in in a TOML file: `[auth]` as Streamlit takes it, and `[roles]`.

    Raises SignInError, naming the file and the key.
    """
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SignInError(f"cannot be read: {error}", where=str(path)) from error
    auth = found.get("auth")
    for key in _NEEDED:
        if not isinstance(auth, dict) or not isinstance(auth.get(key), str) or not auth[key]:
            hint = f"[auth] needs {', '.join(_NEEDED)} (docs/sign-in.md)"
            raise SignInError("is missing", where=f"{path}:auth.{key}", hint=hint)
    check_roles(found.get("roles"), str(path))
    return found


def check_roles(roles: object, where: str) -> dict[str, Role]:
    """The table of roles by address (in small letters), or `*`. Raises SignInError."""
    if not isinstance(roles, Mapping) or not roles:
        hint = 'add [roles] with lines like "ada@example.org" = "admin"'
        raise SignInError("nobody has a role", where=f"{where}:roles", hint=hint)
    found = {}
    for address, name in roles.items():
        if name not in ROLES:
            raise SignInError(
                f"{name!r} is no role", where=f"{where}:roles.{address}", hint=f"one of {', '.join(ROLES)}"
            )
        found[str(address).casefold()] = ROLES[str(name)]
    return found


def person() -> Person:
    """Who is before the page of this run. Raises SignInError when sign-in is wanted and its settings are faulty."""
    settings = _settings()
    if settings is None:
        return OWNER
    roles = check_roles(settings.get("roles"), "the settings of sign-in")
    return told(st.user.to_dict() if st.user.is_logged_in else {}, roles)


def told(user: Mapping[str, Any], roles: Mapping[str, Role]) -> Person:
    """The person of an identity provider's claims: known by a verified e-mail address, and by nothing else."""
    address = str(user.get("email") or "").strip().casefold()
    if not address or address == ANYBODY or user.get("email_verified") is False:
        return Person("", Role.NOBODY)
    return Person(address, roles.get(address, roles.get(ANYBODY, Role.NOBODY)))


def wanted() -> bool:
    """Whether one has to sign in here. Raises SignInError."""
    return _settings() is not None


def _settings() -> dict[str, Any] | None:
    try:
        found: dict[str, Any] = st.secrets.to_dict()
    except FileNotFoundError as fault:  # Streamlit's own, for no secrets and for those that it cannot read
        if any(Path(name).exists() for name in st.get_option("secrets.files")):
            raise SignInError(f"Streamlit's secrets cannot be read: {fault}", hint="mend or remove the file") from fault
        found = {}
    if "auth" in found:
        return found
    if os.environ.get(VARIABLE):
        raise SignInError("the settings of sign-in are gone", hint="start the app again")
    return None
