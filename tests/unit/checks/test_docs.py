"""The author's manual and the list of errors are whole and up to date, and the manual's examples work."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from lokaltmot_lms.errors.catalogue import CATALOGUE
from lokaltmot_lms.questions import QUESTION_TYPES
from lokaltmot_lms.source import read_course
from lokaltmot_lms.source.keywords import table
from lokaltmot_lms.texts import translations

ROOT = Path(__file__).resolve().parents[3]
ERRORS = ROOT / "docs" / "errors.md"

# Keywords that are part of a value: the manual shows them in an example, such as `5 from bank/x.md`.
VALUES = {"captions, audio description", "joining words"}


def read_manual() -> str:
    return (ROOT / "docs" / "course-format.md").read_text(encoding="utf-8")


def pytest_generate_tests(metafunc):
    if "example" in metafunc.fixturenames:
        examples = re.findall(r"^````markdown\n(.*?)^````$", read_manual(), re.DOTALL | re.MULTILINE)
        metafunc.parametrize("example", examples, ids=[example.strip().splitlines()[0] for example in examples])


def test_every_word_of_the_format_is_in_the_manual():
    manual = read_manual()
    codes = manual.split("`")[1::2]

    def is_shown(place: str, word: str) -> bool:
        label = f"`{word.capitalize()}:`" if place == "questions" else f"`{word}`"
        return label in manual or (place in VALUES and any(word in code for code in codes))

    words = [(place, word) for place, pairs in table() for pair in pairs.items() for word in dict.fromkeys(pair)]
    missing = [(place, word) for place, word in words if not is_shown(place, word)]
    assert len(words) > 150
    assert missing == []


def test_the_manual_shows_every_question_type():
    manual = read_manual()
    shown = {
        "single": "- (x)", "truefalse": "Sant and Usant", "multiple": "- [x]", "text": "barnevernet |",
        "numeric": "3,5 ± 0,1", "matching": "=>", "ordering": "Rekkefølge:", "gaps": "[[196]]",
        "hotspot": "@ 70 5 20 20", "likert": "Skala:",
    }  # fmt: skip

    assert shown.keys() == QUESTION_TYPES.keys()
    assert [name for name, text in shown.items() if text not in manual] == []


def test_the_page_of_errors_is_up_to_date():
    run = subprocess.run(
        [sys.executable, ROOT / "scripts" / "docs.py", "--check"],
        capture_output=True,
        text=True,
        check=False,
    )

    assert (run.returncode, run.stdout) == (0, "")


def test_every_code_has_a_section_and_says_why():
    headings = [line for line in ERRORS.read_text(encoding="utf-8").splitlines() if line.startswith("### LM")]

    assert headings == [f"### {code}" for code in CATALOGUE]
    assert [code for code, fault in CATALOGUE.items() if not fault.why] == []


FIRST_BYTES = {
    ".svg": b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>',
    ".png": b"\x89PNG\r\n\x1a\n",
    ".mp4": b"\0\0\0\x18ftypisom\0\0\2\0isommp41",
}


def read_example(folder: Path, text: str) -> list[str]:
    """Read an example as a module, with all the files and facts it names; return what is wrong with it."""
    for name in re.findall(r"media/[\w.-]+", text):
        file = folder / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(
            "WEBVTT\n\n00:01.000 --> 00:02.000\nHei.\n" if name.endswith("vtt") else "Hei.\n", encoding="utf-8"
        )
        if file.suffix in FIRST_BYTES:
            file.write_bytes(FIRST_BYTES[file.suffix])
    keys = {*re.findall(r"fact\.([a-z0-9-]+)", text), *re.findall(r"^Fakta: (\S+)$", text, re.MULTILINE)}
    source = "kilde: Lovdata\n  kildedato: 2026-05-02\n  sikkerhet: A\n  kontroller-innen: 2027-05-02"
    facts = "".join(f'{key}:\n  tekst: "112"\n  {source}\n' for key in sorted(keys))
    (folder / "facts.yaml").write_text(facts or "{}\n", encoding="utf-8")
    course = "tittel: Prøve\nid: prove\nspråk: [nb]\nmoduler: [modul.md]\n"
    (folder / "course.yaml").write_text(course, encoding="utf-8")
    (folder / "modul.md").write_text(text, encoding="utf-8")
    return [problem.text() for problem in read_course(folder).problems]


def test_the_examples_of_the_manual_are_good(tmp_path, example):
    head = "---\ntittel: Prøve\nid: prove\nversjon: 1\nspråk: nb\n---\n\n# Side {#side}\n\n"
    if example.startswith("---"):
        whole = example
    elif example.startswith("## "):
        whole = head + "::: quiz\n" + example + ":::\n"
    else:
        whole = head + example.replace("kort-vei: #refleksjon", "kort-vei: #side")

    assert read_example(tmp_path, whole) == []


@pytest.mark.parametrize("language", ["nb", "nn"])
def test_every_fault_of_the_checks_is_said_in_norwegian(language):
    catalogue = translations(language)
    faults = [fault for code, fault in CATALOGUE.items() if code[2] in "34" or code == "LM510"]
    texts = [text for fault in faults for text in (fault.message, fault.hint, fault.why)]

    assert [text for text in texts if catalogue.gettext(text) == text] == []
