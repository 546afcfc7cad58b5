"""Roles by exact URI: what pylti1p3 takes for a teacher and is none (row 43), and what platforms really send."""

import pytest

from lti_app.trust.roles import Role, role_of

V2 = "http://purl.imsglobal.org/vocab/lis/v2"
CONTEXT = f"{V2}/membership"


@pytest.mark.parametrize(
    "said",
    [
        "Instructor",
        f"{CONTEXT}/Learner#Instructor",
        f"{V2}/nonsense#Instructor",
        f"{CONTEXT}#instructor",
        f"{CONTEXT}#Instructor ",
        f"{V2}/institution/person#Instructor",
        "urn:lti:role:ims/lis/Instructor",
    ],
)
def test_a_word_that_looks_like_a_teacher_is_none(said: str) -> None:
    assert role_of([said]) is Role.PREVIEW


@pytest.mark.parametrize(
    ("said", "role"),
    [
        ([f"{CONTEXT}#Instructor"], Role.INSTRUCTOR),
        ([f"{CONTEXT}#Learner"], Role.LEARNER),
        # Moodle: an administrator who teaches nothing here, and one who does
        ([f"{V2}/institution/person#Administrator", f"{V2}/system/person#Administrator"], Role.ADMIN),
        ([f"{V2}/institution/person#Administrator", f"{CONTEXT}#Learner"], Role.LEARNER),
        # Canvas: a teaching assistant, an observer, Student View
        ([f"{CONTEXT}#Instructor", f"{CONTEXT}/Instructor#TeachingAssistant"], Role.INSTRUCTOR),
        ([f"{V2}/institution/person#Student", f"{CONTEXT}#Mentor"], Role.PREVIEW),
        (["http://purl.imsglobal.org/vocab/lti/system/person#TestUser", f"{CONTEXT}#Learner"], Role.PREVIEW),
        ([f"{CONTEXT}/Instructor#TeachingAssistant"], Role.INSTRUCTOR),
        ([], Role.PREVIEW),
        ([{"role": "Instructor"}], Role.PREVIEW),
    ],
)
def test_roles_as_platforms_send_them(said: list[object], role: Role) -> None:
    assert role_of(said) is role
