"""Checks that a media file is what its name says, and names the files of an import."""

import re
from pathlib import PurePosixPath

from lokaltmot_lms.file_formats import kinds
from lokaltmot_lms.file_formats.captions import is_webvtt
from lokaltmot_lms.pages.svg import read_svg, svg_bytes
from lokaltmot_lms.source.headings import suggestion

_LONGEST_STEM = 60
PICTURES = frozenset({"png", "jpg", "jpeg", "gif", "webp", "svg"})
FILMS = frozenset({"mp4", "m4v", "webm"})
SOUNDS = frozenset({"mp3", "m4a", "ogg", "oga", "wav"})
KNOWN = PICTURES | FILMS | SOUNDS | {"pdf", "vtt"}


def suffix_of(name: str) -> str:
    """Return the suffix of a name in lower case, without the dot."""
    return PurePosixPath(name).suffix.lower().lstrip(".")


def checked(name: str, content: bytes) -> bytes | None:
    """Return the content of a file, without scripts for an SVG; None when it does not fit the name."""
    suffix = suffix_of(name)
    if suffix == "svg":
        drawing = read_svg(content) if b"<!ENTITY" not in content else None
        return svg_bytes(drawing) if drawing is not None else None
    if suffix == "vtt":
        return content if is_webvtt(content[:16].decode("utf-8-sig", errors="replace")) else None
    return content if suffix in KNOWN and kinds.fits(name, content[: kinds.HEAD]) else None


def safe_name(name: str) -> str:
    """Return a file name that is valid on every system and in every package."""
    stem = PurePosixPath(name.replace("\\", "/")).stem
    plain = suggestion(stem)[:_LONGEST_STEM] or "fil"
    if re.match(r"\d", stem) and plain.startswith("id-"):
        plain = plain.removeprefix("id-") or plain
    return f"{plain}.{suffix_of(name)}"
