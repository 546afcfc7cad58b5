"""The install sheet: one page for the one who puts a package into a platform, in the course's language."""

from dataclasses import dataclass
from functools import cache

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from lokaltmot_lms import __version__
from lokaltmot_lms.model import Course, Module
from lokaltmot_lms.resources import shipped
from lokaltmot_lms.targets.base import Options, Package, Target, stem
from lokaltmot_lms.targets.keys import questions
from lokaltmot_lms.targets.presets import PRESETS
from lokaltmot_lms.texts import translations


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """What the sheet tells of one module."""

    title: str
    minutes: int | None
    all_pages: bool
    passed_quiz: bool
    pass_percent: int
    is_graded: bool
    questions: int
    key: str


def install_sheet(course: Course, target: Target, package: Package, options: Options) -> bytes:
    """Return the sheet as one HTML file that needs no other, fit for a phone and for paper."""
    preset = PRESETS[options.preset]
    language = package.modules[0].language
    template = _environment(language).get_template("sheet.html.jinja")
    page = template.render(
        language=language,
        title=package.modules[0].title if len(package.modules) == 1 else course.title,
        course=course.title,
        file=package.name + target.suffix,
        target=target.name,
        standard=f"{target.title} ({options.edition})" if target.name == "scorm2004" else target.title,
        preset=preset,
        part=f"{'web' if not target.suffix else preset.sheet}.html.jinja",
        modules=[_line(course, module, target) for module in package.modules],
        mastery=options.mastery,
        version=package.modules[0].version,
        builder=__version__,
    )
    return page.encode()


def key_stem(course: Course, module: Module, target: Target) -> str:
    """Return the name of a module's key without suffix."""
    return f"{stem(course, module, target.name)}-key"


def _line(course: Course, module: Module, target: Target) -> _Line:
    asked = list(questions(module))
    return _Line(
        title=module.title,
        minutes=module.minutes,
        all_pages=module.completion.all_pages,
        passed_quiz=module.completion.passed_quiz,
        pass_percent=round(module.pass_share * 100),
        is_graded=any(question.points > 0 for question in asked),
        questions=len(asked),
        key=key_stem(course, module, target),
    )


@cache
def _environment(language: str) -> Environment:
    catalogue = translations(language)

    def say(text: str, **values: object) -> Markup:
        return Markup(catalogue.gettext(text)).format(**values)  # noqa: S704  # the text is ours; format escapes

    environment = Environment(
        loader=FileSystemLoader(shipped("templates") / "install"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["_"] = say
    return environment
