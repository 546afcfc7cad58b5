"""Names on demand: fetched from the platform when a teacher wants to see them, and never stored."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import structlog

from lokaltmot_lms.texts import N_
from lti_app.errors import DeliveryError
from lti_app.nrps import Member, read_roster
from lti_app.services import Services
from lti_app.store.engine import reading
from lti_app.store.registrations import get_registration
from lti_app.store.report import CourseLink
from lti_app.trust.sessions import Session
from lti_app.trust.tool import current_tool
from lti_app.web.guard import note

_log = structlog.get_logger(__name__)

NOT_OFFERED = N_("The platform does not share its list of participants with the tool. Its administrator can allow it.")
_NAMELESS = N_("The platform does not share names with the tool, so participants are shown with a number.")
_CUT_SHORT = N_("The platform's list of participants was incomplete, so some may be missing here.")
_REFUSED = N_(
    "The platform does not allow the tool to read its list of participants. Ask its administrator to allow it."
)
_SILENT = N_("The platform's list of participants is not available right now. Try again in a moment.")
_TOO_LARGE = N_("The platform's list of participants is too large to read.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """The roster of a course. members: by sub; None if it was not fetched or could not be read.

    is_offered: the platform offers a roster. trouble: a sentence for the teacher; empty if there is no problem.
    """

    members: Mapping[str, Member] | None = field(default=None, repr=False)
    is_offered: bool
    trouble: str = ""

    def name_of(self, sub: str) -> str:
        """Return a person's name; empty if unknown."""
        member = self.members.get(sub) if self.members else None
        return member.name if member else ""


def no_names(session: Session) -> Names:
    """Return a result without names, for when they were not requested."""
    is_offered = bool(session.claims.get("roster"))
    return Names(is_offered=is_offered, trouble="" if is_offered else NOT_OFFERED)


def ask_names(session: Session, link: CourseLink | None) -> Names:
    """Fetch the roster of the course, or of the people who can see a link, and add a line to the audit trail.

    Raises:
        LaunchError: 429, the rate limit is exceeded.
    """
    tool = current_tool()
    address = session.claims.get("roster")
    with reading(tool.engine) as connection:
        registration = get_registration(connection, session.registration_id)
    if not address or registration is None:
        return no_names(session)
    tool.limits.demand(f"names {session.id}", burst=10, per_second=0.2)
    note(
        kind="report",
        reason="names_shown",
        registration_id=session.registration_id,
        detail={"link": link.id if link else None},
    )
    try:
        roster = read_roster(
            Services(tool=tool, registration=registration), address, link_id=link.link_id if link else ""
        )
    except DeliveryError as error:
        _log.info("roster_failed", registration=registration.id, reason=error.reason, status=error.status)
        return Names(is_offered=True, trouble=_sentence(error))
    trouble = "" if roster.is_whole else _CUT_SHORT
    if roster.members and not any(member.name for member in roster.members.values()):
        trouble = _NAMELESS
    return Names(members=roster.members, is_offered=True, trouble=trouble)


def _sentence(error: DeliveryError) -> str:
    if error.reason == "too_large":
        return _TOO_LARGE
    return _REFUSED if error.is_lasting else _SILENT
