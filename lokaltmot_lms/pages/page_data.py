"""The page data: what the player's scripts need to know about a module, as JSON (docs/hooks.md, format 1)."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from markupsafe import Markup

from lokaltmot_lms.model import Course, Module, Notice, Page, Question, Quiz
from lokaltmot_lms.pages.reading_time import page_minutes
from lokaltmot_lms.questions import QUESTION_TYPES

Json = Any

# The keys of a question's data that reveal the right answer, in any type (see `data` in lokaltmot_lms.questions).
_REVEALING = {"right", "accepted", "low", "high"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Tracking:
    """How the package reports. name: file stem in templates/player/tracking; options: passed to that file.

    is_sealed: the answers are marked on a server, so the page must not hold right answers.
    """

    name: str
    options: Mapping[str, Json] = field(default_factory=dict)
    is_sealed: bool = False


def module_data(course: Course, module: Module, *, tracking: Tracking, languages: Mapping[str, str]) -> dict[str, Json]:
    """Return the module as JSON. languages: file name of each language the package holds."""
    return {
        "format": 1,
        "course": course.id,
        "module": module.id,
        "title": module.title,
        "version": module.version,
        "language": module.language,
        "languages": dict(languages),
        "tracking": {"name": tracking.name, **tracking.options},
        "pages": [
            {"id": page.id, "title": page.title.plain, "minutes": minutes}
            for page, minutes in zip(module.pages, page_minutes(module), strict=True)
        ],
        "skips": _skips(module),
        "slots": [[slot.id, slot.kind, slot.width] for slot in module.slots],
        "quizzes": [_quiz(quiz, page, module) for page, quiz in quizzes(module)],
        "questions": {
            question.id: _question(question, is_sealed=tracking.is_sealed)
            for _, quiz in quizzes(module)
            for question in quiz.questions
        },
        "completion": {"allPages": module.completion.all_pages, "passedQuiz": module.completion.passed_quiz},
        "exitTo": course.exit_to,
        "quickExit": module.quick_exit,
    }


def quizzes(module: Module) -> Iterator[tuple[Page, Quiz]]:
    """Yield every quiz of a module with its page."""
    for page in module.pages:
        for block in page.blocks:
            if isinstance(block, Quiz):
                yield page, block


def as_script_json(data: Json) -> Markup:
    """Return JSON that is safe in a `<script>` element: no `<` is left, so nothing can end the element."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029"))  # noqa: S704


def plain_number(value: Decimal) -> int | float:
    """Return a decimal as the simplest JSON number: 1, not 1.0."""
    return int(value) if value == value.to_integral_value() else float(value)


def _skips(module: Module) -> dict[str, str]:
    return {
        page.id: block.skip
        for page in module.pages
        for block in page.blocks
        if isinstance(block, Notice) and block.skip is not None
    }


def _quiz(quiz: Quiz, page: Page, module: Module) -> dict[str, Json]:
    share = module.pass_share if quiz.pass_share is None else quiz.pass_share
    return {
        "id": quiz.id,
        "page": page.id,
        "draw": quiz.draw,
        "attempts": quiz.attempts,
        "retryWrong": quiz.retry_wrong,
        "shuffle": quiz.shuffle,
        "testOut": quiz.test_out,
        "pass": plain_number(share),
        "questions": [question.id for question in quiz.questions],
        **({"locked": True} if quiz.locked_because else {}),
    }


def _question(question: Question, *, is_sealed: bool) -> dict[str, Json]:
    data = QUESTION_TYPES[question.type].data(question)
    shown = {"data": _sealed(data), "sealed": True} if is_sealed else {"data": data}
    return {
        "type": question.type,
        "points": plain_number(question.points),
        "cmi": question.id.replace("-", "_"),
        **shown,
    }


def _sealed(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return a question's data without the right answers."""
    return {
        key: {name: _sealed(part) if isinstance(part, Mapping) else part for name, part in value.items()}
        if isinstance(value, Mapping)
        else value
        for key, value in data.items()
        if key not in _REVEALING
    }
