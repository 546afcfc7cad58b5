"""The author's manual and the list of errors are whole and up to date."""

import subprocess
import sys
from pathlib import Path

import pytest

from lokaltmot_lms.errors import CATALOGUE
from lokaltmot_lms.questions import QUESTION_TYPES
from lokaltmot_lms.source.words import table

ROOT = Path(__file__).resolve().parents[3]
MANUAL = (ROOT / "docs" / "course-format.md").read_text(encoding="utf-8")
ERRORS = ROOT / "docs" / "errors.md"

WORDS = [(place, word) for place, words in table() for pair in words.items() for word in dict.fromkeys(pair)]


@pytest.mark.parametrize(("place", "word"), WORDS, ids=[f"{place}: {word}" for place, word in WORDS])
def test_every_word_of_the_format_is_in_the_manual(place, word):
    label = f"`{word.capitalize()}:`" if place == "questions" else f"`{word}`"
    # Words of values stand inside an example of the value, such as `5 from bank/x.md` or `not needed – why`.
    assert label in MANUAL or (place in VALUES and any(word in code for code in MANUAL.split("`")[1::2]))


VALUES = {"captions, audio description", "joining words"}


def test_the_manual_shows_every_question_type():
    shown = {
        "single": "- (x)", "truefalse": "Sant and Usant", "multiple": "- [x]", "text": "barnevernet |",
        "numeric": "3,5 ± 0,1", "matching": "=>", "ordering": "Rekkefølge:", "gaps": "[[196]]",
        "hotspot": "@ 70 5 20 20", "likert": "Skala:",
    }  # fmt: skip

    assert shown.keys() == QUESTION_TYPES.keys()
    assert [name for name, text in shown.items() if text not in MANUAL] == []


def test_the_page_of_errors_is_up_to_date():
    run = subprocess.run(
        [sys.executable, ROOT / "scripts" / "docs.py", "--check"],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert (run.returncode, run.stdout) == (0, "")


def test_every_code_has_a_section_and_says_why():
    headings = [line for line in ERRORS.read_text(encoding="utf-8").splitlines() if line.startswith("### LM")]

    assert headings == [f"### {code}" for code in CATALOGUE]
    assert [code for code, fault in CATALOGUE.items() if not fault.why] == []
