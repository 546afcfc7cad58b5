"""Reports what is pasted from Word, Excel or a browser and would not become what its author sees."""

import re

from lokaltmot_lms.errors.files import NAME_WITH_SPACE, PASTED_LIST, PASTED_TABLE, VIDEO_ADDRESS
from lokaltmot_lms.source.lines import Snippet, Source
from lokaltmot_lms.source.report import Report

# Bullets as Word copies them, also in its Symbol and Wingdings fonts, and a dash, an "o" or a letter before a tab.
_ITEM = re.compile(
    r"\s*(?:([•●○◦▪▫■□‣⁃➢➤►❖✓✔·\uf02d\uf0a7\uf0b7\uf0d8\uf0fc])[ \t\u00a0]*|([–—o]|[a-z][.)])\t\s*)(?=\S)"
)
_MARKS = {"\uf02d": "-", "\uf0a7": "▪", "\uf0b7": "•", "\uf0d8": "➢", "\uf0fc": "✓"}
_MARKED = re.compile(r"\s*(?:[-*+>#]|\d+[.)])\s")
_VIDEO = re.compile(
    r"(?:https?://)?(?<![\w.-])(?:[\w-]+\.)?"
    r"(?:youtube(?:-nocookie)?\.com|youtu\.be|vimeo\.com|dailymotion\.com|tiktok\.com)/[^\s<>\"'\\)\]]+",
    re.IGNORECASE,
)
_VIDEO_SITE = re.compile(r"(?:youtu|vimeo|dailymotion|tiktok)", re.IGNORECASE)
_SPACED = re.compile(r"!?\[[^\[\]]*\]\(\s*([^\s()<>\":]+(?:[ \t\u00a0]+[^\s()<>\":]+)+)\s*(?:\"[^\"]*\"\s*)?\)")
_ENDING = re.compile(r"\.\w{2,5}$")
_MOST_SHOWN = 60  # characters


def report_pasted(source: Source, row: int, first: int, report: Report) -> bool:
    """Report a line of a pasted list or table, once for all its lines; return whether the line is one.

    first: the first row of the text, above which nothing belongs to the same list.
    """
    line, above = source.lines[row], source.lines[row - 1] if row > first else ""
    item = _ITEM.match(line)
    if item:
        if not _ITEM.match(above):
            mark = item[1] or item[2]
            start = line[item.end() :].strip()[:_MOST_SHOWN]
            report.add(PASTED_LIST, source.find(row, ""), mark=_MARKS.get(mark, mark), start=start)
        return True
    return _report_table(source, row, above, report)


def _report_table(source: Source, row: int, above: str, report: Report) -> bool:
    line = source.lines[row]
    below = source.lines[row + 1] if row + 1 < len(source.lines) else ""
    is_row = _is_row(line)
    if not is_row or not (_is_row(above) or _is_row(below) or line.strip().count("\t") > 1):
        return False
    if not _is_row(above):
        cells = [" ".join(cell.split()) for cell in line.strip().split("\t")]
        shown = f"| {' | '.join(cells)} |"
        report.add(
            PASTED_TABLE,
            source.find(row, ""),
            row=shown if len(shown) <= _MOST_SHOWN else f"{shown[: _MOST_SHOWN - 1]}…",
            rule=f"|{' --- |' * min(len(cells), 6)}",
        )
    return True


def _is_row(line: str) -> bool:
    return "\t" in line.strip() and "|" not in line and not _ITEM.match(line) and not _MARKED.match(line)


def report_video_addresses(snippet: Snippet, report: Report) -> None:
    """Report addresses of videos that are no links with words: nothing is embedded, and only the address shows."""
    if not _VIDEO_SITE.search(snippet.text):
        return  # nearly every line; the whole pattern tries its optional beginning at every character
    for found in _VIDEO.finditer(snippet.text):
        before = snippet.text[: found.start()].rstrip("<")
        if not before.endswith(("](", "]: ", "/", "@", "`", 'href="', "href='")):
            address = found[0].rstrip(".,;:!?")
            full = address if "://" in address else f"https://{address}"
            report.add(VIDEO_ADDRESS, snippet.at(found.start()), address=full)


def spaced_name(snippet: Snippet, report: Report) -> tuple[int, int] | None:
    """Report an image or a link whose file name has a space; return where it is in the text, or None."""
    found = _SPACED.search(snippet.text)
    first, *_, last = found[1].split() if found else ("", "")
    # A whole name and then other words: the words are a caption without its quotes.
    if found is None or _ENDING.search(first) or not (_ENDING.search(last) or "/" in first):
        return None
    report.add(NAME_WITH_SPACE, snippet.at(found.start(1)), file=found[1], good=re.sub(r"\s+", "-", found[1]))
    return found.span()
