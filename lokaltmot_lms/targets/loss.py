"""What a format can't hold, and what replaces it. The build reports it, so that nothing is dropped silently."""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from lokaltmot_lms.texts import N_


class LostFeature(StrEnum):
    """What may be lost; the value is used in the report for programs."""

    PAGE = "page"
    TRANSLATION = "translation"
    QUICK_EXIT = "quick-exit"
    HELP_LINES = "help-lines"
    SHORT_WAY = "short-way"
    CHAPTERS = "chapters"
    QUIZ_SETTINGS = "quiz-settings"
    HINT = "hint"
    FEEDBACK = "feedback"
    PICTURE = "picture"
    POINTS = "points"
    FORMATTING = "formatting"
    CASE = "case"
    TEXT = "text"
    NUMERIC = "numeric"
    MULTIPLE = "multiple"
    GAPS = "gaps"
    HOTSPOT = "hotspot"
    LIKERT = "likert"
    MATCHING = "matching"
    ORDERING = "ordering"


NAMES: dict[LostFeature, str] = {
    LostFeature.PAGE: N_("page"),
    LostFeature.TRANSLATION: N_("translation"),
    LostFeature.QUICK_EXIT: N_("quick exit on every page"),
    LostFeature.HELP_LINES: N_("help line on every page"),
    LostFeature.SHORT_WAY: N_("short way past a content notice"),
    LostFeature.CHAPTERS: N_("a video’s chapters"),
    LostFeature.QUIZ_SETTINGS: N_("a quiz’s settings"),
    LostFeature.HINT: N_("hint"),
    LostFeature.FEEDBACK: N_("feedback on an answer"),
    LostFeature.PICTURE: N_("picture"),
    LostFeature.POINTS: N_("points of a question"),
    LostFeature.FORMATTING: N_("formatting of an answer"),
    LostFeature.CASE: N_("case with choices"),
    LostFeature.NUMERIC: N_("question with a number"),
    LostFeature.TEXT: N_("question with a typed answer"),
    LostFeature.MULTIPLE: N_("question with several right answers"),
    LostFeature.GAPS: N_("question with gaps"),
    LostFeature.HOTSPOT: N_("question about places in an image"),
    LostFeature.LIKERT: N_("question with a scale"),
    LostFeature.MATCHING: N_("matching question"),
    LostFeature.ORDERING: N_("ordering question"),
}
# What became of it. Sentences without a subject, because they follow the name.
LEFT_OUT = N_("left out")
CHOICE = N_("became a choice question")
PLACES = N_("became matching: each item with its place in the order")
WORDS = N_("only its words are left")
ONE_EACH = N_("became one point for each gap")
ONE = N_("became one point")
ALL_SHOWN = N_("became a page where all steps can be seen")
ALL_OR_NOTHING = N_("gives all its points or none")
RETRY_ALL = N_("a new attempt asks all questions, not the wrong ones only")
SAME_POINTS = N_("each question that is drawn gives the same")
IN_PLATFORM = N_("must be set in the platform: draw, attempts and pass mark")


@dataclass(frozen=True, slots=True, kw_only=True)
class Loss:
    """Something that a format can't hold.

    module: id. ids: of the affected questions or pages, in their order. became: an English text to translate.
    """

    module: str
    thing: LostFeature
    ids: tuple[str, ...]
    became: str

    @property
    def count(self) -> int:
        """The number of affected questions or pages."""
        return len(self.ids)


def gathered(losses: Iterable[Loss]) -> tuple[Loss, ...]:
    """Return the losses, those of the same module and kind merged, in order of first occurrence."""
    ids: dict[tuple[str, LostFeature, str], list[str]] = defaultdict(list)
    for loss in losses:
        ids[loss.module, loss.thing, loss.became] += loss.ids
    return tuple(
        Loss(module=module, thing=thing, ids=tuple(found), became=became)
        for (module, thing, became), found in ids.items()
    )


def as_row(loss: Loss) -> dict[str, object]:
    """Return a loss for programs."""
    return {
        "module": loss.module,
        "what": loss.thing.value,
        "count": loss.count,
        "became": loss.became,
        "ids": list(loss.ids),
    }


def loss_json(target: str, losses: Sequence[Loss]) -> bytes:
    """Return the report for programs; its list is empty when the format holds everything."""
    report = {"format": 1, "target": target, "losses": [as_row(loss) for loss in losses]}
    return (json.dumps(report, ensure_ascii=False, indent=1) + "\n").encode()
