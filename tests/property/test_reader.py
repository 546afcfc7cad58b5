# ruff: noqa: E501  # a table of marks
"""Whatever is in the files, the reader answers with a course or with problems: it never raises."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lokaltmot_lms.source import read_course
from lokaltmot_lms.source.lines import Source
from lokaltmot_lms.source.plain_yaml import read_plain
from lokaltmot_lms.source.report import Report
from lokaltmot_lms.source.values import Value
from lokaltmot_lms.source.yaml import _Reader

GOOD = (Path(__file__).parents[1] / "courses" / "alle-typer" / "01-alle-typer.md").read_text(encoding="utf-8")
LINES = GOOD.split("\n")
MARKS = (
    "# ", "## ", "::: quiz\n", "::: case\n", "::: video ", ":::\n", "- ( ) ", "- (x) ", "- [x] ", "  > ", "{#a}", "[[", "]]", "{{fact.", "}}",
    "{{local.kontakt}}", "Svar: ", "Skala: ", "Rekkefølge:\n", "1. ", "=> ", "-> #a", "@ 1 2 3 4", "\n", "\n\n", "<!--", "-->", "```", "| a |",
    "![a](b.svg)", "[a](#b)", "**", "*", "_", "\\", "<b>", "<", "&amp;", "\t", "\x00", "\ufeff", "…", "(5)", "±", "---\n", "tittel: ", "\"", "'", ": ", "- ",
)  # fmt: skip
FRONT = "---\ntittel: P\nid: p\nversjon: 1\n---\n\n# S {#s}\n\n"
QUICK = settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])


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
@given(st.lists(st.tuples(st.integers(0, len(GOOD)), st.integers(0, 12), st.sampled_from(MARKS)), max_size=6))
def test_a_good_module_with_slips_is_read_without_a_traceback(changes: list[tuple[int, int, str]]) -> None:
    text = GOOD
    for start, length, mark in changes:
        text = text[:start] + mark + text[start + length :]
    _read("m.md", text.encode())


@QUICK
@given(st.lists(st.sampled_from(LINES), max_size=40))
def test_any_order_of_good_lines_is_read_without_a_traceback(lines: list[str]) -> None:
    _read("m.md", (FRONT + "\n".join(lines)).encode())


WORDS = st.text(alphabet="abcæøå12 .,:#-[]{}'\"&*!|>%?@\\\t", max_size=12)


@settings(max_examples=300, deadline=None)
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
def test_the_short_road_through_yaml_says_what_ruamel_says(parts: list[tuple[str, str, str]]) -> None:
    lines = tuple("".join(part) for part in parts)
    source = Source("x.yaml", lines)
    short = read_plain(source, 0, len(lines))
    if short is None:
        return
    report = Report()
    long = _Reader(source, 0, report).document("\n".join(lines) + "\n")
    assert report.problems() == ()
    assert long is not None
    assert _bare(short) == _bare(long)


def _bare(value: Value) -> object:
    """Return a value with the places of what is written; an empty value stands nowhere."""
    if value.text is not None:
        return (value.text, (value.at.line, value.at.column) if value.text else None)
    if value.is_mapping:
        return {(entry.key, entry.at.line, entry.at.column): _bare(entry.value) for entry in value.entries()}
    return [_bare(item) for item in value.content if isinstance(item, Value)]


@pytest.mark.parametrize("name", ["alle-typer", "alle-typer-en"])
def test_the_plain_files_of_a_course_take_the_short_road(name: str) -> None:
    folder = Path(__file__).parents[1] / "courses" / name
    for file in ("course.yaml", "facts.yaml", "local.yaml"):
        lines = tuple((folder / file).read_text(encoding="utf-8").split("\n"))
        assert read_plain(Source(file, lines), 0, len(lines)) is not None
