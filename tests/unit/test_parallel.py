"""Parallel work: the same results in the same order, and processes only where there is enough to do."""

import multiprocessing
import os
import pickle
import signal
import subprocess
import sys
import threading
from datetime import date
from functools import partial
from pathlib import Path

import pytest

from lokaltmot_lms import parallel
from lokaltmot_lms.checks import check_course, check_module, check_together
from lokaltmot_lms.cli.console import Exit
from lokaltmot_lms.cli.run import run
from lokaltmot_lms.parallel import WorkerDiedError, in_order
from lokaltmot_lms.source import read_course

# Libraries of earlier tests may have started threads, which the workers of these tests do not need.
pytestmark = pytest.mark.filterwarnings("ignore:.*multi-threaded, use of fork:DeprecationWarning")

_METHODS = [method for method in ("fork", "forkserver", "spawn") if method in multiprocessing.get_all_start_methods()]


def _square(number: int) -> tuple[int, int]:
    return number * number, os.getpid()


@pytest.fixture
def two_processors(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make the machine one with two cores."""
    monkeypatch.setattr(parallel, "_processors", lambda: 2)


@pytest.fixture(params=_METHODS)
def two_workers(request: pytest.FixtureRequest, two_processors: None, monkeypatch: pytest.MonkeyPatch) -> str:
    """Start two workers with the start method that is returned."""
    monkeypatch.setattr(parallel, "_start_method", lambda: request.param)
    return str(request.param)


@pytest.mark.usefixtures("two_workers")
def test_results_come_in_the_order_of_the_items() -> None:
    found = list(in_order(_square, range(20), seconds=10))

    assert [result for result, _ in found] == [number * number for number in range(20)]
    assert os.getpid() not in {process for _, process in found}


@pytest.mark.usefixtures("two_processors")
@pytest.mark.parametrize("seconds", [0.001, 0.2])
def test_little_work_stays_in_this_process(seconds: float) -> None:
    found = list(in_order(_square, range(20), seconds=seconds))

    assert found == [(number * number, os.getpid()) for number in range(20)]


def test_one_core_needs_no_other_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parallel, "_processors", lambda: 1)

    assert {process for _, process in in_order(_square, range(20), seconds=10)} == {os.getpid()}


class _Meeting:
    """A task whose first two items end only together: each waits until the other opens the same pipe."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        for pipe in ("first", "second"):
            os.mkfifo(folder / pipe)

    def __call__(self, number: int) -> int:
        for pipe in ("first", "second") if number < 2 else ():
            with (self._folder / pipe).open("rb" if number else "wb"):
                pass
        return os.getpid()


@pytest.mark.usefixtures("two_workers")
def test_two_processes_work_at_the_same_time(tmp_path: Path) -> None:
    processes = set(in_order(_Meeting(tmp_path), range(2), seconds=10))

    assert len(processes) == 2


def _note(folder: Path, number: int) -> int:
    (folder / str(number)).touch()
    return number


@pytest.mark.usefixtures("two_workers")
def test_the_first_results_come_before_all_is_done(tmp_path: Path) -> None:
    results = in_order(partial(_note, tmp_path), range(400), seconds=10)

    assert next(results) == 0
    assert len(list(tmp_path.iterdir())) <= 2 * parallel._AHEAD
    assert list(results) == list(range(1, 400))


@pytest.mark.usefixtures("two_workers")
def test_a_consumer_that_stops_stops_the_work(tmp_path: Path) -> None:
    results = in_order(partial(_note, tmp_path), range(1000), seconds=10)
    next(results)
    results.close()  # type: ignore[attr-defined]  # it is a generator

    assert len(list(tmp_path.iterdir())) <= 2 * parallel._AHEAD
    assert not multiprocessing.active_children()


_WITH_TYPST = """
import typst
from lokaltmot_lms import parallel

def work(number):
    return number if typst.compile(f"{number}".encode()).startswith(b"%PDF") else -1

if __name__ == "__main__":
    work(0)  # now this process has threads that a forked one would not have
    parallel._processors = lambda: 2
    print(parallel._start_method(), *parallel.in_order(work, range(2), seconds=10))
"""


def test_a_library_with_threads_of_its_own_does_not_block(tmp_path: Path) -> None:
    program = tmp_path / "typst_program.py"
    program.write_text(_WITH_TYPST)

    assert subprocess.check_output([sys.executable, program], text=True).split() == ["spawn", "0", "1"]


@pytest.mark.usefixtures("two_processors")
def test_a_process_with_threads_is_not_forked() -> None:
    done = threading.Event()
    thread = threading.Thread(target=done.wait)
    thread.start()
    try:
        assert parallel._start_method() == "spawn"
        assert [result for result, _ in in_order(_square, range(20), seconds=10)] == [n * n for n in range(20)]
    finally:
        done.set()
        thread.join()


@pytest.mark.usefixtures("two_workers")
def test_an_exception_of_a_task_is_raised_here() -> None:
    with pytest.raises(ZeroDivisionError) as caught:
        list(in_order((1).__floordiv__, [1, 0], seconds=10))

    assert "In a worker process" in caught.value.__notes__[0]


class _TwoArgumentsError(Exception):
    """Pickles, but does not unpickle: Exception keeps one argument only."""

    def __init__(self, first: str, second: str) -> None:
        super().__init__(first + second)


def _raise_two(number: int) -> int:
    raise _TwoArgumentsError("one", "two")


@pytest.mark.usefixtures("two_workers")
def test_an_exception_that_does_not_unpickle_is_raised_as_text() -> None:
    with pytest.raises(RuntimeError, match="_TwoArgumentsError: onetwo") as caught:
        list(in_order(_raise_two, range(20), seconds=10))

    assert not isinstance(caught.value, WorkerDiedError)


def _unsendable(number: int) -> object:
    return (lambda: number) if number == 0 else number


@pytest.mark.usefixtures("two_workers")
def test_a_result_that_cannot_be_sent_is_an_error_and_not_a_wait() -> None:
    with pytest.raises((AttributeError, pickle.PicklingError), match="lambda"):
        list(in_order(_unsendable, range(40), seconds=10))


def _die(number: int) -> int:
    if number == 3:
        os.kill(os.getpid(), signal.SIGKILL)  # as the system does when memory runs out
    return number


@pytest.mark.usefixtures("two_workers")
def test_the_death_of_a_worker_ends_the_work_and_names_the_item() -> None:
    with pytest.raises(WorkerDiedError) as caught:
        list(in_order(_die, range(40), seconds=10, name="module {}".format))

    assert "module 3" in caught.value.items
    assert len(caught.value.items) <= 2
    assert not multiprocessing.active_children()


_ENDLESS = """
import os, sys
from pathlib import Path
from lokaltmot_lms import parallel

def work(number):
    for pipe in ("first", "second") if number < 2 else ():  # two workers meet here
        with open(Path(__file__).with_name(pipe), "rb" if number else "wb"):
            pass
    if number < 2:
        os.write(1, f"{os.getpid()}\\n".encode())
    return "x" * 300_000

if __name__ == "__main__":
    parallel._processors = lambda: 4
    parallel._start_method = lambda: sys.argv[1]
    for _ in parallel.in_order(work, range(10**9), seconds=10):
        pass
"""


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGINT])
@pytest.mark.parametrize("method", _METHODS)
def test_workers_end_with_the_process_that_started_them(method: str, number: signal.Signals, tmp_path: Path) -> None:
    program = tmp_path / "endless.py"
    program.write_text(_ENDLESS)
    for pipe in ("first", "second"):
        os.mkfifo(tmp_path / pipe)
    command = [sys.executable, str(program), method]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as child:
        assert child.stdout is not None
        assert child.stdout.readline() != child.stdout.readline()
        child.send_signal(number)
        # All of them can write to this pipe: it ends when the last of them has ended.
        child.stdout.read()


def _small_course(folder: Path) -> Path:
    """Write a course of three short modules, one of them with an error; return its folder."""
    for number in range(3):
        text = f"---\ntitle: Modul {number}\nid: modul-{number}\nlanguage: nb\n---\n\n# Side\n\nTekst.\n"
        (folder / f"{number}.md").write_text(text if number else f"{text}\n![](media/mangler.png)\n", encoding="utf-8")
    (folder / "course.yaml").write_text(
        "title: Kurs\nid: kurs\nlanguages: [nb]\nmodules: [0.md, 1.md, 2.md]\n", encoding="utf-8"
    )
    return folder


@pytest.mark.usefixtures("two_workers")
def test_two_processes_read_and_check_as_one_does(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parallel, "_WORKER_COST", 0.001)
    folder, day = _small_course(tmp_path), date(2026, 11, 28)
    found = [read_course(folder, look=partial(check_module, today=day))]
    monkeypatch.setattr(parallel, "_processors", lambda: 1)
    found.append(read_course(folder, look=partial(check_module, today=day)))
    assert found[0] == found[1]
    assert found[0].problems

    # Checked module by module and then together, a course has the same problems as one that is checked whole.
    read, checked = read_course(folder).course, found[0].course
    assert read is not None
    assert checked is not None
    assert read == checked
    assert len(read.modules) == 3
    in_two_steps = {problem.text() for problem in (*found[0].problems, *check_together(checked, today=day))}
    at_once = {problem.text() for problem in (*read_course(folder).problems, *check_course(read, today=day))}
    assert in_two_steps == at_once


@pytest.mark.skipif(
    "fork" not in _METHODS, reason="the worker that dies is made by a patch, which only a fork inherits"
)
def test_the_command_line_names_the_module_whose_worker_died(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def die(*_: object, **__: object) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    monkeypatch.setattr(parallel, "_WORKER_COST", 0.001)
    monkeypatch.setattr(parallel, "_processors", lambda: 2)
    monkeypatch.setattr(parallel, "_start_method", lambda: "fork")
    monkeypatch.setattr("lokaltmot_lms.source.course.read_front", die)

    code = run(["--lang", "en", "check", str(_small_course(tmp_path))])

    assert code == Exit.OUR_FAULT
    assert "A process that was working on one of these died: " in (error := capsys.readouterr().err)
    assert "0.md" in error
    assert "Traceback" not in error
