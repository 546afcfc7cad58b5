"""What a teacher can choose from: the built modules, as their module.json describes them."""

import json
import logging
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_log = logging.getLogger(__name__)
_LANGUAGES = {"nb": "Bokmål", "nn": "Nynorsk", "en": "English", "se": "Davvisámegiella"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """One module. slug: the name of its folder, which a link carries as custom.module. languages: code -> name."""

    slug: str
    title: str
    description: str
    course: str
    minutes: int
    pages: tuple[str, ...]
    questions: int
    languages: dict[str, str]
    pass_percent: int
    maximum: float
    rev: str


def read_offers(modules: Path) -> tuple[Offer, ...]:
    """Return the modules of a folder, by course and then in the order of their source files.

    A folder that cannot be read is left out, and the log says so: one broken module must not hide the others.
    """
    found: list[tuple[str, str, Offer]] = []
    for path in sorted(modules.glob("*/module.json")):
        try:
            told = json.loads(path.read_text(encoding="utf-8"))
            offer = _offer(path.parent.name, told)
            found.append((offer.course, str(told.get("file") or offer.slug), offer))
        except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
            _log.warning("%s is left out: %s", path, error)
    return tuple(offer for *_, offer in sorted(found, key=lambda one: one[:2]))


def _offer(slug: str, told: dict[str, Any]) -> Offer:
    quiz = (told.get("quizzes") or [{}])[0]
    points = sorted((one["points"] for one in told.get("questions", {}).values()), reverse=True)
    drawn = points[: quiz.get("draw") or len(points)]
    titles = told.get("titles") or {told["language"]: told["title"]}
    return Offer(
        slug=slug,
        title=str(told["title"]),
        description=str(told.get("description") or ""),
        course=str(told.get("courseTitle") or ""),
        minutes=int(told.get("minutes") or 0),
        pages=tuple(str(one["title"]) for one in told.get("pages", ())),
        questions=len(drawn),
        languages={code: _LANGUAGES.get(code, code) for code in titles},
        pass_percent=round(float(quiz.get("pass", 0.8)) * 100),
        maximum=float(sum(drawn)) or 1.0,
        rev=str(told.get("version") or told.get("sha") or "1")[:64],
    )
