"""The outcome that a platform stored for a learner, in the terms of SCORM 2004."""

from dataclasses import dataclass

from lokaltmot_lms.trial.browser_lms import LearnerBrowser


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedOutcome:
    """raw: 0-100, None when no score was sent. The single status of SCORM 1.2 becomes completion and success."""

    completion: str
    success: str
    raw: float | None

    @property
    def is_done(self) -> bool:
        """Whether the module is completed and not failed."""
        return self.completion == "completed" and self.success != "failed"

    def describe(self) -> str:
        """Return it as text, for a finding."""
        score = "no score" if self.raw is None else f"score {self.raw:g}"
        return f"{self.completion}, {self.success}, {score}"


# SCORM 1.2's single status as completion and success.
_STATUSES = {
    "passed": ("completed", "passed"),
    "failed": ("completed", "failed"),
    "completed": ("completed", "unknown"),
}


def outcome(stage: LearnerBrowser) -> ReportedOutcome:
    """Return what the platform has stored so far."""
    stored = stage.stored()
    if stage.sco.standard == "scorm12":
        status = stored.get("cmi.core.lesson_status", "not attempted")
        completion, success = _STATUSES.get(status, ("incomplete", "unknown"))
        return ReportedOutcome(completion=completion, success=success, raw=_number(stored.get("cmi.core.score.raw")))
    return ReportedOutcome(
        completion=stored.get("cmi.completion_status", "unknown"),
        success=stored.get("cmi.success_status", "unknown"),
        raw=_number(stored.get("cmi.score.raw")),
    )


def _number(text: str | None) -> float | None:
    return float(text) if text else None
