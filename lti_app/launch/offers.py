"""The modules that a teacher can choose from, as their module.json describes them."""

import json
import logging
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_log = logging.getLogger(__name__)
_LANGUAGES = {"nb": "Bokmål", "nn": "Nynorsk", "en": "English", "se": "Davvisámegiella"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """One module. slug: its folder name, which a link has as custom.module. languages: code -> name."""

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

    A module that cannot be read is left out and logged: one broken module must not hide the others.
    """
    found: list[tuple[str, str, Offer]] = []
    for path in sorted(modules.glob("*/module.json")):
        try:
            about = json.loads(path.read_text(encoding="utf-8"))
            offer = _offer(path.parent.name, about)
            found.append((offer.course, str(about.get("file") or offer.slug), offer))
        except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
            _log.warning("%s cannot be read and is left out: %s", path, error)
    return tuple(offer for *_, offer in sorted(found, key=lambda one: one[:2]))


def _offer(slug: str, about: dict[str, Any]) -> Offer:
    quiz = (about.get("quizzes") or [{}])[0]
    points = sorted((one["points"] for one in about.get("questions", {}).values()), reverse=True)
    drawn = points[: quiz.get("draw") or len(points)]
    titles = about.get("titles") or {about["language"]: about["title"]}
    return Offer(
        slug=slug,
        title=str(about["title"]),
        description=str(about.get("description") or ""),
        course=str(about.get("courseTitle") or ""),
        minutes=int(about.get("minutes") or 0),
        pages=tuple(str(one["title"]) for one in about.get("pages", ())),
        questions=len(drawn),
        languages={code: _LANGUAGES.get(code, code) for code in titles},
        pass_percent=round(float(quiz.get("pass", 0.8)) * 100),
        maximum=float(sum(drawn)) or 1.0,
        rev=str(about.get("version") or about.get("sha") or "1")[:64],
    )
