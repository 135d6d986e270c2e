"""Comparison files, schema `aligner/comparison@1`: what concerns several renderings of a letter at once.

`dumps` is deterministic, and what it gives has been validated against the JSON Schema in the package.
"""

from __future__ import annotations

import json

from aligner.comparison import Comparison, Distance, Row, Sharing, Variation
from aligner.errors import AlignmentError, DocumentError
from aligner.formats.finding_json import Json, finding_json, offsets, ordered, read_finding, rounded, stretch
from aligner.formats.validation import validate
from aligner.model import Place, Quoted

SCHEMA = "aligner/comparison@1"
TABLES = ("names", "terms", "numbers", "shared", "contrast")


def dumps(comparison: Comparison) -> str:
    """The comparison file's text, ending with a line end.

    Raises AlignmentError, naming the JSON path, when a value has no place in the schema.
    """
    data = to_json(comparison)
    validate(data, "comparison", f"letter {comparison.letter}")
    return json.dumps(data, ensure_ascii=False, allow_nan=False, indent=1) + "\n"


def loads(text: str, where: str) -> Comparison:
    """The comparison that `text` holds; `where` (a file's name) begins every message.

    Raises DocumentError when `text` is not JSON, AlignmentError when it is not a comparison of this schema.
    """
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        hint = "a comparison file is what `aligner build` writes"
        raise DocumentError(f"not JSON: {error.msg}", where=f"{where}:{error.lineno}", hint=hint) from error
    validate(data, "comparison", where)
    return Comparison(
        data["letter"],
        tuple(data["renderings"]),
        tuple(_read_row(table, row) for table in TABLES for row in data[table]),
        tuple(read_finding(finding) for finding in data["findings"]),
        tuple(_read_sharing(item) for item in data.get("sharing", ())),
        tuple(_read_variation(item) for item in data.get("variation", ())),
    )


def to_json(comparison: Comparison) -> Json:
    """The comparison as plain JSON values, in the documented key order, not yet validated.

    Raises AlignmentError for a row of an unknown table.
    """
    if unknown := {row.kind for row in comparison.rows} - set(TABLES):
        raise AlignmentError(f"no table {min(unknown)!r}", where="comparison", hint=f"known: {', '.join(TABLES)}")
    return {
        "schema": SCHEMA,
        "letter": comparison.letter,
        "renderings": list(comparison.renderings),
        **{table: [_row(row) for row in comparison.rows if row.kind == table] for table in TABLES},
        "sharing": [_sharing(item) for item in comparison.sharing],
        "variation": [_variation(item) for item in comparison.variation],
        "findings": [finding_json(finding) for finding in comparison.findings],
    }


def _row(row: Row) -> Json:
    return {
        "source": [stretch(quoted) for quoted in row.source],
        "forms": [{"rendering": place.rendering, "side": place.side, **stretch(place)} for place in row.forms],
        "score": rounded(row.score),
        "evidence": ordered(row.evidence),
    }


def _read_row(table: str, data: Json) -> Row:
    return Row(
        table,
        tuple(Quoted(*offsets(item)) for item in data["source"]),
        tuple(Place(item["rendering"], item["side"], *offsets(item)) for item in data["forms"]),
        data["score"],
        data["evidence"],
    )


def _sharing(item: Sharing) -> Json:
    return {
        "renderings": list(item.renderings),
        "runs": item.runs,
        "shares": {name: rounded(share) for name, share in item.shares.items()},
        "dates": dict(item.dates),
        "earlier": item.earlier,
    }


def _read_sharing(data: Json) -> Sharing:
    one, other = data["renderings"]
    return Sharing((one, other), data["runs"], data["shares"], data["dates"], data["earlier"])


def _variation(item: Variation) -> Json:
    pairs = [
        {"renderings": list(p.renderings), "wording": rounded(p.wording), "meaning": rounded(p.meaning)}
        for p in item.pairs
    ]
    return {"source": stretch(item.source), "pairs": pairs}


def _read_variation(data: Json) -> Variation:
    pairs = (((one, other), p["wording"], p["meaning"]) for p in data["pairs"] for one, other in (p["renderings"],))
    return Variation(Quoted(*offsets(data["source"])), tuple(Distance(*pair) for pair in pairs))
