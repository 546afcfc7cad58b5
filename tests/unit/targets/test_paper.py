"""Paper: every word is there, a screen reader can follow, and nothing an author writes is read as Typst."""

import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from lokaltmot_lms.build import ArtifactKind, build_course
from lokaltmot_lms.errors import CourseError
from lokaltmot_lms.model import Course, Facilitator, Media, Module, Quiz, Reflection, Text
from lokaltmot_lms.source import read_course
from lokaltmot_lms.targets import TARGETS, BuildOptions
from lokaltmot_lms.targets.keys import questions
from lokaltmot_lms.targets.paper.context import light_colours, new_context

from . import models

COURSES = Path(__file__).parents[2] / "courses"
HOSTILE = '#panic("x") $1/0$ *a* _b_ @c <d> \\u{41} [e] `f` // g /* h'


@pytest.fixture(scope="module")
def course() -> Course:
    """The course with every question type, a film and a facilitator's notes."""
    read = read_course(COURSES / "alle-typer").course
    assert read is not None
    return read


@pytest.fixture(scope="module")
def printed(course: Course) -> PdfReader:
    return _made("print", course)


@pytest.fixture(scope="module")
def plan(course: Course) -> PdfReader:
    return _made("facilitator", course)


def _bytes(target: str, course: Course) -> bytes:
    content = TARGETS[target].package(course, course.modules[:1], BuildOptions()).files[0].content
    assert isinstance(content, bytes)
    return content


def _made(target: str, course: Course) -> PdfReader:
    return PdfReader(BytesIO(_bytes(target, course)))


def _words(reader: PdfReader) -> str:
    """Return the words without spaces and hyphens: where a line breaks is Typst's own choice."""
    return _tight("".join(page.extract_text() for page in reader.pages))


def _tight(text: str) -> str:
    return re.sub(r"[\s\u00ad\u2010-]", "", text)


def _elements(node: Any) -> Iterator[Any]:
    """Yield the elements of a structure tree (ISO 32000-1, 14.7.2)."""
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, list):
        for child in node:
            yield from _elements(child)
    elif isinstance(node, dict):
        if "/S" in node:
            yield node
        if "/K" in node:
            yield from _elements(node["/K"])


def test_every_page_question_and_transcript_is_on_paper(printed: PdfReader, course: Course) -> None:
    words = _words(printed)
    module = course.modules[0]
    assert all(_tight(page.title.plain) in words for page in module.pages)
    assert all(_tight(question.prompt.plain) in words for question in questions(module))
    reflections = [b for page in module.pages for b in page.blocks if isinstance(b, Reflection)]
    assert reflections
    assert all(_tight(block.text.plain) in words for block in reflections)


def test_the_answers_stand_on_the_last_pages_only(course: Course) -> None:
    module = models.module()
    quiz = next(block for block in module.pages[0].blocks if isinstance(block, Quiz))
    explained = replace(quiz.questions[0], explanation=models.text("Fordi loven sier det."))
    page = replace(module.pages[0], blocks=(replace(quiz, questions=(explained,)),))
    reader = _made("print", models.course([replace(module, pages=(page,))]))
    *before, last = [page.extract_text() for page in reader.pages]
    assert "b) Svar b" in last
    assert "Fordi loven sier det." in last
    assert "Fordi loven" not in "".join(before)


@pytest.mark.parametrize("target", ["print", "facilitator"])
def test_a_screen_reader_can_follow(target: str, course: Course) -> None:
    reader = _made(target, course)
    root = reader.trailer["/Root"]
    module = course.modules[0]
    assert root["/MarkInfo"]["/Marked"]
    assert str(root["/Lang"]).split("-")[0] == module.language
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_object().get_data()
    assert reader.metadata is not None
    assert reader.metadata.title == module.title
    tags = [str(element["/S"]) for element in _elements(root["/StructTreeRoot"]["/K"])]
    assert {"/H1", "/P"} <= set(tags)
    figures = [each for each in _elements(root["/StructTreeRoot"]["/K"]) if each["/S"] == "/Figure"]
    assert all(str(figure["/Alt"]) for figure in figures)
    assert reader.outline, "no bookmarks"


def test_bookmarks_are_the_pages_of_the_module(printed: PdfReader, course: Course) -> None:
    top = [str(each.title) for each in printed.outline if not isinstance(each, list)]
    assert [page.title.plain for page in course.modules[0].pages] == [
        title for title in top if title in {page.title.plain for page in course.modules[0].pages}
    ]


@pytest.mark.parametrize("target", ["print", "facilitator"])
def test_all_fonts_are_embedded(target: str, course: Course) -> None:
    found = 0
    for page in _made(target, course).pages:
        for font in page["/Resources"].get("/Font", {}).values():
            (inner,) = font.get_object()["/DescendantFonts"]
            descriptor = inner.get_object()["/FontDescriptor"].get_object()
            assert {"/FontFile2", "/FontFile3"} & set(descriptor)
            found += 1
    assert found > 0


@pytest.mark.parametrize("target", ["print", "facilitator"])
def test_pdfua_finds_nothing(target: str, course: Course, tmp_path: Path) -> None:
    file = tmp_path / "paper.pdf"
    file.write_bytes(_bytes(target, course))
    done = subprocess.run([sys.executable, "-m", "pdfua", "check", str(file)], capture_output=True, check=False)
    assert done.returncode == 0, done.stdout.decode()


def test_the_same_module_gives_the_same_bytes(course: Course) -> None:
    assert _bytes("print", course) == _bytes("print", course)


def test_what_an_author_writes_is_never_typst(course: Course) -> None:
    module = replace(models.module(), title=HOSTILE, description=HOSTILE, goals=(HOSTILE,), license=HOSTILE)
    hostile = Text(html=f"<p>{HOSTILE.replace('<', '&lt;')}</p>", plain=HOSTILE, at=models.AT)
    note = Facilitator(text=hostile, page="side", minutes=5, at=models.AT)
    made = models.course([replace(module, facilitator=(note,))])
    for target, times in (("print", 4), ("facilitator", 3)):
        assert _words(_made(target, made)).count(_tight(HOSTILE)) >= times


def test_the_plan_adds_up_and_ends_with_a_list_to_sign(plan: PdfReader, course: Course) -> None:
    module = replace(models.module(), facilitator=tuple(
        Facilitator(text=models.text("Les høyt."), page="side", minutes=minutes, at=models.AT) for minutes in (50, 25)
    ))  # fmt: skip
    reader = _made("facilitator", models.course([module]))
    words = "\n".join(page.extract_text() for page in reader.pages)
    assert "0:00–0:50" in words
    assert "0:50–1:15" in words
    assert "Møtet tar 75 minutter." in words
    assert "Underskrift" in reader.pages[-1].extract_text()
    assert "Underskrift" in plan.pages[-1].extract_text()


def test_each_translation_has_its_own_file(tmp_path: Path) -> None:
    english = replace(models.module(), language="en", title="Courage")
    module = replace(models.module(), translations=(english,))
    made = list(build_course(models.course([module]), targets=["print"], out=tmp_path, options=BuildOptions()))
    assert [artifact.path.name for artifact in made] == ["kurs-modul-en-print.pdf", "kurs-modul-en-print.en.pdf"]
    assert {artifact.kind for artifact in made} == {ArtifactKind.PACKAGE}
    assert "The right answers" in PdfReader(made[1].path).pages[-1].extract_text()


def test_a_drawing_gets_the_light_colours_of_the_theme(tmp_path: Path) -> None:
    file = tmp_path / "x.svg"
    file.write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">'
        '<path d="M0 0" style="fill:var(--fjord,#123456);stroke:var(--unknown, rgb(1, 2, 3))"/></svg>',
        encoding="utf-8",
    )
    media = Media(path="media/x.svg", file=file, size=1, at=models.AT)
    context = new_context(replace(models.course(), media={"media/x.svg": media}), models.module())
    assert context.picture("media/x.svg") == context.picture("media/x.svg") == "picture-1.svg"
    assert b"fill:#0f4c5c;stroke:rgb(1, 2, 3)" in bytes(context.pictures["picture-1.svg"])  # type: ignore[arg-type]
    assert light_colours(":root { --a: #111; }\n:root[dark] { --a: #fff; }") == {"a": "#111"}


def test_without_typst_the_author_reads_how_to_install_it(monkeypatch: pytest.MonkeyPatch, course: Course) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)  # what Python itself does with a module that is not there
    with pytest.raises(CourseError) as caught:
        _made("print", course)
    [problem] = caught.value.problems
    assert problem.code == "LM508"
    assert "pip install 'lokaltmot[pdf]'" in problem.hint("en")


def test_a_picture_that_is_none_is_told_with_its_reason(tmp_path: Path) -> None:
    broken = tmp_path / "x.png"
    broken.write_bytes(b"not a picture")
    media = {"media/x.png": Media(path="media/x.png", file=broken, size=13, at=models.AT)}
    picture = Text(html='<p><img src="media/x.png" alt="Noe"/></p>', plain="", media=("media/x.png",), at=models.AT)
    with pytest.raises(CourseError) as caught:
        _made("print", replace(models.course([_with_text(picture)]), media=media))
    (problem,) = caught.value.problems
    assert (problem.code, problem.at) == ("LM509", models.AT)


# Amharic, Thai, Chinese, an emoji of four parts, and a letter for private use, which no font has.
LETTERS = "ሰላም ประเทศ 中文 👩\u200d🏫 \U0010fffd"


def test_letters_that_our_fonts_lack_never_vanish_in_silence(tmp_path: Path) -> None:
    text = f"---\ntittel: Møte\nid: mote\nversjon: 1\nspråk: nb\n---\n\n# Side {{#side}}\n\nNavnet er {LETTERS} her.\n"
    (tmp_path / "mote.md").write_text(text, encoding="utf-8")
    course = read_course(tmp_path / "mote.md").course
    assert course is not None

    package = TARGETS["print"].package(course, course.modules, BuildOptions())

    content = package.files[0].content
    assert isinstance(content, bytes)
    shown = _words(PdfReader(BytesIO(content)))
    named = "".join(str(warning.values["letters"]) for warning in package.warnings)
    assert {warning.code for warning in package.warnings} == {"LM228"}
    assert {warning.at.line for warning in package.warnings} == {10}
    assert "\U0010fffd" in named
    assert "Navneter" in shown
    assert "\u25a1her." in shown
    assert [letter for letter in LETTERS if letter.isprintable() and letter not in f"{shown}{named} "] == []
    (made, *_) = build_course(course, targets=["print"], out=tmp_path / "out", options=BuildOptions())
    assert made.warnings == package.warnings


def test_a_telephone_and_a_mailbox_are_read_as_words_with_their_address(course: Course) -> None:
    html = (
        '<p><a href="tel:+4712345678">Ring oss</a>, <a href="tel:112">112</a>, '
        '<a href="mailto:a@example.org?subject=Hei">skriv</a> eller '
        '<a href="mailto:b@example.org">b@example.org</a>.</p>'
    )
    text = Text(html=html, plain="", at=models.AT)
    reader = _made("print", models.course([_with_text(text)]))
    assert "Ringoss(+4712345678),112,skriv(a@example.org)ellerb@example.org." in _words(reader)
    links = [annotation.get_object() for page in reader.pages for annotation in page.get("/Annots", ())]
    assert [link for link in links if re.match(r"Tele|E-?mail", link.get("/Contents", ""))] == []


def _with_text(text: Text) -> Module:
    module = models.module(with_quiz=False)
    block = replace(module.pages[0].blocks[0], text=text)  # type: ignore[call-arg]
    return replace(module, pages=(replace(module.pages[0], blocks=(block,)),))
