"""The picker and what it sends back (rows 53-56), checked by the platform's own means."""

import html
import json
import re
import shutil
from pathlib import Path
from typing import Any

import jwt
import pytest
from werkzeug.test import TestResponse

from ..bench import TOOL, Bench, bench_in
from ..platform import CLAIM, DEEP_LINKING

OWN = {"Origin": TOOL}
MODULE = {
    "title": "Negativ sosial kontroll",
    "language": "nb",
    "version": "2026.1",
    "courseTitle": "Lokalt mot",
    "minutes": 35,
    "description": "Om frihet og press.",
    "titles": {"nb": "Negativ sosial kontroll", "nn": "Negativ sosial kontroll"},
    "pages": [{"id": "a", "title": "Sofia, 16 år", "minutes": 3}],
    "quizzes": [{"id": "quiz", "pass": 0.8, "draw": None}],
    "questions": {"q1": {"points": 1}, "q2": {"points": 2}},
}


def _put_modules(folder: Path, *slugs: str) -> None:
    for slug in slugs:
        (folder / slug).mkdir()
        (folder / slug / "module.json").write_text(json.dumps(MODULE), encoding="utf-8")


def _open(bench: Bench, settings: dict[str, Any] | None = None) -> tuple[str, TestResponse]:
    launched = bench.deep_link(settings)
    assert launched.status_code == 303
    path = launched.headers["Location"]
    return path, bench.browser.get(path)


def _token(shown: TestResponse) -> str:
    found = re.search(r'name="token" value="([0-9a-f]+)"', shown.text)
    assert found
    return found.group(1)


def _answered(bench: Bench, answer: TestResponse) -> dict[str, Any]:
    """The claims of the answer, checked with our published key as a platform checks them."""
    found = re.search(r'name="JWT" value="([^"]+)"', answer.text)
    assert found
    keys = {key["kid"]: key for key in bench.browser.get("/lti/jwks.json").get_json()["keys"]}
    key = jwt.PyJWK(keys[jwt.get_unverified_header(found.group(1))["kid"]])
    claims: dict[str, Any] = jwt.decode(
        found.group(1), key, algorithms=["RS256"], audience="https://moodle.example", issuer="ours"
    )
    return claims


def test_a_teacher_chooses_two_modules_and_the_platform_gets_two_links(tmp_path: Path) -> None:
    _put_modules(tmp_path, "a-lti", "b-lti")
    with bench_in(tmp_path) as bench:
        path, shown = _open(bench)
        assert "Sofia, 16 år" in shown.text
        asked = {"token": _token(shown), "module": ["a-lti", "b-lti"], "pass": "70 %", "language": "nn"}
        answer = bench.browser.post(path, data={**asked, "due": "2027-01-15", "available": "2026-12-01"}, headers=OWN)
        claims = _answered(bench, answer)
        assert claims[f"{CLAIM}message_type"] == "LtiDeepLinkingResponse"
        assert (claims[f"{CLAIM}version"], claims[f"{CLAIM}deployment_id"]) == ("1.3.0", "1")
        assert f"{DEEP_LINKING}data" not in claims
        first, second = claims[f"{DEEP_LINKING}content_items"]
        assert second["custom"]["module"] == "b-lti"
        assert first == {
            "type": "ltiResourceLink",
            "title": "Negativ sosial kontroll",
            "text": "Om frihet og press.",
            "url": f"{TOOL}/lti/launch",
            "custom": {
                "module": "a-lti",
                "rev": "2026.1",
                "link_history": "$ResourceLink.id.history",
                "pass": "70",
                "language": "nn",
                "due": "2027-01-15",
                "available": "2026-12-01",
            },
            "lineItem": {
                "scoreMaximum": 3.0,
                "label": "Negativ sosial kontroll",
                "tag": "module",
                "resourceId": "a-lti",
            },
            "available": {"startDateTime": "2026-11-30T23:00:00Z"},
            "submission": {"endDateTime": "2027-01-15T22:59:00Z"},
        }


@pytest.mark.parametrize(
    "url",
    [
        "https://evil.example/return",
        "javascript:alert(1)",
        'https://moodle.example/"><script>alert(1)</script>',
        "https://moodle.example@evil.example/",
        "//moodle.example/return",
        "https://moodle.example/a b",
        None,
        4,
    ],
)
def test_a_return_address_that_is_not_the_platforms_is_refused(url: object, tmp_path: Path) -> None:
    with bench_in(tmp_path) as bench:
        answer = bench.deep_link({"deep_link_return_url": url})
        assert answer.status_code == 400
        assert (bench.sessions(), "evil" in answer.text) == (0, False)


@pytest.mark.parametrize(
    "settings", [{"accept_types": ["link", "html"]}, {"accept_types": "ltiResourceLink"}, {"data": 1}]
)
def test_a_request_for_what_we_do_not_have_is_refused(settings: dict[str, object], tmp_path: Path) -> None:
    with bench_in(tmp_path) as bench:
        assert bench.deep_link(settings).status_code == 400


def test_a_request_without_settings_is_refused(tmp_path: Path) -> None:
    with bench_in(tmp_path) as bench:
        begun = bench.login()
        claims = bench.platform.deep_linking_claims(TOOL, begun.nonce)
        del claims[f"{DEEP_LINKING}deep_linking_settings"]
        assert bench.send(bench.platform.sign(claims), begun.state).status_code == 400


def test_one_is_returned_where_one_is_accepted_and_no_line_item_where_none_is(tmp_path: Path) -> None:
    _put_modules(tmp_path, "a-lti", "b-lti")
    with bench_in(tmp_path) as bench:
        path, shown = _open(bench, {"accept_multiple": False, "accept_lineitem": False})
        assert 'type="radio"' in shown.text
        asked = {"token": _token(shown), "module": ["a-lti", "b-lti"]}
        (item,) = _answered(bench, bench.browser.post(path, data=asked, headers=OWN))[f"{DEEP_LINKING}content_items"]
        assert "lineItem" not in item


@pytest.mark.parametrize("data", ["x" * 20_000, "\"'<>&{}æ\\"])
def test_the_platforms_data_comes_back_as_it_was(data: str, tmp_path: Path) -> None:
    _put_modules(tmp_path, "a-lti")
    with bench_in(tmp_path) as bench:
        path, shown = _open(bench, {"data": data})
        answer = bench.browser.post(path, data={"token": _token(shown), "module": "a-lti"}, headers=OWN)
        assert _answered(bench, answer)[f"{DEEP_LINKING}data"] == data


def test_an_answer_is_given_once_and_to_nobody_else(tmp_path: Path) -> None:
    _put_modules(tmp_path, "a-lti")
    with bench_in(tmp_path) as bench:
        path, shown = _open(bench)
        asked = {"token": _token(shown), "module": "a-lti"}
        assert bench.new_browser().post(path, data=asked, headers=OWN).status_code == 401
        assert bench.browser.post(path, data={**asked, "token": "0" * 64}, headers=OWN).status_code == 403
        assert bench.browser.post(path, data=asked, headers={"Origin": "https://evil.example"}).status_code == 403
        assert bench.browser.post(path, data=asked, headers=OWN).status_code == 200
        assert bench.browser.post(path, data=asked, headers=OWN).status_code == 401


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ({}, 400),
        ({"module": "../../etc"}, 404),
        ({"module": "a-lti", "pass": "101"}, 400),
        ({"module": "a-lti", "pass": "-1"}, 400),
        ({"module": "a-lti", "due": "tomorrow"}, 400),
        ({"module": "a-lti", "due": "2026-01-01", "available": "2026-02-01"}, 400),
    ],
)
def test_a_choice_that_cannot_be_is_refused(said: dict[str, str], status: int, tmp_path: Path) -> None:
    _put_modules(tmp_path, "a-lti")
    with bench_in(tmp_path) as bench:
        path, shown = _open(bench)
        assert bench.browser.post(path, data={"token": _token(shown), **said}, headers=OWN).status_code == status


def test_the_return_page_may_post_to_the_platform_only_and_escapes_the_address(tmp_path: Path) -> None:
    _put_modules(tmp_path, "a-lti")
    with bench_in(tmp_path) as bench:
        path, shown = _open(bench)
        answer = bench.browser.post(path, data={"token": _token(shown), "module": "a-lti"}, headers=OWN)
        assert "form-action https://moodle.example;" in answer.headers["Content-Security-Policy"]
        found = re.search(r'<form id="return" action="([^"]+)"', answer.text)
        assert found
        assert html.unescape(found.group(1)) == "https://moodle.example/mod/lti/contentitem_return.php?sesskey=a1&b=2"


def test_a_broken_module_does_not_hide_the_others_and_a_new_one_shows_at_once(tmp_path: Path) -> None:
    _put_modules(tmp_path, "a-lti", "b-lti")
    (tmp_path / "b-lti" / "module.json").write_text("{", encoding="utf-8")
    with bench_in(tmp_path) as bench:
        path, shown = _open(bench)
        assert re.findall(r'name="module" value="([^"]+)"', shown.text) == ["a-lti"]
        shutil.copytree(tmp_path / "a-lti", tmp_path / "c-lti")
        assert 'value="c-lti"' in bench.browser.get(path).text


def test_modules_stand_in_the_order_of_their_files(tmp_path: Path) -> None:
    for slug, file in (("a-lti", "02-b.md"), ("b-lti", "01-a.md"), ("c-lti", "10-c.md")):
        (tmp_path / slug).mkdir()
        (tmp_path / slug / "module.json").write_text(json.dumps({**MODULE, "file": file}), encoding="utf-8")
    with bench_in(tmp_path) as bench:
        _, shown = _open(bench)
        assert re.findall(r'name="module" value="([^"]+)"', shown.text) == ["b-lti", "a-lti", "c-lti"]
