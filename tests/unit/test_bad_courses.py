"""Every fault of the catalogue has a small course that shows it, with the exact lines an author then reads."""

import os
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from string import Formatter

import pytest

from lokaltmot_lms.checks import check_course
from lokaltmot_lms.errors import Fault, Problem
from lokaltmot_lms.errors.catalogue import CATALOGUE
from lokaltmot_lms.source import read_course
from lokaltmot_lms.texts import translations

ROOT = Path(__file__).parents[2]
COURSES = sorted((ROOT / "tests" / "courses").glob("bad-*"))
TODAY = date(2026, 11, 22)

FRONT = "---\ntittel: Prøve\nid: prove\nversjon: 1\nspråk: nb\n---\n\n# Side {#side}\n\n"


def _problems(path: Path) -> list[Problem]:
    reading = read_course(path)
    found = list(reading.problems)
    if reading.course is not None:
        found += check_course(reading.course, today=TODAY)
    return sorted(found, key=lambda problem: (problem.at, problem.code))


@pytest.mark.parametrize("folder", COURSES, ids=lambda folder: folder.name)
def test_a_bad_course_gives_exactly_the_lines_it_says(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    module = Path("module.md")
    found = _problems(module if module.is_file() else Path())
    expected = (folder / "expected.txt").read_text(encoding="utf-8")
    assert expected == "".join(f"{problem.text()}\n" for problem in found)


def test_every_code_is_shown_by_a_course() -> None:
    shown = {code for folder in COURSES for code in re.findall(r"LM\d+", (folder / "expected.txt").read_text("utf-8"))}
    shown |= {code for code, _, _ in MADE}
    shown |= {"LM228", "LM237", "LM238", "LM330", "LM331"}  # fonts and large files: made in tests of paper and checks
    shown |= {"LM451", "LM452"}  # in a theme: made in tests/unit/checks
    assert sorted(shown) == [code for code in CATALOGUE if code[2] in "1234"]


@pytest.mark.parametrize("language", ["nb", "nn"])
@pytest.mark.parametrize("fault", [f for f in CATALOGUE.values() if f.code[2] in "12"], ids=lambda fault: fault.code)
def test_every_fault_of_the_reader_is_said_in_norwegian(fault: Fault, language: str) -> None:
    for text in filter(None, (fault.message, fault.hint, fault.hint_without, fault.why)):
        said = translations(language).gettext(text)
        assert said != text
        if text is not fault.why:  # only the first two have places to fill
            assert _places(said) == _places(text)


def _places(text: str) -> set[str | None]:
    return {name for _, name, _, _ in Formatter().parse(text)} - {None}


# Too big, too odd or too fragile to be committed: the test makes them. (code, line, what makes the file.)
def _latin_1(folder: Path) -> None:
    text = FRONT.encode() + b"Ring.\n\n" + "Grøt".encode("latin-1")
    (folder / "m.md").write_bytes(text)


def _fifty_megabytes(folder: Path) -> None:
    with (folder / "m.md").open("wb") as file:
        file.write(FRONT.encode())
        file.truncate(50_000_000)


def _names_alike(folder: Path) -> None:
    (folder / "media").mkdir()
    for name in ("hus.svg", "Hus.svg"):
        (folder / "media" / name).write_text("<svg/>", encoding="utf-8")
    (folder / "m.md").write_text(FRONT + "![Et hus](media/hus.svg)\n", encoding="utf-8")


def _link_out(folder: Path) -> None:
    (folder.parent / "secret.svg").write_text("<svg/>", encoding="utf-8")
    (folder / "hus.svg").symlink_to(folder.parent / "secret.svg")
    (folder / "m.md").write_text(FRONT + "![Et hus](hus.svg)\n", encoding="utf-8")


def _folder_link_out(folder: Path) -> None:
    (folder.parent / "outside").mkdir()
    (folder.parent / "outside" / "hus.svg").write_text("<svg/>", encoding="utf-8")
    (folder / "media").symlink_to(folder.parent / "outside")
    (folder / "m.md").write_text(FRONT + "![Et hus](media/hus.svg)\n", encoding="utf-8")


def _nul(folder: Path) -> None:
    (folder / "m.md").write_bytes(FRONT.encode() + b"Tekst\x00 her.\n")


def _utf_16(folder: Path) -> None:
    (folder / "m.md").write_bytes(FRONT.encode("utf-16"))


MADE: list[tuple[str, int, Callable[[Path], None]]] = [
    ("LM103", 12, _latin_1),
    ("LM103", 1, _utf_16),
    ("LM104", 10, _nul),
    ("LM105", 1, _fifty_megabytes),
    ("LM130", 10, _link_out),
    ("LM130", 10, _folder_link_out),
    ("LM133", 10, _names_alike),
]


@pytest.mark.parametrize(("code", "line", "make"), MADE, ids=lambda value: getattr(value, "__name__", str(value)))
def test_a_hostile_file_is_refused(code: str, line: int, make: Callable[[Path], None], tmp_path: Path) -> None:
    folder = tmp_path / "course"
    folder.mkdir()
    make(folder)
    problems = read_course(folder / "m.md").problems
    assert [(code, line)] == [(problem.code, problem.at.line) for problem in problems]


def test_windows_line_ends_and_a_byte_order_mark_make_no_difference(tmp_path: Path) -> None:
    text = FRONT + "Blåbær.\n\n- en\n- to\n"
    plain, other = tmp_path / "a.md", tmp_path / "b.md"
    plain.write_bytes(text.encode())
    other.write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    one, two = read_course(plain), read_course(other)
    assert one.course is not None
    assert two.course is not None
    assert (one.course.modules, one.problems) == (two.course.modules, two.problems)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes are made by POSIX systems only")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "course.yaml")
    assert [problem.code for problem in read_course(tmp_path).problems] == ["LM101"]
