"""The install sheet: one page for the person who uploads a package to a platform, in the course's language."""

from dataclasses import dataclass

from lokaltmot_lms import __version__
from lokaltmot_lms.model import Course, Module
from lokaltmot_lms.pages.environment import template
from lokaltmot_lms.pages.interface import interface
from lokaltmot_lms.targets.base import BuildOptions, Package, Target, stem
from lokaltmot_lms.targets.keys import questions
from lokaltmot_lms.targets.presets import PRESETS


@dataclass(frozen=True, slots=True, kw_only=True)
class _ModuleLine:
    """What the sheet shows for one module."""

    title: str
    minutes: int | None
    all_pages: bool
    passed_quiz: bool
    pass_percent: int
    is_graded: bool
    questions: int
    key: str


def install_sheet(course: Course, target: Target, package: Package, options: BuildOptions) -> bytes:
    """Return the install sheet as a self-contained HTML file, for screens and for paper."""
    preset = PRESETS[options.preset]
    own = target.sheet or (preset.sheet if target.suffix else "web")
    part = f"native/{target.name}" if target.is_native else f"install/{own}"
    words = interface(package.modules[0].language)
    page = template("install/sheet.html.jinja").render(
        _=words.say,
        language=words.language,
        direction=words.direction,
        title=package.modules[0].title if len(package.modules) == 1 else course.title,
        course=course.title,
        file=package.name + target.suffix,
        target=target.name,
        standard=f"{target.title} ({options.edition})" if target.name == "scorm2004" else target.title,
        preset=preset,
        part=f"{part}.html.jinja",
        is_native=target.is_native,
        platform=target.title if target.is_native or target.sheet else preset.title,
        losses=loss_name(package) if package.losses else "",
        modules=[_line(course, module, target) for module in package.modules],
        mastery=options.mastery,
        version=package.modules[0].version,
        builder=__version__,
    )
    return page.encode()


def key_stem(course: Course, module: Module, target: Target) -> str:
    """Return the file name of a module's answer key without suffix."""
    return f"{stem(course, module, target.name)}-key"


def loss_name(package: Package) -> str:
    """Return the file name of the report of losses."""
    return f"{package.name}-loss.json"


def _line(course: Course, module: Module, target: Target) -> _ModuleLine:
    asked = list(questions(module))
    return _ModuleLine(
        title=module.title,
        minutes=module.minutes,
        all_pages=module.completion.all_pages,
        passed_quiz=module.completion.passed_quiz,
        pass_percent=round(module.pass_share * 100),
        is_graded=any(question.points > 0 for question in asked),
        questions=len(asked),
        key=key_stem(course, module, target),
    )
