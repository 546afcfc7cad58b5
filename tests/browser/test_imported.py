# ruff: noqa: E501  # a table of files
"""A plain quiz of ten questions is imported, built and played to a pass in one go, from each format that is read."""

import json
from collections.abc import Callable
from pathlib import Path
from xml.sax.saxutils import escape
from zipfile import ZipFile

import pytest
from playwright.sync_api import Browser

from lokaltmot_lms.cli.run import run
from lokaltmot_lms.inspect import modules_in
from lokaltmot_lms.trial.browser_lms import stage
from lokaltmot_lms.trial.manifest import read_scos
from lokaltmot_lms.trial.module_scenarios import all_right
from lokaltmot_lms.trial.play import open_package, serve_package

from ..unit.importers.documents import document, paragraph

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


def _aiken() -> str:
    return "\n\n".join(f"{text}\nA. {others[0]}\nB. {right}\nC. {others[1]}\nANSWER: B" for text, right, others in QUIZ)


def _csv() -> str:
    rows = (f"{text};{right};{others[0]};{others[1]};A" for text, right, others in QUIZ)
    return "\n".join(["Spørsmål;A;B;C;Riktig svar", *rows])


def _qti12() -> str:
    def label(ident: str, text: str) -> str:
        return (
            f'<response_label ident="{ident}"><material><mattext>{escape(text)}</mattext></material></response_label>'
        )

    items = "".join(
        f'<item ident="i{number}" title="Q{number}"><presentation><material><mattext>{escape(text)}</mattext></material>'
        f'<response_lid ident="r" rcardinality="Single"><render_choice>{label("x", others[0])}{label("y", right)}'
        f"{label('z', others[1])}</render_choice></response_lid></presentation><resprocessing><respcondition><conditionvar>"
        '<varequal respident="r">y</varequal></conditionvar><setvar>100</setvar></respcondition></resprocessing></item>'
        for number, (text, right, others) in enumerate(QUIZ, start=1)
    )
    return f'<questestinterop><assessment title="Ti spørsmål"><section>{items}</section></assessment></questestinterop>'


def _cartridge(path: Path) -> None:
    resource = (
        '<resource identifier="r" type="imsqti_xmlv1p2/imscc_xmlv1p1/assessment"><file href="quiz.xml"/></resource>'
    )
    _zip(path, {
        "imsmanifest.xml": f"<manifest><organizations/><resources>{resource}</resources></manifest>",
        "quiz.xml": _qti12(),
    })  # fmt: skip


def _qti21(path: Path) -> None:
    namespace = 'xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1"'
    items = {
        f"q{number}.xml": f'<assessmentItem {namespace} identifier="q{number}" title="Q{number}" adaptive="false" '
        'timeDependent="false"><responseDeclaration identifier="RESPONSE" cardinality="single" baseType="identifier">'
        "<correctResponse><value>B</value></correctResponse></responseDeclaration>"
        '<outcomeDeclaration identifier="SCORE" cardinality="single" baseType="float"/><itemBody>'
        f'<choiceInteraction responseIdentifier="RESPONSE" maxChoices="1"><prompt>{escape(text)}</prompt>'
        f'<simpleChoice identifier="A">{escape(others[0])}</simpleChoice><simpleChoice identifier="B">{escape(right)}'
        f'</simpleChoice><simpleChoice identifier="C">{escape(others[1])}</simpleChoice></choiceInteraction></itemBody>'
        '<responseProcessing template="http://www.imsglobal.org/question/qti_v2p1/rptemplates/match_correct"/>'
        "</assessmentItem>"
        for number, (text, right, others) in enumerate(QUIZ, start=1)
    }
    resources = "".join(
        f'<resource identifier="{name[:-4]}" type="imsqti_item_xmlv2p1" href="{name}"><file href="{name}"/></resource>'
        for name in items
    )
    manifest = f'<manifest xmlns="http://www.imsglobal.org/xsd/imscp_v1p1"><organizations/><resources>{resources}</resources></manifest>'
    _zip(path, {"imsmanifest.xml": manifest, **items})


def _h5p(path: Path) -> None:
    questions = [
        {
            "library": "H5P.MultiChoice 1.16",
            "params": {
                "question": text,
                "answers": [{"text": right, "correct": True}, *({"text": one, "correct": False} for one in others)],
            },
        }
        for text, right, others in QUIZ
    ]
    about = {"title": "Ti spørsmål", "language": "nb", "mainLibrary": "H5P.QuestionSet", "preloadedDependencies": []}
    _zip(path, {
        "h5p.json": json.dumps(about, ensure_ascii=False),
        "content/content.json": json.dumps({"questions": questions}, ensure_ascii=False),
    })  # fmt: skip


def _word(path: Path) -> None:
    rows = (
        paragraph(text) + paragraph(others[0], item=True) + paragraph(right, item=True, bold=True)
        + paragraph(others[1], item=True)
        for text, right, others in QUIZ
    )  # fmt: skip
    document(path, "".join(rows))


def _zip(path: Path, entries: dict[str, str]) -> None:
    with ZipFile(path, "w") as archive:
        for name, content in entries.items():
            archive.writestr(name, content)


def _text(write: Callable[[], str]) -> Callable[[Path], object]:
    return lambda path: path.write_text(write(), encoding="utf-8")


FILES: dict[str, Callable[[Path], object]] = {
    "quiz.gift": _text(_gift),
    "moodle.xml": _text(_moodle_xml),
    "text2qti.txt": _text(_text2qti),
    "aiken.txt": _text(_aiken),
    "list.csv": _text(_csv),
    "qti12.xml": _text(_qti12),
    "cartridge.imscc": _cartridge,
    "qti21.zip": _qti21,
    "quiz.h5p": _h5p,
    "quiz.docx": _word,
}


@pytest.mark.parametrize("name", FILES)
def test_an_imported_quiz_is_built_and_passed(chromium: Browser, tmp_path: Path, name: str) -> None:
    bank, course, out = tmp_path / name, tmp_path / "kurs", tmp_path / "ut"
    FILES[name](bank)
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
