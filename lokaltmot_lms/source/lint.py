"""Looks for text that Markdown reads in another way than its author may have meant, and says so.

Nothing here changes a text. A mark that was half deleted would otherwise be shown, or swallow words, in silence.
"""

import re
from collections.abc import Iterator, Sequence

from markdown_it.rules_block.table import escapedSplit
from markdown_it.token import Token

from lokaltmot_lms.errors.lookalikes import FORMULA, ITEM_INDENTED, LINES_JOINED, TABLE_CELLS
from lokaltmot_lms.errors.source import HARD_SPACE
from lokaltmot_lms.errors.text import (
    HEADING_ID,
    LAZY_LINE,
    LINE_TWICE,
    LIST_CLOSE,
    LONE_ITEM,
    LOOKS_LIKE,
    MARK_LEFT,
    MARK_OPEN,
    MARK_TAKEN,
    TABLE_DASHES,
    TABLE_ROW,
)
from lokaltmot_lms.source.comments import Body
from lokaltmot_lms.source.lines import Snippet, Source
from lokaltmot_lms.source.lookalikes.list_numbers import is_sentence
from lokaltmot_lms.source.lookalikes.pasted import report_pasted, report_video_addresses, spaced_name
from lokaltmot_lms.source.report import Report
from lokaltmot_lms.source.yaml import HARD_SPACES

# Left in a text after reading: half of one of our own marks (an error), or of one of Markdown's (a warning).
# Each begins with a lookahead for the characters that a mark can start with, so that the alternatives are not all tried
# at every character of a text.
_OPEN = re.compile(
    r"(?=[\s{}\[\]fl])(?:\{{0,2}\s?(?<!\w)(?:fact|fakta|local|lokal)\.[a-z][\w-]*\}{0,2}"
    r"|\[\[|\]\]|\{\{|\}\}|\]\s?\{|\{\s*lang\b)",
    re.IGNORECASE,
)
_LEFT = re.compile(
    r"(?=[*`\[\]<-])(?:\*\*+|(?<![\w*])\*(?=[^\s*])|(?<=[^\s*])\*(?!\w)|`"
    r"|\]\s?\((?=\S)|\]\s*\(\s*(?:https?:|media/|#)|\[[^\]\[]*\((?:https?:|media/|#)|<!-|->)"
)
_LIST = re.compile(r"\s*(?:[-*+]|\d{1,9}[.)])\s+\S")
_DASHED = re.compile(r"\s*(?:[–—−•·]\s+\S|[-+][^\W\d_])")
_ITEM = re.compile(r"[ \t]*([-*+]|\d{1,9}(?=[.)]))[.)]?[ \t]+\S")
_SPEECH = re.compile(r"\s*[–—−]\s*\w")
_INDENTED = re.compile(r" {4}| {0,3}\t")
_HARD = re.compile(
    rf"[ \t]*(?:(?P<before>[{HARD_SPACES}])\s*(?:[-*+]|#{{1,6}}|\d{{1,2}}[.)])[ \t]"
    rf"|(?:[-*+](?=.\D)|#{{1,6}}|(?P<number>\d{{1,2}}[.)]))(?P<after>[{HARD_SPACES}]))"
)
_NUMBERED = re.compile(rf"\s*\d{{1,2}}[.)][ {HARD_SPACES}]")
_EMPTY_ITEM = re.compile(r"\s*(?:[-*+]|\d{1,9}[.)])\s*$")
_TWO_MARKS = re.compile(r"\s*[-*+]\s+[-*+]\s+\w")
# TeX between its own marks, or a command of TeX. Prices ("5$ or 10$") have a space or no sign of mathematics inside.
_FORMULA = re.compile(
    r"(?<![\w\\$])\$\$?(?=[^\s$])(?:[^$\n]*[\\^_{}=+*/<>][^$\n]*|[a-zA-Z])(?<=\S)\$\$?(?!\w)"
    r"|\$\$\s[^$]*[\\^_{}=+*/<>][^$]*\$\$"
    r"|\\\((?=[^\n]*\\\))[^\n]*[\\^_{}=+*/<>][^\n]*?\\\)|\\\[(?=[^\n]*\\\])[^\n]*[\^_{}=+*/<>][^\n]*?\\\]"
    r"|\\(?:frac|sqrt|sum|prod|int|cdot|times|leq|geq|neq|alpha|beta|gamma|delta|pi|infty|text|mathrm|begin)\b"
)
_CODE = re.compile(r"(`+).*?\1")
_STARTS = (">", "|", "```", "~~~", "![", "<", ":::", "---", "***")
_BLOT = "\x01"  # in place of a mark: not a space, a letter or one of our marks
_ID_LEFT = re.compile(r"\{\s*#[^}]*\}\s*$")


def is_html(token: Token) -> bool:
    """Return whether a token is, or holds, HTML the author wrote."""
    if token.type in ("html_block", "html_inline"):
        return True
    return any(is_html(child) for child in token.children or ())


def report_lines(source: Source, first: int, last: int, report: Report) -> None:
    """Report lines that Markdown adds to the list, quote or table above them, or out of a list."""
    in_list = in_quote = in_fence = False
    before = ""
    for row in range(first, last):
        line = source.lines[row]
        is_fence = line.lstrip().startswith(("```", "~~~"))
        in_fence = in_fence != is_fence
        if in_fence or is_fence or not line.strip():
            in_list = in_quote = False
            before = ""
            continue
        report_video_addresses(Snippet(source, line, row, 0), report)
        if report_pasted(source, row, first, report):
            in_list = in_quote = False
            continue
        following = source.lines[row + 1] if row + 1 < last else ""
        # In a list, a line that begins with a date is its next item; and reported for its number.
        is_item = _is_item(line) and (in_list or not is_sentence(line, following))
        is_start = _is_start(line)
        before_list = _is_item(following) and not is_sentence(following)
        hard = _hard_space(line, before, following)
        if hard is not None:
            report.add(HARD_SPACE, source.at(row, hard), code=f"{ord(line[hard]):04X}")
        elif _is_near_item(line, in_list=in_list or before_list):
            report.add(LOOKS_LIKE, source.find(row, ""), good="- …")
        elif ((in_list and not line.startswith((" ", "\t"))) or in_quote) and not is_item and not is_start:
            report.add(LAZY_LINE, source.find(row, ""))
        elif before_list and not in_list and not is_item and not is_start and not line.rstrip("* ").endswith(":"):
            report.add(LIST_CLOSE, source.find(row, ""))
        before = line
        in_quote = line.lstrip().startswith(">") or (in_quote and not is_start and not is_item)
        in_list = is_item or (in_list and not is_start)


def _hard_space(line: str, before: str, following: str) -> int | None:
    """Return where a space is that Markdown takes for a letter, before or after the mark of a heading or an item."""
    found = None if line.isascii() else _HARD.match(line)
    if not found:
        return None
    if found["number"] and (is_sentence(line) or not (_NUMBERED.match(before) or _NUMBERED.match(following))):
        return None  # "17. mai" may well have such a space
    return found.start("before") if found["before"] else found.start("after")


def _is_item(line: str) -> bool:
    return bool(_LIST.match(line))


def _is_near_item(line: str, *, in_list: bool) -> bool:
    return bool(_EMPTY_ITEM.match(line) or _TWO_MARKS.match(line) or (in_list and _DASHED.match(line)))


def _is_start(line: str) -> bool:
    text = line.lstrip()
    hashes = len(text) - len(text.lstrip("#"))
    return text.startswith(_STARTS) or (1 <= hashes <= 6 and text[hashes : hashes + 1].isspace())


def report_blocks(tokens: Sequence[Token], snippet: Snippet, report: Report) -> None:
    """Report headings that carry an id, lists of one item, and table rows that are no rows."""
    columns = header = 0
    for index, token in enumerate(tokens):
        row = snippet.row + (token.map[0] if token.map else 0)
        if token.type == "heading_open":
            found = _ID_LEFT.search(tokens[index + 1].content)
            if found:
                report.add(HEADING_ID, snippet.source.find(row, found[0].strip()))
            elif not tokens[index + 1].content:
                report.add(LOOKS_LIKE, snippet.source.find(row, ""), good="## …")
        elif token.type in ("ordered_list_open", "bullet_list_open") and not token.level and _is_lone(tokens, index):
            report.add(LONE_ITEM, snippet.source.find(row, ""))
        elif token.type == "paragraph_open":
            _report_items(tokens[index + 1].content, snippet.source, row, report)
        elif token.type == "table_open":
            header = row
            columns = sum(other.type == "th_open" for other in tokens[index : _end(tokens, index)])
        elif token.type == "tr_open" and "|" not in snippet.source.lines[row]:
            report.add(TABLE_ROW, snippet.source.find(row, ""))
        elif token.type == "tr_open" and row > header and (count := _cells(snippet.source.lines[row])) != columns:
            report.add(TABLE_CELLS, snippet.source.find(row, ""), count=count, columns=columns)


def _report_items(content: str, source: Source, row: int, report: Report) -> None:
    """Report a line of a paragraph that a person takes for an item of a list. It is indented too far for Markdown."""
    above, *lines = content.split("\n")
    for down, line in enumerate(lines, start=1):
        item = _ITEM.match(line)
        if item and (not item[1].isdigit() or _INDENTED.match(line)):
            report.add(ITEM_INDENTED, source.find(row + down, ""))
        elif (_SPEECH.match(line) and _SPEECH.match(above)) or (is_sentence(line) and is_sentence(above)):
            report.add(LINES_JOINED, source.find(row + down, ""))
        above = line


def _cells(line: str) -> int:
    """Return how many cells a row has: as markdown-it counts them, or GFM (4.10)."""
    cells = escapedSplit(line.strip().lstrip("> \t"))
    return len(cells) - (not cells[0].strip()) - (len(cells) > 1 and not cells[-1].strip())


def _is_lone(tokens: Sequence[Token], index: int) -> bool:
    level = tokens[index].level + 1
    inside = tokens[index + 1 : _end(tokens, index)]
    return sum(token.type == "list_item_open" and token.level == level for token in inside) == 1


def _end(tokens: Sequence[Token], index: int) -> int:
    """Return where the token is that closes another."""
    level = tokens[index].level
    return next(at for at in range(index + 1, len(tokens)) if tokens[at].nesting == -1 and tokens[at].level == level)


def report_line(token: Token, snippet: Snippet, report: Report) -> None:
    """Report what is left over, or taken away, in a line that was read."""
    content = snippet.text
    if content.startswith("|") and content.rstrip().endswith("|"):
        report.add(TABLE_DASHES, snippet.at())
    if "$" in content or "\\" in content:
        for found in _FORMULA.finditer(_CODE.sub(lambda code: " " * len(code[0]), content)):
            report.add(FORMULA, snippet.at(found.start()), mark=" ".join(found[0].split())[:40])
    report_video_addresses(snippet, report)
    spaced = spaced_name(snippet, report) or (0, 0)
    left = _left(token.children or (), content)
    for leftover, fault in ((_OPEN, MARK_OPEN), (_LEFT, MARK_LEFT)):
        for found in leftover.finditer(left):
            if not spaced[0] <= found.start() < spaced[1]:
                report.add(fault, snippet.at(found.start()), mark=found[0])
    for mark, offset in _taken(token.children or (), content):
        report.add(MARK_TAKEN, snippet.at(offset), mark=mark)
    for found in re.finditer(r"&#?\w+;", content):
        if any(child.info == "entity" and child.markup == found[0] for child in token.children or ()):
            report.add(MARK_TAKEN, snippet.at(found.start()), mark=found[0])


def _left(children: Sequence[Token], content: str) -> str:
    """Return the line with all that was read as a mark blotted out: a sign that still shows is a leftover."""
    pieces, place = list[str](), 0
    for child in children:
        words = child.content if child.type == "text" else "\n" if child.type in ("softbreak", "hardbreak") else ""
        start = content.find(words, place) if words else -1
        if start >= 0:
            pieces += (_BLOT * (start - place), words)
            place = start + len(words)
    return "".join((*pieces, _BLOT * (len(content) - place)))


def _taken(children: Sequence[Token], content: str) -> Iterator[tuple[str, int]]:
    """Yield marks that Markdown read as emphasis inside a word: snake_case_, __init__, 5*3*2."""
    if any(child.nesting == 1 and "_" in child.markup for child in children):
        for found in re.finditer(r"(?<!\\)_\w*_\w*_?|__\w", content):
            if found[0].count("_") > 2 or found[0].startswith("__"):
                yield "_", found.start()
    if any(child.type == "em_open" and child.markup == "*" for child in children):
        for found in re.finditer(r"(?<=\w)(?<!\\)\*(?=\w)", content):
            yield "*", found.start()


def report_twice(body: Body, first: int, report: Report) -> None:
    """Report a line of words that is the same as the line above it."""
    before = ""
    for row in range(first, len(body.source.lines)):
        line = body.source.lines[row].strip()
        if line and line == before and row not in body.fenced and any(char.isalnum() for char in line):
            report.add(LINE_TWICE, body.source.find(row, ""))
        before = line
