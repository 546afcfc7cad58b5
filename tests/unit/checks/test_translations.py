"""Translations in step with the module they translate."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from lokaltmot_lms.checks.translations import check_translations
from lokaltmot_lms.errors import Severity
from lokaltmot_lms.model import Case, Important, Numeric, Step

TODAY = date(2026, 11, 22)


def step(make, id: str) -> Step:
    return Step(id=id, title=make.words("Steg"), text=make.text("<p>Hei.</p>"), at=make.at())


def module(make, *, path="kurs/01.md", language="nb", steps=("start", "slutt"), question=None, extra=(), pages=()):
    case = Case(id="case", steps=tuple(step(make, id) for id in steps), at=make.at())
    quiz = make.quiz(question or make.single("x Ja", "Nei"))
    first = make.page(make.prose("<p>Tekst.</p>"), case, *extra, quiz, id="en")
    return make.module(first, *pages, path=path, language=language)


def problems(make, ours, theirs, languages=("nb", "en")):
    course = make.course(replace(ours, translations=(theirs,) if theirs else ()), languages=languages)
    return [problem.text() for problem in check_translations(course, TODAY)]


def english(make, **changes):
    return module(make, path="kurs/01.en.md", language="en", **changes)


def test_a_translation_in_step_is_left_alone(make):
    assert problems(make, module(make), english(make)) == []


def test_a_module_that_is_not_translated_yet_is_only_noted(make):
    (problem,) = check_translations(make.course(module(make, path="kurs/01.md"), languages=("nb", "en")), TODAY)

    assert problem.fault.severity is Severity.NOTE


def test_a_listed_language_without_a_file_is_named(make):
    assert problems(make, module(make), None) == [
        "kurs/01.md:1:1: LM420: The module “modul” is not available in “en” yet: there is no 01.en.md. "
        "Learners get the module in “nb” until it is translated."
    ]


def test_a_step_that_is_missing_is_named_with_the_file(make):
    (line,) = problems(make, module(make), english(make, steps=("start",)))

    assert "LM421: The id “case/slutt” is missing in 01.en.md." in line


def test_a_question_that_is_too_much_is_missing_in_the_original(make):
    theirs = english(make, extra=(make.quiz(make.single("x Yes", "No", id="ny")),))

    lines = problems(make, module(make), theirs)

    assert any("LM421: The id “ny” is missing in 01.md." in line for line in lines)
    assert any("LM423" in line and "2 x “quiz” here and 1 in 01.md" in line for line in lines)


def test_pages_in_another_order_are_reported_once(make):
    one, two = make.page(id="to"), make.page(id="tre")

    (line,) = problems(make, module(make, pages=(one, two)), english(make, pages=(two, one)))

    assert "LM422: “tre” is in a different position here than in 01.md." in line


def test_a_panel_in_one_language_only_is_reported(make):
    panel = Important(text=make.text("<p>Ring.</p>"), at=make.at())

    (line,) = problems(make, module(make), english(make, extra=(panel,)))

    assert "LM423: The page “En side” has 1 x “important / viktig” here and 0 in 01.md." in line


@pytest.mark.parametrize(
    ("answers", "changes", "expected"),
    [
        (("x Yes", "No", "Maybe"), {}, "LM424: “q” has the answers “( ) x 3” here and “( ) x 2” in 01.md."),
        (("x Yes", "No"), {"type": "multiple"}, "LM424: “q” has the answers “[ ] x 2” here and “( ) x 2” in 01.md."),
        (("Yes", "x No"), {}, "LM425: “q” has a different right answer here than in 01.md."),
        (("x Yes", "No"), {"points": Decimal(2)}, "LM425"),
    ],
)
def test_answers_mean_the_same_in_both_languages(make, answers, changes, expected):
    (line,) = problems(make, module(make), english(make, question=make.single(*answers, **changes)))

    assert expected in line


def test_a_number_is_the_same_in_both_languages(make):
    def numeric(high: str) -> Numeric:
        return Numeric(
            id="q", type="numeric", prompt=make.words("?"), low=Decimal(18), high=Decimal(high), at=make.at()
        )

    assert problems(make, module(make, question=numeric("18")), english(make, question=numeric("18"))) == []
    (line,) = problems(make, module(make, question=numeric("18")), english(make, question=numeric("19")))
    assert "LM425" in line
