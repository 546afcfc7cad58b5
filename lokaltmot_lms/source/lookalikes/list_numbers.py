"""Tells sentences that begin with a date, a year or a section from numbered lists, and reports lists numbered oddly.

CommonMark makes one list of "17. mai …" and "24. desember …", and numbers it 17 and 18 (spec 0.31.2, 5.2 and 5.3).
"""

import re
from collections.abc import Iterator, Sequence

from markdown_it.rules_block import StateBlock, list_block
from markdown_it.token import Token

from lokaltmot_lms.errors import Fault
from lokaltmot_lms.errors.lookalikes import LIST_NUMBERS, LIST_START
from lokaltmot_lms.errors.text import LONE_ITEM
from lokaltmot_lms.source.lines import Snippet
from lokaltmot_lms.source.report import Report

_MONTHS = "januar|februar|mars|april|mai|juni|juli|august|september|oktober|november|desember"
_SHORT_MONTHS = "jan|feb|mar|apr|jun|jul|aug|sept?|okt|nov|des"
_DAYS = "mandag|måndag|tirsdag|tysdag|onsdag|torsdag|fredag|lørdag|laurdag|søndag|sundag"
_FEASTS = r"(?:jule|romjuls|nyttårs|påske|pinse|advents)\w*"
_LAW = "ledd|punktum|paragraf|kapittel|avsnitt|strekpunkt|bokstav"
# Small letters only: "1. Mars" and "2. Jupiter" are planets. A list that has been numbered oddly is reported anyway.
_ORDINAL = re.compile(
    rf"\d{{1,2}}\.\s+(?:(?:{_MONTHS}|{_SHORT_MONTHS}|(?:{_DAYS})(?:en)?|{_FEASTS}|{_LAW})\b"
    r"|(?:(?:og|eller|til|[-–])\s*)?\d{1,2}\.(?=\s|\d|$))"
)
_HIGH = re.compile(r"\d{3,9}[.)]\s")  # a year or a section: nobody counts from there
_NUMBER = re.compile(r"\s*(\d{1,9})[.)]\s")


def is_sentence(line: str, following: str = "") -> bool:
    """Return whether a line that looks like the first of a numbered list is a sentence that begins with a number.

    following: the line below. In a list of the months, line 1 has a line 2 below it.
    """
    words = line.lstrip()
    if not words[:1].isdigit():
        return False
    numbers = [_NUMBER.match(each) for each in (line, following)]
    goes_on = [found and found[1] for found in numbers] == ["1", "2"]
    return bool(_HIGH.match(words)) or (bool(_ORDINAL.match(words)) and not goes_on)


def ordered_list(state: StateBlock, first: int, last: int, silent: bool) -> bool:
    """Read a list as markdown-it does, unless its first line is a sentence that begins with a date or the like."""
    is_next_item = state.sCount[first] < state.blkIndent  # of a list that has begun
    if not is_next_item and is_sentence(_line(state, first), _line(state, first + 1)):
        return False
    return list_block(state, first, last, silent)


def sentence_after_list(state: StateBlock, first: int, last: int, silent: bool) -> bool:  # noqa: ARG001  # a rule's form
    """End a list before a sentence that begins with a date, when an empty line is between them. It reads nothing."""
    return silent and not _line(state, first - 1).strip() and is_sentence(_line(state, first), _line(state, first + 1))


def _line(state: StateBlock, row: int) -> str:
    return state.src[state.bMarks[row] + state.tShift[row] : state.eMarks[row]] if row < state.lineMax else ""


def report_numbers(tokens: Sequence[Token], snippet: Snippet, report: Report) -> None:
    """Report each list whose numbers learners would not see as they are written, and lists that start anywhere else."""
    for index, token in enumerate(tokens):
        if token.type != "ordered_list_open":
            continue
        items = list(_items(tokens, index))
        written = [int(item.info) for item in items]
        shown = list(range(written[0], written[0] + len(written)))
        wrong = next((at for at, number in enumerate(written) if number != shown[at]), None)
        if len(items) == 1:
            _report_lone(token, tokens[index - 1], snippet, report)
        elif wrong is not None and set(written) not in ({0}, {1}):
            _add(LIST_NUMBERS, items[wrong], snippet, report, written=written[wrong], shown=shown[wrong])
        elif wrong is None and written[0] != 1:
            _add(LIST_START, items[0], snippet, report, written=written[0])


def _items(tokens: Sequence[Token], index: int) -> Iterator[Token]:
    level = tokens[index].level
    for at in range(index + 1, len(tokens)):  # not a slice: all the lists of a long page would be copied for each
        token = tokens[at]
        if token.nesting == -1 and token.level == level:
            return
        if token.type == "list_item_open" and token.level == level + 1:
            yield token


def _report_lone(token: Token, before: Token, snippet: Snippet, report: Report) -> None:
    """Report a number at the start of a list item: "- 3. etasje" would be a list in the list."""
    if before.type == "list_item_open" and token.map and before.map and token.map[0] == before.map[0]:
        report.add(LONE_ITEM, snippet.source.find(snippet.row + token.map[0], ""))


def _add(fault: Fault, item: Token, snippet: Snippet, report: Report, **values: object) -> None:
    row = snippet.row + (item.map[0] if item.map else 0)
    at = snippet.source.find(row, f"{item.info}{item.markup}")
    report.add(fault, at, plain=f"{item.info}\\{item.markup}", **values)
