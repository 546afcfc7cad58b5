"""Puts repairs into the bytes of a file; every other byte stays."""

import re
from collections.abc import Iterable

from lokaltmot_lms.errors import Repair
from lokaltmot_lms.source.files import BYTE_ORDER_MARK

_LINE_END = re.compile(r"\r\n|\r|\n")  # as read_source sees them


def repaired(content: bytes, repairs: Iterable[Repair]) -> tuple[bytes, tuple[Repair, ...]]:
    """Return a file's bytes with the repairs made, and those that were made. A new line ends as the first one does.

    Left out are repairs that two problems disagree about, that touch another one, or whose old text is not there.

    Raises:
        UnicodeDecodeError: the file isn't UTF-8.
    """
    mark = BYTE_ORDER_MARK if content.startswith(BYTE_ORDER_MARK) else b""
    text = content.removeprefix(mark).decode("utf-8")
    starts = [0, *(found.end() for found in _LINE_END.finditer(text))]
    ends = [*(found.start() for found in _LINE_END.finditer(text)), len(text)]
    line_end = found[0] if (found := _LINE_END.search(text)) else "\n"
    made: list[Repair] = []
    free = len(text) + 1  # from the last repair to the first, so that the places before them stay true
    wanted = sorted(set(repairs), reverse=True)
    for repair in wanted:
        if sum(other.at == repair.at for other in wanted) > 1 or repair.at.line > len(starts):
            continue
        start = starts[repair.at.line - 1] + repair.at.column - 1
        end = start + len(repair.old)
        if end > ends[repair.at.line - 1] or end >= free or text[start:end] != repair.old:
            continue
        text = text[:start] + repair.new.replace("\n", line_end) + text[end:]
        free = start
        made.append(repair)
    return mark + text.encode(), tuple(reversed(made))
