"""Measures what the LTI tool costs, as ratios within one run, and ends with 1 when a bar is missed.

`python benchmarks/lti.py`. It counts the processor time of one gunicorn worker (gthread), asked by one client that
keeps its connection: a bare Flask "hello", our tool, and the smallest tool that PyLTI1p3 leads to. They take turns, so
that a slow machine is slow for all. Then 500 learners answer at once, and 1,000 launches are counted in the tables.
"""

import argparse
import json
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import psutil
from load import answer_at_once
from servers import Servers, start_servers
from sqlalchemy import func, select

from lti_app.store.attempts import begin_attempt
from lti_app.store.engine import reading, writing
from lti_app.store.grades import put_grade, see_line_item
from lti_app.store.people import see_link, see_person
from lti_app.store.schema import attempt_event, grade_queue, metadata
from tests.lti.platform import CLAIM, Platform
from tests.lti.serving import GRADES, Visitor, service

_SCORE = "https://purl.imsglobal.org/spec/lti-ags/scope/score"
_ANSWERS = [  # of the starter course: what a learner sends while taking its quiz
    {"kind": "visit", "page": "rommet"}, {"kind": "visit", "page": "spor-apent"}, {"kind": "visit", "page": "quiz"},
    {"kind": "answer", "question": "hvor", "answer": "b"}, {"kind": "answer", "question": "apne", "answer": ["a", "b"]},
    {"kind": "answer", "question": "nummer", "answer": "112"}, {"kind": "submit", "quiz": "quiz"},
]  # fmt: skip


@dataclass
class Costs:
    """Processor time of a worker in milliseconds a request, by name; what counts is the middle of the rounds."""

    seen: dict[str, list[float]] = field(default_factory=dict)

    def count(self, name: str, process: psutil.Process, times: int, run: Callable[[], None]) -> None:
        """Note what a run costs a process."""
        before = process.cpu_times()
        run()
        after = process.cpu_times()
        spent = after.user + after.system - before.user - before.system
        self.seen.setdefault(name, []).append(spent * 1000 / times)

    def __getitem__(self, name: str) -> float:
        return statistics.median(self.seen[name])


def _expect(is_so: bool, content: bytes = b"") -> None:
    if not is_so:
        raise RuntimeError(f"A tool answered otherwise than it should: {content[:300]!r}")


@dataclass
class Begun:
    """A login that waits for its launch."""

    cookies: dict[str, str]
    state: str
    token: str


class Client:
    """One client of one tool, on one connection."""

    def __init__(self, platform: Platform, port: int, line_item: str, module: str) -> None:
        self.platform, self.line_item, self.module = platform, line_item, module
        self.visitor = Visitor(origin=f"http://localhost:{port}", port=port)
        self.places: list[tuple[str, dict[str, str]]] = []

    def hello(self, times: int) -> None:
        """Ask for next to nothing."""
        self.visitor.leave()
        for _ in range(times):
            _expect(self.visitor.ask("GET", "/hello")[0] == 200)

    def log_in(self, times: int, begun: list[tuple[str, dict[str, str]]]) -> None:
        """Log in so many times. begun: the addresses that the tool sends the browser to, and its cookies."""
        self.visitor.leave()
        hints = self.platform.login_hints(self.visitor.origin)
        for _ in range(times):
            self.visitor.cookies = {}
            status, headers, content = self.visitor.form("/lti/login", hints)
            _expect(status in (302, 303), content)
            begun.append((headers["Location"], self.visitor.cookies))

    def signed(self, begun: list[tuple[str, dict[str, str]]], subs: list[str]) -> list[Begun]:
        """Return what the platform would send back."""
        made = []
        for (location, cookies), sub in zip(begun, subs, strict=True):
            query = parse_qs(urlsplit(location).query)
            own = {
                "sub": sub,
                f"{CLAIM}custom": {"module": self.module},
                GRADES: {"lineitem": self.line_item, "scope": [_SCORE]},
            }
            claims = self.platform.claims(self.visitor.origin, query["nonce"][0], **own)
            made.append(Begun(cookies=cookies, state=query["state"][0], token=self.platform.sign(claims)))
        return made

    def launch(self, begun: list[Begun]) -> None:
        """Launch them all; `places` holds where each one got, with its cookies."""
        self.visitor.leave()
        self.places = []
        for one in begun:
            self.visitor.cookies = one.cookies
            status, headers, content = self.visitor.form("/lti/launch", {"id_token": one.token, "state": one.state})
            _expect(status in (200, 303), content)
            self.places.append((headers["Location"] or content.decode(), self.visitor.cookies))

    def opened(self, count: int) -> list[Visitor]:
        """Return some of the launched learners with their page open, all on this connection."""
        found = []
        for path, cookies in self.places[:count]:
            made = Visitor(origin=self.visitor.origin, port=self.visitor.port, cookies=cookies, path=path)
            made.connection = self.visitor.connection
            found.append(made.open())
        return found


def save(learners: list[Visitor], times: int) -> None:
    """Turn pages: each post sends a visit and a place, as the page does."""
    for learner in learners:
        for number in range(times):
            page = ("rommet", "spor-apent", "quiz")[number % 3]
            events = [{"kind": kind, "page": page, "id": str(uuid4())} for kind in ("visit", "place")]
            status, content = learner.tell(events)
            _expect(status == 200, content)


def measure_round(servers: Servers, costs: Costs, times: int, number: int) -> None:
    """Let both tools do everything once."""
    subs = [f"elev-{number}-{at}" for at in range(times)]
    item = f"http://{servers.book.host}/item"
    for name, port, worker in (
        ("stock", servers.stock_port, servers.stock_worker), ("ours", servers.ours.port, servers.our_worker),
    ):  # fmt: skip
        client = Client(servers.platform, port, item, servers.module)
        if name == "stock":
            costs.count("hello", worker, 2 * times, lambda client=client: client.hello(2 * times))  # type: ignore[misc]
        begun: list[tuple[str, dict[str, str]]] = []
        costs.count(f"{name} login", worker, times, lambda client=client, begun=begun: client.log_in(times, begun))  # type: ignore[misc]
        signed = client.signed(begun, subs)
        costs.count(f"{name} launch", worker, times, lambda client=client, signed=signed: client.launch(signed))  # type: ignore[misc]
        if name == "ours":
            learners = client.opened(times // 20)
            costs.count("ours save", worker, times // 20 * 20, lambda learners=learners: save(learners, 20))  # type: ignore[misc]
            _pass_back(servers, costs, times, number)
        else:
            costs.count("stock passback", worker, 10, lambda client=client: _stock_scores(client, 10))  # type: ignore[misc]
        client.visitor.leave()


def _stock_scores(client: Client, times: int) -> None:
    at = datetime.now(UTC)
    for number, (launch_id, cookies) in enumerate(client.places[:times]):
        client.visitor.cookies = cookies
        moment = (at - timedelta(seconds=number)).isoformat()
        status, _, content = client.visitor.form(f"/lti/score/{launch_id}", {"timestamp": moment})
        _expect(status == 200, content)


def _pass_back(servers: Servers, costs: Costs, times: int, number: int) -> None:
    """Put grades on their way, and count what the sender takes for them."""
    with writing(servers.engine) as connection:
        item = see_line_item(connection, servers.registration_id, servers.book.line_item, resource_id="", tag="")
        link, _ = see_link(
            connection, servers.registration_id, "b", context_row=None, module="m", rev=None, settings={}
        )  # fmt: skip
        for at in range(times):
            person, _ = see_person(connection, servers.registration_id, f"grade-{number}-{at}")
            own = {"registration_id": servers.registration_id, "person_id": person}
            attempt = begin_attempt(connection, link_id=link, module="m", version="1", **own)
            put_grade(connection, line_item_id=item, attempt_id=attempt.id, share=0.8, **own)
    costs.count("ours passback", psutil.Process(servers.sender.process.pid), times, lambda: _until_sent(servers))


def _until_sent(servers: Servers) -> None:
    waits = select(func.count()).where(grade_queue.c.status != "done")
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        with reading(servers.engine) as connection:
            if not connection.execute(waits).scalar_one():
                return
        time.sleep(0.2)  # another process sends: there is nothing here to wait on
    raise TimeoutError("The grades did not arrive.")


def rows_of(servers: Servers) -> dict[str, int]:
    """Return how many rows each table has."""
    with reading(servers.engine) as connection:
        return {
            name: int(connection.execute(select(func.count()).select_from(table)).scalar_one())
            for name, table in metadata.tables.items()
        }


def count_launches(servers: Servers, times: int) -> bool:
    """Launch one learner many times, and say which rows that leaves."""
    client = Client(servers.platform, servers.ours.port, f"http://{servers.book.host}/item", servers.module)
    for warm in (1, times):
        before = rows_of(servers)
        begun: list[tuple[str, dict[str, str]]] = []
        client.log_in(warm, begun)
        client.launch(client.signed(begun, ["one learner"] * warm))
    client.visitor.leave()
    left = {name: count - before[name] for name, count in rows_of(servers).items() if count != before[name]}
    good = left == {"launch_session": times}
    print(f"{'ok  ' if good else 'MISS'}  {times} launches leave these rows: {left}")
    return good


def answer_with_many_learners(servers: Servers, count: int) -> bool:
    """Let many learners answer at once, against two workers and a sender, and compare what is kept."""
    url = servers.engine.url.render_as_string(hide_password=False)
    crowd = service(servers.folder, url, servers.folder / "modules", "--workers", "2").start()
    client = Client(servers.platform, crowd.port, f"http://{servers.book.host}/item", servers.module)
    begun: list[tuple[str, dict[str, str]]] = []
    client.log_in(count, begun)
    client.launch(client.signed(begun, [f"crowd-{at}" for at in range(count)]))
    learners = client.opened(count)
    client.visitor.leave()
    found = answer_at_once(crowd.port, learners, _ANSWERS)
    with reading(servers.engine) as connection:
        kept = set(connection.execute(select(attempt_event.c.id)).scalars())
    crowd.stop()
    lost = len(found.taken - kept)
    good = not lost and not found.errors
    posts = len(found.seconds)
    print(
        f"{'ok  ' if good else 'MISS'}  {count} learners at once, {posts} posts in {found.wall:.1f} s: "
        f"p50 {found.within(0.5) * 1000:.0f} ms, p99 {found.within(0.99) * 1000:.0f} ms, "
        f"{len(found.errors)} errors {sorted(set(found.errors))}, {lost} acknowledged and lost"
    )
    return good


def report(costs: Costs) -> bool:
    """Print every ratio with its bar; return whether all bars are met."""
    for name in costs.seen:
        print(f"      {name}: {costs[name]:.2f} ms")
    hello = costs["hello"]
    rows: list[tuple[str, float, float]] = [
        ("login / hello", costs["ours login"] / hello, 2.5),
        ("launch / hello", costs["ours launch"] / hello, 4.0),
        ("launch / stock launch", costs["ours launch"] / costs["stock launch"], 1.0),
        ("progress save / hello", costs["ours save"] / hello, 3.0),
        ("passback / hello", costs["ours passback"] / hello, 12.0),
        ("passback / stock passback", costs["ours passback"] / costs["stock passback"], 0.2),
    ]
    for name, value, bar in rows:
        print(f"{'ok  ' if value <= bar else 'MISS'}  {name}: {value:.2f} (bar: {bar:g})")
    return all(value <= bar for _, value, bar in rows)


def main(arguments: Any = None) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--times", type=int, default=300, help="requests of a kind in a round")
    parser.add_argument("--learners", type=int, default=500)
    parser.add_argument("--launches", type=int, default=1000)
    wanted = parser.parse_args(arguments)
    costs = Costs()
    with start_servers() as servers:
        measure_round(servers, Costs(), 60, -1)  # what is read at the first request is not counted
        for number in range(wanted.rounds):
            measure_round(servers, costs, wanted.times, number)
        good = [
            report(costs),
            count_launches(servers, wanted.launches),
            answer_with_many_learners(servers, wanted.learners),
        ]
    print(json.dumps({name: round(costs[name], 4) for name in costs.seen}))
    return 0 if all(good) else 1


if __name__ == "__main__":
    sys.exit(main())
