"""The JSON Schemas of the files we write, and the check against them."""

from __future__ import annotations

import json
from functools import cache
from importlib import resources
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import best_match

from aligner.errors import AlignmentError

LONGEST = 200
"""Characters of the validator's message that are shown: it can quote half a file."""


@cache
def schema(name: str) -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) `schemas/<name>.schema.json` of the package."""
    text = (resources.files("aligner.formats") / "schemas" / f"{name}.schema.json").read_text(encoding="utf-8")
    loaded: dict[str, Any] = json.loads(text)
    return loaded


@cache
def _validator(name: str) -> Draft202012Validator:
    return Draft202012Validator(schema(name))


def validate(data: object, name: str, where: str) -> None:
    """Raise AlignmentError, with the JSON path after `where`, when `data` breaks the schema `name`."""
    error = best_match(_validator(name).iter_errors(data))
    if error is None:
        return
    message = error.message
    raise AlignmentError(
        message if len(message) <= LONGEST else f"{message[:LONGEST]} ...",
        where=f"{where}: {error.json_path}",
        hint=f"the schema is {schema(name)['title']}",
    )
