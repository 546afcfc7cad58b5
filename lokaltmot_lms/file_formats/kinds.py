"""Decides what a media file is from its first bytes, whatever its name says.

Sources: the WHATWG MIME Sniffing Standard, sections 6.1 and 6.2, and for the containers ISO/IEC 14496-12 (file type
box), the Matroska specification (RFC 9559, EBML header) and the file signatures that the formats' own documents give.
"""

import re
from pathlib import PurePosixPath

HEAD = 65_536  # bytes; an SVG may have a long comment first

_STARTS: tuple[tuple[bytes, int, str], ...] = (
    (b"\x89PNG\r\n\x1a\n", 0, "PNG"),
    (b"\xff\xd8\xff", 0, "JPEG"),
    (b"GIF87a", 0, "GIF"),
    (b"GIF89a", 0, "GIF"),
    (b"II*\x00", 0, "TIFF"),
    (b"MM\x00*", 0, "TIFF"),
    (b"\x00\x00\x01\x00", 0, "ICO"),
    (b"8BPS", 0, "Photoshop"),
    (b"\xff\x0a", 0, "JPEG XL"),
    (b"\x00\x00\x00\x0cJXL ", 0, "JPEG XL"),
    (b"\x00\x00\x00\x0cjP  ", 0, "JPEG 2000"),
    (b"\xd7\xcd\xc6\x9a", 0, "WMF"),
    (b" EMF", 40, "EMF"),
    (b"ID3", 0, "MP3"),
    (b"OggS", 0, "Ogg"),
    (b"fLaC", 0, "FLAC"),
    (b"#!AMR", 0, "AMR"),
    (b"MThd", 0, "MIDI"),
    (b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", 0, "Windows Media"),
    (b"FLV\x01", 0, "Flash"),
    (b"\x00\x00\x01\xba", 0, "MPEG"),
    (b"\x00\x00\x01\xb3", 0, "MPEG"),
    (b"%PDF-", 0, "PDF"),
    (b"PK\x03\x04", 0, "ZIP"),
    (b"PK\x05\x06", 0, "ZIP"),
    (b"Rar!\x1a\x07", 0, "RAR"),
    (b"7z\xbc\xaf\x27\x1c", 0, "7z"),
    (b"\x1f\x8b", 0, "gzip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0, "Office 97-2003"),
    (b"{\\rtf", 0, "RTF"),
)
_CHUNKS = {b"WEBP": "WebP", b"WAVE": "WAV", b"AVI ": "AVI", b"AIFF": "AIFF", b"AIFC": "AIFF"}
# Types of the first box of a QuickTime file from before the file type box existed.
_OLD_QUICKTIME = frozenset({b"moov", b"mdat", b"wide", b"pnot"})
_HEIF = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs", b"mif1", b"msf1"})
_MP4 = re.compile(rb"isom|iso[2-9]|mp4[12]|avc1|dash|M4V |M4VP|f4v |MSNV|mmp4")
# Parts in an Office file, near its beginning.
_OFFICE = ((b"word/", "Word"), (b"xl/", "Excel"), (b"ppt/", "PowerPoint"))

# The kinds that browsers show, with the endings that a file of each may have. The first is the usual one.
IMAGES = {
    "JPEG": (".jpg", ".jpeg"), "PNG": (".png",), "GIF": (".gif",), "WebP": (".webp",), "SVG": (".svg",),
    "AVIF": (".avif",),
}  # fmt: skip
VIDEOS = {"MP4": (".mp4", ".m4v", ".m4a"), "WebM": (".webm",)}
SOUNDS = {
    "MP3": (".mp3",), "MPEG-4 audio": (".m4a", ".mp4"), "Ogg": (".ogg", ".oga", ".opus", ".ogv"), "WAV": (".wav",),
    "FLAC": (".flac",), "AAC": (".aac",),
}  # fmt: skip
ENDINGS = IMAGES | VIDEOS | SOUNDS | {"PDF": (".pdf",)}
_NAMED = {ending: name for name, endings in ENDINGS.items() for ending in endings[::-1]} | {".m4a": "MPEG-4 audio"}


def kind_of(head: bytes) -> str:
    """Return the name of the format as people write it ("JPEG", "HEIC", "Word"); "" for text and the unknown.

    head: the first bytes of the file, up to HEAD.
    """
    for start, offset, name in _STARTS:
        if head.startswith(start, offset):
            return _office(head) if name == "ZIP" else name
    if head[:4] in (b"RIFF", b"FORM"):
        return _CHUNKS.get(head[8:12], "")
    if head[:2] == b"BM" and head[6:10] == b"\0\0\0\0":
        return "BMP"
    if head[4:8] == b"ftyp":
        return _iso_media(head)
    if head[4:8] in _OLD_QUICKTIME:
        return "QuickTime"
    if head.startswith(b"\x1aE\xdf\xa3"):
        return "WebM" if b"webm" in head[:64] else "Matroska"
    return _stream(head) or _markup(head)


def fits(name: str, head: bytes) -> bool:
    """Return whether a file is of the kind that the ending of its name promises; True for other endings."""
    ending = PurePosixPath(name).suffix.lower()
    return ending not in _NAMED or ending in ENDINGS.get(kind_of(head), ())


def promised(name: str) -> str:
    """Return the format that the ending of a name promises, such as "JPEG"; "" when it is none of ours."""
    return _NAMED.get(PurePosixPath(name).suffix.lower(), "")


def _iso_media(head: bytes) -> str:
    """Return the kind by the brands of the file type box (ISO/IEC 14496-12, 4.3): the main one, then all."""
    size = int.from_bytes(head[:4], "big")
    main, brands = head[8:12], {head[place : place + 4] for place in (8, *range(16, min(size, 256, len(head)), 4))}
    if main in {b"avif", b"avis"} or (main in _HEIF and b"avif" in brands):
        return "AVIF"
    if main in _HEIF:
        return "HEIC"
    if main in {b"M4A ", b"M4B ", b"M4P "}:
        return "MPEG-4 audio"
    if main == b"qt  " and not any(_MP4.match(brand) for brand in brands):
        return "QuickTime"
    return "3GP" if main.startswith(b"3g") and not any(_MP4.match(brand) for brand in brands) else "MP4"


def _stream(head: bytes) -> str:
    """Return the kind of a sound that begins with a frame: twelve bits set, then version and layer."""
    if len(head) < 2 or head[0] != 0xFF or head[1] & 0xE0 != 0xE0:
        return ""
    # The layer is in bits 1 and 2: III for MP3, none for AAC (ISO/IEC 11172-3, 2.4.1.3; 13818-7, 6.2).
    version, layer = head[1] >> 3 & 3, head[1] >> 1 & 3
    if layer == 1 and version != 1:
        return "MP3"
    return "AAC" if layer == 0 and version > 1 else ""


def _office(head: bytes) -> str:
    return next((name for part, name in _OFFICE if part in head), "ZIP")


def _markup(head: bytes) -> str:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = head.decode("utf-16", errors="replace").encode()
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if not start.startswith(b"<"):
        return ""
    if start.startswith((b"<!doctype html", b"<html", b"<head", b"<body")):
        return "HTML"
    return "SVG" if re.search(rb"<(?:[\w-]+:)?svg[\s/>]", start) else ""
