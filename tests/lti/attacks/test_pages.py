"""What pages show and keep of what a platform says: framing, hostile words, names (rows 65, 67-70)."""

import re
from pathlib import Path

import pytest

from lti_app.store.engine import reading, writing
from lti_app.store.registrations import add_registration, put_deployment
from lti_app.store.schema import context, metadata, person

from ..bench import TOOL, Bench, bench_in, secrets_in
from ..platform import CLAIM, INSTRUCTOR, Platform
from .conftest import enter

NASTY = "<script>alert(1)</script>\u202eb\u2066idi" + "x" * 10_000


def _directives(bench: Bench, path: str) -> dict[str, list[str]]:
    policy = bench.browser.get(path).headers["Content-Security-Policy"]
    return {words[0]: words[1:] for part in policy.split(";") if (words := part.split())}


@pytest.mark.row(65)
def test_a_page_is_framed_by_its_own_platform_and_by_no_other(tmp_path: Path) -> None:
    with bench_in(tmp_path) as bench:
        elsewhere = Platform(web=bench.web, client_id="third", issuer="https://other.example")
        with writing(bench.engine) as connection:
            id_ = add_registration(connection, **{**elsewhere.registration, "service_hosts": ["other.example"]})
            put_deployment(connection, id_, "1", is_active=True)
        frames = {}
        for platform in (bench.platform, elsewhere):
            begun = bench.login(platform=platform)
            claims = platform.deep_linking_claims(
                TOOL, begun.nonce, {"deep_link_return_url": f"{platform.issuer}/return"}
            )
            path = bench.send(platform.sign(claims), begun.state).headers["Location"]
            frames[platform.client_id] = set(_directives(bench, path)["frame-ancestors"])
            assert "X-Frame-Options" not in bench.browser.get(path).headers
        assert frames["third"] == {"'self'", "https://other.example"}
        assert "https://moodle.example" in frames["ours"]
        assert "https://other.example" not in frames["ours"]
        for path in ("/lti/install", "/nowhere", "/s/x/choose"):
            assert _directives(bench, path)["frame-ancestors"] == ["'self'"]


@pytest.mark.row(67)
def test_hostile_words_are_cut_and_escaped(tmp_path: Path) -> None:
    with bench_in(tmp_path) as bench:
        told = {
            f"{CLAIM}context": {"id": "2", "label": NASTY, "title": NASTY},
            f"{CLAIM}resource_link": {"id": "1", "title": NASTY, "description": NASTY},
            f"{CLAIM}tool_platform": {"name": NASTY, "product_family_code": NASTY},
            "name": NASTY,
            f"{CLAIM}launch_presentation": {"locale": NASTY},
        }
        assert bench.launch(**told).status_code == 413  # six times 10 kB is more than any launch has
        short = {name: _shortened(value) for name, value in told.items()}
        answer = bench.launch(**{**short, f"{CLAIM}roles": [INSTRUCTOR]})
        assert answer.status_code == 303
        with reading(bench.engine) as connection:
            (title,) = (connection.execute(context.select()).one()._mapping["title"],)
        assert (len(title), title[:8]) == (200, "<script>")
        assert not re.search(r"[\u202a-\u202e\u2066-\u2069]", title)
        page = bench.browser.get(answer.headers["Location"])
        assert "<script>alert" not in page.text
        assert "'unsafe-inline'" not in _directives(bench, "/lti/install")["script-src"]


def _shortened(value: object) -> object:
    if isinstance(value, dict):
        return {name: _shortened(one) for name, one in value.items()}
    return value[:2000] if isinstance(value, str) else value


@pytest.mark.row(67)
@pytest.mark.parametrize("name", [NASTY, "a\u202eb", "a\nb", "x" * 256])
def test_a_deployment_that_cannot_be_a_name_is_refused_and_not_noted(name: str, tmp_path: Path) -> None:
    with bench_in(tmp_path) as bench:
        assert bench.launch(**{f"{CLAIM}deployment_id": name}).status_code == 400
        assert bench.rows("deployment") == 2


@pytest.mark.row(68)
def test_names_that_nobody_asked_for_are_kept_nowhere(school: Bench, capfd: pytest.CaptureFixture[str]) -> None:
    told = {"name": "Kari Nordmann", "given_name": "Kari", "family_name": "Nordmann", "email": "kari@example.no"}
    learner = enter(school, **told, **{f"{CLAIM}ext": {"user_username": "karinord"}})
    assert learner.browser.get(learner.path).status_code == 200
    with reading(school.engine) as connection:
        kept = str([connection.execute(table.select()).all() for table in metadata.sorted_tables])
    printed = "".join(capfd.readouterr())
    for word in ("Kari", "Nordmann", "kari@", "karinord"):
        assert word not in kept
        assert word not in printed
    assert {column.name for column in person.columns}.isdisjoint({"name", "given_name", "family_name", "email"})


@pytest.mark.row(69)
@pytest.mark.parametrize(
    "text",
    [
        "eyJhbGciOiJSUzI1NiJ9.e.s",
        "registration_token=eyJ0b2tlbg",
        "eyJ4NXQjUzI1NiI6IngifQ.e.s",
        "Cookie: __Host-lm-x=y",
        "client_assertion=x",
        "Bearer abc",
        "kari@example.no",
    ],
)
def test_the_watch_over_logs_and_refusals_sees_a_secret(text: str) -> None:
    """Every refusal and every log line of every test of the tool goes past it: see bench.py and conftest.py."""
    assert secrets_in(f'{{"event": "{text}"}}')
    assert not secrets_in('{"reason": "nonce", "incident": "5f1c9a02", "skew": "+7203s"}')
    assert not secrets_in('name="ticket" value="Zx9eyJ4kQ-0vRr1"')  # what is sealed may read so by accident


@pytest.mark.row(69)
def test_an_accident_of_ours_tells_the_log_where_and_nobody_what(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("a fault in our own code")

    with bench_in(tmp_path) as bench:
        monkeypatch.setattr("lti_app.launch.launch.read_message", fail)
        answer = bench.launch(name="Kari Nordmann", email="kari@example.no")
        assert answer.status_code == 500
        assert "a fault in our own code" not in answer.text
        assert "Traceback" not in answer.text
        printed = capfd.readouterr().err
        assert "a fault in our own code" in printed
        assert secrets_in(printed) == []
        assert "Kari" not in printed


@pytest.mark.row(69)
def test_a_database_that_refuses_tells_the_log_nothing_of_what_it_was_asked(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    with bench_in(tmp_path) as bench:
        with writing(bench.engine) as connection:
            connection.exec_driver_sql("DROP TABLE resource_link")
        assert bench.launch(sub="a-learners-own-id").status_code == 503
        printed = capfd.readouterr().err
        assert "OperationalError" in printed
        assert "a-learners-own-id" not in printed
        assert secrets_in(printed) == []


@pytest.mark.row(69)
def test_a_flood_of_nonsense_fills_the_log_and_not_the_database(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    with bench_in(tmp_path) as bench:
        capfd.readouterr()
        shown = [bench.browser.get(f"/nonsense/{number}") for number in range(700)]
        assert {answer.status_code for answer in shown} == {404}
        assert 300 <= bench.rows("audit") < 650
        assert capfd.readouterr().err.count('"reason": "http_404"') == 700


@pytest.mark.row(48)
def test_a_page_that_anybody_may_see_tells_no_key_of_the_platforms(tmp_path: Path) -> None:
    """A browser without cookies gets a page that carries its proof; so does a stranger who has the session's id."""
    with bench_in(tmp_path) as bench:
        for query, is_told in (("?course=2&sesskey=a1b2", False), ("", True)):
            url = f"https://moodle.example/mod/lti/return.php{query}"
            asked = bench.ask_login({**bench.platform.login_hints(TOOL), "lti_storage_target": "_parent"})
            proof = re.search(r'data-value="([^"]+)"', asked.text)
            found = [re.search(rf"[?&;]{name}=([\w-]+)", asked.text) for name in ("state", "nonce")]
            assert proof
            state, nonce = (one.group(1) for one in found if one)
            claims = bench.platform.claims(
                TOOL, nonce, **{f"{CLAIM}launch_presentation": {"locale": "nb", "return_url": url}}
            )
            browser = bench.new_browser()
            fields = {"id_token": bench.platform.sign(claims), "state": state, "lti_storage_target": "_parent"}
            ticket = re.search(r'name="ticket" value="([^"]+)"', bench.post(fields, browser).text)
            assert ticket
            opened = bench.post({"ticket": ticket.group(1), "proof": proof.group(1)}, browser, "/lti/proof")
            page = bench.new_browser().get(opened.headers["Location"].split("#")[0], headers={"Accept": "text/html"})
            assert "sesskey" not in page.text
            assert (url in page.text) is is_told


@pytest.mark.row(70)
def test_a_forwarded_host_changes_no_address(tmp_path: Path) -> None:
    with bench_in(tmp_path) as bench:
        spoofed = {"X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "ftp", "Forwarded": "host=evil.example"}
        answer = bench.browser.post("/lti/login", data=bench.platform.login_hints(TOOL), headers=spoofed)
        assert "redirect_uri=http%3A%2F%2Flocalhost%2Flti%2Flaunch" in answer.headers["Location"]
        assert "evil.example" not in bench.browser.get("/lti/canvas.json", headers=spoofed).text
