"""Notices lines that stand twice in a row: a slip of the copying hand that nothing else would show."""

from lokaltmot_lms.errors.text import LINE_TWICE
from lokaltmot_lms.source.comments import Body
from lokaltmot_lms.source.report import Report


def report_twice(body: Body, first: int, report: Report) -> None:
    """Report a line of words that is the same as the line above it."""
    before = ""
    for row in range(first, len(body.source.lines)):
        line = body.source.lines[row].strip()
        if line and line == before and row not in body.fenced and any(char.isalnum() for char in line):
            report.add(LINE_TWICE, body.source.find(row, ""))
        before = line
