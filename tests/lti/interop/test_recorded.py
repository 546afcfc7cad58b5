"""Claim sets in the form that Moodle 4.5 and Canvas send them, launched whole."""

from pathlib import Path
from typing import Any

import pytest

from lti_app.store.engine import reading
from lti_app.store.schema import launch_session
from lti_app.store.sessions import find_session
from lti_app.trust.secrets import hashed

from ..bench import TOOL, Bench, bench_in
from ..platform import CLAIM

AGS = "https://purl.imsglobal.org/spec/lti-ags/claim/endpoint"
NRPS = "https://purl.imsglobal.org/spec/lti-nrps/claim/namesroleservice"
V2 = "http://purl.imsglobal.org/vocab/lis/v2"
SCOPE = "https://purl.imsglobal.org/spec/lti-ags/scope/"
SCORE = f"{SCOPE}score"
MEMBERS = "https://moodle.example/mod/lti/services.php/CourseSection/2/bindings/2/memberships"

# Moodle 4.5.6, names on, as recorded with the values made anonymous: every claim that it sends, and no other.
MOODLE = {
    "given_name": "Lars",
    "family_name": "Lærer",
    "name": "Lars Lærer",
    "email": "lars@example.no",
    f"{CLAIM}deployment_id": "1",
    f"{CLAIM}roles": [f"{V2}/membership#Learner"],
    f"{CLAIM}context": {"id": "2", "label": "LM101", "title": "Lokalt mot", "type": ["CourseSection"]},
    f"{CLAIM}resource_link": {"id": "1", "title": "Negativ sosial kontroll", "description": ""},
    f"{CLAIM}lis": {"person_sourcedid": "", "course_section_sourcedid": "LM101"},
    f"{CLAIM}ext": {"user_username": "lars", "lms": "moodle-2"},
    f"{CLAIM}launch_presentation": {
        "locale": "nb",
        "document_target": "iframe",
        "return_url": "https://moodle.example/mod/lti/return.php?course=2&launch_container=2&instanceid=1&sesskey=x",
    },
    f"{CLAIM}tool_platform": {
        "product_family_code": "moodle",
        "version": "2024100706",
        "guid": "moodle.example",
        "name": "Skolen",
        "description": "Skolen",
    },
    f"{CLAIM}custom": {
        "module": "a-lti",
        "rev": "1",
        "link_history": "$ResourceLink.id.history",
        "context_memberships_url": f"{MEMBERS}",
    },
    AGS: {
        "scope": [f"{SCOPE}lineitem", f"{SCOPE}lineitem.readonly", f"{SCOPE}result.readonly", SCORE],
        "lineitems": "https://moodle.example/mod/lti/services.php/2/lineitems?type_id=2",
        "lineitem": "https://moodle.example/mod/lti/services.php/2/lineitems/7/lineitem?type_id=2",
    },
    NRPS: {"context_memberships_url": MEMBERS, "service_versions": ["1.0", "2.0"]},
    "https://purl.imsglobal.org/spec/lti-bo/claim/basicoutcome": {
        "lis_result_sourcedid": "{}",
        "lis_outcome_service_url": "https://moodle.example/mod/lti/service.php",
    },
}
# What a site sends that shares no names, and whose tool may only send grades ("use for grade sync only").
MOODLE_SPARING = {
    **{
        name: value
        for name, value in MOODLE.items()
        if name.startswith("https://") and name not in (NRPS, f"{CLAIM}ext")
    },
    AGS: {**MOODLE[AGS], "scope": [f"{SCOPE}lineitem.readonly", f"{SCOPE}result.readonly", SCORE]},  # type: ignore[dict-item]
}
# Canvas, as its documentation and published tokens show it: nulls, errors and validation contexts among the claims.
CANVAS = {
    "sub": "535fa085-f22b-4655-842a-a9d94b5a3b4f",
    "azp": "ours",
    "locale": "nb",
    "errors": {"errors": {}},
    f"{CLAIM}deployment_id": "1",
    f"{CLAIM}resource_link": {
        "id": "4dde05e8ca1973bcca9bffc13e1548820eee93a3",
        "title": "Negativ sosial kontroll",
        "description": None,
        "validation_context": None,
        "errors": {"errors": {}},
    },
    f"{CLAIM}context": {
        "id": "4dde05e8ca1973bcca9bffc13e1548820eee93a3",
        "label": "LM-101",
        "title": "Lokalt mot",
        "type": ["http://purl.imsglobal.org/vocab/lis/v2/course#CourseOffering"],
        "validation_context": None,
    },
    f"{CLAIM}roles": [
        f"{V2}/institution/person#Instructor",
        f"{V2}/institution/person#Student",
        f"{V2}/membership#Learner",
        f"{V2}/system/person#User",
    ],
    f"{CLAIM}launch_presentation": {
        "document_target": "iframe",
        "height": 400,
        "width": 800,
        "return_url": "https://moodle.example/courses/1/external_content/success/external_tool_redirect",
        "locale": "nb",
        "validation_context": None,
    },
    f"{CLAIM}tool_platform": {"guid": "x:canvas-lms", "product_family_code": "canvas", "version": "cloud"},
    f"{CLAIM}lti1p1": {"user_id": "535fa085", "validation_context": None},
    f"{CLAIM}lti11_legacy_user_id": "535fa085",
    f"{CLAIM}lis": {"person_sourcedid": None, "course_offering_sourcedid": None, "validation_context": None},
    f"{CLAIM}custom": {"module": "a-lti", "rev": "1"},
    "https://www.instructure.com/placement": "assignment_selection",
    AGS: {
        "scope": [f"{SCOPE}lineitem", f"{SCOPE}result.readonly", SCORE],
        "lineitems": "https://moodle.example/api/lti/courses/1/line_items",
        "validation_context": None,
    },
    NRPS: {
        "context_memberships_url": "https://moodle.example/api/lti/courses/1/names_and_roles",
        "service_versions": ["2.0"],
        "validation_context": None,
    },
}
# Canvas's deep linking from an assignment: one item, media types, and no line item where it makes its own.
CANVAS_CHOICE = {
    "accept_types": ["ltiResourceLink"],
    "accept_presentation_document_targets": ["iframe", "window"],
    "accept_media_types": "application/vnd.ims.lti.v1.ltilink",
    "accept_multiple": False,
    "auto_create": False,
    "deep_link_return_url": "https://moodle.example/courses/1/deep_linking_response?modal=true&placement=assignment",
    "validation_context": None,
}


def _session(bench: Bench, claims: dict[str, Any]) -> Any:
    answer = bench.launch(**claims)
    assert answer.status_code == 303
    with reading(bench.engine) as connection:
        found = find_session(connection, hashed(answer.headers["Location"].split("/")[2]))
    assert found is not None
    return found


def test_moodle_launches_with_its_services_and_without_the_name_it_sent(tmp_path: Path) -> None:
    with bench_in(tmp_path) as bench:
        session = _session(bench, MOODLE)
        assert (session.role, session.message) == ("learner", "resource")
        assert session.claims["line_item"].endswith("lineitem?type_id=2")
        assert session.claims["roster"].endswith("/memberships")
        assert "Lars" not in str(session.claims)


def test_canvas_launches_with_its_many_roles(tmp_path: Path) -> None:
    with bench_in(tmp_path) as bench:
        session = _session(bench, CANVAS)
        assert session.role == "learner"
        assert "line_item" not in session.claims
        assert session.claims["line_items"].endswith("/line_items")


def test_moodle_that_shares_as_little_as_it_can_launches_all_the_same(tmp_path: Path) -> None:
    with bench_in(tmp_path) as bench:
        session = _session(bench, MOODLE_SPARING)
        assert session.claims["line_item"].endswith("lineitem?type_id=2")
        assert "roster" not in session.claims
        assert session.claims["scopes"] == [f"{SCOPE}lineitem.readonly", f"{SCOPE}result.readonly", SCORE]


def test_canvas_asks_for_one_module_for_an_assignment(tmp_path: Path) -> None:
    with bench_in(tmp_path) as bench:
        begun = bench.login()
        claims = bench.platform.deep_linking_claims(TOOL, begun.nonce, CANVAS_CHOICE)
        extra = {name: CANVAS[name] for name in ("sub", "azp", "locale", "errors", f"{CLAIM}context")}
        answer = bench.send(bench.platform.sign({**claims, **extra}), begun.state)
        assert answer.status_code == 303
        with reading(bench.engine) as connection:
            found = find_session(connection, hashed(answer.headers["Location"].split("/")[2]))
        assert found is not None
        assert found.claims["deep_linking"]["multiple"] is False


@pytest.mark.parametrize(
    "url",
    ["https://evil.example/lineitem", "http://127.0.0.1:1/lineitem", "https://moodle.example:8443/lineitem", 4],
)
def test_a_service_on_a_foreign_host_is_as_if_not_offered(url: object, tmp_path: Path) -> None:
    with bench_in(tmp_path) as bench:
        session = _session(bench, {AGS: {"scope": [SCORE], "lineitem": url, "lineitems": url}})
        assert not {"line_item", "line_items"} & set(session.claims)


def test_an_observer_and_student_view_leave_nothing_behind(tmp_path: Path) -> None:
    with bench_in(tmp_path) as bench:
        for roles in ([f"{V2}/membership#Mentor"], ["http://purl.imsglobal.org/vocab/lti/system/person#TestUser"]):
            session = _session(bench, {f"{CLAIM}roles": roles})
            assert (session.role, session.user_id) == ("preview", None)
        assert bench.rows("person") == 0


def test_a_link_from_an_imported_cartridge_names_its_module_in_the_address(tmp_path: Path) -> None:
    from lti_app.store.schema import resource_link

    def launched(bench: Bench, link: str, target: str, custom: dict[str, str]) -> int:
        begun = bench.login(target_link_uri=target)
        more = {f"{CLAIM}resource_link": {"id": link}, f"{CLAIM}target_link_uri": target, f"{CLAIM}custom": custom}
        token = bench.platform.sign(bench.platform.claims(TOOL, begun.nonce, **more))
        return bench.send(token, begun.state).status_code if begun.state else begun.response.status_code

    with bench_in(tmp_path) as bench:
        assert launched(bench, "1", f"{TOOL}/lti/module/a-lti", {}) == 303
        assert launched(bench, "2", f"{TOOL}/lti/module/a-lti", {"module": "b-lti"}) == 303  # a teacher's choice wins
        for path in ("../x", "A", "a-lti/", "a-lti/x", "", "a%2e"):
            assert launched(bench, "3", f"{TOOL}/lti/module/{path}", {}) == 400
        with reading(bench.engine) as connection:
            modules = {row.link_id: row.module for row in connection.execute(resource_link.select())}
        assert modules == {"1": "a-lti", "2": "b-lti"}


def test_a_copied_link_finds_its_module_by_the_history(tmp_path: Path) -> None:
    from lti_app.store.schema import resource_link

    with bench_in(tmp_path) as bench:
        _session(bench, {f"{CLAIM}resource_link": {"id": "old"}, f"{CLAIM}custom": {"module": "a-lti"}})
        history = {"link_history": "older%2C1,old"}
        _session(bench, {f"{CLAIM}resource_link": {"id": "new"}, f"{CLAIM}custom": history})
        with reading(bench.engine) as connection:
            modules = {row.link_id: row.module for row in connection.execute(resource_link.select())}
        assert modules == {"old": "a-lti", "new": "a-lti"}
        assert bench.rows(launch_session.name) == 2
