"""A learner who launches a link and plays: the requests of a module's page, without a browser."""

import json
import re
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from werkzeug.test import TestResponse

from .bench import TOOL, Bench
from .built_courses import right_answer
from .platform import CLAIM, LEARNER

SLUG = "alle-typer-lti"
GRADES = "https://purl.imsglobal.org/spec/lti-ags/claim/endpoint"


@dataclass
class Learner:
    """One launch. first: the first page. launch: the page data for its script."""

    bench: Bench
    path: str
    browser: Any
    first: str
    launch: dict[str, Any]

    @property
    def token(self) -> str:
        return str(self.launch["token"])

    def post(self, events: Any, **headers: Any) -> TestResponse:
        """Send events as the page does. headers: replace its own; None leaves one out."""
        own = {"X-LM-Token": self.token, "Origin": TOOL, **headers}
        given = {name: value for name, value in own.items() if value is not None}
        answer = self.browser.post(f"{self.path}events", json={"language": "nb", "events": events}, headers=given)
        assert isinstance(answer, TestResponse)
        return answer

    def tell(self, kind: str, **detail: Any) -> dict[str, Any]:
        """Send one event, and return the marking of its answer."""
        event = {"id": str(uuid4()), "kind": kind, "at": "2026-01-01T10:00:00+00:00", **detail}
        answer = self.post([event])
        assert answer.status_code == 200, answer.data
        assert answer.json is not None
        assert answer.json["taken"] == [event["id"]]
        found = answer.json["marked"].get(event["id"])
        return found if isinstance(found, dict) else {}


def enter(
    bench: Bench,
    *,
    link: str = "1",
    role: str = LEARNER,
    sub: str = "4",
    browser: Any = None,
    custom: dict[str, str] | None = None,
    **claims: Any,
) -> Learner:
    """Launch a link and open its page."""
    browser = browser or bench.new_browser()
    own: dict[str, Any] = {
        "sub": sub,
        f"{CLAIM}roles": [role],
        f"{CLAIM}resource_link": {"id": link},
        f"{CLAIM}custom": {"module": SLUG, **(custom or {})},
        GRADES: {"lineitem": f"{bench.web.origin}/item{link}?type_id=2", "scope": []},
        **claims,
    }
    begun = bench.login(browser=browser)
    answer = bench.send(bench.platform.sign(bench.platform.claims(TOOL, begun.nonce, **own)), begun.state, browser)
    assert answer.status_code == 303, answer.data
    path = f"/s/{answer.headers['Location'].split('/')[2]}/"
    page = browser.get(path)
    assert page.status_code == 200, page.data
    found = re.search(r'id="lm-launch">(.*?)</script>', page.text)
    assert found is not None
    return Learner(bench=bench, path=path, browser=browser, first=page.text, launch=json.loads(found[1]))


def play(learner: Learner) -> None:
    """All pages, and all quizzes handed in with right answers, in one request."""
    built = learner.bench.app.extensions["lokaltmot"].settings.modules / SLUG
    about = json.loads((built / "module.json").read_text("utf-8"))
    questions = json.loads((built / "answers.json").read_text("utf-8"))["questions"]
    steps: list[dict[str, Any]] = [{"kind": "visit", "page": page["id"]} for page in about["pages"]]
    for quiz in about["quizzes"]:
        steps.extend(
            {"kind": "answer", "question": id_, "answer": right_answer(questions[id_]), "round": 0}
            for id_ in quiz["questions"]
        )
        steps.append({"kind": "submit", "quiz": quiz["id"], "round": 0})
    answer = learner.post([{"id": str(uuid4()), "at": "2026-01-01T10:00:00+00:00", **step} for step in steps])
    assert answer.status_code == 200, answer.data
