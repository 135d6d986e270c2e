"""This program's own JSON Lines of annotations, schema `aligner/annotation@1`: nothing is lost.

A line for the letter, then one per error annotation, score and comment. Spans are offsets into the
documents, whose hashes stand in every one of these lines, so that nothing is read back onto another
text.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from aligner.formats.base import LetterExport, NoOptions, RenderingExport
from aligner.model import Quoted

SCHEMA = "aligner/annotation@1"


def own_chunks(exports: Iterable[LetterExport], options: NoOptions) -> Iterator[bytes]:  # noqa: ARG001
    """The lines of any number of letters, a rendering after the other."""
    for export in exports:
        names = [rendering.id for rendering in export.renderings]
        yield _line({"schema": SCHEMA, "letter": export.letter.id, "kind": "letter", "renderings": names})
        for rendering in export.renderings:
            for value in _values(rendering):
                head = {"schema": SCHEMA, "letter": export.letter.id, "rendering": rendering.id}
                sides = rendering.alignment.source, rendering.alignment.target
                tail = {"source_sha256": sides[0].text_sha256, "target_sha256": sides[1].text_sha256}
                yield _line(head | value | tail)


def _values(rendering: RenderingExport) -> Iterator[dict[str, Any]]:
    for item in rendering.annotations:
        yield {
            "kind": "error",
            "id": item.id,
            "reviewer": item.reviewer,
            "typology": item.typology,
            "version": item.version,
            "category": item.category,
            "severity": item.severity,
            "source": _spans(item.source),
            "target": _spans(item.target),
            "comment": item.comment,
            "correction": item.correction,
        }
    for score in rendering.scores:
        yield {"kind": "score", "reviewer": score.reviewer, "sentence": score.sentence, "score": score.score}
    for comment in rendering.comments:
        yield {"kind": "comment", "reviewer": comment.reviewer, "link": comment.link, "comment": comment.text}


def _spans(spans: Sequence[Quoted]) -> list[dict[str, Any]]:
    return [{"start": span.start, "end": span.end, "text": span.text} for span in spans]


def _line(value: dict[str, Any]) -> bytes:
    try:
        return (json.dumps(value, ensure_ascii=False) + "\n").encode()
    except UnicodeEncodeError:  # a lone surrogate, which JSON can escape and UTF-8 cannot hold
        return (json.dumps(value) + "\n").encode()
