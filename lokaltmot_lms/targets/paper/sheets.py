"""Typesets a document of parts as a PDF, with Typst."""

import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from lokaltmot_lms.errors import CourseError
from lokaltmot_lms.errors.targets import PDF_NEEDS_TYPST, PDF_REFUSED
from lokaltmot_lms.model import Course, Module
from lokaltmot_lms.pages.media import PackageFile
from lokaltmot_lms.pages.view import contact_line, help_lines
from lokaltmot_lms.resources import shipped
from lokaltmot_lms.targets.base import Package, stem
from lokaltmot_lms.targets.paper.context import PaperContext, Part, new_context
from lokaltmot_lms.targets.paper.fonts import missing_letters, typeset
from lokaltmot_lms.texts import N_

_TEMPLATE = "paper.typ"


def editions(course: Course, module: Module) -> Iterator[tuple[str, PaperContext]]:
    """Yield a context for a module and each translation, with the ending of its file name: "" or ".en"."""
    for edition in (module, *module.translations):
        yield "" if edition is module else f".{edition.language}", new_context(course, edition)


def paper_package(
    target: str, course: Course, modules: tuple[Module, ...], *, kind: str, body: Callable[[PaperContext], list[Part]]
) -> Package:
    """Return one PDF for each language of a module. kind: shown on the first page, marked with N_()."""
    name = stem(course, modules[0], target)
    made = list(editions(course, modules[0]))
    files = tuple(
        PackageFile(
            name=f"{name}{ending}.pdf", content=document(context, kind=context.words.say(kind), body=body(context))
        )
        for ending, context in made
    )
    warnings = tuple(warning for _, context in made for warning in context.warnings)
    return Package(name=name, files=files, modules=modules, warnings=warnings)


def document(context: PaperContext, *, kind: str, body: list[Part]) -> bytes:
    """Return a PDF/UA-1 document. kind: shown above the title. The same course gives the same bytes.

    Raises:
        CourseError: Typst is not installed, or refuses a picture.
    """
    module, words = context.module, context.words
    _close_heading_gaps(body)
    minutes = words.ngettext("about {count} min", "about {count} min", module.minutes) if module.minutes else ""
    version = words.say(N_("Version {version}"), version=module.version) if module.version else ""
    data = {
        "lang": module.language.split("-")[0],
        "direction": words.direction,
        "title": module.title,
        "course": context.course.title,
        "kind": kind,
        "about": [module.description] if module.description else [],
        "facts": " · ".join(text for text in (minutes, version, module.license or context.course.license) if text),
        "page": words.say(N_("Page")),
        "colours": context.colours,
        "body": body,
    }
    return _typeset(data, context)


def help_parts(context: PaperContext) -> list[Part]:
    """Return the help lines and the contact line."""
    course, language = context.course, context.module.language
    lines = help_lines(course, language)
    asked = contact_line(course, context.words)
    if not lines and not asked:
        return []
    made: list[Part] = [{"t": "heading", "level": 1, "c": [context.words.say(N_("Someone to talk to"))]}]
    if lines:
        rows = [[[_paragraph({"t": "strong", "c": [line.text]})], [_paragraph(line.name)]] for line in lines]
        head = [[_paragraph(context.words.say(word))] for word in (N_("Number or address"), N_("Whom you reach"))]
        made.append({"t": "table", "head": head, "rows": rows, "widths": ["auto", "1fr"]})
    return [*made, _paragraph(asked)] if asked else made


def _paragraph(part: Part) -> Part:
    return {"t": "p", "c": [part]}


def _close_heading_gaps(body: list[Part]) -> None:
    """Correct headings that skip a level: PDF/UA-1 (ISO 14289-1, 7.4.2) does not allow level 3 after level 1."""
    last = 0
    for part in _headings(body):
        part["level"] = last = min(part["level"], last + 1)


def _headings(parts: Any) -> Iterator[Any]:
    if isinstance(parts, dict):
        if parts.get("t") == "heading":
            yield parts
        for inside in parts.values():
            yield from _headings(inside)
    elif isinstance(parts, list):
        for part in parts:
            yield from _headings(part)


def _typeset(data: Mapping[str, Part], context: PaperContext) -> bytes:
    at = context.module.at
    with tempfile.TemporaryDirectory(prefix="lokaltmot-") as folder:
        root = Path(folder)
        for name, content in context.pictures.items():
            (root / name).write_bytes(content if isinstance(content, bytes) else content.read_bytes())
        main = root / _TEMPLATE
        main.write_bytes((shipped("templates") / "print" / _TEMPLATE).read_bytes())
        try:
            made, missing = typeset(main, data)
        except ImportError as error:
            raise CourseError((PDF_NEEDS_TYPST.at(at),)) from error
        except RuntimeError as error:  # typst.TypstError, which can't be named before Typst is imported
            raise CourseError((PDF_REFUSED.at(at, reason=_in_one_line(error)),)) from error
    context.warnings.extend(missing_letters(missing, context.course, at))
    return made


def _in_one_line(error: Exception) -> str:
    return " ".join(str(error).split())[:200].rstrip(".")
