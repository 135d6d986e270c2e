"""What the interface says, in English and Chinese: one TOML catalogue each, with the same keys.

A message with a number has the forms `one` and `other`; `{names}` are filled in. Nothing the
interface says stands anywhere else.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from typing import Any

from aligner.errors import UnknownNameError

LANGUAGES = {"en": "English", "zh": "中文"}
"""Languages of the interface, by their own names."""

HTML_LANGUAGES = {"en": "en", "zh": "zh-Hans"}
"""The same as HTML's lang attribute has them."""

_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""Characters that change the direction of writing until another of them ends that."""


@dataclass(frozen=True)
class Catalogue:
    """The messages of one language, by dotted keys."""

    language: str
    messages: Mapping[str, str]

    @classmethod
    def load(cls, language: str) -> Catalogue:
        """The catalogue of a language; raises UnknownNameError."""
        if language not in LANGUAGES:
            raise UnknownNameError("language", language, LANGUAGES)
        text = (resources.files(__name__) / f"{language}.toml").read_text(encoding="utf-8")
        return cls(language, dict(_flat(tomllib.loads(text))))

    def __call__(self, key: str, /, **values: object) -> str:
        """The message `key` with `values` filled in; raises UnknownNameError for a key there is not.

        A message with forms is chosen by the value `n`.
        """
        if key not in self.messages and "n" in values:
            key = f"{key}.{'one' if values['n'] == 1 else 'other'}"
        if key not in self.messages:
            raise UnknownNameError("message", key, [name for name in self.messages if name.split(".")[0] in key])
        text = self.messages[key]
        return text.format(**{name: plain(value) for name, value in values.items()}) if values else text

    def section(self, *names: str) -> dict[str, str]:
        """The messages whose keys begin with one of `names`, for a component."""
        return {key: text for key, text in self.messages.items() if key.split(".")[0] in names}

    def day(self, date: str) -> str:
        """An ISO 8601 date (a year, a month, a day) as the language writes it; other text unchanged.

        >>> Catalogue.load("en").day("2024-09-25"), Catalogue.load("zh").day("2024-09")
        ('25 September 2024', '2024年9月')
        """
        parts = date.split("-")
        if not all(part.isdigit() for part in parts) or len(parts) > 3:
            return date
        names = dict(zip(("year", "month", "day"), (int(part) for part in parts), strict=False))
        if not 1 <= names.get("month", 1) <= 12:
            return date
        month = self(f"date.month.{names['month']}") if "month" in names else ""
        return self(f"date.{('year', 'month', 'day')[len(parts) - 1]}_form", **{**names, "month": month})


def plain(value: Any) -> Any:
    """Somebody else's words inside a line of ours: without what would turn the rest of the line around."""
    return _TURNING.sub("\ufffd", value) if isinstance(value, str) else value


def _flat(table: Mapping[str, Any], prefix: str = "") -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for key, value in table.items():
        if isinstance(value, Mapping):
            found += _flat(value, f"{prefix}{key}.")
        else:
            found.append((prefix + key, str(value)))
    return found
