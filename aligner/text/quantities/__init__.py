"""Numbers with what they count: durations, dates, times, shares, money, ordinals, vague amounts.

`aligner.text.numbers` reads bare values, fast and for every word; this reads what stands around them,
so that `six-and-a-half years`, 六年半, 6年半 and 6.5 years are one quantity, and 六年多 is another.
"""

from aligner.text.quantities.base import CURRENCIES, Quantity, Scale, comparable, same, same_value
from aligner.text.quantities.chinese import chinese_quantities
from aligner.text.quantities.english import english_quantities

__all__ = ["CURRENCIES", "Quantity", "Scale", "comparable", "quantities", "same", "same_value"]


def quantities(text: str, language: str) -> tuple[Quantity, ...]:
    """The quantities of `text` in order, without overlap; Chinese is to be given in Simplified characters."""
    return tuple(chinese_quantities(text) if language.lower().startswith("zh") else english_quantities(text))
