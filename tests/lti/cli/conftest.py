"""Runs `lokaltmot lti …` in the test's process, with its own database."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import Engine

from lokaltmot_lms.cli.run import run
from lti_app.settings import read_settings
from lti_app.store.engine import open_engine

from ..platform import Platform


@dataclass(frozen=True)
class Said:
    """The exit code and the output of a command."""

    code: int
    out: str
    err: str


Lti = Callable[..., Said]


@pytest.fixture
def lti(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Lti:
    monkeypatch.setenv("LOKALTMOT_PUBLIC_URL", "http://localhost:8000")
    monkeypatch.setenv("LOKALTMOT_DATABASE", f"sqlite:///{tmp_path / 'tool.db'}")
    monkeypatch.setenv("LOKALTMOT_SECRET_FILE", str(tmp_path / "secret"))
    monkeypatch.setenv("LOKALTMOT_MODULES", str(tmp_path))

    def call(*words: object) -> Said:
        monkeypatch.setenv("LANGUAGE", "en")  # a run sets it for Click
        code = run(["lti", *(str(word) for word in words)])
        captured = capsys.readouterr()
        return Said(code=code, out=captured.out, err=captured.err)

    return call


@contextmanager
def database() -> Iterator[Engine]:
    """The database of the commands."""
    engine = open_engine(read_settings().database)
    try:
        yield engine
    finally:
        engine.dispose()


def add(lti: Lti, platform: Platform, *more: str) -> Said:
    """Add a platform by hand, with deployment 1."""
    known = platform.registration
    addresses = ("--login-url", known["auth_login_url"], "--token-url", known["auth_token_url"])
    keys = ("--keys-url", known["jwks_url"], "--deployment", "1")
    own = ("--issuer", platform.issuer, "--client-id", platform.client_id)
    return lti("platform", "add", *own, *addresses, *keys, *more)
