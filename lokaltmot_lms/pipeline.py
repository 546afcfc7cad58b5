"""The pipeline on one page: read a course, check it, build it.

Preview takes the steps one by one. The command line reads and checks at the same time, on all cores.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path

from lokaltmot_lms.build import Artifact, build_course
from lokaltmot_lms.checks import check_course, check_module, check_together
from lokaltmot_lms.errors import Problem, Severity
from lokaltmot_lms.model import Course
from lokaltmot_lms.source import ReadResult, read_course
from lokaltmot_lms.targets import BuildOptions


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedCourse:
    """A course with all its problems, by place.

    course: None if it could not be read at all. is_sound: it can be built.
    """

    course: Course | None
    problems: tuple[Problem, ...]
    is_sound: bool


def read(path: Path, *, local: Path | None = None) -> ReadResult:
    """Step 1: read a course folder or a single .md file. local: the municipality's texts (local.yaml)."""
    return read_course(path, local=local)


def check(course: Course) -> tuple[Problem, ...]:
    """Step 2: return the problems of a course that was read, beyond those that the reader found."""
    return tuple(check_course(course, today=today()))


def read_and_check(path: Path, *, local: Path | None = None, is_strict: bool = False) -> CheckedCourse:
    """Steps 1 and 2 at once: each module is checked in the process that reads it. is_strict: warnings count as errors.

    The problems are the same as those of read and then check.
    """
    day = today()
    reading = read_course(path, local=local, look=partial(check_module, today=day))
    problems = list(reading.problems)
    if reading.course is not None:
        problems += check_together(reading.course, today=day)
    blocking = {Severity.ERROR, Severity.WARNING} if is_strict else {Severity.ERROR}
    is_sound = reading.course is not None and not any(problem.severity in blocking for problem in problems)
    return CheckedCourse(course=reading.course, problems=by_place(problems), is_sound=is_sound)


def build(course: Course, *, targets: Sequence[str], out: Path, options: BuildOptions) -> Iterator[Artifact]:
    """Step 3: build every module of a sound course for every target; yield the files as they are written.

    Raises:
        CourseError: at the end, with all problems, if some packages could not be made.
    """
    return build_course(course, targets=targets, out=out, options=options)


def by_place(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return the problems in reading order: by file, line and column."""
    return tuple(sorted(problems, key=lambda problem: (problem.at, problem.code)))


def today() -> date:
    """Return today's date in the local time zone."""
    return datetime.now(tz=UTC).astimezone().date()
