"""Reads GIFT, questions as plain text.

The rules are those of Moodle's reader (question/format/gift, Moodle 4.5).
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from lokaltmot_lms.errors import Position
from lokaltmot_lms.errors.imported_questions import ANSWER_UNUSABLE
from lokaltmot_lms.errors.imports import BECAME_REFLECTION
from lokaltmot_lms.importers.base import Draft, Format, Head
from lokaltmot_lms.importers.build_questions import QuestionParts, fill_in_prompt, points_of
from lokaltmot_lms.importers.categories import Bank
from lokaltmot_lms.importers.clean_html import Cleaner, joined, place_of
from lokaltmot_lms.importers.context import ImportContext
from lokaltmot_lms.importers.draft_modules import Thing, model_answer, prose, reflection, unbuilt, unfinished
from lokaltmot_lms.importers.gift import answers as gift_answers
from lokaltmot_lms.importers.gift.text import Formatted, hidden, shown, split_format, to_html
from lokaltmot_lms.importers.languages import guess_language
from lokaltmot_lms.importers.safe_open import read_text
from lokaltmot_lms.model import Question, Text

_CATEGORY = re.compile(r"\$CATEGORY:\s*(.*)", re.DOTALL)
_ANSWERS = re.compile(r"\{([^{}]*)\}")
_ID = re.compile(r"\[id:((?:\\.|[^\]\\])*)\]")
_LOOKS = re.compile(r"^[ \t]*(?:::.*?::|\$CATEGORY:)|(?<!\\)\{\s*(?:[=~#]|T(?:RUE)?\b|F(?:ALSE)?\b|\}|%)", re.MULTILINE)


class _GiftQuestion(NamedTuple):
    """The source of a question. line: its first line; id: from a comment before it."""

    text: str
    line: int
    id: str


def knows(head: Head) -> bool:
    """Return whether a text looks like GIFT: it has answers in braces, names between colons, or a category."""
    return not head.root and bool(head.text) and bool(_LOOKS.search(head.text))


def read(path: Path) -> Draft:
    """Return the questions of a file as a draft."""
    text = read_text(path)
    context = ImportContext(path, guess_language(text))
    bank = Bank(context, path.stem)
    for block in _blocks(text):
        at = context.at(block.line)
        category = _CATEGORY.match(block.text)
        if category:
            bank.turn_to(shown(category[1]).strip(), at)
        else:
            for thing in _question(context, block, at):
                bank.add(thing, at)
    return Draft(
        title=bank.title,
        language=context.language,
        modules=bank.modules(),
        media=context.media,
        findings=context.findings,
    )


def _blocks(text: str) -> Iterator[_GiftQuestion]:
    """Yield the blocks between empty lines, without comments. A category line is a block of its own."""
    lines: list[str] = []
    first, id_ = 1, ""
    for number, line in enumerate([*text.split("\n"), ""], start=1):
        bare = line.strip()
        if bare.startswith("//"):
            found = _ID.search(bare)
            id_ = re.sub(r"\\(.)", r"\1", found[1]) if found else id_
            continue
        if bare and not lines:
            first = number
        if bare:
            lines.append(bare)
        if lines and (not bare or (len(lines) == 1 and bare.startswith("$CATEGORY:"))):
            yield _GiftQuestion(hidden("\n".join(lines)), first, id_)
            lines, id_ = [], ""


def _question(context: ImportContext, block: _GiftQuestion, at: Position) -> Iterator[Thing]:
    name, text = _named(block.text)
    found = list(_ANSWERS.finditer(text))
    first = found[0].start() if found else len(text)
    form, before = split_format(text[:first], "")
    title = shown(name).strip() or Cleaner(context, "", at).root(to_html(before, form)).xpath("string()").strip()
    title = " ".join(str(title).split())[:200] or "?"
    clean = Cleaner(context, title, at)
    if set("{}") & set(_ANSWERS.sub("", text)):  # a brace without its other half
        yield unfinished(context, ANSWER_UNUSABLE, at, name=title, text=shown(block.text), what="{")
    elif not found:
        yield prose(clean.text(to_html(before, form)))
    elif len(found) == 1 and not _general(found[0][1].strip())[0]:
        context.report(BECAME_REFLECTION, at, name=title)
        yield reflection(context, block.id, title, clean.text(to_html(before + text[found[0].end() :], form)), at)
        yield model_answer(
            context, title, gift_answers.feedback_text(clean, _general(found[0][1].strip())[1], form), at
        )
    else:
        yield _with_answers(context, block, at, clean, found) or unbuilt(
            context, at, name=title, text=shown(block.text)
        )


def _with_answers(
    context: ImportContext, block: _GiftQuestion, at: Position, clean: Cleaner, found: list[re.Match[str]]
) -> Question | None:
    """Return a question; None, with a reason in the context. found: its groups of answers."""
    name, text = _named(block.text)
    closing = found[-1]
    if len(found) > 1 and not _general(closing[1].strip())[0]:  # only feedback to the whole question
        text, found = text[: closing.start()] + text[closing.end() :], found[:-1]
    form, before = split_format(text[: found[0].start()], "")
    split = [_general(match[1].strip()) for match in found]
    after = text[found[-1].end() :]
    is_gap = bool(after.strip()) or len(found) > 1 or gift_answers.is_cloze(split[0][0])
    if is_gap:
        pieces = [before]
        for number, match in enumerate(found, start=1):
            following = found[number].start() if number < len(found) else len(text)
            pieces += [place_of(number), text[match.end() : following]]
        before = "".join(pieces)
    root = clean.root(to_html(before, form), in_question=True)
    explanation: Text | None = None
    for _, general in [*split, *([_general(closing[1].strip())] if closing not in found else [])]:
        explanation = joined(explanation, gift_answers.feedback_text(clean, general, form))
    parts = QuestionParts(
        id=context.take_id(block.id, clean.name, at),
        name=clean.name if name or not is_gap else fill_in_prompt(context),
        root=root,
        explanation=explanation,
        points=points_of(context, clean.name, "1", at),
        at=at,
    )
    answers = [Formatted(written, form) for written, _ in split]
    if len(answers) > 1 or gift_answers.is_cloze(answers[0].text):
        return gift_answers.several_gaps(context, parts, answers, clean)
    return gift_answers.question(context, parts, answers[0], clean, is_gap=is_gap)


def _named(text: str) -> tuple[str, str]:
    """Return the name of a question, and the rest."""
    if not text.startswith("::"):
        return "", text
    name, colons, rest = text[2:].partition("::")
    return (name, rest.strip()) if colons else ("", text[2:])


def _general(answers: str) -> tuple[str, str]:
    """Return the answers, and the general feedback after ####."""
    before, mark, feedback = answers.rpartition("####")
    return (before.strip(), feedback) if mark else (answers, "")


FORMAT = Format(name="gift", title="GIFT", knows=knows, read=read)
