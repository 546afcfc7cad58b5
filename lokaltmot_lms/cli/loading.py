"""Reads a course for the commands: the course with every problem that was found, or the problems alone."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path

from lokaltmot_lms.checks import check_module, check_together
from lokaltmot_lms.cli.console import Console
from lokaltmot_lms.cli.problems import in_order, print_problems
from lokaltmot_lms.errors.problem import CourseError, Problem, Severity
from lokaltmot_lms.model import Course
from lokaltmot_lms.source import read_course


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadedCourse:
    """course: None when it could not be read at all. is_sound: nothing stands in the way of building it."""

    course: Course | None
    problems: tuple[Problem, ...]
    is_sound: bool


def today() -> date:
    """Return the day it is where the person sits."""
    return datetime.now(tz=UTC).astimezone().date()


def load(path: Path, *, local: Path | None = None, is_strict: bool = False) -> LoadedCourse:
    """Read and check a course. is_strict: warnings stand in the way too."""
    day = today()
    reading = read_course(path, local=local, look=partial(check_module, today=day))
    found = list(reading.problems)
    if reading.course is not None:
        found += check_together(reading.course, today=day)
    stoppers = {Severity.ERROR, Severity.WARNING} if is_strict else {Severity.ERROR}
    is_sound = reading.course is not None and not any(problem.severity in stoppers for problem in found)
    return LoadedCourse(course=reading.course, problems=in_order(found), is_sound=is_sound)


def read(console: Console, path: Path) -> Course:
    """Read a course that is only looked at, not built: its problems are shown, but stop nothing.

    Raises:
        CourseError: it could not be read at all.
    """
    reading = read_course(path)
    if reading.course is None:
        raise CourseError(in_order(reading.problems))
    print_problems(console, in_order(reading.problems), err=True)
    return reading.course
