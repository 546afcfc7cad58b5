"""A zip that anyone may have made, opened for reading: its names are judged first, and no entry grows past a limit."""

import posixpath
import zipfile
import zlib
from pathlib import Path
from urllib.parse import unquote

from lokaltmot_lms.errors import CourseError, Severity
from lokaltmot_lms.errors.imports import FILE_TOO_LARGE
from lokaltmot_lms.errors.packages import MANIFEST_CASE, MANIFEST_IN_FOLDER, NO_MANIFEST, NOT_A_PACKAGE
from lokaltmot_lms.importers.base import READS_AS_TEXT
from lokaltmot_lms.importers.safe_open import place
from lokaltmot_lms.inspect.zips import read_zip
from lokaltmot_lms.source.files import shown

MOST_UNPACKED = 512 << 20
# What a zip without a manifest is refused for as a package; a Word document has none, and is fine.
_OF_PACKAGES = frozenset({NO_MANIFEST.code, MANIFEST_IN_FOLDER.code, MANIFEST_CASE.code})
_CHUNK = 1 << 20


class Bundle:
    """The entries of a zip."""

    def __init__(self, path: Path) -> None:
        """Judge the zip.

        Raises:
            CourseError: a name leads out of it, it is a bomb, locked or damaged.
        """
        contents = read_zip(path)
        wrong = [found for found in contents.problems if found.severity is Severity.ERROR]
        wrong = [found for found in wrong if found.code not in _OF_PACKAGES]
        if wrong:
            raise CourseError(tuple(wrong))
        self.path = path
        self.names = contents.names
        self._left = MOST_UNPACKED

    def read(self, name: str, *, most: int = READS_AS_TEXT) -> bytes:
        """Return an entry's content.

        Raises:
            CourseError: it is larger than it may be, or damaged.
        """
        at = place(self.path)
        try:
            with zipfile.ZipFile(self.path) as archive, archive.open(name) as file:
                parts = []
                size = 0
                while chunk := file.read(_CHUNK):  # the size in the list may be a lie
                    size += len(chunk)
                    if size > min(most, self._left):
                        limit = most >> 20
                        raise CourseError((FILE_TOO_LARGE.at(at, name=name, size=size >> 20, limit=limit),))
                    parts.append(chunk)
        except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError, ValueError) as error:
            raise CourseError((NOT_A_PACKAGE.at(at),)) from error
        self._left -= size
        return b"".join(parts)

    def find(self, address: str, folder: str = "") -> str | None:
        """Return the name of the entry that an address means, seen from a folder; None when there is none."""
        bare = unquote(address.partition("?")[0].partition("#")[0]).replace("\\", "/")
        for start in (folder, ""):
            name = posixpath.normpath(posixpath.join(start, bare)).lstrip("/")
            if name in self.names:
                return name
        return None

    def shown(self, name: str) -> str:
        """Return an entry as a person would write it."""
        return f"{shown(self.path)}/{name}"
