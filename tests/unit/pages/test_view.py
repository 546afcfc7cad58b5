"""The rules of a quiz as its start says them; figures worked out by hand."""

from dataclasses import replace
from decimal import Decimal

import pytest

from lokaltmot_lms.model import Course, Quiz
from lokaltmot_lms.pages.view import quiz_rules

from .sample import AT, every_question


@pytest.mark.parametrize(
    ("kinds", "draw", "share", "need", "of"),
    [
        (["single"] * 10, None, "0.8", 8, 10),
        (["single"] * 9, None, "0.8", 8, 9),  # 7.2 is reached with 8 whole points
        (["single"] * 12, 5, "0.8", 4, 5),
        (["multiple"] * 10, None, "0.8", 8, 10),
        (["multiple"] * 9, None, "0.8", 0, 0),  # 7.5 would do: only "80 %" is true
        (["single"] * 4 + ["likert"], None, "0.75", 3, 4),
        (["single"] * 4 + ["likert"], 3, "0.75", 0, 0),  # the draw may hold the likert or not
        (["likert"], None, "0.8", 0, 0),
    ],
)
def test_a_quiz_says_what_it_takes(
    course: Course, kinds: list[str], draw: int | None, share: str, need: int, of: int
) -> None:
    by_type = {question.type: question for question in every_question()}
    quiz = Quiz(id="quiz", questions=tuple(by_type[kind] for kind in kinds), draw=draw, at=AT)
    rules = quiz_rules(quiz, replace(course.modules[0], pass_share=Decimal(share)))
    assert (rules.need, rules.of) == (need, of)
    assert rules.count == (draw or len(kinds))
