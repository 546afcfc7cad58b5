"""Third-party packages and examples of the standards, with the results of ADL's checker and the schemas."""

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from lokaltmot_lms.inspect import Inspection, PackageVerdict, inspect_package, schema

_SAMPLES = Path(__file__).resolve().parents[4] / "shared" / "samples"
_XML = sorted((_SAMPLES / "xml").glob("*.xml"))
_CATAPULT = sorted((_SAMPLES / "cmi5_catapult").glob("*.xml"))

pytestmark = pytest.mark.skipif(not _SAMPLES.is_dir(), reason="the samples lie in ../shared, which is not here")


@pytest.fixture(scope="session")
def expected() -> dict[str, Any]:
    return dict(json.loads((_SAMPLES / "expected.json").read_text(encoding="utf-8")))


def _as_given(path: Path, folder: Path) -> Inspection:
    """Inspect a course structure as intended: `NAME__cmi5.xml` was in a zip with an index.html."""
    if not path.name.endswith("__cmi5.xml"):
        return inspect_package(path)
    with zipfile.ZipFile(folder / "a.zip", "w") as archive:
        archive.write(path, "cmi5.xml")
        archive.writestr("index.html", "x")
    return inspect_package(folder / "a.zip")


# What no platform refuses: only the schema of the standard does, so the finding is a note.
_LETTER_ONLY = {
    "cc11_topic_bad.xml",
    "lti_link_bad_order.xml",
    "qti12_cc_bad_rcardinality.xml",
    "scorm12_bad_no_metadata_version_order.xml",
    "scorm12_bad_timelimitaction.xml",
    "scorm2004_3rd_bad_4th_edition_threshold.xml",
    "scorm2004_4th_bad_lom_status.xml",
    "scorm2004_4th_bad_sequencing_before_title.xml",
}
# What ADL's checker refuses, and Moodle takes.
_ADL_ONLY = {"baddefault.zip", "nofile.zip", "noident.zip", "parentnolaunch.zip"}


@pytest.mark.parametrize("path", _XML, ids=lambda path: path.stem)
def test_handwritten_xml_gets_the_result_in_its_name(path: Path, expected: dict[str, Any]) -> None:
    found = inspect_package(path)
    codes = {problem.code for problem in found.problems}

    if "_good" in path.name:
        # The good cmi5 structure belongs in a zip: on its own, its relative URL violates 14.2.0.0-1.
        assert codes == ({"LM561"} if path.name == "cmi5_good.xml" else set())
    else:
        assert found.is_good is (path.name in _LETTER_ONLY)
        is_blind = path.name in expected["xml: pass the schema though wrong"] or path.name.startswith("canvas_")
        assert ("LM533" in codes) is not is_blind


@pytest.mark.parametrize("path", [*_XML, *_CATAPULT], ids=lambda path: path.stem)
def test_the_verdict_does_not_depend_on_schema_files(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_schemas = _as_given(path, tmp_path)
    monkeypatch.setattr(schema, "_folders", lambda _: ())
    without = _as_given(path, tmp_path)

    assert without.verdict == with_schemas.verdict
    about_schemas = {"LM532", "LM533"}
    told, told_without = (
        [problem.text() for problem in found.problems if problem.code not in about_schemas]
        for found in (with_schemas, without)
    )
    assert told == told_without


@pytest.mark.parametrize("path", sorted((_SAMPLES / "scorm2004_zip").glob("*.zip")), ids=lambda path: path.stem)
def test_scorm2004_packages_get_the_result_of_adls_checker(path: Path, expected: dict[str, Any]) -> None:
    found = inspect_package(path)

    if path.name == "noxsd.zip":  # ADL refuses it; ordinary platforms never look at the files
        assert [problem.code for problem in found.problems] == ["LM545"]
    elif path.name in _ADL_ONLY:
        assert found.verdict is PackageVerdict.WITH_REMARKS
    else:
        assert found.is_good is (path.name not in expected["scorm2004_zip: ADL checker fails"]), [
            problem.text() for problem in found.problems
        ]


@pytest.mark.parametrize("path", _CATAPULT, ids=lambda path: path.stem)
def test_cmi5_structures_get_the_result_of_adls_test_suite(
    path: Path, tmp_path: Path, expected: dict[str, Any]
) -> None:
    found = _as_given(path, tmp_path)
    numbers = expected["cmi5_catapult: requirement broken (numbers of schemas/cmi5/cmi5-requirements.json)"]
    broken = [number for start, number in numbers.items() if path.name.startswith(f"{start}-")]

    assert found.is_good is not bool(broken), [problem.text() for problem in found.problems]
    for number in broken:
        assert f"(cmi5 {number})" in " ".join(problem.message() for problem in found.problems)


def test_the_canvas_cartridge_is_good() -> None:
    assert inspect_package(_SAMPLES / "canvas_cartridge" / "lokaltmot_sample.imscc").problems == ()


def test_question_files_are_validated_against_the_cartridge_profile() -> None:
    assert inspect_package(_SAMPLES / "qti12_canvas" / "cc_profile_all_types.xml").problems == ()
    canvas = inspect_package(_SAMPLES / "qti12_canvas" / "canvas_all_types.xml")
    assert {problem.code for problem in canvas.problems} == {"LM533"}
