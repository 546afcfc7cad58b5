"""The install sheet: valid HTML that says the right boxes for each platform, in the course's language."""

import re
import subprocess
from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest
from lxml import html

from lokaltmot_lms.targets import TARGETS, BuildOptions
from lokaltmot_lms.targets.presets import PRESETS
from lokaltmot_lms.targets.sheet import install_sheet

from . import models

_CHECKOUT = Path(__file__).resolve().parents[3]
_VALIDATOR = _CHECKOUT / "node_modules" / ".bin" / "html-validate"
_WITH_SHEET = [name for name, target in TARGETS.items() if not target.is_paper]


def _sheet(target: str, preset: str, language: str = "en", *, bundle: bool = False, with_quiz: bool = True) -> str:
    names = ("modul-en", "modul-to") if bundle else ("modul-en",)
    modules = [replace(models.module(name, with_quiz=with_quiz), language=language) for name in names]
    course = models.course(modules)
    options = BuildOptions(preset=preset, bundle=bundle, mastery=bundle)
    package = TARGETS[target].package(course, course.modules, options)
    return install_sheet(course, TARGETS[target], package, options).decode()


def _words(sheet: str) -> str:
    body = html.document_fromstring(sheet).find("body")
    assert body is not None
    return re.sub(r"\s+", " ", body.text_content())


def test_moodle_is_told_to_tick_completed_and_not_passed() -> None:
    words = _words(_sheet("scorm12", "moodle"))

    assert "“Completed” under “Require status”" in words
    assert "“Passed”" not in words
    assert "Display course structure in player Disabled" in words
    assert "the key file says what they mean" in words


def test_moodle_is_warned_about_scorm2004_and_bundles() -> None:
    words = _words(_sheet("scorm2004", "moodle", bundle=True))

    assert "SCORM 1.2 is the better choice for Moodle" in words
    assert "This package holds 2 modules." in words
    assert "Moodle then decides by itself between passed and failed" in words


@pytest.mark.parametrize("preset", ["moodle", "kslaring", "canvas"])
def test_what_is_not_shown_is_told_of_the_platform_that_was_chosen(preset: str) -> None:
    assert f"What {PRESETS[preset].title} will not show" in _words(_sheet("scorm12", preset))


@pytest.mark.parametrize("with_quiz", [True, False])
def test_the_web_has_no_platform_and_sends_no_score(with_quiz: bool) -> None:
    words = _words(_sheet("web", "generic", with_quiz=with_quiz))

    assert "For the person who publishes the course on a web server." in words
    assert "score" not in words
    assert "No platform gets any data" in words


def test_a_module_without_a_quiz_is_graded_by_what_is_done() -> None:
    words = _words(_sheet("scorm12", "moodle", with_quiz=False))

    assert "Grading method Learning objects" in words
    assert "so it sends no score" in words
    assert "right answers" not in words


def test_kslaring_is_told_that_we_have_not_tried_it() -> None:
    assert "not in KS Læring" in _words(_sheet("scorm12", "kslaring"))
    assert "not in KS Læring" not in _words(_sheet("scorm12", "moodle"))


def test_canvas_is_told_that_it_needs_a_scorm_tool() -> None:
    assert "Canvas itself takes no SCORM packages" in _words(_sheet("scorm12", "canvas"))


def test_the_generic_sheet_says_that_both_words_must_count() -> None:
    assert "Let both “completed” and “passed” count" in _words(_sheet("scorm12", "generic"))


def test_the_web_sheet_says_that_nothing_is_reported() -> None:
    assert "No platform gets any data" in _words(_sheet("web", "moodle"))


@pytest.mark.parametrize("language", ["nb", "nn"])
def test_the_sheet_is_in_the_courses_language(language: str) -> None:
    for target, preset in product(_WITH_SHEET, PRESETS):
        english, norwegian = (_sheet(target, preset, code) for code in ("en", language))
        texts = [
            {" ".join(text.split()) for text in html.document_fromstring(sheet).find("body").itertext() if text.strip()}
            for sheet in (english, norwegian)
        ]
        # What may be the same: Moodle's own words, names, file names and figures.
        same = {text for text in texts[0] & texts[1] if " " in text and "›" not in text}
        names = {kind.title for kind in TARGETS.values()}
        fixed = {"Ære & mot", "SCORM 1.2", "SCORM 2004 (4)", "CC BY 4.0", "Lokalt mot · "}
        moodle = {"Highest grade", "Highest attempt", "Learning objects"}  # its settings' own names
        assert same - names - fixed - moodle == set()


@pytest.mark.skipif(not _VALIDATOR.exists(), reason="html-validate is not installed: run npm ci")
def test_every_sheet_is_valid_html(tmp_path: Path) -> None:
    for number, (target, preset, with_quiz) in enumerate(product(_WITH_SHEET, PRESETS, (True, False))):
        sheet = _sheet(target, preset, "nb", bundle=target != "web", with_quiz=with_quiz)
        (tmp_path / f"{number}.html").write_text(sheet, encoding="utf-8")

    done = subprocess.run(
        [_VALIDATOR, "--preset", "standard", str(tmp_path)], capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stdout + done.stderr
