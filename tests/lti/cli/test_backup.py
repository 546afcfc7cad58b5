"""`lti backup` and `lti restore`: what they say, and that they ask before they delete."""

from pathlib import Path

import pytest

from .conftest import Lti


def test_the_commands_report_what_is_missing_and_ask_before_deleting(
    lti: Lti, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = tmp_path / "copy"
    assert "lokaltmot lti upgrade" in lti("backup", copy).err
    lti("upgrade")
    lti("keys", "rotate")
    said = lti("backup", copy)
    assert (said.code, str(tmp_path / "secret") in said.out) == (0, True)
    assert "already exists" in lti("backup", copy).err
    assert "--replace" in lti("restore", copy).err
    monkeypatch.setattr("click.termui.visible_prompt_func", lambda _: "n")
    assert lti("restore", copy, "--replace").code != 0
    monkeypatch.setattr("click.termui.visible_prompt_func", lambda _: "y")
    assert lti("restore", copy, "--replace").code == 0
    assert '"rows"' in lti("restore", copy, "--replace", "--yes", "--json").out
    missing = lti("restore", tmp_path / "none")
    assert (missing.code, "does not exist" in missing.err) == (2, True)
