"""The cmi5 course structure: valid, whole IRIs from the author's ids, and when a platform lets the learner go on."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from lxml import etree

from lokaltmot_lms.inspect import PackageKind, inspect_package
from lokaltmot_lms.inspect.schema import find_schema
from lokaltmot_lms.model import Completion, Course, Module, Quiz
from lokaltmot_lms.source import read_course
from lokaltmot_lms.targets import TARGETS, BuildOptions
from lokaltmot_lms.targets.archive import write_zip

from . import models

_CHECKOUT = Path(__file__).resolve().parents[3]
_SCHEMAS = _CHECKOUT.parent / "shared" / "schemas"
_COURSES = [_CHECKOUT / "courses" / name for name in ("eksempel", "lokalt-mot")]


def _structure(course: Course, *, bundle: bool = False) -> etree._Element:
    modules = course.modules if bundle else course.modules[:1]
    package = TARGETS["cmi5"].package(course, modules, BuildOptions(bundle=bundle))
    content = next(file.content for file in package.files if file.name == "cmi5.xml")
    assert isinstance(content, bytes)
    return etree.fromstring(content)


def _unit(course: Course) -> etree._Element:
    (unit,) = _structure(course).iter("{*}au")
    return unit


def _with_quizzes(*shares: Decimal | None, rule: bool = True) -> Module:
    """Return a module with a quiz for each pass mark; None means the module's own, 0.8."""
    quizzes = [
        Quiz(id=f"quiz-{at}", questions=(models.question(f"q-{at}"),), pass_share=share, at=models.AT)
        for at, share in enumerate(shares)
    ]
    page = replace(models.module().pages[0], blocks=tuple(quizzes))
    return replace(models.module(), pages=(page,), completion=Completion(passed_quiz=rule))


def test_ids_are_whole_iris_of_the_authors_ids_and_the_same_in_a_bundle() -> None:
    course = models.course([models.module("modul-en"), models.module("modul-to")])

    alone, bundled = _structure(course), _structure(course, bundle=True)

    assert [unit.get("id") for unit in alone.iter("{*}au")] == ["urn:lokaltmot:kurs/modul-en"]
    assert [unit.get("id") for unit in bundled.iter("{*}au")] == [
        "urn:lokaltmot:kurs/modul-en",
        "urn:lokaltmot:kurs/modul-to",
    ]
    # A platform that has the whole course must not take one module for a new version of it.
    ids = [top[0].get("id") for top in (alone, bundled)]
    assert ids == ["urn:lokaltmot:kurs/modul-en/course", "urn:lokaltmot:kurs"]
    assert [unit.findtext("{*}url") for unit in bundled.iter("{*}au")] == [
        "m-modul-en/index.html",
        "m-modul-to/index.html",
    ]


def test_the_courses_own_address_begins_its_ids() -> None:
    course = replace(models.course(), address="https://kurs.example.no/lokalt-mot")

    assert _unit(course).get("id") == "https://kurs.example.no/lokalt-mot/modul-en"


def test_the_address_is_read_from_the_course_file(tmp_path: Path) -> None:
    starter = _CHECKOUT / "courses" / "eksempel"
    for file in starter.rglob("*"):
        if file.is_file():
            copy = tmp_path / file.relative_to(starter)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(file.read_bytes())
    with (tmp_path / "course.yaml").open("a", encoding="utf-8") as file:
        file.write("adresse: https://kurs.example.no/\n")

    course = read_course(tmp_path).course

    assert course is not None
    assert course.address == "https://kurs.example.no"


@pytest.mark.parametrize(
    ("module", "move_on", "mastery"),
    [
        (_with_quizzes(None), "CompletedAndPassed", "0.8"),
        (_with_quizzes(None, rule=False), "Completed", "0.8"),
        (_with_quizzes(), "Completed", None),
        (_with_quizzes(Decimal(1)), "CompletedAndPassed", "1"),
        (_with_quizzes(Decimal(2) / 3), "CompletedAndPassed", "0.6666"),
        # Two marks can't be one score: the module decides, and the platform hears passed or failed.
        (_with_quizzes(None, Decimal("0.5")), "CompletedAndPassed", None),
        (_with_quizzes(None, Decimal("0.8")), "CompletedAndPassed", "0.8"),
    ],
)
def test_when_a_platform_lets_the_learner_go_on(module: Module, move_on: str, mastery: str | None) -> None:
    unit = _unit(models.course([module]))

    assert (unit.get("moveOn"), unit.get("masteryScore"), unit.get("launchMethod")) == (move_on, mastery, "AnyWindow")


def test_an_ungraded_quiz_gives_no_mastery_score() -> None:
    ungraded = replace(models.question(), points=Decimal(0))
    module = _with_quizzes(None)
    page = replace(module.pages[0], blocks=(Quiz(id="quiz", questions=(ungraded,), at=models.AT),))

    unit = _unit(models.course([replace(module, pages=(page,))]))

    assert (unit.get("moveOn"), unit.get("masteryScore")) == ("Completed", None)


def test_titles_descriptions_and_goals_stand_in_every_language() -> None:
    norwegian = replace(models.module(), goals=("kjenne igjen tegn",))
    english = replace(norwegian, language="en", title="Honour & courage", description="", goals=("recognise signs",))
    course = models.course([replace(norwegian, translations=(english,))])

    top = _structure(course)
    unit = next(top.iter("{*}au"))

    def texts(element: etree._Element, name: str) -> dict[str | None, str | None]:
        return {each.get("lang"): each.text for each in element.iterfind(f"{{*}}{name}/{{*}}langstring")}

    assert texts(unit, "title") == {"nb": "Ære & mot", "en": "Honour & courage"}
    assert texts(unit, "description") == {"nb": "Hva det handler om", "en": "Honour & courage"}
    (goal,) = top.iterfind("{*}objectives/{*}objective")
    assert texts(goal, "title") == {"nb": "kjenne igjen tegn", "en": "recognise signs"}
    assert [each.get("idref") for each in unit.iter("{*}objective")] == [goal.get("id")]


@pytest.mark.parametrize("bundle", [False, True], ids=["single", "bundle"])
@pytest.mark.parametrize("folder", _COURSES, ids=lambda path: path.name)
def test_every_module_we_have_becomes_a_package_that_inspect_takes(folder: Path, bundle: bool, tmp_path: Path) -> None:
    course = read_course(folder).course
    assert course is not None
    groups = [course.modules] if bundle else [(module,) for module in course.modules]
    for modules in groups:
        package = TARGETS["cmi5"].package(course, modules, BuildOptions(bundle=bundle))
        write_zip(tmp_path / "a.zip", package.files)

        found = inspect_package(tmp_path / "a.zip")

        assert found.kind is PackageKind.CMI5
        assert [problem.text() for problem in found.problems if problem.code != "LM532"] == []
        assert len(found.launches) == len(modules)


@pytest.mark.skipif(not _SCHEMAS.is_dir(), reason="the schema is not available")
@pytest.mark.parametrize("bundle", [False, True], ids=["single", "bundle"])
def test_the_structure_is_valid(bundle: bool) -> None:
    schema = find_schema(PackageKind.CMI5, _SCHEMAS)
    assert schema is not None
    course = models.course([replace(_with_quizzes(None), goals=("a", "b")), models.module("modul-to")])
    top = _structure(course, bundle=bundle)

    assert schema.validate(top), schema.error_log
    next(top.iter("{*}au")).set("moveOn", "completed")
    assert not schema.validate(top), "the schema was not loaded whole"
