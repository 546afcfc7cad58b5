"""Compiles a document with our fonts, else with those of the machine, else with a sign for each letter that is missing.

Our fonts have Latin, Greek and Cyrillic letters. A PDF/UA document must show each of its letters
(ISO 14289-1, 7.21.4.1), so Typst refuses one whose letters a font lacks, and names them.
"""

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from lokaltmot_lms.errors import Position, Problem
from lokaltmot_lms.errors.targets import LETTERS_NOT_IN_FONTS
from lokaltmot_lms.model import Course
from lokaltmot_lms.source.files import shown

SIGN = "\u25a1"
_MISSING = re.compile(r'the text `"((?:[^"\\]|\\.)+)"` could not be displayed')
_ESCAPE = re.compile(r"\\u\{([0-9a-f]+)\}")
_MOST_TRIES = 5
_MOST_LETTERS = 12
_TEXTS = (".md", ".yaml", ".txt")


def typeset(main: Path, data: Mapping[str, Any]) -> tuple[bytes, str]:
    """Return the PDF, and the letters that no font has and that SIGN replaces in it.

    main: the template; its folder gets the data. The fonts of the machine are used only when ours lack a letter, so
    that the same course otherwise gives the same bytes everywhere.

    Raises:
        typst.TypstError: the document can't be made for another reason.
        ImportError: Typst is not installed.
    """
    import typst  # the optional extra [pdf], 25 MB

    text, missing = json.dumps(data, ensure_ascii=False), ""
    for tries in range(_MOST_TRIES):
        signs = {ord(letter): "" if _is_joined(letter) else SIGN for letter in missing}
        (main.parent / "data.json").write_text(text.translate(signs), encoding="utf-8")
        try:
            made: bytes = typst.compile(
                main, root=main.parent, pdf_standards=["ua-1"], ignore_system_fonts=tries == 0, timestamp=0
            )
        except typst.TypstError as error:
            found = "".join(sorted(set(_letters(str(getattr(error, "diagnostic", error)))) - set(missing)))
            if not found or tries == _MOST_TRIES - 1:
                raise
            missing += found if tries else ""
        else:
            return made, missing
    raise AssertionError("the last try returns or raises")


def missing_letters(letters: str, course: Course, at: Position) -> Iterator[Problem]:
    """Yield a problem for each kind of letter that is missing, where the first of them is written.

    at: the beginning of the module, whose file is searched first.
    """
    files = [Path(at.path), *sorted(file for file in course.folder.rglob("*") if file.suffix in _TEXTS)]
    kinds: dict[str, str] = {}
    for letter in letters:
        name = unicodedata.name(letter, f"U+{ord(letter):04X}")
        if not _is_joined(letter):
            # Letters of one script have the same first word: ETHIOPIC SYLLABLE TE, ETHIOPIC SYLLABLE GE.
            script = name.split()[0] if unicodedata.category(letter).startswith("L") else name
            kinds[script] = kinds.get(script, "") + letter
    for script, found in kinds.items():
        listed = " ".join(found[:_MOST_LETTERS]) + (" …" if len(found) > _MOST_LETTERS else "")
        place = _place(found, files) or at
        yield LETTERS_NOT_IN_FONTS.at(place, letters=listed, name=script if len(script) <= 3 else script.capitalize())


def _letters(diagnostic: str) -> Iterator[str]:
    """Yield the letters that Typst names, beyond ASCII: `"ት"`, or `"\\u{e31}"` for a mark."""
    for found in _MISSING.finditer(diagnostic):
        written = _ESCAPE.sub(lambda code: chr(int(code[1], 16)), found[1])
        yield from (letter for letter in written if not letter.isascii())


def _is_joined(letter: str) -> bool:
    """Return whether a letter only changes the one before it, as the signs inside an emoji do."""
    return unicodedata.category(letter) in ("Mn", "Me", "Cf")


def _place(letters: str, files: Iterable[Path]) -> Position | None:
    """Return where the first of some letters is written; None when no file of the course has one."""
    for file in files:
        try:
            lines = file.read_text(encoding="utf-8-sig").splitlines()
        except (OSError, UnicodeDecodeError):
            continue
        for number, line in enumerate(lines, start=1):
            columns = [line.find(letter) for letter in letters if letter in line]
            if columns:
                return Position(path=shown(file), line=number, column=min(columns) + 1)
    return None
