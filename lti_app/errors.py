"""What can go wrong between us and a platform: a reason code for the log, a sentence and advice for the person."""

from enum import StrEnum
from typing import Any

from lokaltmot_lms.texts import N_


class Advice(StrEnum):
    """What the person who sees the page should do. The value is the text's key in the catalogues."""

    START_AGAIN = N_("Go back to your course and open the module again from there.")
    ASK_ADMIN = N_("Tell the person who looks after your learning platform, and give the reference number below.")
    NOT_YOURS = N_("You do not have access to this page. Open it from your course.")
    TRY_LATER = N_("Wait a minute, then open the module again from your course.")
    NOTHING_HERE = N_("There is nothing here. Open the module from your course.")


class LaunchError(Exception):
    """A request that is refused. The person sees the advice and a number; the log has the reason.

    reason: short and stable, such as "nonce_unknown"; never holds anything that came with the request.
    detail: for the audit line; numbers and our own words only, no personal data.
    """

    def __init__(
        self,
        status: int,
        reason: str,
        *,
        advice: Advice = Advice.START_AGAIN,
        registration_id: int | None = None,
        detail: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(reason)
        self.status = status
        self.reason = reason
        self.advice = advice
        self.registration_id = registration_id
        self.detail = detail or {}


class DeliveryError(Exception):
    """A request of ours to a platform that did not succeed.

    reason: as in LaunchError. is_lasting: trying again will not help. retry_after: seconds the platform asked for.
    status: the platform's answer, when there was one.
    """

    def __init__(
        self, *, reason: str, is_lasting: bool = False, retry_after: int | None = None, status: int | None = None
    ) -> None:
        super().__init__(reason)
        self.reason = reason
        self.is_lasting = is_lasting
        self.retry_after = retry_after
        self.status = status


class SettingsError(Exception):
    """The environment is not fit to start with; the text says which variable and what to write.

    text: a key of the catalogues. values: what stands in its places.
    """

    def __init__(self, text: str, **values: object) -> None:
        super().__init__(text.format_map(values))
        self.text = text
        self.values = values


class BackupError(SettingsError):
    """A backup that cannot be made or put back; the text is a sentence for the operator."""
