"""Reads a package straight from its zip: nothing is unpacked to disk, and nothing is read that could fill it."""

import threading
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from lokaltmot_lms.errors import Severity
from lokaltmot_lms.inspect.zips import read_zip
from lokaltmot_lms.serve import ServedFile, media_type
from lokaltmot_lms.texts import N_
from lokaltmot_lms.trial.verdict import TrialError

_REFUSED = N_("{problem} The package was not opened.")


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

    def resource(self, name: str) -> ServedFile | None:
        """Return a file to be served; None when it is not there."""
        entry = self._entries.get(name)
        if entry is None:
            return None
        return ServedFile(type=media_type(name), size=entry.file_size, open=lambda: self._open(entry))

    def _open(self, entry: zipfile.ZipInfo) -> IO[bytes]:
        # zipfile shares one file between its readers under a lock of its own, so a part at a time is safe.
        with self._lock:
            return self._file.open(entry)


@contextmanager
def open_package(path: Path) -> Iterator[PackageZip]:
    """Open a package for reading after its table of contents was judged.

    Raises:
        TrialError: it is no zip, is damaged, holds an unsafe name, would unpack to an unreasonable size, or has no
            manifest at its root.
    """
    wrong = [problem for problem in read_zip(path).problems if problem.severity is Severity.ERROR]
    if wrong:
        raise TrialError(_REFUSED, problem=wrong[0])
    with zipfile.ZipFile(path) as file:
        yield PackageZip(file, {info.filename: info for info in file.infolist() if not info.is_dir()})
