"""Writes packages to disk, as a zip or a folder. A package is written completely or not at all.

Nothing is compressed. The output of Deflate differs between zlib, zlib-ng and their versions, and a package must be the
same on every machine (docs/decisions/0005-packages-are-stored.md has the figures).
"""

import os
import shutil
import zipfile
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from lokaltmot_lms.errors import CourseError, Position
from lokaltmot_lms.errors.targets import CANNOT_READ, CANNOT_WRITE, FILE_CHANGED, FOLDER_TAKEN, NAME_CLASH, UNSAFE_NAME
from lokaltmot_lms.pages.media import PackageFile
from lokaltmot_lms.targets.names import is_safe_name

_CHUNK = 1 << 20
_LARGE = 64 << 20
_REGULAR_FILE = 0o100644 << 16  # -rw-r--r--, where zip keeps Unix modes
_UNIX = 3


def write_zip(path: Path, files: Iterable[PackageFile]) -> None:
    """Write a zip whose bytes depend only on the files' names and contents.

    Contents given as paths are streamed, so a video is never held in memory; zip64 is used when the size needs it
    (APPNOTE 6.3.9, 4.3.14). The file gets its final name when it is complete and on the disk.

    Raises:
        CourseError: a name is unsafe or clashes, a file can't be read, or the disk is full.
    """
    ordered = _checked(files)
    with _replacing(path, flush=True) as scratch, zipfile.ZipFile(scratch, "x", allowZip64=True) as archive:
        for file in ordered:
            _add(archive, file)


def write_file(path: Path, content: bytes, *, flush: bool = False) -> None:
    """Write a file completely or not at all.

    flush: wait until the content is on the disk, for what cannot be created again.

    Raises:
        CourseError: it can't be written.
    """
    with _replacing(path, flush=flush) as scratch:
        scratch.write_bytes(content)


def write_folder(path: Path, files: Iterable[PackageFile], *, mark: str) -> None:
    """Write the files as a folder, which replaces the folder of an earlier build.

    mark: name of a file that is in every folder we build; a non-empty folder without it is never replaced.

    Raises:
        CourseError: as write_zip, or the existing folder is not from an earlier build.
    """
    ordered = _checked(files)
    if path.exists() and not (path / mark).is_file() and (not path.is_dir() or any(path.iterdir())):
        raise CourseError((FOLDER_TAKEN.at(Position(path=path.as_posix())),))
    scratch = _temporary(path)
    try:
        for file in ordered:
            target = scratch / file.name
            target.parent.mkdir(parents=True, exist_ok=True)
            with target.open("xb") as output:
                for chunk in _chunks(file):
                    output.write(chunk)
        _swap(scratch, path)
    except OSError as error:
        raise _cannot_write(path, error) from error
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def _checked(files: Iterable[PackageFile]) -> list[PackageFile]:
    ordered = sorted(files, key=lambda file: file.name)
    problems = [
        UNSAFE_NAME.at(Position(path=file.name), name=file.name) for file in ordered if not is_safe_name(file.name)
    ]
    seen: set[str] = set()
    for file in ordered:
        folded = file.name.casefold()
        if folded in seen:
            problems.append(NAME_CLASH.at(Position(path=file.name), name=file.name))
        seen.add(folded)
    if problems:
        raise CourseError(tuple(problems))
    return ordered


def _add(archive: zipfile.ZipFile, file: PackageFile) -> None:
    entry = zipfile.ZipInfo(file.name)  # dated 1980-01-01 by default
    entry.create_system = _UNIX
    entry.external_attr = _REGULAR_FILE
    if isinstance(file.content, bytes):
        archive.writestr(entry, file.content)
        return
    entry.file_size = _size(file.content)  # decides about zip64 before the first byte
    with archive.open(entry, "w") as output:
        if entry.file_size > _LARGE and archive.fp is not None:
            _stream(file, output, archive.fp.fileno())
            return
        for chunk in _chunks(file):
            output.write(chunk)


def _stream(file: PackageFile, output: IO[bytes], disk: int) -> None:
    """Write a large file, and flush to disk in parallel instead of everything at the end."""
    with ThreadPoolExecutor(1) as executor:
        flushed, waiting = executor.submit(os.fsync, disk), 0
        for chunk in _chunks(file):
            output.write(chunk)
            waiting += len(chunk)
            if waiting > _LARGE and flushed.done():
                flushed.result()  # raises when the disk is full
                flushed, waiting = executor.submit(os.fsync, disk), 0
    flushed.result()


def _chunks(file: PackageFile) -> Iterator[bytes | memoryview]:
    """Yield a file's content in chunks.

    Raises:
        CourseError: the file can't be read, or its size has changed meanwhile.
    """
    if isinstance(file.content, bytes):
        yield file.content
        return
    left = _size(file.content)
    buffer = memoryview(bytearray(min(_CHUNK, left + 1)))  # one more byte shows that a file has grown
    try:
        with file.content.open("rb", buffering=0) as source:
            while count := source.readinto(buffer):
                left -= count
                if left < 0:
                    break
                yield buffer[:count]
    except OSError as error:
        raise _cannot_read(file.content, error) from error
    if left:
        raise CourseError((FILE_CHANGED.at(Position(path=file.content.as_posix())),))


def _size(source: Path) -> int:
    try:
        return source.stat().st_size
    except OSError as error:
        raise _cannot_read(source, error) from error


@contextmanager
def _replacing(path: Path, *, flush: bool) -> Iterator[Path]:
    """Yield a temporary name in the same folder; on success rename that file to the final name."""
    scratch = _temporary(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        yield scratch
        if flush:
            with scratch.open("rb+") as written:
                os.fsync(written.fileno())
        scratch.replace(path)
    except OSError as error:
        raise _cannot_write(path, error) from error
    finally:
        scratch.unlink(missing_ok=True)


def _temporary(path: Path) -> Path:
    return path.with_name(f".{path.name}.{os.urandom(4).hex()}.part")


def _swap(scratch: Path, path: Path) -> None:
    """Replace a folder. Not atomic (no portable system call is, for folders), but old and new files never mix."""
    if not path.exists():
        scratch.rename(path)
        return
    old = _temporary(path)
    path.rename(old)
    scratch.rename(path)
    shutil.rmtree(old, ignore_errors=True)


def _cannot_read(source: Path, error: OSError) -> CourseError:
    return CourseError((CANNOT_READ.at(Position(path=source.as_posix()), reason=error.strerror or str(error)),))


def _cannot_write(path: Path, error: OSError) -> CourseError:
    return CourseError((CANNOT_WRITE.at(Position(path=path.as_posix()), reason=error.strerror or str(error)),))
