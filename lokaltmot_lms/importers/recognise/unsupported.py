"""Says what a file is that can't be imported, and what to do instead."""

import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path, PurePosixPath

from lokaltmot_lms.errors import CourseError, Problem
from lokaltmot_lms.errors.imports import FORMAT_UNKNOWN, KIND_UNSUPPORTED, ZIP_HOLDS
from lokaltmot_lms.errors.packages import ENCRYPTED_ENTRY
from lokaltmot_lms.importers.base import READS_AS_TEXT, Format, Head
from lokaltmot_lms.importers.recognise.kinds import KINDS, LESS_SURE_KINDS, Kind
from lokaltmot_lms.importers.safe_open import look, open_archive, place

_MOST_INSIDE = 20  # files of a zip that are looked at
_HIDDEN = ("__macosx/", "thumbs.db", "desktop.ini")


def unsupported(head: Head, kinds: tuple[Kind, ...] = KINDS) -> Problem | None:
    """Return what to do with a file of a kind that can't be imported; None when it is of no such kind."""
    kind = next((kind for kind in kinds if kind.knows(head)), None)
    if kind is None:
        return None
    fault = replace(KIND_UNSUPPORTED, message=kind.what, hint=kind.way_out)
    return fault.at(place(head.path), root=head.root)


def unknown(head: Head, formats: Iterable[Format]) -> CourseError:
    """Return what can be said of a file that no format knows. formats: tried for the files in a zip."""
    try:
        found = list(_inside(head, tuple(formats))) if head.names else []
    except CourseError as error:
        if any(problem.code != ENCRYPTED_ENTRY.code for problem in error.problems):
            return error
        found = []
    if found:
        names = ", ".join(f"{name} ({format_.title})" for name, format_ in found[:3])
        return CourseError((ZIP_HOLDS.at(place(head.path), names=names),))
    return CourseError((unsupported(head, LESS_SURE_KINDS) or FORMAT_UNKNOWN.at(place(head.path)),))


def _inside(head: Head, formats: tuple[Format, ...]) -> Iterator[tuple[str, Format]]:
    """Yield the files of a zip that could be imported if they were unpacked."""
    with open_archive(head.path) as archive, tempfile.TemporaryDirectory() as folder:
        visible = [name for name in sorted(archive.names) if _is_visible(name)]
        for number, name in enumerate(visible[:_MOST_INSIDE]):
            if archive.size(name) > READS_AS_TEXT:
                continue
            file = Path(folder) / f"{number}{PurePosixPath(name).suffix}"
            file.write_bytes(archive.read(name, most=READS_AS_TEXT))
            inner = look(file)
            format_ = next((format_ for format_ in formats if format_.knows(inner)), None)
            if format_ is not None and unsupported(inner) is None:
                yield name, format_
            file.unlink()


def _is_visible(name: str) -> bool:
    low = name.lower()
    return not low.startswith(_HIDDEN) and not PurePosixPath(low).name.startswith((".", *_HIDDEN))
