"""Our own packages, built from the courses of this repository, in the strict LMS: every scenario of `try` is green."""

from dataclasses import replace
from pathlib import Path

import pytest

from lokaltmot_lms.build import build_course
from lokaltmot_lms.source import read_course
from lokaltmot_lms.targets import BuildOptions

COURSES = Path(__file__).parents[2] / "courses"
TARGETS = (("scorm12", "generic"), ("scorm12", "moodle"), ("scorm2004", "generic"), ("cmi5", "generic"))
# Each takes a minute: every kind of package of the example, one of the real course; all the others before a release.
CASES = (
    *(("eksempel", 0, *target) for target in TARGETS),
    ("lokalt-mot", 0, *TARGETS[0]),
    *(
        pytest.param("lokalt-mot", number, *target, marks=pytest.mark.heavy)
        for number in range(6)
        for target in TARGETS
        if (number, target) != (0, TARGETS[0])
    ),
)


@pytest.mark.parametrize(("course", "number", "target", "preset"), CASES)
def test_a_package_plays_as_it_should(
    try_package, tmp_path: Path, course: str, number: int, target: str, preset: str
) -> None:
    read = read_course(COURSES / course).course
    assert read is not None
    one = replace(read, modules=(read.modules[number],))
    made = list(build_course(one, targets=[target], out=tmp_path, options=BuildOptions(preset=preset)))

    verdict = try_package(made[0].path)

    assert verdict.ours
    assert verdict.is_good, "\n".join(verdict.lines(trace=True))
    right = next(run for run in verdict.runs if run.title == "everything read and answered correctly")
    assert right.figures["at launch"] <= 8
    assert right.figures["at a page turn"] <= 3
    assert right.figures["on leaving"] == (1 if target == "cmi5" else 4)
