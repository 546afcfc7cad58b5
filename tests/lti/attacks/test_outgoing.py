"""What the tool sends out, and to whom, whatever a platform names or answers (rows 5, 57-62, 74)."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from lti_app.errors import DeliveryError
from lti_app.grade_sender import work_once
from lti_app.migrations import upgrade
from lti_app.store.attempts import begin_attempt
from lti_app.store.engine import open_engine, reading, writing
from lti_app.store.grades import put_grade, see_line_item
from lti_app.store.people import see_link, see_person
from lti_app.store.registrations import get_registration
from lti_app.store.schema import access_token, grade_queue, jwks_cache, launch_session, registration
from lti_app.store.types import now
from lti_app.trust.egress import Egress
from lti_app.trust.jwks import PlatformKeys
from lti_app.trust.tool import Tool

from ..bench import TOOL, Bench, bench_in
from ..grades.delivery import Delivery, tool_on
from ..grades.gradebook import gradebook
from ..platform import CLAIM, rsa_key
from .conftest import GRADES, SLUG, enter, event

LINE_ITEM = "https://purl.imsglobal.org/spec/lti-ags/scope/lineitem"


def _fresh(keys: PlatformKeys, **changed: Any) -> PlatformKeys:
    """The same keys as another process would see them."""
    return replace(keys, _sets={}, _asked_at={}, _locks={}, **changed)


def _tool(bench: Bench, **changed: Any) -> Tool:
    """The bench's tool with another way out."""
    held: Tool = bench.app.extensions["lokaltmot"]
    egress = Egress(**{"allows_loopback": True, "deadline": 1.0, **changed})
    made = replace(held, egress=egress, platform_keys=_fresh(held.platform_keys, egress=egress))
    bench.app.extensions["lokaltmot"] = made
    return made


@pytest.mark.row(5)
def test_a_thousand_unknown_kids_cost_one_request_a_minute_over_all_processes(tmp_path: Path) -> None:
    with bench_in(tmp_path) as bench:
        attacker = rsa_key("attacker")
        statuses = [bench.launch(sign={"kid": f"x{number}", "key": attacker}).status_code for number in range(50)]
        other = _fresh(bench.app.extensions["lokaltmot"].platform_keys)
        with reading(bench.engine) as connection:
            known = get_registration(connection, bench.ids["ours"])
        assert known is not None
        assert [other.find(known, f"y{number}") for number in range(950)] == [None] * 950  # another process
        assert len([path for _, path, _, _ in bench.web.asked if path.startswith("/jwks/")]) == 1
        assert (statuses[:30], set(statuses)) == ([401] * 30, {401, 429})


@pytest.mark.row(5)
def test_a_class_that_comes_at_once_gets_in_with_one_fetch(tmp_path: Path) -> None:
    with bench_in(tmp_path) as bench:
        begun = [(browser, bench.login(browser=browser)) for browser in (bench.new_browser() for _ in range(12))]
        statuses = []
        together = threading.Barrier(12)

        def come(browser: Any, login: Any) -> None:
            token = bench.platform.sign(bench.platform.claims(TOOL, login.nonce))
            together.wait(20)
            statuses.append(bench.send(token, login.state, browser).status_code)

        threads = [threading.Thread(target=come, args=one) for one in begun]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert statuses == [303] * 12
        assert len([path for _, path, _, _ in bench.web.asked if path.startswith("/jwks/")]) == 1


PRIVATE = [
    "https://127.0.0.1/x", "https://10.1.2.3/x", "https://169.254.169.254/latest", "https://[::1]/x",
    "https://2130706433/x", "https://localhost./x", "https://[::ffff:10.0.0.1]/x", "http://moodle.example/x",
    "https://moodle.example:8443/x",
]  # fmt: skip


@pytest.mark.row(57, 60)
@pytest.mark.parametrize("url", [*PRIVATE, "https://evil.example/x"])
def test_a_launch_that_names_an_address_of_anothers_gets_no_grade_sent_there(school: Bench, url: str) -> None:
    learner = enter(school, **{GRADES: {"lineitem": url, "lineitems": url, "scope": [LINE_ITEM]}})
    learner.post([event("visit", page="x")])
    with reading(school.engine) as connection:
        assert connection.execute(select(grade_queue)).all() == []
    asked = [path for _, path, _, _ in school.web.asked]
    assert asked == ["/jwks/ours"]


@pytest.mark.row(57)
@pytest.mark.parametrize("host", ["10.1.2.3", "169.254.169.254", "[::1]", "2130706433", "[::ffff:127.0.0.1]"])
def test_a_private_address_is_not_asked_even_when_the_registration_lists_it(host: str, tmp_path: Path) -> None:
    with gradebook() as book:
        engine = open_engine(f"sqlite:///{tmp_path / 'tool.db'}")
        upgrade(engine)
        tool = replace(tool_on(engine, tmp_path), egress=Egress(allows_loopback=False))
        bare = host.strip("[]")
        delivery = Delivery(tool=tool, book=book).open(line_item=f"https://{host}/item", hosts=(bare, book.host))
        with writing(engine) as connection:
            connection.execute(registration.update().values(auth_token_url=f"https://{host}/token"))
        delivery.grade(1.0)
        assert delivery.send()
        assert delivery.status == [("parked", "address_refused")]
        assert book.paths == []
        engine.dispose()


@pytest.mark.row(58)
def test_a_name_is_looked_up_once_and_the_answer_is_what_is_connected_to(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = iter(["93.184.216.34", "127.0.0.1"])
    asked: list[str] = []
    tried: list[Any] = []

    def look_up(host: str, port: int, **_: Any) -> Any:
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (next(answers), port))]

    def connect(address: Any, *_: Any, **__: Any) -> Any:
        tried.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    monkeypatch.setattr(socket, "create_connection", connect)
    with pytest.raises(DeliveryError, match="unreachable"):
        Egress(allows_loopback=False).send("GET", "https://moodle.example/x", hosts={"moodle.example"})
    assert (asked, tried) == (["moodle.example"], [("93.184.216.34", 443)])


@pytest.mark.row(59)
@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("where", ["/token", "/scores"])
def test_no_redirect_takes_a_secret_along(school: Bench, where: str, status: int) -> None:
    item = f"{school.web.origin}/item"
    good = {"access_token": "t", "token_type": "bearer", "expires_in": 3600}
    school.web.answer("/token", good)
    school.web.answer("/item", {"id": item, "scoreMaximum": 1})
    school.web.answer("/item/scores", b"", 200)
    school.web.answer(where if where == "/token" else "/item/scores", b"", status, Location=f"{school.web.origin}/evil")
    _put_grade(school, item)
    assert work_once(school.app.extensions["lokaltmot"])
    assert "/evil" not in {path for _, path, _, _ in school.web.asked}
    (row,) = _grades(school)
    assert row.status in ("parked", "waiting")


def _put_grade(bench: Bench, item: str) -> None:
    number = bench.ids["ours"]
    with writing(bench.engine) as connection:
        link, _ = see_link(connection, number, "1", context_row=None, module="m", rev=None, settings={})
        person, _ = see_person(connection, number, "4")
        made = begin_attempt(
            connection, registration_id=number, person_id=person, link_id=link, module="m", version="1"
        )
        line_item = see_line_item(connection, number, item, resource_id="", tag="")
        put_grade(
            connection, registration_id=number, line_item_id=line_item, person_id=person, attempt_id=made.id, share=1.0
        )


def _grades(bench: Bench) -> list[Any]:
    with reading(bench.engine) as connection:
        return list(connection.execute(select(grade_queue)))


@pytest.mark.row(61)
@pytest.mark.parametrize(
    "told",
    [{"access_token": "t", "expires_in": 0}, {"access_token": "t", "expires_in": -1}, {"access_token": "t"},
     {"access_token": "t", "expires_in": "soon"}, {"access_token": "t", "expires_in": True},
     {"access_token": "t", "expires_in": 10**30}, {"access_token": "t", "expires_in": 3600.5}],
)  # fmt: skip
def test_a_token_with_an_odd_life_is_used_and_not_kept_longer_than_it_says(school: Bench, told: Any) -> None:
    item = f"{school.web.origin}/item"
    school.web.answer("/token", told)
    school.web.answer("/item", {"id": item, "scoreMaximum": 1})
    school.web.answer("/item/scores", b"", 204)
    _put_grade(school, item)
    assert work_once(school.app.extensions["lokaltmot"])
    assert [row.status for row in _grades(school)] == ["done"]
    with reading(school.engine) as connection:
        kept = [row.expires_at - now() for row in connection.execute(select(access_token))]
    assert all(timedelta() < life <= timedelta(days=1) for life in kept)
    assert bool(kept) == (told.get("expires_in", 3600) in (3600, 10**30))


@pytest.mark.row(73)
def test_a_copied_database_holds_no_token_that_a_platform_would_take(school: Bench) -> None:
    item = f"{school.web.origin}/item"
    school.web.answer("/token", {"access_token": "what-the-platform-takes", "expires_in": 3600})
    school.web.answer("/item", {"id": item, "scoreMaximum": 1})
    school.web.answer("/item/scores", b"", 204)
    _put_grade(school, item)
    assert work_once(school.app.extensions["lokaltmot"])
    with reading(school.engine) as connection:
        kept = connection.execute(select(access_token.c.token)).scalars().all()
    assert kept
    assert "what-the-platform-takes" not in str(kept)
    sent = [headers.get("Authorization") for _, path, headers, _ in school.web.asked if path.startswith("/item")]
    assert set(sent) == {"Bearer what-the-platform-takes"}


@pytest.mark.row(61)
@pytest.mark.parametrize(
    "told",
    [b"<html>", b"", b"{", {"access_token": ""}, {"access_token": 4}, {"access_token": "a\r\nX-Evil: 1"},
     {"access_token": "æ"}, {"access_token": "x" * 100_000}, [1]],
)  # fmt: skip
def test_what_is_no_token_is_not_sent_anywhere(school: Bench, told: Any) -> None:
    item = f"{school.web.origin}/item"
    school.web.answer("/token", told)
    _put_grade(school, item)
    assert work_once(school.app.extensions["lokaltmot"])
    assert {path for _, path, _, _ in school.web.asked} == {"/token"}
    assert [row.status for row in _grades(school)] == ["waiting"]


def _drip(connection: socket.socket) -> None:
    """Send a byte at a time, for as long as anybody listens."""
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
    while True:
        connection.sendall(b"x")
        time.sleep(0.1)  # the slow peer itself: this is what is tested


def _gigabyte(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n")
    while True:
        connection.sendall(b"x" * 65_536)


def _hang(connection: socket.socket) -> None:
    connection.recv(65_536)
    while connection.recv(65_536):
        continue


@contextmanager
def _peer(behave: Callable[[socket.socket], None]) -> Iterator[tuple[int, list[int]]]:
    """A server that behaves so to whoever comes; gives its port, and a list that grows by a connection each."""
    listener = socket.create_server(("127.0.0.1", 0))
    came: list[int] = []

    def serve() -> None:
        try:
            while True:
                connection, _ = listener.accept()
                came.append(1)
                with connection:
                    try:
                        behave(connection)
                    except OSError:
                        continue  # they hung up
        except OSError:
            return  # the test is over

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield listener.getsockname()[1], came
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join(5)


@pytest.mark.row(61)
@pytest.mark.parametrize("behave", [_drip, _gigabyte, _hang])
def test_a_platform_in_trouble_costs_a_launch_one_deadline_and_a_module_nothing(
    school: Bench, behave: Callable[[socket.socket], None]
) -> None:
    learner = enter(school)
    _tool(school)
    with _peer(behave) as (port, came):
        with writing(school.engine) as connection:  # its keys are old now, and their server is in trouble
            connection.execute(jwks_cache.update().values(expires_at=now(), fetched_at=now() - timedelta(hours=1)))
            where = registration.c.id == school.ids["ours"]
            hosts = ["moodle.example", f"127.0.0.1:{port}", school.web.host]
            connection.execute(
                registration.update()
                .where(where)
                .values(
                    jwks_url=f"http://127.0.0.1:{port}/",
                    auth_token_url=f"http://127.0.0.1:{port}/",
                    service_hosts=hosts,
                )
            )
        _put_grade(school, f"http://127.0.0.1:{port}/item")
        begun = time.monotonic()
        assert school.launch(sign={"kid": "k9", "key": rsa_key("attacker")}).status_code == 401
        assert (
            school.launch(**{f"{CLAIM}custom": {"module": SLUG}}).status_code == 303
        )  # the old key still does, and nobody asks again so soon
        assert len(came) == 1
        assert work_once(school.app.extensions["lokaltmot"])
        assert [row.status for row in _grades(school)] == ["waiting"]
        spent = time.monotonic() - begun
        assert spent < 60  # all that the peer has to say takes longer
        asked = len(came)
        assert learner.post([event("visit", page="x")]).status_code in (200, 400)
        assert learner.browser.get(learner.path).status_code == 200
        assert len(came) == asked  # a learner's page asks nobody


@pytest.mark.row(62, 74)
def test_a_members_address_on_another_host_is_as_if_there_were_none(school: Bench) -> None:
    roster = "https://purl.imsglobal.org/spec/lti-nrps/claim/namesroleservice"
    begun = school.login()
    claims = {roster: {"context_memberships_url": "https://evil.example/members"}, f"{CLAIM}custom": {}}
    school.send(school.platform.sign(school.platform.claims(TOOL, begun.nonce, **claims)), begun.state)
    with reading(school.engine) as connection:
        (kept,) = connection.execute(select(launch_session.c.claims)).scalars()
    assert "roster" not in kept
