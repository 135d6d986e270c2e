"""The report's words in one language, and HTML in which every text is escaped."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from html import escape
from importlib import resources
from typing import Any

from aligner.errors import UnknownNameError
from aligner.formats.texts import clean

LANGUAGES = ("en", "zh")


@cache
def _catalogue(language: str) -> Mapping[str, Any]:
    text = (resources.files("aligner.formats.report") / "messages.toml").read_text(encoding="utf-8")
    found: Mapping[str, Any] = tomllib.loads(text)[language]
    return found


class Words:
    """Messages by key; raises UnknownNameError for a language that there is not."""

    def __init__(self, language: str) -> None:
        if language not in LANGUAGES:
            raise UnknownNameError("language", language, LANGUAGES)
        self.language = language
        self.tag = "zh-Hans" if language == "zh" else "en"
        self._messages = _catalogue(language)

    def __call__(self, key: str, **values: object) -> str:
        """The message called `key`, with `values` in their places."""
        message: str = self._messages[key]
        return message.format(**values) if values else message

    def known(self, key: str) -> str:
        """The message, or the key itself: severities of a team's own typology are in no catalogue."""
        found = self._messages.get(key, key)
        return found if isinstance(found, str) else key

    def check(self, name: str) -> str:
        """A check's name."""
        found: str = self._messages["checks"].get(name, name)
        return found

    def kind(self, category: str) -> str:
        """A category's name, `dimension/type`: its type, or its dimension when that is all there is."""
        name = category.rpartition("/")[2] or "other"
        found: str = self._messages["kinds"].get(name, name)
        return found


class Html(str):
    """A text that is HTML already."""

    __slots__ = ()


def tag(name: str, /, *children: str, **attributes: str | None) -> Html:
    """An element; `cls` is `class`, `_` in a name is `-`, an attribute that is None is left out.

    >>> tag("p", "a < b", tag("br"), cls="x")
    '<p class="x">a &lt; b<br></p>'
    """
    start = opened(name, **attributes)
    return start if name in {"br", "meta"} else Html(f"{start}{joined(*children)}</{name}>")


def opened(name: str, /, **attributes: str | None) -> Html:
    """The start of an element whose content follows piece by piece; attributes as those of `tag`."""
    named = {"class" if key == "cls" else key.replace("_", "-"): value for key, value in attributes.items()}
    start = "".join(f' {key}="{escape(clean(value))}"' for key, value in named.items() if value is not None)
    return Html(f"<{name}{start}>")


def joined(*children: str) -> Html:
    """Texts and HTML one after the other, texts escaped."""
    return Html("".join(child if isinstance(child, Html) else escape(clean(child), quote=False) for child in children))
