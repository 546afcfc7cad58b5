"""A hostile package is refused before anything is read, with the reason."""

import zipfile
from pathlib import Path

import pytest

from lokaltmot_lms.trial import TrialError, try_package
from lokaltmot_lms.trial.manifest import Sco, read_scos
from lokaltmot_lms.trial.play import open_package, served_file

MANIFEST = """<manifest xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2"
  xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2" xmlns:imsss="http://www.imsglobal.org/xsd/imsss">
<metadata><schemaversion>{version}</schemaversion></metadata>
<organizations default="b">
  <organization identifier="a"><title>Other</title><item identifier="x" identifierref="r1"/></organization>
  <organization identifier="b"><title>Mine</title>
    <item identifier="i1" identifierref="r1" parameters="?m=1"><title>One</title>{item}</item>
    <item identifier="i2"><title>Folder</title><item identifier="i3" identifierref="r2"><title>Two</title></item></item>
  </organization>
</organizations>
<resources xml:base="content/">
  <resource identifier="r1" href="a.html"/><resource identifier="r2" href="sub/b%20c.html?x=1"/>
  <resource identifier="r3"/>
</resources></manifest>"""


def packed(path: Path, files: dict[str, bytes | str]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in files.items():
            package.writestr(name, content)
    return path


def scos(tmp_path: Path, version: str = "1.2", item: str = "") -> tuple[Sco, ...]:
    path = packed(tmp_path / "p.zip", {"imsmanifest.xml": MANIFEST.format(version=version, item=item)})
    with open_package(path) as package:
        return read_scos(package)


def test_an_unsafe_entry_is_refused_and_nothing_is_written(tmp_path: Path) -> None:
    path = packed(tmp_path / "evil.zip", {"imsmanifest.xml": "<manifest/>", "../evil.html": "x"})
    with pytest.raises(TrialError, match=r"LM522: The entry “\.\./evil\.html” points outside"):
        try_package(path)
    assert [each.name for each in tmp_path.iterdir()] == ["evil.zip"]


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    path = packed(tmp_path / "bomb.zip", {"imsmanifest.xml": "<manifest/>", "big": bytes(80 * 1024**2)})
    with pytest.raises(TrialError, match="LM521: The package may be a zip bomb"):
        try_package(path)


def test_a_duplicate_name_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "twice.zip"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("a", "1")
        with pytest.warns(UserWarning, match="Duplicate name"):
            package.writestr("a", "2")
    with pytest.raises(TrialError, match="LM525: The name “a” is used by two entries"):
        try_package(path)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "LM520: This is not a package"),
        (b"PK\x03\x04 cut short", "LM520: This is not a package"),
        ({"x.txt": "x"}, "LM526: The package has no manifest"),
        ({"IMSManifest.xml": "<manifest/>"}, "LM528: "),
        ({"imsmanifest.xml": "<manifest>"}, "imsmanifest.xml can't be read"),
        ({"imsmanifest.xml": ""}, "imsmanifest.xml can't be read"),
        ({"imsmanifest.xml": "<manifest/>"}, "nothing to launch"),
    ],
)
def test_a_file_that_is_no_package_is_refused(
    tmp_path: Path, content: bytes | dict[str, bytes | str], why: str
) -> None:
    path = tmp_path / "p.zip"
    if isinstance(content, bytes):
        path.write_bytes(content)
    else:
        packed(path, content)
    with pytest.raises(TrialError, match=why):
        try_package(path)


def test_the_default_organization_is_launched_in_its_order(tmp_path: Path) -> None:
    one, two = scos(tmp_path)
    assert (one.title, one.path, one.href) == ("One", "content/a.html", "content/a.html?m=1")
    assert (two.title, two.path, two.href) == ("Two", "content/sub/b c.html", "content/sub/b%20c.html?x=1")


@pytest.mark.parametrize(
    ("version", "standard"),
    [
        ("1.2", "scorm12"),
        ("2004 4th Edition", "scorm2004"),
        ("2004 3rd Edition", "scorm2004"),
        ("CAM 1.3", "scorm2004"),
        ("2004 2nd Edition", "scorm12"),  # Moodle does not know it, and runs it as 1.2
        ("", "scorm12"),
    ],
)
def test_the_standard_is_recognised_as_moodle_does(tmp_path: Path, version: str, standard: str) -> None:
    assert {sco.standard for sco in scos(tmp_path, version)} == {standard}


def test_the_settings_of_an_item_reach_the_platform(tmp_path: Path) -> None:
    given = "<adlcp:datafromlms>abc</adlcp:datafromlms><adlcp:masteryscore>80</adlcp:masteryscore>"
    assert scos(tmp_path, item=given)[0].settings == {"masteryScore": "80", "launchData": "abc"}
    sequencing = """<adlcp:completionThreshold minProgressMeasure="0.9"/><imsss:sequencing><imsss:objectives>
      <imsss:primaryObjective satisfiedByMeasure="true"><imsss:minNormalizedMeasure>0.8</imsss:minNormalizedMeasure>
      </imsss:primaryObjective></imsss:objectives></imsss:sequencing>"""
    found = scos(tmp_path, "2004 4th Edition", sequencing)[0].settings
    assert found == {"scaledPassingScore": "0.8", "completionThreshold": "0.9"}


def test_an_entity_in_a_manifest_is_never_resolved(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("hidden", encoding="utf-8")
    top = f'<!DOCTYPE m [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
    text = top + MANIFEST.format(version="1.2", item="<adlcp:datafromlms>&x;</adlcp:datafromlms>")
    with open_package(packed(tmp_path / "p.zip", {"imsmanifest.xml": text})) as package:
        assert read_scos(package)[0].settings == {"launchData": "&x;"}


def test_an_entry_is_read_from_any_position(tmp_path: Path) -> None:
    content = bytes(range(256)) * 5000
    path = packed(tmp_path / "p.zip", {"film.mp4": content, "imsmanifest.xml": "<manifest/>"})
    with open_package(path) as package:
        found = served_file(package, "film.mp4")
        assert found is not None
        assert (found.type, found.size) == ("video/mp4", len(content))
        with found.open() as file:
            file.seek(1_000_000)
            assert file.read(100) == content[1_000_000:1_000_100]
