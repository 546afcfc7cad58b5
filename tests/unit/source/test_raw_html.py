"""HTML in an author's text: what is harmless stays, what is not goes, and it is said."""

from pathlib import Path

import pytest
from lxml import etree

from lokaltmot_lms.errors.text import HTML_REMOVED
from lokaltmot_lms.model import Prose
from lokaltmot_lms.source import read_course

FRONT = "---\ntitle: P\nid: p\nversion: 1\n---\n\n# S {#s}\n\n"


def _read(folder: Path, words: str) -> tuple[str, list[str]]:
    (folder / "m.md").write_text(FRONT + words + "\n", encoding="utf-8")
    reading = read_course(folder / "m.md")
    assert reading.course is not None
    assert {problem.fault.code for problem in reading.problems} <= {HTML_REMOVED.code}
    blocks = reading.course.modules[0].pages[0].blocks
    html = "".join(block.text.html for block in blocks if isinstance(block, Prose))
    etree.fromstring(f"<div>{html}</div>")  # well-formed, whatever was written
    return html, [str(problem.values["what"]) for problem in reading.problems]


@pytest.mark.parametrize(
    "words",
    [
        "H<sub>2</sub>O",
        "a<br>b",
        "<kbd>Ctrl</kbd>",
        '<span lang="en">hello</span>',
        "a <b>b</b>",
        "<ul><li>a<li>b</ul>",
    ],
)
def test_harmless_html_stays(tmp_path: Path, words: str) -> None:
    assert _read(tmp_path, words)[1] == []


@pytest.mark.parametrize(
    ("words", "gone"),
    [
        ("<script>alert(1)</script>", "script"),
        ('<b onclick="alert(1)">x</b>', "onclick"),
        ('<p style="position:fixed">x</p>', "style"),
        ('<iframe src="https://example.org"></iframe>', "iframe"),
        ('<img src="x" onerror="alert(1)">', "img"),
        ('<a href="javascript:alert(1)">x</a>', "href"),
        ('<a href="https://example.org">x</a>', "href"),
        ('<span data-fact="police">113</span>', "data-fact"),
        ('<span data-gap="1"></span>', "data-gap"),
        ("<form><input></form>", "form"),
        ("<svg><script>alert(1)</script></svg>", "svg"),
        ("<navn>", "navn"),
        ('<IMG SRC="x">', "img"),
        ("<math><mtext><style><img src=x onerror=alert(1)>", "onerror"),
    ],
)
def test_other_html_goes_and_is_reported(tmp_path: Path, words: str, gone: str) -> None:
    html, removed = _read(tmp_path, words)
    assert removed != []
    assert f"<{gone}" not in html
    assert f"{gone}=" not in html


def test_our_own_marks_survive_beside_html(tmp_path: Path) -> None:
    html, removed = _read(tmp_path, "H<sub>2</sub>O {{local.contact}} [hello]{lang=en}")
    assert removed == []
    assert 'data-local="contact"' in html
    assert '<span lang="en">hello</span>' in html
