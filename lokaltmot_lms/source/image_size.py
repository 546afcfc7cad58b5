"""Reads how wide and high a picture is from the first bytes of its file, so that pages don't jump while loading."""

import re
import struct
from pathlib import Path

Size = tuple[int | None, int | None]
_UNKNOWN: Size = (None, None)
_HEAD = 4096
_MOST_SEGMENTS = 200
_SVG = re.compile(rb"<svg\b[^>]*>", re.IGNORECASE)


def dimensions(file: Path) -> Size:
    """Return width and height in pixels; (None, None) for other files, and where the file doesn't say."""
    readers = {".png": _png, ".gif": _gif, ".webp": _webp, ".svg": _svg}
    suffix = file.suffix.lower()
    try:
        with file.open("rb") as picture:
            if suffix in (".jpg", ".jpeg"):
                return _jpeg(picture.read(256_000))
            return readers[suffix](picture.read(_HEAD)) if suffix in readers else _UNKNOWN
    except (OSError, struct.error, IndexError):
        return _UNKNOWN


def _png(head: bytes) -> Size:
    # PNG (ISO/IEC 15948) 11.2.2: IHDR comes first, width and height are its first eight bytes.
    return struct.unpack(">II", head[16:24]) if head.startswith(b"\x89PNG") else _UNKNOWN


def _gif(head: bytes) -> Size:
    return struct.unpack("<HH", head[6:10]) if head.startswith(b"GIF8") else _UNKNOWN


def _webp(head: bytes) -> Size:
    # WebP container specification: three kinds of first chunk, each with the size in another form.
    if head[:4] != b"RIFF" or head[8:12] != b"WEBP":
        return _UNKNOWN
    if head[12:16] == b"VP8X":
        return int.from_bytes(head[24:27], "little") + 1, int.from_bytes(head[27:30], "little") + 1
    if head[12:16] == b"VP8L":
        bits = int.from_bytes(head[21:25], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    width, height = struct.unpack("<HH", head[26:30])
    return width & 0x3FFF, height & 0x3FFF


def _jpeg(head: bytes) -> Size:
    # ITU-T T.81, B.1.1.3 and B.2.2: segments until a frame header (SOF0-SOF15, less DHT, JPG and DAC).
    place = 2
    for _ in range(_MOST_SEGMENTS):
        if not head.startswith(b"\xff\xd8") or head[place] != 0xFF:
            return _UNKNOWN
        marker, length = head[place + 1], int.from_bytes(head[place + 2 : place + 4], "big")
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", head[place + 5 : place + 9])
            return width, height
        place += 2 + length
    return _UNKNOWN


def _svg(head: bytes) -> Size:
    tag = _SVG.search(head)
    if not tag:
        return _UNKNOWN
    width, height = (re.search(rb"\s" + name + rb'="([\d.]+)(?:px)?"', tag[0]) for name in (b"width", b"height"))
    if width and height:
        return _whole(width[1]), _whole(height[1])
    box = re.search(rb'\sviewBox="\s*[-\d.]+[ ,]+[-\d.]+[ ,]+([\d.]+)[ ,]+([\d.]+)\s*"', tag[0])
    return (_whole(box[1]), _whole(box[2])) if box else _UNKNOWN


def _whole(number: bytes) -> int | None:
    try:
        return round(float(number)) or None
    except (ValueError, OverflowError):
        return None
