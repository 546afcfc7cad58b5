"""A table of cells, as a workbook or a CSV file has it."""

from dataclasses import dataclass
from typing import NamedTuple

MOST_ROWS = 20_000
MOST_COLUMNS = 200


class SheetCell(NamedTuple):
    """What a cell shows. is_number: written with a decimal point. odd: why it may look different in the program.

    odd: "format" for a date, a time or a currency; "error" for a formula that failed; else "".
    """

    text: str = ""
    is_number: bool = False
    odd: str = ""


class SheetRow(NamedTuple):
    """A row with its number in the file, from 1."""

    number: int
    cells: tuple[SheetCell, ...]

    def text(self, column: int | None) -> str:
        """Return the text of a cell; "" when there is none."""
        return self.cells[column].text if column is not None and column < len(self.cells) else ""

    @property
    def is_empty(self) -> bool:
        """Whether no cell has a text."""
        return not any(cell.text for cell in self.cells)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A sheet. name: "" for a CSV file; hidden: numbers of its hidden rows; is_hidden: the sheet itself."""

    name: str = ""
    rows: tuple[SheetRow, ...]
    hidden: tuple[int, ...] = ()
    is_hidden: bool = False


def column_name(column: int) -> str:
    """Return the name of a column, from 0: A, B … Z, AA."""
    name = ""
    column += 1
    while column:
        column, letter = divmod(column - 1, 26)
        name = chr(ord("A") + letter) + name
    return name
