"""Commands that share their options: who decides, which corpus and database, and for corrections which layer.

A command is written with what is its own; what stands first is opened for it.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from inspect import Parameter, Signature, signature
from typing import Any, get_type_hints

from aligner.cli.review.bench import bench
from aligner.cli.review.options import (
    CorpusOption,
    DatabaseOption,
    JsonOption,
    Layer,
    LayerOption,
    RenderingArgument,
    ReviewerOption,
    SeenOption,
    sitting,
)
from aligner.cli.review.spot import spot

Command = Callable[..., None]
Parameters = tuple[Parameter, ...]


def _own(name: str, annotation: Any, default: Any = Parameter.empty) -> Parameter:
    return Parameter(name, Parameter.KEYWORD_ONLY, default=default, annotation=annotation)


RENDERING = (_own("rendering", RenderingArgument),)
COMMON = (
    _own("reviewer", ReviewerOption, None),
    _own("corpus", CorpusOption, None),
    _own("database", DatabaseOption, None),
    _own("as_json", JsonOption, False),
)
CORRECTING = (_own("layer", LayerOption, Layer.SHARED), _own("seen", SeenOption, None), *COMMON)


def at_desk(command: Command) -> Command:
    """`command(at: Sitting, *, ...)` with the common options."""

    @functools.wraps(command)
    def run(**given: Any) -> None:
        with sitting(**_taken(given, COMMON)) as at:
            command(at, **given)

    return _with_options(run, command, (), COMMON)


def on_rendering(command: Command) -> Command:
    """`command(at: Spot, *, ...)` with the argument RENDERING and the common options."""

    @functools.wraps(command)
    def run(**given: Any) -> None:
        with sitting(**_taken(given, COMMON)) as at:
            command(spot(at, **_taken(given, RENDERING)), **given)

    return _with_options(run, command, RENDERING, COMMON)


def on_bench(command: Command) -> Command:
    """`command(at: Bench, *, ...)` with the argument RENDERING and the options of corrections."""

    @functools.wraps(command)
    def run(**given: Any) -> None:
        with bench(**_taken(given, (*RENDERING, *CORRECTING))) as at:
            command(at, **given)

    return _with_options(run, command, RENDERING, CORRECTING)


def _taken(given: dict[str, Any], parameters: Parameters) -> dict[str, Any]:
    return {each.name: given.pop(each.name) for each in parameters}


def _with_options(run: Command, command: Command, before: Parameters, after: Parameters) -> Command:
    """`run` with the parameters that Typer is to read: those of `command` but the first, between the shared ones."""
    hints = get_type_hints(command, include_extras=True)
    _, *own = signature(command).parameters.values()
    every = [*before, *(each.replace(annotation=hints[each.name]) for each in own), *after]
    run.__signature__ = Signature(every)  # type: ignore[attr-defined]
    run.__annotations__ = {each.name: each.annotation for each in every}
    return run
