"""Our own packages, built from the courses of this repository, in the strict LMS: every scenario of `try` is green."""

from pathlib import Path

import pytest

from lokaltmot_lms.build import build_course
from lokaltmot_lms.source import read_course
from lokaltmot_lms.targets import Options
from lokaltmot_lms.trial import try_package

COURSES = Path(__file__).parents[2] / "courses"
PACKAGES = [
    (course, target, preset)
    for course in ("eksempel", "lokalt-mot")
    for target, preset in (("scorm12", "generic"), ("scorm12", "moodle"), ("scorm2004", "generic"))
]


@pytest.mark.parametrize(("course", "target", "preset"), PACKAGES)
def test_a_package_plays_as_it_should(tmp_path: Path, course: str, target: str, preset: str) -> None:
    read = read_course(COURSES / course).course
    assert read is not None
    made = build_course(read, targets=[target], out=tmp_path, options=Options(preset=preset))
    for package in [artifact.path for artifact in made if artifact.path.suffix == ".zip"]:
        verdict = try_package(package)
        assert verdict.ours
        assert verdict.is_good, "\n".join(verdict.lines(trace=True))
        right = next(run for run in verdict.runs if run.title == "everything read and answered right")
        assert right.figures["at launch"] <= 8
        assert right.figures["at a page turn"] <= 3
        assert right.figures["on leaving"] == 4
