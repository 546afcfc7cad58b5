"""Reads the cells of an Excel workbook as they look in Excel (ECMA-376 part 1, SpreadsheetML).

The formats of numbers are needed: 25 % is stored as 0.25, and 1-2 that Excel took for a date as 45324. The readers that
we know give the stored numbers only.
"""

import posixpath
import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal, InvalidOperation
from pathlib import Path

from lxml import etree

from lokaltmot_lms.errors import CourseError
from lokaltmot_lms.errors.tables import TABLE_TOO_LARGE
from lokaltmot_lms.importers.base import READS_AS_TEXT
from lokaltmot_lms.importers.qti12.reader import without_namespaces
from lokaltmot_lms.importers.safe_open import open_archive, place, read_xml
from lokaltmot_lms.importers.sheet.table import MOST_COLUMNS, MOST_ROWS, Sheet, SheetCell, SheetRow
from lokaltmot_lms.safe_zip import SafeZip

WORKBOOK = "xl/workbook.xml"
_RELATIONS = "xl/_rels/workbook.xml.rels"
_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")  # a character that XML can't hold (22.4.2.4)
_LITERAL = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|_.|\*.')
_PLAIN = frozenset({0, 1, 2, 3, 4, 37, 38, 39, 40, 49})  # General, numbers, text (18.8.30)
_DATES = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
_PERCENTS = frozenset({9, 10})


def read_workbook(path: Path) -> tuple[Sheet, ...]:
    """Return the sheets of a workbook.

    Raises:
        CourseError: it is hostile, damaged or larger than any question list.
    """
    with open_archive(path) as archive:
        book = _Workbook(archive)
        return tuple(book.tables())


class _Workbook:
    def __init__(self, archive: SafeZip) -> None:
        self._archive = archive
        self._at = place(archive.path)
        self._root = self._part(WORKBOOK)
        self._relations = self._children(_RELATIONS, "Relationship")
        self._strings = [_text_of(item) for item in self._children(self._related("sharedStrings"), "si")]
        self._formats = self._number_formats()
        properties = self._root.find("workbookPr")
        is_from_1904 = properties is not None and properties.get("date1904") in ("1", "true")
        self._first_day = datetime(1904, 1, 1) if is_from_1904 else datetime(1899, 12, 30)  # noqa: DTZ001  # no zone

    def _part(self, name: str) -> etree._Element:
        return without_namespaces(read_xml(self._archive.read(name, most=READS_AS_TEXT), self._at))

    def _children(self, name: str, tag: str) -> list[etree._Element]:
        return self._part(name).findall(tag) if name in self._archive.names else []

    def _related(self, kind: str) -> str:
        """Return the name of the part of this kind (part 1, 12.3.15 and 12.3.20); "" when there is none."""
        for one in self._relations:
            if one.get("Type", "").endswith(f"/{kind}"):
                return _name_of(one.get("Target", ""))
        return ""

    def _number_formats(self) -> list[tuple[int, str]]:
        """Return the number and the code of the format of each cell style."""
        name = self._related("styles")
        if name not in self._archive.names:
            return []
        root = self._part(name)
        codes = {one.get("numFmtId", ""): one.get("formatCode", "") for one in root.iterfind("numFmts/numFmt")}
        found = []
        for style in root.iterfind("cellXfs/xf"):
            number = style.get("numFmtId", "0")
            found.append((int(number) if number.isdigit() else 0, codes.get(number, "")))
        return found

    def tables(self) -> Iterator[Sheet]:
        """Yield the sheets in their order."""
        targets = {one.get("Id", ""): one.get("Target", "") for one in self._relations}
        for sheet in self._root.iterfind("sheets/sheet"):
            id_ = next((value for key, value in sheet.items() if key.rpartition("}")[2] == "id"), "")
            name = _name_of(targets.get(id_, ""))
            if name not in self._archive.names:
                continue
            yield self._table(
                self._part(name), sheet.get("name", ""), is_hidden=sheet.get("state", "visible") != "visible"
            )

    def _table(self, root: etree._Element, name: str, *, is_hidden: bool) -> Sheet:
        rows: list[SheetRow] = []
        hidden: list[int] = []
        number = 0
        for element in root.iterfind("sheetData/row"):
            stated = element.get("r", "")
            number = int(stated) if stated.isdigit() and len(stated) < 8 else number + 1
            cells = self._cells(element)
            if element.get("hidden") in ("1", "true"):
                hidden.append(number)
            rows.append(SheetRow(number, tuple(cells)))
            if len(rows) > MOST_ROWS:
                raise CourseError((TABLE_TOO_LARGE.at(self._at, rows=MOST_ROWS, columns=MOST_COLUMNS),))
        return Sheet(name=name, rows=tuple(rows), hidden=tuple(hidden), is_hidden=is_hidden)

    def _cells(self, row: etree._Element) -> list[SheetCell]:
        """Return the cells of a row, with empty ones where none is stored."""
        cells: list[SheetCell] = []
        for element in row.iterfind("c"):
            found = _REFERENCE.fullmatch(element.get("r", ""))
            column = _column(found[1]) if found else len(cells)
            cell = self._cell(element)
            if not cell.text:
                continue
            if column >= MOST_COLUMNS:
                raise CourseError((TABLE_TOO_LARGE.at(self._at, rows=MOST_ROWS, columns=MOST_COLUMNS),))
            cells += [SheetCell()] * (column + 1 - len(cells))
            cells[column] = cell
        return cells

    def _cell(self, element: etree._Element) -> SheetCell:
        value = (element.findtext("v") or "").strip()
        match element.get("t", "n"):
            case "s":
                is_known = value.isdigit() and int(value) < len(self._strings)
                return SheetCell(self._strings[int(value)] if is_known else "")
            case "inlineStr":
                inside = element.find("is")
                return SheetCell(_text_of(inside) if inside is not None else "")
            case "str":
                return SheetCell(_clean(element.findtext("v") or ""))
            case "b":
                return SheetCell("TRUE" if value == "1" else "FALSE")
            case "e":
                return SheetCell(value, odd="error")
            case "d":
                return SheetCell(value, odd="format")
        return self._number(value, element.get("s", "0"))

    def _number(self, value: str, style: str) -> SheetCell:
        """Return a number as its format shows it."""
        try:
            number = Decimal(value)
        except InvalidOperation:
            return SheetCell(value)
        if not number.is_finite() or abs(number.adjusted()) > 30:
            return SheetCell(value)
        is_known = style.isdigit() and int(style) < len(self._formats)
        format_, code = self._formats[int(style)] if is_known else (0, "")
        shape = _LITERAL.sub("", code).lower()
        is_general = shape in ("general", "standard", "")  # Standard: what Norwegian programs may write for General
        if format_ in _PERCENTS or "%" in shape:
            return SheetCell(f"{_digits(number * 100)} %", is_number=True)
        if format_ in _DATES or (not is_general and re.search(r"[dmyhs]", shape)):
            return SheetCell(self._date(number), odd="format")
        is_plain = format_ in _PLAIN or is_general or not re.sub(r"[#0?.,;@()\-+ \s]", "", code)
        return SheetCell(_digits(number), is_number=True, odd="" if is_plain else "format")

    def _date(self, number: Decimal) -> str:
        try:
            day = self._first_day + timedelta(days=float(number))
        except OverflowError:
            return str(number)
        return f"{day.day}.{day.month}.{day.year}" if number == number.to_integral() else f"{day:%d.%m.%Y %H:%M}"


def _name_of(target: str) -> str:
    """Return the name of a part that the workbook refers to."""
    return posixpath.normpath(posixpath.join("/xl", target)).lstrip("/") if target else ""


def _digits(number: Decimal) -> str:
    """Return a number with at most 15 digits, as Excel shows it."""
    rounded = Decimal(f"{number:.15g}")
    return f"{rounded.to_integral() if rounded == rounded.to_integral() else rounded.normalize():f}"


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _text_of(item: etree._Element) -> str:
    """Return the text of a string with its runs, without the readings above Asian characters (18.4.6)."""
    parts = [item.findtext("t") or "", *(run.findtext("t") or "" for run in item.iterfind("r"))]
    return _clean("".join(parts))


def _clean(text: str) -> str:
    text = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(sign if sign.isprintable() or sign in "\n\t\xa0" else " " for sign in text).strip()
