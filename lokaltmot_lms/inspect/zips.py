"""Opens a zip that anyone may have made: looks at the list of names, reads the manifest, unpacks nothing."""

import stat
import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lokaltmot_lms.errors import Position, Problem
from lokaltmot_lms.errors.packages import (
    DUPLICATE_ENTRY,
    ENCRYPTED_ENTRY,
    LINK_ENTRY,
    MANIFEST_CASE,
    MANIFEST_IN_FOLDER,
    MANIFEST_TOO_BIG,
    NO_MANIFEST,
    NOT_A_PACKAGE,
    TOO_BIG,
    TOO_MANY,
    UNSAFE_ENTRY,
)
from lokaltmot_lms.targets.names import stays_inside

MANIFESTS = ("imsmanifest.xml", "cmi5.xml")

# Far above any real course, far below what hurts to look at.
_MOST_ENTRIES = 50_000
_MOST_BYTES = 64 << 30
_MOST_RATIO = 250  # deflate ends at 1032; text seldom passes 20
_RATIO_FROM = 16 << 20  # small files may be as regular as they like
_MOST_MANIFEST = 16 << 20

# What zipfile raises for files that are not whole, or not what they say; RuntimeError also for an unknown method.
_DAMAGED = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, RuntimeError, ValueError)

_END = b"PK\x05\x06"
_END64 = b"PK\x06\x06"
_LONGEST_END = 22 + 0xFFFF + 20 + 56


@dataclass(frozen=True, slots=True, kw_only=True)
class ZipContents:
    """What stands in a zip. manifest: name and bytes, None when there is none that can be judged."""

    names: frozenset[str]
    manifest: tuple[str, bytes] | None
    problems: tuple[Problem, ...]


def read_zip(path: Path) -> ZipContents:
    """List a zip and read its manifest; whatever the file holds, it ends in problems and never in an exception."""
    try:
        count = _entry_count(path)
        if count > _MOST_ENTRIES:
            return _refused(TOO_MANY.at(_place(path), count=count, limit=_MOST_ENTRIES))
        with zipfile.ZipFile(path) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            problems = [*_sizes(path, entries), *_names(path, entries)]
            names = frozenset(entry.filename for entry in entries)
            manifest, missing = _manifest(path, archive, entries)
            return ZipContents(names=names, manifest=manifest, problems=(*problems, *missing))
    except _DAMAGED:
        return _refused(NOT_A_PACKAGE.at(_place(path)))


def _sizes(path: Path, entries: list[zipfile.ZipInfo]) -> Iterator[Problem]:
    total = sum(entry.file_size for entry in entries)
    if total > _MOST_BYTES:
        yield TOO_BIG.at(_place(path), name=path.name, size=total >> 20)
    for entry in entries:
        if entry.file_size > _RATIO_FROM and entry.file_size > _MOST_RATIO * max(entry.compress_size, 1):
            yield TOO_BIG.at(_place(path), name=entry.filename, size=entry.file_size >> 20)


def _names(path: Path, entries: list[zipfile.ZipInfo]) -> Iterator[Problem]:
    counted = Counter(entry.filename.casefold() for entry in entries)
    told: set[str] = set()
    for entry in entries:
        name = entry.filename
        # zipfile has already turned backslashes into slashes on Windows only; orig_filename is as written.
        if not stays_inside(entry.orig_filename):
            yield UNSAFE_ENTRY.at(_place(path), name=name)
        if stat.S_ISLNK(entry.external_attr >> 16):
            yield LINK_ENTRY.at(_place(path), name=name)
        if entry.flag_bits & 1:
            yield ENCRYPTED_ENTRY.at(_place(path), name=name)
        if counted[name.casefold()] > 1 and name.casefold() not in told:
            told.add(name.casefold())
            yield DUPLICATE_ENTRY.at(_place(path), name=name)


def _manifest(
    path: Path, archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo]
) -> tuple[tuple[str, bytes] | None, tuple[Problem, ...]]:
    for name in MANIFESTS:
        for entry in entries:
            if entry.filename == name:
                return _read(path, archive, entry)
    for entry in entries:
        folder, _, name = entry.filename.rpartition("/")
        if name.lower() in MANIFESTS:
            right = name.lower()
            if folder:
                wrong = MANIFEST_IN_FOLDER.at(_place(path), name=entry.filename)
            else:
                wrong = MANIFEST_CASE.at(_place(path), name=name, right=right)
            return None, (wrong,)
    return None, (NO_MANIFEST.at(_place(path)),)


def _read(
    path: Path, archive: zipfile.ZipFile, entry: zipfile.ZipInfo
) -> tuple[tuple[str, bytes] | None, tuple[Problem, ...]]:
    if entry.flag_bits & 1:
        return None, ()  # told already
    with archive.open(entry) as file:
        content = file.read(_MOST_MANIFEST + 1)  # the size in the list may be a lie
    if len(content) > _MOST_MANIFEST:
        return None, (MANIFEST_TOO_BIG.at(_place(path), name=entry.filename, limit=_MOST_MANIFEST >> 20),)
    return (entry.filename, content), ()


def _entry_count(path: Path) -> int:
    """Return how many entries the zip says it has, before zipfile reads them all (APPNOTE 6.3.9, 4.3.14 and 4.3.16)."""
    with path.open("rb") as file:
        size = file.seek(0, 2)
        file.seek(max(0, size - _LONGEST_END))
        tail = file.read(_LONGEST_END)
    at = tail.rfind(_END)
    if at < 0 or len(tail) < at + 22:
        raise zipfile.BadZipFile("the end of a zip file is missing")
    (count,) = struct.unpack_from("<H", tail, at + 10)
    at64 = tail.rfind(_END64, 0, at)
    if count == 0xFFFF and at64 >= 0 and len(tail) >= at64 + 56:
        (count,) = struct.unpack_from("<Q", tail, at64 + 32)
    return int(count)


def _refused(problem: Problem) -> ZipContents:
    return ZipContents(names=frozenset(), manifest=None, problems=(problem,))


def _place(path: Path) -> Position:
    return Position(path=path.as_posix())
