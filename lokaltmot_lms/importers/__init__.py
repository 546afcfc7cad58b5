"""Imports courses and questions of other formats. A new format is a module or folder here, and a line in FORMATS."""

from dataclasses import replace
from pathlib import Path

from lokaltmot_lms.errors import CourseError
from lokaltmot_lms.errors.imports import NOTHING_FOUND
from lokaltmot_lms.importers.aiken import FORMAT as AIKEN
from lokaltmot_lms.importers.base import Draft, Format
from lokaltmot_lms.importers.cartridge import FORMAT as CARTRIDGE
from lokaltmot_lms.importers.gift import FORMAT as GIFT
from lokaltmot_lms.importers.h5p import FORMAT as H5P
from lokaltmot_lms.importers.languages import import_in
from lokaltmot_lms.importers.moodle import FORMAT as MOODLE_XML
from lokaltmot_lms.importers.qti2 import FORMAT as QTI2
from lokaltmot_lms.importers.qti12 import FORMAT as QTI12
from lokaltmot_lms.importers.recognise import unknown, unsupported
from lokaltmot_lms.importers.safe_open import look, place, refuse_large
from lokaltmot_lms.importers.scorm import FORMAT as SCORM
from lokaltmot_lms.importers.sheet import FORMAT as SHEET
from lokaltmot_lms.importers.text2qti import FORMAT as TEXT2QTI
from lokaltmot_lms.importers.word import FORMAT as WORD

# By name. The first format that recognises a file reads it, so formats with an unmistakable signature come first.
FORMATS = {
    "moodlexml": MOODLE_XML,
    "qti": QTI12,
    "qti2": QTI2,
    "word": WORD,
    "h5p": H5P,
    "scorm": SCORM,
    "canvas": CARTRIDGE,
    "aiken": AIKEN,
    "sheet": SHEET,
    "text2qti": TEXT2QTI,
    "gift": GIFT,
}


def read_file(path: Path, language: str = "") -> tuple[Format, Draft]:
    """Return the content of a file as a draft, and its format. Nothing is written. language: "" to guess it.

    Raises:
        CourseError: the file is refused.
    """
    head = look(path)
    if (problem := unsupported(head)) is not None:
        raise CourseError((problem,))
    refuse_large(path)
    format_ = next((found for found in FORMATS.values() if found.knows(head)), None)
    if format_ is None:
        raise unknown(head, FORMATS.values())
    with import_in(language) as found_language:
        draft = format_.read(path)
    draft = replace(draft, language_basis=found_language.basis)
    if not draft.modules:
        raise CourseError((NOTHING_FOUND.at(place(path)), *draft.findings))
    return format_, draft


__all__ = ["FORMATS", "Draft", "Format", "read_file"]
