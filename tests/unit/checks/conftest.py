"""Small courses made by hand, so that a check is tested without the reader."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from lokaltmot_lms.errors import Position, Problem
from lokaltmot_lms.model import (
    ChoiceQuestion,
    Course,
    Fact,
    Film,
    Media,
    Module,
    Option,
    Page,
    Prose,
    Quiz,
    Slot,
    Text,
)

TODAY = date(2026, 11, 22)
Check = Callable[[Course, date], Iterator[Problem]]


class Make:
    """Makes model objects, with defaults for what a test does not care about."""

    def at(self, line: int = 1, path: str = "kurs/01.md") -> Position:
        return Position(path=path, line=line)

    def text(self, html: str, *, line: int = 1, inline: bool = False) -> Text:
        return Text(
            html=html,
            plain=" ".join(unescape(re.sub(r"<[^>]*>", " ", html)).split()),
            facts=tuple(re.findall(r'data-fact="([^"]+)"', html)),
            media=tuple(re.findall(r'src="([^"]+)"', html)),
            inline=inline,
            at=self.at(line),
        )

    def words(self, plain: str) -> Text:
        return self.text(plain, inline=True)

    def prose(self, html: str, *, line: int = 1) -> Prose:
        return Prose(text=self.text(html, line=line), at=self.at(line))

    def page(self, *blocks: Any, id: str = "side", line: int = 1) -> Page:
        return Page(id=id, title=self.words("En side"), blocks=blocks, at=self.at(line))

    def module(self, *pages: Page, path: str = "kurs/01.md", **changes: Any) -> Module:
        given: dict[str, Any] = {"id": "modul", "title": "Modul", "version": "1", "language": "nb"}
        return Module(**(given | changes), pages=pages, at=self.at(path=path))

    def course(self, *modules: Module, **changes: Any) -> Course:
        given: dict[str, Any] = {"id": "kurs", "title": "Kurs", "folder": Path("kurs"), "languages": ("nb",)}
        return Course(**(given | changes), modules=modules, at=self.at(path="kurs/course.yaml"))

    def with_blocks(self, *blocks: Any, **changes: Any) -> Course:
        return self.course(self.module(self.page(*blocks)), **changes)

    def single(self, *answers: str, id: str = "q", **changes: Any) -> ChoiceQuestion:
        """A choice question. An answer that begins with "x " is right; the type is single unless changed."""
        options = tuple(
            Option(key=key, text=self.words(text.removeprefix("x ")), is_right=text.startswith("x "), at=self.at(line))
            for line, (key, text) in enumerate(zip("abcdefgh", answers, strict=False), start=10)
        )
        given: dict[str, Any] = {"type": "single", "prompt": self.words("Hva gjør du?")}
        return ChoiceQuestion(**(given | changes), id=id, options=options, at=self.at(9))

    def quiz(self, *questions: Any, **changes: Any) -> Quiz:
        return Quiz(id="quiz", questions=questions, at=self.at(8), **changes)

    def film(self, **changes: Any) -> Film:
        given: dict[str, Any] = {
            "kind": "video",
            "path": "media/film.mp4",
            "title": "Filmen",
            "captions": "media/film.vtt",
            "transcript": self.text("<p>En person snakker.</p>"),
            "transcript_path": "media/film.md",
            "no_description": "bare en person som snakker",
        }
        return Film(**(given | changes), at=self.at(5))

    def fact(self, key: str, text: str, **changes: Any) -> Fact:
        given: dict[str, Any] = {"source": "Lovdata", "source_date": date(2026, 5, 2), "confidence": "A"}
        given["review_by"] = date(2028, 1, 1)
        return Fact(**(given | changes), key=key, text=text, at=self.at(3, "kurs/facts.yaml"))

    def media(self, path: str, size: int, file: Path = Path("kurs/none")) -> Media:
        return Media(path=path, file=file, size=size, at=self.at())

    def slot(self, kind: str, width: int = 0, id: str = "s") -> Slot:
        return Slot(id=id, kind=kind, width=width)

    def decimal(self, value: str) -> Decimal:
        return Decimal(value)


@pytest.fixture
def make() -> Make:
    return Make()


@pytest.fixture
def codes() -> Callable[[Check, Course], list[str]]:
    """Run one check, and return the codes of its problems."""

    def run(check: Check, course: Course) -> list[str]:
        return [problem.code for problem in check(course, TODAY)]

    return run
