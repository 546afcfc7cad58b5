"""A tool that serves a module, and learners who have come in: what the attacks on a running module need."""

import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from werkzeug.test import TestResponse

from ..bench import TOOL, Bench, bench_in
from ..built_courses import every_type
from ..platform import CLAIM, LEARNER, Platform

SLUG = "alle-typer-lti"
GRADES = "https://purl.imsglobal.org/spec/lti-ags/claim/endpoint"


@dataclass
class Person:
    """A person who has launched the module, with their own browser."""

    bench: Bench
    browser: Any
    path: str

    @property
    def token(self) -> str:
        found = re.search(r'id="lm-launch">(.*?)</script>', self.browser.get(self.path).text)
        assert found
        return str(json.loads(found[1])["token"])

    def post(self, events: Any, **headers: str | None) -> TestResponse:
        """Send events as the page does. A header of None is left out."""
        own: dict[str, str | None] = {"X-LM-Token": self.token, "Origin": TOOL, **headers}
        given = {name: value for name, value in own.items() if value is not None}
        answer = self.browser.post(f"{self.path}events", json={"language": "nb", "events": events}, headers=given)
        assert isinstance(answer, TestResponse)
        return answer


def event(kind: str, **detail: Any) -> dict[str, Any]:
    return {"id": str(uuid4()), "kind": kind, "at": "2026-01-01T10:00:00+00:00", **detail}


def enter(
    bench: Bench, platform: Platform | None = None, *, sub: str = "4", role: str = LEARNER, **more: Any
) -> Person:
    platform = platform or bench.platform
    browser = bench.new_browser()
    begun = bench.login(platform=platform, browser=browser)
    own = {
        "sub": sub,
        f"{CLAIM}roles": [role],
        f"{CLAIM}custom": {"module": SLUG},
        GRADES: {"lineitem": f"{bench.web.origin}/item?type_id=2", "scope": []},
        **more,
    }
    answer = bench.send(platform.sign(platform.claims(TOOL, begun.nonce, **own)), begun.state, browser)
    assert answer.status_code == 303, answer.text
    return Person(bench=bench, browser=browser, path=answer.headers["Location"])


@pytest.fixture
def school(tmp_path: Path, database_url: str) -> Iterator[Bench]:
    """A tool that serves a module with every question type, on each kind of database."""
    with bench_in(tmp_path, database_url) as made:
        shutil.copytree(every_type(), tmp_path, dirs_exist_ok=True)
        yield made
