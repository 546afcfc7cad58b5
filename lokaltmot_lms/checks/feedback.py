"""Feedback: every question that counts says why its answer is right."""

from collections.abc import Iterator
from datetime import date

from lokaltmot_lms.checks.walk import all_modules, questions
from lokaltmot_lms.errors import Problem
from lokaltmot_lms.errors.fairness import FEEDBACK_MISSING, PASS_UNREACHABLE
from lokaltmot_lms.model import ChoiceQuestion, Course, Hotspot, Question
from lokaltmot_lms.questions.base import is_graded


def check_feedback(course: Course, today: date) -> Iterator[Problem]:
    """Yield each graded question that leaves the learner without a reason."""
    for module in all_modules(course):
        for _, _, question in questions(module):
            if is_graded(question) and not explains(question):
                yield FEEDBACK_MISSING.at(question.at)


def check_pass(course: Course, today: date) -> Iterator[Problem]:
    """Yield each module that asks for a pass nobody can reach."""
    for module in course.modules:
        counts = any(is_graded(question) for _, _, question in questions(module))
        if module.completion.passed_quiz and not counts:
            yield PASS_UNREACHABLE.at(module.at)


def explains(question: Question) -> bool:
    """Return whether a question has an explanation, or feedback to every option."""
    if question.explanation is not None:
        return True
    match question:
        case ChoiceQuestion(options=options) | Hotspot(spots=options):
            return all(option.feedback is not None for option in options)
        case _:
            return False
