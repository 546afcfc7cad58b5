"""Reads a video or sound block: the file, and all that lets everybody follow it."""

import re

from lokaltmot_lms.errors.text import ARGUMENT_MISSING
from lokaltmot_lms.model import Film, Text
from lokaltmot_lms.source.block_options import BlockSource, read_keys
from lokaltmot_lms.source.files import read_source
from lokaltmot_lms.source.inline import TextReader
from lokaltmot_lms.source.keywords import NOT_NEEDED, meaning
from lokaltmot_lms.source.lines import Snippet
from lokaltmot_lms.source.media import ENDINGS
from lokaltmot_lms.source.paths import find_file
from lokaltmot_lms.source.values import Fields

_REASON = re.compile(r"([^\W\d_]+ [^\W\d_]+)\s*(?:[-–—:,]\s*(.*))?", re.DOTALL)
_LENGTH = re.compile(r"(?:\d{1,2}:)?\d{1,3}:[0-5]\d")
# What a block's file is for, by its option: a key of ENDINGS.
_USES = {
    "captions": "captions", "chapters": "captions", "poster": "image", "audio-description": "audio-description",
    "transcript": "transcript",
}  # fmt: skip


def read_film(part: BlockSource, kind: str, argument: Snippet, id_: str, reader: TextReader) -> Film | None:
    """Return the film; None when the block names no file that can be used. Every mistake is reported."""
    keys, _ = read_keys(part, kind, reader.report, has_body=False)
    keys.require("title")
    path = reader.media.add(argument.text, argument.at(), kind) if argument.text else None
    if not argument.text:
        good = f"::: {part.name} media/film{ENDINGS[kind][0]}"
        reader.report.add(ARGUMENT_MISSING, part.source.find(part.row, part.name), block=part.name, good=good)
    captions, no_captions = _file_or_reason(keys, "captions", reader)
    description, no_description = _file_or_reason(keys, "audio-description", reader)
    transcript_path, transcript = _transcript(keys, reader)
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
        chapters=_file(keys, "chapters", reader),
        poster=_file(keys, "poster", reader),
        length=length,
        credit=keys.text("credit"),
        at=part.source.find(part.row, ":::"),
    )


def _file(keys: Fields, name: str, reader: TextReader) -> str | None:
    """Return the file that was named; one that can't be used is reported, and still not called missing."""
    written = keys.text(name)
    return (reader.media.add(written, keys.place(name), _USES[name]) or written) if written else None


def _file_or_reason(keys: Fields, name: str, reader: TextReader) -> tuple[str | None, str]:
    """Return (file, "") or (None, the reason why none is needed)."""
    written = keys.text(name)
    found = _REASON.fullmatch(written)
    if not found or meaning(found[1], NOT_NEEDED) is None:
        return _file(keys, name, reader), ""
    if not found[2]:
        keys.bad(name, f"{found[1]} – …")
        return None, found[1]
    return None, found[2]


def _transcript(keys: Fields, reader: TextReader) -> tuple[str | None, Text | None]:
    path = _file(keys, "transcript", reader)
    is_text = path is not None and path.lower().endswith(ENDINGS["transcript"])
    file = find_file(reader.media.folder, path, keys.place("transcript"), reader.report) if path and is_text else None
    source = read_source(file, reader.report) if file else None
    return path, reader.prose(source, 0, len(source.lines)) if source else None
