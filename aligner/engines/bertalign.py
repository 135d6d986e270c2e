"""Bertalign (Liu and Zhu 2022), the package of that name with our encoder in place of its LaBSE.

The package is under the GPL: it is called as it is, by its public classes, and only when asked for.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from types import ModuleType
from typing import Any

import numpy as np

from aligner.encoders import Encoder, Vectors
from aligner.engines.base import Bead, check_beads
from aligner.errors import MissingExtraError

INSTALL = "pip install 'letter-aligner[bertalign]'"
PYTHON = (3, 12)

# Bertalign's first pass sees 250 target sentences to both sides of the diagonal. Where one source
# sentence stands against more, its search path has a hole, which it has not the other way round.
BAND = 250


class Bertalign:
    """`bertalign`: two passes over the windows of up to four sentences, beads of up to five."""

    def beads(
        self,
        source: Sequence[str],
        target: Sequence[str],
        encoder: Encoder,
        languages: tuple[str, str] = ("en", "zh"),  # noqa: ARG002 - part of the contract of engines
    ) -> tuple[Bead, ...]:
        """Beads in order, every sentence once; a blank sentence is seen as Bertalign's `BLANK_LINE`.

        Bertalign gives no score. `confidence` is the cosine of the bead's two joined windows by
        `encoder`, from 0 to 1; 0 for a bead with one empty side, but 1 where a whole text is empty.
        It is not a probability. Where no two sentences are alike at all, nothing is linked.

        Raises MissingExtraError when the package is not installed.
        """
        n, m = len(source), len(target)
        if not n or not m:
            return _nulls(n, m, 1.0)
        if m > BAND * n:
            turned = self.beads(target, source, encoder)
            return check_beads((Bead(b.target, b.source, b.confidence) for b in turned), n, m)
        package = _package()
        # It would drop blank lines, break sentences at odd characters, and fail on a text in no language
        # it knows: it is given lines of plain English, and the sentences when it comes to encode them.
        lines = {f"This is sentence number {i} of the source text.": s for i, s in enumerate(source)}
        others = {f"This is sentence number {j} of the target text.": s for j, s in enumerate(target)}
        model = _injected(package, encoder, lines | others)
        aligner = package.Bertalign("\n".join(lines), "\n".join(others), is_split=True, model=model)
        try:
            aligner.align_sents()
        except IndexError:  # its first pass found no pair with a cosine above 0, and its second needs one
            return _nulls(n, m, 0.0)
        return check_beads(_scored(aligner), n, m)


def install_hint(version: tuple[int, int]) -> str:
    """How to get the package on this version of Python; pip passes the extra over on an older one."""
    if version >= PYTHON:
        return f"install it with: {INSTALL}"
    needed, here = (".".join(map(str, v)) for v in (PYTHON, version))
    return f"it needs Python {needed} or newer (this is {here}); install it there with: {INSTALL}"


def _package() -> ModuleType:
    """Bertalign itself, imported only here: it brings PyTorch, which takes seconds and much memory."""
    try:
        import bertalign
    except ModuleNotFoundError as fault:
        raise MissingExtraError(
            f"engine 'bertalign' is not installed (no module {fault.name!r})",
            hint=install_hint(sys.version_info[:2]),
        ) from fault
    package: ModuleType = bertalign
    return package


def _injected(package: ModuleType, encoder: Encoder, sentences: dict[str, str]) -> object:
    """An encoder that Bertalign takes as one of its own; `sentences` are what its lines stand for."""
    base: Any = package.Encoder

    class Injected(base):  # type: ignore[misc]
        def __init__(self) -> None:  # that of the base loads a model
            self.model = _Model(encoder)
            self.model_name = encoder.signature

        def transform(self, sents: Sequence[str], num_overlaps: int) -> Any:
            return super().transform([sentences[line] for line in sents], num_overlaps)

    return Injected()


class _Model:
    """What Bertalign's encoder asks of a sentence-transformers model."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Rows in an array of their own: Bertalign reshapes it in place."""
        return np.array(self._encoder.encode(texts), dtype=np.float32)


def _scored(aligner: Any) -> Iterator[Bead]:
    """The beads of a finished Bertalign; its vectors are by (window size - 1, last sentence)."""
    for source, target in aligner.result:
        cosine = 0.0
        if source and target:
            window = aligner.src_vecs[len(source) - 1, source[-1]], aligner.tgt_vecs[len(target) - 1, target[-1]]
            cosine = float(np.clip(window[0] @ window[1], 0, 1))
        yield Bead(tuple(map(int, source)), tuple(map(int, target)), round(cosine, 4))


def _nulls(sources: int, targets: int, confidence: float) -> tuple[Bead, ...]:
    """Every sentence alone."""
    left = (Bead((i,), (), confidence) for i in range(sources))
    right = (Bead((), (j,), confidence) for j in range(targets))
    return (*left, *right)
