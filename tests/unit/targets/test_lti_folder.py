"""The LTI folder: the public part reveals no right answers; the rest holds all that marking needs."""

import json
import re
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from lokaltmot_lms.model import Course, Module, Option, Ordering, Quiz
from lokaltmot_lms.questions import QUESTION_TYPES
from lokaltmot_lms.source import read_course
from lokaltmot_lms.targets import TARGETS, BuildOptions

from . import models

_CHECKOUT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    """The folder of a course with every question type, in two languages."""
    return _built(_CHECKOUT / "tests" / "courses" / "alle-typer")


def _built(folder: Path) -> dict[str, bytes]:
    course = read_course(folder).course
    assert course is not None
    package = TARGETS["lti"].package(course, course.modules, BuildOptions())
    return {
        file.name: file.content if isinstance(file.content, bytes) else file.content.read_bytes()
        for file in package.files
    }


def _island(files: dict[str, bytes], page: str) -> dict[str, object]:
    found = re.search(r'id="lm-module">(.*?)</script>', files[f"public/{page}"].decode())
    assert found is not None
    island = json.loads(found[1])
    assert isinstance(island, dict)
    return island


def _keys(value: object) -> set[str]:
    if isinstance(value, dict):
        return set(value) | {key for part in value.values() for key in _keys(part)}
    return {key for part in value for key in _keys(part)} if isinstance(value, list) else set()


def test_every_type_is_in_the_course(files: dict[str, bytes]) -> None:
    questions = json.loads(files["answers.json"])["questions"]

    assert set(QUESTION_TYPES) == {question["type"] for question in questions.values()}


def test_no_page_tells_what_is_right(files: dict[str, bytes]) -> None:
    for page in ("index.html", "index.nn.html"):
        assert _keys(_island(files, page)["questions"]) & {"right", "accepted", "low", "high"} == set()


def test_no_page_holds_what_is_said_after_marking() -> None:
    files = _built(_CHECKOUT / "courses" / "eksempel")
    questions = json.loads(files["answers.json"])["questions"]
    said = {
        sentence
        for question in questions.values()
        for texts in question["said"].values()
        for html in texts.values()
        for sentence in re.findall(r"[^<>]{25,}", html)
    }
    assert len(said) > 5
    text = files["public/index.html"].decode()
    assert [sentence for sentence in said if sentence in text] == []


def test_what_is_marked_right_is_right_by_the_pages_own_keys(files: dict[str, bytes]) -> None:
    for question in json.loads(files["answers.json"])["questions"].values():
        kind = QUESTION_TYPES[question["type"]]
        right = question["right"]
        if question["type"] in ("text", "numeric") and isinstance(right, list):
            right = right[0]
        if kind.is_graded and isinstance(right, list | str | dict):
            assert kind.score(question["data"], right) == Fraction(1), question["id"]


def test_every_key_of_an_answer_has_its_words_for_the_teachers_report(files: dict[str, bytes]) -> None:
    questions = json.loads(files["answers.json"])["questions"]
    assert questions["ett"]["labels"] == {"a": "En", "b": "To", "c": "Tre"}
    assert questions["hvor"]["labels"] == {"a": "Døra", "b": "Vinduet"}
    order = [questions["rekke"]["labels"][key] for key in questions["rekke"]["right"]]
    assert order == ["Lytt", "Drøft", "Meld"]
    lefts, rights = questions["koble"]["parts"], questions["koble"]["labels"]
    pairs = {lefts[left]["text"]: rights[match] for left, match in questions["koble"]["right"].items()}
    assert pairs == {"Politiet": "Etterforsker", "Krisesenteret": "Gir et trygt sted"}
    assert questions["fyll"]["parts"]["2"]["labels"]["b"] == "alle"
    assert set(questions["enig"]["parts"]) == set(questions["enig"]["data"]["statements"])
    assert set(questions["enig"]["labels"]) == {"1", "5"}


def _course(words: tuple[str, ...]) -> tuple[Course, Module]:
    items = tuple(
        Option(key=key, text=models.inline(word), is_right=True, at=models.AT)
        for key, word in zip("abc", words, strict=True)
    )
    asked = Ordering(id="rekke", type="ordering", prompt=models.inline("Sett i rekke"), items=items, at=models.AT)
    module = models.module(with_quiz=False)
    page = replace(module.pages[0], blocks=(Quiz(id="quiz", questions=(asked,), at=models.AT),))
    module = replace(module, pages=(page,))
    return models.course([module]), module


def test_another_right_order_gives_the_same_page() -> None:
    pages = []
    for words in (("Lytt", "Noter", "Ring"), ("Ring", "Lytt", "Noter")):
        course, module = _course(words)
        package = TARGETS["lti"].package(course, (module,), BuildOptions())
        pages.append({file.name: file.content for file in package.files if file.name.startswith("public/")})
        answers = next(file.content for file in package.files if file.name == "answers.json")
        assert isinstance(answers, bytes)
        data = json.loads(answers)["questions"]["rekke"]["data"]
        assert data["items"] == [{"Lytt": "a", "Noter": "b", "Ring": "c"}[word] for word in words]

    assert pages[0] == pages[1]
