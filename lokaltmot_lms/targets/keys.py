"""The answer key of a module. SCORM 1.2 can't carry a question's text, so reports hold ids; the key explains them."""

import csv
import io
import json
from collections.abc import Iterator
from functools import singledispatch
from typing import Any

from lokaltmot_lms.model import (
    ChoiceQuestion,
    Gaps,
    Hotspot,
    Matching,
    Module,
    Numeric,
    Ordering,
    Question,
    Quiz,
    ShortText,
)
from lokaltmot_lms.questions import QUESTION_TYPES

_COLUMNS = ("id", "cmi", "type", "text", "right", "rightText", "points", "source")


def key_json(module: Module) -> bytes:
    """Return the answer key as JSON, for programs: right answers as values of the inputs."""
    key = {"module": module.id, "version": module.version, "questions": list(_rows(module))}
    return (json.dumps(key, ensure_ascii=False, indent=1) + "\n").encode()


def key_csv(module: Module) -> bytes:
    """Return the answer key as CSV that Excel opens directly, in Norwegian too (semicolons, byte order mark)."""
    table = io.StringIO()
    writer = csv.writer(table, delimiter=";", lineterminator="\r\n")
    writer.writerow(_COLUMNS)
    for row in _rows(module):
        writer.writerow([_cell(row[column]) for column in _COLUMNS])
    return table.getvalue().encode("utf-8-sig")


def questions(module: Module) -> Iterator[Question]:
    """Yield the module's questions in their order, including those of question banks."""
    for page in module.pages:
        for block in page.blocks:
            if isinstance(block, Quiz):
                yield from block.questions


def _rows(module: Module) -> Iterator[dict[str, Any]]:
    for question in questions(module):
        yield {
            "id": question.id,
            "cmi": question.id.replace("-", "_"),
            "type": question.type,
            "text": question.prompt.plain,
            "right": QUESTION_TYPES[question.type].right_answer(question),
            "rightText": right_text(question),
            "points": int(question.points) if question.points == int(question.points) else float(question.points),
            "source": f"{question.at.path}:{question.at.line}",
        }


def _cell(value: object) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False) if value is not None else ""
    return f"'{text}" if _is_formula(text) else text


def _is_formula(text: str) -> bool:
    # What a spreadsheet would run (OWASP, "CSV injection"); a plain number may begin with a minus.
    is_number = not text[1:].strip("0123456789., ")
    return text.startswith(("=", "+", "@", "\t", "\r")) or (text.startswith("-") and not is_number)


@singledispatch
def right_text(question: Question) -> str:  # noqa: ARG001  # the types that have one are registered below
    """Return the right answer as text; "" for a type that has none."""
    return ""


@right_text.register
def _(question: ChoiceQuestion) -> str:
    return " | ".join(option.text.plain for option in question.options if option.is_right)


@right_text.register
def _(question: ShortText) -> str:
    return " | ".join(question.accepted)


@right_text.register
def _(question: Numeric) -> str:
    return f"{question.low}" if question.low == question.high else f"{question.low}–{question.high}"


@right_text.register
def _(question: Matching) -> str:
    return " | ".join(f"{pair.left.plain} = {pair.right.plain}" for pair in question.pairs if pair.left)


@right_text.register
def _(question: Ordering) -> str:
    return " | ".join(item.text.plain for item in question.items)


@right_text.register
def _(question: Gaps) -> str:
    answers = ((gap.key, gap.accepted or [o.text.plain for o in gap.options if o.is_right]) for gap in question.gaps)
    return " | ".join(f"{key}: {' / '.join(accepted)}" for key, accepted in answers)


@right_text.register
def _(question: Hotspot) -> str:
    return " | ".join(spot.text.plain for spot in question.spots if spot.is_right)
