"""A link that names no module: the teacher is asked once, and from then on it opens for everybody."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from werkzeug.test import TestResponse

from ..bench import TOOL, Bench, bench_in
from ..built_courses import starter
from ..platform import CLAIM, INSTRUCTOR, LEARNER

SLUG = "eksempel-en-trygg-samtale-lti"
OWN = {"Origin": TOOL}


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    """A tool that serves the starter course."""
    with bench_in(tmp_path) as made:
        shutil.copytree(starter(), tmp_path, dirs_exist_ok=True)
        yield made


def _enter(bench: Bench, role: str = INSTRUCTOR, **claims: Any) -> TestResponse:
    answer = bench.launch(**{f"{CLAIM}roles": [role], f"{CLAIM}custom": {}, **claims})
    assert answer.status_code == 303
    return bench.browser.get(answer.headers["Location"])


def _ask(bench: Bench) -> tuple[str, str]:
    """The address of the question, and the token of its form."""
    answer = _enter(bench)
    assert answer.status_code == 303
    path = answer.headers["Location"]
    shown = bench.browser.get(path)
    assert "Hvilken modul hører til denne lenken?" in shown.text
    assert 'type="radio"' in shown.text
    (preview,) = re.findall(r'href="(/s/[^"]+/preview/[^"]+)"', shown.text)
    assert '"mode": "browse"' in bench.browser.get(preview).text
    found = re.search(r'name="token" value="([0-9a-f]+)"', shown.text)
    assert found
    return path, found.group(1)


def test_a_teacher_is_asked_once_and_the_learners_find_the_module(bench: Bench) -> None:
    assert _enter(bench, LEARNER).status_code == 404
    path, token = _ask(bench)
    choice = {"token": token, "module": SLUG, "pass": "60", "due": "2027-01-15", "language": "nb"}
    answer = bench.browser.post(path, data=choice, headers=OWN)
    assert (answer.status_code, answer.headers["Location"].rpartition("/")[2]) == (303, "report")
    assert "En trygg samtale" in bench.browser.get(answer.headers["Location"]).text
    assert next(line.reason for line in bench.audit()) == "bound"
    learner = _enter(bench, LEARNER)
    assert learner.status_code == 200
    assert '"pass": 0.6' in learner.text
    assert "Fristen er 15. jan. 2027" in _enter(bench).text
    assert bench.browser.get(path).status_code == 303  # asked and answered


def test_of_two_teachers_the_first_one_decides(bench: Bench) -> None:
    (first, token), (second, other) = _ask(bench), _ask(bench)
    for path, own in ((first, token), (second, other)):
        assert bench.browser.post(path, data={"token": own, "module": SLUG}, headers=OWN).status_code == 303
    assert [line.reason for line in bench.audit()].count("bound") == 1


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ({}, 400),
        ({"module": "../../x"}, 404),
        ({"module": SLUG, "pass": "101"}, 400),
        ({"module": SLUG, "due": "x"}, 400),
    ],
)
def test_a_choice_that_cannot_be_is_refused(bench: Bench, said: dict[str, str], status: int) -> None:
    path, token = _ask(bench)
    assert bench.browser.post(path, data={"token": token, **said}, headers=OWN).status_code == status
    assert bench.browser.get(path).status_code == 200


def test_only_a_teachers_own_page_may_choose(bench: Bench) -> None:
    path, token = _ask(bench)
    choice = {"token": token, "module": SLUG}
    assert bench.browser.post(path, data={**choice, "token": "0" * 64}, headers=OWN).status_code == 403
    assert bench.browser.post(path, data=choice, headers={"Origin": "https://evil.example"}).status_code == 403
    assert bench.new_browser().post(path, data=choice, headers=OWN).status_code == 401
    launched = bench.launch(**{f"{CLAIM}roles": [LEARNER], f"{CLAIM}custom": {}})
    learners = f"{launched.headers['Location']}module"
    assert bench.browser.get(learners).status_code == 403
    assert bench.browser.post(learners, data=choice, headers=OWN).status_code == 403


def test_a_link_that_says_its_module_is_not_asked_about(bench: Bench) -> None:
    shown = _enter(bench, **{f"{CLAIM}custom": {"module": SLUG}})
    assert (shown.status_code, "Slik går det" in shown.text) == (200, True)
    unknown = _enter(bench, **{f"{CLAIM}custom": {"module": "../../x"}, f"{CLAIM}resource_link": {"id": "2"}})
    assert "Modulen ligger ikke her lenger" in unknown.text


def test_each_role_lands_where_it_should(bench: Bench) -> None:
    admin = "http://purl.imsglobal.org/vocab/lis/v2/institution/person#Administrator"
    mentor = "http://purl.imsglobal.org/vocab/lis/v2/membership#Mentor"
    custom = {f"{CLAIM}custom": {"module": SLUG}}
    ends = {
        role: bench.launch(**{f"{CLAIM}roles": [role], **custom}).headers["Location"].rpartition("/")[2]
        for role in (LEARNER, INSTRUCTOR, admin, mentor)
    }
    assert ends == {LEARNER: "", INSTRUCTOR: "report", admin: "setup", mentor: ""}


def test_the_module_is_still_there_to_be_looked_at(bench: Bench) -> None:
    answer = bench.launch(**{f"{CLAIM}roles": [INSTRUCTOR], f"{CLAIM}custom": {"module": SLUG}})
    shown = bench.browser.get(answer.headers["Location"].removesuffix("report"))
    assert '"mode": "browse"' in shown.text
