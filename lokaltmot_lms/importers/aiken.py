"""Reads Aiken, the simplest text format of Moodle: a question, lettered options, and a line ANSWER.

The rules are those of Moodle's reader (question/format/aiken, Moodle 4.5). As exports of other programs do, it may also
have questions of several lines, small letters, several right letters, and lines with feedback.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from html import escape
from pathlib import Path

from lokaltmot_lms.errors import Position
from lokaltmot_lms.errors.question_files import KEY_MISSING
from lokaltmot_lms.importers import build_questions
from lokaltmot_lms.importers.base import Draft, Format, Head
from lokaltmot_lms.importers.build_questions import ALL, QuestionParts, WeightedAnswer
from lokaltmot_lms.importers.categories import Bank
from lokaltmot_lms.importers.clean_html import Cleaner, plain_html
from lokaltmot_lms.importers.context import ImportContext
from lokaltmot_lms.importers.draft_modules import prose, unfinished
from lokaltmot_lms.importers.languages import guess_language
from lokaltmot_lms.importers.safe_open import read_text
from lokaltmot_lms.model import Block, Question

_OPTION = re.compile(r"([A-Za-z])[.)](?:\s+|$)(.*)")
_ANSWER = re.compile(
    r"(?:ANSWER|SVAR|RIKTIG SVAR|RETT SVAR|FASIT)\s*:\s*([A-Za-z](?:\s*(?:,|;|&|and|og)\s*[A-Za-z])*)\s*[.)]?\s*$",
    re.IGNORECASE,
)
_FEEDBACK = re.compile(r"(?:FEEDBACK|EXPLANATION|FORKLARING)\s*:\s*(.*)", re.IGNORECASE)
_TITLE = 200


@dataclass(slots=True, kw_only=True)
class AikenQuestion:
    """A question as it is written. line: its first one; text: its lines, "" for an empty one; right: letters."""

    line: int
    text: list[str] = field(default_factory=list)
    options: list[tuple[str, str]] = field(default_factory=list)
    right: str | None = None
    explanation: str = ""

    def source(self) -> str:
        """Return the question with its answers as plain text."""
        lines = [*self.text, *(f"{letter}. {words}" for letter, words in self.options)]
        answer = [f"ANSWER: {', '.join(self.right)}"] if self.right else []
        return "\n".join([*lines, *answer, *([self.explanation] if self.explanation else [])])


def is_aiken(lines: Iterable[str]) -> bool:
    """Return whether lines are Aiken: a line with the right letter comes after two or more options."""
    options = 0
    for line in map(str.strip, lines):
        if _is_next_option(line, options):
            options += 1
        elif _is_next_option(line, 0):
            options = 1
        elif options >= 2 and _ANSWER.match(line):
            return True
    return False


def questions(lines: Iterable[str]) -> Iterator[AikenQuestion]:
    """Yield the questions in lines of a text file or paragraphs of a document."""
    current: AikenQuestion | None = None
    after_empty = False
    for number, raw in enumerate(lines, start=1):
        line = raw.strip().lstrip("\ufeff").replace("\u00a0", " ")
        if current is not None and current.right is not None:
            found = _FEEDBACK.match(line)
            if found:
                current.explanation = f"{current.explanation} {found[1]}".strip()
                continue
            if line:
                yield current
                current = None
        elif current is not None and current.options and after_empty and line and not _goes_on(line, current):
            yield current  # it has no line ANSWER
            current = None
        after_empty = not line
        if current is None:
            if not line:
                continue
            current = AikenQuestion(line=number)
        _add(current, line)
    if current is not None:
        yield current


def _add(question: AikenQuestion, line: str) -> None:
    """Add a line to a question."""
    answer = _ANSWER.match(line)
    option = _OPTION.match(line)
    if answer:
        question.right = "".join(dict.fromkeys(re.sub(r"\b(?:and|og)\b|[^A-Za-z]", "", answer[1], flags=re.I).upper()))
    elif option and question.text and _is_next_option(line, len(question.options)):
        question.options.append((option[1].upper(), option[2].strip()))
    elif question.options and line:  # an option of several lines
        letter, words = question.options[-1]
        question.options[-1] = (letter, f"{words} {line}".strip())
    elif not question.options and (line or question.text):
        question.text.append(line)


def _goes_on(line: str, question: AikenQuestion) -> bool:
    return bool(_ANSWER.match(line)) or _is_next_option(line, len(question.options))


def _is_next_option(line: str, count: int) -> bool:
    """Return whether a line is the option with the next letter. "I. Innledning" in a text is not."""
    found = _OPTION.match(line)
    return bool(found) and ord(found[1].upper()) - ord("A") == count if found else False


def thing(context: ImportContext, question: AikenQuestion, at: Position) -> Block | Question | None:
    """Return what a question becomes: a choice, or a block to finish when it is not clear what is right."""
    source = "\n".join(question.text).strip()
    name = " ".join(source.split())[:_TITLE] or "?"
    clean = Cleaner(context, name, at)
    letters = [letter for letter, _ in question.options]
    right = question.right or ""
    if not question.options and not right:
        return prose(clean.text(plain_html(source)))
    is_whole = len(letters) >= 2 and all(words for _, words in question.options)
    if not right or not is_whole or not set(right) <= set(letters):
        return unfinished(context, KEY_MISSING, at, name=name, text=question.source())
    parts = QuestionParts(
        id=context.take_id("", name, at),
        name=name,
        root=clean.root(plain_html(source), in_question=True),
        explanation=clean.line(escape(question.explanation, quote=False)) if question.explanation else None,
        at=at,
    )
    is_single = len(right) == 1
    each = ALL / len(right)
    answers = [
        WeightedAnswer(text=text, share=each if letter in right else Decimal(0) if is_single else -each, feedback=None)
        for letter, words in question.options
        if (text := clean.line(escape(words, quote=False))) is not None
    ]
    return build_questions.choice(context, parts, answers, single=is_single)


def knows(head: Head) -> bool:
    """Return whether a text is Aiken."""
    return not head.root and bool(head.text) and is_aiken(head.text.splitlines())


def read(path: Path) -> Draft:
    """Return the questions of a file as a draft.

    Raises:
        CourseError: the text is in an unknown encoding.
    """
    text = read_text(path)
    context = ImportContext(path, guess_language(text))
    bank = Bank(context, path.stem)
    for question in questions(text.split("\n")):
        at = context.at(question.line)
        bank.add(thing(context, question, at), at)
    return Draft(
        title=bank.title,
        language=context.language,
        modules=bank.modules(),
        media=context.media,
        findings=context.findings,
    )


FORMAT = Format(name="aiken", title="Aiken", knows=knows, read=read)
