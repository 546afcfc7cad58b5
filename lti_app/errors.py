"""The tool's exceptions: each has a reason code for the log, and advice or a sentence for the person."""

from enum import StrEnum
from typing import Any

from lokaltmot_lms.texts import N_


class Advice(StrEnum):
    """What the person who sees the error page should do. The value is the message id in the catalogues."""

    START_AGAIN = N_("Go back to your course and open the module again from there.")
    ASK_ADMIN = N_("Contact the administrator of your learning platform and give them the reference number below.")
    NOT_YOURS = N_("You do not have access to this page. Open it from your course.")
    TRY_LATER = N_("Wait a minute, then open the module again from your course.")
    NOTHING_HERE = N_("Nothing to see here. Open the module from your course.")


class LaunchError(Exception):
    """A request that is refused. The person sees the advice and a reference number; the log has the reason.

    reason: short and stable, such as "nonce_unknown"; never contains anything from the request.
    detail: for the audit trail; numbers and our own words only, no personal data.
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
    """A request from the tool to a platform failed.

    reason: as in LaunchError. is_lasting: a retry will not help. retry_after: the seconds that the platform asked for.
    status: the HTTP status, if there was a response.
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
    """A setting is missing or invalid; the text names the variable and says what to write.

    text: a message id of the catalogues. values: for its placeholders.
    """

    def __init__(self, text: str, **values: object) -> None:
        super().__init__(text.format_map(values))
        self.text = text
        self.values = values


class BackupError(SettingsError):
    """A backup cannot be written or restored; the text is a sentence for the operator."""
