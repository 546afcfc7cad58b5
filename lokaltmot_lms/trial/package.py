"""Reads a package straight from its zip: nothing is unpacked to disk, and nothing is read that could fill it."""

import threading
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from lokaltmot_lms.serve import Resource, media_type
from lokaltmot_lms.texts import N_
from lokaltmot_lms.trial.verdict import TrialError

# A course with films may be large; what a bomb has is a size out of all proportion to the file.
_MOST_ENTRIES = 20_000
_MOST_BYTES = 4 * 1024**3
_MOST_RATIO = 100
_SMALL = 64 * 1024**2

_NOT_A_ZIP = N_("{path} is not a zip file. Give a SCORM package as the platform takes it.")
_UNSAFE_NAME = N_("{path} has an entry with an unsafe name, {name!r}. Nothing was read from it.")
_TWICE = N_("{path} has two entries with the same name, {name!r}. Platforms differ in which one they take.")
_TOO_MUCH = N_(
    "{path} would unpack to far more than its size ({size:,} bytes). It looks like a zip bomb; nothing was unpacked."
)
_TOO_MANY = N_("{path} has {count:,} entries. At most {most:,} are read.")
_LOCKED = N_("{path} has an encrypted entry, {name!r}. Platforms cannot open it.")


class PackageZip:
    """An open package. Its entries are read where they lie, a part at a time."""

    def __init__(self, file: zipfile.ZipFile, entries: dict[str, zipfile.ZipInfo]) -> None:
        self._file = file
        self._entries = entries
        self._lock = threading.Lock()

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the files in it."""
        return tuple(self._entries)

    def read(self, name: str, *, most: int) -> bytes | None:
        """Return a file of at most so many bytes; None when it is not there or larger."""
        entry = self._entries.get(name)
        if entry is None or entry.file_size > most:
            return None
        try:
            with self._lock, self._file.open(entry) as file:
                return file.read()
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError):
            return None

    def resource(self, name: str) -> Resource | None:
        """Return a file to be served; None when it is not there."""
        entry = self._entries.get(name)
        if entry is None:
            return None
        return Resource(type=media_type(name), size=entry.file_size, open=lambda: self._open(entry))

    def _open(self, entry: zipfile.ZipInfo) -> IO[bytes]:
        # zipfile shares one file between its readers under a lock of its own, so a part at a time is safe.
        with self._lock:
            return self._file.open(entry)


@contextmanager
def open_package(path: Path) -> Iterator[PackageZip]:
    """Open a package for reading after its table of contents was judged.

    Raises:
        TrialError: it is no zip, is damaged, holds an unsafe name, or would unpack to an unreasonable size.
    """
    try:
        file = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise TrialError(_NOT_A_ZIP, path=path.name) from error
    with file:
        yield PackageZip(file, _judged(path, file.infolist()))


def _judged(path: Path, infos: list[zipfile.ZipInfo]) -> dict[str, zipfile.ZipInfo]:
    if len(infos) > _MOST_ENTRIES:
        raise TrialError(_TOO_MANY, path=path.name, count=len(infos), most=_MOST_ENTRIES)
    size = sum(info.file_size for info in infos)
    if size > _MOST_BYTES or (size > _SMALL and size > _MOST_RATIO * path.stat().st_size):
        raise TrialError(_TOO_MUCH, path=path.name, size=size)
    entries: dict[str, zipfile.ZipInfo] = {}
    for info in infos:
        if not is_safe_name(info.orig_filename):
            raise TrialError(_UNSAFE_NAME, path=path.name, name=info.orig_filename)
        if info.flag_bits & 0x1:
            raise TrialError(_LOCKED, path=path.name, name=info.filename)
        if info.filename in entries:
            raise TrialError(_TWICE, path=path.name, name=info.filename)
        if not info.is_dir():
            entries[info.filename] = info
    return entries


def is_safe_name(name: str) -> bool:
    """Say whether an entry's name stays inside the folder it would be unpacked to, on every system."""
    parts = name.removesuffix("/").split("/")
    return (
        all(part not in {"", ".", ".."} for part in parts)
        and not any(sign in name for sign in "\\:")
        and all(ord(sign) >= 32 for sign in name)
    )
