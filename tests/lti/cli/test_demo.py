"""`lti demo` beside a tool that others can reach."""

import pytest

from .conftest import Lti


def test_the_demo_refuses_a_public_address(lti: Lti, monkeypatch: pytest.MonkeyPatch) -> None:
    for address in ("https://kurs.example.no", "no address"):
        monkeypatch.setenv("LOKALTMOT_PUBLIC_URL", address)
        said = lti("demo")
        assert (said.code, address in said.err) == (2, True)
