"""Notes below a table, so that it keeps to 80 columns: formulas, and why there is no number."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


class Notes:
    """Texts by the raised number that stands beside what they explain; each once."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def mark(self, text: str) -> str:
        """The number of a text, raised."""
        number = self._numbers.setdefault(text, len(self._numbers) + 1)
        return str(number).translate(RAISED)

    def lines(self) -> list[str]:
        """All of them, each behind its number."""
        return [f"{str(number).translate(RAISED)} {text}" for text, number in self._numbers.items()]


def fitting(console: Console, table: Callable[[str], Table]) -> Table:
    """`table(" ")`, or `table("\\n")` where that is wider than the terminal: with intervals below their numbers."""
    from rich.measure import Measurement

    flat = table(" ")
    wide = Measurement.get(console, console.options.update(max_width=10_000), flat).maximum
    return flat if wide <= console.width else table("\n")
