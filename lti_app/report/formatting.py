"""Formats figures, dates and statuses in the teacher's language, the same on the page and in the files."""

from datetime import date, datetime

from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal, format_percent

from lokaltmot_lms.texts import N_, translations
from lti_app.grade_sender import SENTENCES
from lti_app.report.learner_status import ZONE, CompletionStatus, Late, LearnerStatus, Why
from lti_app.store.report import Undelivered

NOTHING = "–"
_CODE = 8  # characters of a pseudonym, enough to distinguish the learners of one course
_STATUSES = {
    CompletionStatus.DONE: N_("passed"),
    CompletionStatus.UNDERWAY: N_("in progress"),
    CompletionStatus.NOT_BEGUN: N_("not started"),
    CompletionStatus.STUCK: N_("stuck"),
}
_FINISHED = N_("finished")
_WHYS = {
    Why.NONE: "",
    Why.USED_UP: N_("has used all attempts"),
    Why.TRIES: N_("three attempts without passing"),
    Why.IDLE: N_("no activity for two weeks"),
}
_LATES = {Late.NO: "", Late.LATE: N_("after the due date"), Late.OVERDUE: N_("past the due date")}
_ON_ITS_WAY = N_("Waiting to be sent.")
_TRIES_AGAIN = N_("The platform is not responding. The tool keeps trying automatically for three days.")
# Discrimination as text, from the highest down. Just below 0 is chance in small groups, not a wrong answer key.
_DISCRIMINATION = (
    (0.3, N_("discriminates well")),
    (0.1, N_("discriminates a little")),
    (-0.1, N_("does not discriminate")),
    (-1.1, N_("negative: check the answer key")),
)


class Formatter:
    """Formats for one language."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.gettext = translations(language).gettext
        self._locale = (
            "nb" if language == "se" else language
        )  # Babel's number formats for Northern Sámi are not used in practice

    def percent(self, share: float | None) -> str:
        """Return "27 %"; a dash for None."""
        return NOTHING if share is None else str(format_percent(share, locale=self._locale))

    def number(self, value: float | None) -> str:
        """Return a number with two decimals."""
        return NOTHING if value is None else str(format_decimal(value, "0.00", locale=self._locale))

    def day(self, moment: date | datetime | None) -> str:
        """Return "28. nov. 2026", in Norwegian time."""
        if moment is None:
            return NOTHING
        day = moment.astimezone(ZONE).date() if isinstance(moment, datetime) else moment
        return str(format_date(day, "d. MMM y" if self.language != "en" else "d MMM y", locale=self._locale))

    def clock(self, moment: datetime) -> str:
        """Return "28. nov. 14.30", in Norwegian time."""
        local = moment.astimezone(ZONE)
        return str(
            format_datetime(local, "d MMM HH:mm" if self.language == "en" else "d. MMM HH.mm", locale=self._locale)
        )

    def who(self, sub: str, pseudonym: str, name: str) -> str:
        """Return a learner's display name: the name if it was fetched, else one from the pseudonym."""
        if name:
            return name
        if pseudonym:
            return self.gettext("Participant {code}").format(code=pseudonym[:_CODE])
        return self.gettext("Number {number} on the platform").format(number=sub) if sub.isdecimal() else sub[:_CODE]

    def status(self, status: CompletionStatus, *, is_graded: bool) -> str:
        """Return "passed", or "finished" if the module has no quiz to pass."""
        return self.gettext(_FINISHED if status is CompletionStatus.DONE and not is_graded else _STATUSES[status])

    def note(self, learner: LearnerStatus) -> str:
        """Return the note on a learner: why stuck, how late, no longer in the course."""
        gone = "" if learner.is_active else N_("no longer in the course")
        return ", ".join(self.gettext(text) for text in (_WHYS[learner.why], _LATES[learner.late], gone) if text)

    def late(self, learner: LearnerStatus) -> str:
        """Return how late a learner is; empty if not late."""
        return self.gettext(_LATES[learner.late]) if learner.late is not Late.NO else ""

    def discrimination(self, discrimination: float | None) -> str:
        """Return a discrimination as text."""
        if discrimination is None:
            return ""
        return self.gettext(next(words for limit, words in _DISCRIMINATION if discrimination >= limit))

    def reason(self, grade: Undelivered) -> str:
        """Return why a grade has not been delivered."""
        if grade.status == "parked":
            return self.gettext(SENTENCES.get(grade.reason, SENTENCES["refused"]))
        return self.gettext(_TRIES_AGAIN if grade.reason else _ON_ITS_WAY)
