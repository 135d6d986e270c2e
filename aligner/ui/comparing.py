"""Reading what was made of all renderings of a letter together."""

from __future__ import annotations

import json

from aligner.corpus import Corpus
from aligner.errors import DocumentError
from aligner.formats import comparison_json
from aligner.ui.views.compare import Compared

COMPARISON = "comparison.json"
"""The file's name in the folder of its letter."""


def compared(opened: Corpus, letter_id: str) -> Compared | None:
    """What was made of all renderings of a letter together, None when nothing was yet; raises AlignerError."""
    path = opened.folder / letter_id / COMPARISON
    try:
        text = path.read_text(encoding="utf-8")
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, UnicodeDecodeError) as error:
        hint = "make it again with `aligner build`"
        raise DocumentError(f"cannot be read: {error}", where=str(path), hint=hint) from error
    return Compared(comparison_json.loads(text, str(path)), json.loads(text))
