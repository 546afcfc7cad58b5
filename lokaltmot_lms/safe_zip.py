"""Opens a zip that anyone may have made: checks its directory before anything is unpacked, and reads within limits.

The only reader of zips: what inspects, tries and imports packages opens them here.
"""

import lzma
import posixpath
import stat
import struct
import threading
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO
from urllib.parse import unquote

from lokaltmot_lms.errors import CourseError, Position, Problem, Severity
from lokaltmot_lms.errors.cartridges import AICC_PACKAGE, XAPI_PACKAGE
from lokaltmot_lms.errors.imports import FILE_TOO_LARGE
from lokaltmot_lms.errors.packages import (
    BACKSLASHES,
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
from lokaltmot_lms.source.files import shown
from lokaltmot_lms.targets.names import stays_inside

MANIFESTS = ("imsmanifest.xml", "cmi5.xml")

# These bounds are far above any real course, and below what hurts a machine that only looks at the directory.
_MOST_ENTRIES = 50_000  # zipfile keeps a ZipInfo per entry in memory
_MOST_BYTES = 64 << 30  # of all entries, as the directory states them
_MOST_RATIO = 250  # the maximum of deflate is 1032; text seldom passes 20
_RATIO_FROM = 16 << 20  # a smaller file does no harm, however well it compresses
_MOST_MANIFEST = 16 << 20  # a manifest is parsed as a whole
_CHUNK = 1 << 20  # the stated size may be a lie, and read() without a size unpacks up to 2 GiB before it sees that

# What zipfile raises for damaged files. RuntimeError: encrypted entries and, as NotImplementedError, unknown methods.
_DAMAGED = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, RuntimeError, ValueError)

# A zip without these is no package, but can be imported: a Word document, for example.
_ABOUT_MANIFEST = frozenset({NO_MANIFEST.code, XAPI_PACKAGE.code, MANIFEST_IN_FOLDER.code, MANIFEST_CASE.code})

_END = b"PK\x05\x06"
_END64 = b"PK\x06\x06"
_LONGEST_END = 22 + 0xFFFF + 20 + 56


@dataclass(frozen=True, slots=True, kw_only=True)
class ZipContents:
    """What a zip contains.

    names: of its files, without folders. manifest: name and bytes, None when there is none or it can't be read.
    """

    names: frozenset[str]
    manifest: tuple[str, bytes] | None
    problems: tuple[Problem, ...]


class SafeZip:
    """An open zip without errors in its directory. Threads may share it.

    Names have forward slashes, also where the zip was made with backslashes.
    """

    def __init__(self, path: Path, archive: zipfile.ZipFile, most_in_all: int | None) -> None:
        self.path = path
        self._archive = archive
        self._entries = {name_of(entry): entry for entry in _files(archive)}
        self.names = self._entries.keys()
        self._left = most_in_all
        self._lock = threading.Lock()  # zipfile counts its open entries without a lock

    def size(self, name: str) -> int:
        """Return the unpacked size of a file in bytes, as the directory states it."""
        return self._entries[name].file_size

    def open(self, name: str) -> IO[bytes]:
        """Open a file for reading in parts, from any position."""
        with self._lock:
            return self._archive.open(self._entries[name])

    def read(self, name: str, *, most: int) -> bytes:
        """Return the content of a file. most: bytes.

        Raises:
            CourseError: the file is larger than `most` or than what may still be unpacked, or is damaged.
        """
        at = Position(path=shown(self.path), line=1)
        parts = []
        size = 0
        try:
            with self._lock, self._archive.open(self._entries[name]) as file:
                while chunk := file.read(_CHUNK):
                    size += len(chunk)
                    if size > most or (self._left is not None and size > self._left):
                        raise CourseError((FILE_TOO_LARGE.at(at, name=name, size=size >> 20, limit=most >> 20),))
                    parts.append(chunk)
        except (*_DAMAGED, OSError) as error:
            if _is_from_disk(error):
                raise
            raise CourseError((NOT_A_PACKAGE.at(at),)) from error
        if self._left is not None:
            self._left -= size
        return b"".join(parts)

    def try_read(self, name: str, *, most: int) -> bytes | None:
        """Return the content of a file of at most `most` bytes; None when it is missing, larger or damaged."""
        if name not in self.names or self.size(name) > most:
            return None
        try:
            return self.read(name, most=most)
        except (CourseError, OSError):
            return None

    def find(self, address: str, folder: str = "") -> str | None:
        """Return the name of the file that an address refers to, seen from a folder; None when there is none."""
        bare = unquote(address.partition("?")[0].partition("#")[0]).replace("\\", "/")
        for start in (folder, ""):
            name = posixpath.normpath(posixpath.join(start, bare)).lstrip("/")
            if name in self.names:
                return name
        return None

    def shown(self, name: str) -> str:
        """Return the path of a file in the zip as a person would write it."""
        return f"{shown(self.path)}/{name}"


@contextmanager
def open_zip(path: Path, *, needs_manifest: bool = True, most_in_all: int | None = None) -> Iterator[SafeZip]:
    """Open a zip for reading. most_in_all: bytes that `read` unpacks in all, None for no limit.

    Raises:
        CourseError: the directory has errors; without a manifest in its place only where one is needed.
        OSError: the file can't be read.
    """
    errors = [problem for problem in check_zip(path).problems if problem.severity is Severity.ERROR]
    if not needs_manifest:
        errors = [problem for problem in errors if problem.code not in _ABOUT_MANIFEST]
    if errors:
        raise CourseError(tuple(errors))
    with zipfile.ZipFile(path) as archive:
        yield SafeZip(path, archive, most_in_all)


def check_zip(path: Path) -> ZipContents:
    """List a zip, check its directory and read its manifest. Whatever is wrong in the file is among the problems.

    Raises:
        OSError: the file can't be read.
    """
    try:
        count = _entry_count(path)
        if count > _MOST_ENTRIES:
            return _refused(TOO_MANY.at(_place(path), count=count, limit=_MOST_ENTRIES))
        with zipfile.ZipFile(path) as archive:
            entries = _files(archive)
            problems = [*_check_sizes(path, entries), *_check_names(path, entries)]
            names = frozenset(map(name_of, entries))
            manifest, missing = _manifest(path, archive, entries)
            return ZipContents(names=names, manifest=manifest, problems=(*problems, *missing))
    except (*_DAMAGED, OSError) as error:
        if _is_from_disk(error):
            raise
        return _refused(NOT_A_PACKAGE.at(_place(path)))


def zip_names(path: Path) -> frozenset[str]:
    """Return the names in a zip, to recognise its kind; empty for a file that is no zip or is damaged.

    Raises:
        CourseError: there are too many.
    """
    try:
        count = _entry_count(path)
        if count > _MOST_ENTRIES:
            raise CourseError((TOO_MANY.at(_place(path), count=count, limit=_MOST_ENTRIES),))
        with zipfile.ZipFile(path) as archive:
            return frozenset(map(name_of, archive.infolist()))
    except (*_DAMAGED, OSError):
        return frozenset()


def name_of(entry: zipfile.ZipInfo) -> str:
    """Return the name of an entry, with forward slashes (APPNOTE 6.3.9, 4.4.17.1): Windows programs break the rule."""
    return entry.filename.replace("\\", "/")


def _files(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    return [entry for entry in archive.infolist() if not name_of(entry).endswith("/")]


def _check_sizes(path: Path, entries: list[zipfile.ZipInfo]) -> Iterator[Problem]:
    total = sum(entry.file_size for entry in entries)
    if total > _MOST_BYTES:
        yield TOO_BIG.at(_place(path), name=path.name, size=total >> 20)
    for entry in entries:
        if entry.file_size > _RATIO_FROM and entry.file_size > _MOST_RATIO * max(entry.compress_size, 1):
            yield TOO_BIG.at(_place(path), name=name_of(entry), size=entry.file_size >> 20)


def _check_names(path: Path, entries: list[zipfile.ZipInfo]) -> Iterator[Problem]:
    counted = Counter(name_of(entry).casefold() for entry in entries)
    reported: set[str] = set()
    if windows := [entry.orig_filename for entry in entries if "\\" in entry.orig_filename]:
        yield BACKSLASHES.at(_place(path), name=windows[0])
    for entry in entries:
        name = name_of(entry)
        # orig_filename is the name as written; filename has slashes for backslashes, but on Windows only.
        if not stays_inside(entry.orig_filename):
            yield UNSAFE_ENTRY.at(_place(path), name=name)
        # A program that unpacks a link, and then a file through it, writes outside of its folder.
        if stat.S_ISLNK(entry.external_attr >> 16):
            yield LINK_ENTRY.at(_place(path), name=name)
        if entry.flag_bits & 1:
            yield ENCRYPTED_ENTRY.at(_place(path), name=name)
        # Two readers may choose different ones: what was checked is then not what is used.
        if counted[name.casefold()] > 1 and name.casefold() not in reported:
            reported.add(name.casefold())
            yield DUPLICATE_ENTRY.at(_place(path), name=name)


def _manifest(
    path: Path, archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo]
) -> tuple[tuple[str, bytes] | None, tuple[Problem, ...]]:
    for name in MANIFESTS:
        for entry in entries:
            if name_of(entry) == name:
                return _read_manifest(path, archive, entry)
    for entry in entries:
        folder, _, name = name_of(entry).rpartition("/")
        if name.lower() in MANIFESTS and not folder.startswith("__MACOSX"):
            right = name.lower()
            if folder:
                wrong = MANIFEST_IN_FOLDER.at(_place(path), name=name_of(entry), folder=folder)
            else:
                wrong = MANIFEST_CASE.at(_place(path), name=name, right=right)
            return None, (wrong,)
    return None, (_no_manifest(path, {name_of(entry).lower() for entry in entries}),)


def _no_manifest(path: Path, names: set[str]) -> Problem:
    """Return what the zip is when it has no manifest."""
    if all(any(name.endswith(ending) for name in names) for ending in (".crs", ".au")):
        return AICC_PACKAGE.at(_place(path))
    if "tincan.xml" in names:
        return XAPI_PACKAGE.at(_place(path), name="tincan.xml")
    return NO_MANIFEST.at(_place(path))


def _read_manifest(
    path: Path, archive: zipfile.ZipFile, entry: zipfile.ZipInfo
) -> tuple[tuple[str, bytes] | None, tuple[Problem, ...]]:
    if entry.flag_bits & 1:
        return None, ()  # _check_names reports it
    with archive.open(entry) as file:
        content = file.read(_MOST_MANIFEST + 1)  # the directory may state a smaller size than the true one
    if len(content) > _MOST_MANIFEST:
        return None, (MANIFEST_TOO_BIG.at(_place(path), name=name_of(entry), limit=_MOST_MANIFEST >> 20),)
    return (name_of(entry), content), ()


def _entry_count(path: Path) -> int:
    """Return the number of entries that the end record states (APPNOTE 6.3.9, 4.3.14 and 4.3.16).

    It is read before zipfile reads the whole directory.
    """
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


def _is_from_disk(error: Exception) -> bool:
    # bz2 raises an OSError without a number for damaged data.
    return isinstance(error, OSError) and error.errno is not None


def _refused(problem: Problem) -> ZipContents:
    return ZipContents(names=frozenset(), manifest=None, problems=(problem,))


def _place(path: Path) -> Position:
    return Position(path=path.as_posix())
