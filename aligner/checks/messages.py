"""What findings say to people, in English and Chinese, by check and kind."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources

from aligner.errors import AlignerError

LANGUAGES = ("en", "zh")
LONGEST = 80
"""Characters of a quotation in a message; the spans show the rest."""


@cache
def catalogue() -> dict[str, dict[str, dict[str, str]]]:
    """Check -> kind -> language -> message with `{words}` to be filled in."""
    text = (resources.files("aligner.checks") / "messages.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def message(check: str, kind: str, words: Mapping[str, object]) -> dict[str, str]:
    """The message of a kind of finding in every language; raises AlignerError when the catalogue lacks it."""
    texts = catalogue().get(check, {}).get(kind)
    if texts is None:
        raise AlignerError(f"no message for {kind} of check {check}", where="messages.toml", hint="add one")
    short = {name: _short(str(value)) for name, value in words.items()}
    try:
        return {language: texts[language].format_map(short) for language in LANGUAGES}
    except KeyError as fault:
        raise AlignerError(
            f"the message for {kind} of check {check} lacks {fault}", where="messages.toml", hint="add it"
        ) from fault


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= LONGEST else flat[: LONGEST - 1] + "…"
