"""Reads the `key: value` lines at the top of a ::: block."""

import re
from typing import NamedTuple

from lokaltmot_lms.errors.source import KEY_TWICE, UNKNOWN_KEY
from lokaltmot_lms.errors.text import LOOKS_LIKE, TEXT_IN_BLOCK
from lokaltmot_lms.source.keywords import BLOCK_KEYS, BLOCKS, is_norwegian, meaning
from lokaltmot_lms.source.lines import Snippet, Source
from lokaltmot_lms.source.report import Report, nearest_keyword
from lokaltmot_lms.source.values import Fields, KeyValue, Value
from lokaltmot_lms.source.yaml import report_quotes

_KEY = re.compile(r"\s*([^\W\d_][\w-]*)\s*[:：]\s*(.*?)\s*$")
_FIRST_WORD = re.compile(r"\s*([^\W\d_][\w-]*)\s*([:：;=.]?)")


class BlockSource(NamedTuple):
    """A ::: block: row of its first line, row of its end (exclusive), name as written, what follows the name."""

    source: Source
    row: int
    last: int
    name: str
    rest: Snippet


def read_keys(part: BlockSource, block: str, report: Report, *, has_body: bool) -> tuple[Fields, int]:
    """Return the block's keys, and the row where its body starts. Without a body, other lines are reported."""
    group = BLOCK_KEYS[block]
    entries: list[KeyValue] = []
    row = part.row + 1
    while row < part.last:
        line = part.source.lines[row]
        found = _KEY.match(line)
        is_known = bool(found) and meaning(found[1], group) is not None if found else False
        if found and is_known:
            _put(entries, part.source, row, found, report)
        elif line.strip():
            if has_body:
                break
            _report_line(part.source, row, found, block, report, _language(part, block, entries))
        row += 1
    if has_body and row < part.last and group:
        _report_near(part.source, row, block, report, _language(part, block, entries))
    return Fields(iter(entries), group, part.source.find(part.row, ":::"), report), row


def _language(part: BlockSource, block: str, entries: list[KeyValue]) -> bool | None:
    """Return whether a block is written in Norwegian: its keys tell it, or else its name."""
    by_keys = is_norwegian((entry.key for entry in entries), BLOCK_KEYS[block])
    return is_norwegian([part.name], BLOCKS) if by_keys is None else by_keys


def _put(entries: list[KeyValue], source: Source, row: int, found: re.Match[str], report: Report) -> None:
    key_at = source.at(row, found.start(1))
    if any(entry.key.casefold() == found[1].casefold() for entry in entries):
        report.add(KEY_TWICE, key_at, key=found[1])
        return
    text = found[2]
    if len(text) > 1 and text[0] == text[-1] == '"':  # as in YAML, for those who write it so
        text = text[1:-1]
    else:
        report_quotes(text, source.at(row, found.start(2)), report)
    entries.append(KeyValue(found[1], key_at, Value(source.at(row, found.start(2)), text)))


def _report_line(
    source: Source, row: int, found: re.Match[str] | None, block: str, report: Report, language: bool | None
) -> None:
    """Report a line that is no key, in a block that holds nothing but keys."""
    group = BLOCK_KEYS[block]
    if found:
        near = nearest_keyword(found[1], group, is_norwegian=language)
        report.add(UNKNOWN_KEY, source.at(row, found.start(1)), key=found[1], nearest=near)
    elif not _report_near(source, row, block, report, language):
        report.add(TEXT_IN_BLOCK, source.find(row, ""), block=block)


def _report_near(source: Source, row: int, block: str, report: Report, language: bool | None) -> bool:
    """Report a line that nearly is a key: the colon is missing, or a letter is wrong."""
    found = _FIRST_WORD.match(source.lines[row])
    if not found:
        return False
    group = BLOCK_KEYS[block]
    at = source.at(row, found.start(1))
    if meaning(found[1], group):
        report.add(LOOKS_LIKE, at, good=f"{found[1]}: …")
        return True
    near = nearest_keyword(found[1], group, is_norwegian=language) if found[2] else ""
    if near:
        report.add(UNKNOWN_KEY, at, key=found[1], nearest=near)
    return bool(near)
