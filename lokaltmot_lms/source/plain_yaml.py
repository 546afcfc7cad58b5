"""The short road for plain YAML: `key: value` lines, lists of texts and one level of mappings.

It answers only where YAML itself leaves no doubt, and leaves all else, every slip included, to ruamel.yaml
by answering None. tests/property/test_reader.py holds that both roads say the same.
"""

import re

from lokaltmot_lms.patterns import pattern
from lokaltmot_lms.source.lines import Source
from lokaltmot_lms.source.values import Entry, Value

# A plain value begins with a letter or digit (in any script), « or (, and holds no ": ", " #" or quotes that
# YAML could read in two ways. A quoted value holds no escapes. A comment stands two spaces after its value.
_KEY = pattern(r"( *)([^\W_][\w-]*):(?: +|$)")
_ITEM = pattern(r"( +)- +")
_PLAIN = pattern(r"(?!.*(?: #|: |:$|\t))[^\W_«(][^\n]*|[«(](?!.*(?: #|: |:$|\t))[^\n]*")
_COMMENT = pattern(r" {2,}#.*$")
_QUOTED = pattern(r'"([^"\\\t]*)"')
_FOLD = ">-"
_FLOW = pattern(r"\[ *([\w-]+(?:, *[\w-]+)*)? *\]")


class _DoubtfulError(Exception):
    """Not plain enough for this road."""


def read_plain(source: Source, first: int, last: int) -> Value | None:
    """Return the mapping on rows first..last (exclusive), or None when the rows hold anything but plain YAML."""
    rows = [row for row in range(first, last) if (line := source.lines[row].strip()) and not line.startswith("#")]
    try:
        entries, used = _mapping(source, rows, 0, indent=0)
    except _DoubtfulError:
        return None
    if used < len(rows) or not entries:
        return None
    return Value(entries[0].at, tuple(entries), is_mapping=True)


def _mapping(source: Source, rows: list[int], index: int, indent: int) -> tuple[list[Entry], int]:
    entries: list[Entry] = []
    seen: set[str] = set()
    while index < len(rows):
        row = rows[index]
        line = source.lines[row]
        found = _KEY.match(line)
        if not found or len(found[1]) < indent:
            break
        if len(found[1]) > indent or found[2] in seen:
            raise _DoubtfulError
        seen.add(found[2])
        index += 1
        value = _scalar(source, row, found.end())
        if value is not None and value.text == _FOLD:
            value, index = _folded(source, rows, index, value, indent)
        elif value is None:
            value, index = _nested(source, rows, index, row, found.end(2) + 1, indent)
        elif index < len(rows) and _indent(source.lines[rows[index]]) > indent:
            raise _DoubtfulError  # the value goes on over several lines
        entries.append(Entry(found[2], source.at(row, indent), value))
    if index < len(rows) and _indent(source.lines[rows[index]]) >= indent and indent:
        raise _DoubtfulError
    return entries, index


def _folded(source: Source, rows: list[int], index: int, value: Value, indent: int) -> tuple[Value, int]:
    """Return the text of the lines under >-, which all stand equally deep without empty lines between."""
    deep = _indent(source.lines[rows[index]]) if index < len(rows) else 0
    words: list[str] = []
    row = rows[index] if deep > indent else len(source.lines)
    while row < len(source.lines) and _indent(source.lines[row]) == deep and source.lines[row].strip():
        if source.lines[row].lstrip().startswith("#") or "\t" in source.lines[row]:
            raise _DoubtfulError
        words.append(source.lines[row].strip())
        row += 1
    index += len(words)
    if not words or (index < len(rows) and (_indent(source.lines[rows[index]]) > indent or rows[index - 1] >= row)):
        raise _DoubtfulError
    return Value(value.at, " ".join(words)), index


def _nested(source: Source, rows: list[int], index: int, row: int, column: int, indent: int) -> tuple[Value, int]:
    """Return the list or mapping under a key that has no value on its own line."""
    deeper = _indent(source.lines[rows[index]]) if index < len(rows) else 0
    if deeper <= indent:
        if index < len(rows) and source.lines[rows[index]].lstrip().startswith("-"):
            raise _DoubtfulError  # a list that is not indented
        return Value(source.at(row, column), ""), index
    if _ITEM.match(source.lines[rows[index]]):
        return _items(source, rows, index, deeper)
    if indent:
        raise _DoubtfulError
    entries, used = _mapping(source, rows, index, deeper)
    if not entries:
        raise _DoubtfulError
    return Value(entries[0].at, tuple(entries), is_mapping=True), used


def _items(source: Source, rows: list[int], index: int, indent: int) -> tuple[Value, int]:
    at = source.at(rows[index], indent)
    items: list[Value] = []
    while index < len(rows):
        line = source.lines[rows[index]]
        found = _ITEM.match(line)
        if not found:
            if _indent(line) > 0:
                raise _DoubtfulError
            break
        item = _scalar(source, rows[index], found.end())
        if len(found[1]) != indent or item is None or item.text is None:
            raise _DoubtfulError
        items.append(item)
        index += 1
    return Value(at, tuple(items)), index


def _scalar(source: Source, row: int, column: int) -> Value | None:
    """Return the text or short list on the rest of a line; None when nothing stands there."""
    rest = _COMMENT.sub("", source.lines[row][column:]).rstrip(" ")
    if not rest or rest.startswith("#"):
        return None
    at = source.at(row, column)
    if rest == _FOLD and source.lines[row].rstrip().endswith(_FOLD):
        return Value(at, _FOLD)
    if quoted := _QUOTED.fullmatch(rest):
        return Value(at, quoted[1])
    if flow := _FLOW.fullmatch(rest):
        words = re.finditer(r"[\w-]+", rest) if flow[1] else ()
        return Value(at, tuple(Value(source.at(row, column + word.start()), word[0]) for word in words))
    if _PLAIN.fullmatch(rest):
        return Value(at, rest)
    raise _DoubtfulError


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))
