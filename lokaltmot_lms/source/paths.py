"""Finds the files an author names, inside the course folder and under names that work on every machine."""

import re
import time
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from unicodedata import normalize

from lokaltmot_lms.errors import Position
from lokaltmot_lms.errors.source import CANNOT_READ, FILE_MISSING, NAME_CASE, NAMES_ALIKE, PATH_UNSAFE
from lokaltmot_lms.source.report import Report, nearest

# What Windows can't have in a name, and what makes a path an address. A folder of this kind is nobody's media.
_FORBIDDEN = frozenset('<>:"|?*\\') | {chr(code) for code in range(32)}

# Only a file of the same kind is suggested in place of one that is missing.
_KINDS = tuple(
    frozenset(kind.split())
    for kind in ("png jpg jpeg gif webp svg avif heic", "mp4 webm m4v mov avi mp3 m4a ogg oga wav", "vtt srt", "md txt")
)
_TICK = 50_000_000  # nanoseconds, well above any file system's clock that we meet


def find_file(folder: Path, written: str, at: Position, report: Report) -> Path | None:
    """Return the file a text names, or None after reporting why it can't be used.

    written: from the folder, forward slashes. It must not lead out of the folder, by .., by links or otherwise.
    """
    parts = written.removeprefix("./").split("/")
    if not written or not _FORBIDDEN.isdisjoint(written) or any(_is_unsafe(part) for part in parts):
        report.add(PATH_UNSAFE, at, path=written[:120])
        return None
    file = folder
    for part in parts:
        name = _name_in(file, part, at, report)
        if name is None:
            return None
        file = file / name
    # A link in the course folder may lead out of it.
    if not file.resolve().is_relative_to(folder.resolve()):
        report.add(PATH_UNSAFE, at, path=written)
        return None
    if not file.is_file():
        report.add(CANNOT_READ, at, file=written)
        return None
    return file


def _is_unsafe(part: str) -> bool:
    # Hidden files (.git, .env) are never meant, and Windows drops a dot or space at the end of a name.
    return not part or part.startswith(".") or part != part.rstrip(" .")


def _name_in(folder: Path, part: str, at: Position, report: Report) -> str | None:
    """Return the name as the disk has it: æøå may be stored as one character or two."""
    names = _names(folder)
    wanted = normalize("NFC", part)
    alike = names.get(wanted.casefold(), {})
    if wanted not in alike:
        if alike:
            report.add(NAME_CASE, at, path=part, actual=next(iter(alike)))
        else:
            known = [name for row in names.values() for name in row]
            report.add(FILE_MISSING, at, path=part, nearest=_nearest_file(part, known))
        return None
    if len(alike) > 1:
        report.add(NAMES_ALIKE, at, path=wanted, other=next(name for name in alike if name != wanted))
        return None
    return alike[wanted]


def _nearest_file(written: str, known: Iterable[str]) -> str:
    """Return the name of a file of the same kind that is most like a misspelt one, or "" when none is."""
    stem, _, suffix = written.rpartition(".")
    alike = next((kind for kind in _KINDS if suffix.casefold() in kind), frozenset({suffix.casefold()}))
    stems: dict[str, str] = {}
    for name in sorted(known, key=lambda name: not name.casefold().endswith(f".{suffix}".casefold())):
        other, _, kind = name.rpartition(".")
        if kind.casefold() in alike or not stem:
            stems.setdefault(other if stem else name, name)
    return stems.get(nearest(stem or written, stems), "")


# Names of a folder by their folded form, then as composed characters, then as the disk has them.
_Names = Mapping[str, Mapping[str, str]]


def _names(folder: Path) -> _Names:
    try:
        status = folder.stat()
        # A folder's modification time is coarse: it can't show a second change within the same tick.
        is_settled = time.time_ns() - status.st_mtime_ns > _TICK
        # By its number too: what an archive has put in a folder's place may have the time of what was there.
        key = (status.st_dev, status.st_ino, status.st_mtime_ns)
        return _kept(folder, key) if is_settled else _listed(folder)
    except OSError:
        return {}


@lru_cache(maxsize=16)
def _kept(folder: Path, key: tuple[int, int, int]) -> _Names:  # noqa: ARG001  # one that has changed has another
    # Thousands of pictures in one folder would else be listed thousands of times.
    return _listed(folder)


def _listed(folder: Path) -> _Names:
    found: dict[str, dict[str, str]] = {}
    for name in sorted(path.name for path in folder.iterdir()):
        composed = normalize("NFC", name)
        found.setdefault(composed.casefold(), {})[composed] = name
    return found


_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_ALLOWED = frozenset({"http", "https", "mailto", "tel"})


def is_address(written: str) -> bool:
    """Return whether a link goes to a web page, a mailbox, a telephone or #id; scripts and the like do not."""
    found = _SCHEME.match(written)
    if found:
        return found[1].lower() in _ALLOWED and len(written) > found.end()
    return written.startswith("#") and len(written) > 1


def is_file(written: str) -> bool:
    """Return whether a link names a file of the course. The source of another module (.md) does not count."""
    return bool(written) and not written.startswith(("#", "//")) and not _SCHEME.match(written) and ".md" not in written
