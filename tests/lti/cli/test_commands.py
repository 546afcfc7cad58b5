"""The operator's commands on a fresh database: what they say, and what is there afterwards."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from lti_app.cli import lti

from ..platform import Platform, serving

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command of `lokaltmot lti` on its own database."""
    monkeypatch.setenv("LOKALTMOT_PUBLIC_URL", "http://localhost:8000")
    monkeypatch.setenv("LOKALTMOT_DATABASE", f"sqlite:///{tmp_path / 'tool.db'}")
    monkeypatch.setenv("LOKALTMOT_SECRET_FILE", str(tmp_path / "secret"))
    return lambda *words, **more: CliRunner().invoke(lti, list(words), **more)


def _add(run: Run, platform: Platform) -> Result:
    known = platform.registration
    addresses = ("--login-url", known["auth_login_url"], "--token-url", known["auth_token_url"])
    keys = ("--keys-url", known["jwks_url"], "--deployment", "1")
    return run("platform", "add", "--issuer", platform.issuer, "--client-id", platform.client_id, *addresses, *keys)


def test_a_database_of_another_version_is_said_with_the_command_that_mends_it(run: Run) -> None:
    said = run("platform", "list")
    assert (said.exit_code, "lokaltmot lti upgrade" in said.output) == (1, True)
    assert run("upgrade").exit_code == 0
    assert "lokaltmot lti invite" in run("platform", "list").output


def test_a_platform_is_added_once_listed_stopped_and_checked(run: Run) -> None:
    run("upgrade")
    with serving() as web:
        platform = Platform(web=web, client_id="ours")
        assert _add(run, platform).exit_code == 0
        assert "there already" in _add(run, platform).output
        web.answer("/token", b"", 405)
        good = run("doctor")
        assert (good.exit_code, "1 keys that may sign" in good.output) == (0, True)
        assert run("platform", "disable", "1").exit_code == 0
        assert "stopped" in run("platform", "list").output
        web.answer("/jwks/ours", b"<html>")
        bad = run("doctor")
        assert bad.exit_code == 1
        assert "platform enable 1" in bad.output
        assert "jwks_garbled" in bad.output
    assert run("platform", "disable", "9").exit_code == 1


def test_an_invite_is_an_address_that_differs_each_time(run: Run) -> None:
    run("upgrade")
    first, second = run("invite").output, run("invite").output
    assert first.startswith("http://localhost:8000/lti/register/")
    assert first != second


def test_keys_rotate_and_unknown_things_are_said(run: Run) -> None:
    run("upgrade")
    assert run("keys", "rotate").exit_code == 0
    assert run("audit").exit_code == 0
    assert "no line" in run("audit", "ffffffff").output
    assert "nothing about this learner" in run("erase", "--platform", "1", "--sub", "4", "--yes").output
    assert run("purge").output == "0 learners and 0 lines of the trail are removed.\n"


def test_a_setting_that_is_wrong_is_said_without_a_trace(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOKALTMOT_PUBLIC_URL", "http://kurs.example.no")
    said = run("invite")
    assert (said.exit_code, "https://" in said.output) == (1, True)
