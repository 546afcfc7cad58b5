"""The frame round the commands: names, languages, exit codes, and what a person sees when something breaks."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from lokaltmot_lms import __version__
from lokaltmot_lms.cli import explain
from lokaltmot_lms.cli.group import COMMANDS, GROUP

ENGLISH_AND_NORWEGIAN = [(name, row[0]) for name, row in COMMANDS.items()]


@pytest.mark.parametrize(("english", "norwegian"), ENGLISH_AND_NORWEGIAN)
def test_a_command_answers_to_both_its_names(lokaltmot, english, norwegian):
    assert GROUP.get_command(None, norwegian) is GROUP.get_command(None, english)
    assert lokaltmot(norwegian, "--help").code == 0


@pytest.mark.parametrize(("typed", "english"), [("prøv", "try"), ("prov", "try"), ("undersok", "inspect")])
def test_a_name_may_be_typed_on_any_keyboard(typed, english):
    assert GROUP.get_command(None, typed) is GROUP.get_command(None, english)


@pytest.mark.parametrize("english", COMMANDS)
def test_every_command_has_json_help_in_three_languages(lokaltmot, english):
    helps = {code: lokaltmot(english, "--help", "--lang", code).out for code in ("en", "nb", "nn")}
    assert all("--json" in text and "--debug" in text for text in helps.values())
    assert len(set(helps.values())) == 3


def test_the_language_is_that_of_the_locale(lokaltmot, monkeypatch):
    monkeypatch.setenv("LANGUAGE", "nn_NO.UTF-8")
    assert "Bruk:" in lokaltmot("--help").out
    monkeypatch.setenv("LANGUAGE", "fr")
    assert "Usage:" in lokaltmot("--help").out


def test_version(lokaltmot):
    assert lokaltmot("--version").out == f"lokaltmot {__version__}\n"


@pytest.mark.parametrize(
    "arguments", [["expain"], ["explain", "--nonsense"], ["explain", "LM000"], ["check", "nowhere"]]
)
def test_a_wrong_command_ends_with_2_and_says_why_on_the_last_line(lokaltmot, arguments):
    said = lokaltmot(*arguments)
    assert (said.code, said.out) == (2, "")
    assert said.last.startswith("Error: ")


def test_a_misspelt_command_is_guessed_in_norwegian_too(lokaltmot):
    assert "sjekk" in lokaltmot("sjek").last


def test_a_fault_of_ours_is_a_sentence_and_its_own_exit_code(lokaltmot, monkeypatch):
    monkeypatch.setattr(explain, "CATALOGUE", None)
    said = lokaltmot("explain")
    assert said.code == 70
    assert "Traceback" not in said.err
    assert "--debug" in said.last
    with pytest.raises(AttributeError):
        lokaltmot("explain", "--debug")


def test_what_the_machine_refuses_is_not_called_our_fault(lokaltmot, tmp_path: Path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    said = lokaltmot("new", tmp_path / "file" / "course")
    assert said.code == 2
    assert said.last.startswith(str(tmp_path / "file"))


def test_a_closed_pipe_is_quiet():
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as pipe:
        command = [sys.executable, "-m", "lokaltmot_lms", "explain"]
        done = subprocess.run(command, stdout=pipe, stderr=subprocess.PIPE, check=False)
    assert (done.returncode, done.stderr) == (141, b"")


def test_colour_is_for_terminals_and_no_color_is_heeded(lokaltmot):
    assert "\x1b" not in lokaltmot("explain", "LM301").out


def test_starting_imports_the_one_command_and_no_more():
    code = "import sys; from lokaltmot_lms.cli.run import run; run(['explain', 'LM301']); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = done.stdout.splitlines()[-1].split()
    heavy = {"lxml", "jinja2", "markdown_it", "ruamel.yaml", "nh3", "babel", "asyncio", "http.server"}
    assert heavy.isdisjoint(loaded)
    commands = {name for name in loaded if name.startswith("lokaltmot_lms.cli.")}
    ours = {f"lokaltmot_lms.cli.{row[1]}" for row in COMMANDS.values()}
    assert commands & ours == {"lokaltmot_lms.cli.explain"}


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_is_offered(shell):
    done = subprocess.run(
        [sys.executable, "-c", "from lokaltmot_lms.__main__ import main; main()"],
        env={"_LOKALTMOT_COMPLETE": f"{shell}_source", "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0
    assert "lokaltmot" in done.stdout
