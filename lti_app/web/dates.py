"""When a module opens and when it is due: what the link's settings say, as days in Norway and in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_date

from lokaltmot_lms.texts import N_, translations

ZONE = ZoneInfo("Europe/Oslo")  # a date that a teacher writes is a day in Norway


class DateNotice(StrEnum):
    """What a learner is told of a module's days. The value is the text's key in the catalogues."""

    NOT_YET = N_("Opens {day}.")
    AHEAD = N_("Due {day}.")
    TODAY = N_("Due today.")
    OVER = N_("It was due {day}. You can still hand in.")
    DONE_LATE = N_("Handed in after {day}, when it was due.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """When work is taken. available: the first day. due: the last one that is in time; later work counts, as late."""

    available: date | None
    due: date | None

    def is_open(self, at: datetime) -> bool:
        """Return whether answers are taken at a moment."""
        return self.available is None or at.astimezone(ZONE).date() >= self.available

    def is_late(self, at: datetime) -> bool:
        """Return whether a moment is after the last day."""
        return self.due is not None and at.astimezone(ZONE).date() > self.due

    def day(self, at: datetime, *, is_done: bool = False, done_at: datetime | None = None) -> DateNotice | None:
        """Return what is to be told at a moment. done_at: when the module was completed."""
        if not self.is_open(at):
            return DateNotice.NOT_YET
        if self.due is None:
            return None
        if is_done:
            return DateNotice.DONE_LATE if done_at is not None and self.is_late(done_at) else None
        if self.is_late(at):
            return DateNotice.OVER
        return DateNotice.TODAY if at.astimezone(ZONE).date() == self.due else DateNotice.AHEAD

    def told(self, day: DateNotice | None, language: str) -> str:
        """Return it as a sentence; empty when there is nothing to tell."""
        on = self.available if day is DateNotice.NOT_YET else self.due
        return translations(language).gettext(day).format(day=in_words(on, language)) if day and on else ""


def window_of(settings: Mapping[str, Any]) -> Window:
    """Return the days in a link's settings. What is no day is none: settings may be older than this version."""
    return Window(available=_day(settings.get("available")), due=_day(settings.get("due")))


def in_words(day: date | datetime, language: str) -> str:
    """Return a day as a person writes it, "1. mars 2027". A moment is the day that it is in Norway."""
    if isinstance(day, datetime):
        day = day.astimezone(ZONE).date()
    return format_date(day, "long", locale=language)


def _day(value: Any) -> date | None:
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        return None
