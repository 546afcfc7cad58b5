"""Checks caption files, WebVTT and SubRip: their times, their order and the length of their lines."""

from collections.abc import Iterator
from itertools import pairwise

from lokaltmot_lms.errors import Position, Problem
from lokaltmot_lms.errors.files import SUBRIP_CUE, SUBRIP_UNREADABLE
from lokaltmot_lms.errors.media import (
    CAPTION_LINE_TOO_LONG,
    CAPTION_TIME,
    CAPTIONS_EMPTY,
    CAPTIONS_NOT_WEBVTT,
    CAPTIONS_OUT_OF_ORDER,
    CAPTIONS_OVERLAP,
)
from lokaltmot_lms.file_formats.captions import Cue, clock, is_webvtt, plain, read_subrip, read_webvtt, text_of

# Common practice for television in Latin letters; MediaLT's advice for the web in Norway is 40.
LONGEST_LINE = 42


def caption_problems(content: bytes, path: str, *, spoken: bool = True) -> Iterator[Problem]:
    """Yield what is wrong with a caption file, at its own lines.

    path: ends in .vtt or .srt, which decides how the content is read.
    spoken: False for a chapter file, whose lines are titles in a menu and may be longer.
    """
    text = text_of(content)
    is_subrip = path.lower().endswith(".srt") and not is_webvtt(text or "")
    if text is None or (not is_webvtt(text) and not is_subrip) or (is_subrip and "-->" not in text):
        yield (SUBRIP_UNREADABLE if is_subrip else CAPTIONS_NOT_WEBVTT).at(Position(path=path))
        return
    found = list(read_subrip(text) if is_subrip else read_webvtt(text))
    cues: list[Cue] = []
    for cue in found:
        if isinstance(cue, Cue):
            cues.append(cue)
        else:
            fault = SUBRIP_CUE if is_subrip else CAPTION_TIME
            yield fault.at(Position(path=path, line=cue.line), time=cue.text[:60])
    if not found:
        yield CAPTIONS_EMPTY.at(Position(path=path))
    yield from _cue_problems(cues, path, LONGEST_LINE if spoken else None)


def _cue_problems(cues: list[Cue], path: str, longest: int | None) -> Iterator[Problem]:
    for above, cue in pairwise(cues):
        if cue.start < above.start:
            yield CAPTIONS_OUT_OF_ORDER.at(Position(path=path, line=cue.line))
        elif cue.start < above.end:
            yield CAPTIONS_OVERLAP.at(Position(path=path, line=cue.line), time=clock(cue.start))
    for cue in cues:
        for number, words in cue.lines:
            length = len(plain(words))
            if longest is not None and length > longest:
                yield CAPTION_LINE_TOO_LONG.at(Position(path=path, line=number), length=length, limit=longest)
