"""Reads WebVTT captions: header, times and lines (W3C WebVTT, sections 4.1 and 6)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from lokaltmot_lms.errors import Position, Problem
from lokaltmot_lms.errors.media import (
    CAPTION_LINE_TOO_LONG,
    CAPTION_TIME,
    CAPTIONS_EMPTY,
    CAPTIONS_NOT_WEBVTT,
    CAPTIONS_OUT_OF_ORDER,
    CAPTIONS_OVERLAP,
)

# Common practice for television in Latin letters; MediaLT's advice for the web in Norway is 40.
LONGEST_LINE = 42

_TIME = r"(?:(\d{2,}):)?([0-5]\d):([0-5]\d)\.(\d{3})"
_TIMES = re.compile(rf"^{_TIME}[ \t]+-->[ \t]+{_TIME}(?:[ \t]+\S.*)?$")
_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """A caption. start and end in seconds; lines as (line number in the file, words)."""

    start: Decimal
    end: Decimal
    line: int
    lines: tuple[tuple[int, str], ...]


def caption_problems(content: bytes, path: str, *, spoken: bool = True) -> Iterator[Problem]:
    """Yield what is wrong with a caption file, at its own lines.

    spoken: False for a chapter file, whose lines are titles in a menu and may be longer.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        yield CAPTIONS_NOT_WEBVTT.at(Position(path=path))
        return
    lines = re.split(r"\r\n|\n|\r", text)
    if not re.match(r"WEBVTT(?:[ \t]|$)", lines[0]):
        yield CAPTIONS_NOT_WEBVTT.at(Position(path=path))
        return
    cues: list[Cue] = []
    found = [_cue(number, block) for number, block in _blocks(lines)]
    for cue in found:
        if isinstance(cue, Cue):
            cues.append(cue)
        elif cue is not None:
            line, time = cue
            yield CAPTION_TIME.at(Position(path=path, line=line), time=time)
    if not any(found):
        yield CAPTIONS_EMPTY.at(Position(path=path))
    yield from _cue_problems(cues, path, LONGEST_LINE if spoken else None)


def _blocks(lines: list[str]) -> Iterator[tuple[int, list[str]]]:
    """Yield (number of its first line, lines) for each block under the header."""
    start, block = 0, list[str]()
    for number, line in enumerate([*lines, ""], start=1):
        if line.strip():
            start = start if block else number
            block.append(line)
        elif block:
            if start > 1:  # the header's own block is on line 1
                yield start, block
            block = []


def _cue(number: int, block: list[str]) -> Cue | tuple[int, str] | None:
    """Return the cue, or (line, time line) of one that can't be read, or None for a note, style or region."""
    if re.match(r"(NOTE|STYLE|REGION)(?:[ \t]|$)", block[0]):
        return None
    has_name = "-->" not in block[0] and len(block) > 1 and "-->" in block[1]
    skip = int(has_name)
    times, line = block[skip].strip(), number + skip
    matched = _TIMES.match(times)
    if not matched:
        return line, times
    start, end = _seconds(*matched.groups()[:4]), _seconds(*matched.groups()[4:])
    if end <= start:
        return line, times
    words = tuple((line + offset, _TAG.sub("", text)) for offset, text in enumerate(block[skip + 1 :], start=1))
    return Cue(start=start, end=end, line=line, lines=words)


def _seconds(hours: str | None, minutes: str, seconds: str, thousandths: str) -> Decimal:
    return Decimal(hours or 0) * 3600 + Decimal(minutes) * 60 + Decimal(seconds) + Decimal(thousandths) / 1000


def _cue_problems(cues: list[Cue], path: str, longest: int | None) -> Iterator[Problem]:
    for above, cue in pairwise(cues):
        if cue.start < above.start:
            yield CAPTIONS_OUT_OF_ORDER.at(Position(path=path, line=cue.line))
        elif cue.start < above.end:
            yield CAPTIONS_OVERLAP.at(Position(path=path, line=cue.line), time=clock(cue.start))
    for cue in cues:
        for number, words in cue.lines:
            if longest is not None and len(words) > longest:
                yield CAPTION_LINE_TOO_LONG.at(Position(path=path, line=number), length=len(words), limit=longest)


def clock(seconds: Decimal) -> str:
    """Return seconds as WebVTT writes them: 01:23.500."""
    minutes, rest = divmod(seconds, 60)
    return f"{int(minutes):02}:{rest:06.3f}"
