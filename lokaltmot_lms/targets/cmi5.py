"""cmi5: a course structure with one assignable unit per module; the player reports to an LRS by xAPI."""

from collections.abc import Callable, Sequence
from decimal import ROUND_DOWN, Decimal

from lxml import etree

from lokaltmot_lms.model import Course, Module
from lokaltmot_lms.pages import Tracking
from lokaltmot_lms.pages.media import PackageFile
from lokaltmot_lms.pages.page_data import quizzes
from lokaltmot_lms.targets import xml
from lokaltmot_lms.targets.base import BuildOptions, Package, Target, stem
from lokaltmot_lms.targets.content_package import LAUNCH, PackagedSco, render_contents

_STRUCTURE = "cmi5.xml"  # at the root, with exactly this name (cmi5 13.2 and 14.1)
_NAMESPACES: dict[str | None, str] = {None: "https://w3id.org/xapi/profiles/cmi5/v1/CourseStructure.xsd"}
_FOUR_DECIMALS = Decimal("0.0001")  # limit of a masteryScore (cmi5 13.1.4)


def package(course: Course, modules: tuple[Module, ...], options: BuildOptions) -> Package:
    """Return a cmi5 package of one module, or of several as units of one course."""
    contents = render_contents(course, modules, Tracking(name="cmi5", options={"id": home(course)}))
    structure = PackageFile(name=_STRUCTURE, content=_structure(course, contents.scos, options))
    return Package(
        name=stem(course, modules[0] if len(modules) == 1 else None, TARGET.name),
        files=tuple(sorted((*contents.files, structure), key=lambda file: file.name)),
        modules=modules,
    )


def home(course: Course) -> str:
    """Return the IRI that every id of a course begins with: its address on the web, else a URN.

    A platform stores scores under these ids, so they depend only on the author's ids.
    """
    return course.address or f"urn:lokaltmot:{course.id}"


def unit_id(course: Course, module: Module) -> str:
    """Return the id of a module: the same in a package of one module and of the whole course."""
    return f"{home(course)}/{module.id}"


def _structure(course: Course, units: Sequence[PackagedSco], options: BuildOptions) -> bytes:
    top = xml.root(_NAMESPACES, "courseStructure")
    if options.bundle or len(units) > 1:
        _say_both(xml.add(top, "course", id=home(course)), *_course_words(course))
    else:  # not the course's id, or a platform would take the module for a new version of the course
        module = units[0].module
        _say_both(xml.add(top, "course", id=f"{unit_id(course, module)}/course"), *_words(module))
    _add_objectives(top, course, [unit.module for unit in units])
    for unit in units:
        _add_unit(top, course, unit)
    return xml.document(top)


def _add_objectives(top: etree._Element, course: Course, modules: Sequence[Module]) -> None:
    if not any(module.goals for module in modules):
        return
    objectives = xml.add(top, "objectives")
    for module in modules:
        for at, goal in enumerate(module.goals):
            goals = {edition.language: edition.goals[at] for edition in _editions(module) if at < len(edition.goals)}
            objective = xml.add(objectives, "objective", id=_goal_id(course, module, at))
            _say_both(objective, {module.language: goal} | goals, {module.language: goal} | goals)


def _add_unit(top: etree._Element, course: Course, unit: PackagedSco) -> None:
    module = unit.module
    mastery = mastery_score(module)
    attributes = {"moveOn": move_on(module), "launchMethod": "AnyWindow"}
    if mastery is not None:
        attributes["masteryScore"] = f"{mastery:f}"
    element = xml.add(top, "au", id=unit_id(course, module), **attributes)
    _say_both(element, *_words(module))
    if module.goals:
        objectives = xml.add(element, "objectives")
        for at in range(len(module.goals)):
            xml.add(objectives, "objective", idref=_goal_id(course, module, at))
    xml.add(element, "url", xml.href(unit.folder + LAUNCH))


def move_on(module: Module) -> str:
    """Return the moveOn criterion of a module. The default, NotApplicable, is always met (cmi5 13.1.4)."""
    return "CompletedAndPassed" if module.completion.passed_quiz and _marks(module) else "Completed"


def mastery_score(module: Module) -> Decimal | None:
    """Return the passing score; None when nothing is graded, or when quizzes have different pass marks."""
    marks = _marks(module)
    if len(marks) != 1:
        return None
    (mark,) = marks
    return mark.quantize(_FOUR_DECIMALS, ROUND_DOWN).normalize()


def _marks(module: Module) -> set[Decimal]:
    """Return the pass marks of the graded quizzes."""
    return {
        module.pass_share if quiz.pass_share is None else quiz.pass_share
        for _, quiz in quizzes(module)
        if any(question.points > 0 for question in quiz.questions)
    }


def _editions(module: Module) -> tuple[Module, ...]:
    return (module, *module.translations)


def _words(module: Module) -> tuple[dict[str, str], dict[str, str]]:
    titles = {edition.language: edition.title for edition in _editions(module)}
    return titles, {edition.language: edition.description or edition.title for edition in _editions(module)}


def _course_words(course: Course) -> tuple[dict[str, str], dict[str, str]]:
    def by_language(say: Callable[[str], str]) -> dict[str, str]:
        return {language: say(language) for language in course.languages}

    return by_language(course.title_in), by_language(
        lambda language: course.description_in(language) or course.title_in(language)
    )


def _goal_id(course: Course, module: Module, at: int) -> str:
    return f"{unit_id(course, module)}/goal/{at + 1}"


def _say_both(element: etree._Element, titles: dict[str, str], descriptions: dict[str, str]) -> None:
    """Add the title and the description that course, objective and unit must have (cmi5 13.1)."""
    for name, texts in (("title", titles), ("description", descriptions)):
        place = xml.add(element, name)
        for language, text in texts.items():
            xml.add(place, "langstring", text, lang=language)


TARGET = Target(name="cmi5", title="cmi5", suffix=".zip", bundles=True, sheet="cmi5", package=package)
