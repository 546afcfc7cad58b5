"""Every package that we build is good without a remark, whatever schema files are at hand."""

from pathlib import Path

import pytest

from lokaltmot_lms.build import build_course
from lokaltmot_lms.inspect import PackageVerdict, inspect_package, schema
from lokaltmot_lms.source import read_course
from lokaltmot_lms.targets.base import BuildOptions

_COURSE = Path(__file__).parents[3] / "courses" / "eksempel"


@pytest.mark.parametrize("target", ["scorm12", "scorm2004", "cmi5", "cc", "canvas"])
def test_our_packages_are_good_without_remarks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, target: str) -> None:
    course = read_course(_COURSE).course
    assert course is not None
    made = build_course(course, targets=[target], out=tmp_path, options=BuildOptions())
    packages = [each.path for each in made if each.kind == "package"]
    assert packages

    verdicts = [inspect_package(path).verdict for path in packages]
    monkeypatch.setattr(schema, "_folders", lambda _: ())
    verdicts += [inspect_package(path).verdict for path in packages]

    assert set(verdicts) == {PackageVerdict.GOOD}
