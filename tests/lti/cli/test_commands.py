"""The operator's commands on a fresh database: what they say, and what is there afterwards."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from lti_app.cli import lti as group
from lti_app.cli.command import BilingualGroup
from lti_app.store.engine import reading, writing
from lti_app.store.keys import add_audit
from lti_app.store.registrations import add_registration, list_registrations

from ..platform import Platform, serving
from .conftest import Lti, add, database

CLI = Path(__file__).parents[3] / "docs" / "cli.md"


def _paths(commands: BilingualGroup, before: str = "") -> Iterator[tuple[str, str, click.Command]]:
    context = click.Context(commands)
    for name in commands.list_commands(context):
        made = commands.get_command(context, name)
        assert made is not None
        yield f"{before}{name}", commands.norwegian(name), made
        if isinstance(made, BilingualGroup):
            yield from _paths(made, f"{before}{name} ")


def test_every_command_is_in_the_docs_with_its_norwegian_name() -> None:
    manual = CLI.read_text(encoding="utf-8")
    for path, norwegian, _ in _paths(group):
        assert f"`lokaltmot lti {path}" in manual, path
        assert f"`{norwegian}`" in manual, path


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "path" in metafunc.fixturenames:
        metafunc.parametrize("path", [path for path, _, _ in _paths(group)])


def test_every_command_helps_in_norwegian_and_answers_to_its_norwegian_name(lti: Lti, path: str) -> None:
    english = lti(*path.split(), "--help", "--lang", "en")
    nynorsk = lti(*path.split(), "--help", "--lang", "nn")
    assert (english.code, nynorsk.code) == (0, 0)
    first = [said.out.splitlines()[2].strip() for said in (english, nynorsk)]
    assert first[0] != first[1]
    translated = {name: norwegian for name, norwegian, _ in _paths(group)}
    words = path.split()
    names = [translated[" ".join(words[: end + 1])] for end in range(len(words))]
    assert lti(*names, "--help", "--lang", "en").out.splitlines()[2].strip() == first[0]
    plain = [name.replace("ø", "o").replace("å", "a") for name in names]
    assert lti(*plain, "--help").code == 0


def test_the_main_help_lists_the_group(lti: Lti, capsys: pytest.CaptureFixture[str]) -> None:
    from lokaltmot_lms.cli.run import run

    assert run(["--help", "--lang", "nb"]) == 0
    assert "Driv LTI-verktøyet" in capsys.readouterr().out


def test_without_what_the_tool_needs_the_command_says_what_to_install() -> None:
    code = "import sys; sys.modules['sqlalchemy'] = None; from lokaltmot_lms.cli.run import run; run(sys.argv[1:])"
    said = subprocess.run(
        [sys.executable, "-c", code, "lti", "platform", "list"], capture_output=True, text=True, check=False
    )
    assert "pip install 'lokaltmot[lti]' (sqlalchemy" in said.stderr


def test_a_database_of_another_version_is_said_with_the_command_that_mends_it(lti: Lti) -> None:
    said = lti("platform", "list")
    assert (said.code, "lokaltmot lti upgrade" in said.err) == (2, True)
    assert lti("upgrade").code == 0
    assert "lokaltmot lti invite" in lti("platform", "list").out


def test_a_platform_is_added_once_listed_and_stopped(lti: Lti) -> None:
    lti("upgrade")
    with serving() as web:
        platform = Platform(web=web, client_id="ours")
        assert add(lti, platform, "--name", "Skolen").code == 0
        again = add(lti, platform)
        assert (again.code, "already exists" in again.err) == (2, True)
        assert lti("platform", "disable", 1).code == 0
        assert "disabled" in lti("platform", "list").out
        (told,) = json.loads(lti("plattform", "liste", "--json").out)["platforms"]
        assert (told["state"], told["name"], told["deployments"]) == ("stopped", "Skolen", {"1": True})
        assert lti("platform", "enable", 1).out == "Platform 1 is enabled.\n"
        assert lti("platform", "deployment", 1, "1", "--stop").code == 0
        assert json.loads(lti("platform", "list", "--json").out)["platforms"][0]["deployments"] == {"1": False}
    for words in (("disable", 9), ("enable", 9), ("deployment", 9, "1"), ("approve", 9), ("reject", 1)):
        assert lti("platform", *words).code == 2


def test_a_platform_without_tls_is_refused_on_a_public_address(lti: Lti, monkeypatch: pytest.MonkeyPatch) -> None:
    lti("upgrade")
    monkeypatch.setenv("LOKALTMOT_PUBLIC_URL", "https://kurs.example.no")
    with serving() as web:
        said = add(lti, Platform(web=web, client_id="ours"), "--lang", "nb")
    assert (said.code, "må begynne med https://" in said.err) == (2, True)


def _pending() -> int:
    with database() as engine, writing(engine) as connection:
        return add_registration(
            connection, issuer="https://canvas.instructure.com", client_id="1", auth_login_url="https://c.example/a",
            auth_token_url="https://c.example/t", jwks_url="https://c.example/k", service_hosts=["c.example"],
            deployment_policy="auto", is_active=False, is_pending=True,
        )  # fmt: skip


def test_what_waits_is_approved_or_rejected_and_cannot_be_switched_on_by_the_way(lti: Lti) -> None:
    lti("upgrade")
    id_ = _pending()
    assert "waiting for approval" in lti("platform", "list").out
    switched = lti("platform", "enable", id_)
    assert (switched.code, f"approve {id_}" in switched.err) == (2, True)
    assert lti("platform", "approve", id_).code == 0
    assert "active" in lti("platform", "list").out
    assert lti("platform", "reject", id_).code == 2
    with database() as engine, reading(engine) as connection:
        assert [one.is_active for one in list_registrations(connection)] == [True]


def test_what_is_rejected_is_gone(lti: Lti) -> None:
    lti("upgrade")
    assert lti("platform", "reject", _pending()).code == 0
    assert json.loads(lti("platform", "list", "--json").out) == {"platforms": []}


def test_an_invite_is_an_address_that_differs_each_time(lti: Lti) -> None:
    lti("upgrade")
    first, second = lti("invite").out, json.loads(lti("invite", "--json").out)["url"]
    assert first.startswith("http://localhost:8000/lti/register/")
    assert first.strip() != second


def test_keys_rotate_and_unknown_things_are_said(lti: Lti) -> None:
    lti("upgrade")
    assert lti("keys", "rotate").code == 0
    assert len(json.loads(lti("keys", "rotate", "--at-once", "--json").out)["kid"]) == 22
    gone = lti("erase", "--platform", 1, "--sub", "4", "--yes", "--lang", "nn")
    assert (gone.code, "ikkje lagra noko" in gone.err) == (2, True)
    assert lti("purge").out == "Deleted learners: 0. Deleted lines of the audit trail: 0.\n"
    assert json.loads(lti("purge", "--json").out) == {"learners": 0, "lines": 0}


def test_the_trail_is_shown_by_reference_platform_and_as_json(lti: Lti) -> None:
    lti("upgrade")
    with database() as engine, writing(engine) as connection:
        for number, incident in ((1, "aaaa"), (2, "bbbb")):
            add_audit(
                connection, kind="refused", reason="nonce", incident=incident, registration_id=number, detail={"a": 1}
            )
    assert lti("audit").out.count("refused  nonce") == 2
    assert [line["reference"] for line in json.loads(lti("audit", "--platform", 2, "--json").out)["lines"]] == ["bbbb"]
    assert "platform 1  a=1" in lti("audit", "aaaa").out
    unknown = lti("audit", "ffff")
    assert (unknown.code, "No line" in unknown.err) == (1, True)


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [("LOKALTMOT_PUBLIC_URL", "http://kurs.example.no", "må begynne med https://"),
     ("LOKALTMOT_SESSION_HOURS", "0", "LOKALTMOT_SESSION_HOURS må være et helt tall over 0")],
)  # fmt: skip
def test_a_setting_that_is_wrong_is_said_in_norwegian_without_a_trace(
    lti: Lti, monkeypatch: pytest.MonkeyPatch, name: str, value: str, said: str
) -> None:
    monkeypatch.setenv(name, value)
    told = lti("invite", "--lang", "nb")
    assert (told.code, said in told.err, "Traceback" in told.err) == (2, True, False)


def test_a_secret_that_others_may_read_is_said(lti: Lti, tmp_path: Path) -> None:
    lti("upgrade")
    (tmp_path / "secret").chmod(0o644)
    told = lti("invite")
    assert (told.code, "chmod 600" in told.err) == (2, True)
