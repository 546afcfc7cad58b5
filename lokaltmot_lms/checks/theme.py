"""The theme's colours: none is missing, and text and controls have enough contrast (WCAG 2.2, 1.4.3, 1.4.11)."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from lokaltmot_lms.checks.fragments import place
from lokaltmot_lms.checks.options import nearest
from lokaltmot_lms.errors import Position, Problem
from lokaltmot_lms.errors.language import THEME_CONTRAST, THEME_UNKNOWN, THEME_VARIABLE_MISSING
from lokaltmot_lms.model import Course
from lokaltmot_lms.resources import shipped, theme_names

TEXT = 4.5
CONTROL = 3.0

VARIABLES = (
    "--ink", "--muted", "--paper", "--sand", "--line", "--edge", "--fjord", "--cloudberry",
    "--moss", "--moss-bg", "--rust", "--rust-bg", "--sky",
)  # fmt: skip

# Which colour is shown on which background, and the contrast ratio it needs.
PAIRS = (
    ("--ink", "--paper", TEXT),
    ("--ink", "--sand", TEXT),
    ("--ink", "--sky", TEXT),
    ("--ink", "--moss-bg", TEXT),
    ("--ink", "--rust-bg", TEXT),
    ("--muted", "--paper", TEXT),
    ("--muted", "--sand", TEXT),
    ("--fjord", "--paper", TEXT),
    ("--fjord", "--sand", TEXT),
    ("--fjord", "--sky", TEXT),
    ("--cloudberry", "--paper", TEXT),
    ("--moss", "--moss-bg", TEXT),
    ("--moss", "--paper", TEXT),
    ("--rust", "--rust-bg", TEXT),
    ("--rust", "--paper", TEXT),
    ("--edge", "--paper", CONTROL),
    ("--edge", "--sand", CONTROL),
)

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_DECLARATION = re.compile(r"(--[a-z-]+)\s*:\s*([^;{}]+)")
_BOTH = re.compile(r"light-dark\(\s*(#[0-9a-fA-F]{6})\s*,\s*(#[0-9a-fA-F]{6})\s*\)")
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")


def check_theme(course: Course, today: date) -> Iterator[Problem]:
    """Yield an unknown theme, or one that can't be read by all."""
    if course.theme not in theme_names():
        yield THEME_UNKNOWN.at(
            place(course.at, course.theme), theme=course.theme, nearest=nearest(course.theme, theme_names())
        )
        return
    css = shipped("templates") / "themes" / course.theme / "theme.css"
    yield from theme_problems(css, course.theme, course.at)


def theme_problems(css: Path, theme: str, at: Position) -> Iterator[Problem]:
    """Yield what is wrong with the colours of a theme file, in light and in dark."""
    for scheme, colours in read_colours(css.read_text(encoding="utf-8")).items():
        for variable in VARIABLES:
            if variable not in colours:
                yield THEME_VARIABLE_MISSING.at(at, theme=theme, variable=variable, scheme=scheme)
        for front, back, needed in PAIRS:
            if front in colours and back in colours:
                ratio = contrast(colours[front], colours[back])
                if ratio < needed:
                    # Cut, not rounded: 4.46 must not be shown as the 4.5 it falls short of.
                    shown = f"{int(ratio * 10) / 10:.1f}"
                    yield THEME_CONTRAST.at(
                        at, theme=theme, front=front, back=back, scheme=scheme, ratio=shown, needed=needed
                    )


def read_colours(css: str) -> Mapping[str, Mapping[str, str]]:
    """Return the colours of a theme by scheme: {"light": {"--ink": "#16302f", …}, "dark": {…}}.

    Dark are the colours in a `prefers-color-scheme: dark` block, under a selector with data-theme="dark", or second
    in `light-dark(…)`; what dark leaves out is as in light, as the cascade has it.
    """
    light: dict[str, str] = {}
    dark: dict[str, str] = {}
    for where, body in _rules(_COMMENT.sub("", css)):
        is_dark = re.search(r"prefers-color-scheme:\s*dark|data-theme=[\"']?dark", where) is not None
        for name, value in _DECLARATION.findall(body):
            if both := _BOTH.fullmatch(value.strip()):
                light[name], dark[name] = both.groups()
            elif _COLOUR.fullmatch(value.strip()):
                (dark if is_dark else light)[name] = value.strip()
    return {"light": light, "dark": light | dark}


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours such as "#16302f", 1 to 21 (WCAG 2.2, definition of contrast ratio)."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    """Return the relative luminance (WCAG 2.2, definition of relative luminance)."""
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (
        channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4 for channel in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _rules(css: str) -> Iterator[tuple[str, str]]:
    """Yield each rule as (its selector with those of the blocks around it, its declarations)."""
    around: list[str] = []
    text = ""
    for character in css:
        if character == "{":
            around.append(text.rpartition(";")[2].strip())
            text = ""
        elif character == "}":
            if around:
                yield " ".join(around), text
                around.pop()
            text = ""
        else:
            text += character
