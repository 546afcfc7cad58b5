"""Reads a course for commands that show it and do not build it."""

from pathlib import Path

from lokaltmot_lms import pipeline
from lokaltmot_lms.cli.console import Console
from lokaltmot_lms.cli.problems import print_problems
from lokaltmot_lms.errors.problem import CourseError
from lokaltmot_lms.model import Course


def read_despite_problems(console: Console, path: Path) -> Course:
    """Read a course and print its problems to standard error; they do not stop the command.

    Raises:
        CourseError: the course could not be read at all.
    """
    reading = pipeline.read(path)
    problems = pipeline.by_place(reading.problems)
    if reading.course is None:
        raise CourseError(problems)
    print_problems(console, problems, err=True)
    return reading.course
