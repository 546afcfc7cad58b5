"""Maps the role URIs of the LTI vocabulary to our roles. Only exact URIs count, not similar ones."""

from collections.abc import Iterable
from enum import StrEnum

_CONTEXT = "http://purl.imsglobal.org/vocab/lis/v2/membership"
_INSTITUTION = "http://purl.imsglobal.org/vocab/lis/v2/institution/person"
_SYSTEM = "http://purl.imsglobal.org/vocab/lis/v2/system/person"
_TEST_USER = "http://purl.imsglobal.org/vocab/lti/system/person#TestUser"
MOST = 100  # roles in one launch; real launches have fewer than ten


class Role(StrEnum):
    """preview: sees the module as a learner does, but nothing is stored and no grade is sent."""

    LEARNER = "learner"
    INSTRUCTOR = "instructor"
    PREVIEW = "preview"
    ADMIN = "admin"


# LTI 1.3 core, A.2.3: the principal context roles, and their sub-roles in the specification.
_PRINCIPAL = {
    "Administrator": Role.INSTRUCTOR,
    "ContentDeveloper": Role.INSTRUCTOR,
    "Instructor": Role.INSTRUCTOR,
    "Learner": Role.LEARNER,
    "Mentor": Role.PREVIEW,
}
_SUB = {
    "Instructor": {
        "ExternalInstructor", "Grader", "GuestInstructor", "Lecturer", "PrimaryInstructor", "SecondaryInstructor",
        "TeachingAssistant", "TeachingAssistantGroup", "TeachingAssistantOffering", "TeachingAssistantSection",
        "TeachingAssistantSectionAssociation", "TeachingAssistantTemplate",
    },
    "Learner": {"ExternalLearner", "GuestLearner", "Learner", "NonCreditLearner"},
}  # fmt: skip
_TABLE = {f"{_CONTEXT}#{name}": role for name, role in _PRINCIPAL.items()} | {
    f"{_CONTEXT}/{parent}#{name}": _PRINCIPAL[parent] for parent, names in _SUB.items() for name in names
}
_ADMINS = {
    f"{_INSTITUTION}#Administrator",
    f"{_SYSTEM}#Administrator",
    f"{_SYSTEM}#SysAdmin",
    f"{_SYSTEM}#AccountAdmin",
}


def is_admin(roles: Iterable[object]) -> bool:
    """Return whether somebody administers the platform, whatever their role in a course. They see setup help."""
    given = {role for role in roles if isinstance(role, str)}
    return bool(given & _ADMINS) and _TEST_USER not in given


def role_of(roles: Iterable[object]) -> Role:
    """Return our role for a launch's roles; context roles come first. Without a known role it is a preview."""
    given = {role for role in roles if isinstance(role, str)}
    if _TEST_USER in given:  # Canvas's Student View
        return Role.PREVIEW
    found = {_TABLE[role] for role in given if role in _TABLE}
    for role in (Role.INSTRUCTOR, Role.LEARNER, Role.PREVIEW):
        if role in found:
            return role
    return Role.ADMIN if given & _ADMINS else Role.PREVIEW
