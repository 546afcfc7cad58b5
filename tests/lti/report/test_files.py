"""The files for a spreadsheet, read back by the standard library and by a reader of workbooks that is not ours."""

import csv
import io
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from lti_app.report.files import ReportTable, csv_bytes, xlsx_bytes
from lti_app.report.formatting import Formatter

from .classroom import Classroom
from .served_report import ServedReport, fill, serve_report
from .test_page import Teacher, enter


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServedReport]:
    with serve_report(tmp_path_factory.mktemp("served")) as made:
        yield made


@pytest.fixture(scope="module")
def room(served: ServedReport) -> Classroom:
    made = served.classroom()
    fill(made)
    return made


def _csv(teacher: Teacher, path: str) -> list[dict[str, str]]:
    answer = teacher.get(path)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.headers["Content-Disposition"].startswith("attachment; filename=")
    assert answer.data.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig")), delimiter=";"))


def _xlsx(teacher: Teacher, path: str) -> list[dict[str, Any]]:
    answer = teacher.get(path)
    assert answer.status_code == 200
    assert answer.data.startswith(b"PK")
    head, *rows = CalamineWorkbook.from_filelike(io.BytesIO(answer.data)).get_sheet_by_index(0).to_python()
    return [dict(zip(head, row, strict=True)) for row in rows]


def test_who_is_done_and_when_and_how_late_is_in_both_files(served: ServedReport, room: Classroom) -> None:
    teacher = enter(served, room, roster=served.tell_roster())
    rows = _csv(teacher, f"/report/{room.link_id}/learners.csv?names=1")
    assert [row["Deltaker"] for row in rows] == [
        "Amina Ali", "Jon Vik", "Eli Moe", "Zara Khan", "Æsa Ødegård", "Kari Li", "Ola Nordmann", "Per Dahl",
        "Åse Berg",
    ]  # fmt: skip
    by_name = {row["Deltaker"]: row for row in rows}
    late = by_name["Per Dahl"]
    assert (late["Status"], late["Merknad"], late["For sent"]) == ("bestått", "etter fristen", "etter fristen")
    assert (late["Lest"], late["Poeng"], late["Frist"]) == ("100 %", "75 %", room.settings["due"])
    assert datetime.fromisoformat(late["Fullført"]) > datetime.fromisoformat(by_name["Kari Li"]["Fullført"])
    assert by_name["Æsa Ødegård"]["Sist aktiv"] == ""
    workbook = _xlsx(teacher, f"/report/{room.link_id}/learners.xlsx?names=1")
    assert [row["Deltaker"] for row in workbook] == [row["Deltaker"] for row in rows]
    same = workbook[7]
    assert (same["Deltaker"], same["Lest"], same["Poeng"]) == ("Per Dahl", 1.0, 0.75)
    assert same["Frist"] == date.fromisoformat(room.settings["due"])
    assert same["Fullført"].strftime("%Y-%m-%d %H:%M") == late["Fullført"]


def test_without_asking_the_files_have_no_names(served: ServedReport, room: Classroom) -> None:
    teacher = enter(served, room, roster=served.tell_roster())
    asked = len(served.web.asked)
    rows = _csv(teacher, f"/report/{room.link_id}/learners.csv")
    assert len(rows) == 8
    assert all(row["Deltaker"].startswith("Deltaker ") for row in rows)
    assert len(served.web.asked) == asked


def test_the_questions_have_a_row_for_each_choice(served: ServedReport, room: Classroom) -> None:
    teacher = enter(served, room)
    rows = _csv(teacher, f"/report/{room.link_id}/questions.csv")
    first = [row for row in rows if row["Spørsmål"] == "Hvor bør dere sitte?"]
    assert [(row["Valg"], row["Er riktig"], row["Valgt"], row["Andel"]) for row in first] == [
        ("I gangen, der det er lett å møtes", "nei", "2", "33 %"),
        ("I et rom der ingen ser inn", "ja", "3", "50 %"),
        ("I kantina, så det ikke blir stivt", "nei", "1", "17 %"),
    ]
    assert (first[0]["Svar"], first[0]["Riktig"], first[0]["Galt"], first[0]["Andel riktig"]) == ("6", "3", "3", "50 %")
    assert first[0]["Kilde"] == "courses/eksempel/01-en-trygg-samtale.md:84"
    number = [row for row in rows if row["Spørsmål"].startswith("Hvilket nummer")]
    assert [(row["Valg"], row["Riktig"], row["Galt"]) for row in number] == [("", "5", "1")]
    workbook = _xlsx(teacher, f"/report/{room.link_id}/questions.xlsx")
    assert [row["Valgt"] for row in workbook[:3]] == [2.0, 3.0, 1.0]
    assert f"{workbook[0]['Diskriminering']:.2f}".replace(".", ",") == rows[0]["Diskriminering"]


def test_below_five_answers_the_file_says_nothing_either(served: ServedReport) -> None:
    few = served.classroom(link="5", course="5")
    few.learner("1", firsts={"hvor": ("b", 1.0)})
    rows = _csv(enter(served, few), f"/report/{few.link_id}/questions.csv")
    assert {row["Svar"] for row in rows} == {"færre enn 5"}
    assert {row["Riktig"] + row["Valgt"] for row in rows} == {""}


def test_all_modules_of_the_course_are_in_one_file(served: ServedReport, room: Classroom) -> None:
    other = served.classroom(link="2", settings={})
    other.learner("1", state={"seed": 1})
    rows = _csv(enter(served, room), "/report/course/learners.csv")
    assert len(rows) == 9
    teacher = enter(served, room, roster=served.tell_roster())
    assert 'learners.csv?names=1"' in teacher.get("/report/course").text
    named = _csv(teacher, "/report/course/learners.csv?names=1")
    assert [(row["Deltaker"], row["Status"]) for row in named].count(("Æsa Ødegård", "ikke begynt")) == 2
    assert "rlid" not in served.web.asked[-1][1]  # of the course, not of one link
    assert set(rows[0]) >= {"Modul", "Status", "Fullført", "Poeng", "For sent"}


@pytest.mark.parametrize("evil", ["=1+1", "+47 999", "-2+3", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("http://x","y")'])
def test_what_a_spreadsheet_would_run_stays_text(evil: str) -> None:
    table = ReportTable(title="T", columns=["a", evil], rows=[(evil, -0.5)], decimals=frozenset({1}))
    text = csv_bytes(table, Formatter("nb")).decode("utf-8-sig")
    head, row = csv.reader(io.StringIO(text, newline=""), delimiter=";")
    assert (head[1], row) == (f"'{evil}", [f"'{evil}", "-0,50"])
    book = xlsx_bytes(table)
    (sheet,) = [name for name in zipfile.ZipFile(io.BytesIO(book)).namelist() if "worksheets/sheet" in name]
    assert b"<f>" not in zipfile.ZipFile(io.BytesIO(book)).read(sheet)
    cells = CalamineWorkbook.from_filelike(io.BytesIO(book)).get_sheet_by_index(0).to_python()
    assert (cells[1][0], cells[1][1]) == (evil, -0.5)


def test_a_name_that_is_a_formula_is_text_in_the_file(served: ServedReport, room: Classroom) -> None:
    roster = served.tell_roster()
    served.web.answer("/members", {"members": [{"user_id": "0", "name": "=cmd|' /C calc'!A0", "roles": ["Learner"]}]})
    rows = _csv(enter(served, room, roster=roster), f"/report/{room.link_id}/learners.csv?names=1")
    assert rows[-1]["Deltaker"] == "'=cmd|' /C calc'!A0"


def test_a_workbook_leaves_nothing_on_the_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    def opened(*_told: object, **_more: object) -> None:
        raise AssertionError("a temporary file was opened")

    for name in ("mkstemp", "mkdtemp", "TemporaryFile", "NamedTemporaryFile"):
        monkeypatch.setattr(f"tempfile.{name}", opened)
    assert xlsx_bytes(ReportTable(title="T", columns=["a"], rows=[("Kari",)])).startswith(b"PK")


def test_figures_are_written_as_the_language_writes_them() -> None:
    table = ReportTable(
        title="T", columns=["a", "b"], rows=[(0.5, 0.333)], percents=frozenset({0}), decimals=frozenset({1})
    )
    assert csv_bytes(table, Formatter("nn")).decode("utf-8-sig").splitlines()[1] == '"50 %";"0,33"'
    assert csv_bytes(table, Formatter("en")).decode("utf-8-sig").splitlines()[1] == '"50 %";"0.33"'
