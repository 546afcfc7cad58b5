"""The report as spreadsheet files: CSV that Excel opens with a double click, and XLSX."""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

import xlsxwriter  # type: ignore[import-untyped]

from lti_app.report.course_report import Progress
from lti_app.report.formatting import Formatter
from lti_app.report.item_analysis import FEWEST, ItemStatistics
from lti_app.report.learner_status import ZONE

TYPES = {"csv": "text/csv", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet would run these as formulas (OWASP, "CSV injection")
Cell = str | float | date | datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportTable:
    """A table with a title. percents, decimals: the columns with percentages and with two decimals."""

    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Cell]] = field(repr=False)
    percents: frozenset[int] = frozenset()
    decimals: frozenset[int] = frozenset()


def learners_table(reports: Iterable[Progress], words: Formatter) -> ReportTable:
    """Return the learners' progress, with times: one row per learner and module."""
    _ = words.gettext
    columns = (
        _("Participant"), _("Module"), _("Status"), _("Note"), _("Read"), _("Score"), _("Finished"),
        _("Due"), _("Late"), _("Last activity"),
    )  # fmt: skip
    rows: list[tuple[Cell, ...]] = [
        (
            words.who(one.sub, one.pseudonym, one.name), report.title,
            words.status(one.status, is_graded=report.is_graded), words.note(one), one.read,
            None if one.score is None else one.score / 100, _local(one.completed_at), report.due, words.late(one),
            _local(one.last_at),
        )
        for report in reports
        for one in report.learners
    ]  # fmt: skip
    return ReportTable(title=_("Participants"), columns=columns, rows=rows, percents=frozenset({4, 5}))


def questions_table(items: Iterable[ItemStatistics], words: Formatter) -> ReportTable:
    """Return the question statistics: one row per choice, or one per question without choices."""
    _ = words.gettext
    columns = (
        _("Question"), _("Answers"), _("Right"), _("Partly right"), _("Wrong"), _("Share right"),
        _("Discrimination"), _("Part"), _("Choice"), _("Is right"), _("Chosen"), _("Share"), _("Source"),
    )  # fmt: skip
    rows: list[tuple[Cell, ...]] = []
    for item in items:
        head = _head(item, words)
        choices = [(part.text, choice) for part in item.parts for choice in part.choices]
        for part, choice in choices:
            right = "" if choice.is_right is None else _("yes") if choice.is_right else _("no")
            rows.append((*head, part, choice.text, right, choice.count, choice.share, item.source))
        if not choices:
            rows.append((*head, "", "", "", None, None, item.source))
    return ReportTable(
        title=_("Questions"), columns=columns, rows=rows, percents=frozenset({5, 11}), decimals=frozenset({6})
    )


def _head(item: ItemStatistics, words: Formatter) -> tuple[Cell, ...]:
    if item.answers is None:
        return (item.text, words.gettext("fewer than {count}").format(count=FEWEST), None, None, None, None, None)
    if not item.is_graded:
        return (item.text, item.answers, None, None, None, None, None)
    wrong = item.answers - item.right - item.partly
    return (item.text, item.answers, item.right, item.partly, wrong, item.right_share, item.discrimination)


def csv_bytes(table: ReportTable, words: Formatter) -> bytes:
    """Return UTF-8 with a byte order mark, semicolons and the language's decimal separator, for Excel in Norway."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n", quoting=csv.QUOTE_ALL)
    writer.writerow([_plain(column) for column in table.columns])
    for row in table.rows:
        writer.writerow([_written(cell, number, table, words) for number, cell in enumerate(row)])
    return text.getvalue().encode("utf-8-sig")


def xlsx_bytes(table: ReportTable) -> bytes:
    """Return a workbook. It is written in memory, since it may have names, which must not be in a temporary file."""
    file = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(file, options) as book:
        sheet = book.add_worksheet(table.title[:31])
        head = book.add_format({"bold": True, "bottom": 1})
        formats = {
            "percent": book.add_format({"num_format": "0 %"}),
            "decimal": book.add_format({"num_format": "0.00"}),
            "moment": book.add_format({"num_format": "yyyy-mm-dd hh:mm"}),
            "day": book.add_format({"num_format": "yyyy-mm-dd"}),
        }
        sheet.freeze_panes(1, 0)
        for column, name in enumerate(table.columns):
            sheet.write_string(0, column, name, head)
            sheet.set_column(column, column, max(14, len(name) + 2) if column else 34)
        for number, row in enumerate(table.rows, 1):
            for column, cell in enumerate(row):
                if isinstance(cell, str):
                    sheet.write_string(number, column, cell)
                elif isinstance(cell, date):
                    sheet.write_datetime(
                        number, column, cell, formats["moment" if isinstance(cell, datetime) else "day"]
                    )
                elif cell is not None:
                    kind = "percent" if column in table.percents else "decimal" if column in table.decimals else None
                    sheet.write_number(number, column, cell, formats.get(kind or ""))
        if table.rows:
            sheet.autofilter(0, 0, len(table.rows), len(table.columns) - 1)
    return file.getvalue()


def _written(cell: Cell, column: int, table: ReportTable, words: Formatter) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return _plain(cell)
    if isinstance(cell, datetime):
        return cell.isoformat(" ", timespec="minutes")
    if isinstance(cell, date):
        return cell.isoformat()
    if column in table.percents:
        return f"{cell * 100:.0f} %"
    return words.number(cell) if column in table.decimals else str(cell)


def _plain(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text


def _local(moment: datetime | None) -> datetime | None:
    """Return the local time in Norway without a time zone, since spreadsheets have none."""
    return moment.astimezone(ZONE).replace(tzinfo=None) if moment else None
