"""Checks that the first bytes of a media file fit its name."""

import re
from pathlib import PurePosixPath

from lokaltmot_lms.pages.svg import read_svg, svg_bytes
from lokaltmot_lms.source.headings import suggestion

_LONGEST_STEM = 60
_STARTS: tuple[tuple[bytes, int, frozenset[str]], ...] = (
    (b"\x89PNG\r\n\x1a\n", 0, frozenset({"png"})),
    (b"\xff\xd8\xff", 0, frozenset({"jpg", "jpeg"})),
    (b"GIF8", 0, frozenset({"gif"})),
    (b"WEBP", 8, frozenset({"webp"})),
    (b"ftyp", 4, frozenset({"mp4", "m4v", "m4a"})),
    (b"\x1a\x45\xdf\xa3", 0, frozenset({"webm"})),
    (b"ID3", 0, frozenset({"mp3"})),
    (b"\xff\xfb", 0, frozenset({"mp3"})),
    (b"\xff\xf3", 0, frozenset({"mp3"})),
    (b"OggS", 0, frozenset({"ogg", "oga"})),
    (b"WAVE", 8, frozenset({"wav"})),
    (b"%PDF-", 0, frozenset({"pdf"})),
    (b"WEBVTT", 0, frozenset({"vtt"})),
    (b"\xef\xbb\xbfWEBVTT", 0, frozenset({"vtt"})),
)
KNOWN = frozenset(suffix for _, _, suffixes in _STARTS for suffix in suffixes) | {"svg"}
PICTURES = frozenset({"png", "jpg", "jpeg", "gif", "webp", "svg"})
FILMS = frozenset({"mp4", "m4v", "webm"})
SOUNDS = frozenset({"mp3", "m4a", "ogg", "oga", "wav"})


def suffix_of(name: str) -> str:
    """Return the suffix of a name in lower case, without the dot."""
    return PurePosixPath(name).suffix.lower().lstrip(".")


def checked(name: str, content: bytes) -> bytes | None:
    """Return the content of a file, without scripts for an SVG; None when it does not fit the name."""
    suffix = suffix_of(name)
    if suffix == "svg":
        drawing = read_svg(content) if b"<!ENTITY" not in content else None
        return svg_bytes(drawing) if drawing is not None else None
    is_right = any(suffix in suffixes and content.startswith(start, at) for start, at, suffixes in _STARTS)
    return content if is_right else None


def safe_name(name: str) -> str:
    """Return a file name that is valid on every system and in every package."""
    stem = PurePosixPath(name.replace("\\", "/")).stem
    plain = suggestion(stem)[:_LONGEST_STEM] or "fil"
    if re.match(r"\d", stem) and plain.startswith("id-"):
        plain = plain.removeprefix("id-") or plain
    return f"{plain}.{suffix_of(name)}"
