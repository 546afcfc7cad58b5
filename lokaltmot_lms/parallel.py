"""Runs one task on many items, in several processes when there is enough work to pay for starting them."""

import os
import pickle
import signal
import sys
import threading
import traceback
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from concurrent.futures import Future

Item = TypeVar("Item")
Result = TypeVar("Result")

_WORKER_COST = 0.15  # seconds to start one worker and to receive its results (benchmarks/build.py)
_MOST_WORKERS = 61  # the limit of ProcessPoolExecutor on Windows
_AHEAD = 4  # items per worker that are submitted before their results are asked for: this bounds the memory

# In a worker: what it works on.
_task: Callable[[Any], Any]
_items: Sequence[Any]


class WorkerDiedError(RuntimeError):
    """A worker process ended before its work was done. items: the names of those it may have been working on."""

    def __init__(self, items: Sequence[str]) -> None:
        super().__init__(f"a worker process died while it was working on {' or '.join(items)}")
        self.items = tuple(items)


def in_order(
    task: Callable[[Item], Result], items: Sequence[Item], *, seconds: float, name: Callable[[Item], str] = str
) -> Iterator[Result]:
    """Yield the task's result for each item, in the order of the items.

    task: must pickle where processes are not forked. seconds: the estimated time on one core; little work stays in
    this process. name: how an error message refers to an item.

    Raises:
        WorkerDiedError: a worker was killed, for example for lack of memory.
        Exception: whatever the task raises.
    """
    workers = min(_processors(), len(items), int(seconds / _WORKER_COST), _MOST_WORKERS)
    if workers < 2:
        yield from map(task, items)
        return
    import multiprocessing  # here, because most courses are small and need neither
    from concurrent.futures.process import BrokenProcessPool, ProcessPoolExecutor

    # The task and the items go to each worker once. A forked worker inherits them.
    context = multiprocessing.get_context(_start_method())
    pool = ProcessPoolExecutor(workers, mp_context=context, initializer=_start_worker, initargs=(task, items))
    waiting: deque[Future[tuple[Result, Exception | None]]] = deque()
    done = 0
    try:
        while done < len(items):
            for number in range(done + len(waiting), min(done + workers * _AHEAD, len(items))):
                waiting.append(pool.submit(_run, number))
            result, error = waiting[0].result()
            if error:
                raise error
            waiting.popleft()
            done += 1
            yield result
    except BrokenProcessPool:
        # The pool fails every future. Workers take items in order, so the first that are not done were in work.
        undone = [n for n, future in enumerate(waiting, start=done) if not future.done() or future.exception()]
        raise WorkerDiedError([name(items[number]) for number in undone[:workers]]) from None
    finally:
        pool.shutdown(cancel_futures=True)


def _start_worker(task: Callable[[Any], Any], items: Sequence[Any]) -> None:
    global _task, _items
    _task, _items = task, items
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches all processes; the parent ends the pool
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    # A worker of a killed parent would wait for ever: it holds the writing end of its own queue of tasks.
    from multiprocessing import parent_process

    if parent := parent_process():
        parent.join()
        os.kill(os.getpid(), signal.SIGTERM)


def _run(number: int) -> tuple[Any, Exception | None]:
    """Return the result, or the error as data: an exception that does not unpickle would break the whole pool."""
    try:
        return _task(_items[number]), None
    except Exception as error:  # noqa: BLE001  # raised again in the parent
        text = traceback.format_exc()
        error.add_note(f"In a worker process:\n{text}")
        try:
            pickle.loads(pickle.dumps(error))  # noqa: S301  # our own bytes
        except Exception:  # noqa: BLE001  # any error at all means that it cannot be sent
            return None, RuntimeError(text)
        return None, error


def _start_method() -> str:
    """Return "fork" if this process has a single thread, those of libraries counted; otherwise "spawn".

    A fork copies locks but not the threads that would release them: with typst's threads it would wait for ever.
    """
    threads = Path("/proc/self/task")  # only on Linux; elsewhere fork is unsafe in any case
    return "fork" if threads.is_dir() and len(list(threads.iterdir())) == 1 else "spawn"


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1
