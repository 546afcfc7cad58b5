"""Built modules for the tests: courses built by the compiler, as a municipality would build them."""

import atexit
import shutil
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from lokaltmot_lms.build import build_course
from lokaltmot_lms.source import read_course
from lokaltmot_lms.targets import BuildOptions

_CHECKOUT = Path(__file__).resolve().parents[2]


def build(course: str, out: Path) -> None:
    """Build a course's modules into a folder. course: a folder from the checkout."""
    reading = read_course(_CHECKOUT / course)
    assert reading.course is not None, [problem.text() for problem in reading.problems]
    assert list(build_course(reading.course, targets=["lti"], out=out, options=BuildOptions()))


@cache
def every_type() -> Path:
    """A folder with a module that has every question type. Not to be changed."""
    return _built("tests/courses/alle-typer")


@cache
def starter() -> Path:
    """A folder with the starter course. Not to be changed."""
    return _built("courses/eksempel")


def _built(course: str) -> Path:
    out = Path(mkdtemp(prefix="lokaltmot-modules-"))
    atexit.register(shutil.rmtree, out, ignore_errors=True)
    build(course, out)
    return out


def right_answer(question: dict[str, Any]) -> Any:
    """A right answer to a question, from its entry in answers.json."""
    data = question["data"]
    if question["type"] == "numeric":
        return data["low"]
    if question["type"] == "likert":
        return dict.fromkeys(data["statements"], "1")
    return data["accepted"][0] if "accepted" in data else question["right"]
