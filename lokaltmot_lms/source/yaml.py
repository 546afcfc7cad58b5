"""Reads YAML to values with places, by ruamel.yaml's events: nothing is resolved, expanded or built on the way."""

import re
from collections.abc import Iterator
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from lokaltmot_lms.errors import Position
from lokaltmot_lms.errors.source import (
    COMMENT_EATS,
    HARD_SPACE,
    KEY_TWICE,
    QUOTES_SHOWN,
    SPACE_MISSING,
    YAML_BROKEN,
    YAML_COLON,
    YAML_FORBIDDEN,
    YAML_TAB,
    YAML_TOO_DEEP,
)
from lokaltmot_lms.source.lines import Source
from lokaltmot_lms.source.report import Report
from lokaltmot_lms.source.values import KeyValue, Value

_DEEPEST = 4
# Two spaces before # make a comment. One space is how people write "lag # 1", and YAML drops the rest in silence.
_EATEN = re.compile(r" #")


# A space that YAML takes for a letter. They come from word processors, from web pages and from Alt and space on a Mac.
HARD_SPACES = "\u00a0\u1680\u2000-\u200b\u202f\u205f\u2060\u3000\ufeff"
_HARD_SPACE = re.compile(rf"\s*(?:- +)?\w[\w-]*\s*:([{HARD_SPACES}])|\s*-([{HARD_SPACES}])|[ ]*([{HARD_SPACES}])")
_BLOCK_TEXT = re.compile(r"[|>][+-]?\d?$")
_NO_SPACE = re.compile(r"\s*(?:- +)?\w[\w-]*\s*(:)(?=\S)|\s*(-)(?=\w)")
_OTHER_COLON = re.compile(r"\s*\w[\w-]*\s*([：﹕∶=;])")
_QUOTED = re.compile("[«“„”»][^«»“”„]+[»”“«]")
_HAS_KEY = re.compile(r":(?:\s|$)|\s*-(?:\s|$)|\s*[#\]})]")


class _UnreadableYamlError(Exception):
    """Reading stops here; the reason has been reported."""


def read_yaml(source: Source, report: Report, *, first: int = 0, last: int | None = None) -> Value | None:
    """Return the mapping written on rows first..last (exclusive) of a source; None when it can't be read.

    Every value is text, a list or a mapping. Anchors, aliases and tags are refused, so nothing can multiply.
    """
    rows = _with_plain_spaces(source, first, last, report)
    reader = _YamlReader(source, first, report)
    try:
        value = reader.document("\n".join(rows) + "\n")
    except _UnreadableYamlError:
        return None
    if value is not None and not value.is_mapping:
        report.add(YAML_BROKEN, value.at)
        return None
    return value or Value(source.at(first), (), is_mapping=True)


def _with_plain_spaces(source: Source, first: int, last: int | None, report: Report) -> list[str]:
    """Return the rows with an ordinary space for each special one that is a part of the layout, after reporting it."""
    rows = list(source.lines[first:last])
    text_under = -1  # the indent of a key whose text is on the lines below it
    for index, line in enumerate(rows):
        indent = len(line) - len(line.lstrip(" "))
        if text_under >= 0 and (not line.strip() or indent > text_under):
            continue
        text_under = indent if _BLOCK_TEXT.search(line.rstrip()) else -1
        while not rows[index].isascii() and (found := _HARD_SPACE.match(rows[index])):
            place = found.start(found.lastindex or 0)
            report.add(HARD_SPACE, source.at(first + index, place), code=f"{ord(rows[index][place]):04X}")
            rows[index] = f"{rows[index][:place]} {rows[index][place + 1 :]}"
    return rows


def report_quotes(value: str, at: Position, report: Report) -> None:
    """Report a value in quotes that only a word processor takes for quotes. at: the position of the value."""
    if _QUOTED.fullmatch(value):
        report.add(QUOTES_SHOWN, at, open=value[0], close=value[-1])


class _YamlReader:
    """Turns ruamel.yaml's events to values."""

    def __init__(self, source: Source, first: int, report: Report) -> None:
        self._source = source
        self._first = first
        self._report = report

    def document(self, text: str) -> Value | None:
        """Return the value of a text that holds one document, None when it is empty."""
        events = YAML(typ="safe", pure=True).parse(text)
        try:
            value = self._body(events)
        except YAMLError as error:
            raise self._explained(error) from error
        except (ValueError, OverflowError) as error:  # "\UFFFFFFFF" is not a character
            self._report.add(YAML_BROKEN, self._source.at(self._first))
            raise _UnreadableYamlError from error
        return value

    def _body(self, events: Iterator[Any]) -> Value | None:
        value: Value | None = None
        for event in events:
            kind = type(event).__name__
            if kind in ("StreamStartEvent", "StreamEndEvent", "DocumentStartEvent", "DocumentEndEvent"):
                continue
            if value is not None:
                raise self._refuse(YAML_BROKEN, event)
            value = self._value(event, events, depth=0)
        return value

    def _value(self, event: Any, events: Iterator[Any], depth: int) -> Value:
        kind = type(event).__name__
        if kind == "AliasEvent" or getattr(event, "anchor", None) or getattr(event, "ctag", None):
            raise self._refuse(YAML_FORBIDDEN, event)
        if depth > _DEEPEST:
            raise self._refuse(YAML_TOO_DEEP, event)
        at = self._at(event.start_mark)
        if kind == "ScalarEvent":
            self._refuse_eaten(event)
            if event.style is None:
                report_quotes(event.value, at, self._report)
            return Value(at, event.value)
        if kind == "SequenceStartEvent":
            return Value(at, tuple(self._items(events, depth)))
        if kind == "MappingStartEvent":
            return Value(at, tuple(self._entries(events, depth)), is_mapping=True)
        raise self._refuse(YAML_BROKEN, event)

    def _items(self, events: Iterator[Any], depth: int) -> Iterator[Value]:
        for event in events:
            if type(event).__name__ == "SequenceEndEvent":
                return
            yield self._value(event, events, depth + 1)

    def _entries(self, events: Iterator[Any], depth: int) -> Iterator[KeyValue]:
        seen: set[str] = set()
        for event in events:
            if type(event).__name__ == "MappingEndEvent":
                return
            key = self._value(event, events, depth + 1)
            if key.text is None:
                raise self._refuse(YAML_BROKEN, event)
            value = self._value(next(events), events, depth + 1)
            if key.text in seen:
                self._report.add(KEY_TWICE, key.at, key=key.text)
            else:
                seen.add(key.text)
                yield KeyValue(key.text, key.at, value)

    def _refuse_eaten(self, event: Any) -> None:
        if event.style is not None or not event.value:
            return
        row = self._first + event.end_mark.line
        line = self._source.lines[row] if row < len(self._source.lines) else ""
        if _EATEN.match(line, event.end_mark.column):
            self._report.add(COMMENT_EATS, self._source.at(row, event.end_mark.column + 1))

    def _explained(self, error: Any) -> _UnreadableYamlError:
        is_open = "quoted" in str(getattr(error, "context", ""))  # the opening quote is what the author must see
        marks = [getattr(error, name, None) for name in ("problem_mark", "context_mark")]
        mark = (marks[1] if is_open else marks[0]) or marks[0] or marks[1]
        at = self._at(mark) if mark else self._source.at(self._first)
        said = str(getattr(error, "problem", "") or "")
        fault = YAML_BROKEN
        if "'\\t'" in said or self._char(at) == "\t":
            fault = YAML_TAB
        elif "mapping values are not allowed" in said:
            fault = YAML_COLON
        elif "undefined alias" in said or "tag" in said:
            fault = YAML_FORBIDDEN
        if fault in (YAML_COLON, YAML_BROKEN) and not is_open and self._is_line_without_key(at.line - 1):
            return _UnreadableYamlError()
        self._report.add(fault, at)
        return _UnreadableYamlError()

    def _is_line_without_key(self, last: int) -> bool:
        """Report the line that has no key, if there is one: YAML complains only about a line further down."""
        indent = 0
        for row in range(self._first, min(last + 1, len(self._source.lines))):
            line = self._source.lines[row]
            here = len(line) - len(line.lstrip())
            if '"' in line or "'" in line:
                return False  # a quoted text may run over several lines
            if _HAS_KEY.search(line):
                indent = here
            elif line.strip() and here <= indent:
                return self._report_without_key(row, line)
        return False

    def _report_without_key(self, row: int, line: str) -> bool:
        if found := _NO_SPACE.match(line):
            mark = found[found.lastindex or 0]
            self._report.add(SPACE_MISSING, self._source.at(row, found.end()), mark=mark)
        else:
            other = _OTHER_COLON.match(line)
            self._report.add(YAML_BROKEN, self._source.at(row, other.start(1)) if other else self._source.find(row, ""))
        return True

    def _refuse(self, fault: Any, event: Any) -> _UnreadableYamlError:
        self._report.add(fault, self._at(event.start_mark))
        return _UnreadableYamlError()

    def _at(self, mark: Any) -> Position:
        return self._source.at(self._first + mark.line, mark.column)

    def _char(self, at: Position) -> str:
        line = self._source.lines[at.line - 1] if at.line <= len(self._source.lines) else ""
        return line[at.column - 1 : at.column]
