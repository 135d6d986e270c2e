"""Numbers with what they count: durations, dates, times, shares, money, ordinals, vague amounts.

`aligner.text.numbers` reads bare values, fast and for every word; this reads what stands around them,
so that `six-and-a-half years`, 六年半, 6年半 and 6.5 years are one quantity, and 六年多 is another.
"""

from aligner.text.quantities.base import CURRENCIES, Quantity, Scale, comparable, same, same_value
from aligner.text.quantities.chinese import bound_before as chinese_bound
from aligner.text.quantities.chinese import chinese_quantities
from aligner.text.quantities.english import bound_before as english_bound
from aligner.text.quantities.english import english_quantities

__all__ = ["CURRENCIES", "Quantity", "Scale", "bound_start", "comparable", "quantities", "same", "same_value"]


def quantities(text: str, language: str) -> tuple[Quantity, ...]:
    """The quantities of `text` in order, without overlap; Chinese is to be given in Simplified characters."""
    return tuple(chinese_quantities(text) if language.lower().startswith("zh") else english_quantities(text))


def bound_start(text: str, start: int, language: str) -> int:
    """Where the words begin that bound the quantity at `start` (at least, 至多); `start` itself where none do."""
    found = (chinese_bound if language.lower().startswith("zh") else english_bound)(text, start)
    return start - len(found[1]) if found else start
