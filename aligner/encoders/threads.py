"""How many threads the linear algebra takes."""

from __future__ import annotations

import os
from contextlib import AbstractContextManager

from threadpoolctl import threadpool_limits


def threads_of_this_machine() -> int:
    """How many BLAS threads to use: half the cores, at most two.

    A second thread gains the encoder a tenth; threads that wait for a busy core cost it 20 times.
    """
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min(2, cores // 2))


def few_threads(count: int | None = None) -> AbstractContextManager[object]:
    """While it is open, BLAS takes `count` threads, by default those of this machine."""
    limit: AbstractContextManager[object] = threadpool_limits(count or threads_of_this_machine(), user_api="blas")
    return limit
