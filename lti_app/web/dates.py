"""When a module opens and when it is due: the dates in a link's settings, as days in Norway and as text."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_date

from lokaltmot_lms.texts import N_, translations
from lti_app.store.types import read_day

ZONE = ZoneInfo("Europe/Oslo")  # a teacher's date means a day in Norway


class DateNotice(StrEnum):
    """The notice about a module's dates for a learner. The value is the message id in the catalogues."""

    NOT_YET = N_("Opens {day}.")
    AHEAD = N_("Due {day}.")
    TODAY = N_("Due today.")
    OVER = N_("It was due {day}. You can still submit it.")
    DONE_LATE = N_("Submitted after the due date, {day}.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """When answers are accepted. available: the first day. due: the last day in time; later work counts but is late."""

    available: date | None
    due: date | None

    def is_open(self, at: datetime) -> bool:
        """Return whether answers are accepted at a moment."""
        return self.available is None or at.astimezone(ZONE).date() >= self.available

    def is_late(self, at: datetime) -> bool:
        """Return whether a moment is after the due date."""
        return self.due is not None and at.astimezone(ZONE).date() > self.due

    def notice(self, at: datetime, *, is_done: bool = False, done_at: datetime | None = None) -> DateNotice | None:
        """Return the notice to show at a moment. done_at: when the module was completed."""
        if not self.is_open(at):
            return DateNotice.NOT_YET
        if self.due is None:
            return None
        if is_done:
            return DateNotice.DONE_LATE if done_at is not None and self.is_late(done_at) else None
        if self.is_late(at):
            return DateNotice.OVER
        return DateNotice.TODAY if at.astimezone(ZONE).date() == self.due else DateNotice.AHEAD

    def text(self, notice: DateNotice | None, language: str) -> str:
        """Return a notice as a sentence; empty for None."""
        day = self.available if notice is DateNotice.NOT_YET else self.due
        return translations(language).gettext(notice).format(day=long_date(day, language)) if notice and day else ""


def window_of(settings: Mapping[str, Any]) -> Window:
    """Return the dates in a link's settings. Invalid dates are ignored: the settings may be from an older version."""
    return Window(available=read_day(settings.get("available")), due=read_day(settings.get("due")))


def long_date(day: date | datetime, language: str) -> str:
    """Return a date in long form, "1. mars 2027". For a datetime: its day in Norway."""
    if isinstance(day, datetime):
        day = day.astimezone(ZONE).date()
    return format_date(day, "long", locale=language)
