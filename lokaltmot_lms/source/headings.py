"""Reads `# Title {#id}` and `::: name argument {#id}`, and reports lines that nearly match."""

import re
from typing import NamedTuple
from unicodedata import normalize

from lokaltmot_lms.errors import Position, Repair
from lokaltmot_lms.errors.text import LOOKS_LIKE
from lokaltmot_lms.source.keywords import BLOCKS, spellings
from lokaltmot_lms.source.lines import Snippet, Source
from lokaltmot_lms.source.lookalikes.pasted import spaced_name
from lokaltmot_lms.source.report import Report

LONGEST_ID = 40
_HEADING = re.compile(r"\s*(#{1,6})(?:\s+(.*?))?\s*$")
# No two adjacent parts may both match spaces: matching a long line of spaces would take quadratic time.
ID_MARK = re.compile(r"\{[ \t]*#[ \t]*([^{}\s][^{}]*|)\}\s*$")
_ID = re.compile(r"[a-z][a-z0-9-]*")
OPENING = re.compile(r"\s*:::+\s*([^\W\d_][\w-]*)\s*(.*?)\s*$")

# Signs that look like ours on a screen, or that a word processor puts in their place.
_PLAIN = {"–": "-", "—": "-", "−": "-", "‐": "-", "‑": "-", "•": "-", "·": "-", "\u00a0": " ", "→": "->"}
_LIKE = re.compile(f"[{''.join(_PLAIN)}]")
_BLOCK_NAMES = "|".join(sorted(spellings(BLOCKS), key=len, reverse=True))
_NEAR_BLOCK = re.compile(
    rf"\s*(?::\s*){{2,}}|\s*[:;.]{{1,4}}\s*(?:{_BLOCK_NAMES})\b(?!\s+\w+\s+\w+\s+\w+)", re.IGNORECASE
)
_NEAR_CLOSING = re.compile(r"\s*(?:[:;]\s*){1,4}$")
_NEAR_HEADING = re.compile(r"\s*#{1,6}\S*.*\{\s*#|\s*#{1,6}\s")
_TIGHT_HEADING = re.compile(r"\s*(#{1,2})(?=[^\W_][^{}]*\{#[a-z][a-z0-9-]*\}\s*$)")  # only the space is missing
_PICTURE_FILE = r"\.(?:svg|png|jpe?g|gif|webp)\b"
_CURLY_QUOTE = re.compile(r"\]\([^)]*?([«»“”„])")
_NEAR_FIGURE = re.compile(rf"\s*!\s*[\[(].*[\])]\s*[\[(]|\s*\[[^\]]*\]\([^)]*{_PICTURE_FILE}|\s*!\[|\s*!\(")


def is_id(text: str) -> bool:
    """Return whether a text may be an id: small ASCII letters, digits and hyphens, a letter first, not too long."""
    return bool(_ID.fullmatch(text)) and len(text) <= LONGEST_ID


class Heading(NamedTuple):
    """A heading line.

    level: how many #; id: "" when none was written; id_at: its position.
    end: where an id is to be written that is missing; has_mark: {#} is there already.
    """

    level: int
    title: Snippet
    id: str
    at: Position
    id_at: Position
    end: Position
    has_mark: bool


def read_heading(source: Source, row: int) -> Heading | None:
    """Return the heading on a row; None for any other line. Leading spaces make no difference."""
    found = _HEADING.match(source.lines[row])
    if not found:
        return None
    text, start = found[2] or "", found.start(2) if found[2] else found.end(1)
    mark = ID_MARK.search(text)
    id_at = source.at(row, start + mark.start(1)) if mark else source.find(row, "")
    end = id_at if mark else source.at(row, len(source.lines[row].rstrip()))
    title = text[: mark.start()].rstrip() if mark else text
    title = re.sub(r"\s+#+$", "", title)
    id_ = mark[1].rstrip() if mark else ""
    snippet = Snippet(source, title, row, start)
    return Heading(len(found[1]), snippet, id_, source.find(row, ""), id_at, end, bool(mark))


def suggestion(title: str) -> str:
    """Return an id made from a title: æ, ø and å become ae, o and a, all else that isn't ASCII is dropped."""
    letters = title.casefold().replace("æ", "ae").replace("ø", "o").replace("å", "a")
    ascii_only = normalize("NFKD", letters).encode("ascii", "ignore").decode()
    words = re.sub(r"[^a-z0-9]+", "-", ascii_only).strip("-")
    while len(words) > LONGEST_ID and "-" in words:
        words = words.rsplit("-", 1)[0]
    words = words[:LONGEST_ID].strip("-")
    return words if words[:1].isalpha() else f"id-{words}".strip("-")


def straight(line: str) -> str:
    """Return a line with full-width signs, dashes and bullets as the plain ones they look like."""
    return line if line.isascii() else normalize("NFKC", _LIKE.sub(lambda found: _PLAIN[found[0]], line))


def is_closing(line: str) -> bool:
    """Return whether a line is :::, the end of a block; more colons and spaces make no difference."""
    marks = line.strip()
    return len(marks) >= 3 and not marks.strip(":")


def is_near_opening(line: str) -> bool:
    """Return whether a line looks like the start of a block to a person."""
    return bool(_NEAR_BLOCK.match(straight(line).strip()))


def is_near_closing(line: str) -> bool:
    """Return whether a line looks like ::: to a person."""
    return bool(_NEAR_CLOSING.match(straight(line)))


def report_near(source: Source, row: int, report: Report) -> bool:
    """Report a line that is nearly a heading, a block's edge or a picture; return whether it was."""
    line = straight(source.lines[row]).strip()
    if spaced_name(Snippet(source, source.lines[row], row, 0), report):
        return True
    good = ""
    if _NEAR_BLOCK.match(line):
        good = "::: …"
    elif _NEAR_HEADING.match(line) or ID_MARK.search(line):
        good = "# … {#…}"
    elif _NEAR_FIGURE.match(line):
        good = "![…](media/…)"
    if good:
        quote = _CURLY_QUOTE.search(source.lines[row])
        at = source.at(row, quote.start(1)) if quote and "media" in good else source.find(row, "")
        tight = _TIGHT_HEADING.match(source.lines[row])
        repair = Repair(at=source.at(row, tight.end(1)), old="", new=" ") if tight else None
        report.offer(repair, LOOKS_LIKE, at, good=good)
    return bool(good)
