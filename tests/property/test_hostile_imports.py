# ruff: noqa: E501  # tables of syntax
"""Whatever a file contains, an import ends in a readable course or in a refusal with a code: it never crashes."""

import re
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import example, given
from hypothesis import strategies as st

from lokaltmot_lms.errors import CourseError
from lokaltmot_lms.importers import read_file
from lokaltmot_lms.importers.folder import make_folder

from ..examples import examples

_FILES = Path(__file__).parents[1] / "imports"
_QUIET = examples(100)
_GIFT = (
    "::", "::T::", "{", "}", "=", "~", "#", "####", "->", "\n", "\n\n", "//", "[id:a]", "$CATEGORY: a/b//c", "%50%", "%-100%", "\\", "\\n", "TRUE", "F", "#3:1", ">ALL EXACT", "1:SA:", "2:MC:", "{1:ESSAY:", "1e-5", "{####",
    "1..2", "[html]", "[markdown]", "<p>", "</p>", "<ul><li>", "<img src='x'>", "<script>", "*", "_", "::: quiz", "{#a}", "- (x)", "Svar:", "a", "ø", " ", "&amp;", "\ue000", "\ue001", "\ue01e", "\ue0001\ue001", "<a href='https://x.no/", "'>",
)  # fmt: skip
_TEXT2QTI = (
    "1. ", "2.  a", "\n", "\n\n", "a) ", "*b) ", "[*] ", "[ ] ", "* ", "= ", "1 +- 2", "[1, 2]", "____", "^^^^", "... ", "+ ", "- ", "! ", "GROUP\n", "END_GROUP\n",
    "pick: 2\n", "points per question: x\n", "Title: t\n", "Points: 3\n", "Text: ", "Quiz title: q\n", "COMMENT\n", "END_COMMENT\n", "%", "```{.p .run}\n", "```", "$x$", "ø", "    ", "<b>", "**",
)  # fmt: skip


@cache
def _xml() -> str:
    return (_FILES / "moodle.xml").read_text(encoding="utf-8")


def _import(name: str, content: bytes) -> None:
    with TemporaryDirectory() as folder:
        file = Path(folder) / name
        file.write_bytes(content)
        try:
            _, draft = read_file(file)
        except CourseError as refusal:
            assert all(re.match(r"LM[56]", problem.code) for problem in refusal.problems)
            return
        made = make_folder(draft, Path(folder) / "kurs")
        assert "course.yaml" in made.files
        for problem in made.findings:
            for language in ("en", "nb", "nn"):
                assert problem.text(language)


@_QUIET
@given(st.binary(max_size=300))
def test_any_bytes(content: bytes) -> None:
    _import("x", content)
    _import("x", b"PK\x03\x04" + content)


@_QUIET
@given(st.lists(st.sampled_from(_GIFT), max_size=60))
@example(["\ue000", "<p>", "{#a}", "::"])  # half a gap mark before a complete one
@example(["<a href='https://x.no/", "\ue0001\ue001", "'>", "a", "</a>"])  # a gap mark in an attribute
@example(["\ue0009\ue001", "{=a ~b}", "a"])  # a gap mark with an unknown number
def test_any_sequence_of_gift(parts: list[str]) -> None:
    _import("x", f"::Q::{{=a}}\n\n{''.join(parts)}".encode())


@_QUIET
@given(st.lists(st.sampled_from(_TEXT2QTI), max_size=50))
def test_any_sequence_of_text2qti(parts: list[str]) -> None:
    _import("x", f"1. Hva?\n*a) b\nb) c\n\n{''.join(parts)}".encode())


@_QUIET
@given(
    st.lists(
        st.tuples(
            st.deferred(lambda: st.integers(0, len(_xml()))),
            st.integers(0, 40),
            st.sampled_from(
                (
                    "",
                    "<",
                    "x",
                    "</text>",
                    "&#9;",
                    "100",
                    "]]>",
                    "{1:MC:=a}",
                    "[[9]]",
                    "ø",
                    "\ue0001\ue001",
                    '<a href="',
                    '">',
                )
            ),
        ),
        max_size=6,
    )
)
def test_any_moodle_xml_with_errors(changes: list[tuple[int, int, str]]) -> None:
    text = _xml()
    for start, length, mark in changes:
        text = text[:start] + mark + text[start + length :]
    _import("x", text.encode())
