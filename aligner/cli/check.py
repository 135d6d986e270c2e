"""`aligner check` and `aligner checks`: what diverges, and what can be seen at all."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from aligner.cli.console import check_names, print_json, progress
from aligner.errors import AlignerError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from aligner.model import Finding, Severity


def check(
    letter: Annotated[str | None, typer.Argument(help="Id of a letter; all of them without it.")] = None,
    rendering: Annotated[list[str] | None, typer.Option(help="Only this rendering; may be repeated.")] = None,
    corpus: Annotated[Path | None, typer.Option(help="Folder with letters.toml.")] = None,
    pairs: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Check pairs instead: TSV (id, source, target) or TMX.")
    ] = None,
    languages: Annotated[
        tuple[str, str] | None, typer.Option(metavar="SRC TGT", help="Languages of the pairs, as in 'en zh'.")
    ] = None,
    all_scores: Annotated[
        bool, typer.Option("--all-scores", help="With --pairs: also what lies below the thresholds.")
    ] = False,
    only: Annotated[list[str] | None, typer.Option(metavar="CHECK", help="Only this check; may be repeated.")] = None,
    min_severity: Annotated[
        str, typer.Option(metavar="SEVERITY", help="Leave out what is less grave: info, minor, major, critical.")
    ] = "info",
    glossary: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Terms that must be used: CSV (term, rendering) or TBX.")
    ] = None,
    fail_on: Annotated[
        str | None, typer.Option(metavar="SEVERITY", help="Exit with 1 when a finding is at least this grave.")
    ] = None,
    encoder: Annotated[str, typer.Option(help="Encoder ('aligner list' shows them).")] = "use",
    as_json: Annotated[bool, typer.Option("--json", help="Print findings for a program to read.")] = False,
) -> None:
    """Print where renderings diverge from their letter: errors, omissions, additions, with their context."""
    from aligner import checks, home
    from aligner.encoders import open_encoder

    least, gravest = severity(min_severity), severity(fail_on) if fail_on else None
    wanted = checks.select(only or ())
    model = open_encoder(encoder, cache=home.vectors_dir())
    if pairs is not None:
        if letter or rendering:
            raise AlignerError("--pairs takes no letter and no --rendering", hint="'aligner check --help' explains")
        found = _pairs(pairs, languages, model, wanted, all_scores, glossary, least)
    else:
        if all_scores or languages:
            raise AlignerError("--all-scores and --languages belong to --pairs", hint="give --pairs FILE")
        found = _letters(letter, rendering or [], corpus, model, wanted, glossary, least, as_json)
    if gravest is not None and any(_at_least(finding, gravest) for finding in found):
        raise typer.Exit(1)


def checks(
    as_json: Annotated[bool, typer.Option("--json", help="Print for a program to read.")] = False,
) -> None:
    """List the checks: what each sees, how often it is right, and what it does not see."""
    from aligner.checks import CHECKS
    from aligner.checks.measured import measured

    figures = measured()
    if as_json:
        print_json([_described(each, figures.get(each.name)) for each in CHECKS.values()])
        return
    for each in CHECKS.values():
        print(f"{each.name} (one {each.scope} at a time)\n  {each.title}")
        if numbers := figures.get(each.name):
            print(f"  {numbers['line']}")
        print(f"  Limits: {each.limits}")


def _described(each: Any, figures: Any) -> dict[str, Any]:
    return {
        "name": each.name,
        "scope": each.scope,
        "sees": each.title,
        "limits": each.limits,
        "thresholds": {
            kind: {"value": threshold.value, "reason": threshold.reason, "gold": threshold.gold}
            for kind, threshold in each.thresholds.items()
        },
        "measured": figures,
    }


def severity(name: str) -> Severity:
    """The severity called `name`; raises UnknownNameError."""
    from aligner.errors import UnknownNameError
    from aligner.model import Severity

    known = [each.value for each in Severity]
    if name not in known:
        raise UnknownNameError("severity", name, known)
    return Severity(name)


def _at_least(finding: Finding, least: Severity) -> bool:
    from aligner.model import Severity

    order = list(Severity)
    return order.index(finding.severity) >= order.index(least)


def _pairs(
    path: Path,
    languages: tuple[str, str] | None,
    model: Any,
    wanted: Sequence[Any],
    all_scores: bool,
    glossary: Path | None,
    least: Severity,
) -> list[Finding]:
    import json

    from aligner.formats.finding_json import finding_json
    from aligner.pipeline import check_pairs

    if languages is None:
        raise AlignerError("--pairs needs --languages", hint="for instance: --languages en zh")
    with progress() as show:
        show("checking", 0, 1)
        by_id = check_pairs(path, languages, model, checks=wanted, all_scores=all_scores, glossary=glossary)
    kept = {name: [f for f in findings if _at_least(f, least)] for name, findings in by_id.items()}
    for name, findings in kept.items():
        print(json.dumps({"id": name, "findings": [finding_json(f) for f in findings]}, ensure_ascii=False))
    return [finding for findings in kept.values() for finding in findings]


def _letters(
    letter: str | None,
    renderings: Sequence[str],
    corpus: Path | None,
    model: Any,
    wanted: Sequence[Any],
    glossary: Path | None,
    least: Severity,
    as_json: bool,
) -> list[Finding]:
    from aligner import pipeline
    from aligner.cli import finding_lines
    from aligner.corpus import Corpus

    opened = Corpus.open(corpus)
    if letter:
        check_names(opened, letter, renderings)
    elif renderings:
        raise AlignerError("--rendering needs a letter", hint="aligner check LETTER --rendering ID")
    names = [letter] if letter else [entry.id for entry in opened.manifest.letters]
    terms = pipeline.read_glossary(glossary) if glossary else ()
    out = []
    with progress() as show:
        for number, name in enumerate(names):
            show(f"checking {name}", number, len(names))
            out.append(pipeline.check_built(opened, name, model, renderings, checks=wanted, terms=terms))
    shown = [_least(checked.by_rendering(), least) for checked in out]
    if as_json:
        print_json([finding_lines.as_json(checked, found) for checked, found in zip(out, shown, strict=True)])
    else:
        for checked, found in zip(out, shown, strict=True):
            finding_lines.draw(checked, found)
    return [finding for found in shown for findings in found.values() for finding in findings]


def _least(by_rendering: Mapping[str, Iterable[Finding]], least: Severity) -> dict[str, list[Finding]]:
    return {name: [f for f in findings if _at_least(f, least)] for name, findings in by_rendering.items()}
