"""The theme's colours."""

import re
from pathlib import Path

import pytest

from lokaltmot_lms.checks.theme import VARIABLES, check_theme, contrast, read_colours, theme_problems
from lokaltmot_lms.resources import shipped, theme_names

# design.md of this project: each colour with its contrast to its ground, light and dark.
LIGHT = {
    "--ink": "#16302f", "--muted": "#4a5f5d", "--paper": "#fffdf9", "--sand": "#f4efe6", "--line": "#d9d2c4",
    "--edge": "#857c6b", "--fjord": "#0f4c5c", "--cloudberry": "#b8500c", "--moss": "#1f6b45", "--moss-bg": "#e8f2ea",
    "--rust": "#9c2b22", "--rust-bg": "#fbebe7", "--sky": "#e4eff2",
}  # fmt: skip
DARK = {
    "--ink": "#e8e6df", "--muted": "#a9b6b3", "--paper": "#10201f", "--sand": "#172b2a", "--line": "#2f4644",
    "--edge": "#6f8a87", "--fjord": "#8cc9d6", "--cloudberry": "#f0a15e", "--moss": "#86d3a5", "--moss-bg": "#16352a",
    "--rust": "#f2a096", "--rust-bg": "#3a201d", "--sky": "#15333a",
}  # fmt: skip


def css(light: dict[str, str], dark: dict[str, str]) -> str:
    declared = "".join(f"  {name}: {value};\n" for name, value in light.items())
    in_dark = "".join(f"    {name}: {value};\n" for name, value in dark.items())
    return f":root {{\n{declared}}}\n@media (prefers-color-scheme: dark) {{\n  :root {{\n{in_dark}  }}\n}}\n"


# W3C: 21 and 1 are the ends of the scale (WCAG 2.2, contrast ratio). #767676 is the lightest grey that passes 4.5 on
# white and #777777 the first that fails (WebAIM's and the W3C's worked example); #949494 is the same for 3.
@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#ffffff", "#ffffff", 1.0),
        ("#767676", "#ffffff", 4.54),
        ("#777777", "#ffffff", 4.48),
        ("#949494", "#ffffff", 3.03),
        ("#0000ff", "#ffffff", 8.59),
        ("#ff0000", "#ffffff", 4.0),
    ],
)
def test_contrast_is_as_published(one, other, expected):
    assert contrast(one, other) == pytest.approx(expected, abs=0.01)
    assert contrast(other, one) == contrast(one, other)


@pytest.mark.parametrize(
    ("front", "back", "light", "dark"),
    [
        ("--ink", "--paper", 13.8, 13.5),
        ("--muted", "--paper", 6.7, 8.0),
        ("--edge", "--paper", 4.1, 4.5),
        ("--fjord", "--paper", 9.4, 9.2),
        ("--cloudberry", "--paper", 4.9, 8.0),
        ("--moss", "--moss-bg", 5.6, 7.5),
        ("--rust", "--rust-bg", 6.5, 7.3),
    ],
)
def test_contrast_is_as_the_designer_computed(front, back, light, dark):
    assert contrast(LIGHT[front], LIGHT[back]) == pytest.approx(light, abs=0.06)
    assert contrast(DARK[front], DARK[back]) == pytest.approx(dark, abs=0.06)


@pytest.mark.parametrize(
    "text",
    [
        css(LIGHT, DARK),
        ":root{" + "".join(f"{name}:light-dark({LIGHT[name]},{DARK[name]});" for name in VARIABLES) + "}",
        css(LIGHT, {}) + ':root[data-theme="dark"]{' + "".join(f"{name}:{DARK[name]};" for name in VARIABLES) + "}",
        "/* :root { --ink: #ffffff; } */" + css(LIGHT, DARK),
    ],
)
def test_colours_are_read_in_light_and_dark(text):
    assert read_colours(text) == {"light": LIGHT, "dark": DARK}


def problems_of(folder: Path, text: str, make) -> list[str]:
    (folder / "theme.css").write_text(text, encoding="utf-8")
    return [problem.message() for problem in theme_problems(folder / "theme.css", "prøve", make.at())]


def test_the_designers_colours_pass(tmp_path, make):
    assert problems_of(tmp_path, css(LIGHT, DARK), make) == []


def test_a_missing_colour_is_named_in_both_schemes(tmp_path, make):
    light = {name: value for name, value in LIGHT.items() if name != "--line"}
    dark = {name: value for name, value in DARK.items() if name != "--line"}

    assert problems_of(tmp_path, css(light, dark), make) == [
        "The theme “prøve” has no colour --line (light).",
        "The theme “prøve” has no colour --line (dark).",
    ]


def test_a_pale_colour_is_refused_with_the_figures(tmp_path, make):
    # #777777 on #ffffff is 4.48: shown as 4.4, for 4.5 would seem to be enough
    assert problems_of(tmp_path, css(LIGHT | {"--muted": "#777777", "--paper": "#ffffff"}, DARK), make)[0] == (
        "The theme “prøve” has too little contrast between --muted and --paper (light): 4.4, needs 4.5."
    )


def test_a_pale_border_is_refused(tmp_path, make):
    (line, *_) = problems_of(tmp_path, css(LIGHT, DARK | {"--edge": "#3a4f4d"}), make)

    assert re.search(r"between --edge and --paper \(dark\): \d\.\d, needs 3\.0\.$", line)


def test_an_unknown_theme_names_the_nearest(make):
    (problem,) = check_theme(make.course(theme="defualt"), None)

    assert problem.text().endswith("LM450: There is no theme “defualt”. Did you mean “default”?")


@pytest.mark.parametrize("name", theme_names())
def test_every_shipped_theme_can_be_read_by_all(name, make):
    assert list(theme_problems(shipped("templates") / "themes" / name / "theme.css", name, make.at())) == []
