"""Collation files, schema `aligner/collation@1`: a letter's witnesses, their variants, the emendations.

`dumps` is deterministic, and what it gives has been validated against the JSON Schema in the
package. Offsets count in the document of the witness that a reading names.
"""

from __future__ import annotations

import json
from typing import Any

from aligner.formats.validation import validate
from aligner.model import Emendation, Letter, Reading, Variant, Witness

SCHEMA = "aligner/collation@1"

Json = dict[str, Any]


def dumps(letter: Letter) -> str:
    """The collation file's text, ending with a line end; the base witness comes first.

    Raises AlignmentError, naming the JSON path, when a value has no place in the schema.
    """
    data = to_json(letter)
    validate(data, "collation", f"letter {letter.id}")
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def to_json(letter: Letter) -> Json:
    """The collation as plain JSON values, in the documented key order, not yet validated."""
    return {
        "schema": SCHEMA,
        "letter": letter.id,
        "language": letter.language,
        "witnesses": [_witness(witness, letter.base) for witness in letter.witnesses or (letter.base,)],
        "variants": [_variant(variant) for variant in letter.variants],
        "emendations": [_emendation(emendation) for emendation in letter.emendations],
    }


def _witness(witness: Witness, base: Witness) -> Json:
    return {
        "id": witness.id,
        "base": witness == base,
        "document": witness.document.name,
        "sha256": witness.document.sha256,
        "text_sha256": witness.document.text_sha256,
        "start": witness.start,
        "end": witness.end,
    }


def _variant(variant: Variant) -> Json:
    return {
        "id": variant.id,
        "kind": variant.kind,
        "base": _reading(variant.base),
        "other": _reading(variant.other),
    }


def _reading(reading: Reading) -> Json:
    return {"witness": reading.witness, "start": reading.start, "end": reading.end, "text": reading.text}


def _emendation(emendation: Emendation) -> Json:
    return {
        "id": emendation.id,
        "start": emendation.start,
        "end": emendation.end,
        "text": emendation.text,
        "replacement": emendation.replacement,
        "evidence": emendation.evidence,
        "witness": emendation.witness,
        "rejected": emendation.rejected,
    }
