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
    whole = schema(name)
    return Draft202012Validator(_inlined(whole, whole.get("$defs", {})))


def _inlined(value: Any, definitions: dict[str, Any]) -> Any:
    """The schema with its `$ref`s, which are local and do not recurse, replaced by what they name.

    The validator looks every reference up at every value: without them it takes a third of the time.
    """
    if isinstance(value, list):
        return [_inlined(item, definitions) for item in value]
    if not isinstance(value, dict):
        return value
    rest = {key: _inlined(item, definitions) for key, item in value.items() if key not in {"$ref", "$defs"}}
    if "$ref" not in value:
        return rest
    named = _inlined(definitions[value["$ref"].removeprefix("#/$defs/")], definitions)
    return {"allOf": [named], **rest} if rest else named


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
