"""Reads quizzes for text2qti: numbered questions with lettered choices, in Markdown.

The syntax is that of its documentation (text2qti 0.7).
"""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path

from lokaltmot_lms.errors.imported_questions import ANSWER_UNUSABLE, QUESTIONS_FROM_CODE
from lokaltmot_lms.errors.imports import BECAME_REFLECTION, QUESTION_LEFT_OUT
from lokaltmot_lms.importers import build_questions
from lokaltmot_lms.importers.base import Draft, Format, Head
from lokaltmot_lms.importers.build_questions import ALL, QuestionParts, WeightedAnswer
from lokaltmot_lms.importers.clean_html import Cleaner, joined
from lokaltmot_lms.importers.context import ImportContext
from lokaltmot_lms.importers.draft_modules import (
    DraftModule,
    DraftPage,
    Thing,
    model_answer,
    modules_of,
    prose,
    reflection,
    unbuilt,
    unfinished,
)
from lokaltmot_lms.importers.gift.text import from_markdown
from lokaltmot_lms.importers.languages import guess_language
from lokaltmot_lms.importers.qti12 import quizzes
from lokaltmot_lms.importers.safe_open import read_text
from lokaltmot_lms.importers.text2qti.lines import MarkedLine, QuestionGroup, parse
from lokaltmot_lms.model import Question, Text

_QUESTION = re.compile(r"^\d+\.[ \t]+\S", re.MULTILINE)
_ANSWER = re.compile(r"^(?:\*?[a-zA-Z]\)|\[[* ]?\]|\*|=)[ \t]+\S|^(?:_{3,}|\^{3,})\s*$", re.MULTILINE)
_NUMBER = r"[+-]?\d[\d_]*(?:\.\d+)?(?:[eE][+-]?\d+)?"
_RANGE = re.compile(rf"\[\s*({_NUMBER})\s*,\s*({_NUMBER})\s*\]")
_MARGIN = re.compile(rf"({_NUMBER})\s*\+-\s*({_NUMBER})\s*(%?)")


def knows(head: Head) -> bool:
    """Return whether a text looks like text2qti: lines begin with numbered questions and marked answers."""
    return not head.root and bool(_QUESTION.search(head.text)) and bool(_ANSWER.search(head.text))


def read(path: Path) -> Draft:
    """Return the quiz of a file as a draft."""
    text = read_text(path)
    context = ImportContext(path, guess_language(text))
    quiz = parse(text)
    title = " ".join((quiz.title or path.stem).split())
    at = context.at(1)
    for line in quiz.programs:
        context.report(QUESTIONS_FROM_CODE, context.at(line))
    module = DraftModule(id=context.module_id("", title, at), title=title, at=at)
    page = quizzes.new_page(context, title, at, "quiz")
    module.pages.append(page)
    if quiz.description:
        page.add(prose(Cleaner(context, title, at).text(from_markdown(quiz.description))))
    page.settings = {"shuffle": quiz.is_shuffled}
    for group in quiz.groups:
        _fill(context, page, group)
    modules = tuple(modules_of(module, context))
    return Draft(
        title=title, language=context.language, modules=modules, media=context.media, findings=context.findings
    )


def _fill(context: ImportContext, page: DraftPage, group: QuestionGroup) -> None:
    found = (thing for lines in group.questions for thing in _things(context, lines, group))
    if group.pick is not None:
        page.add_drawn(found, group.pick)
        return
    for thing in found:
        page.add(thing)
    page.close()


def _things(context: ImportContext, lines: list[MarkedLine], group: QuestionGroup) -> Iterator[Thing]:
    first = lines[0]
    at = context.at(first.number)
    marked = {line.mark: line.text for line in lines}
    title = marked.get("title", "") or " ".join(first.text.split())[:80]
    clean = Cleaner(context, title, at)
    if first.mark == "text":
        heading = f"<h2>{title}</h2>" if "title" in marked else ""
        yield prose(clean.text(heading + from_markdown(first.text)))
        return
    if "essay" in marked:
        context.report(BECAME_REFLECTION, at, name=title)
        yield reflection(context, "", title, clean.text(from_markdown(first.text)), at)
        answers = "\n\n".join(line.text for line in lines if line.mark in ("feedback", "solution"))
        yield model_answer(context, title, clean.text(from_markdown(answers)), at)
        return
    if "upload" in marked:
        yield unfinished(context, QUESTION_LEFT_OUT, at, name=title, text=_original(lines), kind="file_upload")
        return
    parts = QuestionParts(
        id=context.take_id("", title, at),
        name=title,
        root=clean.root(from_markdown(first.text), in_question=True),
        explanation=_explanation(clean, lines),
        points=build_questions.points_of(context, title, marked.get("points", "") or group.points, at),
        at=at,
    )
    yield _question(context, parts, lines, clean) or unbuilt(context, at, name=title, text=_original(lines))


def _original(lines: list[MarkedLine]) -> str:
    """Return the lines of a question as they are in the file."""
    return "\n".join(line.source if not line.feedback else f"{line.source}\n... {line.feedback}" for line in lines)


def _line(clean: Cleaner, text: str) -> Text | None:
    return clean.line(from_markdown(text)) if text.strip() else None


def _explanation(clean: Cleaner, lines: list[MarkedLine]) -> Text | None:
    """Return the general feedback and the solution as one explanation."""
    found: Text | None = None
    for line in lines:
        if line.mark in ("feedback", "solution"):
            found = joined(found, _line(clean, line.text))
    return found


def _question(context: ImportContext, parts: QuestionParts, lines: list[MarkedLine], clean: Cleaner) -> Question | None:
    whole = {line.mark: _line(clean, line.text) for line in lines if line.mark in ("when-right", "when-wrong")}
    options = [line for line in lines if line.mark in ("right", "wrong", "chosen", "open")]
    if options:
        single = options[0].mark in ("right", "wrong")
        right = sum(line.mark in ("right", "chosen") for line in options)
        share = ALL if single else ALL / max(1, right)
        answers = []
        for line in options:
            text = _line(clean, line.text)
            is_right = line.mark in ("right", "chosen")
            feedback = _line(clean, line.feedback)
            worth = share if is_right else Decimal(0) if single else -share
            if text is not None:
                answers.append(WeightedAnswer(text=text, share=worth, feedback=feedback))
        made = build_questions.choice(context, parts, answers, single=single)
        return _with_whole(context, made, parts.name, whole)
    numbers = [line for line in lines if line.mark == "number"]
    if numbers:
        limits = _limits(numbers[0].text)
        if limits is None:
            context.refuse(ANSWER_UNUSABLE, parts.at, name=parts.name, what=numbers[0].text)
            return None
        ranges: list[tuple[Decimal, Decimal, Decimal, Text | None]] = [(*limits, ALL, None)]
        made = build_questions.numeric(context, parts, ranges)
    else:
        shorts = [line for line in lines if line.mark == "short"]
        made = build_questions.typed(
            context, parts, [(line.text.replace("*", "\\*"), ALL, _line(clean, line.feedback)) for line in shorts]
        )
    return _with_whole(context, made, parts.name, whole)


def _with_whole(
    context: ImportContext, question: Question | None, name: str, whole: Mapping[str, Text | None]
) -> Question | None:
    if question is None:
        return None
    right, wrong = whole.get("when-right"), whole.get("when-wrong")
    return build_questions.with_whole_feedback(context, question, name, right=right, wrong=wrong)


def _limits(words: str) -> tuple[Decimal, Decimal] | None:
    words = words.strip()
    if found := _RANGE.fullmatch(words):
        return Decimal(found[1].replace("_", "")), Decimal(found[2].replace("_", ""))
    if found := _MARGIN.fullmatch(words):
        middle, margin = Decimal(found[1].replace("_", "")), Decimal(found[2].replace("_", ""))
        off = abs(middle) * margin / 100 if found[3] else margin
        return middle - off, middle + off
    value = build_questions.decimal(words.replace("_", ""))
    return (value, value) if value is not None else None


FORMAT = Format(name="text2qti", title="text2qti", knows=knows, read=read)
