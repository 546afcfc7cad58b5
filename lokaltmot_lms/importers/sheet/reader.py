"""Reads a question list: a table with a question in each row."""

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from dataclasses import replace
from decimal import Decimal
from html import escape
from pathlib import Path

from lokaltmot_lms.errors import CourseError, Position, Problem
from lokaltmot_lms.errors.tables import (
    CELL_FAILED,
    CELL_FORMAT,
    COLUMN_GUESSED,
    COLUMN_UNUSED,
    COLUMNS_UNKNOWN,
    CSV_ENCODING,
    ROW_AMBIGUOUS,
    ROW_INCOMPLETE,
    ROW_TOO_LONG,
    ROW_WITHOUT_RIGHT,
    ROWS_HIDDEN,
    SHEET_LEFT_OUT,
)
from lokaltmot_lms.importers import build_questions
from lokaltmot_lms.importers.base import Draft, Format, Head
from lokaltmot_lms.importers.build_questions import ALL, QuestionParts, WeightedAnswer, points_of
from lokaltmot_lms.importers.clean_html import Cleaner, plain_html, words_text
from lokaltmot_lms.importers.context import ImportContext
from lokaltmot_lms.importers.draft_modules import DraftModule, DraftPage, modules_of, unbuilt, unfinished
from lokaltmot_lms.importers.languages import guess_language
from lokaltmot_lms.importers.qti12 import quizzes
from lokaltmot_lms.importers.safe_open import place
from lokaltmot_lms.importers.sheet import columns as sheet_columns
from lokaltmot_lms.importers.sheet.columns import Columns
from lokaltmot_lms.importers.sheet.csv_file import decoded, read_csv, sample_rows
from lokaltmot_lms.importers.sheet.right_answer import RowAnswer, ways
from lokaltmot_lms.importers.sheet.table import Sheet, SheetRow, column_name
from lokaltmot_lms.importers.sheet.workbook import WORKBOOK, read_workbook
from lokaltmot_lms.model import Block, Question, Text
from lokaltmot_lms.texts import N_

_LETTERS = 26
# What a column is taken for, as people are told it.
_ROLES = {
    sheet_columns.QUESTION: N_("Column {column}, “{heading}”, is the question."),
    sheet_columns.OPTION: N_("Column {column}, “{heading}”, is answer {letter}."),
    sheet_columns.OPTIONS: N_("Column {column}, “{heading}”, has all answers in one cell."),
    sheet_columns.RIGHT: N_("Column {column}, “{heading}”, is the right answer."),
    sheet_columns.WRONG: N_("Column {column}, “{heading}”, is a wrong answer."),
    sheet_columns.FEEDBACK: N_("Column {column}, “{heading}”, is the feedback to answer {letter}."),
    sheet_columns.EXPLANATION: N_("Column {column}, “{heading}”, is the explanation."),
    sheet_columns.POINTS: N_("Column {column}, “{heading}”, is the points."),
    sheet_columns.HINT: N_("Column {column}, “{heading}”, is the hint."),
    sheet_columns.CATEGORY: N_("Column {column}, “{heading}”, is the page."),
    sheet_columns.IDENT: N_("Column {column}, “{heading}”, is the id."),
}
_SUFFIXES = (".csv", ".tsv")
_TRUE = frozenset({"true", "sant", "sann", "t", "riktig", "rett"})
_FALSE = frozenset({"false", "usant", "usann", "f", "galt", "gale", "feil"})


def knows(head: Head) -> bool:
    """Return whether a file is a workbook or a table of text with the headings of a question list."""
    if WORKBOOK in head.names:
        return True
    if head.names or head.root or not head.start:
        return False
    if head.path.suffix.lower() in _SUFFIXES:
        return True
    text, _ = decoded(head.start, is_whole=False)
    return sheet_columns.has_headings(sample_rows(text))


def read(path: Path) -> Draft:
    """Return the questions of a list as a draft.

    Raises:
        CourseError: no sheet has columns that can be recognised.
    """
    encoding = ""
    if path.read_bytes()[:2] == b"PK":
        tables = read_workbook(path)
    else:
        table, encoding = read_csv(path)
        tables = (table,)
    cells = [cell.text for table in tables for row in table.rows for cell in row.cells if not cell.is_number]
    context = ImportContext(path, guess_language(" ".join(cells)))
    at = context.at(1)
    if encoding:
        context.report(CSV_ENCODING, at, encoding=encoding)
    module = DraftModule(id=context.module_id("", path.stem, at), title=path.stem, at=at)
    context.turn_to(module.id)
    guesses: list[Problem] = []
    for table in tables:
        with context.inside(table.name) if table.name else nullcontext():
            columns = None if table.is_hidden else sheet_columns.guess(table)
            if columns is not None:
                guesses += _SheetReader(context, table, columns).read(module, table.name or path.stem)
            elif len(tables) > 1 and any(not row.is_empty for row in table.rows):
                context.report(SHEET_LEFT_OUT, context.at(1), name=table.name)
    if not guesses:
        first = next((row for table in tables for row in table.rows if not row.is_empty), None)
        headings = " | ".join(cell.text for cell in first.cells if cell.text)[:200] if first is not None else ""
        raise CourseError((COLUMNS_UNKNOWN.at(place(path), headings=headings),))
    modules = tuple(modules_of(module, context))
    return Draft(
        title=path.stem,
        language=context.language,
        modules=modules,
        findings=(*guesses, *context.findings),
        guesses=tuple(guesses),
    )


class _SheetReader:
    """Reads the rows of one table."""

    def __init__(self, context: ImportContext, table: Sheet, columns: Columns) -> None:
        self.context = context
        self.table = table
        self.columns = columns
        widths = Counter(len(row.cells) for row in table.rows if not row.is_empty)
        self._usual_width = widths.most_common(1)[0][0] if widths else 0

    def read(self, module: DraftModule, title: str) -> Iterator[Problem]:
        """Add the questions to a module, a page for each category. Return what the columns are taken for."""
        rows = [row for row in self.table.rows[self.columns.first :] if not row.is_empty]
        pages: dict[str, DraftPage] = {}
        category = title
        way = self._way(rows)
        for row in rows:
            at = self.context.at(row.number)
            category = row.text(self.columns.roles.get(sheet_columns.CATEGORY)) or category
            if category not in pages:
                pages[category] = quizzes.new_page(self.context, category, at)
                module.pages.append(pages[category])
            thing = self._thing(row, at, way)
            original = _original(row)
            pages[category].add(thing or unbuilt(self.context, at, name=original[:60], text=original))
        self._report_table(rows)
        at = self.context.at(self.columns.first or 1)
        for column, role, letter in self.columns.guesses():
            heading = self.columns.heading(column) or "–"
            fault = replace(COLUMN_GUESSED, message=_ROLES[role])
            yield fault.at(at, column=column_name(column), heading=heading, letter=letter)
        width = len(self.columns.headings)
        beyond = range(width, max(len(row.cells) for row in rows)) if rows and width and self.table.name else ()
        for column in (*self.columns.unused, *beyond):
            if any(row.text(column) for row in rows):
                heading = self.columns.heading(column) or "–"
                yield COLUMN_UNUSED.at(at, column=column_name(column), heading=heading)

    def _report_table(self, rows: Sequence[SheetRow]) -> None:
        read = {row.number for row in rows}
        hidden = [str(number) for number in self.table.hidden if number in read]
        if hidden:
            self.context.report(ROWS_HIDDEN, self.context.at(1), rows=", ".join(hidden))

    def _way(self, rows: Sequence[SheetRow]) -> str:
        """Return how most rows name their right answer, for rows that can be read in two ways; "" when unclear."""
        sure: Counter[str] = Counter()
        for row in rows:
            found = ways(self._right(row), self._answers(row))
            if len(found) == 1:
                sure.update(list(found))
        return next(iter(sure)) if len(sure) == 1 else ""

    def _right(self, row: SheetRow) -> str:
        return "\n".join(filter(None, (self._shown(row, column) for column in self.columns.right)))

    def _answers(self, row: SheetRow) -> list[RowAnswer]:
        """Return the answers of a row that have a text."""
        texts = {letter: self._shown(row, column) for letter, column in self.columns.options.items()}
        together = row.text(self.columns.roles.get(sheet_columns.OPTIONS))
        if together:
            sign = next((sign for sign in ("\n", "|", ";") if sign in together), ",")
            parts = filter(None, (part.strip() for part in together.split(sign)))
            texts |= {chr(ord("a") + at): part for at, part in enumerate(parts) if at < _LETTERS}
        return [
            RowAnswer(letter=letter, number=at, text=text)
            for at, (letter, text) in enumerate(sorted(texts.items()), start=1)
            if text
        ]

    def _thing(self, row: SheetRow, at: Position, way: str) -> Block | Question | None:
        question = row.text(self.columns.roles[sheet_columns.QUESTION])
        original = _original(row)
        name = " ".join(question.split())[:200] or " ".join(original.split())[:60]
        self._report_formats(row, at)
        if self._is_too_long(row):
            return unfinished(self.context, ROW_TOO_LONG, at, name=name, text=original, row=row.number)
        failed = next((at_ for at_, cell in enumerate(row.cells) if cell.odd == "error"), None)
        if failed is not None:
            values = {"row": row.number, "cell": f"{column_name(failed)}{row.number}", "error": row.text(failed)}
            return unfinished(self.context, CELL_FAILED, at, name=name, text=original, **values)
        answers = self._answers(row)
        right = self._right(row)
        wrong = [text for column in self.columns.wrong if (text := self._shown(row, column))]
        if not question or not right or len(answers) == 1:
            return unfinished(self.context, ROW_INCOMPLETE, at, name=name, text=original, row=row.number)
        if wrong and not answers:
            rights = [self._shown(row, column) for column in self.columns.right if row.text(column)]
            answers = [RowAnswer(letter=str(n), number=n, text=text) for n, text in enumerate([*rights, *wrong])]
            return self._choice(row, at, name, answers, frozenset(map(str, range(len(rights)))))
        if not answers:
            return self._without_answers(row, at, name, right)
        found = ways(right, answers)
        if len(set(found.values())) > 1 and way not in found:
            return unfinished(self.context, ROW_AMBIGUOUS, at, name=name, text=original, row=row.number, answer=right)
        letters = found[way] if way in found else next(iter(found.values()), frozenset())
        if not letters:
            fault = ROW_WITHOUT_RIGHT
            return unfinished(self.context, fault, at, name=name, text=original, row=row.number, answer=right)
        return self._choice(row, at, name, answers, letters)

    def _is_too_long(self, row: SheetRow) -> bool:
        """Return whether a row of a CSV file has more cells than the headings, and than most rows."""
        width = len(self.columns.headings)
        if self.table.name or not width:
            return False
        return len(row.cells) > max(width, self._usual_width) or any(cell.text for cell in row.cells[width:])

    def _report_formats(self, row: SheetRow, at: Position) -> None:
        for column, cell in enumerate(row.cells):
            if cell.odd == "format" and column not in self.columns.unused:
                name = f"{column_name(column)}{row.number}"
                self.context.report(CELL_FORMAT, at, cell=name, text=cell.text)

    def _parts(self, row: SheetRow, at: Position, name: str) -> QuestionParts:
        roles = self.columns.roles
        clean = Cleaner(self.context, name, at)
        source = plain_html(self._shown(row, roles[sheet_columns.QUESTION]))
        return QuestionParts(
            id=self.context.take_id(row.text(roles.get(sheet_columns.IDENT)), name, at),
            name=name,
            root=clean.root(source, in_question=True),
            explanation=self._line(clean, self._shown(row, roles.get(sheet_columns.EXPLANATION)), at),
            hint=self._line(clean, self._shown(row, roles.get(sheet_columns.HINT)), at),
            points=points_of(self.context, name, row.text(roles.get(sheet_columns.POINTS)), at),
            at=at,
        )

    def _shown(self, row: SheetRow, column: int | None) -> str:
        """Return the text of a cell. A number has the decimal sign of the language."""
        text = row.text(column)
        is_number = column is not None and column < len(row.cells) and row.cells[column].is_number
        return text.replace(".", ",") if is_number and self.context.language != "en" else text

    def _line(self, clean: Cleaner, text: str, at: Position) -> Text | None:
        if not text or not any(sign in text for sign in ("\n", "\\", "$")):
            return words_text(text, at) if text else None
        return clean.line(escape(text, quote=False).replace("\n", "<br>"))

    def _choice(
        self, row: SheetRow, at: Position, name: str, answers: Sequence[RowAnswer], right: frozenset[str]
    ) -> Block | Question | None:
        clean = Cleaner(self.context, name, at)
        parts = self._parts(row, at, name)
        single = len(right) == 1
        share = ALL if single else ALL / max(1, len(right))
        weighted = []
        for answer in answers:
            text = self._line(clean, answer.text, at)
            worth = share if answer.letter in right else Decimal(0) if single else -share
            feedback = self._line(clean, self._shown(row, self.columns.feedback.get(answer.letter)), at)
            if text is not None:
                weighted.append(WeightedAnswer(text=text, share=worth, feedback=feedback))
        return build_questions.choice(self.context, parts, weighted, single=single)

    def _without_answers(self, row: SheetRow, at: Position, name: str, right: str) -> Block | Question | None:
        """Return a true-or-false question, or one with a typed answer."""
        parts = self._parts(row, at, name)
        word = right.casefold().strip(" .")
        if word in _TRUE | _FALSE:
            return build_questions.true_or_false(
                self.context, parts, is_true=word in _TRUE, on_true=None, on_false=None
            )
        accepted = [part.strip() for part in right.replace("\n", "|").split("|") if part.strip()]
        return build_questions.typed(
            self.context, parts, [(answer.replace("*", "\\*"), ALL, None) for answer in accepted]
        )


def _original(row: SheetRow) -> str:
    """Return the texts of a row, for a person who must finish it."""
    return "\n".join(cell.text for cell in row.cells if cell.text)


FORMAT = Format(name="sheet", title="Excel / CSV", knows=knows, read=read)
