"""Many things at once: the same results in the same order, and processes only when there is enough to do."""

import multiprocessing
import os
import pickle
import signal
import subprocess
import sys
import threading
import time
from datetime import date
from functools import partial
from pathlib import Path

import pytest

from lokaltmot_lms import parallel
from lokaltmot_lms.checks import check_course, check_module, check_together
from lokaltmot_lms.parallel import in_order
from lokaltmot_lms.source import read_course


def _square(number: int) -> tuple[int, int]:
    return number * number, os.getpid()


@pytest.fixture
def two_processors(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make the machine one with two cores."""
    monkeypatch.setattr(parallel, "_processors", lambda: 2)


@pytest.mark.parametrize("seconds", [0.001, 10.0])
@pytest.mark.usefixtures("two_processors")
def test_results_come_in_the_order_of_the_items(seconds: float) -> None:
    assert [result for result, _ in in_order(_square, range(20), seconds=seconds)] == [n * n for n in range(20)]


@pytest.mark.usefixtures("two_processors")
def test_little_work_stays_in_this_process() -> None:
    assert {process for _, process in in_order(_square, range(20), seconds=0.2)} == {os.getpid()}


def _slow_square(number: int) -> tuple[int, int]:
    time.sleep(0.02)  # as long as a module takes
    return _square(number)


@pytest.mark.usefixtures("two_processors")
def test_much_work_is_shared_with_another_process() -> None:
    found = list(in_order(_slow_square, range(40), seconds=10))
    assert [result for result, _ in found] == [number * number for number in range(40)]
    processes = [process for _, process in found]
    assert len(set(processes)) == 2
    # The other one begins at the first, this one at the last, and they meet once.
    assert processes == sorted(processes, key=lambda process: process == os.getpid())


_done_here: list[int] = []


def _note(number: int) -> int:
    time.sleep(0.02)
    _done_here.append(number)
    return number


@pytest.mark.usefixtures("two_processors")
def test_the_first_results_come_before_all_is_done() -> None:
    _done_here.clear()
    results = in_order(_note, range(400), seconds=10)  # eight seconds: a busy machine takes a while to start another
    assert next(results) == 0
    assert len(_done_here) < 390
    assert list(results) == list(range(1, 400))


@pytest.mark.usefixtures("two_processors")
def test_who_stops_looking_stops_the_work() -> None:
    results = in_order(_slow_square, range(1000), seconds=10)
    next(results)
    began = time.monotonic()
    results.close()  # type: ignore[attr-defined]  # it is a generator
    assert time.monotonic() - began < 5


def _with_typst(number: int) -> int:
    import typst

    return number if typst.compile(f"{number}".encode()).startswith(b"%PDF") else -1


@pytest.mark.usefixtures("two_processors")
def test_a_library_with_threads_of_its_own_keeps_nobody_waiting() -> None:
    _with_typst(0)  # now this process has threads that a forked one would not have
    assert list(in_order(_with_typst, range(4), seconds=10)) == [0, 1, 2, 3]


@pytest.mark.usefixtures("two_processors")
def test_a_process_with_threads_is_not_forked() -> None:
    done = threading.Event()
    thread = threading.Thread(target=done.wait)
    thread.start()
    try:
        assert not parallel._may_fork()
        assert [result for result, _ in in_order(_square, range(20), seconds=10)] == [n * n for n in range(20)]
    finally:
        done.set()
        thread.join()


def test_one_core_needs_no_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parallel, "_processors", lambda: 1)

    assert {process for _, process in in_order(_square, range(20), seconds=10)} == {os.getpid()}


@pytest.mark.usefixtures("two_processors")
def test_what_a_task_raises_is_raised_here() -> None:
    with pytest.raises(ZeroDivisionError):
        list(in_order((1).__floordiv__, [1, 0], seconds=10))


def _unsendable(number: int) -> object:
    time.sleep(0.02)
    return (lambda: number) if number == 0 else number


@pytest.mark.usefixtures("two_processors")
def test_a_result_that_cannot_be_sent_is_an_error_and_not_a_wait() -> None:
    with pytest.raises((AttributeError, pickle.PicklingError), match="lambda"):
        list(in_order(_unsendable, range(400), seconds=10))


def _die(number: int) -> int:
    time.sleep(0.02)
    if multiprocessing.parent_process():  # never the process of the test
        os._exit(9)  # as one that the system ends for want of memory
    return number


@pytest.mark.usefixtures("two_processors")
def test_a_worker_that_dies_ends_the_work() -> None:
    with pytest.raises(RuntimeError, match="a worker ended with 9"):
        list(in_order(_die, range(400), seconds=10))  # ends at once, but a busy machine takes a while to start one
    assert not multiprocessing.active_children()


_ENDLESS = """
import os, time
from lokaltmot_lms import parallel
parallel._processors = lambda: 4

def work(number):
    print(os.getpid(), flush=True)
    time.sleep(0.02)
    return "x" * 300_000

list(parallel.in_order(work, range(100_000), seconds=10))
"""


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGINT])
def test_workers_end_with_the_process_that_started_them(number: signal.Signals) -> None:
    with subprocess.Popen([sys.executable, "-c", _ENDLESS], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as child:
        assert child.stdout is not None
        seen: set[bytes] = set()
        while len(seen) < 4:
            seen.add(child.stdout.readline())
        child.send_signal(number)
        # All of them can write to this pipe: it ends when the last of them has ended.
        child.stdout.read()


@pytest.mark.parametrize("may_fork", [True, False])
def test_two_processes_read_and_check_as_one_does(may_fork: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parallel, "_may_fork", lambda: may_fork)
    monkeypatch.setattr(parallel, "_WORTH_A_WORKER", 0.001)
    folder, day = Path("courses/lokalt-mot"), date(2026, 11, 28)
    found = []
    for processors in (1, 2):
        monkeypatch.setattr(parallel, "_processors", lambda count=processors: count)
        found.append(read_course(folder, look=partial(check_module, today=day)))
    assert found[0] == found[1]

    # Looked at where it is read, and together, a course shows what it does when it is looked at whole.
    read, looked_at = read_course(folder).course, found[0].course
    assert read is not None
    assert looked_at is not None
    assert read == looked_at
    assert len(read.modules) == 6
    in_two_steps = {problem.text() for problem in (*found[0].problems, *check_together(looked_at, today=day))}
    assert in_two_steps == {problem.text() for problem in check_course(read, today=day)}
