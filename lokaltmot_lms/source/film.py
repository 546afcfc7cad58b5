"""Reads a video or sound block: the file, and all that lets everybody follow it."""

import re

from lokaltmot_lms.errors.source import VALUE_BAD
from lokaltmot_lms.errors.text import ARGUMENT_MISSING
from lokaltmot_lms.model import Film, Text
from lokaltmot_lms.source.block_options import BlockSource, read_keys
from lokaltmot_lms.source.files import read_source
from lokaltmot_lms.source.inline import TextReader
from lokaltmot_lms.source.keywords import NOT_NEEDED, meaning
from lokaltmot_lms.source.lines import Snippet
from lokaltmot_lms.source.paths import find_file
from lokaltmot_lms.source.values import Fields

_REASON = re.compile(r"([^\W\d_]+ [^\W\d_]+)\s*(?:[-–—:,]\s*(.*))?", re.DOTALL)
_LENGTH = re.compile(r"(?:\d{1,2}:)?\d{1,3}:[0-5]\d")
_FILES = {
    "video": (".mp4", ".webm", ".m4v"),
    "audio": (".mp3", ".m4a", ".ogg", ".oga", ".wav"),
    "captions": (".vtt",),
    "chapters": (".vtt",),
    "poster": (".jpg", ".jpeg", ".png", ".webp", ".gif", ".svg"),
    "audio-description": (".mp3", ".m4a", ".ogg", ".vtt", ".mp4", ".webm"),
    "transcript": (".md", ".txt"),
}


def read_film(part: BlockSource, kind: str, argument: Snippet, id_: str, ink: TextReader) -> Film | None:
    """Return the film; None when the block names no file that can be used. Every slip is reported."""
    keys, _ = read_keys(part, kind, ink.report, has_body=False)
    keys.require("title")
    path = _media(argument, kind, ink) if argument.text else None
    if not argument.text:
        good = f"::: {part.name} media/film{_FILES[kind][0]}"
        ink.report.add(ARGUMENT_MISSING, part.source.find(part.row, part.name), block=part.name, good=good)
    captions, no_captions = _file_or_reason(keys, "captions", ink)
    description, no_description = _file_or_reason(keys, "audio-description", ink)
    transcript_path, transcript = _transcript(keys, ink)
    length = keys.text("length")
    if length and not _LENGTH.fullmatch(length):
        keys.bad("length", "1:24")
    return Film(
        id=id_,
        kind=kind,
        path=path or argument.text,
        title=keys.text("title"),
        speaker=keys.text("speaker"),
        captions=captions,
        no_captions=no_captions,
        transcript=transcript,
        transcript_path=transcript_path,
        description=description,
        no_description=no_description,
        chapters=_file(keys, "chapters", ink),
        poster=_file(keys, "poster", ink),
        length=length,
        credit=keys.text("credit"),
        at=part.source.find(part.row, ":::"),
    )


def _media(argument: Snippet, kind: str, ink: TextReader) -> str | None:
    if not argument.text.lower().endswith(_FILES[kind]):
        ink.report.add(
            VALUE_BAD, argument.at(), key=kind, value=argument.text[:60], wanted=f"media/film{_FILES[kind][0]}"
        )
        return None
    return ink.media.add(argument.text, argument.at())


def _file(keys: Fields, name: str, ink: TextReader) -> str | None:
    """Return the file that was named; one that can't be used is reported, and still not called missing."""
    written = keys.text(name)
    if not written:
        return None
    if not written.lower().endswith(_FILES[name]):
        keys.bad(name, f"media/film{_FILES[name][0]}")
        return written
    return ink.media.add(written, keys.place(name)) or written


def _file_or_reason(keys: Fields, name: str, ink: TextReader) -> tuple[str | None, str]:
    """Return (file, "") or (None, the reason why none is needed)."""
    written = keys.text(name)
    found = _REASON.fullmatch(written)
    if not found or meaning(found[1], NOT_NEEDED) is None:
        return _file(keys, name, ink), ""
    if not found[2]:
        keys.bad(name, f"{found[1]} – …")
        return None, found[1]
    return None, found[2]


def _transcript(keys: Fields, ink: TextReader) -> tuple[str | None, Text | None]:
    path = _file(keys, "transcript", ink)
    is_text = path is not None and path.lower().endswith(_FILES["transcript"])
    file = find_file(ink.media.folder, path, keys.place("transcript"), ink.report) if path and is_text else None
    source = read_source(file, ink.report) if file else None
    return path, ink.prose(source, 0, len(source.lines)) if source else None
