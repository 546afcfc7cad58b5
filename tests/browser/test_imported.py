"""A plain quiz of ten questions is imported, built and played to a pass in one go, from each format that is read."""

from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from playwright.sync_api import Browser

from lokaltmot_lms.cli.run import run
from lokaltmot_lms.inspect import modules_in
from lokaltmot_lms.trial.browser_lms import stage
from lokaltmot_lms.trial.manifest import read_scos
from lokaltmot_lms.trial.module_scenarios import all_right
from lokaltmot_lms.trial.play import open_package, serve_package

# Question, right answer, wrong answers.
QUIZ = (
    ("Hva er hovedstaden i Norge?", "Oslo", ("Bergen", "Hamar")),
    ("Hvilken farge får du av blått og gult?", "Grønt", ("Rødt", "Lilla")),
    ("Hvor mange dager har en uke?", "Sju", ("Fem", "Ti")),
    ("Hvilket dyr sier mø?", "Kua", ("Sauen", "Hesten")),
    ("Hva fryser til is?", "Vann", ("Sand", "Jern")),
    ("Når er nyttårsaften?", "I desember", ("I juni", "I mars")),
    ("Hva måler et termometer?", "Temperatur", ("Vekt", "Lengde")),
    ("Hvilken årstid kommer etter vinteren?", "Våren", ("Sommeren", "Høsten")),
    ("Hva heter havet vest for Norge?", "Norskehavet", ("Svartehavet", "Rødehavet")),
    ("Hva bruker du til å klippe papir?", "En saks", ("En skje", "En hammer")),
)


def _gift() -> str:
    return "\n\n".join(
        f"::Q{number}:: {text} {{\n={right}\n" + "".join(f"~{wrong}\n" for wrong in others) + "}"
        for number, (text, right, others) in enumerate(QUIZ, start=1)
    )


def _moodle_xml() -> str:
    def answer(text: str, share: int) -> str:
        return f'<answer fraction="{share}" format="html"><text>{escape(text)}</text></answer>'

    questions = (
        f'<question type="multichoice"><name><text>Q{number}</text></name>'
        f'<questiontext format="html"><text>{escape(text)}</text></questiontext>'
        f"<defaultgrade>1</defaultgrade><single>true</single>{answer(right, 100)}"
        f"{''.join(answer(wrong, 0) for wrong in others)}</question>"
        for number, (text, right, others) in enumerate(QUIZ, start=1)
    )
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<quiz>{"".join(questions)}</quiz>'


def _text2qti() -> str:
    return "Quiz title: Ti spørsmål\n\n" + "\n\n".join(
        f"{number}. {text}\na) {others[0]}\n*b) {right}\nc) {others[1]}"
        for number, (text, right, others) in enumerate(QUIZ, start=1)
    )


@pytest.mark.parametrize(
    ("name", "text"), [("quiz.gift", _gift()), ("quiz.xml", _moodle_xml()), ("quiz.txt", _text2qti())]
)
def test_an_imported_quiz_is_built_and_passed(chromium: Browser, tmp_path: Path, name: str, text: str) -> None:
    bank, course, out = tmp_path / name, tmp_path / "kurs", tmp_path / "ut"
    bank.write_text(text, encoding="utf-8")
    assert run(["import", str(bank), "--out", str(course)]) == 0
    assert run(["build", str(course), "--target", "scorm12", "--out", str(out)]) == 0
    (path,) = out.glob("*.zip")
    with open_package(path) as package:
        scos = read_scos(package)
        (found,) = modules_in(path).values()
        module = found.data
        assert len(module["questions"]) == len(QUIZ)
        with (
            serve_package(package, path.name, scos) as server,
            stage(chromium, f"{server.address}0/", scos[0]) as opened,
        ):
            assert [finding.text() for finding in all_right(module, opened)] == []
            assert opened.stored()["cmi.core.lesson_status"] == "passed"
