"""Guesses what each column of a question list holds, by its heading, else by its content."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lokaltmot_lms.importers.sheet.table import Sheet, SheetRow

_HEAD_ROWS = 10  # rows above the headings may hold a title and instructions
_FEWEST = 3  # columns of a list without headings: a question and two answers, one of them repeated as the right one

QUESTION, RIGHT, WRONG, OPTION, OPTIONS, FEEDBACK = "question", "right", "wrong", "option", "options", "feedback"
EXPLANATION, POINTS, HINT, CATEGORY, IDENT = "explanation", "points", "hint", "category", "id"

# Headings in lower case, without signs and numbers. English first, then Norwegian.
_HEADINGS: Mapping[str, frozenset[str]] = {
    QUESTION: frozenset(
        {"question", "questions", "question text", "question title", "question stem", "stem", "prompt"}
        | {"spørsmål", "spørsmålet", "spørsmåla", "spørsmålstekst", "spm", "oppgave", "oppgåve", "oppgavetekst"}
    ),
    RIGHT: frozenset(
        {"right answer", "right answers", "correct answer", "correct answers", "correct", "answer", "answers correct"}
        | {"key", "answer key", "correct option", "correct choice", "correct alternative", "right", "solution"}
        | {"riktig svar", "riktige svar", "rett svar", "rette svar", "korrekt svar", "riktig", "rett", "fasit", "svar"}
        | {"fasitsvar", "løsning", "løysing", "riktig alternativ", "rett alternativ", "riktig svaralternativ"}
    ),
    WRONG: frozenset(
        {"wrong answer", "incorrect answer", "wrong", "incorrect", "distractor", "wrong option"}
        | {"galt svar", "feil svar", "gale svar", "feilsvar", "feil", "galt", "distraktor"}
    ),
    OPTIONS: frozenset(
        {"options", "choices", "alternatives", "answer options", "answer choices", "svaralternativer", "alternativer"}
        | {"svaralternativ", "svaralternativa", "alternativ", "svarmuligheter", "valg", "svarval"}
    ),
    EXPLANATION: frozenset(
        {"explanation", "feedback", "rationale", "general feedback", "comment", "comments", "answer explanation"}
        | {"forklaring", "tilbakemelding", "begrunnelse", "grunngiving", "kommentar", "kommentarer"}
    ),
    POINTS: frozenset({"points", "point", "score", "marks", "mark", "weight", "poeng", "poengsum", "vekt"}),
    HINT: frozenset({"hint", "hints", "tip", "tips"}),
    CATEGORY: frozenset({"category", "topic", "subject", "chapter", "kategori", "tema", "emne", "kapittel"}),
    IDENT: frozenset({"id", "question id", "spørsmåls id", "ident"}),
}
_NUMBERING = frozenset({"nr", "no", "n", "number", "nummer", "row", "rad", "question number", "question no"})
_OPTION_WORDS = (
    r"(?:answer|option|choice|alternative|alt|alternativ|svaralternativ|svar|valg|val|response|mulighet|svarmulighet)"
)
_OPTION = re.compile(rf"(?:{_OPTION_WORDS} ?)?([a-h])|{_OPTION_WORDS} ?(\d{{1,2}})|(\d{{1,2}})")
_FEEDBACK = re.compile(
    r"(?:feedback|tilbakemelding|explanation|forklaring)(?: (?:to|til|for|på))?"
    r"(?: (?:answer|option|svar|alternativ))? ?([a-h]|\d{1,2})"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """The columns of a list, from 0. options: by the letter that refers to them; feedback: likewise. roles: the others.

    first: index of the first row with a question; headings: of the columns; unused: columns that are not read.
    """

    first: int
    roles: Mapping[str, int] = field(default_factory=dict)
    options: Mapping[str, int] = field(default_factory=dict)
    feedback: Mapping[str, int] = field(default_factory=dict)
    right: tuple[int, ...] = ()
    wrong: tuple[int, ...] = ()
    headings: tuple[str, ...] = ()
    unused: tuple[int, ...] = ()

    def guesses(self) -> Iterator[tuple[int, str, str]]:
        """Yield each column that is read, what it is taken for, and the letter of the answer that it is about."""
        found = {column: (role, "") for role, column in self.roles.items()}
        found |= {column: (OPTION, letter.upper()) for letter, column in self.options.items()}
        found |= {column: (FEEDBACK, letter.upper()) for letter, column in self.feedback.items()}
        found |= dict.fromkeys(self.right, (RIGHT, "")) | dict.fromkeys(self.wrong, (WRONG, ""))
        yield from ((column, role, letter) for column, (role, letter) in sorted(found.items()))

    def heading(self, column: int) -> str:
        """Return the heading of a column; "" without headings."""
        return self.headings[column] if column < len(self.headings) else ""


def guess(table: Sheet) -> Columns | None:
    """Return the columns of a table; None when it is no list of questions."""
    for index, row in enumerate(table.rows[:_HEAD_ROWS]):
        found = _by_headings(index, [cell.text for cell in row.cells])
        if found is not None:
            return found
    return _by_content(table)


def has_headings(rows: list[list[str]]) -> bool:
    """Return whether one of the first rows has the headings of a question list."""
    return any(_by_headings(index, row) is not None for index, row in enumerate(rows[:_HEAD_ROWS]))


def _by_headings(index: int, cells: list[str]) -> Columns | None:
    roles: dict[str, int] = {}
    options: dict[str, int] = {}
    feedback: dict[str, int] = {}
    right: list[int] = []
    wrong: list[int] = []
    unused: list[int] = []
    for column, heading in enumerate(cells):
        words = _words(heading)
        if heading.strip().endswith("#") or words in _NUMBERING:
            continue
        role = next((role for role, names in _HEADINGS.items() if words in names or _bare(words) in names), None)
        option = _OPTION.fullmatch(words)
        told = _FEEDBACK.fullmatch(words)
        if option is not None:
            options.setdefault(option[1] or _letter(int(option[2] or option[3])), column)
        elif told is not None:
            feedback.setdefault(told[1] if told[1].isalpha() else _letter(int(told[1])), column)
        elif role == WRONG:
            wrong.append(column)
        elif role == RIGHT:
            right.append(column)
        elif role is not None and role not in roles:
            roles[role] = column
        elif words:
            unused.append(column)
    if QUESTION not in roles or not (right or options or OPTIONS in roles):
        return None
    if not right and len(options) == 1:
        right = [options.popitem()[1]]  # one column "Answer 1" is the answer
    return Columns(
        first=index + 1,
        roles=roles,
        options=options,
        feedback=feedback,
        right=tuple(right),
        wrong=tuple(wrong),
        headings=tuple(cells),
        unused=tuple(unused),
    )


def _words(heading: str) -> str:
    """Return a heading in lower case without signs. What follows a dash or is in brackets explains it."""
    text = re.split(r" [-–—] |\(|:|\n", heading.casefold())[0]
    return " ".join(re.sub(r"[^\w ]|_", " ", text).split())


def _bare(words: str) -> str:
    """Return a heading without its number: "wrong answer 2"."""
    return re.sub(r" ?\d+$", "", words)


def _letter(number: int) -> str:
    return chr(ord("a") + number - 1) if 1 <= number <= 26 else str(number)


def _by_content(table: Sheet) -> Columns | None:
    """Return the columns of a list without headings: a number perhaps, the question, the answers, the right one."""
    rows = [row for row in table.rows if not row.is_empty]
    width = max((len(row.cells) for row in rows), default=0)
    start = int(bool(rows) and all(row.text(0).isdigit() for row in rows))
    if width - start < _FEWEST + 1 or len(rows) < 1:
        return None
    options = {_letter(at + 1): column for at, column in enumerate(range(start + 1, width - 1))}
    columns = Columns(first=0, roles={QUESTION: start}, options=options, right=(width - 1,))
    fitting = sum(_refers(row, columns) for row in rows)
    return columns if fitting >= 0.8 * len(rows) else None


def _refers(row: SheetRow, columns: Columns) -> bool:
    """Return whether the last cell of a row names one of the answers before it."""
    right = row.text(columns.right[0]).casefold()
    texts = {row.text(column).casefold() for column in columns.options.values()} - {""}
    return (
        len(texts) > 1 and len(row.text(columns.roles[QUESTION])) > 2 and (right in texts or right in columns.options)
    )
