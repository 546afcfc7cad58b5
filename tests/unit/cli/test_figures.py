"""What `check` reports besides problems, and that notes never hide a problem."""

import json
import re
from pathlib import Path

import pytest

from .conftest import Lokaltmot

COURSE = """\
---
title: Kurs
id: kurs
version: "1"
language: nb
---

# Side {#side}

{{local.contact}} {{local.police}}

"""
PROSE = (
    "Kommunen hjelper familier som trenger støtte og råd i en vanskelig tid hjemme. "
    "Skolen og helsesykepleieren snakker sammen når noen er redd og ikke vet veien.\n"
)


@pytest.fixture
def course(tmp_path: Path) -> Path:
    file = tmp_path / "kurs.md"
    file.write_text(COURSE + "\n".join([PROSE] * 4), encoding="utf-8")
    return file


def test_json_holds_the_figures_of_each_page(lokaltmot: Lokaltmot, course: Path) -> None:
    answer = json.loads(lokaltmot("check", course, "--json").out)
    (page,) = answer["pages"]
    assert (page["module"], page["language"], page["page"]) == ("kurs", "nb", "side")
    assert page["words"] > 100
    assert isinstance(page["lix"], int)
    assert (page["pictures"], page["films"]) == (0, 0)
    assert answer["missingLocal"] == ["contact", "police"]


def test_a_local_layer_is_asked_only_for_what_the_course_uses(lokaltmot: Lokaltmot, course: Path) -> None:
    local = course.parent / "local.yaml"
    local.write_text("kontakt: Ring Kari.\n", encoding="utf-8")
    said = lokaltmot("check", course, "--local", local)
    assert "can fill in (--local): police." in said.out
    assert re.search(r"^LIX kurs \(nb\): side \d+$", said.out, re.MULTILINE)


def test_notes_come_last_and_build_only_counts_them(lokaltmot: Lokaltmot, course: Path, tmp_path: Path) -> None:
    facts = tmp_path / "kurs"
    facts.mkdir()
    (facts / "course.yaml").write_text("title: Kurs\nid: kurs\nmodules: [kurs.md]\n", encoding="utf-8")
    fact = 'number: {text: "116 111", source: Plan, source-date: 2025-05-22, confidence: A}\n'
    (facts / "facts.yaml").write_text(fact, encoding="utf-8")
    picture = "![Noe](media/x.svg)\n"
    (facts / "kurs.md").write_text(course.read_text(encoding="utf-8") + picture, encoding="utf-8")
    marks = re.findall(r"\[(\w+)\]$", lokaltmot("check", facts).out, re.MULTILINE)
    assert marks == sorted(marks, key=lambda mark: mark == "note")
    assert "note" in marks
    (facts / "kurs.md").write_text(course.read_text(encoding="utf-8"), encoding="utf-8")
    said = lokaltmot("build", facts, "--out", tmp_path / "out")
    assert said.code == 0, said.err
    assert "[note]" not in said.err
    assert re.search(r"\d+ notes?\. Read (it|them) with: lokaltmot check", said.err)
