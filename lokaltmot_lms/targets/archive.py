"""Writes packages to disk: the only zip writer, and the folder of the web target. All or nothing.

Nothing is compressed. Deflate gives other bytes under zlib than under zlib-ng or another version of either, and a
package must be the same on every machine (docs/decisions/0005-packages-are-stored.md has the figures).
"""

import os
import shutil
import zipfile
from collections.abc import Iterable, Iterator
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
    """Write a zip whose bytes depend on the files' names and contents only.

    Contents given as paths are streamed, so a film is never held in memory; zip64 is used when the size needs it
    (APPNOTE 6.3.9, 4.3.14). The file stands under its name only when it is whole and on the disk.

    Raises:
        CourseError: a name is unsafe or clashes, a file can't be read, or the disk is full.
    """
    ordered = _checked(files)
    with _replacing(path, flush=True) as scratch, zipfile.ZipFile(scratch, "x", allowZip64=True) as archive:
        for file in ordered:
            _add(archive, file)


def write_file(path: Path, content: bytes, *, flush: bool = False) -> None:
    """Write a whole file or none.

    flush: wait until the disk has it, for what could not be made again.

    Raises:
        CourseError: it can't be written.
    """
    with _replacing(path, flush=flush) as scratch:
        scratch.write_bytes(content)


def write_folder(path: Path, files: Iterable[PackageFile], *, mark: str) -> None:
    """Write the files as a folder, in the place of the folder of an earlier build.

    mark: name of a file that says that a folder was made by us; another folder is never replaced.

    Raises:
        CourseError: as write_zip, or the folder there is not ours.
    """
    ordered = _checked(files)
    if path.exists() and not (path / mark).is_file() and (not path.is_dir() or any(path.iterdir())):
        raise CourseError((FOLDER_TAKEN.at(Position(path=path.as_posix())),))
    scratch = _beside(path)
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
    entry = zipfile.ZipInfo(file.name)  # dated 1980-01-01 unless told otherwise
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
    """Write a large file while the disk takes what was written before; else it would get all of it at the end."""
    from concurrent.futures import ThreadPoolExecutor  # here: few packages hold such a file

    with ThreadPoolExecutor(1) as beside:
        taken, waiting = beside.submit(os.fsync, disk), 0
        for chunk in _chunks(file):
            output.write(chunk)
            waiting += len(chunk)
            if waiting > _LARGE and taken.done():
                taken.result()  # a full disk says so here
                taken, waiting = beside.submit(os.fsync, disk), 0
    taken.result()


def _chunks(file: PackageFile) -> Iterator[bytes | memoryview]:
    """Yield a file's content piece by piece; exactly as long as it was when we began, or not at all."""
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
    """Give a scratch name in the same folder; on success what was written there takes the final name."""
    scratch = _beside(path)
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


def _beside(path: Path) -> Path:
    return path.with_name(f".{path.name}.{os.urandom(4).hex()}.part")


def _swap(scratch: Path, path: Path) -> None:
    """Put a folder in the place of another. Not atomic (no system call is, for folders), but never a mixture."""
    if not path.exists():
        scratch.rename(path)
        return
    old = _beside(path)
    path.rename(old)
    scratch.rename(path)
    shutil.rmtree(old, ignore_errors=True)


def _cannot_read(source: Path, error: OSError) -> CourseError:
    return CourseError((CANNOT_READ.at(Position(path=source.as_posix()), reason=error.strerror or str(error)),))


def _cannot_write(path: Path, error: OSError) -> CourseError:
    return CourseError((CANNOT_WRITE.at(Position(path=path.as_posix()), reason=error.strerror or str(error)),))
