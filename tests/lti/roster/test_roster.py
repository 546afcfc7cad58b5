"""Who is in a course, told by a platform that may be odd, endless or hostile (rows 60-62 and 74)."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from lti_app import nrps
from lti_app.errors import DeliveryError
from lti_app.nrps import SCOPE, Roster, read_roster
from lti_app.services import Services
from lti_app.store.engine import reading
from lti_app.store.registrations import get_registration
from lti_app.store.schema import metadata
from lti_app.trust.roles import Role

from ..bench import Bench, bench_in

LEARNER = "http://purl.imsglobal.org/vocab/lis/v2/membership#Learner"
INSTRUCTOR = "http://purl.imsglobal.org/vocab/lis/v2/membership#Instructor"


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    """A tool, and a platform that gives tokens."""
    with bench_in(tmp_path) as made:
        made.web.answer("/token", {"access_token": "t1", "token_type": "bearer", "expires_in": 3600})
        yield made


def _services(bench: Bench) -> Services:
    with reading(bench.engine) as connection:
        registration = get_registration(connection, bench.ids["ours"])
    assert registration is not None
    return Services(tool=bench.app.extensions["lokaltmot"], registration=registration)


def _read(bench: Bench, path: str = "/members", link_id: str = "") -> Roster:
    return read_roster(_services(bench), f"{bench.web.origin}{path}", link_id=link_id)


def _tell(bench: Bench, *members: Any, path: str = "/members", **headers: str) -> None:
    bench.web.answer(path, {"id": "x", "context": {"id": "2"}, "members": list(members)}, **headers)


def _asked(bench: Bench) -> list[str]:
    return [path for _, path, _, _ in bench.web.asked if path.startswith("/members")]


def test_a_roster_is_asked_for_with_a_token_of_its_scope_and_read_in_both_forms_of_roles(bench: Bench) -> None:
    _tell(
        bench,
        {"user_id": "4", "name": "Kari Nordmann", "roles": ["Learner"], "status": "Active", "email": "k@example.no"},
        {"user_id": 5, "given_name": "Ola", "family_name": "Li", "roles": [LEARNER]},
        {"user_id": "6", "roles": [INSTRUCTOR], "name": "Lærer"},
        {"user_id": "7", "name": "Ingen rolle"},
    )
    roster = _read(bench, "/members?type=1")
    assert roster.is_whole
    assert {sub: (one.name, one.role) for sub, one in roster.members.items()} == {
        "4": ("Kari Nordmann", Role.LEARNER),
        "5": ("Ola Li", Role.LEARNER),
        "6": ("Lærer", Role.INSTRUCTOR),
        "7": ("Ingen rolle", Role.PREVIEW),
    }
    form = next(body for method, path, _, body in bench.web.asked if path == "/token")
    assert parse_qs(form.decode())["scope"] == [SCOPE]
    method, path, headers, _ = bench.web.asked[-1]
    assert (method, headers["Authorization"]) == ("GET", "Bearer t1")
    assert headers["Accept"] == "application/vnd.ims.lti-nrps.v2.membershipcontainer+json"
    assert parse_qs(urlsplit(path).query) == {"type": ["1"], "limit": [str(nrps.PAGE_SIZE)]}
    assert "k@example.no" not in repr(roster)
    assert "Kari" not in repr(roster)


@pytest.mark.row(74)
def test_somebody_who_is_listed_twice_is_one_and_who_is_gone_is_shown_as_such(bench: Bench) -> None:
    _tell(
        bench,
        {"user_id": "4", "name": "Kari", "roles": ["Learner"], "status": "Deleted"},
        {"user_id": "4", "roles": ["Learner"], "status": "Active"},
        {"user_id": "5", "name": "Ola", "roles": ["Learner"], "status": "Inactive"},
        {"user_id": "6", "name": "Per", "roles": ["Learner"], "status": "Deleted"},
        {"user_id": "7", "name": "Eli", "roles": ["Learner"]},
        {"user_id": "7", "name": "Eli", "roles": ["Instructor"]},
    )
    members = _read(bench).members
    assert {sub: (one.name, one.role.value, one.is_active) for sub, one in members.items()} == {
        "4": ("Kari", "learner", True),
        "5": ("Ola", "learner", False),
        "6": ("Per", "learner", False),
        "7": ("Eli", "instructor", True),
    }


@pytest.mark.parametrize(
    "link",
    [
        '<{next}>; rel="next"',
        "<{next}>;rel=next",
        '<{path}>; rel="next"',
        '<x>; rel="differences", <{next}>; rel="next"',
        '<{next}>; title="a, b"; rel="last next"',
    ],
)
def test_pages_are_followed_by_the_link_header(bench: Bench, link: str) -> None:
    told = link.format(next=f"{bench.web.origin}/members2?page=2", path="/members2?page=2")
    _tell(bench, {"user_id": "4", "roles": ["Learner"]}, Link=told)
    _tell(bench, {"user_id": "5", "roles": ["Learner"]}, path="/members2", Link='<x>; rel="next-archive"')
    roster = _read(bench)
    assert (set(roster.members), roster.is_whole) == ({"4", "5"}, True)
    assert _asked(bench)[-1] == "/members2?page=2"


@pytest.mark.row(62)
def test_a_page_that_leads_to_itself_ends_the_list(bench: Bench) -> None:
    _tell(bench, {"user_id": "4"}, Link=f'<{bench.web.origin}/members?again=1>; rel="next"')
    roster = _read(bench)
    assert (set(roster.members), roster.is_whole) == ({"4"}, False)
    assert len(_asked(bench)) == 2


@pytest.mark.row(62)
def test_a_list_without_an_end_is_cut_off(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nrps, "MOST_PAGES", 5)
    for number in range(9):
        _tell(
            bench,
            {"user_id": str(number)},
            path=f"/members{number}",
            Link=f'<{bench.web.origin}/members{number + 1}>; rel="next"',
        )
    roster = _read(bench, "/members0")
    assert (len(roster.members), roster.is_whole) == (5, False)


def test_a_platform_that_takes_its_time_is_not_waited_for(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nrps, "PATIENCE", -1.0)
    _tell(bench, {"user_id": "4"}, Link=f'<{bench.web.origin}/members2>; rel="next"')
    assert not _read(bench).is_whole
    assert len(_asked(bench)) == 1


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1:1", "169.254.169.254", "localhost:{port}"])
def test_a_page_on_another_host_is_not_asked_for(bench: Bench, host: str) -> None:
    address = f"http://{host.format(port=bench.web.port)}/members9"
    _tell(bench, {"user_id": "4"}, Link=f'<{address}>; rel="next"')
    roster = _read(bench)
    assert (set(roster.members), roster.is_whole) == ({"4"}, False)
    assert not [path for path in _asked(bench) if path == "/members9"]


@pytest.mark.row(60)
def test_a_roster_on_another_host_is_not_asked_for_and_no_bearer_leaves(bench: Bench) -> None:
    with pytest.raises(DeliveryError, match="address_refused"):
        read_roster(_services(bench), f"http://localhost:{bench.web.port}/members")
    assert _asked(bench) == []


def test_the_link_is_named_where_the_platform_can_tell_who_sees_it(bench: Bench) -> None:
    _tell(bench, {"user_id": "4"})
    _read(bench, link_id="7&x=1")
    assert parse_qs(urlsplit(_asked(bench)[0]).query)["rlid"] == ["7&x=1"]


def test_a_platform_that_does_not_know_the_link_is_asked_for_the_course(bench: Bench) -> None:
    _tell(bench, {"user_id": "4"})
    asked = f"/members?rlid=1&limit={nrps.PAGE_SIZE}"
    bench.web.answer(asked, {"message": "requested ResourceLink was not found"}, 400)
    roster = _read(bench, link_id="1")
    assert _asked(bench) == [asked, f"/members?limit={nrps.PAGE_SIZE}"]
    assert set(roster.members) == {"4"}


@pytest.mark.parametrize(
    ("status", "is_lasting"), [(403, True), (404, True), (302, False), (429, False), (500, False), (204, False)]
)
def test_a_refusal_is_told_as_such(bench: Bench, status: int, is_lasting: bool) -> None:
    bench.web.answer("/members", b"", status, Location="/members2")
    with pytest.raises(DeliveryError, match="roster_refused") as refused:
        _read(bench)
    assert refused.value.is_lasting == is_lasting
    assert "/members2" not in _asked(bench)


@pytest.mark.parametrize("body", [b"<html>", b"[]", b"{}", b'{"members": {}}', b"\xff", b'{"a":' * 9000])
def test_what_is_no_roster_is_told_as_such(bench: Bench, body: bytes) -> None:
    bench.web.answer("/members", body)
    with pytest.raises(DeliveryError, match="roster_form"):
        _read(bench)


@pytest.mark.parametrize(
    "odd",
    [
        None,
        1,
        [],
        {},
        {"user_id": ""},
        {"user_id": True},
        {"user_id": None},
        {"user_id": "x" * 256},
        {"user_id": ["4"]},
    ],
)
def test_a_member_who_cannot_be_is_left_out(bench: Bench, odd: Any) -> None:
    _tell(bench, odd, {"user_id": "5", "name": ["x"], "roles": "Learner", "status": "Active"})
    assert {sub: one.name for sub, one in _read(bench).members.items()} == {"5": ""}


def test_a_name_is_cut_and_cannot_turn_the_line_about(bench: Bench) -> None:
    _tell(bench, {"user_id": "4", "name": "\u202eirak\x00" + "x" * 500})
    (member,) = _read(bench).members.values()
    assert member.name == "irak" + "x" * 196


def test_half_a_roster_is_kept_when_the_platform_falls_silent(bench: Bench) -> None:
    _tell(bench, {"user_id": "4", "name": "Kari"}, Link=f'<{bench.web.origin}/members2>; rel="next"')
    bench.web.answer("/members2", b"", 500)
    roster = _read(bench)
    assert (set(roster.members), roster.is_whole) == ({"4"}, False)


@pytest.mark.row(74)
def test_fifty_thousand_members_are_read_a_page_at_a_time(bench: Bench) -> None:
    pages = 100
    for page in range(pages):
        members = [
            {"user_id": str(page * 500 + number), "name": f"Deltaker {page}-{number}", "roles": ["Learner"]}
            for number in range(500)
        ]
        following = f'<{bench.web.origin}/members{page + 1}>; rel="next"'
        more = {"Link": following} if page < pages - 1 else {}
        _tell(bench, *members, path=f"/members{page}", **more)
    begun = time.process_time()
    roster = _read(bench, "/members0")
    assert (len(roster.members), roster.is_whole) == (50_000, True)
    assert time.process_time() - begun < 15  # both sides; some two seconds on an idle machine


def test_names_are_neither_stored_nor_logged(capfd: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    with bench_in(tmp_path) as bench:  # its log is this test's
        bench.web.answer("/token", {"access_token": "t1", "token_type": "bearer", "expires_in": 3600})
        bench.launch(nonce="made-up")  # something is logged
        _tell(bench, {"user_id": "4", "name": "Kari Nordmann", "roles": ["Learner"]})
        assert _read(bench).members["4"].name == "Kari Nordmann"
        with reading(bench.engine) as connection:
            rows = [str(row) for table in metadata.sorted_tables for row in connection.execute(table.select())]
    printed = "".join(capfd.readouterr())
    assert "refused" in printed
    assert "Nordmann" not in printed + "".join(rows)
