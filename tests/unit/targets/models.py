"""Small courses as data, for tests that need no source files."""

from collections.abc import Sequence
from pathlib import Path

from lokaltmot_lms.errors import Position
from lokaltmot_lms.model import ChoiceQuestion, Course, Module, Option, Page, Prose, Quiz, Slot, Text

AT = Position(path="courses/kurs/modul.md", line=3)


def text(words: str) -> Text:
    """Return running text of a few words."""
    return Text(html=f"<p>{words}</p>", plain=words, at=AT)


def inline(words: str) -> Text:
    """Return a text for a label."""
    return Text(html=words, plain=words, inline=True, at=AT)


def question(name: str = "hvem-bestemmer") -> ChoiceQuestion:
    """Return a question with one right answer, b."""
    options = tuple(
        Option(key=key, text=inline(f"Svar {key}"), is_right=key == "b", feedback=inline("Fordi."), at=AT)
        for key in "abc"
    )
    return ChoiceQuestion(id=name, type="single", prompt=inline("Hvem bestemmer?"), options=options, at=AT)


def module(name: str = "modul-en", *, with_quiz: bool = True) -> Module:
    """Return a module of one page, with a quiz of one question by default."""
    quiz = (Quiz(id="quiz", questions=(question(),), at=AT),) if with_quiz else ()
    page = Page(id="side", title=inline("Side"), blocks=(Prose(text=text("Hei."), at=AT), *quiz), at=AT)
    slots = (Slot(id="side", kind="page"), *([Slot(id="hvem-bestemmer", kind="single", width=2)] if with_quiz else []))
    return Module(
        id=name, title="Ære & mot", version="2026.1", language="nb", minutes=35, license="CC BY 4.0",
        description="Hva det handler om", pages=(page,), slots=slots, at=AT,
    )  # fmt: skip


def course(modules: Sequence[Module] = (), *, name: str = "kurs") -> Course:
    """Return a course without media."""
    given = tuple(modules) or (module(),)
    return Course(id=name, title="Lokalt mot", folder=Path("courses/kurs"), languages=("nb",), modules=given, at=AT)
