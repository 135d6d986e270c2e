"""Letters and their articles to alignments, on one machine; a cluster maps the same function."""

from __future__ import annotations

import multiprocessing
import signal
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from typing import TypeAlias

from aligner.encoders import Encoder
from aligner.engines import Target, align_articles
from aligner.errors import AlignerError
from aligner.model import Alignment, Letter

Progress: TypeAlias = Callable[[str, int, int], None]
"""Called with what is being done, how much is done, and how much there is."""


def silent(_what: str, _done: int, _total: int) -> None:
    """The progress nobody watches."""


Work: TypeAlias = tuple[Letter, tuple[Target, ...]]


def align_letter(
    letter: Letter, targets: Sequence[Target], encoder: Encoder, progress: Callable[[str], None] | None = None
) -> tuple[Alignment, ...]:
    """One alignment per target, in their order; reads and writes nothing, keeps nothing.

    Targets inform each other: what is doubtful in one is looked for again in the light of the others.

    Raises AlignerError (a LanguageError for an article in a language that cannot be aligned).
    """
    return align_articles(letter, targets, encoder, progress)


def align_letters(
    work: Sequence[Work], encoder: Encoder, *, progress: Progress = silent, jobs: int = 1
) -> tuple[tuple[Alignment, ...], ...]:
    """`align_letter` over `work`, in its order whatever `jobs` is.

    With several jobs every process opens its own copy of `encoder`, which must not have been used yet.
    """
    if jobs > 1 and len(work) > 1:
        return _in_processes(work, encoder, progress, min(jobs, len(work)))
    total = sum(len(targets) for _, targets in work)
    done = 0

    def aligning(rendering: str) -> None:
        nonlocal done
        progress(f"aligning {rendering}", done, total)
        done += 1

    results = [align_letter(letter, targets, encoder, aligning) for letter, targets in work]
    progress("aligned", total, total)
    return tuple(results)


def _in_processes(
    work: Sequence[Work], encoder: Encoder, progress: Progress, jobs: int
) -> tuple[tuple[Alignment, ...], ...]:
    # Forking a process whose BLAS threads are running can hang the child.
    context = multiprocessing.get_context("spawn")
    others = multiprocessing.active_children()
    results: dict[int, tuple[Alignment, ...]] = {}
    with ProcessPoolExecutor(jobs, mp_context=context, initializer=_leave_interrupts_to_parent) as pool:
        try:
            waiting = {pool.submit(_job, letter, targets, encoder): n for n, (letter, targets) in enumerate(work)}
            progress("aligning", 0, len(work))
            for future in as_completed(waiting):
                answer = future.result()
                if isinstance(answer, str):
                    raise AlignerError(answer)
                results[waiting[future]] = answer
                progress(f"aligned {work[waiting[future]][0].id}", len(results), len(work))
        except BaseException:
            # Leaving the pool would wait for letters whose alignments nobody will read.
            pool.shutdown(wait=False, cancel_futures=True)
            for process in multiprocessing.active_children():
                if process not in others:
                    process.terminate()
            raise
    return tuple(results[n] for n in range(len(work)))


def _job(letter: Letter, targets: tuple[Target, ...], encoder: Encoder) -> tuple[Alignment, ...] | str:
    # Faults travel as text: exceptions with several arguments do not survive pickling.
    try:
        return align_letter(letter, targets, encoder)
    except AlignerError as error:
        return str(error)


def _leave_interrupts_to_parent() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
