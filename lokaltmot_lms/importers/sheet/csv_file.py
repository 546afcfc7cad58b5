"""Reads the cells of a CSV file: with comma, semicolon or tab, in the encodings that spreadsheets write."""

import codecs
import csv
from collections import Counter
from io import StringIO
from pathlib import Path

from lokaltmot_lms.errors import CourseError
from lokaltmot_lms.errors.tables import CSV_BROKEN, TABLE_TOO_LARGE
from lokaltmot_lms.importers.safe_open import place
from lokaltmot_lms.importers.sheet.table import MOST_COLUMNS, MOST_ROWS, Sheet, SheetCell, SheetRow

_DELIMITERS = (";", "\t", ",")
_SAMPLE = 40  # rows by which the delimiter is found
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
WINDOWS = "Windows-1252"


def read_csv(path: Path) -> tuple[Sheet, str]:
    """Return the table of a CSV file, and its encoding when it is not Unicode: the one of Excel on Windows.

    Raises:
        CourseError: it is no CSV, or larger than any question list.
    """
    text, encoding = decoded(path.read_bytes())
    if "\x00" in text:
        raise CourseError((CSV_BROKEN.at(place(path), reason="NUL"),))
    delimiter, text = _delimiter(text)
    rows = []
    try:
        for number, row in enumerate(csv.reader(StringIO(text, newline=""), delimiter=delimiter), start=1):
            if number > MOST_ROWS or len(row) > MOST_COLUMNS:
                problem = TABLE_TOO_LARGE.at(place(path, number), rows=MOST_ROWS, columns=MOST_COLUMNS)
                raise CourseError((problem,))
            cells = (SheetCell(cell.replace("\r\n", "\n").replace("\r", "\n").strip()) for cell in row)
            rows.append(SheetRow(number, tuple(cells)))
    except csv.Error as error:
        raise CourseError((CSV_BROKEN.at(place(path, len(rows) + 1), reason=str(error)),)) from error
    return Sheet(rows=tuple(rows)), encoding


def decoded(content: bytes, *, is_whole: bool = True) -> tuple[str, str]:
    """Return bytes as text, and the encoding when it is not Unicode. is_whole: nothing is cut off at the end."""
    for bom, name in _BOMS:
        if content.startswith(bom):
            return codecs.getincrementaldecoder(name)("replace").decode(content, is_whole), ""
    try:
        return codecs.getincrementaldecoder("utf-8")().decode(content, is_whole), ""
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace"), WINDOWS


def sample_rows(text: str) -> list[list[str]]:
    """Return the first rows of a text, to see whether it is a table."""
    delimiter, rest = _delimiter(text)
    return _rows(rest, delimiter)


def _delimiter(text: str) -> tuple[str, str]:
    """Return the delimiter, and the text without Excel's line sep=; in which it may be stated."""
    first, _, rest = text.partition("\n")
    stated = first.strip().lower().removeprefix("sep=")
    if first.strip().lower().startswith("sep=") and len(stated) == 1:
        return stated, rest
    return max(_DELIMITERS, key=lambda delimiter: _fit(_rows(text, delimiter))), text


def _rows(text: str, delimiter: str) -> list[list[str]]:
    found = []
    try:
        for row in csv.reader(StringIO(text, newline=""), delimiter=delimiter):
            found.append(row)
            if len(found) == _SAMPLE:
                break
    except csv.Error:
        pass
    return found


def _fit(rows: list[list[str]]) -> int:
    """Return how many rows have the most frequent number of columns, weighted by it; 0 for one column."""
    widths = Counter(len(row) for row in rows if any(row))
    return max((count * (width - 1) for width, count in widths.items()), default=0)
