"""Splits a text2qti file into marked lines, each with the lines that continue it."""

import re
from collections.abc import Iterator
from typing import NamedTuple

# The marks at the start of a line, by their meaning. "title" and "points" come before their question.
_MARKS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("question", re.compile(r"\d+\.[ \t]+(.*)")),
    ("right", re.compile(r"\*[a-zA-Z]\)[ \t]+(.*)")),
    ("wrong", re.compile(r"[a-zA-Z]\)[ \t]+(.*)")),
    ("chosen", re.compile(r"\[\*\][ \t]+(.*)")),
    ("open", re.compile(r"\[ ?\][ \t]+(.*)")),
    ("short", re.compile(r"\*[ \t]+(.*)")),
    ("number", re.compile(r"=[ \t]+(.*)")),
    ("essay", re.compile(r"_{3,}\s*()$")),
    ("upload", re.compile(r"\^{3,}\s*()$")),
    ("feedback", re.compile(r"\.\.\.[ \t]+(.*)")),
    ("when-right", re.compile(r"\+[ \t]+(.*)")),
    ("when-wrong", re.compile(r"-[ \t]+(.*)")),
    ("solution", re.compile(r"![ \t]+(.*)")),
    ("quiz title", re.compile(r"Quiz title:[ \t]*(.*)", re.IGNORECASE)),
    ("quiz description", re.compile(r"Quiz description:[ \t]*(.*)", re.IGNORECASE)),
    ("text title", re.compile(r"Text title:[ \t]*(.*)", re.IGNORECASE)),
    ("text", re.compile(r"Text:[ \t]*(.*)", re.IGNORECASE)),
    ("title", re.compile(r"Title:[ \t]*(.*)", re.IGNORECASE)),
    ("points", re.compile(r"Points:[ \t]*(.*)", re.IGNORECASE)),
    ("pick", re.compile(r"pick:[ \t]*(.*)", re.IGNORECASE)),
    ("each", re.compile(r"points per question:[ \t]*(.*)", re.IGNORECASE)),
    ("shuffle", re.compile(r"shuffle answers:[ \t]*(.*)", re.IGNORECASE)),
    ("setting", re.compile(r"(?:show correct answers|one question at a time|can't go back|feedback is solution"
                           r"|solutions sample groups|solutions randomize groups):[ \t]*(.*)", re.IGNORECASE)),
    ("group", re.compile(r"GROUP\s*()$")),
    ("end group", re.compile(r"END_GROUP\s*()$")),
)  # fmt: skip
_FENCE = re.compile(r"```+\s*\{[^}]*\.run\}")
_ANSWERS = frozenset({"right", "wrong", "chosen", "open", "short", "number"})


class MarkedLine(NamedTuple):
    """A marked line with the indented lines after it. feedback: to this answer; first: the line as written."""

    mark: str
    text: str
    number: int
    feedback: str = ""
    first: str = ""

    @property
    def source(self) -> str:
        """The line as it is written, with the lines after it."""
        _, newline, rest = self.text.partition("\n")
        return f"{self.first}{newline}{rest}" if self.first else self.text


class QuestionGroup(NamedTuple):
    """Questions, each as its lines. pick: number to draw, None for all; points: of each, "" when each has its own."""

    questions: list[list[MarkedLine]]
    pick: int | None = None
    points: str = ""


class Text2qtiFile(NamedTuple):
    """A parsed file. programs: first lines of code that would generate questions; it is never run."""

    title: str
    description: str
    groups: list[QuestionGroup]
    is_shuffled: bool
    programs: list[int]


def parse(text: str) -> Text2qtiFile:
    """Return a file's questions."""
    programs: list[int] = []
    lines = list(_marked(text, programs))
    about = {line.mark: line.text for line in lines}
    return Text2qtiFile(
        title=about.get("quiz title", ""),
        description=about.get("quiz description", ""),
        groups=list(_groups(lines)),
        is_shuffled=about.get("shuffle", "").strip().lower() == "true",
        programs=programs,
    )


def _marked(text: str, programs: list[int]) -> Iterator[MarkedLine]:
    """Yield the marked lines; comments and programs are skipped."""
    waiting: MarkedLine | None = None
    more: list[
        str
    ] = []  # the lines after the waiting one; joined once, since a long text would else be copied per line
    skip = ""
    for number, line in enumerate(text.split("\n"), start=1):
        bare = line.strip()
        if skip:
            skip = "" if bare == skip else skip
        elif bare == "COMMENT":
            skip = "END_COMMENT"
        elif _FENCE.match(line):
            programs.append(number)
            skip = re.match(r"`+", line)[0]  # type: ignore[index]
        elif line.startswith("%"):
            continue
        elif line[:1] in (" ", "\t", "") and waiting is not None:
            more.append(bare)
        elif found := _mark(line):
            if waiting is not None:
                yield _tidy(waiting, more)
            waiting, more = MarkedLine(found[0], found[1], number, first=line), []
        elif waiting is not None and bare:
            more.append(bare)
    if waiting is not None:
        yield _tidy(waiting, more)


def _tidy(line: MarkedLine, more: list[str]) -> MarkedLine:
    return line._replace(text="\n".join([line.text, *more]).strip())


def _mark(line: str) -> tuple[str, str] | None:
    for name, pattern in _MARKS:
        if found := pattern.match(line):
            return name, found[1]
    return None


def _groups(lines: list[MarkedLine]) -> Iterator[QuestionGroup]:
    group = QuestionGroup([])
    before: list[MarkedLine] = []
    for line in lines:
        match line.mark:
            case "group":
                if group.questions:
                    yield group
                group = QuestionGroup([], 1, "1")
            case "end group":
                yield group
                group = QuestionGroup([])
            case "pick" if line.text.strip().isdigit():
                group = group._replace(pick=int(line.text))
            case "each":
                group = group._replace(points=line.text.strip())
            case "title" | "points":
                before.append(line)
            case "text title":
                before.append(line._replace(mark="title"))
            case "question" | "text":
                group.questions.append([line, *before])
                before = []
            case _ if group.questions:
                _add(group.questions[-1], line)
    if group.questions:
        yield group


def _add(question: list[MarkedLine], line: MarkedLine) -> None:
    """Add a line to its question. Feedback right after an answer belongs to that answer."""
    if line.mark == "feedback" and question[-1].mark in _ANSWERS:
        last = question[-1]
        question[-1] = last._replace(feedback=f"{last.feedback}\n\n{line.text}".strip())
    else:
        question.append(line)
