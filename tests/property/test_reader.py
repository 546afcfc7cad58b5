# ruff: noqa: E501  # a table of marks
"""Whatever is in the files, the reader answers with a course or with problems: it never raises."""

import re
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given
from hypothesis import strategies as st
from lxml.html import fragment_fromstring
from ruamel.yaml import YAML
from ruamel.yaml.nodes import MappingNode, Node, SequenceNode

from lokaltmot_lms.errors import Problem
from lokaltmot_lms.model import Prose
from lokaltmot_lms.source import read_course
from lokaltmot_lms.source.lines import Source
from lokaltmot_lms.source.report import Report
from lokaltmot_lms.source.values import Value
from lokaltmot_lms.source.yaml import read_yaml

from ..examples import examples

MARKS = (
    "# ", "## ", "::: quiz\n", "::: case\n", "::: video ", ":::\n", "- ( ) ", "- (x) ", "- [x] ", "  > ", "{#a}", "[[", "]]", "{{fact.", "}}",
    "{{local.kontakt}}", "Svar: ", "Skala: ", "Rekkefølge:\n", "1. ", "=> ", "-> #a", "@ 1 2 3 4", "\n", "\n\n", "<!--", "-->", "```", "| a |",
    "![a](b.svg)", "[a](#b)", "**", "*", "_", "\\", "<b>", "<", "&amp;", "\t", "\x00", "\ufeff", "…", "(5)", "±", "---\n", "tittel: ", "\"", "'", ": ", "- ",
)  # fmt: skip
FRONT = "---\ntittel: P\nid: p\nversjon: 1\n---\n\n# S {#s}\n\n"
QUICK = examples(100)


@cache
def _good() -> str:
    module = Path(__file__).parents[1] / "courses" / "alle-typer" / "01-alle-typer.md"
    return module.read_text(encoding="utf-8")


def _places() -> st.SearchStrategy[int]:
    return st.integers(0, len(_good()))


def _lines() -> st.SearchStrategy[str]:
    return st.sampled_from(_good().split("\n"))


def _read(name: str, content: bytes) -> None:
    with TemporaryDirectory() as folder:
        file = Path(folder) / name
        file.write_bytes(content)
        reading = read_course(file if name.endswith(".md") else Path(folder))
        for problem in reading.problems:
            for language in ("en", "nb", "nn"):
                assert problem.text(language)
            assert problem.at.line >= 1
            assert problem.at.column >= 1


@QUICK
@given(st.binary(max_size=400))
def test_any_bytes_are_read_without_a_traceback(content: bytes) -> None:
    _read("m.md", content)
    _read("course.yaml", content)


@QUICK
@given(st.text(max_size=400))
def test_any_text_is_read_without_a_traceback(text: str) -> None:
    _read("m.md", (FRONT + text).encode("utf-8", "surrogatepass"))
    _read("course.yaml", text.encode("utf-8", "surrogatepass"))


@QUICK
@given(st.lists(st.one_of(st.sampled_from(MARKS), st.text(max_size=6)), max_size=60))
def test_any_heap_of_marks_is_read_without_a_traceback(parts: list[str]) -> None:
    _read("m.md", (FRONT + "".join(parts)).encode("utf-8", "surrogatepass"))


@QUICK
@given(st.lists(st.tuples(st.deferred(_places), st.integers(0, 12), st.sampled_from(MARKS)), max_size=6))
def test_a_good_module_with_slips_is_read_without_a_traceback(changes: list[tuple[int, int, str]]) -> None:
    text = _good()
    for start, length, mark in changes:
        text = text[:start] + mark + text[start + length :]
    _read("m.md", text.encode())


@QUICK
@given(st.lists(st.deferred(_lines), max_size=40))
def test_any_order_of_good_lines_is_read_without_a_traceback(lines: list[str]) -> None:
    _read("m.md", (FRONT + "\n".join(lines)).encode())


WORDS = st.text(alphabet="abcæøå12 .,:#-[]{}'\"&*!|>%?@\\\t", max_size=12)


@examples(300)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["", "  ", "    ", "- ", "  - ", "# "]),
            st.sampled_from(["", "a: ", "b: ", "c-d:", "é: "]),
            WORDS,
        ),
        max_size=8,
    )
)
def test_yaml_that_we_accept_means_what_ruamel_says(parts: list[tuple[str, str, str]]) -> None:
    text = "\n".join("".join(part) for part in parts) + "\n"
    report = Report()
    read = read_yaml(Source("x.yaml", tuple(text.split("\n"))), report)
    if read is None or report.problems():
        return
    assert _bare(read) == (_ruamel(text) or {})


def _ruamel(text: str) -> object:
    """Return what ruamel.yaml's composer makes of a document, every scalar as text."""
    return _plain(YAML(typ="safe", pure=True).compose(text))


def _plain(node: Node | None) -> object:
    if isinstance(node, MappingNode):
        return {_plain(key): _plain(value) for key, value in node.value}
    if isinstance(node, SequenceNode):
        return [_plain(item) for item in node.value]
    return node and node.value


NUMBERED = st.tuples(
    st.one_of(st.integers(0, 4), st.sampled_from([17, 24, 31, 196, 2027])),
    st.sampled_from([". ", ") "]),
    st.sampled_from(
        ["mai er fri", "desember", "etasje", "Ring oss", "ledd gjelder", "søndag", "des. er stengt", "Mai"]
    ),
    st.sampled_from(["\n", "\n\n", "\n\nEn setning.\n\n"]),
)


@examples(200)
@given(st.lists(NUMBERED, min_size=1, max_size=6))
def test_learners_see_the_numbers_that_were_written(lines: list[tuple[int, str, str, str]]) -> None:
    text = "".join(f"{number}{sign}{words}{after}" for number, sign, words, after in lines)
    html, codes = _page(text)
    written = [str(number) for number, _, _, _ in lines]
    if not codes and "1 1" not in " ".join(written) and "0 0" not in " ".join(written):
        assert re.findall(r"\d+", _seen(html)) == written


QUESTIONS = (
    "- [x] Vann\n- [ ] Olje", "- (x) Vann\n- ( ) Olje", "Svar: 110", "Answer: one | two", "- A => b\n- C => d", "Order:\n\n1. a\n2. b",
    "Rekkefølge:\n1. a\n2. b", "Skala: Aldri … Alltid (5)\n\n- a\n- b", "Ring [[ *110* | 112 ]].", "(x) Vann\n( ) Olje",
)  # fmt: skip
ABOVE = (
    "",
    "Hva hjelper?",
    "## Hva hjelper?",
    "- en\n- to",
    "| a | b |\n| --- | --- |\n| 1 | 2 |",
    "1. en\n2. to",
    "`Svar: 1`",
    "> sitat",
)


@examples(200)
@given(st.lists(st.sampled_from(ABOVE), max_size=4), st.sampled_from(QUESTIONS), st.sampled_from(ABOVE))
def test_a_question_outside_a_quiz_is_reported_where_it_is(above: list[str], question: str, below: str) -> None:
    before = "".join(f"{part}\n\n" for part in above)
    report = _problems(f"{before}{question}\n\n{below}\n")
    line = FRONT.count("\n") + before.count("\n") + 1
    assert [found.at.line for found in report if found.code == "LM156"] == [line]


def _problems(text: str) -> tuple[Problem, ...]:
    with TemporaryDirectory() as folder:
        file = Path(folder) / "m.md"
        file.write_text(FRONT + text, encoding="utf-8")
        return read_course(file).problems


def _page(text: str) -> tuple[str, list[str]]:
    """Return the HTML of a page with this text, and the codes of what was reported."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "m.md"
        file.write_text(FRONT + text, encoding="utf-8")
        reading = read_course(file)
    assert reading.course is not None
    blocks = reading.course.modules[0].pages[0].blocks
    html = "".join(block.text.html for block in blocks if isinstance(block, Prose))
    return html, [problem.code for problem in reading.problems]


def _seen(html: str) -> str:
    """Return a page as a browser shows it: each item of a numbered list with its number (HTML, 4.4.5)."""
    page = fragment_fromstring(html, create_parent="div")
    for numbered in page.iter("ol"):
        for number, item in enumerate(numbered, start=int(numbered.get("start", "1"))):
            item.text = f"{number}. {item.text or ''}"
    return " ".join(page.itertext())


def _bare(value: Value) -> object:
    """Return a value without the positions."""
    if value.text is not None:
        return value.text
    if value.is_mapping:
        return {entry.key: _bare(entry.value) for entry in value.entries()}
    return [_bare(item) for item in value.content if isinstance(item, Value)]
