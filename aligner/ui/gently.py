"""Loading much beside the pages: whoever clicks meanwhile is served first."""

from __future__ import annotations

import gc
import sys
import time
from collections.abc import Callable, Iterable
from threading import Lock

SLICE = 0.0005
"""Seconds that the loading runs on while somebody else wants to; Python's own is ten times as long, and serving a click
takes dozens of turns."""
PAUSE = 0.02
"""Seconds between two pieces, for what waited."""

_ONE_AT_A_TIME = Lock()
"""Of two, the second would take the first one's settings for Python's own."""


def load(pieces: Iterable[Callable[[], object]]) -> None:
    """Do each of `pieces` in turn; what they made stays for good, and garbage collection passes over it.

    What is half loaded would be gone through again and again, hundreds of thousands of entries of dictionaries, while
    nothing else can run.
    """
    with _ONE_AT_A_TIME:
        usual, collecting = sys.getswitchinterval(), gc.isenabled()
        sys.setswitchinterval(SLICE)
        gc.disable()
        try:
            for piece in pieces:
                piece()
                gc.freeze()
                time.sleep(PAUSE)
        finally:
            sys.setswitchinterval(usual)
            if collecting:
                gc.enable()
