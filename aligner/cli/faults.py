"""One place where a fault becomes a line on stderr and an exit code.

0 done; 2 bad input or usage; 3 a fault of the program, with a report file; 130 stopped with Ctrl+C;
141 whoever read the output closed it. 1 is kept for conditions a caller asked for (`--fail-on`).
"""

from __future__ import annotations

import contextlib
import os
import platform
import sys
import traceback
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NoReturn

import typer
from typer.core import TyperGroup

from aligner import __version__, home
from aligner.errors import AlignerError

BAD_INPUT = 2
INTERNAL = 3
INTERRUPTED = 130
CLOSED_PIPE = 141


class Commands(TyperGroup):
    """The group of all commands, which ends every fault in one line and its exit code."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command; usage errors pass through to `main`."""
        try:
            super().invoke(ctx)
            # Here and not when Python ends, where a closed pipe could no longer be told from a fault.
            sys.stdout.flush()
            return None
        except AlignerError as error:
            say(str(error))
            code = error.exit_code
        except BrokenPipeError:
            # Python flushes stdout once more on its way out and would complain about the same pipe.
            with contextlib.suppress(OSError, ValueError):
                os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            code = CLOSED_PIPE
        except KeyboardInterrupt:
            say("stopped; no file was changed by halves")
            code = INTERRUPTED
        except Exception as error:
            if _is_usage_error(error) or isinstance(error, (typer.Exit, typer.Abort)):
                raise
            code = report(error)
        raise typer.Exit(code)

    def main(self, *arguments: Any, **named: Any) -> NoReturn:
        """Run the program and leave it with its exit code."""
        try:
            code = super().main(*arguments, **{**named, "prog_name": "aligner", "standalone_mode": False})
        except typer.Abort:
            code = INTERRUPTED
        except Exception as error:
            if not _is_usage_error(error):
                code = report(error)
            else:
                context = getattr(error, "ctx", None)
                path = getattr(context, "command_path", "aligner")
                # What a type of the option's own says comes with the name of its class.
                said = error.format_message().replace("Value error, ", "").rstrip(".")  # type: ignore[attr-defined]
                say(f"{said} (see '{path} --help')")
                code = BAD_INPUT
        sys.exit(code if isinstance(code, int) else 0)


def say(message: str) -> None:
    """Print one line on stderr, whatever line breaks the message holds."""
    line = " ".join(message.split())
    print(f"aligner: {line}", file=sys.stderr)


def report(error: BaseException) -> int:
    """Write a report of a fault of the program, name it on stderr, and return the exit code."""
    head = f"internal fault, {type(error).__name__}: {error}"
    try:
        path = write_report(error)
    except OSError as refusal:
        say(f"{head}; no report could be written to {home.reports_dir()} ({refusal.strerror})")
    else:
        say(f"{head}; please send the report {path}")
    return INTERNAL


def write_report(error: BaseException, folder: Path | None = None) -> Path:
    """Write what is needed to find a fault into a new file of `folder` and return its path.

    It holds versions, the command line and the traceback, whose last line may quote the input.
    """
    now = datetime.now(UTC)
    folder = folder or home.reports_dir()
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{now:%Y%m%dT%H%M%S}.{now.microsecond:06d}-{os.getpid()}.txt"
    lines = [
        f"aligner {__version__}, Python {platform.python_version()}, {platform.platform()}",
        f"time: {now.isoformat()}",
        f"command: {sys.argv!r}",
        "",
        *traceback.format_exception(error),
    ]
    path.write_text("\n".join(lines), encoding="utf-8", errors="backslashreplace")
    return path


def _is_usage_error(error: Exception) -> bool:
    # Newer releases of Typer carry click inside themselves, older ones depend on it: one class, two addresses.
    return any(kind.__name__ == "ClickException" for kind in type(error).__mro__)
