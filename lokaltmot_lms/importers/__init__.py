"""Other formats become our Markdown. A new format is a file here and its name in the line below."""

from collections.abc import Iterator, Mapping
from importlib import import_module
from pathlib import Path

from lokaltmot_lms.errors import CourseError
from lokaltmot_lms.errors.imports import FORMAT_UNKNOWN, NOTHING_FOUND
from lokaltmot_lms.importers.base import Draft, Format
from lokaltmot_lms.importers.opening import look, place

# Each is a file of this folder that says FORMAT = Format(…). The first that knows a file reads it: what can be told
# beyond doubt comes first.
_NAMES = ("moodlexml", "qti", "word", "scorm", "canvas", "text2qti", "gift")


class _Formats(Mapping[str, Format]):
    """The formats by name. One is imported when it is asked for."""

    def __getitem__(self, name: str) -> Format:
        if name not in _NAMES:
            raise KeyError(name)
        format_: Format = import_module(f"{__name__}.{name}").FORMAT
        return format_

    def __iter__(self) -> Iterator[str]:
        return iter(_NAMES)

    def __len__(self) -> int:
        return len(_NAMES)


FORMATS: Mapping[str, Format] = _Formats()


def read_file(path: Path) -> tuple[Format, Draft]:
    """Return what a file holds as a draft, with the format it is in. Nothing is written.

    Raises:
        CourseError: the file is refused.
    """
    head = look(path)
    format_ = next((found for found in FORMATS.values() if found.knows(head)), None)
    if format_ is None:
        raise CourseError((FORMAT_UNKNOWN.at(place(path)),))
    draft = format_.read(path)
    if not draft.modules:
        raise CourseError((NOTHING_FOUND.at(place(path)), *draft.findings))
    return format_, draft


__all__ = ["FORMATS", "Draft", "Format", "read_file"]
