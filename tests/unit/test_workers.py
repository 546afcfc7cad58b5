"""Many things at once: the same results in the same order, and processes only when there is enough to do."""

import os

import pytest

from lokaltmot_lms import workers
from lokaltmot_lms.workers import in_order


def _square(number: int) -> tuple[int, int]:
    return number * number, os.getpid()


@pytest.fixture
def two_processors(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make the machine one with two cores."""
    monkeypatch.setattr(workers, "_processors", lambda: 2)


@pytest.mark.parametrize("seconds", [0.001, 10.0])
@pytest.mark.usefixtures("two_processors")
def test_results_come_in_the_order_of_the_items(seconds: float) -> None:
    assert [result for result, _ in in_order(_square, range(20), seconds=seconds)] == [n * n for n in range(20)]


@pytest.mark.usefixtures("two_processors")
def test_little_work_stays_in_this_process() -> None:
    assert {process for _, process in in_order(_square, range(20), seconds=0.2)} == {os.getpid()}


@pytest.mark.usefixtures("two_processors")
def test_much_work_is_done_by_others() -> None:
    assert os.getpid() not in {process for _, process in in_order(_square, range(20), seconds=10)}


def test_one_core_needs_no_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "_processors", lambda: 1)

    assert {process for _, process in in_order(_square, range(20), seconds=10)} == {os.getpid()}


@pytest.mark.usefixtures("two_processors")
def test_what_a_task_raises_is_raised_here() -> None:
    with pytest.raises(ZeroDivisionError):
        list(in_order((1).__floordiv__, [1, 0], seconds=10))
