"""What a reviewer did in the browser as the value that the log keeps. Nothing of it is believed unseen.

A browser sends spans as `[start, end, text]`: code points of the document, end exclusive, with the words that it showed
there. Words that do not stand there are refused.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from aligner.errors import AlignerError
from aligner.model import Finding, Quoted, Segment
from aligner.review.said import Mark, Said, Score, Verdict, Work
from aligner.review.typologies import Typology
from aligner.ui.outbox import Operation

LONGEST_TEXT = 10_000
RELOAD = "reload the page and do it again"


@dataclass(frozen=True)
class Ground:
    """What a rendering's operations are held against."""

    source: str
    target: str
    sentences: tuple[Segment, ...]
    findings: Mapping[str, Finding]
    typology: Typology


def said_by(operation: Operation, ground: Ground) -> Said:
    """The value of an operation. Raises AlignerError for what is none, or does not fit the texts or the typology."""
    make = MAKERS.get(operation.kind)
    if make is None:
        raise AlignerError(f"unknown operation {operation.kind!r}", hint=f"known: {', '.join(sorted(MAKERS))}")
    return make(operation.args, ground)


def grade_of(finding: Finding, typology: Typology) -> str:
    """The typology's severity for a finding; its first where it names none."""
    try:
        return typology.of_finding(finding.severity)
    except AlignerError:
        return typology.order[0]


def quotes(spans: Any, text: str, where: str) -> tuple[Quoted, ...]:
    """Spans of `text` as the browser sent them. Raises AlignerError when one does not stand there."""
    found = []
    for span in spans if isinstance(spans, list) else [None]:
        if not isinstance(span, list) or len(span) != 3:
            raise AlignerError("a span is not [start, end, text]", where=where, hint=RELOAD)
        start, end, words = span
        whole = type(start) is int and type(end) is int and isinstance(words, str)
        if not whole or not 0 <= start < end <= len(text) or text[start:end] != words:
            raise AlignerError(f"the words {words!r} do not stand at {start}-{end}", where=where, hint=RELOAD)
        found.append(Quoted(start, end, words))
    return tuple(sorted(found, key=lambda quoted: quoted.start))


def _text(args: Mapping[str, Any], name: str) -> str:
    value = args.get(name) or ""
    if not isinstance(value, str) or len(value) > LONGEST_TEXT:
        raise AlignerError(f"`{name}` is not a text of at most {LONGEST_TEXT} characters")
    return value.strip()


def _mark(args: Mapping[str, Any], ground: Ground) -> Mark:
    typology = ground.typology
    category, severity = typology.category(_text(args, "category")), typology.severity(_text(args, "severity"))
    mark = Mark(
        typology.id,
        typology.version,
        category.id,
        severity.id,
        quotes(args.get("target", []), ground.target, "the rendering"),
        quotes(args.get("source", []), ground.source, "the letter"),
        _text(args, "comment"),
        _text(args, "correction") or None,
        _text(args, "replaces") or None,
    )
    if not mark.source and not mark.target:
        raise AlignerError("an error without a place", hint="mark its words")
    if category.source_span and not mark.source:
        raise AlignerError(f"{category.id} needs words of the letter", hint="mark what is left out in the English")
    return mark


def _finding(args: Mapping[str, Any], ground: Ground) -> Finding:
    found = ground.findings.get(_text(args, "finding"))
    if found is None:
        raise AlignerError("this suggestion is no longer made", hint=RELOAD)
    return found


def _accept(args: Mapping[str, Any], ground: Ground) -> Verdict:
    """A finding taken as it is, or as the reviewer changed it (then `args` has a mark's words)."""
    finding = _finding(args, ground)
    if "category" in args:
        return Verdict(finding.id, finding.check, _mark(args, ground))
    given = {
        "category": finding.category,
        "severity": grade_of(finding, ground.typology),
        "target": [[q.start, q.end, q.text] for q in (finding.target,) if q],
        "source": [[q.start, q.end, q.text] for q in (finding.source,) if q],
    }
    return Verdict(finding.id, finding.check, _mark(given, ground))


def _dismiss(args: Mapping[str, Any], ground: Ground) -> Verdict:
    finding = _finding(args, ground)
    return Verdict(finding.id, finding.check, None, _text(args, "reason"))


def _sentence(args: Mapping[str, Any], ground: Ground) -> Quoted:
    start = args.get("sentence")
    for each in ground.sentences:
        if type(start) is int and each.start == start:
            return Quoted(each.start, each.end, ground.source[each.start : each.end])
    raise AlignerError("no sentence of the letter begins there", hint=RELOAD)


def _score(args: Mapping[str, Any], ground: Ground) -> Score:
    score: Any = args.get("score")
    return Score(score, _sentence(args, ground))


def _work(args: Mapping[str, Any], ground: Ground) -> Work:
    return Work("done" if args.get("done") is True else "open", _sentence(args, ground))


MAKERS: Mapping[str, Callable[[Mapping[str, Any], Ground], Said]] = {
    "mark": _mark,
    "accept": _accept,
    "dismiss": _dismiss,
    "score": _score,
    "work": _work,
}
"""What a reviewer can say on the page."""
