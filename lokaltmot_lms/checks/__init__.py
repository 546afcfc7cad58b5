"""Rules over a whole course. Each is a small generator of problems; a new one is registered here."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from functools import partial

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
from lokaltmot_lms.checks.reading import check_placeholders, check_reading
from lokaltmot_lms.checks.state import check_state
from lokaltmot_lms.checks.theme import check_theme
from lokaltmot_lms.checks.translations import check_translations
from lokaltmot_lms.checks.weight import check_weight
from lokaltmot_lms.errors import Problem
from lokaltmot_lms.model import Course
from lokaltmot_lms.workers import in_order

Check = Callable[[Course, date], Iterator[Problem]]

# What a module can be asked by itself, so that many are checked side by side.
MODULE_CHECKS: tuple[Check, ...] = (
    check_links,
    check_pictures,
    check_films,
    check_feedback,
    check_pass,
    check_longest,
    check_absolutes,
    check_likeness,
    check_pointing_back,
    check_reading,
    check_state,
)
COURSE_CHECKS: tuple[Check, ...] = (
    check_weight,
    check_facts,
    check_unused,
    check_help_lines,
    check_written_out,
    check_translated_words,
    check_translations,
    check_placeholders,
    check_theme,
)


_A_MODULE = 0.012  # seconds that all checks of one take (benchmarks/build.py)


def check_course(course: Course, *, today: date) -> Iterator[Problem]:
    """Yield what is wrong with a course that could be read, in the order of its files and lines, each thing once.

    A question bank or a film that several modules share would else be reported by each of them.
    """
    jobs = [(MODULE_CHECKS, replace(course, modules=(module,))) for module in course.modules]
    jobs += [((check,), course) for check in COURSE_CHECKS]
    checked = in_order(partial(_run, today), jobs, seconds=_A_MODULE * len(course.modules))
    found = {text: problem for problems in checked for text, problem in problems.items()}
    yield from sorted(found.values(), key=lambda problem: (problem.at, problem.code))


def _run(today: date, job: tuple[tuple[Check, ...], Course]) -> dict[str, Problem]:
    checks, course = job
    return {problem.text(): problem for check in checks for problem in check(course, today)}
