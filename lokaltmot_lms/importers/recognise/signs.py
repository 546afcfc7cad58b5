"""Signs by which a kind of file is known: its first bytes, the names in a zip, lines of a text."""

import re
import zlib
from collections.abc import Callable

from lokaltmot_lms.errors.packages import ENCRYPTED_ENTRY
from lokaltmot_lms.importers.base import Head
from lokaltmot_lms.safe_zip import check_zip

Knows = Callable[[Head], bool]

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # [MS-CFB] 2.2, the files of Office before 2007
_UNPACKED = 256 << 10  # bytes of a gzip file that are looked at


def starts_with(*starts: bytes, at: int = 0) -> Knows:
    """Know a file by its bytes at a position."""
    return lambda head: head.start.startswith(starts, at)


def has_entry(*names: str) -> Knows:
    """Know a zip by the name of one of its entries, in any case."""
    return lambda head: any(name.lower() in names for name in head.names)


def has_mimetype(*types: bytes) -> Knows:
    """Know a zip by its media type: the first entry, not compressed (OpenDocument 1.3 part 2, 3.3; OCF 3.3, 4.3)."""
    return lambda head: head.start[30:].startswith(tuple(b"mimetype" + type_ for type_ in types))


def has_line(pattern: str) -> Knows:
    """Know a text by a line. Never an XML file: its questions can quote any other format."""
    compiled = re.compile(pattern, re.MULTILINE | re.IGNORECASE)
    return lambda head: bool(head.text) and not head.root and bool(compiled.search(head.text))


def has_words(*words: str) -> Knows:
    """Know a text or an XML file by words in it."""
    return lambda head: any(word in head.text for word in words)


def all_of(*tests: Knows) -> Knows:
    """Know a file by several signs together."""
    return lambda head: all(test(head) for test in tests)


def any_of(*tests: Knows) -> Knows:
    """Know a file by one of several signs."""
    return lambda head: any(test(head) for test in tests)


def has_suffix(*suffixes: str) -> Knows:
    """Know a file by its name, for kinds without a sign in their content."""
    return lambda head: head.path.suffix.lower() in suffixes


def has_front_matter(pattern: str) -> Knows:
    """Know a text by a line of its front matter: what is between --- and --- at its start."""
    compiled = re.compile(pattern, re.MULTILINE | re.IGNORECASE)

    def knows(head: Head) -> bool:
        found = re.match(r"\s*---[ \t]*\r?\n(.*?)^(?:---|\.\.\.)[ \t]*$", head.text, re.DOTALL | re.MULTILINE)
        return found is not None and bool(compiled.search(found[1]))

    return knows


def _ole_names(head: Head) -> frozenset[str]:
    """Return the names in the first sectors of the directory of an old Office file ([MS-CFB] 2.2 and 2.6.1)."""
    if not head.start.startswith(OLE) or len(head.start) < 512:
        return frozenset()
    size = 1 << min(int.from_bytes(head.start[30:32], "little"), 12)
    sector = int.from_bytes(head.start[48:52], "little")
    with head.path.open("rb") as file:
        file.seek((sector + 1) * size)
        directory = file.read(4096)
    entries = (directory[at : at + 64] for at in range(0, len(directory), 128))
    return frozenset(entry.decode("utf-16-le", "replace").partition("\x00")[0] for entry in entries)


def is_ole(*names: str, suffixes: tuple[str, ...] = ()) -> Knows:
    """Know an old Office file by its streams, or by its name when the directory is out of sight."""

    def knows(head: Head) -> bool:
        if not head.start.startswith(OLE):
            return False
        return any(name.startswith(names) for name in _ole_names(head)) or head.path.suffix.lower() in suffixes

    return knows


def is_moodle_tar(head: Head) -> bool:
    """Return whether a file is a tar archive of a Moodle course, packed with gzip or not (backup/util/helper)."""
    content = head.start
    if content.startswith(b"\x1f\x8b"):
        try:
            content = zlib.decompressobj(wbits=31).decompress(content, _UNPACKED)
        except zlib.error:
            return False
    return content[257:262] == b"ustar" and (content.startswith(b".ARCHIVE_INDEX") or b"moodle_backup.xml" in content)


def is_damaged_zip(head: Head) -> bool:
    """Return whether a file begins as a zip, but has no directory."""
    return head.start.startswith(b"PK") and not head.names


def is_encrypted(head: Head) -> bool:
    """Return whether a zip needs a password."""
    return bool(head.names) and any(found.code == ENCRYPTED_ENTRY.code for found in check_zip(head.path).problems)


def is_film(head: Head) -> bool:
    """Return whether a file is a video or a sound."""
    start = head.start
    if start[4:8] == b"ftyp":
        return start[8:12] not in (b"heic", b"heix", b"mif1", b"msf1", b"avif")
    riff = start.startswith(b"RIFF") and start[8:12] in (b"AVI ", b"WAVE")
    return riff or start.startswith(
        (
            b"\x1a\x45\xdf\xa3",
            b"ID3\x02",
            b"ID3\x03",
            b"ID3\x04",
            b"\xff\xfb",
            b"\xff\xf3",
            b"OggS",
            b"fLaC",
            b"\x00\x00\x01\xba",
            b"0&\xb2u",
        )
    )


def is_image(head: Head) -> bool:
    """Return whether a file is an image."""
    start = head.start
    riff = start.startswith(b"RIFF") and start[8:12] == b"WEBP"
    heif = start[4:8] == b"ftyp" and not is_film(head)
    return (
        riff
        or heif
        or head.root == "svg"
        or start.startswith((b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*"))
        or (start.startswith(b"BM") and b"\x00" in start[:32])
    )
