"""The commands on real courses: what they print, make and refuse."""

import hashlib
import json
import os
import pty
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from urllib.parse import unquote

import pytest

from lokaltmot_lms.errors.catalogue import CATALOGUE
from lokaltmot_lms.source import read_course

ROOT = Path(__file__).resolve().parents[3]
STARTER = ROOT / "courses" / "eksempel"

NO_RIGHT_ANSWER = """\
---
title: Prøve
id: proeve
version: 1
language: nb
---

# Én side {#en}

::: quiz

## Hvem har plikt? {#plikt}

- ( ) Politiet
- ( ) Alle

Forklaring: Alle har plikt.
:::
"""


@pytest.fixture
def wrong(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A module with one error, in the current folder."""
    (tmp_path / "modul, 1.md").write_text(NO_RIGHT_ANSWER, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return Path("modul, 1.md")


def _the_error(lokaltmot, course: Path) -> dict[str, object]:
    problems = json.loads(lokaltmot("check", course, "--json").out)["problems"]
    return next(problem for problem in problems if problem["severity"] == "error")


def test_check_says_file_line_column_code_what_and_what_to_do(lokaltmot, wrong):
    error = _the_error(lokaltmot, wrong)
    said = lokaltmot("check", wrong)
    place = f"modul, 1.md:{error['line']}:{error['column']}: {error['code']}:"
    assert said.code == 1
    assert f"{place} {error['message']} {error['hint']}" in said.out.splitlines()
    assert (error["line"], "right answer" in error["message"]) == (12, True)


def test_check_speaks_norwegian_with_the_same_code(lokaltmot, wrong):
    code = _the_error(lokaltmot, wrong)["code"]
    said = lokaltmot("sjekk", wrong, "--lang", "nb")
    assert f"{code}: " in said.out
    assert said.last.startswith("1 feil.")


def test_check_annotates_a_pull_request(lokaltmot, wrong):
    error = _the_error(lokaltmot, wrong)
    lines = lokaltmot("check", wrong, "--format", "github").out.splitlines()
    # The comma of the file name is escaped, as docs.github.com asks of a property.
    head = f"::error file=modul%2C 1.md,line={error['line']},col={error['column']},title={error['code']}::"
    assert any(line.startswith(head) for line in lines)


def test_check_writes_sarif(lokaltmot, wrong):
    error = _the_error(lokaltmot, wrong)
    log = json.loads(lokaltmot("check", wrong, "--format", "sarif").out)
    assert log["version"] == "2.1.0"
    run = log["runs"][0]
    result = next(result for result in run["results"] if result["ruleId"] == error["code"])
    assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == error["code"]
    location = result["locations"][0]["physicalLocation"]
    assert unquote(location["artifactLocation"]["uri"]) == "modul, 1.md"
    assert " " not in location["artifactLocation"]["uri"]
    assert location["region"]["startLine"] == error["line"]
    assert result["level"] in {"error", "warning", "note", "none"}


def test_a_good_course_ends_with_0_and_a_sentence(lokaltmot):
    said = lokaltmot("check", STARTER)
    assert said.code == 0


def test_strict_lets_a_warning_fail(lokaltmot, wrong):
    heavy = "Myndighetenes beredskapsforpliktelser forutsetter tverrfaglig samarbeidskompetanse " * 12
    text = NO_RIGHT_ANSWER.replace("- ( ) Alle", "- (x) Alle").replace("::: quiz", f"{heavy.strip()}.\n\n::: quiz")
    wrong.write_text(text, encoding="utf-8")
    severities = {problem["severity"] for problem in json.loads(lokaltmot("check", wrong, "--json").out)["problems"]}
    assert "error" not in severities
    assert "warning" in severities
    assert lokaltmot("check", wrong).code == 0
    assert lokaltmot("check", wrong, "--strict").code == 1


def test_a_terminal_gets_the_source_line_with_a_caret_and_no_color_takes_the_colour(wrong):
    plain = _on_a_terminal(["check", str(wrong)], NO_COLOR="1")
    coloured = _on_a_terminal(["check", str(wrong)])
    lines = plain.splitlines()
    shown = next(index for index, line in enumerate(lines) if "12 | ## Hvem har plikt?" in line)
    assert lines[shown + 1].rstrip().endswith("^")
    assert "\x1b" not in plain
    assert "\x1b[" in coloured


def _on_a_terminal(arguments: list[str], **variables: str) -> str:
    ours, theirs = pty.openpty()
    environment = {name: value for name, value in os.environ.items() if name != "NO_COLOR"}
    subprocess.run(
        [sys.executable, "-m", "lokaltmot_lms", *arguments],
        stdout=theirs,
        stderr=theirs,
        env={**environment, "LANGUAGE": "en", "TERM": "xterm", **variables},
        check=False,
    )
    os.close(theirs)
    text = b""
    try:
        while part := os.read(ours, 65536):
            text += part
    except OSError:  # Linux says EIO at the end of a terminal
        pass
    os.close(ours)
    return text.decode()


def test_build_lists_what_it_made_with_sums_and_makes_the_same_again(lokaltmot, tmp_path):
    arguments = ("build", STARTER, "--target", "scorm12", "--target", "scorm2004", "--out", tmp_path, "--json")
    first, second = (json.loads(lokaltmot(*arguments).out)["files"] for _ in range(2))
    assert [file["kind"] for file in first] == ["package", "key", "key", "sheet"] * 2
    assert first == second
    for file in first:
        content = Path(file["path"]).read_bytes()
        assert (hashlib.sha256(content).hexdigest(), len(content)) == (file["sha256"], file["size"])


def test_build_ends_with_what_to_do_next(lokaltmot, tmp_path):
    said = lokaltmot("build", STARTER, "--out", tmp_path / "ut", "--lang", "nb", "--for", "moodle")
    assert said.code == 0
    assert said.last.startswith("1 pakke i ")
    assert "-install.html" in said.last


def test_nothing_is_built_from_a_course_with_errors(lokaltmot, wrong):
    said = lokaltmot("build", wrong, "--out", "ut")
    assert said.code == 1
    assert "was not built" in said.last
    assert not Path("ut").exists()


def test_build_makes_one_module_when_asked_and_names_those_there_are(lokaltmot, tmp_path):
    said = lokaltmot("build", ROOT / "courses" / "lokalt-mot", "--module", "nowhere", "--out", tmp_path)
    assert said.code == 2
    assert "negativ-sosial-kontroll" in said.last


def test_build_writes_ids_lock_from_review_on_and_not_for_a_draft(lokaltmot, tmp_path):
    course = tmp_path / "kurs"
    lokaltmot("new", course)
    lokaltmot("build", course, "--out", tmp_path / "ut")
    assert not (course / "ids.lock").exists()

    settings = course / "course.yaml"
    settings.write_text(settings.read_text(encoding="utf-8").replace("status: utkast", "status: til-kontroll"), "utf-8")
    assert lokaltmot("build", course, "--out", tmp_path / "ut", "--no-lock").code == 0
    assert not (course / "ids.lock").exists()
    assert lokaltmot("build", course, "--out", tmp_path / "ut").code == 0
    assert "apne" in (course / "ids.lock").read_text(encoding="utf-8")


def test_build_says_so_when_it_may_not_write(lokaltmot, tmp_path):
    (tmp_path / "ut").write_text("a file", encoding="utf-8")
    said = lokaltmot("build", STARTER, "--out", tmp_path / "ut" / "below")
    assert said.code in {1, 2}
    assert "Traceback" not in said.err
    assert (tmp_path / "ut").read_text(encoding="utf-8") == "a file"


def test_new_refuses_a_folder_that_holds_something(lokaltmot, tmp_path):
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    said = lokaltmot("new", tmp_path)
    assert said.code == 2
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_new_copies_the_example_whole(lokaltmot, tmp_path):
    said = lokaltmot("new", tmp_path / "kurs", "--json")
    copied = {Path(name).relative_to(tmp_path / "kurs").as_posix() for name in json.loads(said.out)["files"]}
    assert copied == {path.relative_to(STARTER).as_posix() for path in STARTER.rglob("*") if path.is_file()}
    said = lokaltmot("check", tmp_path / "kurs", "--strict")
    assert (said.code, "LM146" in said.out) == (0, False), said.out


@pytest.mark.parametrize(
    "name", ["kurs", "Trygg på jobben – Bærum kommunes introduksjon", "eksempel", "en-trygg-samtale", "ቋንቋ"]
)
def test_new_gives_the_course_and_its_modules_ids_of_their_own(lokaltmot, tmp_path, name):
    lokaltmot("new", tmp_path / name)
    example, made = read_course(STARTER).course, read_course(tmp_path / name)
    assert not made.problems
    ids = {made.course.id, *(module.id for module in made.course.modules)}
    assert len(ids) == 1 + len(made.course.modules)
    assert ids.isdisjoint({example.id, *(module.id for module in example.modules)})
    for path in STARTER.rglob("*.*"):
        lines = zip(
            path.read_bytes().split(b"\n"),
            (tmp_path / name / path.relative_to(STARTER)).read_bytes().split(b"\n"),
            strict=True,
        )
        changed = [(old, new) for old, new in lines if old != new]
        assert all(old.startswith(b"id: ") and new.startswith(b"id: ") for old, new in changed)


def test_a_copy_made_by_hand_is_told_to_take_other_ids(lokaltmot, tmp_path):
    course = shutil.copytree(STARTER, tmp_path / "kopi")
    found = json.loads(lokaltmot("check", course, "--json").out)["problems"]
    lines = [
        (Path(problem["path"]).name, problem["line"], problem["column"])
        for problem in found
        if problem["code"] == "LM146"
    ]
    assert lines == [("01-en-trygg-samtale.md", 4, 5), ("course.yaml", 4, 5)]
    assert "LM146" not in lokaltmot("check", STARTER).out


@pytest.mark.parametrize("code", CATALOGUE)
def test_every_code_is_explained(lokaltmot, code):
    said = lokaltmot("explain", code.lower())
    assert said.code == 0
    assert said.out.startswith(f"{code}: ")
    assert CATALOGUE[code].hint in said.out


def test_facts_come_with_what_is_due_first_and_where_they_are_used(lokaltmot):
    facts = json.loads(lokaltmot("facts", STARTER, "--json").out)["facts"]
    assert {fact["key"] for fact in facts} == {"nodnummer-politi", "alarmtelefonen"}
    days = [fact["daysLeft"] for fact in facts]
    assert days == sorted(days)
    uses = {use["kind"] for fact in facts for use in fact["uses"]}
    assert "help-line" in uses
    assert json.loads(lokaltmot("facts", STARTER, "--due", "0d", "--json").out)["facts"] == []


@pytest.mark.parametrize("days", ["60 weeks", "-3", "soon"])
def test_facts_refuses_what_is_no_number_of_days(lokaltmot, days):
    assert lokaltmot("facts", STARTER, f"--due={days}").code == 2


def test_key_prints_what_the_key_file_holds(lokaltmot, tmp_path):
    files = json.loads(lokaltmot("build", STARTER, "--out", tmp_path, "--json").out)["files"]
    key = next(Path(file["path"]) for file in files if file["path"].endswith("-key.json"))
    printed = json.loads(lokaltmot("key", STARTER, "--json").out)["modules"]
    assert printed == [json.loads(key.read_text(encoding="utf-8"))]
    assert "hvor (single)" in lokaltmot("fasit", STARTER).out


def test_inspect_judges_our_package_and_a_broken_one(lokaltmot, tmp_path):
    files = json.loads(lokaltmot("build", STARTER, "--out", tmp_path, "--json").out)["files"]
    package = Path(files[0]["path"])
    assert lokaltmot("inspect", package).code == 0
    broken = tmp_path / "broken.zip"
    with zipfile.ZipFile(package) as source, zipfile.ZipFile(broken, "w") as target:
        for name in source.namelist():
            if name != "index.html":
                target.writestr(name, source.read(name))
    said = lokaltmot("inspect", broken, "--json")
    assert said.code == 1
    assert json.loads(said.out)["good"] is False


def test_try_says_what_is_wrong_with_what_is_no_package(lokaltmot, tmp_path):
    (tmp_path / "no.zip").write_text("no", encoding="utf-8")
    said = lokaltmot("try", tmp_path / "no.zip")
    assert said.code == 1
    assert "no.zip" in said.last


def test_try_says_so_when_there_is_no_browser(lokaltmot, tmp_path, monkeypatch):
    files = json.loads(lokaltmot("build", STARTER, "--out", tmp_path, "--json").out)["files"]
    monkeypatch.setenv("CHROMIUM", str(tmp_path / "none"))
    said = lokaltmot("try", files[0]["path"])
    assert said.code == 2
    assert "CHROMIUM" in said.last


def test_doctor_names_every_part_with_its_repair(lokaltmot, monkeypatch, tmp_path):
    monkeypatch.setenv("CHROMIUM", str(tmp_path / "none"))
    findings = {finding["name"]: finding for finding in json.loads(lokaltmot("doctor", "--json").out)["findings"]}
    assert {"lokaltmot", "Python", "templates", "write access", "browser", "Playwright", "Node"} == set(findings)
    assert findings["Python"]["ok"]
    assert not findings["browser"]["ok"]
    assert "CHROMIUM" in findings["browser"]["repair"]
    assert lokaltmot("lege").code == 0


def test_ctrl_c_ends_a_preview_without_a_trace(tmp_path):
    course = tmp_path / "kurs"
    subprocess.run([sys.executable, "-m", "lokaltmot_lms", "new", course], check=True, capture_output=True)
    server = subprocess.Popen(
        [sys.executable, "-m", "lokaltmot_lms", "preview", course, "--json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert server.stdout.readline() == "{\n"  # it serves now
    server.send_signal(2)
    _, errors = server.communicate(timeout=120)
    assert "Traceback" not in errors
    assert server.returncode in {0, 130}
