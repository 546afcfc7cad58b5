"""Does the same to many things, on all cores when there is enough to do."""

import gc
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.context import ForkContext, SpawnContext
    from multiprocessing.process import BaseProcess
    from multiprocessing.sharedctypes import SynchronizedArray

Item = TypeVar("Item")
Result = TypeVar("Result")

# To start a process and to send the results back takes about this long for each core (benchmarks/build.py).
_WORTH_A_WORKER = 0.15


def in_order(task: Callable[[Item], Result], items: Sequence[Item], *, seconds: float) -> Iterator[Result]:
    """Yield what a task makes of each item, in the items' order.

    seconds: a guess at how long it takes on one core; a single module is never made to wait for processes to start.
    task: a function of a module, a method or a partial; it should return its errors, for what it raises ends it all.
    """
    cores = min(_processors(), len(items), int(seconds / _WORTH_A_WORKER))
    if cores < 2:
        yield from map(task, items)
        return
    import multiprocessing  # here, as below: most courses are small and never use what workers need

    # A forked worker has the items and all that was read so far: it is told by number which ones to take.
    context = multiprocessing.get_context("fork") if _may_fork() else multiprocessing.get_context("spawn")
    left = context.Array("i", (0, len(items)))  # no one has begun the items from the one up to the other
    gc.freeze()  # else a worker that looks for rubbish among them gets a copy of all
    workers: _Workers = {}
    try:
        for _ in range(cores - 1):
            end, worker = _start(context, task, items, left)
            workers[end] = worker
        yield from _together(task, items, left, dict(workers))
    finally:
        left[:] = (0, 0)  # who stops looking stops the work
        for end in workers:
            end.close()
        for worker in workers.values():
            worker.join()
        gc.unfreeze()


_Workers = dict["Connection", "BaseProcess"]


def _start(
    context: "ForkContext | SpawnContext",
    task: Callable[[Any], Any],
    items: Sequence[Any],
    left: "SynchronizedArray[int]",
) -> tuple["Connection", "BaseProcess"]:
    """Start a worker; return the end of a pipe where its results arrive, and the worker."""
    ours, theirs = context.Pipe(duplex=False)
    worker = context.Process(target=_work, args=(task, items, left, ours, theirs), daemon=True)
    worker.start()
    theirs.close()  # the worker alone has it now, so that the pipe ends when the worker does
    return ours, worker


def _together(
    task: Callable[[Item], Result], items: Sequence[Item], left: "SynchronizedArray[int]", workers: _Workers
) -> Iterator[Result]:
    """Work towards the workers, who take the first item that no one has begun: this process takes the last one.

    What it makes itself need not be sent from one process to another, which for a module takes a tenth of reading it.
    A pool of the standard library has a thread here that fetches the results; it slows the work by a twentieth.
    """
    made: dict[int, Result] = {}
    told = 0
    while told < len(items):
        number = _claim(left, is_last=True)
        if number is not None:
            made[number] = task(items[number])
        made.update(_arrived(workers, is_waiting=number is None))
        while told in made:
            yield made.pop(told)
            told += 1


def _arrived(workers: _Workers, *, is_waiting: bool) -> Iterator[tuple[int, Any]]:
    """Yield the results that have arrived, by the items' numbers; when there is nothing else to do, wait for one."""
    from multiprocessing.connection import wait

    if is_waiting and not workers:
        raise RuntimeError("the workers ended before their work did")
    while workers and (ready := wait(list(workers), timeout=None if is_waiting else 0)):
        is_waiting = False
        for end in [end for end in workers if end in ready]:
            try:
                number, result, error = end.recv()
            except (EOFError, OSError):  # at the end of a message, or within one
                worker = workers.pop(end)
                worker.join()
                if worker.exitcode:
                    raise RuntimeError(f"a worker ended with {worker.exitcode}") from None
                continue
            if error is not None:
                raise error
            yield number, result


def _work(
    task: Callable[[Any], Any],
    items: Sequence[Any],
    left: "SynchronizedArray[int]",
    ours: "Connection",
    theirs: "Connection",
) -> None:
    """Be a worker. Results are sent by a thread, so that none waits until it is fetched."""
    import signal
    from concurrent.futures import ThreadPoolExecutor
    from multiprocessing import parent_process

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # what is begun is done; the process that started it begins no more
    ours.close()  # else a pipe that nobody reads any longer would not be noticed
    starter = parent_process()
    with ThreadPoolExecutor(1) as sender:
        while starter and starter.is_alive() and (number := _claim(left, is_last=False)) is not None:
            sender.submit(theirs.send_bytes, _answer(task, items[number], number))


def _answer(task: Callable[[Any], Any], item: Any, number: int) -> bytes:
    import pickle

    try:
        return pickle.dumps((number, task(item), None))
    except Exception as error:  # noqa: BLE001  # it is raised where the results are wanted
        return pickle.dumps((number, None, error))


def _claim(left: "SynchronizedArray[int]", *, is_last: bool) -> int | None:
    """Return the number of an item that no one has begun, and is ours now; None when there is none."""
    with left.get_lock():
        first, end = left[:]
        if first == end:
            return None
        left[:] = (first, end - 1) if is_last else (first + 1, end)
    return end - 1 if is_last else first


def _may_fork() -> bool:
    """Return whether this process has a single thread, those of libraries counted.

    A fork takes along the locks but not the threads that would open them: typst's would be waited for without end.
    """
    threads = Path("/proc/self/task")  # Linux has it; elsewhere forking is unsafe in any case
    return threads.is_dir() and len(list(threads.iterdir())) == 1


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1
