"""Reads captions, as WebVTT (W3C WebVTT, sections 4.1 and 6) and as SubRip (.srt), and writes them as WebVTT.

SubRip has no standard. Its form is that of the program it is named after: a number, a line of times with a comma before
the thousandths, the words, and an empty line.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

_TIME = r"(?:(\d{2,}):)?([0-5]\d):([0-5]\d)\.(\d{3})"
_WEBVTT_TIMES = re.compile(rf"{_TIME}[ \t]+-->[ \t]+{_TIME}(?:[ \t]+\S.*)?")
_SUBRIP_TIME = r"(\d{1,3}):([0-5]?\d):([0-5]?\d)[,.](\d{3})"
# Some programs write the place on the screen after the times. WebVTT says it otherwise, so it is left out.
_SUBRIP_TIMES = re.compile(rf"{_SUBRIP_TIME}[ \t]*-->[ \t]*{_SUBRIP_TIME}(?:[ \t]+[XY][12]:.*)?")
_TAG = re.compile(r"<[^>]*>")
# Colours, and the place on the screen in the notation of another program: browsers would show them as words.
_SUBRIP_ONLY = re.compile(r"</?font\b[^>]*>|\{\\an?\d+\}", re.IGNORECASE)
_STYLED = re.compile(r"(</?[biu]>)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """A caption. start and end in seconds; lines as (line number in the file, words with their tags)."""

    start: Decimal
    end: Decimal
    line: int
    lines: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BadCue:
    """A block of a caption file whose times can't be read, or end before they start. text: the line as written."""

    line: int
    text: str


def text_of(content: bytes) -> str | None:
    """Return the text of a caption file with its line ends as \\n; None when it isn't UTF-8."""
    try:
        return re.sub(r"\r\n?", "\n", content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return None


def is_webvtt(text: str) -> bool:
    """Return whether a text has the first line of a WebVTT file."""
    return re.match(r"WEBVTT(?:[ \t\n]|$)", text) is not None


def read_webvtt(text: str) -> Iterator[Cue | BadCue]:
    """Yield the captions of a WebVTT file; notes, styles and regions are skipped."""
    for number, block in _blocks(text):
        # The header's own block is on line 1.
        if number > 1 and not re.match(r"(NOTE|STYLE|REGION)(?:[ \t]|$)", block[0]):
            has_name = "-->" not in block[0] and len(block) > 1 and "-->" in block[1]
            yield _cue(number, block, _WEBVTT_TIMES, skip=int(has_name))


def read_subrip(text: str) -> Iterator[Cue | BadCue]:
    """Yield the captions of a SubRip file."""
    for number, block in _blocks(text):
        yield _cue(number, block, _SUBRIP_TIMES, skip=int(block[0].strip().isdecimal() and len(block) > 1))


def webvtt_of(cues: Sequence[Cue]) -> bytes:
    """Return captions that were read from SubRip as a WebVTT file, with italics, bold and underline."""
    blocks = (
        f"{clock(cue.start)} --> {clock(cue.end)}\n" + "\n".join(_escaped(words) for _, words in cue.lines)
        for cue in cues
    )
    return ("\n\n".join(("WEBVTT", *blocks)) + "\n").encode()


def subrip_as_webvtt(content: bytes) -> bytes:
    """Return a checked SubRip file as WebVTT; one that is WebVTT under the wrong name stays as it is."""
    text = text_of(content) or ""
    return content if is_webvtt(text) else webvtt_of([cue for cue in read_subrip(text) if isinstance(cue, Cue)])


def plain(words: str) -> str:
    """Return a caption's words without tags, as a learner sees them."""
    return _TAG.sub("", _SUBRIP_ONLY.sub("", words))


def clock(seconds: Decimal) -> str:
    """Return seconds as WebVTT writes them: 01:23.500, or 01:00:23.500 from an hour on."""
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    before = f"{int(hours):02}:" if hours else ""
    return f"{before}{int(minutes):02}:{rest:06.3f}"


def _blocks(text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield (number of its first line, lines) for each block between empty lines."""
    start, block = 0, list[str]()
    for number, line in enumerate([*text.split("\n"), ""], start=1):
        if line.strip():
            start = start if block else number
            block.append(line)
        elif block:
            yield start, block
            block = []


def _cue(number: int, block: list[str], times: re.Pattern[str], *, skip: int) -> Cue | BadCue:
    written, line = block[skip].strip(), number + skip
    matched = times.fullmatch(written)
    if matched:
        start, end = _seconds(*matched.groups()[:4]), _seconds(*matched.groups()[4:])
        if start < end:
            words = tuple((line + offset, text) for offset, text in enumerate(block[skip + 1 :], start=1))
            return Cue(start=start, end=end, line=line, lines=words)
    return BadCue(line=line, text=written)


def _seconds(hours: str | None, minutes: str, seconds: str, thousandths: str) -> Decimal:
    return Decimal(hours or 0) * 3600 + Decimal(minutes) * 60 + Decimal(seconds) + Decimal(thousandths) / 1000


def _escaped(words: str) -> str:
    """Return a line of SubRip as WebVTT cue text: only <b>, <i> and <u> are tags in both."""
    parts = _STYLED.split(_SUBRIP_ONLY.sub("", words))
    return "".join(
        part.lower() if at % 2 else part.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        for at, part in enumerate(parts)
    )
