"""The rules that schemas can't check, on small handwritten manifests, without schema files."""

import zipfile
from pathlib import Path

import pytest

from lokaltmot_lms.errors import Fault, cartridges, packages
from lokaltmot_lms.errors.catalogue import CATALOGUE
from lokaltmot_lms.inspect import Inspection, PackageKind, PackageVerdict, inspect_package

_SCORM12 = """<manifest identifier="m" xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2"
 xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2">
<metadata><schema>ADL SCORM</schema><schemaversion>1.2</schemaversion></metadata>
<organizations default="o">
<organization identifier="o"><title>Kurs</title>
<item identifier="i" identifierref="r"><title>Modul</title><adlcp:masteryscore>80</adlcp:masteryscore></item>
</organization>
</organizations>
<resources>
<resource identifier="r" type="webcontent" adlcp:scormtype="sco" href="index.html"><file href="index.html"/></resource>
</resources>
</manifest>"""

_SCORM2004 = """<manifest identifier="m" xmlns="http://www.imsglobal.org/xsd/imscp_v1p1"
 xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_v1p3" xmlns:imsss="http://www.imsglobal.org/xsd/imsss">
<metadata><schema>ADL SCORM</schema><schemaversion>2004 4th Edition</schemaversion></metadata>
<organizations default="o">
<organization identifier="o"><title>Kurs</title>
<item identifier="i" identifierref="r"><title>Modul</title><imsss:sequencing><imsss:objectives>
<imsss:primaryObjective><imsss:minNormalizedMeasure>0.8</imsss:minNormalizedMeasure></imsss:primaryObjective>
</imsss:objectives></imsss:sequencing></item>
</organization>
</organizations>
<resources>
<resource identifier="r" type="webcontent" adlcp:scormType="sco" href="index.html"><file href="index.html"/></resource>
</resources>
</manifest>"""

_CMI5 = """<courseStructure xmlns="https://w3id.org/xapi/profiles/cmi5/v1/CourseStructure.xsd">
<course id="https://example.org/kurs"><title><langstring lang="nb">Kurs</langstring></title>
<description><langstring lang="nb">Om</langstring></description></course>
<block id="https://example.org/blokk"><title><langstring lang="nb">B</langstring></title>
<description><langstring lang="nb">Om</langstring></description>
<au id="https://example.org/a" moveOn="Passed" masteryScore="0.8"><title><langstring lang="nb">A</langstring></title>
<description><langstring lang="nb">Om</langstring></description><url>index.html?a=1</url></au>
</block>
</courseStructure>"""

_CARTRIDGE = """<manifest identifier="m" xmlns="http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1">
<metadata><schema>IMS Common Cartridge</schema><schemaversion>1.1.0</schemaversion>{lom}</metadata>
<organizations><organization identifier="o" structure="rooted-hierarchy"><item identifier="root">
<item identifier="a" identifierref="page"><title>Side</title></item>
</item></organization></organizations>
<resources>
<resource identifier="page" type="webcontent" href="index.html"><file href="index.html"/></resource>
<resource identifier="web" type="imswl_xmlv1p1"><file href="web.xml"/></resource>
</resources>
</manifest>""".format(
    lom='<lom xmlns="http://ltsc.ieee.org/xsd/imsccv1p1/LOM/manifest"><general><title>'
    '<string language="nb">Kurs</string></title></general></lom>'
)

_CANVAS = """<modules xmlns="http://canvas.instructure.com/xsd/cccv1p0"><module identifier="m"><items>
<item identifier="i"><content_type>WikiPage</content_type></item></items><completionRequirements>
<completionRequirement type="must_view"/></completionRequirements></module></modules>"""

_SCO = '<resource identifier="r" type="webcontent" adlcp:scormtype="sco" href="index.html">'
_ITEM = '<item identifier="i" identifierref="r">'


def _inspect(folder: Path, manifest: str, *, name: str = "imsmanifest.xml", **extra: str) -> Inspection:
    """Zip a manifest, a page, a web link and further files, and inspect it."""
    with zipfile.ZipFile(folder / "a.zip", "w") as archive:
        archive.writestr(name, manifest)
        for file in ("index.html", *(["web.xml"] if manifest.count("web.xml") else []), *extra.values()):
            archive.writestr(file, "x")
    return inspect_package(folder / "a.zip")


def _own(found: Inspection) -> list[tuple[str, int]]:
    """Return code and line of the findings of our own rules, without those that depend on schema files."""
    return [
        (problem.code, problem.at.line) for problem in found.problems if problem.code not in ("LM532", "LM533", "LM545")
    ]


@pytest.mark.parametrize(
    ("manifest", "kind"),
    [
        (_SCORM12, PackageKind.SCORM12),
        (_SCORM2004, PackageKind.SCORM2004_4),
        (_SCORM2004.replace("4th", "3rd"), PackageKind.SCORM2004_3),
        (_SCORM2004.replace("2004 4th Edition", "CAM 1.3"), PackageKind.SCORM2004_2),
        (_CARTRIDGE, PackageKind.CARTRIDGE),
    ],
)
def test_a_good_manifest_is_recognised_and_has_no_problems(tmp_path: Path, manifest: str, kind: PackageKind) -> None:
    found = _inspect(tmp_path, manifest)

    assert (found.kind, found.is_good, _own(found)) == (kind, True, [])


def test_a_good_cmi5_course_has_no_problems(tmp_path: Path) -> None:
    found = _inspect(tmp_path, _CMI5, name="cmi5.xml")

    assert (found.kind, found.title, found.is_good) == (PackageKind.CMI5, "Kurs", True)
    assert [launch.href for launch in found.launches] == ["index.html?a=1"]
    assert _own(found) == []


@pytest.mark.parametrize(
    ("old", "new", "code", "line"),
    [
        ("<schema>ADL SCORM</schema>", "", "LM558", 3),
        ("<schema>ADL SCORM</schema><schemaversion>1.2</schemaversion>",
         "<schemaversion>1.2</schemaversion><schema>ADL SCORM</schema>", "LM558", 3),
        (">1.2<", ">1.2.0<", "LM559", 3),
        (">1.2<", ">1.2 <", "LM559", 3),
        ('default="o"', 'default="x"', "LM557", 4),
        ('identifierref="r"', 'identifierref="x"', "LM536", 6),
        ('<file href="index.html"/>', '<file href="index.html"/><file href="gone.png"/>', "LM537", 10),
        ('<file href="index.html"/>', '<file href="index.html"/><dependency identifierref="gone"/>', "LM557", 10),
        ("adlcp:scormtype", "adlcp:scormType", "LM539", 10),
        (">80<", ">180<", "LM540", 6),
        (">80<", ">80 %<", "LM540", 6),
        (">80<", ">-1<", "LM540", 6),
        (">80<", ">NaN<", "LM540", 6),
        ("</adlcp:masteryscore>", "</adlcp:masteryscore><item identifier='j'><title>J</title></item>", "LM542", 6),
        (' href="index.html"><file', "><file", "LM543", 10),
        ('<file href="index.html"/>', "", "LM544", 10),
        (_SCO, _SCO.replace("index.html", "index.html?m=1"), "LM546", 10),
        (' adlcp:scormtype="sco"', "", "LM547", 9),
        ('identifier="i"', 'identifier="r"', "LM548", 10),
        (_SCO, _SCO.replace("index.html", "borte.html"), "LM551", 10),
        ("</item>", "</item><item identifier='i' identifierref='r'><title>B</title></item>", "LM552", 6),
        (_SCO, _SCO.replace("index.html", "https://example.org/"), "LM550", 10),
    ],
)  # fmt: skip
def test_an_error_in_scorm12_is_reported_with_its_line(
    tmp_path: Path, old: str, new: str, code: str, line: int
) -> None:
    assert old in _SCORM12

    assert (code, line) in _own(_inspect(tmp_path, _SCORM12.replace(old, new, 1)))


def test_an_organization_without_items_is_reported(tmp_path: Path) -> None:
    start, end = _SCORM12.index(_ITEM), _SCORM12.index("</item>") + len("</item>")

    assert _own(_inspect(tmp_path, _SCORM12[:start] + _SCORM12[end:])) == [("LM549", 4)]


@pytest.mark.parametrize(
    ("old", "new", "code", "line"),
    [
        ("2004 4th Edition", "2004 2nd Edition", "LM535", 3),
        ("2004 4th Edition", "2004 4th Edition ", "LM535", 3),
        ("adlcp:scormType", "adlcp:scormtype", "LM539", 12),
        ("<schemaversion>2004 4th Edition</schemaversion>", "", "LM534", 3),
        ("<schema>ADL SCORM</schema>", "", "LM558", 3),
        ("2004 4th Edition", "1.2", "LM535", 3),
        (">0.8<", ">80<", "LM541", 7),
        (">0.8<", ">-1.1<", "LM541", 7),
    ],
)
def test_an_error_in_scorm2004_is_reported_with_its_line(
    tmp_path: Path, old: str, new: str, code: str, line: int
) -> None:
    assert _own(_inspect(tmp_path, _SCORM2004.replace(old, new, 1))) == [(code, line)]


def test_scorm2004_without_its_control_documents_gets_a_note_only(tmp_path: Path) -> None:
    found = _inspect(tmp_path, _SCORM2004)
    assert "LM545" in [problem.code for problem in found.problems]
    assert found.verdict is PackageVerdict.GOOD

    names = ("imscp_v1p1.xsd", "adlcp_v1p3.xsd", "adlnav_v1p3.xsd", "imsss_v1p0.xsd")
    found = _inspect(tmp_path, _SCORM2004, **{name[:5]: name for name in names})
    assert "LM545" not in [problem.code for problem in found.problems]


def test_files_that_are_not_listed_are_noted_once(tmp_path: Path) -> None:
    found = _inspect(tmp_path, _SCORM12, one="b.js", two="a.js")

    assert _own(found) == [("LM538", 1)]
    assert found.is_good
    assert "does not list: 2. The first is a.js" in found.problems[0].message() + found.problems[-1].message()


def test_names_with_escapes_and_a_base_are_resolved_as_a_server_does(tmp_path: Path) -> None:
    manifest = _SCORM12.replace("<resources>", '<resources xml:base="m1/">').replace("index.html", "bl%C3%A5%20b.html")

    assert _own(_inspect(tmp_path, manifest, page="m1/blå b.html")) == [("LM538", 1)]  # the spare index.html


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('id="https://example.org/kurs"', 'id="example.org/kurs"', "LM560"),
        ("index.html?a=1", "gone.html", "LM562"),
        ("index.html?a=1", "index.html?fetch=1", "LM563"),
        ("index.html?a=1", "http://example.org/a b", "LM565"),
        ("index.html?a=1", "", "LM565"),
        ('moveOn="Passed"', 'moveOn="passed"', "LM566"),
        ('moveOn="Passed"', 'launchMethod="Popup"', "LM566"),
        ('masteryScore="0.8"', 'masteryScore="80"', "LM566"),
        ('masteryScore="0.8"', 'masteryScore="0.12345"', "LM566"),
        ("<url>index.html?a=1</url>", "", "LM566"),
        ("<url>index.html?a=1</url></au>", "<url>index.html</url><objectives/></au>", "LM566"),
        ('<description><langstring lang="nb">Om</langstring></description><url>', "<url>", "LM566"),
    ],
)
def test_an_error_in_cmi5_is_reported_with_its_requirement(tmp_path: Path, old: str, new: str, code: str) -> None:
    assert old in _CMI5

    found = _inspect(tmp_path, _CMI5.replace(old, new, 1), name="cmi5.xml")

    assert code in [found_code for found_code, _ in _own(found)]
    assert not found.is_good


@pytest.mark.parametrize(("element", "number"), [("au", "13.1.4.0-1"), ("block", "13.1.2.0-1")])
def test_duplicate_cmi5_ids_are_reported(tmp_path: Path, element: str, number: str) -> None:
    start, end = _CMI5.index(f"<{element} "), _CMI5.index(f"</{element}>") + len(element) + 3

    found = _inspect(tmp_path, _CMI5[:end] + _CMI5[start:end] + _CMI5[end:], name="cmi5.xml")

    messages = [problem.message() for problem in found.problems if problem.code == "LM564"]
    assert f"(cmi5 {number})" in " ".join(messages)


def test_a_cmi5_course_without_a_zip_must_have_full_urls(tmp_path: Path) -> None:
    (tmp_path / "course.xml").write_text(_CMI5, encoding="utf-8")
    assert [code for code, _ in _own(inspect_package(tmp_path / "course.xml"))] == ["LM561"]

    (tmp_path / "cmi5.xml").write_text(_CMI5, encoding="utf-8")  # taken out of a zip, by its name
    found = inspect_package(tmp_path / "cmi5.xml")
    assert ([code for code, _ in _own(found)], found.is_good) == (["LM567"], True)


@pytest.mark.parametrize(
    ("old", "new", "code", "line"),
    [
        ("IMS Common Cartridge", "1EdTech Common Cartridge", "LM534", 2),
        ("1.1.0", "1.4.0", "LM535", 2),
        ("rooted-hierarchy", "hierarchical", "LM570", 3),
        ('<item identifier="root">', '<item identifier="root"><title>Rot</title>', "LM570", 3),
        ("</item></organization>", '</item><item identifier="b"/></organization>', "LM570", 3),
        ("<title>Side</title>", "", "LM571", 4),
        ("imswl_xmlv1p1", "imswl_xmlv9p9", "LM572", 8),
        ('type="imswl_xmlv1p1"', 'type="imswl_xmlv1p1" href="web.xml"', "LM573", 8),
        ('<item identifier="root">', '<item identifier="root" identifierref="web">', "LM542", 3),
    ],
)
def test_an_error_in_a_cartridge_is_reported_with_its_line(
    tmp_path: Path, old: str, new: str, code: str, line: int
) -> None:
    assert old in _CARTRIDGE

    assert (code, line) in _own(_inspect(tmp_path, _CARTRIDGE.replace(old, new, 1)))


def test_a_cartridge_with_two_question_banks_is_reported(tmp_path: Path) -> None:
    bank = '<resource identifier="{}" type="imsqti_xmlv1p2/imscc_xmlv1p1/question-bank"/>'
    manifest = _CARTRIDGE.replace("</resources>", f"{bank.format('b1')}{bank.format('b2')}</resources>")

    assert ("LM574", 6) in _own(_inspect(tmp_path, manifest))


def test_values_that_canvas_does_not_know_are_reported(tmp_path: Path) -> None:
    file = tmp_path / "module_meta.xml"
    file.write_text(_CANVAS, encoding="utf-8")
    assert inspect_package(file).problems == ()

    file.write_text(_CANVAS.replace("must_view", "see").replace("WikiPage", "Page"), encoding="utf-8")
    assert [(problem.code, problem.at.line) for problem in inspect_package(file).problems] == [
        ("LM575", 2),
        ("LM575", 3),
    ]


def test_a_web_link_without_an_address_is_reported(tmp_path: Path) -> None:
    link = '<webLink xmlns="http://www.imsglobal.org/xsd/imsccv1p1/imswl_v1p1"><title>Lov</title>{}</webLink>'
    file = tmp_path / "web.xml"
    for url, codes in (('<url href="https://lovdata.no/"/>', []), ('<url href=" "/>', ["LM576"]), ("", ["LM576"])):
        file.write_text(link.format(url), encoding="utf-8")
        assert [code for code, _ in _own(inspect_package(file))] == codes


def test_a_number_of_choices_in_words_is_reported(tmp_path: Path) -> None:
    item = """<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1"><itemBody>
<choiceInteraction responseIdentifier="R" maxChoices="{}"/></itemBody></assessmentItem>"""
    file = tmp_path / "item.xml"
    for number, found in (("2", []), ("two", [("LM577", 2)])):
        file.write_text(item.format(number), encoding="utf-8")
        assert _own(inspect_package(file)) == found


def test_xml_of_another_kind_is_unknown(tmp_path: Path) -> None:
    (tmp_path / "a.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>', encoding="utf-8")

    found = inspect_package(tmp_path / "a.svg")

    assert (found.kind, [problem.code for problem in found.problems]) == (PackageKind.UNKNOWN, ["LM531"])


def test_every_fault_says_what_platforms_make_of_it() -> None:
    named = {**vars(packages), **vars(cartridges)}
    faults = [fault for fault in named.values() if isinstance(fault, Fault)]

    assert len(faults) > 50
    assert [fault.code for fault in faults if not fault.platforms] == []


def test_every_fault_of_this_package_is_tested() -> None:
    tests = "".join(path.read_text(encoding="utf-8") for path in Path(__file__).parents[1].glob("*/test_*.py"))

    assert [code for code in CATALOGUE if code.startswith("LM5") and code not in tests] == []
