"""Rules over a whole course. Each is a small generator of problems; a new one is registered here."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date

from lokaltmot_lms.checks.facts import (
    check_facts,
    check_help_lines,
    check_translated_words,
    check_unused,
    check_written_out,
)
from lokaltmot_lms.checks.feedback import check_feedback, check_pass
from lokaltmot_lms.checks.films import check_films
from lokaltmot_lms.checks.links import check_links
from lokaltmot_lms.checks.options import check_absolutes, check_likeness, check_longest, check_pointing_back
from lokaltmot_lms.checks.pictures import check_pictures
from lokaltmot_lms.checks.reading import check_about, check_placeholders, check_reading, check_unfinished
from lokaltmot_lms.checks.state import check_state
from lokaltmot_lms.checks.theme import check_theme
from lokaltmot_lms.checks.translations import check_translations
from lokaltmot_lms.checks.weight import check_film_weight, check_weight
from lokaltmot_lms.errors import Problem
from lokaltmot_lms.model import Course, Status

Check = Callable[[Course, date], Iterator[Problem]]

# Checks of a single module. They run in the process that reads it (source/course.py).
MODULE_CHECKS: tuple[Check, ...] = (
    check_links,
    check_pictures,
    check_films,
    check_weight,
    check_feedback,
    check_pass,
    check_longest,
    check_absolutes,
    check_likeness,
    check_pointing_back,
    check_reading,
    check_placeholders,
    check_unfinished,
    check_state,
    check_translations,
)
COURSE_CHECKS: tuple[Check, ...] = (
    check_about,
    check_film_weight,
    check_facts,
    check_unused,
    check_help_lines,
    check_written_out,
    check_translated_words,
    check_theme,
)


def check_course(course: Course, *, today: date) -> Iterator[Problem]:
    """Yield what is wrong with a course that could be read, in the order of its files and lines, each thing once.

    A question bank or a film that several modules share would else be reported by each of them.
    """
    apart = (check_module(replace(course, modules=(module,)), today=today) for module in course.modules)
    found = (problem for problems in (*apart, check_together(course, today=today)) for problem in problems)
    once = {problem.text(): problem for problem in found}
    yield from sorted(once.values(), key=lambda problem: (problem.at, problem.code))


def check_module(course: Course, *, today: date) -> Iterator[Problem]:
    """Yield what is wrong with the one module that a course has been cut down to."""
    yield from _found(MODULE_CHECKS, course, today)


def check_together(course: Course, *, today: date) -> Iterator[Problem]:
    """Yield what only the whole of a course can show: check_course without check_module."""
    yield from _found(COURSE_CHECKS, course, today)


def _found(checks: tuple[Check, ...], course: Course, today: date) -> Iterator[Problem]:
    for check in checks:
        for problem in check(course, today):
            yield problem.in_draft() if course.status is Status.DRAFT else problem
