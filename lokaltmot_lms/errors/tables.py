"""Faults 6xx of question lists in Excel and CSV."""

from lokaltmot_lms.errors.problem import Fault, Severity
from lokaltmot_lms.texts import N_

COLUMNS_UNKNOWN = Fault(
    code="LM612",
    message=N_("No column of the table is recognised as a question with answers. The first row is: {headings}."),
    hint=N_("Give the columns the headings Question, A, B, C, D and Right answer, and import it again."),
    why=N_(
        "A list is imported only when its headings, or a last column with the right answers, show what its columns "
        "contain. Otherwise, a wrong answer could become the right one."
    ),
)
TABLE_TOO_LARGE = Fault(
    code="LM613",
    message=N_("The table is larger than {rows} rows or {columns} columns."),
    hint=N_("Delete the rows and columns without questions, or divide the list into several files."),
    why=N_("A table that claims millions of cells can fill the memory of a computer. Nothing was written."),
)
CSV_BROKEN = Fault(
    code="LM614",
    message=N_("The CSV file can’t be read from here on: {reason}."),
    hint=N_("Open it in a spreadsheet, and save it as an Excel workbook (.xlsx)."),
    why=N_("A quotation mark that is not closed, for example, makes the rest of the file one cell."),
)
ROW_TOO_LONG = Fault(
    code="LM615",
    message=N_("Row {row} has more cells than there are headings."),
    hint=N_("Put quotation marks around a text that contains the separator of the file; or save the list as .xlsx."),
    why=N_(
        "A comma or semicolon inside a text divides it into two cells when the text is not in quotation marks. All "
        "cells after it are then in the wrong column, so the row is not read as a question."
    ),
    severity=Severity.WARNING,
)
COLUMN_GUESSED = Fault(
    code="LM690",
    message=N_("Column {column}, “{heading}”, was recognised."),
    hint=N_("If that is wrong, change the heading and import the list again."),
    why=N_("What a column contains is guessed from its heading. The guess is shown before anything is written."),
    severity=Severity.NOTE,
)
COLUMN_UNUSED = Fault(
    code="LM691",
    message=N_("Column {column}, “{heading}”, was not read."),
    hint=N_("If you need it, call it Explanation, Points, Hint or Category, for example, and import the list again."),
    why=N_("The heading is none of those that the import knows."),
    severity=Severity.WARNING,
)
ROW_WITHOUT_RIGHT = Fault(
    code="LM692",
    message=N_("Row {row}: the right answer “{answer}” is none of the answers."),
    hint=N_("Write the question with its right answer, and remove the block; or correct the list and import it again."),
    why=N_("The right answer is named by its letter, by its number or by its text. Here it is none of these."),
    severity=Severity.WARNING,
)
ROW_INCOMPLETE = Fault(
    code="LM693",
    message=N_("Row {row} has no question, no right answer, or only one answer."),
    hint=N_("Write what is missing, and remove the block; or correct the list and import it again."),
    why=N_("A row without them can’t become a question, and the import does not guess what is right."),
    severity=Severity.WARNING,
)
ROW_AMBIGUOUS = Fault(
    code="LM694",
    message=N_("Row {row}: “{answer}” can be the text of one answer and the letter or number of another."),
    hint=N_("Write the question with its right answer, and remove the block."),
    why=N_("With the answers 3, 2 and 1, “1” is the third answer or the first. A guess could make a wrong one right."),
    severity=Severity.WARNING,
)
CELL_FORMAT = Fault(
    code="LM695",
    message=N_("The cell {cell} is a date, a time or an amount in the table. It was read as “{text}”."),
    hint=N_("Compare it with the table, and correct the text of the course."),
    why=N_("A spreadsheet turns 1-2 or 3/4 into a date when it is typed. What was typed is then lost."),
    severity=Severity.WARNING,
)
CSV_ENCODING = Fault(
    code="LM696",
    message=N_("The file is not saved as UTF-8. It was read as {encoding}, which Excel uses on Windows."),
    hint=N_("Check the letters æ, ø and å."),
    why=N_("Without a mark, the encoding of a text file can only be guessed. In this one, every byte has a meaning."),
    severity=Severity.NOTE,
)
SHEET_LEFT_OUT = Fault(
    code="LM697",
    message=N_("The sheet “{name}” was not read: it is hidden, or no column is recognised as a question with answers."),
    hint=N_("If it has questions, show it, and give its columns headings such as Question, A, B, C and Right answer."),
    why=N_("A workbook can have sheets with other contents, such as results or instructions."),
    severity=Severity.WARNING,
)
ROWS_HIDDEN = Fault(
    code="LM698",
    message=N_("Rows that are hidden in the table were read too: {rows}."),
    hint=N_("Delete those questions if they are not meant for learners."),
    why=N_("A filter hides rows without deleting them."),
    severity=Severity.WARNING,
)
CELL_FAILED = Fault(
    code="LM699",
    message=N_("Row {row}: the formula in the cell {cell} failed and shows {error}."),
    hint=N_("Write the question with its right answer, and remove the block; or correct the list and import it again."),
    why=N_("A formula with an error has no value that could be shown to learners."),
    severity=Severity.WARNING,
)
