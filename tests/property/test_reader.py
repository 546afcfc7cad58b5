# ruff: noqa: E501  # a table of marks
"""Whatever is in the files, the reader answers with a course or with problems: it never raises."""

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML
from ruamel.yaml.nodes import MappingNode, Node, SequenceNode

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


def _bare(value: Value) -> object:
    """Return a value without the positions."""
    if value.text is not None:
        return value.text
    if value.is_mapping:
        return {entry.key: _bare(entry.value) for entry in value.entries()}
    return [_bare(item) for item in value.content if isinstance(item, Value)]
