# ruff: noqa: E501  # XML on one line, as exports have it
"""Moodle XML keeps its answers, images and code, or names what it loses."""

import base64
from decimal import Decimal
from pathlib import Path

import pytest

from lokaltmot_lms.model import ChoiceQuestion, Gaps, Numeric, Quiz, ShortText, Unfinished

from .imported import Imported, import_file

_PNG = base64.b64encode(b"\x89PNG\r\n\x1a\n" + bytes(24)).decode()


def _answer(text: str, fraction: str = "100", feedback: str = "", more: str = "") -> str:
    return (
        f'<answer fraction="{fraction}" format="html"><text><![CDATA[{text}]]></text>'
        f"<feedback><text><![CDATA[{feedback}]]></text></feedback>{more}</answer>"
    )


def _question(kind: str, text: str, answers: str = "", more: str = "") -> str:
    return (
        f'<question type="{kind}"><name><text>Oppgave</text></name><questiontext format="html"><text><![CDATA[{text}]]></text>{more}'
        f"</questiontext><generalfeedback><text>Slik er det.</text></generalfeedback>{answers}</question>"
    )


def _imported(folder: Path, *questions: str) -> Imported:
    file = folder / "bank.xml"
    file.write_text(f'<?xml version="1.0"?><quiz>{"".join(questions)}</quiz>', encoding="utf-8")
    return import_file(file, folder / "kurs")


def test_a_wildcard_becomes_the_answer_without_it_and_is_reported(tmp_path: Path) -> None:
    answers = _answer("*kommune*") + _answer("fylke*", "30") + _answer("*", "0", "Nei.")
    imported = _imported(tmp_path, _question("shortanswer", "Hvem driver skolen?", answers))
    question = imported.questions["oppgave"]
    assert isinstance(question, ShortText)
    assert question.accepted == ("kommune",)
    told = {problem.code: problem.values for problem in imported.findings}
    assert (told["LM644"]["what"], told["LM644"]["new"]) == ("*kommune*", "kommune")
    assert told["LM624"]["what"] == "fylke*"
    assert "fylke" not in imported.module
    assert "*" not in imported.module.partition("::: quiz")[2]


def test_an_escaped_star_is_a_star(tmp_path: Path) -> None:
    question = _imported(tmp_path, _question("shortanswer", "Hva er gange?", _answer(r"\*"))).questions["oppgave"]
    assert isinstance(question, ShortText)
    assert question.accepted == ("*",)


def test_a_pattern_that_takes_everything_is_no_answer(tmp_path: Path) -> None:
    imported = _imported(tmp_path, _question("shortanswer", "Hva tenker du?", _answer("*")))
    assert imported.codes == ["LM642"]
    assert isinstance(imported.course.modules[0].pages[0].blocks[0], Unfinished)


@pytest.mark.parametrize(
    ("answer", "tolerance", "limits"),
    [
        ("1.0E-5", "2.0E-6", ("0.000008", "0.000012")),
        ("6.02E3", "0", ("6020", "6020")),
        ("-2,5e1", "1", ("-26", "-24")),
    ],
)
def test_a_number_may_be_scientific(answer: str, tolerance: str, limits: tuple[str, str], tmp_path: Path) -> None:
    answers = _answer(answer, more=f"<tolerance>{tolerance}</tolerance>")
    question = _imported(tmp_path, _question("numerical", "Hvor mye?", answers)).questions["oppgave"]
    assert isinstance(question, Numeric)
    assert (question.low, question.high) == tuple(map(Decimal, limits))


def test_an_unknown_gap_is_named_and_the_others_are_kept(tmp_path: Path) -> None:
    text = "<p>Skriv {1:SA:=vann}, velg {1:MCV:~is~=damp} og {1:MULTIRESPONSE:=xyzzy~=plugh~c}.</p>"
    imported = _imported(tmp_path, _question("cloze", text))
    question = imported.questions["oppgave"]
    assert isinstance(question, Gaps)
    assert "Skriv [[vann]], velg [[ is | *damp* ]] og …." in imported.module
    assert "xyzzy" not in imported.module
    (finding,) = imported.findings
    assert (finding.code, finding.values["kind"]) == ("LM643", "{1:MULTIRESPONSE:=xyzzy~=plugh~c}")


@pytest.mark.parametrize(
    "text",
    ["Velg {1:MC:=a~=b~c}.", "Skriv {1:ESSAY:}.", "Skriv {1:SA:=a{b}c}.", "Velg {1:MC:=a~b", "Tall {1:NM:=ti:0}."],
)
def test_a_text_without_any_gap_that_can_be_read_is_not_shown(text: str, tmp_path: Path) -> None:
    imported = _imported(tmp_path, _question("cloze", text))
    (block,) = imported.course.modules[0].pages[0].blocks
    assert isinstance(block, Unfinished)
    assert text in block.text


def test_a_wildcard_in_a_gap_is_reported(tmp_path: Path) -> None:
    imported = _imported(tmp_path, _question("cloze", "Skriv {1:SA:=*skatt*} og {1:SA:=moms~=mva*}."))
    assert "Skriv [[skatt]] og [[moms]]." in imported.module
    assert imported.codes == ["LM624", "LM644"]


def test_the_image_of_moodle_1_9_is_in_the_question(tmp_path: Path) -> None:
    answers = (
        f"<image>bilder/rundt skilt.png</image><image_base64>{_PNG}</image_base64>"
        + _answer("Ja")
        + _answer("Nei", "0")
    )
    imported = _imported(tmp_path, _question("multichoice", "Hva er dette?", answers))
    assert "## Hva er dette?" in imported.module
    assert "![](media/rundt-skilt.png)" in imported.module
    assert (imported.folder / "media" / "rundt-skilt.png").is_file()
    assert imported.codes == ["LM627"]


def test_an_image_of_moodle_1_9_that_is_not_in_the_file_is_named(tmp_path: Path) -> None:
    answers = "<image>skilt.png</image>" + _answer("Ja") + _answer("Nei", "0")
    imported = _imported(tmp_path, _question("multichoice", "Hva er dette?", answers))
    assert [(problem.code, problem.values["file"]) for problem in imported.findings] == [("LM638", "skilt.png")]


@pytest.mark.parametrize("kind", ["oumultiresponse", "multichoiceset"])
def test_every_right_answer_of_the_open_university_is_right(kind: str, tmp_path: Path) -> None:
    answers = _answer("Rød") + _answer("Gul", "0") + _answer("Blå")
    imported = _imported(tmp_path, _question(kind, "Hva er med?", answers))
    question = imported.questions["oppgave"]
    assert isinstance(question, ChoiceQuestion)
    assert question.type == "multiple"
    assert [option.is_right for option in question.options] == [True, False, True]
    assert imported.codes == ([] if kind == "oumultiresponse" else ["LM630"])


@pytest.mark.parametrize(
    ("pre", "markdown"),
    [
        ("<pre>if a:\n    b = 1\n\nc</pre>", "`if a:`<br>`\u00a0\u00a0\u00a0\u00a0b = 1`<br>`\u00a0`<br>`c`"),
        ("<p>Slik:</p><pre><code>x  =  1<br>y</code></pre>", "Slik:<br>`x\u00a0\u00a0=\u00a0\u00a01`<br>`y`"),
        ("<pre>\tgå()</pre>", "`\u00a0\u00a0\u00a0\u00a0gå()`"),
    ],
)
def test_code_in_an_answer_keeps_its_lines_and_indents(pre: str, markdown: str, tmp_path: Path) -> None:
    imported = _imported(
        tmp_path, _question("multichoice", "Hva virker?", _answer(pre, feedback=pre) + _answer("b", "0"))
    )
    assert f"- (x) {markdown}\n  > {markdown}\n" in imported.module
    assert imported.codes == []


_FILE = f'<file name="ring.png" encoding="base64">{_PNG}</file>'
_IMAGE = '<img src="@@PLUGINFILE@@/ring.png" alt="en ring">'


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        (f"<p>Trykk på {_IMAGE} nå.</p>", "## Trykk på nå. {#oppgave}\n\n![en ring](media/ring.png)\n"),
        (f"<p>Her er {_IMAGE} og {_IMAGE} igjen. Hva er det?</p>", "## Her er og igjen. Hva er det? {#oppgave}\n\n![en ring](media/ring.png)\n\n![en ring](media/ring.png)\n"),
        (f"<p>Hva er dette?</p><p>Se {_IMAGE} nøye.</p>", "## Hva er dette? {#oppgave}\n\nSe ![en ring](media/ring.png) nøye.\n"),
        (f"<p>{_IMAGE} Hva er dette?</p>", "![en ring](media/ring.png)\n\nHva er dette?\n"),
        (f"Hva <b>er {_IMAGE} dette</b>?", "## Hva **er dette**? {#oppgave}\n\n![en ring](media/ring.png)\n"),
    ],
)  # fmt: skip
def test_an_image_in_a_sentence_does_not_break_it(text: str, markdown: str, tmp_path: Path) -> None:
    imported = _imported(tmp_path, _question("multichoice", text, _answer("Ja") + _answer("Nei", "0"), _FILE))
    assert markdown in imported.module
    assert "&#" not in imported.module
    assert imported.codes == []


def test_feedback_to_the_whole_answer_is_kept_apart(tmp_path: Path) -> None:
    whole = "".join(
        f"<{name}><text>{text}</text></{name}>"
        for name, text in (
            ("correctfeedback", "Fint."),
            ("partiallycorrectfeedback", "Ikke alt."),
            ("incorrectfeedback", "Les mer."),
        )
    )
    answers = "<single>false</single>" + _answer("a", "50") + _answer("b", "50") + _answer("c", "-50") + whole
    question = _imported(tmp_path, _question("multichoice", "Hva?", answers)).questions["oppgave"]
    assert question.explanation is not None
    assert question.explanation.html == (
        "Slik er det.<br/>Riktig svar: Fint.<br/>Delvis riktig svar: Ikke alt.<br/>Feil svar: Les mer."
    )


@pytest.mark.parametrize("kind", ["calculated", "ddimageortext", "kprime"])
def test_answers_of_an_unknown_type_are_kept_and_not_shown(kind: str, tmp_path: Path) -> None:
    imported = _imported(tmp_path, _question(kind, "Hvor?", _answer("xyzzy", "100")))
    (block,) = imported.course.modules[0].pages[0].blocks
    assert isinstance(block, Unfinished)
    assert block.text == "Hvor?\n- 100 %: xyzzy\nSlik er det."
    assert kind in block.reason


def test_one_odd_text_does_not_change_how_the_others_are_written(tmp_path: Path) -> None:
    plain = "Dette er en setning. Og en til, med komma."
    about = _question(
        "description", f"<p>{plain}</p><p>## ｛#a｝</p>Løse ord etter en liste.<ul><li>en</li></ul>Og til slutt."
    )
    right = _answer("Ja, det er riktig.") + _answer("- (x)｛#b｝", "0")
    imported = _imported(tmp_path, about, _question("multichoice", "Er det sant?", right))
    assert plain in imported.module
    assert "Løse ord etter en liste.\n\n<ul><li>en</li></ul>\n\nOg til slutt." in imported.module
    assert "- (x) Ja, det er riktig." in imported.module
    assert imported.codes == []
    assert any(isinstance(block, Quiz) for block in imported.course.modules[0].pages[0].blocks)
