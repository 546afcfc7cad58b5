"""Runs the command line in the test's process, as `lokaltmot` would."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from lokaltmot_lms.cli.run import run


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """The exit code and the output of a command. last: the last line that is shown."""

    code: int
    out: str
    err: str

    @property
    def last(self) -> str:
        return (self.out + self.err).rstrip().splitlines()[-1]


Lokaltmot = Callable[..., Said]


@pytest.fixture
def lokaltmot(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Lokaltmot:
    monkeypatch.setenv("LANGUAGE", "en")  # restored afterwards: a run sets it for Click

    def call(*arguments: object) -> Said:
        code = run([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        return Said(code=code, out=captured.out, err=captured.err)

    return call
