"""Reads GIFT, questions as plain text.

The rules are those of Moodle's reader (question/format/gift, Moodle 4.5).
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from lokaltmot_lms.errors import Position
from lokaltmot_lms.errors.imports import BECAME_REFLECTION, KEPT_AS_TEXT
from lokaltmot_lms.importers.base import Draft, Format, Head
from lokaltmot_lms.importers.build_questions import QuestionParts, fill_in_prompt, points_of
from lokaltmot_lms.importers.categories import Bank
from lokaltmot_lms.importers.clean_html import Cleaner, place_of
from lokaltmot_lms.importers.context import ImportContext
from lokaltmot_lms.importers.draft_modules import prose, reflection
from lokaltmot_lms.importers.gift import answers as gift_answers
from lokaltmot_lms.importers.gift.text import Formatted, hidden, shown, split_format, to_html
from lokaltmot_lms.importers.languages import guess_language
from lokaltmot_lms.importers.safe_open import read_text
from lokaltmot_lms.model import Block, Question

_CATEGORY = re.compile(r"\$CATEGORY:\s*(.*)", re.DOTALL)
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


def _question(context: ImportContext, block: _GiftQuestion, at: Position) -> Iterator[Block | Question | None]:
    name, text = _named(block.text)
    start, end = text.find("{"), text.find("}")
    has_answers = 0 <= start < end
    form, before = split_format(text[:start] if has_answers else text, "")
    after = text[end + 1 :] if has_answers else ""
    title = shown(name).strip() or Cleaner(context, "", at).root(to_html(before, form)).xpath("string()").strip()
    title = " ".join(str(title).split())[:200] or "?"
    clean = Cleaner(context, title, at)
    if not has_answers:
        if start != end:  # one brace without the other
            context.report(KEPT_AS_TEXT, at, name=title)
        yield prose(clean.text(to_html(before, form)))
        return
    answers, general = _general(text[start + 1 : end].strip())
    explanation = gift_answers.feedback_text(clean, general, form)
    gap = place_of(1) if after.strip() else ""
    root = clean.root(to_html(before, form) if not gap else _with_gap(before, after, form), in_question=True)
    if not answers:
        context.report(BECAME_REFLECTION, at, name=title)
        yield reflection(context, block.id, title, clean.text(to_html(before + after, form)), at)
        yield prose(explanation)
        return
    parts = QuestionParts(
        id=context.take_id(block.id, title, at),
        name=title if name or not gap else fill_in_prompt(context),
        root=root,
        explanation=explanation,
        points=points_of(context, title, "1", at),
        at=at,
    )
    question = gift_answers.question(context, parts, Formatted(answers, form), clean, is_gap=bool(gap))
    if question is not None:
        yield question
        return
    yield prose(parts.all())
    yield prose(clean.text("".join(f"<p>{line}</p>" for line in gift_answers.lines(answers))))


def _named(text: str) -> tuple[str, str]:
    """Return the name of a question, and the rest."""
    if not text.startswith("::"):
        return "", text
    name, colons, rest = text[2:].partition("::")
    return (name, rest.strip()) if colons else ("", text[2:])


def _with_gap(before: str, after: str, form: str) -> str:
    return to_html(f"{before}{place_of(1)}{after}", form)


def _general(answers: str) -> tuple[str, str]:
    """Return the answers, and the general feedback after ####."""
    before, mark, feedback = answers.rpartition("####")
    return (before.strip(), feedback) if mark else (answers, "")


FORMAT = Format(name="gift", title="GIFT", knows=knows, read=read)
