"""Takes comments out of a module, and finds the code fences in which nothing means anything."""

import re
from typing import NamedTuple

from lokaltmot_lms.errors.text import COMMENT_IN_COMMENT, COMMENT_OPEN, FENCE_OPEN
from lokaltmot_lms.source.lines import Source
from lokaltmot_lms.source.report import Report

_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})([^`]*)$")


class Body(NamedTuple):
    """A source whose comments are blanks (places stay the same). fenced: rows inside code fences."""

    source: Source
    fenced: frozenset[int]


def without_comments(source: Source, first: int, report: Report) -> Body:
    """Return the rows from `first` on without <!-- … -->; a comment or fence that never ends is reported."""
    if not any("<!--" in line or "```" in line or "~~~" in line for line in source.lines[first:]):
        return Body(source, frozenset())
    reader = _CommentReader(source, report)
    lines = list(source.lines)
    for row in range(first, len(lines)):
        lines[row] = reader.line(row, lines[row])
    reader.finish()
    return Body(Source(source.path, tuple(lines)), frozenset(reader.fenced))


class _CommentReader:
    def __init__(self, source: Source, report: Report) -> None:
        self.fenced: set[int] = set()
        self._source = source
        self._report = report
        self._fence = ""
        self._fence_row = 0
        self._comment: tuple[int, int] | None = None

    def line(self, row: int, line: str) -> str:
        if self._comment is None and self._is_fenced(row, line):
            return line
        kept = []
        place = 0
        while place < len(line):
            if self._comment is None:
                start = self._opening(line, place)
                if start < 0:
                    kept.append(line[place:])
                    break
                kept.append(line[place:start] + "    ")
                self._comment = (row, start)
                place = start + 4
            else:
                place = self._inside(row, line, place, kept)
        left = "".join(kept)
        return left if left == line else left.rstrip()

    def _inside(self, row: int, line: str, place: int, kept: list[str]) -> int:
        """Blank a comment up to its end or the end of the line; return where the line goes on."""
        end = line.find("-->", place)
        stop = len(line) if end < 0 else end
        if line.find("<!--", place, stop) >= 0:
            self._report.add(COMMENT_IN_COMMENT, self._source.at(row, line.find("<!--", place)))
        if end < 0:
            return len(line)
        kept.append(" " * (end + 3 - place))
        self._comment = None
        return end + 3

    def _opening(self, line: str, place: int) -> int:
        """Return where a comment begins outside `code`, or -1."""
        start = line.find("<!--", place)
        while start >= 0 and line.count("`", 0, start) % 2:
            start = line.find("<!--", start + 4)
        return start

    def _is_fenced(self, row: int, line: str) -> bool:
        found = _FENCE.match(line)
        if not self._fence:
            if not found:
                return False
            self._fence, self._fence_row = found[1], row
        elif found and found[1].startswith(self._fence) and not found[2].strip():
            self._fence = ""
        self.fenced.add(row)
        return True

    def finish(self) -> None:
        """Report what never ended."""
        if self._comment is not None:
            self._report.add(COMMENT_OPEN, self._source.at(*self._comment))
        if self._fence:
            self._report.add(FENCE_OPEN, self._source.find(self._fence_row, self._fence), fence=self._fence)
