# ruff: noqa: E501  # tables of syntax
"""Whatever a file contains, an import ends in a readable course or in a refusal with a code: it never crashes."""

import re
from copy import deepcopy
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import example, given
from hypothesis import strategies as st
from lxml import etree

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


_AIKEN = (
    "Hva?\n", "A. ja\n", "A) ja\n", "B. nei\n", "B) nei\n", "C. \n", "b. nei\n", "ANSWER: A\n", "ANSWER: B, C\n", "ANSWER: Q\n", "Svar: a\n", "ANSWER:\n", "\n", "\n\n",
    "FEEDBACK: fordi\n", "I. Innledning\n", "<b>", "- (x) a\n", "::: quiz\n", "{#a}", "\ue0001\ue001", "\t", "\u00a0", "ø",
)  # fmt: skip
_QTI = (
    "", "<", "/>", "x", "</value>", "&#9;", "-1", "1E400", "NaN", "<value>B</value>", "<mapEntry mapKey='A' mappedValue='2'/>", "<gap identifier='G'/>", "<rubricBlock view='scorer'>",
    "<textEntryInteraction responseIdentifier='RESPONSE'/>", "<customOperator/>", "<and>", "</and>", "R1", "multiple", "ordered", "record", "string", "float", "\ue0001\ue001", "\ue0100\ue011", "<include href='i.xml'/>", "<math><msup><mi>x</mi></msup></math>", "ø",
)  # fmt: skip


@cache
def _xml() -> str:
    return (_FILES / "moodle.xml").read_text(encoding="utf-8")


@cache
def _qti() -> str:
    return (_FILES / "qti21.xml").read_text(encoding="utf-8")


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


@_QUIET
@given(st.lists(st.sampled_from(_AIKEN), max_size=40))
def test_any_sequence_of_aiken(parts: list[str]) -> None:
    _import("x", f"Hva?\nA. ja\nB. nei\nANSWER: A\n\n{''.join(parts)}".encode())


@_QUIET
@given(
    st.lists(
        st.tuples(
            st.deferred(lambda: st.integers(0, len(_qti()))),
            st.integers(0, 40),
            st.sampled_from(_QTI),
        ),
        max_size=6,
    ),
    st.booleans(),
)
def test_any_qti_with_errors(changes: list[tuple[int, int, str]], as_new: bool) -> None:
    text = _qti()
    for start, length, mark in changes:
        text = text[:start] + mark + text[start + length :]
    _import("x", (text.replace("choiceInteraction", "qti-choice-interaction") if as_new else text).encode())


@_QUIET
@given(st.data())
def test_any_qti_whose_elements_and_values_change_places(data: st.DataObject) -> None:
    """The document stays well-formed: elements are removed, doubled or renamed, and attributes get other values."""
    root = etree.fromstring(_qti().encode())
    for _ in range(data.draw(st.integers(1, 6))):
        elements = [element for element in root.iter() if element is not root]
        element = data.draw(st.sampled_from(elements))
        parent = element.getparent()
        assert parent is not None
        match data.draw(st.sampled_from(("remove", "double", "rename", "value", "text"))):
            case "remove":
                parent.remove(element)
            case "double":
                parent.append(deepcopy(element))
            case "rename":
                element.tag = data.draw(st.sampled_from(elements)).tag
            case "value" if element.attrib:
                name = data.draw(st.sampled_from(sorted(map(str, element.attrib))))
                element.set(
                    name,
                    data.draw(st.sampled_from(("", "A", "B", "0", "-3", "1e400", "multiple", "record", "RESPONSE"))),
                )
            case _:
                element.text = data.draw(st.sampled_from(("", "A", "1e400", "A B", "NaN", "\ue0001\ue001")))
    _import("x", etree.tostring(root))
