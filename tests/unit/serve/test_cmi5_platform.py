"""The cmi5 platform takes what the specification allows, and refuses the rest by the requirement's number."""

import copy
import json
import re
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from lokaltmot_lms.serve import Reply, Request
from lokaltmot_lms.serve.cmi5 import Cmi5Platform, Unit
from lokaltmot_lms.serve.cmi5.lrs import answer

_REQUIREMENTS = Path(__file__).resolve().parents[4] / "shared" / "schemas" / "cmi5" / "cmi5-requirements.json"
_CMI5 = "https://w3id.org/xapi/cmi5/"
_ADL = "http://adlnet.gov/expapi/verbs/"
_SESSION_ID = f"{_CMI5}context/extensions/sessionid"
_MASTERY = f"{_CMI5}context/extensions/masteryscore"
_ONE = [{"id": "1"}]
_UNIT = Unit(id="urn:x:unit", title="En modul", url="index.html", move_on="CompletedAndPassed", mastery="0.8")

Json = Any
Change = Callable[[Json], object]


@dataclass(kw_only=True)
class Client:
    """A unit as the specification wants it, by hand: launched, with its token, and nothing read yet."""

    platform: Cmi5Platform = field(
        default_factory=lambda: Cmi5Platform(units=[_UNIT], address="http://127.0.0.1:1/cmi5/")
    )
    token: str = ""
    template: Json = None
    clock: int = 0
    launched: dict[str, str] = field(default_factory=dict)

    def launch(self, mode: str = "Normal", *, reads: bool = True) -> "Client":
        """Be launched, and do all that comes before the first statement."""
        query = parse_qs(urlsplit(self.platform.launch(mode=mode)).query)
        self.launched = {name: values[0] for name, values in query.items()}
        self.token = self.fetch()["auth-token"]
        if reads:
            self.template = json.loads(self.state("LMS.LaunchData").body)["contextTemplate"]
            assert self.ask("GET", "agents/profile", profileId="cmi5LearnerPreferences", agent=self.agent).status == 404
        return self

    def fetch(self) -> Json:
        """POST to the fetch address."""
        key = parse_qs(urlsplit(self.launched["fetch"]).query)["k"][0]
        said = answer(self.platform, Request(method="POST", path="", query={"k": key}, headers={}, body=b""), "fetch")
        assert said is not None
        assert (said.status, said.type) == (200, "application/json")
        return json.loads(said.body)

    @property
    def agent(self) -> str:
        """The learner, as a parameter."""
        return self.launched["actor"]

    def ask(
        self, method: str, resource: str, body: Json = None, headers: dict[str, str] | None = None, **query: str
    ) -> Reply:
        """Send a request to the LRS."""
        sent = {
            "authorization": f"Basic {self.token}",
            "x-experience-api-version": "1.0.3",
            "content-type": "application/json",
            **(headers or {}),
        }
        content = b"" if body is None else json.dumps(body).encode()
        request = Request(method=method, path="", query=query, headers=sent, body=content)
        said = answer(self.platform, request, f"lrs/{resource}")
        assert said is not None
        return said

    def state(self, name: str, method: str = "GET", body: Json = None, **more: Any) -> Reply:
        """Read or write a document of the registration."""
        where = {"activityId": self.launched["activityId"], "registration": self.launched["registration"]}
        return self.ask(method, "activities/state", body, **({"stateId": name, "agent": self.agent, **where} | more))

    def statement(self, verb: str, result: Json = None, *, defined: bool = True) -> Json:
        """Return a statement as it should be."""
        self.clock += 1
        context = copy.deepcopy(self.template) | {"registration": self.launched["registration"]}
        counts = result is not None and ("success" in result or "completion" in result)
        names = (["cmi5", "moveon"] if counts else ["cmi5"]) if defined else []
        context["contextActivities"]["category"] = [{"id": f"{_CMI5}context/categories/{name}"} for name in names]
        if result is not None and "score" in result:
            context["extensions"][_MASTERY] = 0.8
        return {
            "id": str(uuid.uuid4()),
            "actor": json.loads(self.agent),
            "verb": {"id": _ADL + verb},
            "object": {"id": self.launched["activityId"]},
            "context": context,
            "timestamp": f"2026-11-28T10:00:{self.clock:02}.000Z",
            **({} if result is None else {"result": result}),
        }

    def send(self, *statements: Json) -> Reply:
        """Send statements."""
        return self.ask("POST", "statements", list(statements))


_PASSED = {"success": True, "score": {"scaled": 0.8, "raw": 80, "min": 0, "max": 100}, "duration": "PT1M"}
_FAILED = {"success": False, "score": {"scaled": 0.7}, "duration": "PT1M"}
_COMPLETED = {"completion": True, "duration": "PT1M2.5S"}
_ENDED = {"duration": "PT2M"}
_CHOICE = {
    "type": "http://adlnet.gov/expapi/activities/cmi.interaction",
    "interactionType": "choice",
    "choices": [{"id": "a"}, {"id": "b"}],
    "correctResponsesPattern": ["a[,]b"],
}


@pytest.fixture
def client() -> Client:
    """Initialized: the next statement may be any that cmi5 allows."""
    client = Client().launch()
    assert client.send(client.statement("initialized")).status == 200
    return client


def _add_move_on(statement: Json) -> None:
    statement["context"]["contextActivities"]["category"].append({"id": f"{_CMI5}context/categories/moveon"})


def _refused(said: Reply) -> str:
    assert said.status >= 400
    return str(json.loads(said.body)["requirement"])


def test_a_whole_session_is_taken(client: Client) -> None:
    answered = client.statement("answered", {"response": "a[,]b", "success": True}, defined=False)
    answered["object"] = {"id": "urn:x:q", "definition": _CHOICE}

    said = client.send(
        answered,
        client.statement("passed", _PASSED),
        client.statement("completed", _COMPLETED),
        client.statement("terminated", _ENDED),
    )

    assert said.status == 200
    assert client.platform.refused == []
    attempt = client.platform.attempt()
    verbs = [each["verb"]["id"].rpartition("/")[2] for each in attempt.statements]
    assert verbs == ["launched", "initialized", "answered", "passed", "completed", "terminated", "satisfied"]
    assert client.platform.outcome()["cmi.score.raw"] == "80"


@pytest.mark.parametrize(
    ("verb", "result", "change", "number"),
    [
        ("passed", _PASSED, lambda s: s.pop("id"), "9.1.0.0-1"),
        ("passed", _PASSED, lambda s: s.update(id="1"), "9.1.0.0-1"),
        ("passed", _PASSED, lambda s: s["actor"]["account"].update(name="en annen"), "8.1.3.0-3"),
        ("passed", _PASSED, lambda s: s.pop("timestamp"), "9.7.0.0-1"),
        ("passed", _PASSED, lambda s: s.update(timestamp="2026-11-28T11:00:00+01:00"), "9.7.0.0-2"),
        ("passed", _PASSED, lambda s: s.update(timestamp="2026-11-28T11:00:00"), "9.7.0.0-2"),
        ("passed", _PASSED, lambda s: s.update(timestamp="2026-11-28T09:59:00Z"), "9.3.0.0-4"),
        ("passed", _PASSED, lambda s: s.pop("context"), "10.2.1.0-6"),
        ("passed", _PASSED, lambda s: s["context"].pop("registration"), "9.6.1.0-1"),
        ("passed", _PASSED, lambda s: s["context"]["extensions"].pop(_SESSION_ID), "9.6.3.1-4"),
        ("passed", _PASSED, lambda s: s["context"]["contextActivities"].pop("grouping"), "9.6.2.0-1"),
        ("passed", _PASSED, lambda s: s["context"].update(platform="Vår"), "10.2.1.0-7"),
        ("passed", _PASSED, lambda s: s["object"].update(id=_UNIT.id), "8.1.5.0-6"),
        ("passed", _PASSED, lambda s: s["result"].update(success=False), "9.5.2.0-1"),
        ("failed", _FAILED, lambda s: s["result"].update(success=True), "9.5.2.0-2"),
        ("completed", _COMPLETED, lambda s: s["result"].update(success=True), "9.5.2.0-3"),
        ("completed", _COMPLETED, lambda s: s["result"].pop("completion"), "9.5.3.0-1"),
        ("passed", _PASSED, lambda s: s["result"].update(completion=True), "9.5.3.0-2"),
        ("terminated", _ENDED, lambda s: s["result"].pop("duration"), "9.5.4.1-1"),
        ("completed", _COMPLETED, lambda s: s["result"].pop("duration"), "9.5.4.1-2"),
        ("passed", _PASSED, lambda s: s["result"].update(duration="60"), "9.5.4.1-3"),
        ("failed", _FAILED, lambda s: s["result"].pop("duration"), "9.5.4.1-4"),
        ("completed", _COMPLETED, lambda s: s["result"].update(score={"scaled": 1}), "9.5.1.0-2"),
        ("passed", _PASSED, lambda s: s["result"]["score"].pop("max"), "9.5.1.0-3"),
        ("passed", _PASSED, lambda s: s["result"]["score"].update(scaled=0.79), "9.3.4.0-2"),
        ("failed", _FAILED, lambda s: s["result"]["score"].update(scaled=0.8), "9.3.5.0-2"),
        ("passed", _PASSED, lambda s: s["context"]["extensions"].pop(_MASTERY), "9.6.3.2-2"),
        ("passed", _PASSED, lambda s: s["context"]["contextActivities"]["category"].pop(), "9.6.2.2-1"),
        ("terminated", _ENDED, _add_move_on, "9.6.2.2-2"),
        ("initialized", None, lambda _: None, "9.3.0.0-2"),
        ("launched", None, lambda _: None, "9.3.0.0-1"),
        ("voided", None, lambda _: None, "6.3.0.0-1"),
    ],
)  # fmt: skip
def test_a_statement_with_one_fault_is_refused_by_its_number(
    client: Client, verb: str, result: Json, change: Change, number: str
) -> None:
    statement = client.statement(verb, copy.deepcopy(result))
    change(statement)

    assert _refused(client.send(statement)) == number
    assert [entry.requirement for entry in client.platform.refused] == [number]


@pytest.mark.parametrize(
    ("first", "then", "number"),
    [
        (("completed", _COMPLETED), ("completed", _COMPLETED), "9.3.0.0-2"),
        (("passed", _PASSED), ("failed", _FAILED), "9.3.0.0-3"),
        (("terminated", _ENDED), ("completed", _COMPLETED), "9.3.0.0-5"),
    ],
)
def test_what_does_not_go_together_in_a_session(client: Client, first: Json, then: Json, number: str) -> None:
    assert client.send(client.statement(*first)).status == 200
    assert _refused(client.send(client.statement(*then))) == number


@pytest.mark.parametrize(
    ("first", "then", "number"),
    [
        (("completed", _COMPLETED), ("completed", _COMPLETED), "9.3.0.0-6"),
        (("passed", _PASSED), ("passed", _PASSED), "9.3.0.0-7"),
        (("passed", _PASSED), ("failed", _FAILED), "9.3.0.0-8"),
    ],
)
def test_what_does_not_go_together_in_a_registration(client: Client, first: Json, then: Json, number: str) -> None:
    client.send(client.statement(*first), client.statement("terminated", _ENDED))
    client.launch()
    client.send(client.statement("initialized"))
    assert _refused(client.send(client.statement(*then))) == number


def test_failed_may_come_before_passed_in_another_session(client: Client) -> None:
    client.send(client.statement("failed", _FAILED), client.statement("terminated", _ENDED))
    client.launch()
    assert client.send(client.statement("initialized"), client.statement("passed", _PASSED)).status == 200


def test_all_statements_of_a_request_are_kept_or_none(client: Client) -> None:
    kept = len(client.platform.attempt().statements)
    refused = client.send(client.statement("completed", _COMPLETED), client.statement("initialized"))
    assert _refused(refused) == "9.3.0.0-2"
    assert len(client.platform.attempt().statements) == kept
    assert client.send(client.statement("completed", _COMPLETED)).status == 200


def test_nothing_comes_before_initialized_nor_that_before_what_must_be_read() -> None:
    client = Client().launch()
    assert _refused(client.send(client.statement("answered", defined=False))) == "9.3.0.0-4"
    assert _refused(client.send(client.statement("completed", _COMPLETED))) == "9.3.0.0-4"
    client.launch(reads=False)
    assert _refused(client.send(client.statement("initialized"))) == "10.2.1.0-4"
    client.state("LMS.LaunchData")
    assert _refused(client.send(client.statement("initialized"))) == "11.0.0.0-3"


@pytest.mark.parametrize("mode", ["Browse", "Review"])
def test_looking_through_is_begun_and_ended_only(mode: str) -> None:
    client = Client().launch(mode)
    assert client.send(client.statement("initialized")).status == 200
    assert _refused(client.send(client.statement("completed", _COMPLETED))) == "10.2.2.0-5"
    assert client.send(client.statement("terminated", _ENDED)).status == 200


def test_the_token_is_given_once_and_needed() -> None:
    client = Client().launch()
    assert client.fetch() == {"error-code": "1", "error-text": "The token was already fetched."}
    client.token = str(uuid.uuid4())
    assert _refused(client.state("LMS.LaunchData")) == "8.1.2.0-5"


def test_a_second_launch_abandons_the_first_session(client: Client) -> None:
    old = copy.copy(client)
    client.launch()
    late = old.send(old.statement("completed", _COMPLETED))

    assert _refused(late) == "9.3.6.0-2"
    abandoned = [each for each in client.platform.attempt().statements if each["verb"]["id"].endswith("/abandoned")]
    assert [set(each["result"]) for each in abandoned] == [{"duration"}]
    assert client.launched["activityId"] == old.launched["activityId"] != _UNIT.id
    assert client.launched["registration"] == old.launched["registration"]


def test_documents_are_kept_and_the_launch_data_is_not_the_units_to_change(client: Client) -> None:
    assert client.state("x").status == 404
    first = client.state("x", "PUT", {"a": 1})
    assert (first.status, json.loads(client.state("x").body)) == (204, {"a": 1})
    assert client.state("x", "PUT", {"a": 2}).status == 409, "If-Match is required"
    assert client.state("x", "PUT", {"a": 2}, headers={"if-match": '"old"'}).status == 412
    assert client.state("x", "PUT", {"a": 2}, headers={"if-match": first.headers["ETag"]}).status == 204
    assert client.platform.refused == []
    assert _refused(client.state("LMS.LaunchData", "PUT", {})) == "10.2.1.0-5"
    assert _refused(client.state("x", registration=str(uuid.uuid4()))) == "8.1.4.0-3"
    assert _refused(client.state("x", agent='{"mbox": "mailto:a@example.no"}')) == "8.1.3.0-3"


def test_preferences_have_a_form(client: Client) -> None:
    def put(body: Json) -> Reply:
        return client.ask("PUT", "agents/profile", body, profileId="cmi5LearnerPreferences", agent=client.agent)

    assert _refused(put({"languagePreference": "nb"})) == "11.0.0.0-5"
    assert _refused(put({"languagePreference": "norsk bokmål", "audioPreference": "on"})) == "11.1.0.0-1"
    assert put({"languagePreference": "nb-NO,en", "audioPreference": "off"}).status == 204


@pytest.mark.parametrize(
    ("kind", "response", "change"),
    [
        ("choice", "c", {}),
        ("choice", "a[,]a", {}),
        ("true-false", "a", {"choices": None, "correctResponsesPattern": ["true"]}),
        ("numeric", "4,5", {"choices": None, "correctResponsesPattern": ["4[:]5"]}),
        ("matching", "1.a", {"choices": None, "source": _ONE, "target": _ONE, "correctResponsesPattern": []}),
        ("essay", "a", {}),
        ("fill-in", "a", {"correctResponsesPattern": ["a"]}),
    ],
)  # fmt: skip
def test_an_answer_out_of_form_is_refused(client: Client, kind: str, response: str, change: Json) -> None:
    definition = {name: value for name, value in (_CHOICE | change).items() if value is not None}
    answered = client.statement("answered", {"response": response}, defined=False)
    answered["object"] = {"id": "urn:x:q", "definition": definition | {"interactionType": kind}}

    assert _refused(client.send(answered)) == "xAPI"


def test_the_same_statement_twice_is_one_and_another_with_its_id_is_a_conflict(client: Client) -> None:
    completed = client.statement("completed", _COMPLETED)
    assert [client.send(completed).status, client.send(completed).status] == [200, 200]
    assert client.send(completed | {"timestamp": "2026-11-28T10:00:59.000Z"}).status == 409
    assert client.platform.refused == []


def test_what_is_lost_on_purpose_is_no_fault_of_the_unit(client: Client) -> None:
    client.platform.fails = 503
    assert client.state("x").status == 503
    assert client.platform.refused == []


@pytest.mark.skipif(not _REQUIREMENTS.is_file(), reason="the list of requirements is not available")
def test_the_numbers_are_those_of_the_list() -> None:
    listed = json.loads(_REQUIREMENTS.read_text(encoding="utf-8"))
    folder = Path(__file__).resolve().parents[3] / "lokaltmot_lms" / "serve" / "cmi5"
    used = {
        each for file in folder.glob("*.py") for each in re.findall(r'"(\d+\.\d+\.\d+\.\d+-\d+)"', file.read_text())
    }
    assert len(used) > 40
    assert used <= listed.keys()
