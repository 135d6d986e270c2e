"""The place that a word on quality is about: a letter, one rendering of it or all, and what is named there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from aligner.cli.review.options import Sitting
from aligner.review.decisions import WHOLE

if TYPE_CHECKING:
    from aligner.model import Alignment, Quoted
    from aligner.review.said import Quotes, Said


@dataclass(frozen=True)
class Spot:
    """A rendering of a letter, or `WHOLE` for the letter itself, at somebody's desk."""

    at: Sitting
    letter: str
    rendering: str

    @cached_property
    def alignment(self) -> Alignment | None:
        """What is published of the rendering; None for the letter as a whole."""
        return None if self.rendering == WHOLE else self.at.desk.state(self.letter, self.rendering).alignment

    def sentence(self, name: str | None) -> Quoted | None:
        """The sentence that `--sentence` names."""
        from aligner.pipeline.places import sentence

        return None if name is None else sentence(self.at.desk.corpus, self.letter, self.alignment, name)

    def places(self, source: Sequence[str] | None, target: Sequence[str] | None) -> tuple[Quotes, Quotes]:
        """The places that `--source` and `--target` name, of the letter and of the rendering."""
        from aligner.pipeline.places import source_words, target_words

        corpus, alignment = self.at.desk.corpus, self.alignment
        text = self.at.desk.texts(self.letter, self.rendering).target
        return (
            tuple(source_words(corpus, self.letter, alignment, each) for each in source or ()),
            tuple(target_words(text, alignment, each) for each in target or ()),
        )

    def decide(self, value: Said, **more: Any) -> None:
        """Store what is said of this place and print the answer; exit with 1 for a conflict."""
        self.at.decide(value, self.letter, self.rendering, **more)


def spot(at: Sitting, rendering: str) -> Spot:
    """The rendering with this id. Raises UnknownNameError."""
    from aligner.pipeline.places import rendering_place

    return Spot(at, *rendering_place(at.desk.corpus, rendering))
