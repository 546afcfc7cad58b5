"""`lokaltmot import`: what it prints, writes and refuses."""

import json
from pathlib import Path

import pytest

from .conftest import Lokaltmot

FILES = Path(__file__).parents[2] / "imports"


def test_it_makes_a_folder_and_says_what_is_left_to_do(
    lokaltmot: Lokaltmot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    said = lokaltmot("import", FILES / "moodle.xml")
    assert said.code == 0
    assert "LM620" in said.out
    assert "Made moodle: 1 module, 1 page, 7 questions, 1 image or video." in said.out
    assert said.last == "Next: lokaltmot check moodle"
    report = Path("moodle/import-report.md").read_text(encoding="utf-8")
    assert report.startswith("# Import of `moodle.xml`\n")
    assert "## To do" in report
    assert "LM440" in report  # feedback that is missing is work to do, not hidden
    check = lokaltmot("check", "moodle")
    assert "“TODO” was left in the text" in check.out
    assert {line.split()[1].rstrip(":") for line in check.out.splitlines() if ": LM" in line} <= {
        "LM159", "LM301", "LM403", "LM415", "LM416", "LM440", "LM404", "LM441",
    }  # fmt: skip


def test_the_norwegian_name_speaks_norwegian(lokaltmot: Lokaltmot, tmp_path: Path) -> None:
    said = lokaltmot("les", FILES / "moodle.gift", "--out", tmp_path / "kurs", "--lang", "nn")
    assert said.code == 0
    assert "Laga" in said.out
    assert "## Dette må du gjere" in (tmp_path / "kurs" / "import-report.md").read_text(encoding="utf-8")


def test_a_program_gets_counts_and_both_lists(lokaltmot: Lokaltmot, tmp_path: Path) -> None:
    said = lokaltmot("import", FILES / "moodle.xml", "--out", tmp_path / "kurs", "--json")
    answer = json.loads(said.out)
    assert (answer["format"], answer["modules"], answer["pages"], answer["media"]) == ("moodlexml", 1, 1, 1)
    assert answer["questions"] == {
        "gaps": 2, "matching": 1, "numeric": 1, "ordering": 1, "single": 1, "truefalse": 1,
    }  # fmt: skip
    assert set(answer["files"]) == {
        path.relative_to(tmp_path / "kurs").as_posix() for path in (tmp_path / "kurs").rglob("*") if path.is_file()
    }
    assert "LM620" in {problem["code"] for problem in answer["problems"]}
    assert "LM440" in {problem["code"] for problem in answer["check"]}


def test_a_folder_that_exists_is_not_touched(lokaltmot: Lokaltmot, tmp_path: Path) -> None:
    (tmp_path / "kurs").mkdir()
    said = lokaltmot("import", FILES / "moodle.xml", "--out", tmp_path / "kurs")
    assert said.code == 2
    assert list((tmp_path / "kurs").iterdir()) == []


def test_a_file_that_is_refused_leaves_nothing_behind(lokaltmot: Lokaltmot, tmp_path: Path) -> None:
    file = tmp_path / "x.gift"
    file.write_bytes("::Grøt::Hva er grøt? {=mat}".encode("latin-1"))
    said = lokaltmot("import", file, "--out", tmp_path / "kurs")
    assert said.code == 1
    assert "LM603" in said.err
    assert [path.name for path in tmp_path.iterdir()] == ["x.gift"]


def test_the_language_is_said_and_can_be_chosen(lokaltmot: Lokaltmot, tmp_path: Path) -> None:
    said = lokaltmot("import", FILES / "moodle.gift", "--out", tmp_path / "gjettet")
    assert "Language: Norwegian Bokmål, guessed from the text. Change it with --language." in said.out
    report = (tmp_path / "gjettet" / "import-report.md").read_text(encoding="utf-8")
    assert "- Language: Norwegian Bokmål, guessed from the text. Change it with --language." in report

    chosen = lokaltmot("import", FILES / "moodle.gift", "--out", tmp_path / "valgt", "--language", "nn", "--json")
    answer = json.loads(chosen.out)
    assert (answer["language"], answer["language_basis"]) == ("nn", "chosen")
    assert "nn" in (tmp_path / "valgt" / "course.yaml").read_text(encoding="utf-8")


def test_a_language_that_is_no_code_is_refused(lokaltmot: Lokaltmot, tmp_path: Path) -> None:
    said = lokaltmot("import", FILES / "moodle.gift", "--out", tmp_path / "kurs", "--language", "norsk bokmål")
    assert said.code == 2
    assert "Write a code such as nb, nn or en." in said.err
    assert not (tmp_path / "kurs").exists()
