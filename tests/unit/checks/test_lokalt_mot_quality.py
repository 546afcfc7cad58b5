"""What is promised of every module of Lokalt mot, beyond what the checks ask of any course."""

from dataclasses import replace
from pathlib import Path

import pytest

from lokaltmot_lms.build import build_course
from lokaltmot_lms.checks.feedback import explains
from lokaltmot_lms.checks.options import longest_share
from lokaltmot_lms.checks.reading import reading
from lokaltmot_lms.checks.walk import all_modules, blocks, questions, quizzes
from lokaltmot_lms.model import ChoiceQuestion, Course, Figure, Film, Module
from lokaltmot_lms.source import read_course
from lokaltmot_lms.targets import TARGETS, BuildOptions

COURSE = Path(__file__).parents[3] / "courses" / "lokalt-mot"
EDITIONS = sorted(path.name for path in COURSE.glob("0*.md"))


@pytest.fixture(scope="session")
def course() -> Course:
    course = read_course(COURSE).course
    assert course is not None
    return course


@pytest.fixture
def module(course: Course, edition: str) -> Module:
    (module,) = (each for each in all_modules(course) if Path(each.at.path).name == edition)
    return module


def test_there_are_six_modules_with_sixty_questions(course: Course) -> None:
    assert [len(list(questions(module))) for module in course.modules] == [10] * 6


def test_every_edition_is_looked_at(course: Course) -> None:
    assert sorted(Path(module.at.path).name for module in all_modules(course)) == EDITIONS


@pytest.mark.parametrize("edition", EDITIONS)
class TestEveryEdition:
    def test_the_longest_answer_is_right_in_a_quarter_of_the_questions_at_most(self, module) -> None:
        shares = [longest_share(quiz) for _, quiz in quizzes(module)]

        assert all(choices >= 4 for _, choices in shares)
        assert [(longest, choices) for longest, choices in shares if longest > choices / 4] == []

    def test_every_question_says_why_and_every_option_what_is_wrong_with_it(self, module) -> None:
        assert [question.id for _, _, question in questions(module) if not explains(question)] == []
        options = [
            (question.id, option.key, option.feedback)
            for _, _, question in questions(module)
            if isinstance(question, ChoiceQuestion)
            for option in question.options
        ]
        assert [(question, key) for question, key, feedback in options if feedback is None] == []

    def test_it_has_five_types_of_question_and_two_figures(self, module) -> None:
        pictures = {block.path for _, block in blocks(module) if isinstance(block, Figure)}

        assert len({question.type for _, _, question in questions(module)}) >= 5
        assert len(pictures) >= 2

    def test_its_one_film_is_one_to_two_minutes_and_at_most_two_megabytes(self, course, module) -> None:
        (film,) = (block for _, block in blocks(module) if isinstance(block, Film))
        held = course.media[film.path]

        assert held.size <= 2_000_000
        assert 60 <= seconds(held.file.read_bytes()) <= 120

    def test_its_notes_to_the_facilitator_fill_two_hours(self, module) -> None:
        assert sum(note.minutes or 0 for note in module.facilitator) == 120


def test_no_page_is_harder_than_40(course: Course) -> None:
    pages = reading(course)

    assert {page.module for page in pages if page.lix is not None} == {module.id for module in course.modules}
    assert [(page.language, page.page, page.lix) for page in pages if page.lix is not None and page.lix > 40] == []


@pytest.mark.parametrize("target", TARGETS)
def test_every_module_builds_alone(course: Course, tmp_path: Path, target: str) -> None:
    for module in course.modules:
        one = replace(course, modules=(module,))
        packages = [
            made
            for made in build_course(one, targets=[target], out=tmp_path / module.id, options=BuildOptions())
            if made.kind == "package"
        ]

        assert {made.modules for made in packages} == {(module.id,)}
        assert all(made.size > 0 for made in packages)


def seconds(film: bytes) -> float:
    """Return how long a film is by its own header (ISO/IEC 14496-12, 8.2.2, the movie header box, version 0)."""
    at = film.index(b"mvhd") + 4
    assert film[at] == 0
    timescale, duration = (int.from_bytes(film[at + n : at + n + 4]) for n in (12, 16))
    return duration / timescale
