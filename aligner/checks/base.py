"""What a check is, what it measures, and the threshold that judges what it measured."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from aligner.checks.context import Context, Rendering
from aligner.comparison import Row
from aligner.model import Place, Quoted, Severity


@dataclass(frozen=True, slots=True)
class Threshold:
    """From which score on a measurement becomes a finding; `reason` says why there, `gold` on what it was set."""

    value: float
    reason: str
    gold: str


@dataclass(frozen=True)
class Found:
    """What a check measured at one place, not yet judged.

    `kind` names the check's threshold and, after the check's name, the message in the catalogue;
    `words` are what the message quotes. `score` is between 0 and 1. `rendering` is None for what
    belongs to no single rendering. `unit` is the id of the unit it was seen in.
    """

    kind: str
    category: str
    severity: Severity
    score: float
    source: Quoted | None
    target: Quoted | None
    words: Mapping[str, object] = field(default_factory=dict)
    evidence: Mapping[str, Any] = field(default_factory=dict)
    places: tuple[Place, ...] = ()
    rendering: str | None = None
    unit: str = ""


@dataclass(frozen=True)
class Check(ABC):
    """One kind of mistake that can be seen.

    `thresholds` has one entry per kind of thing the check finds; `limits` says what it does not see.
    What it sees is the first paragraph of the docstring of the function that measures.
    """

    name: str
    thresholds: Mapping[str, Threshold]
    limits: str

    @property
    def title(self) -> str:
        """What the check sees, in one paragraph."""
        return " ".join((self.function.__doc__ or "").strip().split("\n\n")[0].split())

    @property
    @abstractmethod
    def scope(self) -> str:
        """`rendering` or `letter`: what one call looks at."""

    @property
    @abstractmethod
    def function(self) -> Callable[..., object]:
        """The function that measures."""

    @abstractmethod
    def measure(self, context: Context) -> Iterator[Found]:
        """Everything the check measures, whatever its score."""

    def rows(self, context: Context) -> Iterable[Row]:  # noqa: ARG002 - most checks make no table
        """Rows for the comparison of all renderings."""
        return ()


@dataclass(frozen=True)
class RenderingCheck(Check):
    """A check that looks at one rendering at a time; it may ask the others for evidence.

    `tabulate` gives rows of the comparison.
    """

    find: Callable[[Rendering, Context], Iterable[Found]]
    tabulate: Callable[[Context], Iterable[Row]] | None = None

    @property
    def scope(self) -> str:
        """`rendering`."""
        return "rendering"

    @property
    def function(self) -> Callable[..., object]:
        """`find`."""
        return self.find

    def measure(self, context: Context) -> Iterator[Found]:
        """What `find` measures in each rendering, marked with the rendering's id."""
        for rendering in context.renderings:
            for found in self.find(rendering, context):
                yield Found(**{**_shallow(found), "rendering": rendering.id})

    def rows(self, context: Context) -> Iterable[Row]:
        """What `tabulate` gives, nothing without one."""
        return self.tabulate(context) if self.tabulate else ()


@dataclass(frozen=True)
class LetterCheck(Check):
    """A check that looks at all renderings of a letter together.

    `find` says itself which rendering a measurement belongs to; `tabulate` gives rows of the
    comparison (names, terms, numbers, shared wording, contrast).
    """

    find: Callable[[Context], Iterable[Found]]
    tabulate: Callable[[Context], Iterable[Row]] | None = None

    @property
    def scope(self) -> str:
        """`letter`."""
        return "letter"

    @property
    def function(self) -> Callable[..., object]:
        """`find`."""
        return self.find

    def measure(self, context: Context) -> Iterator[Found]:
        """What `find` measures."""
        yield from self.find(context)

    def rows(self, context: Context) -> Iterable[Row]:
        """What `tabulate` gives, nothing without one."""
        return self.tabulate(context) if self.tabulate else ()


def _shallow(found: Found) -> dict[str, Any]:
    return {name: getattr(found, name) for name in found.__dataclass_fields__}
