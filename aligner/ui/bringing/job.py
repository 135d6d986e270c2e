"""Work that goes on while its reader looks at other pages: one letter being made, with how far it is."""

from __future__ import annotations

import contextlib
import logging
import threading
from dataclasses import dataclass, field

from aligner.errors import AlignerError
from aligner.pipeline.apart import Apart, BrokenError, StoppedError, Task
from aligner.pipeline.bringing import Brought

_ONE_AT_A_TIME = threading.Lock()
"""Each takes a processor and the encoder's memory."""

_STEPS = {
    "reading": (0.0, 0.05),
    "aligning": (0.05, 0.8),
    "aligned": (0.8, 0.8),
    "checking": (0.8, 0.97),
    "storing": (0.97, 1.0),
}
"""What the pipeline says it does, by its first word -> the shares of the whole that it begins and ends at."""


@dataclass
class Job:
    """A task in a process of its own. When `done`, one of `made`, `fault`, `broken` and `stopped` is set.

    `scope` names the tray that is empty when all went well, `landing` the page that is shown then.
    """

    task: Task
    scope: str = ""
    landing: str = "read"
    step: str = "waiting"
    share: float = 0.0
    made: Brought | None = None
    fault: AlignerError | None = None
    broken: bool = False
    stopped: bool = False
    done: bool = False
    _apart: Apart | None = field(default=None, repr=False)

    def start(self) -> Job:
        """Begin; the thread that waits does not keep the program from ending."""
        threading.Thread(target=self._run, name="letters", daemon=True).start()
        return self

    def stop(self) -> None:
        """End at the next step; nothing is stored then."""
        self.stopped = True
        if self._apart is not None:
            with contextlib.suppress(OSError):
                self._apart.stop()

    def _progress(self, what: str, done: int, total: int) -> None:
        first = what.partition(" ")[0]
        if first in _STEPS:
            begin, end = _STEPS[first]
            self.step, self.share = first, begin + (end - begin) * done / max(total, 1)

    def _run(self) -> None:
        try:
            with _ONE_AT_A_TIME:
                if not self.stopped:
                    self.step = "reading"
                    self._apart = Apart(self.task)
                    self.made = self._apart.result(self._progress)
                    self.stopped = False
        except AlignerError as error:
            self.fault = error
        except StoppedError:
            self.stopped = True
        except (BrokenError, OSError) as error:
            logging.getLogger(__name__).error("a letter could not be made: %s", error)
            self.broken = True
        finally:
            self.done = True
