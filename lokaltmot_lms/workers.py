"""Does the same to many things, on all cores when there is enough to do."""

import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextvars import ContextVar
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from concurrent.futures import Future

Item = TypeVar("Item")
Result = TypeVar("Result")

# To start a process and to send the results back takes about this long for each core (benchmarks/build.py).
_WORTH_A_WORKER = 0.15
# Into so many parts for each core the work is cut: a worker asks for two of them ahead, which this process cannot take.
_PARTS = 100
_MOMENTS = 20  # of a millisecond, to wait for the threads of the pool before

# What a worker was started for: a task, and the things to do it to. Set once, in the worker.
_work: ContextVar[tuple[Callable[[Any], Any], Sequence[Any]]] = ContextVar("work")


def in_order(task: Callable[[Item], Result], items: Sequence[Item], *, seconds: float) -> Iterator[Result]:
    """Yield what a task makes of each item, in the items' order.

    seconds: a guess at how long it takes on one core; a single module is never made to wait for processes to start.
    task: a function of a module, a method or a partial; it should return its errors, for what it raises ends it all.
    """
    cores = min(_processors(), len(items), int(seconds / _WORTH_A_WORKER))
    if cores < 2:
        yield from map(task, items)
        return
    # Imported here: most courses are small and never use it.
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    # A forked worker has the items and all that was read so far: it is told by number which ones to take.
    context = multiprocessing.get_context("fork" if _may_fork() else "spawn")
    step = max(1, len(items) // (cores * _PARTS))
    parts = [range(first, min(first + step, len(items))) for first in range(0, len(items), step)]
    with ProcessPoolExecutor(cores - 1, mp_context=context, initializer=_begin, initargs=(task, items)) as pool:
        theirs = [pool.submit(_do, part) for part in parts]
        try:
            yield from _together(task, items, parts, theirs)
        finally:
            pool.shutdown(cancel_futures=True)


def _together(
    task: Callable[[Item], Result],
    items: Sequence[Item],
    parts: Sequence[range],
    theirs: Sequence["Future[list[Result]]"],
) -> Iterator[Result]:
    """Work towards the workers, who begin with the first part: this process takes the last that no one has begun.

    What it makes itself need not be sent from one process to another, which for a module takes a tenth of reading it.
    """
    told, ours = 0, list[list[Result]]()
    for part, future in zip(reversed(parts), reversed(theirs), strict=True):
        if not future.cancel():
            break
        ours.append([task(items[number]) for number in part])
        while theirs[told].done() and not theirs[told].cancelled():
            yield from theirs[told].result()
            told += 1
    for future in theirs[told : len(theirs) - len(ours)]:
        yield from future.result()
    for made in reversed(ours):
        yield from made


def _begin(task: Callable[[Any], Any], items: Sequence[Any]) -> None:
    _work.set((task, items))


def _do(part: range) -> list[Any]:
    task, items = _work.get()
    return [task(items[number]) for number in part]


def _may_fork() -> bool:
    """Return whether this process has a single thread, those of libraries counted.

    A fork takes along the locks but not the threads that would open them: typst's would be waited for without end.
    """
    threads = Path("/proc/self/task")  # Linux has it; elsewhere forking is unsafe in any case
    if not threads.is_dir():
        return False
    for _ in range(_MOMENTS):
        if len(list(threads.iterdir())) == 1:
            return True
        time.sleep(0.001)  # they are joined a little before the system has put them away: there is no event for that
    return False


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1
