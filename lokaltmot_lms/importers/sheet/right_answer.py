"""Finds which answers of a row are right: by letter, by number, or by their text."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

_SEPARATORS = re.compile(r"[,;/&+|\n]|\bog\b|\band\b", re.IGNORECASE)
_PREFIX = re.compile(
    r"^(?:answer|option|choice|alternative|alternativ|alt|svaralternativ|svar|valg|val|nr|no)\b[. ]*", re.IGNORECASE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RowAnswer:
    """An answer of a row. letter: that refers to its column; number: of its column, from 1."""

    letter: str
    number: int
    text: str


def ways(cell: str, answers: Sequence[RowAnswer]) -> dict[str, frozenset[str]]:
    """Return the letters of the right answers for each way in which a cell can be read: "letter", "number", "text"."""
    by_letter = {answer.letter: answer.letter for answer in answers}
    by_number = {str(answer.number): answer.letter for answer in answers}
    by_text = {_same(answer.text): answer.letter for answer in answers}
    found = {
        "text": _named(cell, by_text, _same),
        "letter": _named(cell, by_letter, _reference) or _run_of_letters(cell, by_letter),
        "number": _named(cell, by_number, _reference),
    }
    return {way: letters for way, letters in found.items() if letters}


def _named(cell: str, names: dict[str, str], form: Callable[[str], str]) -> frozenset[str]:
    """Return the answers that a cell names, alone or in a list; none when one of the list is unknown."""
    whole = form(cell)
    if whole in names:
        return frozenset({names[whole]})
    for parts in (cell.split(";"), cell.split("\n"), cell.split("|"), _SEPARATORS.split(cell)):
        wanted = [form(part) for part in parts if part.strip()]
        if len(wanted) > 1 and all(part in names for part in wanted):
            return frozenset(names[part] for part in wanted)
    return frozenset()


def _run_of_letters(cell: str, names: dict[str, str]) -> frozenset[str]:
    """Return the answers of letters without a sign between them: "AC"."""
    letters = cell.strip()
    is_run = 1 < len(letters) <= len(names) and letters.isupper() and len(set(letters)) == len(letters)
    return frozenset(letters.lower()) if is_run and all(letter in names for letter in letters.lower()) else frozenset()


def _reference(text: str) -> str:
    return _PREFIX.sub("", text.strip()).strip(" .()[]:").casefold().removesuffix(".0")


def _same(text: str) -> str:
    return " ".join(text.split()).casefold().rstrip(".")
