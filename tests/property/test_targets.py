"""Whatever the course, every target builds it: valid, whole, with ids of its own, and the same bytes twice."""

import zipfile
from collections import Counter
from pathlib import Path
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from lokaltmot_lms.errors import CourseError
from lokaltmot_lms.inspect import inspect_package
from lokaltmot_lms.model import Course, Media
from lokaltmot_lms.questions import QUESTION_TYPES
from lokaltmot_lms.targets import TARGETS, BuildOptions, Target
from lokaltmot_lms.targets.archive import write_zip
from lokaltmot_lms.targets.keys import key_csv, key_json
from lokaltmot_lms.targets.presets import PRESETS
from lokaltmot_lms.targets.sheet import install_sheet

from ..examples import examples
from . import strategies

_MAY_SAY = {"LM532", "LM545"}  # no schema files at hand; no control documents in the package
_QUIET = examples(30)

_PLAYED = [name for name, target in TARGETS.items() if not target.is_paper]
_PAPER = [name for name, target in TARGETS.items() if target.is_paper]

_options = st.builds(
    BuildOptions,
    preset=st.sampled_from(sorted(PRESETS)),
    edition=st.sampled_from([3, 4]),
    bundle=st.booleans(),
    mastery=st.booleans(),
)


@pytest.fixture(scope="module")
def media(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Media]:
    """Files for the courses to show."""
    return strategies.write_media(tmp_path_factory.mktemp("course"))


def _zipped(target: Target, course: Course, options: BuildOptions, path: Path) -> bytes:
    modules = course.modules if options.bundle and target.bundles else course.modules[:1]
    write_zip(path, target.package(course, modules, options).files)
    return path.read_bytes()


def _listed(root: etree._Element) -> Counter[str]:
    return Counter(unquote(file.get("href") or "") for file in root.iter("{*}file"))


def test_every_question_type_is_drawn() -> None:
    assert set(strategies._MAKERS) == set(QUESTION_TYPES)


@pytest.mark.parametrize("name", _PLAYED)
@given(data=st.data(), options=_options)
@_QUIET
def test_any_course_becomes_a_sound_package(
    name: str,
    media: dict[str, Media],
    tmp_path_factory: pytest.TempPathFactory,
    data: st.DataObject,
    options: BuildOptions,
) -> None:
    course = data.draw(strategies.courses(media))
    path = tmp_path_factory.mktemp("out") / "a.zip"
    target = TARGETS[name]

    first = _zipped(target, course, options, path)

    assert first == _zipped(target, course, options, path)
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
        assert len({entry.casefold() for entry in names}) == len(names)
        if "imsmanifest.xml" not in names:
            return
        root = etree.fromstring(archive.read("imsmanifest.xml"))
    assert _listed(root) == Counter(set(names) - {"imsmanifest.xml"})
    identifiers = [element.get("identifier") for element in root.iter() if element.get("identifier")]
    assert len(identifiers) == len(set(identifiers))
    found = inspect_package(path)
    assert {problem.code for problem in found.problems} <= _MAY_SAY, [problem.text() for problem in found.problems]


@pytest.mark.parametrize("name", _PLAYED)
@given(data=st.data(), options=_options)
@_QUIET
def test_any_course_has_keys_and_a_sheet(
    name: str, media: dict[str, Media], data: st.DataObject, options: BuildOptions
) -> None:
    course = data.draw(strategies.courses(media))
    target = TARGETS[name]
    package = target.package(course, course.modules[:1], options)

    sheet = install_sheet(course, target, package, options).decode()

    assert sheet.rstrip().endswith("</html>")
    for module in course.modules:
        assert key_csv(module).count(b"\r\n") >= 1
        assert key_json(module).endswith(b"}\n")


@pytest.mark.parametrize("name", _PAPER)
@given(data=st.data())
@examples(8)
def test_any_course_is_set_on_paper_or_the_author_reads_why_not(
    name: str, media: dict[str, Media], data: st.DataObject
) -> None:
    # PDF/UA-1 refuses a character that the font can't show, and these courses hold all of Unicode.
    course = data.draw(strategies.courses(media))
    try:
        files = TARGETS[name].package(course, course.modules[:1], BuildOptions()).files
    except CourseError as error:
        assert [problem.code for problem in error.problems] == ["LM509"]
    else:
        assert all(isinstance(file.content, bytes) and file.content.startswith(b"%PDF-1.7") for file in files)
