# ruff: noqa: E501  # XML on one line, as Word has it
"""Questions as people write them in Word. A key becomes the right answer or an unfinished block, never text."""

from html import escape
from pathlib import Path

import pytest

from lokaltmot_lms.model import ChoiceQuestion, Unfinished

from .documents import document, paragraph, picture
from .imported import Imported, import_file

_TWO_LEVELS = (
    "".join(
        f'<w:abstractNum w:abstractNumId="{ident}"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/></w:lvl>'
        '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/></w:lvl></w:abstractNum>'
        for ident in (0, 1)
    )
    + "".join(
        f'<w:num w:numId="{ident}"><w:abstractNumId w:val="{ident - 1}"/></w:num>' for ident in (1, 2)
    )
)  # fmt: skip


def _run(text: str, look: str = "") -> str:
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{escape(text, quote=False)}</w:t></w:r>'


def _item(text: str, *, level: int = 0, listed: int = 1, look: str = "") -> str:
    return (
        f'<w:p><w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{listed}"/></w:numPr></w:pPr>'
        f"{_run(text, look)}</w:p>"
    )


def _line(*runs: str) -> str:
    return f"<w:p>{''.join(runs)}</w:p>"


_HIDDEN = "<w:vanish/>"
_BREAK = "<w:r><w:br/></w:r>"
_HIGHLIGHT = '<w:highlight w:val="yellow"/>'
_UNDERLINE = '<w:u w:val="single"/>'
_GREEN = '<w:color w:val="00B050"/>'
_SHADE = '<w:shd w:val="clear" w:color="auto" w:fill="FFFF00"/>'
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def _import(folder: Path, body: str) -> Imported:
    numbering = f"<w:numbering {_W}>{_TWO_LEVELS}</w:numbering>"
    return import_file(document(folder / "prove.docx", body, **{"word__numbering.xml": numbering}), folder / "kurs")


def _asked(*answers: str) -> str:
    return paragraph("Hvor ligger Alta?") + "".join(answers)


_BELOW = [paragraph("a) I Finnmark"), paragraph("b) I Agder"), paragraph("c) I Østfold")]
_LISTED = [_item("I Finnmark"), _item("I Agder"), _item("I Østfold")]

FIRST_IS_RIGHT = {
    "a line below": _asked(*_BELOW, paragraph("Riktig svar: a")),
    "a line below, with its words": _asked(*_BELOW, paragraph("Rett svar er: I Finnmark.")),
    "a line below a list": _asked(*_LISTED, paragraph("Fasit: A")),
    "a number below": _asked(*_LISTED, paragraph("Svar: 1")),
    "Aiken": _asked(paragraph("A. I Finnmark"), paragraph("B. I Agder"), paragraph("C. I Østfold"), paragraph("ANSWER: A")),
    "the last item": _asked(*_LISTED, _item("Riktig svar: a)")),
    "on the last line of the last answer": _asked(*_BELOW[:2], _line(_run("c) I Østfold"), _BREAK, _run("Svar: a"))),
    "on the last line of the last item": _asked(
        *_LISTED[:2], _item("I Østfold").replace("</w:p>", _BREAK + _run("Riktig svar: a") + "</w:p>")
    ),
    "between the question and the answers": paragraph("Hvor ligger Alta?") + paragraph("Riktig svar: a") + "".join(_BELOW),
    "an empty line between": _asked(*_BELOW, paragraph(""), paragraph("Riktig alternativ: a")),
    "a hidden line": _asked(*_BELOW, _line(_run("Riktig svar: a", _HIDDEN))),
    "a hidden letter below": _asked(*_BELOW, _line(_run("a", _HIDDEN))),
    "a hidden letter after the question": _line(_run("Hvor ligger Alta?"), _run(" (a)", _HIDDEN)) + "".join(_BELOW),
    "a hidden star": _asked(_line(_run("a) I Finnmark"), _run("*", _HIDDEN)), *_BELOW[1:]),
    "a hidden word in white": _asked(
        _line(_run("a) I Finnmark"), _run(" riktig", '<w:color w:val="FFFFFF"/>')), *_BELOW[1:]
    ),
    "a star before the letter": _asked(paragraph("*a) I Finnmark"), *_BELOW[1:]),
    "a star behind the letter": _asked(paragraph("a*) I Finnmark"), *_BELOW[1:]),
    "a word in brackets": _asked(paragraph("a) I Finnmark (riktig svar)"), *_BELOW[1:]),
    "highlighted": _asked(_item("I Finnmark", look=_HIGHLIGHT), *_LISTED[1:]),
    "underlined": _asked(_item("I Finnmark", look=_UNDERLINE), *_LISTED[1:]),
    "green": _asked(_item("I Finnmark", look=_GREEN), *_LISTED[1:]),
    "shaded": _asked(_line(_run("a) I Finnmark", _SHADE)), *_BELOW[1:]),
    "bold but for the letter": _asked(_line(_run("a) "), _run("I Finnmark", "<w:b/>")), *_BELOW[1:]),
    "bold with its letter, and letters in bold": _asked(
        _line(_run("a) I Finnmark", "<w:b/>")), _line(_run("b) ", "<w:b/>"), _run("I Agder")), paragraph("c) I Østfold")
    ),
    "on one line": paragraph("Hvor ligger Alta? *1) I Finnmark 2) I Agder 3) I Østfold"),
    "with line breaks": _line(
        _run("Hvor ligger Alta?"), _BREAK, _run("a) I Finnmark", "<w:b/>"), _BREAK, _run("b) I Agder"), _BREAK,
        _run("c) I Østfold"),
    ),
    "with numbers and brackets": _asked(
        paragraph("1) I Finnmark"), paragraph("2) I Agder"), paragraph("3) I Østfold"), paragraph("Svar: 1")
    ),
    "with boxes": _asked(paragraph("☒ I Finnmark"), paragraph("☐ I Agder"), paragraph("☐ I Østfold")),
    "two levels": _item("Hvor ligger Alta?") + _item("I Finnmark", level=1, look="<w:b/>") + _item("I Agder", level=1)
    + _item("I Østfold", level=1),
    "two lists": _item("Hvor ligger Alta?") + _item("I Finnmark", listed=2, look="<w:b/>") + _item("I Agder", listed=2)
    + _item("I Østfold", listed=2),
    "an image between": paragraph("Hvor ligger Alta?") + picture("r4") + "".join(_BELOW) + paragraph("Riktig svar: a"),
    "a typed number before it": paragraph("12. Hvor ligger Alta?") + "".join(_BELOW) + paragraph("Riktig svar: a"),
}  # fmt: skip


@pytest.mark.parametrize("body", FIRST_IS_RIGHT.values(), ids=FIRST_IS_RIGHT)
def test_a_key_becomes_the_right_answer(body: str, tmp_path: Path) -> None:
    imported = _import(tmp_path, body)
    (question,) = imported.questions.values()
    assert isinstance(question, ChoiceQuestion)
    assert question.prompt.plain == "Hvor ligger Alta?"
    assert [(option.text.html, option.is_right) for option in question.options] == [
        ("I Finnmark", True),
        ("I Agder", False),
        ("I Østfold", False),
    ]
    assert set(imported.codes) <= {"LM627"}
    assert not any(word in imported.module.lower() for word in ("riktig", "fasit", "svar:", "answer", "rett"))


UNFINISHED = {
    "a letter without answers": _asked(paragraph("Finnmark, Agder eller Østfold."), paragraph("Riktig svar: a")),
    "a letter that no answer has": _asked(*_BELOW, paragraph("Riktig svar: f")),
    "two keys that differ": _asked(paragraph("*a) I Finnmark"), *_BELOW[1:], paragraph("Riktig svar: b")),
    "a typed answer": paragraph("Hva heter hovedstaden?") + paragraph("Fasit: Oslo"),
    "all answers marked": _asked(paragraph("a) I Finnmark ✓"), paragraph("b) I Agder ✓")),
    "inside a sentence": paragraph("Hvor ligger Alta? Riktig svar: I Finnmark."),
    "in a list that asks nothing": _item("Alta") + _item("Ligger i nord. Fasit: Finnmark"),
    "in a table": "<w:tbl><w:tr>" + "".join(f"<w:tc>{paragraph(text)}</w:tc>" for text in ("Spørsmål", "Riktig svar"))
    + "</w:tr><w:tr>" + "".join(f"<w:tc>{paragraph(text)}</w:tc>" for text in ("Hvor er Alta?", "I Finnmark"))
    + "</w:tr></w:tbl>",
    "a list of keys": paragraph("Tekst.") + paragraph("Fasit") + paragraph("1b, 2a, 3c"),
    "a heading with keys": paragraph("Løs", "Heading1") + paragraph("Hei.") + paragraph("Fasit", "Heading1")
    + paragraph("1b, 2a, 3c"),
}  # fmt: skip


@pytest.mark.parametrize("body", UNFINISHED.values(), ids=UNFINISHED)
def test_a_key_that_belongs_to_no_answers_is_never_text(body: str, tmp_path: Path) -> None:
    imported = _import(tmp_path, body)
    blocks = [block for page in imported.course.modules[0].pages for block in page.blocks]
    (unfinished,) = (block for block in blocks if isinstance(block, Unfinished))
    assert imported.questions == {}
    assert "LM660" in imported.codes
    outside = imported.module.partition(":::")[0]
    key = unfinished.text.splitlines()[-1]
    assert key.removeprefix("- ") not in outside
    assert unfinished.reason in {problem.message("nb") for problem in imported.findings}


def test_hidden_text_that_is_no_key_is_named_and_never_shown(tmp_path: Path) -> None:
    body = (
        paragraph("Nord", "Heading1").replace("</w:p>", _run(" for læreren", _HIDDEN) + "</w:p>")
        + _line(_run("Alle ser dette."), _run("Bare læreren ser dette.", _HIDDEN))
        + _asked(*_BELOW, _line(_run("Riktig svar: b"), _run("Husk å nevne E6.", _HIDDEN)))
    )  # fmt: skip
    imported = _import(tmp_path, body)
    hidden = [problem.values["text"] for problem in imported.findings if problem.code == "LM659"]
    assert hidden == ["for læreren", "Bare læreren ser dette.", "Husk å nevne E6."]
    assert "læreren" not in imported.module
    assert "E6" not in imported.module
    (question,) = imported.questions.values()
    assert isinstance(question, ChoiceQuestion)
    assert [option.is_right for option in question.options] == [False, True, False]


def test_hidden_by_a_style_is_hidden(tmp_path: Path) -> None:
    styles = (
        f'<w:styles {_W}><w:style w:type="character" w:styleId="Fasit"><w:name w:val="Fasit"/><w:rPr><w:vanish/></w:rPr>'
        '</w:style><w:style w:type="character" w:styleId="Under"><w:name w:val="Under"/><w:basedOn w:val="Fasit"/></w:style>'
        "</w:styles>"
    )
    body = _asked(*_BELOW, _line(_run("Riktig svar: c", '<w:rStyle w:val="Under"/>')))
    imported = import_file(document(tmp_path / "x.docx", body, **{"word__styles.xml": styles}), tmp_path / "kurs")
    (question,) = imported.questions.values()
    assert isinstance(question, ChoiceQuestion)
    assert [option.is_right for option in question.options] == [False, False, True]


def test_several_right_answers_and_an_explanation(tmp_path: Path) -> None:
    body = _asked(*_BELOW, paragraph("Riktige svar: a og c"), paragraph("Forklaring: Se på kartet."))
    (question,) = _import(tmp_path, body).questions.values()
    assert isinstance(question, ChoiceQuestion)
    assert question.type == "multiple"
    assert [option.is_right for option in question.options] == [True, False, True]
    assert question.explanation is not None
    assert question.explanation.plain == "Se på kartet."


@pytest.mark.parametrize(
    "body",
    [
        paragraph("Vi deler i a) liten, b) middels og c) stor skade."),
        paragraph("Husk:") + paragraph("Svar: alltid på norsk."),
        paragraph("Løsning: Ring et familievernkontor."),
        _item("Ta kontakt") + _item("Ring", level=1) + _item("Skriv", level=1),
        paragraph("Dette er en stjerne* i teksten."),
        paragraph("Slik gjør du.") + _item("Ring", look=_HIGHLIGHT) + _item("Skriv"),
    ],
)
def test_ordinary_text_stays_text(body: str, tmp_path: Path) -> None:
    imported = _import(tmp_path, body)
    assert imported.questions == {}
    assert imported.codes == []


@pytest.mark.parametrize(("yes", "no"), [("Sant", "Usant"), ("Nei.", "Ja."), ("Galt", "Riktig")])
def test_a_statement_with_true_and_false_below_is_a_question(yes: str, no: str, tmp_path: Path) -> None:
    body = paragraph("Plikten gjelder også deg.") + paragraph(yes, item=True, bold=True) + paragraph(no, item=True)
    (question,) = import_file(document(tmp_path / "x.docx", body), tmp_path / "kurs").questions.values()
    assert isinstance(question, ChoiceQuestion)
    assert [(option.text.plain, option.is_right) for option in question.options] == [(yes, True), (no, False)]
