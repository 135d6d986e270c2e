"""Letters and renderings for tests of checks, made from cases."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from support_engines import use
from support_formats import document_of, laid_out

from aligner.checks import CHECKS, Context, letter_context, pair_context, run, run_pairs
from aligner.model import Alignment, Document, Finding, Letter, Link, Mode, Segment, Side, Signature, Span, Witness

CASES = Path(__file__).parent / "cases"


def case_file(check: str) -> Path:
    return CASES / f"checks_{check}.json"


def read_cases(check: str) -> list[dict[str, Any]]:
    held: list[dict[str, Any]] = json.loads(case_file(check).read_text(encoding="utf-8"))
    return held


def findings_of(check: str, case: Mapping[str, Any]) -> dict[str, tuple[Finding, ...]]:
    """What one check alone says of a case, by rendering; `""` holds what belongs to no single one."""
    terms = tuple((a, b) for a, b in case.get("glossary", ()))
    if "target" in case:
        languages = tuple(case.get("languages", ("en", "zh-Hans")))
        context = pair_context([("case", case["source"], case["target"])], languages, use(), terms)  # type: ignore[arg-type]
        return {"case": run_pairs(context, (CHECKS[check],), all_scores=False)["case"]}
    report = run(small_context(case["source"], case["renderings"], terms), (CHECKS[check],))
    return {**report.findings, "": report.general}


def small_context(
    source: Sequence[str],
    renderings: Mapping[str, Any],
    terms: tuple[tuple[str, str], ...] = (),
    dates: Mapping[str, str] | None = None,
) -> Context:
    """A letter of sentences and renderings of it.

    A rendering is a list of texts, one per sentence, None for one that is not rendered; or an object
    with such `sentences`, the article's text `before` and `after` them, and a `mode`.
    """
    segments, whole = laid_out("s", source)
    page = document_of("source.txt", whole)
    letter = Letter("letter", "en", Witness("w1", page, 0, len(whole)), segments, tuple(source))
    documents: dict[str, Document] = {}
    alignments = []
    for name, given in renderings.items():
        form = given if isinstance(given, dict) else {"sentences": given}
        documents[name], alignment = _rendering(name, letter, form)
        alignments.append(alignment)
    return letter_context(letter, alignments, documents, use(), terms, dates)


def _rendering(name: str, letter: Letter, form: Mapping[str, Any]) -> tuple[Document, Alignment]:
    from aligner.model import Absence, AbsenceKind
    from aligner.text.scripts import language_of

    text = form.get("before", "")
    pieces: list[Segment] = []
    links: list[Link] = []
    absences: list[Absence] = []
    for number, sentence in enumerate(form["sentences"]):
        source = letter.segments[number].id
        if sentence is None:
            absences.append(Absence(source, AbsenceKind.OMITTED, 0.9))
            continue
        pieces.append(Segment(f"t{number + 1}", len(text), len(text) + len(sentence), sentence))
        mode = Mode(form.get("mode", "direct"))
        links.append(Link(f"l{number + 1}", (source,), (pieces[-1].id,), mode, 0.95))
        text += sentence + form.get("between", "")
    article = document_of(f"{name}.txt", text + form.get("after", ""))
    page = letter.base.document
    region = Span(pieces[0].start, pieces[-1].end) if pieces else None
    sides = (
        Side(page.name, page.sha256, page.text_sha256, "en"),
        Side(article.name, article.sha256, article.text_sha256, language_of(text), region),
    )
    made = Signature("0", "hand", "none")
    alignment = Alignment(
        letter.id, name, *sides, made, letter.segments, tuple(pieces), tuple(links), tuple(absences)
    )  # fmt: skip
    return article, alignment
