"""The module cards on "My modules": progress, what is left, and the due date. No Flask, no database."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from lti_app import progress
from lti_app.built_modules import BuiltModule
from lti_app.progress import State
from lti_app.store.personal_data import Studied
from lti_app.web.dates import DateNotice, window_of


class ModuleState(StrEnum):
    """A learner's state in a module."""

    NEW = "new"
    UNDERWAY = "underway"
    COMPLETED = "completed"
    PASSED = "passed"
    FAILED = "failed"


_DONE = (ModuleState.COMPLETED, ModuleState.PASSED, ModuleState.FAILED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One module. link: the row id of its link. read, pages: numbers of pages. percent: the best result, or None.

    day: the notice about the module's dates, or empty. may_open: it can be opened from here.
    """

    link: int
    title: str
    course: str
    stage: ModuleState
    read: int
    pages: int
    minutes: int
    percent: int | None
    day: str
    due: date | None
    may_open: bool
    is_here: bool

    @property
    def is_done(self) -> bool:
        """Whether there is nothing left to do."""
        return self.stage in _DONE


def card_of(
    studied: Studied, built: BuiltModule, *, language: str, at: datetime, may_open: bool, is_here: bool = False
) -> Card:
    """Return the card of a module that was started."""
    share = studied.settings.get("pass_share")
    rules = progress.rules_of(built.about, built.questions, pass_share=float(share) if share is not None else None)
    state = progress.state_of(studied.state, rules)
    outcome = progress.outcome(state, rules)
    stage = _stage(state, outcome)
    window = window_of(studied.settings)
    day = window.notice(at, is_done=stage in _DONE, done_at=studied.completed_at)
    pages = built.about["pages"]
    return Card(
        link=studied.link,
        title=str(built.about.get("titles", {}).get(language) or built.about["title"]),
        course=studied.course,
        stage=stage,
        read=len(state.visited.intersection(rules.pages)),
        pages=len(pages),
        minutes=sum(page["minutes"] for page in pages if page["id"] not in state.visited),
        percent=None if outcome.score is None else int(outcome.score),
        day=window.text(day, language),
        due=window.due,
        may_open=may_open and day is not DateNotice.NOT_YET,
        is_here=is_here,
    )


def next_of(cards: Iterable[Card]) -> Card | None:
    """Return the module to continue with: the launched one, else the one due first; None if all are done."""
    waiting = [card for card in cards if card.may_open and not card.is_done]
    here = next((card for card in waiting if card.is_here), None)
    return here or min(waiting, key=lambda card: card.due or date.max, default=None)


def _stage(state: State, outcome: progress.Outcome) -> ModuleState:
    if outcome.completion == "completed":
        return ModuleState.PASSED if outcome.success == "passed" else ModuleState.COMPLETED
    if outcome.success == "failed":
        return ModuleState.FAILED
    return ModuleState.UNDERWAY if state.visited or state.answers else ModuleState.NEW
