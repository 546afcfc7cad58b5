"""The context of a module on paper: its interface texts, its colours, and the images used so far."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lokaltmot_lms.errors import Problem
from lokaltmot_lms.model import Course, Module
from lokaltmot_lms.pages.interface import Interface, interface
from lokaltmot_lms.pages.media import PackageMedia
from lokaltmot_lms.pages.svg import svg_bytes
from lokaltmot_lms.pages.themes import read_theme

# A part of a document as data for paper.typ: {"t": "p", "c": [...]}; a text is a string.
Part = Any

_VAR = re.compile(r"var\(\s*--([\w-]+)\s*(?:,\s*((?:[^()]|\([^()]*\))*))?\)")
_TOKEN = re.compile(r"--([\w-]+):\s*([^;]+);")


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperContext:
    """The course and the module. pictures: images of the document, by their name. warnings: what it lacks."""

    course: Course
    module: Module
    words: Interface
    media: PackageMedia
    colours: Mapping[str, str]
    pictures: dict[str, bytes | Path] = field(default_factory=dict)
    warnings: list[Problem] = field(default_factory=list)

    def picture(self, path: str) -> str | None:
        """Return the name of an image in the document, or None when there is no such file."""
        found = self.media.media(path)
        if found is None:
            return None
        drawing = self.media.drawing(path)
        content = _with_colours(svg_bytes(drawing.root), self.colours) if drawing else found.file
        known = next((name for name, other in self.pictures.items() if other == content), None)
        name = known or f"picture-{len(self.pictures) + 1}{found.file.suffix.lower()}"
        self.pictures[name] = content
        return name


def new_context(course: Course, module: Module) -> PaperContext:
    """Return a new context for a module in its language."""
    return PaperContext(
        course=course,
        module=module,
        words=interface(module.language),
        media=PackageMedia(course),
        colours=light_colours(read_theme(course.theme).tokens),
    )


def light_colours(tokens: str) -> dict[str, str]:
    """Return the colours of a theme's first rule, which is the light one."""
    return dict(_TOKEN.findall(tokens.partition("}")[0]))


def _with_colours(svg: bytes, colours: Mapping[str, str]) -> bytes:
    """Return a drawing with the theme's colours written out: Typst does not resolve var(--ink, …)."""
    return _VAR.sub(lambda used: colours.get(used[1]) or used[2] or "currentColor", svg.decode()).encode()
