"""Other formats become our Markdown. A new format is a module or a folder here and an entry in FORMATS."""

from pathlib import Path

from lokaltmot_lms.errors import CourseError
from lokaltmot_lms.errors.imports import FORMAT_UNKNOWN, NOTHING_FOUND
from lokaltmot_lms.importers import scorm
from lokaltmot_lms.importers.base import Draft, Format
from lokaltmot_lms.importers.cartridge import canvas
from lokaltmot_lms.importers.gift import questions as gift
from lokaltmot_lms.importers.moodle import questions as moodlexml
from lokaltmot_lms.importers.qti12 import file as qti
from lokaltmot_lms.importers.safe_open import look, place
from lokaltmot_lms.importers.text2qti import questions as text2qti
from lokaltmot_lms.importers.word import document as word

# By name. The first format that recognises a file reads it, so formats with an unmistakable signature come first.
FORMATS = {
    "moodlexml": moodlexml.FORMAT,
    "qti": qti.FORMAT,
    "word": word.FORMAT,
    "scorm": scorm.FORMAT,
    "canvas": canvas.FORMAT,
    "text2qti": text2qti.FORMAT,
    "gift": gift.FORMAT,
}


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
