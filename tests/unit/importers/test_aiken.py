"""Aiken: what Moodle reads, what other programs write, and what is left to a person."""

from pathlib import Path

import pytest

from lokaltmot_lms.importers import read_file
from lokaltmot_lms.importers.aiken import questions
from lokaltmot_lms.model import ChoiceQuestion, Unfinished

from .imported import Imported, import_file

_TWO = """Når må du varsle?
A. Med en gang
B. Neste uke
C. Aldri
ANSWER: A

Hvem har taushetsplikt?
A) Bare leger
B) Alle ansatte
ANSWER: B
"""


def _import(text: str, folder: Path) -> Imported:
    (folder / "prove.txt").write_text(text, encoding="utf-8")
    return import_file(folder / "prove.txt", folder / "kurs")


def _rows(imported: Imported) -> list[tuple[str, list[tuple[str, bool]]]]:
    return [
        (question.prompt.plain, [(option.text.plain, option.is_right) for option in question.options])
        for question in imported.questions.values()
        if isinstance(question, ChoiceQuestion)
    ]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_questions_options_and_answers(end: str, tmp_path: Path) -> None:
    imported = _import(_TWO.replace("\n", end), tmp_path)
    assert imported.format == "aiken"
    assert _rows(imported) == [
        ("Når må du varsle?", [("Med en gang", True), ("Neste uke", False), ("Aldri", False)]),
        ("Hvem har taushetsplikt?", [("Bare leger", False), ("Alle ansatte", True)]),
    ]
    assert imported.codes == []


_FORMS = {
    "small letters": "Hva?\na) ja\nb) nei\nanswer: b\n",
    "no empty line between": "Hva?\nA. ja\nB. nei\nANSWER: B\nHva?\nA. ja\nB. nei\nANSWER: B\n",
    "empty lines between options": "Hva?\n\nA. ja\n\nB. nei\n\nANSWER: B\n",
    "Norwegian": "Hva?\nA. ja\nB. nei\nRiktig svar: B\n",
    "spaces and a tab": "  Hva?  \n A.\tja \n B.   nei\n ANSWER:B \n",
    "a no-break space": "Hva?\nA.\u00a0ja\nB.\u00a0nei\nANSWER:\u00a0B\n",
}


@pytest.mark.parametrize("name", _FORMS)
def test_forms_of_other_programs(name: str, tmp_path: Path) -> None:
    rows = _rows(_import(_FORMS[name], tmp_path))
    assert {row[0] for row in rows} == {"Hva?"}
    assert all(row[1] == [("ja", False), ("nei", True)] for row in rows)


def test_text_and_options_of_several_lines(tmp_path: Path) -> None:
    text = "Amina er 15 år.\n\nHva gjør du?\nA. Ringer\nforeldrene\nB. Lytter\nANSWER: B\nFEEDBACK: Lytt først.\n"
    imported = _import(text, tmp_path)
    (question,) = imported.questions.values()
    assert _rows(imported) == [("Amina er 15 år.", [("Ringer foreldrene", False), ("Lytter", True)])]
    assert question.intro is not None and question.intro.plain == "Hva gjør du?"
    assert question.explanation is not None and question.explanation.plain == "Lytt først."


def test_several_right_letters_make_a_multiple_choice(tmp_path: Path) -> None:
    (question,) = _import("Hva?\nA. en\nB. to\nC. tre\nANSWER: A, C\n", tmp_path).questions.values()
    assert isinstance(question, ChoiceQuestion)
    assert question.type == "multiple"
    assert [option.is_right for option in question.options] == [True, False, True]


_WRONG = {
    "no answer": "Hva da?\nA. ja\nB. nei\n\n",
    "a letter that is no option": "Hva da?\nA. ja\nB. nei\nANSWER: D\n\n",
    "one option": "Hva da?\nA. ja\nANSWER: A\n\n",
    "an empty option": "Hva da?\nA. ja\nB.\nANSWER: A\n\n",
    "the first option is missing": "Hva da?\nB. ja\nC. nei\nANSWER: B\n\n",
}


@pytest.mark.parametrize("name", _WRONG)
def test_what_is_unclear_stops_the_build_and_the_key_is_never_on_a_page(name: str, tmp_path: Path) -> None:
    (tmp_path / "prove.txt").write_text(_WRONG[name] + _TWO, encoding="utf-8")
    _, draft = read_file(tmp_path / "prove.txt")
    blocks = [block for module in draft.modules for page in module.pages for block in page.blocks]
    (left,) = [block for block in blocks if isinstance(block, Unfinished)]
    assert left.text.startswith("Hva da?")
    assert [problem.code for problem in draft.findings] == ["LM671"]
    imported = import_file(tmp_path / "prove.txt", tmp_path / "kurs")
    assert len(imported.questions) == 2


def test_a_text_with_roman_numbers_is_no_option() -> None:
    (question,) = questions(["Les dette.", "I. Innledning", "A. ja", "B. nei", "ANSWER: A"])
    assert question.text == ["Les dette.", "I. Innledning"]
    assert question.options == [("A", "ja"), ("B", "nei")]


def test_signs_of_markdown_and_html_stay_signs(tmp_path: Path) -> None:
    (question,) = _import("Hva er 2 < 3 & *4*?\nA. <b>a</b>\nB. [[b]]\nANSWER: A\n", tmp_path).questions.values()
    assert isinstance(question, ChoiceQuestion)
    assert question.prompt.plain == "Hva er 2 < 3 & *4*?"
    assert [option.text.plain for option in question.options] == ["<b>a</b>", "[[b]]"]
