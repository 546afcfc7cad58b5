"""The second reader's checklist holds every fact of the register, and is up to date."""

import subprocess
import sys
from pathlib import Path

from lokaltmot_lms.source import read_course

ROOT = Path(__file__).parents[2]


def test_the_checklist_is_what_the_register_says_now() -> None:
    done = subprocess.run(
        [sys.executable, ROOT / "scripts" / "editorial_checklist.py", "--check"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_the_checklist_names_every_fact_with_a_box() -> None:
    course = read_course(ROOT / "courses" / "lokalt-mot").course
    assert course is not None
    page = (ROOT / "docs" / "redaksjon.md").read_text(encoding="utf-8")
    boxes = [line for line in page.splitlines() if line.startswith(("- [ ] **", "- [x] **"))]
    assert [key for key in course.facts if not any(f"] **{key}**" in line for line in boxes)] == []
    unsure = sum(fact.confidence == "C" and not fact.verified_by for fact in course.facts.values())
    assert f"{len(course.facts)} fakta, {unsure} av dem merket C." in page
