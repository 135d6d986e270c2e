"""JSON Lines of mt-metrics-eval: one line per sentence, rendering and reviewer.

`start` and `end` are Python characters of the text, end exclusive; `segment_id` counts from 0; `score`
is what the error costs in its typology. Errors with several places are several errors there, of which
the first carries the cost. A sentence that nobody judged has an empty `rater_id` and `errors` null, as
an empty list would say that it is right.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from aligner.formats.base import LetterExport, RenderingExport
from aligner.formats.mqm.google import GoogleOptions
from aligner.formats.mqm.judged import Judgement, Sentence, display, judged, points, spans_in
from aligner.formats.texts import flat
from aligner.review.typologies import Typology


def metrics_chunks(exports: Iterable[LetterExport], options: GoogleOptions) -> Iterator[bytes]:
    """The lines of any number of letters, a rendering after the other."""
    for export in exports:
        for rendering in export.renderings:
            for sentence in judged(export.letter, rendering):
                for judgement in sentence.judgements or (() if options.judged_only else (None,)):
                    yield _line(export, rendering, sentence, judgement)


def _line(export: LetterExport, rendering: RenderingExport, sentence: Sentence, judgement: Judgement | None) -> bytes:
    value = {
        "source": sentence.source.text,
        "hypothesis": sentence.target.text,
        "errors": None if judgement is None else list(_errors(sentence, judgement, export.typologies)),
        "document_id": export.letter.id,
        "segment_id": sentence.number,
        "system_id": flat(rendering.id),
        "rater_id": flat(judgement.reviewer) if judgement else "",
        "src_lang": export.letter.language,
        "tgt_lang": rendering.alignment.target.language,
    }
    return (json.dumps(value, ensure_ascii=False) + "\n").encode()


def _errors(sentence: Sentence, judgement: Judgement, own: Sequence[Typology]) -> Iterator[dict[str, Any]]:
    for error in judgement.errors:
        places = [(place, False) for place in spans_in(sentence.target, error.target)]
        places += [(place, True) for place in spans_in(sentence.source, error.source)]
        for number, ((start, end), in_source) in enumerate(places):
            yield {
                "start": start,
                "end": end,
                "category": display(error.category, error.typology),
                "severity": error.severity,
                "score": points(error, own) if number == 0 else 0.0,
                "is_source_error": in_source,
            }
