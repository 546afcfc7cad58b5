# ruff: noqa: E501  # tables of rows
"""Question lists in Excel and CSV: guessed columns, right answers in every spelling, and nothing lost in silence."""

import datetime
import io
from decimal import Decimal
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook
from xlsxwriter import Workbook

from lokaltmot_lms.cli.run import run
from lokaltmot_lms.errors import CourseError
from lokaltmot_lms.importers import read_file
from lokaltmot_lms.importers.sheet.right_answer import RowAnswer, ways
from lokaltmot_lms.importers.sheet.workbook import read_workbook
from lokaltmot_lms.model import ChoiceQuestion, Numeric, Question, ShortText, Unfinished

from .imported import Imported, import_file, zipped

_HEAD = ["Spørsmål", "A", "B", "C", "Riktig svar", "Forklaring"]
_ROW = ["Hvem slår av hovedstrømmen?", "Vaktmesteren", "Gjesten", "Ingen", "A", "Bare den som kan anlegget."]


def _workbook(path: Path, sheets: dict[str, list[list[object]]]) -> Path:
    with Workbook(path) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return path


def _csv(path: Path, rows: list[list[str]], delimiter: str = ";", encoding: str = "utf-8") -> Path:
    path.write_bytes("\r\n".join(delimiter.join(row) for row in rows).encode(encoding))
    return path


def _imported(folder: Path, head: list[str], *rows: list[str]) -> Imported:
    return import_file(_csv(folder / "liste.csv", [head, *rows]), folder / "kurs")


def _right(question: Question) -> list[str]:
    assert isinstance(question, ChoiceQuestion)
    return [option.text.plain for option in question.options if option.is_right]


def _unfinished(imported: Imported) -> list[Unfinished]:
    blocks = (block for page in imported.course.modules[0].pages for block in page.blocks)
    return [block for block in blocks if isinstance(block, Unfinished)]


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_a_csv_file_of_every_spreadsheet_is_read(delimiter: str, encoding: str, tmp_path: Path) -> None:
    file = _csv(tmp_path / "liste.csv", [_HEAD, _ROW], delimiter, encoding)
    imported = import_file(file, tmp_path / "kurs")
    (question,) = imported.questions.values()
    assert question.prompt.plain == "Hvem slår av hovedstrømmen?"
    assert isinstance(question, ChoiceQuestion)
    assert [(o.text.plain, o.is_right) for o in question.options] == [
        ("Vaktmesteren", True),
        ("Gjesten", False),
        ("Ingen", False),
    ]
    assert question.explanation is not None and question.explanation.plain == "Bare den som kan anlegget."
    codes = [code for code in imported.codes if code != "LM690"]
    assert codes == (["LM696"] if encoding == "cp1252" else [])


def test_the_line_in_which_excel_states_the_delimiter_is_not_a_row(tmp_path: Path) -> None:
    text = "sep=|\nQuestion|A|B|Correct answer\nIs; it, so?|yes|no|B\n"
    (tmp_path / "q.csv").write_text(text, "utf-8")
    (question,) = import_file(tmp_path / "q.csv", tmp_path / "kurs").questions.values()
    assert (question.prompt.plain, _right(question)) == ("Is; it, so?", ["no"])


def test_quotation_marks_hold_line_ends_and_delimiters(tmp_path: Path) -> None:
    text = 'Question,A,B,Right answer\n"First line\n\nWhich, then?","a ""b"", c",d,a\n'
    (tmp_path / "q.csv").write_text(text, "utf-8")
    (question,) = import_file(tmp_path / "q.csv", tmp_path / "kurs").questions.values()
    assert question.prompt.plain == "First line"
    assert question.intro is not None and question.intro.plain == "Which, then?"
    assert _right(question) == ['a "b", c']


@pytest.mark.parametrize(
    ("head", "row", "right"),
    [
        (["Question", "A", "B", "C", "Correct answer"], ["Q?", "x", "y", "z", "B"], ["y"]),
        (["Question", "A", "B", "C", "Correct answer"], ["Q?", "x", "y", "z", "b)"], ["y"]),
        (["Question", "Option 1", "Option 2", "Correct option"], ["Q?", "x", "y", "2"], ["y"]),
        (["Question", "Option 1", "Option 2", "Answer"], ["Q?", "x", "y", "Option 2"], ["y"]),
        (["Question", "Answer 1", "Answer 2", "Correct"], ["Q?", "Oslo", "Bergen", " bergen "], ["Bergen"]),
        (["Spørsmål", "Svar A", "Svar B", "Svar C", "Fasit"], ["Q?", "x", "y", "z", "A, C"], ["x", "z"]),
        (["Spørsmål", "Alternativ 1", "Alternativ 2", "Alternativ 3", "Rett svar"], ["Q?", "x", "y", "z", '"1;3"'], ["x", "z"]),
        (["Spørsmål", "A", "B", "C", "Riktig"], ["Q?", "x", "y", "z", "AC"], ["x", "z"]),
        (["Spørsmål", "A", "B", "C", "Riktig"], ["Q?", "x", "y", "z", "a og c"], ["x", "z"]),
        (["Spørsmål", "A", "B", "C", "Riktig svar"], ["Q?", "rød, gul", "blå", "grå", "rød, gul"], ["rød, gul"]),
        (["Spørsmål", "A", "B", "C", "Riktig svar"], ["Q?", "rød", "gul", "grå", "rød|grå"], ["rød", "grå"]),
        (["Spørsmål", "A", "B", "D", "Riktig svar"], ["Q?", "x", "", "z", "D"], ["z"]),
        (["Spørsmål", "Riktig svar", "Galt svar 1", "Galt svar 2"], ["Q?", "x", "y", "z"], ["x"]),
        (["Oppgave", "Riktig svar 1", "Riktig svar 2", "Feil svar"], ["Q?", "x", "y", "z"], ["x", "y"]),
        (["Question", "Options", "Correct answer"], ["Q?", "x | y | z", "y"], ["y"]),
        (["Spørsmål", "Svaralternativer", "Riktig svar"], ["Q?", "x | y | z", "3"], ["z"]),
    ],
)  # fmt: skip
def test_the_right_answer_is_found_in_every_spelling(
    head: list[str], row: list[str], right: list[str], tmp_path: Path
) -> None:
    (question,) = _imported(tmp_path, head, row).questions.values()
    assert _right(question) == right
    assert question.type == ("single" if len(right) == 1 else "multiple")


def test_headings_of_kahoot_below_its_instructions_are_found(tmp_path: Path) -> None:
    head = ["", "Question - max 120 characters", *(f"Answer {n} - max 75 characters" for n in range(1, 5))]
    rows = [
        ["Quiz template"],
        [],
        [*head, "Time limit (sec) – 5, 10 or 20 secs", "Correct answer(s) - choose at least one"],
    ]
    rows.append(["1", "Hvor er slokkeutstyret?", "I gangen", "På loftet", "Ute", "", "20", "1,3"])
    (question,) = import_file(
        _workbook(tmp_path / "kahoot.xlsx", {"Sheet1": rows}), tmp_path / "kurs"
    ).questions.values()  # type: ignore[dict-item]
    assert _right(question) == ["I gangen", "Ute"]


def test_a_column_that_numbers_the_questions_is_not_the_question(tmp_path: Path) -> None:
    head = ["Question #", "Question Text", "Answer 1", "Answer 2", "Time Limit (sec)", "Correct Answer(s)"]
    imported = _imported(tmp_path, head, ["7", "Which exit?", "The nearest", "The lift", "20", "1"])
    (question,) = imported.questions.values()
    assert (question.prompt.plain, _right(question)) == ("Which exit?", ["The nearest"])


def test_a_list_without_headings_is_read_when_its_last_column_names_an_answer(tmp_path: Path) -> None:
    rows = [["1", "Når?", "I dag", "I går", "I går"], ["2", "Hvem?", "Alle", "Ingen", "Alle"]]
    imported = import_file(_csv(tmp_path / "q.csv", rows), tmp_path / "kurs")
    assert [_right(question) for question in imported.questions.values()] == [["I går"], ["Alle"]]


def test_typed_answers_and_true_or_false_need_no_options(tmp_path: Path) -> None:
    head = ["Question", "Answer", "Points", "Hint"]
    rows = [
        ["Capital of the country?", "Oslo|Kristiania", "2", "A city"],
        ["Half of the five?", "2.5", "", ""],
        ["It burns.", "False", "", ""],
    ]
    imported = _imported(tmp_path, head, *rows)
    typed, number, truth = imported.questions.values()
    assert isinstance(typed, ShortText) and typed.accepted == ("Oslo", "Kristiania")
    assert (typed.points, typed.hint and typed.hint.plain) == (2, "A city")
    assert isinstance(number, Numeric) and number.low == Decimal("2.5")
    assert truth.type == "truefalse" and _right(truth) in (["Usant"], ["False"])


def test_categories_become_pages_and_feedback_belongs_to_its_answer(tmp_path: Path) -> None:
    head = ["Tema", "Spørsmål", "A", "B", "Riktig svar", "Tilbakemelding A", "Tilbakemelding B", "ID"]
    rows = [
        ["Brann", "En?", "x", "y", "A", "Ja.", "Nei.", "en"],
        ["", "To?", "x", "y", "B", "", "", "to"],
        ["Vann", "Tre?", "x", "y", "B", "", "", "tre"],
    ]
    imported = _imported(tmp_path, head, *rows)
    assert [page.title.plain for page in imported.course.modules[0].pages] == ["Brann", "Vann"]
    assert list(imported.questions) == ["en", "to", "tre"]
    first = imported.questions["en"]
    assert isinstance(first, ChoiceQuestion)
    assert [o.feedback and o.feedback.plain for o in first.options] == ["Ja.", "Nei."]


def test_rows_that_cannot_be_read_are_named_by_their_number(tmp_path: Path) -> None:
    rows = [
        ["Riktig?", "x", "y", "", "A", ""],
        ["Uten fasit?", "x", "y", "", "", ""],
        ["Ukjent fasit?", "x", "y", "", "D", ""],
        ["Bare ett svar?", "x", "", "", "A", ""],
        ["", "x", "y", "", "A", ""],
        ["", "", "", "", "", ""],
        ["To i én celle?", "x", "y", "", "A, D", ""],
    ]
    imported = _imported(tmp_path, _HEAD, *rows)
    assert len(imported.questions) == 1
    named = {(p.code, p.values["row"], p.at.line) for p in imported.findings if p.code in ("LM692", "LM693")}
    assert named == {
        ("LM693", 3, 3), ("LM692", 4, 4), ("LM693", 5, 5), ("LM693", 6, 6), ("LM692", 8, 8),
    }  # fmt: skip
    assert len(_unfinished(imported)) == 5
    assert "- x" not in imported.module.split(":::")[-2]


def test_an_answer_that_can_be_read_in_two_ways_is_not_guessed(tmp_path: Path) -> None:
    head = ["Spørsmål", "Svar 1", "Svar 2", "Svar 3", "Riktig svar"]
    alone = (
        _imported(tmp_path / "a", head, ["Hvor mange?", "3", "1", "2", "1"])
        if (tmp_path / "a").mkdir() is None
        else None
    )
    assert alone is not None and "LM694" in alone.codes and alone.questions == {}
    (tmp_path / "b").mkdir()
    rows = [["Hvor mange?", "3", "1", "2", "1"], ["Hvem?", "Alle", "Noen", "Ingen", "2"]]
    with_others = _imported(tmp_path / "b", head, *rows)
    assert [_right(question) for question in with_others.questions.values()] == [["3"], ["Noen"]]


def test_ways_of_reading() -> None:
    answers = [
        RowAnswer(letter=letter, number=at, text=text)
        for at, (letter, text) in enumerate(zip("abc", ["B", "A", "x"], strict=True), start=1)
    ]
    assert ways("A", answers) == {"text": frozenset("b"), "letter": frozenset("a")}
    assert ways("x", answers) == {"text": frozenset("c")}
    assert ways("D", answers) == {}


def test_a_row_with_more_cells_than_headings_is_named(tmp_path: Path) -> None:
    imported = _imported(tmp_path, _HEAD, ["Hva; hvem?", "x", "y", "z", "A", ""], _ROW)
    assert [(p.code, p.values.get("row")) for p in imported.findings if p.code != "LM690"] == [("LM615", 2)]
    assert len(imported.questions) == len(_unfinished(imported)) == 1
    rows = [_HEAD, [*_ROW, "et notat"]]
    book = import_file(_workbook(tmp_path / "x.xlsx", {"A": rows}), tmp_path / "bok")  # type: ignore[dict-item]
    assert [(p.code, p.values["column"]) for p in book.findings if p.code != "LM690"] == [("LM691", "G")]


def test_columns_that_are_not_read_are_named(tmp_path: Path) -> None:
    imported = _imported(tmp_path, [*_HEAD, "Bildefil", "Tom"], [*_ROW, "brann.png", ""])
    assert [p.values["heading"] for p in imported.findings if p.code == "LM691"] == ["Bildefil"]


@pytest.mark.parametrize("name", ["q.csv", "q.xlsx"])
def test_a_table_without_questions_is_refused_with_its_headings(name: str, tmp_path: Path) -> None:
    rows = [["Navn", "Telefon"], ["Kari", "110"]]
    if name.endswith("xlsx"):
        _workbook(tmp_path / name, {"Ark1": rows})  # type: ignore[dict-item]
    else:
        _csv(tmp_path / name, rows)
    with pytest.raises(CourseError, match=r"LM612: .*Navn \| Telefon"):
        read_file(tmp_path / name)


def _formats(path: Path) -> Path:
    with Workbook(path, {"default_date_format": "d. mmm"}) as book:
        sheet = book.add_worksheet("Spørsmål")
        percent, money = book.add_format({"num_format": "0%"}), book.add_format({"num_format": '"kr" #,##0'})
        bold, plain = book.add_format({"bold": True}), book.add_format()
        sheet.write_row(0, 0, _HEAD)
        sheet.write_rich_string(1, 0, "Hvor ", bold, "mye", plain, " luft?")
        sheet.write_row(1, 1, [0.25, 0.5], percent)
        sheet.write(1, 3, 0.1)
        sheet.write(1, 4, "A")
        sheet.write_row(2, 0, ["Hvor mange <b>?", 3.5, 2, 1, 3.5, ""])
        sheet.write(3, 0, "Når?")
        sheet.write_datetime(3, 1, datetime.datetime(2026, 5, 17))  # noqa: DTZ001  # a cell has no zone
        sheet.write_row(3, 2, ["x", "y", "B"])
        sheet.write_row(4, 0, ["Hva koster det?", "x", "y", "z", "C"])
        sheet.write(4, 1, 5, money)
        sheet.write_row(5, 0, ["Feil?", "x", "y", "z"])
        sheet.write_formula(5, 4, "=1/0", None, "#DIV/0!")
        sheet.write_row(6, 0, ["Skjult?", "x", "y", "z"])
        sheet.write_formula(6, 4, '=CONCATENATE("A")', None, "A")
        sheet.set_row(6, None, None, {"hidden": True})
        book.add_worksheet("Resultater").write_row(0, 0, ["Navn", "Poeng"])
        secret = book.add_worksheet("Fasit")
        secret.write_row(0, 0, _HEAD)
        secret.hide()
    return path


def test_cells_are_read_as_they_look_in_excel(tmp_path: Path) -> None:
    imported = import_file(_formats(tmp_path / "brann.xlsx"), tmp_path / "kurs")
    air, number, when, price, hidden = imported.questions.values()
    assert isinstance(air, ChoiceQuestion)
    assert air.prompt.plain == "Hvor mye luft?"
    assert [o.text.plain for o in air.options] == ["25 %", "50 %", "0,1"]
    assert number.prompt.plain == "Hvor mange <b>?"
    assert _right(number) == ["3,5"]
    assert isinstance(when, ChoiceQuestion) and when.options[0].text.plain == "17.5.2026"
    assert _right(price) == ["z"] and _right(hidden) == ["x"]
    said = {p.code: p.values for p in imported.findings if p.code not in ("LM690", "LM695")}
    assert said["LM699"]["cell"] == "E6"
    assert said["LM698"]["rows"] == "7"
    assert [p.values["name"] for p in imported.findings if p.code == "LM697"] == ["Resultater", "Fasit"]
    assert [(p.values["cell"], p.values["text"]) for p in imported.findings if p.code == "LM695"] == [
        ("B4", "17.5.2026"),
        ("B5", "5"),
    ]
    (block,) = _unfinished(imported)
    assert "Feil?" in block.text


def test_texts_and_numbers_are_those_that_calamine_reads(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["a", 1, 2.25, "", "æøå"],
        ["", "  to\nlinjer ", -3, 1e6, "&<>"],
        [0.1, 123456789012, "x"],
    ]
    file = _workbook(tmp_path / "ark.xlsx", {"En": rows, "To": [["y"]]})
    ours = read_workbook(file)
    theirs = CalamineWorkbook.from_filelike(io.BytesIO(file.read_bytes()))
    assert [table.name for table in ours] == theirs.sheet_names
    for table in ours:
        values = theirs.get_sheet_by_name(table.name).to_python()
        for row in table.rows:
            for column, cell in enumerate(row.cells):
                value = values[row.number - 1][column]
                same = Decimal(cell.text) == Decimal(str(value)) if cell.is_number else cell.text == str(value).strip()
                assert same, (row.number, column)


def _hostile(path: Path, sheet: str, strings: str = "") -> Path:
    main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    return zipped(
        path,
        {
            "[Content_Types].xml": "<Types/>",
            "xl/workbook.xml": f'<workbook {main} xmlns:r="{relation}"><sheets><sheet name="A" r:id="r1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": '<Relationships><Relationship Id="r1" Target="/xl/worksheets/a.xml"/></Relationships>',
            "xl/worksheets/a.xml": f"<worksheet {main}><sheetData>{sheet}</sheetData></worksheet>",
            "xl/sharedStrings.xml": f"<sst {main}>{strings}</sst>",
        },
    )


@pytest.mark.parametrize(
    ("sheet", "code"),
    [
        ('<row r="1"><c r="XFD1" t="inlineStr"><is><t>x</t></is></c></row>', "LM613"),
        ("<row><c><v>1</v></c></row>" * 20_001, "LM613"),
        ('<row r="1048576"><c r="A1048576" t="inlineStr"><is><t>x</t></is></c></row>', "LM612"),
        (
            '<row r="1"><c r="A1" t="s"><v>99999</v></c><c r="-1"><v>1e999999</v></c><c t="n" s="9"><v>NaN</v></c></row>',
            "LM612",
        ),
        ("", "LM612"),
    ],
)
def test_a_hostile_workbook_is_refused(sheet: str, code: str, tmp_path: Path) -> None:
    with pytest.raises(CourseError, match=code):
        read_file(_hostile(tmp_path / "x.xlsx", sheet))


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"Question;A;B;Answer\n\x00;x;y;A\n", "LM614"),
        (b'Question;A;B;Answer\n"' + b"x" * 200_000, "LM614"),
        (b"Question;A;B;Answer\n" + b"Q?;x;y;A\n" * 20_001, "LM613"),
        (b";" * 500, "LM613"),
    ],
)
def test_a_hostile_csv_file_is_refused(content: bytes, code: str, tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_bytes(content)
    with pytest.raises(CourseError, match=code):
        read_file(tmp_path / "x.csv")


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_the_guess_is_shown_before_anything_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file, folder = _csv(tmp_path / "liste.csv", [_HEAD, _ROW]), tmp_path / "kurs"
    command = ["import", str(file), "--out", str(folder)]
    monkeypatch.setattr("sys.stdin", _Terminal("n\n"))
    assert run(command) != 0
    assert "Column E, “Riktig svar”, is the right answer." in capsys.readouterr().out
    assert not folder.exists()
    monkeypatch.setattr("sys.stdin", _Terminal("y\n"))
    assert run(command) == 0
    assert "Column B, “A”, is answer A." in capsys.readouterr().out
    assert "is answer A." in (folder / "import-report.md").read_text("utf-8")


@pytest.mark.parametrize("more", [["--yes"], []])
def test_nothing_is_asked_with_yes_or_without_a_terminal(
    more: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = _csv(tmp_path / "liste.csv", [_HEAD, _ROW])
    monkeypatch.setattr("sys.stdin", _Terminal("") if more else io.StringIO(""))
    assert run(["import", str(file), "--out", str(tmp_path / "kurs"), *more]) == 0


def test_a_list_of_ten_questions_is_built_at_once(tmp_path: Path) -> None:
    rows = [
        [f"Spørsmål {n}?", f"Ja, {n} ganger", f"Nei, {n} ganger", f"Kanskje {n}", "ABC"[n % 3], "Slik er det."]
        for n in range(10)
    ]
    file = _csv(tmp_path / "ti.csv", [_HEAD, *rows])
    assert run(["import", str(file), "--out", str(tmp_path / "kurs")]) == 0
    assert run(["build", str(tmp_path / "kurs"), "--out", str(tmp_path / "dist"), "--target", "scorm12"]) == 0
    assert list((tmp_path / "dist").glob("*.zip"))
