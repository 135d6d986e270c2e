"""Google's MQM table with the tenth column of Marot.

Columns: `COLUMNS`; one line per error, nothing quoted, spans between <v> and </v>. `system` is the
rendering, `doc` the letter. A sentence without errors is one line `No-error` for each reviewer who
judged it; a sentence that nobody judged is one line without reviewer, category and severity, which
Marot takes for a line of metadata. Sources: the READMEs of google/wmt-mqm-human-evaluation and Marot.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from aligner.formats.base import LetterExport
from aligner.formats.mqm.judged import Sentence, display, judged, spans_in
from aligner.formats.texts import flat
from aligner.review.annotations import ErrorAnnotation

COLUMNS = (
    "system",
    "doc",
    "doc_id",
    "seg_id",
    "rater",
    "source",
    "target",
    "category",
    "severity",
    "metadata",
)
NO_ERROR = "No-error"
OPEN, CLOSE = "<v>", "</v>"
GUARD = "\u200b"
"""Stands behind the `<` of a mark that belongs to the text itself."""


@dataclass(frozen=True, slots=True)
class GoogleOptions:
    """`judged_only` leaves out sentences that no reviewer judged: for programs that count every line."""

    judged_only: bool = False


def google_chunks(exports: Iterable[LetterExport], options: GoogleOptions) -> Iterator[bytes]:
    """The table of any number of letters, a rendering after the other."""
    yield _line(COLUMNS)
    for export in exports:
        for rendering in export.renderings:
            for sentence in judged(export.letter, rendering):
                place = (rendering.id, export.letter.id, str(sentence.number), str(sentence.number + 1))
                for row in _rows(sentence, options):
                    yield _line((*place, *row))


def marked(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """`text` with marks around `spans`, which are in order; marks of the text itself are guarded."""
    out, last = "", 0
    for start, end in spans:
        start = max(start, last)
        if start < end:
            out += guarded(text[last:start]) + OPEN + guarded(text[start:end]) + CLOSE
            last = end
    return out + guarded(text[last:])


def guarded(text: str) -> str:
    """`text`, in which nothing is read as a mark.

    >>> guarded("a <v> b").replace(GUARD, "|")
    'a <|v> b'
    """
    return text.replace("<v>", f"<{GUARD}v>").replace("</v>", f"<{GUARD}/v>")


def _rows(sentence: Sentence, options: GoogleOptions) -> Iterator[tuple[str, ...]]:
    source, target = sentence.source.text, sentence.target.text
    if not sentence.judgements and not options.judged_only:
        yield "", guarded(source), guarded(target), "", "", "{}"
    for judgement in sentence.judgements:
        for error in judgement.errors:
            yield (
                judgement.reviewer,
                marked(source, spans_in(sentence.source, error.source)),
                marked(target, spans_in(sentence.target, error.target)),
                display(error.category, error.typology) or "Other",
                error.severity.capitalize(),
                _metadata(error),
            )
        if not judgement.errors:
            yield judgement.reviewer, guarded(source), guarded(target), NO_ERROR, NO_ERROR, "{}"


def _metadata(error: ErrorAnnotation) -> str:
    found = {"note": error.comment, "corrected_translation": error.correction}
    made = {"aligner": {"id": error.id, "typology": error.typology, "version": error.version}}
    return json.dumps({key: value for key, value in found.items() if value} | made, ensure_ascii=False)


def _line(cells: Sequence[str]) -> bytes:
    return ("\t".join(flat(cell) for cell in cells) + "\n").encode()
