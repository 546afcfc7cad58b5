"""Opens text files as UTF-8 lines, and refuses what is no text, too big or unreadable."""

import re
from os.path import relpath
from pathlib import Path

from lokaltmot_lms.errors import Position
from lokaltmot_lms.errors.source import CANNOT_READ, CONTROL_CHARACTER, FILE_TOO_BIG, NOT_UTF8
from lokaltmot_lms.errors.text import PARAGRAPH_TOO_LONG
from lokaltmot_lms.source.lines import Source
from lokaltmot_lms.source.report import Report

# A module of 2 MB is 400 pages of text: what is bigger is no module, and would only make the author wait.
MOST_TEXT = 2_000_000
MOST_YAML = 500_000
LONGEST_LINE = 10_000
BYTE_ORDER_MARK = b"\xef\xbb\xbf"

# XML 1.0, 2.2: characters no manifest and no page may hold. Tabs and line ends are fine.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")


def without_controls(text: str) -> str:
    """Return a text with a space for each character that no manifest and no page may hold."""
    return _CONTROL.sub(" ", text)


def shown(path: Path) -> str:
    """Return a path as a person would write it: from the folder the command runs in, forward slashes."""
    if path.is_absolute():
        nearer = relpath(path)
        return Path(nearer if not nearer.startswith("..") else path).as_posix()
    return path.as_posix()


def read_source(file: Path, report: Report, *, most: int = MOST_TEXT) -> Source | None:
    """Return a text file as lines, or None when it can't be read; every reason is reported.

    A byte order mark and Windows line ends are accepted; `most` is the size in bytes that is still read.
    """
    path = shown(file)
    start = Position(path=path)
    try:
        if not file.is_file():
            report.add(CANNOT_READ, start, file=path)
            return None
        size = file.stat().st_size
        if size > most:
            report.add(FILE_TOO_BIG, start, size=f"{size / 1e6:.1f}", most=f"{most / 1e6:g}")
            return None
        raw = file.read_bytes()
    except (OSError, ValueError):  # ValueError: a name with NUL in it
        report.add(CANNOT_READ, start, file=path)
        return None
    return _decoded(raw, path, report)


def _decoded(raw: bytes, path: str, report: Report) -> Source | None:
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        report.add(NOT_UTF8, _place_of_byte(raw, error.start, path), byte=f"{raw[error.start]:02X}")
        return None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    source = _without_long_lines(Source(path, tuple(text.split("\n"))), report)
    if all(map(str.isprintable, source.lines)) or not _CONTROL.search(text):
        return source
    for row, line in enumerate(source.lines):
        for found in _CONTROL.finditer(line):
            report.add(CONTROL_CHARACTER, source.at(row, found.start()), code=f"{ord(found[0]):04X}")
    return Source(path, tuple(map(without_controls, source.lines)))


def _without_long_lines(source: Source, report: Report) -> Source:
    if max(map(len, source.lines)) <= LONGEST_LINE:
        return source
    for row, line in enumerate(source.lines):
        if len(line) > LONGEST_LINE:
            report.add(PARAGRAPH_TOO_LONG, source.at(row))
    return Source(source.path, tuple(line if len(line) <= LONGEST_LINE else "" for line in source.lines))


def _place_of_byte(raw: bytes, index: int, path: str) -> Position:
    line_start = raw.rfind(b"\n", 0, index) + 1
    column = len(raw[line_start:index].decode("utf-8-sig", errors="replace"))
    return Position(path=path, line=raw.count(b"\n", 0, index) + 1, column=column + 1)
