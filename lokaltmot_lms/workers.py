"""Does the same to many things, on all cores when there is enough to do."""

import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextvars import ContextVar
from pathlib import Path
from typing import Any, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

# To start a process and to send the results back takes about this long for each core (benchmarks/build.py).
_WORTH_A_WORKER = 0.15
# So many times each worker is given items: seldom enough that this process does little but wait (what it does, the
# workers' cores do not), often enough that they end together.
_TURNS = 25
_MOMENTS = 20  # of a millisecond, to wait for the threads of the pool before

# What a worker was started for: a task, and the things to do it to. Set once, in the worker.
_work: ContextVar[tuple[Callable[[Any], Any], Sequence[Any]]] = ContextVar("work")


def in_order(task: Callable[[Item], Result], items: Sequence[Item], *, seconds: float) -> Iterator[Result]:
    """Yield what a task makes of each item, in the items' order.

    seconds: a guess at how long it takes on one core; a single module is never made to wait for processes to start.
    task: a function of a module, a method or a partial; it should return its errors, for what it raises ends it all.
    """
    workers = min(_processors(), len(items), int(seconds / _WORTH_A_WORKER))
    if workers < 2:
        yield from map(task, items)
        return
    # Imported here: most courses are small and never use it.
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    # A forked worker has the items and all that was read so far: it is told by number which one to take.
    context = multiprocessing.get_context("fork" if _may_fork() else "spawn")
    with ProcessPoolExecutor(workers, mp_context=context, initializer=_begin, initargs=(task, items)) as pool:
        yield from pool.map(_do, range(len(items)), chunksize=max(1, len(items) // (workers * _TURNS)))


def _begin(task: Callable[[Any], Any], items: Sequence[Any]) -> None:
    _work.set((task, items))


def _do(number: int) -> Any:
    task, items = _work.get()
    return task(items[number])


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
