"""Finds questions and cases that are written outside their block, where learners would read the key as text."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from lokaltmot_lms.errors.lookalikes import OUTSIDE_BLOCK
from lokaltmot_lms.source.comments import Body
from lokaltmot_lms.source.headings import OPENING, is_closing, is_near_closing, is_near_opening, read_heading, straight
from lokaltmot_lms.source.keywords import BLOCKS, LABELS, meaning
from lokaltmot_lms.source.report import Report

# Blocks whose text learners see. In the others these marks are at home, are reported, or are for the facilitator alone.
_SHOWN = frozenset({"important", "notice", "case", "reflection"})

_BULLET = r"(?:[-*+]|\d{1,3}[.)]|[a-zA-Z][.)])"
_OPTION = re.compile(rf"\s*(?:>\s*)*(?:{_BULLET}\s*)?([(\[])\s*([xXхХ✓✔]?)\s*([)\]])(?![(\[{{])")
_LABEL = re.compile(r"\s*(?:>\s*)*([^\W\d_]+)\s*:\s*(.*?)\s*$")
_SCALE = re.compile(r"…|\.\.|\(\d+\)|\s-\s")
_ITEM = re.compile(r"\s*(?:[-*+]|\d{1,9}[.)])\s+\S")
_CHOICE = re.compile(r"\s*[-*+]\s.*(?<!\\)->\s*#[\w-]+\s*$")
_ARROW = re.compile(r"(?<!\\)=>")
_CODE = re.compile(r"(`+).*?\1")
_LONGEST_SIDE = 80  # a sentence with an arrow in it is longer than what anybody would choose from


class _Stray(NamedTuple):
    """A mark at a column. plain: how to write it as ordinary text."""

    mark: str
    plain: str
    column: int
    block: str = "quiz"


def report_stray_questions(body: Body, first: int, report: Report) -> None:
    """Report each question, pair or choice from a row on that is not in its block: once for each heading."""
    is_reported = False
    for row, block in _rows(body, first):
        if block == "#":
            is_reported = False
        elif not is_reported and (found := _stray(body, row, block)):
            at = body.source.at(row, found.column)
            report.add(OUTSIDE_BLOCK, at, mark=found.mark, block=found.block, plain=found.plain)
            is_reported = True


def _rows(body: Body, first: int) -> Iterator[tuple[int, str]]:
    """Yield the rows that learners see, each with the block that it is in; "#" for a heading or the edge of a block."""
    block: str | None = ""
    for row in range(first, len(body.source.lines)):
        line = body.source.lines[row]
        if not line or line.isspace() or row in body.fenced:
            continue
        opening = OPENING.match(line) if ":::" in line else None
        heading = read_heading(body.source, row) if "#" in line else None
        if opening:
            block = meaning(opening[1], BLOCKS)
        elif is_near_opening(line):
            block = None  # reported, and what is in it is read again when that is repaired
        elif is_closing(line) or is_near_closing(line) or (heading and heading.level == 1):
            block = ""
        elif not heading:
            if block == "" or block in _SHOWN:
                yield row, block or ""
            continue
        yield row, "#"


def _stray(body: Body, row: int, block: str) -> _Stray | None:
    line = _text(body, row)
    return _option(line) or _label(body, row, line) or (None if block == "case" else _pair(body, row, line))


def _text(body: Body, row: int) -> str:
    """Return a line with dashes and full-width signs as the plain ones, and what is in `code` as blanks."""
    line = straight(body.source.lines[row])
    return _CODE.sub(lambda found: " " * len(found[0]), line) if "`" in line else line


def _option(line: str) -> _Stray | None:
    found = _OPTION.match(line)
    if not found or (found[1] == "(") != (found[3] == ")"):
        return None
    mark = f"{found[1]}{found[2] or ' '}{found[3]}"
    return _Stray(f"- {mark}", f"- \\{mark}", found.start(1))


def _label(body: Body, row: int, line: str) -> _Stray | None:
    found = _LABEL.match(line)
    name = meaning(found[1], LABELS) if found else None
    if not found or name not in ("answer", "order", "scale"):
        return None
    before_list = bool(_ITEM.match(_next(body, row)))
    if name == "order" and (found[2] or not before_list):
        return None
    if name == "scale" and not before_list and not _SCALE.search(found[2]):
        return None
    return _Stray(f"{found[1]}:", f"{found[1]}\\:", found.start(1))


def _next(body: Body, row: int) -> str:
    lines = body.source.lines
    return next((lines[other] for other in range(row + 1, min(row + 4, len(lines))) if lines[other].strip()), "")


def _pair(body: Body, row: int, line: str) -> _Stray | None:
    choice = _CHOICE.match(line)
    if choice:
        return _Stray("-> #…", "\\->", line.rfind("->"), "case")
    found = _ARROW.search(line)
    if not found or not _is_pair(line):
        return None
    pairs, items = _count(body, row)
    if pairs > 1 or (_ITEM.match(line) and pairs * 2 >= items):
        return _Stray("=>", "\\=>", found.start())
    return None


def _is_pair(line: str) -> bool:
    sides = _ARROW.split(line)
    return len(sides) == 2 and bool(sides[1].strip()) and all(len(side) <= _LONGEST_SIDE for side in sides)


def _count(body: Body, row: int) -> tuple[int, int]:
    """Return how many pairs, and how many lines, a list or run of pairs has from a row on."""
    pairs = items = 0
    is_list = bool(_ITEM.match(body.source.lines[row]))
    for other in range(row, len(body.source.lines)):
        line = _text(body, other)
        if not line.strip():
            continue
        is_pair = _is_pair(line)
        if other in body.fenced or (is_list and not _ITEM.match(line)) or (not is_list and not is_pair):
            break
        pairs += is_pair
        items += 1
    return pairs, items
