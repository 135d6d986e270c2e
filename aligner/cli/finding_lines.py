"""Findings as `aligner check` prints them: grouped by rendering, with their context, graver ones brighter."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from aligner.cli.console import printable
from aligner.cli.show import terminal

if TYPE_CHECKING:
    from rich.text import Text

    from aligner.model import Finding, Quoted
    from aligner.pipeline import CheckedLetter

STYLES = {"info": "cyan", "minor": "yellow", "major": "bold red", "critical": "bold white on red"}
AROUND = 28
"""Characters of the document shown on either side of a finding."""


def as_json(checked: CheckedLetter, found: Mapping[str, Sequence[Finding]]) -> dict[str, Any]:
    """Findings by rendering as plain JSON values; `""` holds those of no single rendering."""
    from aligner.formats.finding_json import finding_json

    return {
        "letter": checked.letter.id,
        "renderings": {name: [finding_json(f) for f in findings] for name, findings in found.items()},
    }


def draw(checked: CheckedLetter, found: Mapping[str, Sequence[Finding]]) -> None:
    """Print the findings of one letter."""
    from rich.text import Text

    console = terminal()
    source = checked.letter.base.document.text
    for name, findings in found.items():
        if not name and not findings:
            continue
        counts = Counter(finding.severity.value for finding in findings)
        summary = ", ".join(f"{counts[kind]} {kind}" for kind in reversed(STYLES) if counts[kind]) or "no findings"
        console.print(Text.assemble((name or "all renderings", "bold"), f": {summary}"))
        target = checked.documents[name].text if name else ""
        for finding in findings:
            mark = finding.severity.value
            head = Text.assemble("  ", (mark, STYLES[mark]), f" {finding.category} ", (f"[{finding.check}]", "dim"))
            console.print(head)
            console.print(Text(f"    {printable(finding.messages['en'])}"), soft_wrap=True)
            for text, quoted in ((source, finding.source), (target, finding.target)):
                if quoted and text:
                    console.print(_context(text, quoted, STYLES[mark]), soft_wrap=True)
            if len(finding.places) > 0:
                console.print(Text(f"    and in {len(finding.places)} more places", "dim"))
        console.print()


def _context(text: str, quoted: Quoted, style: str) -> Text:
    from rich.text import Text

    first, last = max(0, quoted.start - AROUND), min(len(text), quoted.end + AROUND)
    return Text.assemble(
        "    ",
        ("…" if first else "", "dim"),
        (printable(text[first : quoted.start]), "dim"),
        (printable(quoted.text), style),
        (printable(text[quoted.end : last]), "dim"),
        ("…" if last < len(text) else "", "dim"),
    )
