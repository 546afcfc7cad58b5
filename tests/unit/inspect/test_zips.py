"""Hostile zips: each gets a clear problem, and nothing is unpacked or written."""

import stat
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from lokaltmot_lms.inspect import PackageKind, PackageVerdict, inspect_package
from lokaltmot_lms.safe_zip import open_zip

_MANIFEST = """<manifest identifier="m" xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2"
 xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2">
<metadata><schema>ADL SCORM</schema><schemaversion>1.2</schemaversion></metadata>
<organizations default="o"><organization identifier="o"><title>Kurs</title>
<item identifier="i" identifierref="r"><title>Modul</title></item></organization></organizations>
<resources><resource identifier="r" type="webcontent" adlcp:scormtype="sco" href="index.html">
<file href="index.html"/></resource></resources></manifest>"""

Zip = zipfile.ZipFile


def _package(path: Path, spoil: Callable[[Zip], object] = lambda _: None) -> Path:
    with Zip(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("imsmanifest.xml", _MANIFEST)
        archive.writestr("index.html", "<p>Hei</p>")
        spoil(archive)
    return path


def _codes(path: Path) -> list[str]:
    return [problem.code for problem in inspect_package(path).problems if problem.code != "LM532"]


def test_a_sound_package_has_no_problems(tmp_path: Path) -> None:
    found = inspect_package(_package(tmp_path / "a.zip"))

    assert (found.kind, found.title, found.is_good) == (PackageKind.SCORM12, "Kurs", True)
    assert [(launch.identifier, launch.title, launch.href) for launch in found.launches] == [
        ("i", "Modul", "index.html")
    ]
    assert _codes(tmp_path / "a.zip") == []


@pytest.mark.parametrize("name", ["../../etc/passwd", "/etc/passwd", "C:/Windows/win.ini", "a\\..\\..\\b"])
def test_an_entry_that_leaves_the_folder_is_reported(tmp_path: Path, name: str) -> None:
    package = _package(tmp_path / "a.zip", lambda archive: archive.writestr(zipfile.ZipInfo(name), "x"))

    assert "LM522" in _codes(package)
    assert [path.name for path in tmp_path.rglob("*")] == ["a.zip"]


def test_a_package_of_another_standard_is_named(tmp_path: Path) -> None:
    for files, kind, verdict, code in (
        (["kurs.CRS", "kurs.AU", "kurs.des", "kurs.cst"], PackageKind.AICC, PackageVerdict.WITH_REMARKS, "LM569"),
        (["tincan.xml", "story.html"], PackageKind.UNKNOWN, PackageVerdict.BAD, "LM578"),
    ):
        with Zip(tmp_path / "a.zip", "w") as archive:
            for name in files:
                archive.writestr(name, "x")
        found = inspect_package(tmp_path / "a.zip")
        assert (found.kind, found.verdict, [problem.code for problem in found.problems]) == (kind, verdict, [code])


def test_names_with_backslashes_are_read_as_folders_and_said(tmp_path: Path) -> None:
    manifest = _MANIFEST.replace('href="index.html"', 'href="sider/bolig/index.html"')
    with Zip(tmp_path / "a.zip", "w") as archive:
        for name, content in (
            ("imsmanifest.xml", manifest),
            ("sider\\bolig\\index.html", "<p>Hei</p>"),
            ("media\\", ""),
        ):
            entry = zipfile.ZipInfo("x")
            entry.filename = name  # the constructor would correct it on Windows
            archive.writestr(entry, content)

    found = inspect_package(tmp_path / "a.zip")

    assert (_codes(tmp_path / "a.zip"), found.verdict) == (["LM555"], PackageVerdict.WITH_REMARKS)
    assert "sider\\bolig\\index.html" in found.problems[0].message()
    with open_zip(tmp_path / "a.zip") as package:
        assert set(package.names) == {"imsmanifest.xml", "sider/bolig/index.html"}
        assert package.read("sider/bolig/index.html", most=100) == b"<p>Hei</p>"


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_spellings_of_one_name_are_reported(tmp_path: Path) -> None:
    package = _package(tmp_path / "a.zip", lambda archive: [archive.writestr(name, "x") for name in ("b/c", "b\\c")])

    assert "LM525" in _codes(package)


def test_a_manifest_in_a_folder_names_the_folder_to_zip(tmp_path: Path) -> None:
    with Zip(tmp_path / "a.zip", "w") as archive:
        archive.writestr("__MACOSX/kurs 2/._imsmanifest.xml", "x")
        archive.writestr("__MACOSX/kurs 2/imsmanifest.xml", "x")
        archive.writestr("kurs 2\\imsmanifest.xml", _MANIFEST)

    (problem,) = [problem for problem in inspect_package(tmp_path / "a.zip").problems if problem.code == "LM527"]

    assert problem.values["folder"] == "kurs 2"
    assert "Moodle refuses" in problem.platforms()


def test_a_link_is_reported(tmp_path: Path) -> None:
    entry = zipfile.ZipInfo("media/bilde.png")
    entry.external_attr = (stat.S_IFLNK | 0o777) << 16

    assert "LM523" in _codes(_package(tmp_path / "a.zip", lambda archive: archive.writestr(entry, "/etc/passwd")))


def test_a_locked_entry_is_reported(tmp_path: Path) -> None:
    package = _package(tmp_path / "a.zip")
    data = bytearray(package.read_bytes())
    data[data.index(b"PK\x01\x02") + 8] |= 1  # the flag of the first entry in the list: the manifest
    package.write_bytes(data)

    assert _codes(package) == ["LM524"]


@pytest.mark.parametrize("name", ["index.html", "INDEX.html"])
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_entries_with_one_name_are_reported(tmp_path: Path, name: str) -> None:
    assert "LM525" in _codes(_package(tmp_path / "a.zip", lambda archive: archive.writestr(name, "another")))


def test_a_bomb_is_reported_from_the_list_alone(tmp_path: Path) -> None:
    package = _package(tmp_path / "a.zip", lambda archive: archive.writestr("zeros", bytes(64 << 20)))
    assert package.stat().st_size < 1 << 20

    assert "LM521" in _codes(package)


def test_more_entries_than_any_course_has_are_not_even_listed(tmp_path: Path) -> None:
    # The count of the end record (APPNOTE 4.3.16) is believed before the list is read.
    (tmp_path / "a.zip").write_bytes(b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, 60000, 60000, 0, 0, 0))

    assert _codes(tmp_path / "a.zip") == ["LM518"]


def test_a_manifest_of_a_hundred_megabytes_is_not_read(tmp_path: Path) -> None:
    with Zip(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED) as archive, archive.open("imsmanifest.xml", "w") as file:
        for _ in range(100):
            file.write(b" " * (1 << 20))
    with (tmp_path / "b.xml").open("wb") as bare:
        bare.write(b"<manifest>")
        bare.truncate(100 << 20)

    assert "LM519" in _codes(tmp_path / "a.zip")
    assert _codes(tmp_path / "b.xml") == ["LM519"]


@pytest.mark.parametrize("keep", [4, 30, 200, -1, -22])
def test_a_zip_that_was_cut_off_is_no_package(tmp_path: Path, keep: int) -> None:
    package = _package(tmp_path / "a.zip")
    package.write_bytes(package.read_bytes()[:keep])

    assert _codes(package) == ["LM520"]


@pytest.mark.parametrize("content", [b"", b"hello", b"%PDF-1.7", bytes(range(200, 232))])
def test_a_file_of_another_kind_is_no_package(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.zip").write_bytes(content)

    assert _codes(tmp_path / "a.zip") == ["LM520"]


def test_a_file_that_is_not_there_is_reported(tmp_path: Path) -> None:
    assert _codes(tmp_path / "none.zip") == ["LM504"]
    assert _codes(tmp_path) == ["LM504"]


@pytest.mark.parametrize(
    ("name", "code"), [("kurs/imsmanifest.xml", "LM527"), ("IMSManifest.xml", "LM528"), ("readme.txt", "LM526")]
)
def test_a_manifest_that_is_not_where_it_should_be_is_reported(tmp_path: Path, name: str, code: str) -> None:
    with Zip(tmp_path / "a.zip", "w") as archive:
        archive.writestr(name, _MANIFEST)

    assert _codes(tmp_path / "a.zip") == [code]


def test_xml_that_does_not_parse_is_reported_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "imsmanifest.xml").write_text("<manifest>\n<title>Mat & prat</titel>\n</manifest>", encoding="utf-8")

    (problem,) = inspect_package(tmp_path / "imsmanifest.xml").problems

    assert (problem.code, problem.at.line) == ("LM529", 2)


@pytest.mark.parametrize(
    "entities",
    [
        '<!ENTITY x SYSTEM "file:///etc/passwd">',
        '<!ENTITY x SYSTEM "http://127.0.0.1:1/x">',
        '<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY x "&b;&b;&b;&b;&b;&b;&b;&b;">',
    ],
)
def test_entities_are_refused_and_never_followed(tmp_path: Path, entities: str) -> None:
    text = _MANIFEST.replace("<manifest", f"<!DOCTYPE manifest [{entities}]><manifest", 1).replace("Modul", "&x;")
    (tmp_path / "imsmanifest.xml").write_text(text, encoding="utf-8")

    found = inspect_package(tmp_path / "imsmanifest.xml")

    assert [problem.code for problem in found.problems] == ["LM530"]
    assert "root:" not in str(found)


def test_a_billion_laughs_end_at_once(tmp_path: Path) -> None:
    lines = ['<!ENTITY l0 "lol">'] + [f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10)]
    text = f'<!DOCTYPE manifest [{"".join(lines)}]><manifest identifier="&l9;">&l9;</manifest>'
    (tmp_path / "imsmanifest.xml").write_text(text, encoding="utf-8")

    (problem,) = inspect_package(tmp_path / "imsmanifest.xml").problems

    assert problem.code in ("LM529", "LM530")


def test_xml_a_hundred_thousand_levels_deep_is_refused(tmp_path: Path) -> None:
    (tmp_path / "imsmanifest.xml").write_text("<a>" * 100_000 + "</a>" * 100_000, encoding="utf-8")

    assert _codes(tmp_path / "imsmanifest.xml") == ["LM529"]
