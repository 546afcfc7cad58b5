"""Packages shaped like those of well-known authoring tools: platforms take them, and so does `inspect`.

The manifests are our own; each has what is typical of its tool: identifiers, metadata, trees, unlisted files.
"""

import json
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest

from lokaltmot_lms.cli.run import run
from lokaltmot_lms.errors import Severity
from lokaltmot_lms.inspect import Inspection, PackageKind, PackageVerdict, inspect_package, schema

_NS12 = (
    'xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2" xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
)
_NS2004 = (
    'xmlns="http://www.imsglobal.org/xsd/imscp_v1p1" xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_v1p3" '
    'xmlns:adlnav="http://www.adlnet.org/xsd/adlnav_v1p3" xmlns:adlseq="http://www.adlnet.org/xsd/adlseq_v1p3" '
    'xmlns:imsss="http://www.imsglobal.org/xsd/imsss"'
)
_MIXED = _NS12.replace("imsproject.org/xsd/imscp_rootv1p1p2", "imsglobal.org/xsd/imscp_v1p1")
_SCHEMA12 = "<schema>ADL SCORM</schema><schemaversion>1.2</schemaversion>"


@dataclass(frozen=True, kw_only=True)
class Shape:
    """A package of a tool. codes: of the warnings that it gets."""

    manifest: str
    files: tuple[str, ...] = ("index.html",)
    kind: PackageKind = PackageKind.SCORM12
    codes: tuple[str, ...] = ()
    launches: tuple[str, ...] = ("index.html",)


_SHAPES = {
    # A <lom> of IMS metadata 1.2.1, an empty mastery score, and files in folders that the manifest does not list.
    "Storyline 1.2": Shape(
        manifest=f"""<manifest identifier="6kQxYtHylle" version="1.3" {_NS12}>
<metadata>{_SCHEMA12}<lom xmlns="http://www.imsglobal.org/xsd/imsmd_rootv1p2p1"><general>
<title><langstring xml:lang="x-none">Brannvern</langstring></title></general></lom></metadata>
<organizations default="6kQxYtHylle_ORG">
<organization identifier="6kQxYtHylle_ORG"><title>Brannvern</title>
<item identifier="i6kQ" identifierref="r6kQ" isvisible="true"><title>Brannvern</title>
<adlcp:masteryscore></adlcp:masteryscore></item></organization>
</organizations>
<resources><resource identifier="r6kQ" type="webcontent" adlcp:scormtype="sco" href="index_lms.html">
<file href="index_lms.html"/><file href="story_content/user.js"/></resource></resources>
</manifest>""",
        files=("index_lms.html", "story_content/user.js", "html5/data/css/output.min.css", "mobile/abc.png"),
        launches=("index_lms.html",),
    ),
    # Identifiers that begin with a digit and hold brackets, spaces and Norwegian letters: no xs:ID.
    "Storyline 2004": Shape(
        manifest=f"""<manifest identifier="2027 Hørsel (kopi)" {_NS2004}>
<metadata><schema>ADL SCORM</schema><schemaversion>2004 3rd Edition</schemaversion></metadata>
<organizations default="2027 Hørsel (kopi)_ORG">
<organization identifier="2027 Hørsel (kopi)_ORG"><title>Hørsel</title>
<item identifier="1" identifierref="1_R"><title>Hørsel</title>
<adlnav:presentation><adlnav:navigationInterface/></adlnav:presentation></item>
<imsss:sequencing><imsss:controlMode flow="true"/></imsss:sequencing></organization>
</organizations>
<resources><resource identifier="1_R" type="webcontent" adlcp:scormType="sco" href="index_lms.html">
<file href="index_lms.html"/></resource></resources>
</manifest>""",
        files=("index_lms.html", "imscp_v1p1.xsd"),
        kind=PackageKind.SCORM2004_3,
        launches=("index_lms.html",),
    ),
    # The page has a query, every file is listed, and the metadata names a description.
    "Rise": Shape(
        manifest=f"""<manifest identifier="r-Zk3" version="1" {_NS12}>
<metadata>{_SCHEMA12}</metadata>
<organizations default="B0">
<organization identifier="B0" structure="hierarchical"><title>Velkommen</title>
<item identifier="i1" identifierref="r1" isvisible="true"><title>Velkommen</title></item></organization>
</organizations>
<resources><resource identifier="r1" type="webcontent" href="scormdriver/indexAPI.html" adlcp:scormtype="sco">
<file href="scormdriver/indexAPI.html"/><file href="scormcontent/index.html"/>
<file href="scormcontent/lib/fonts/Lato%20Bold.woff"/></resource></resources>
</manifest>""",
        files=("scormdriver/indexAPI.html", "scormcontent/index.html", "scormcontent/lib/fonts/Lato Bold.woff"),
        launches=("scormdriver/indexAPI.html",),
    ),
    # The metadata of LOM inside of items, and a dependency that is not there.
    "iSpring": Shape(
        manifest=f"""<manifest identifier="PPT[7]" {_NS12} xmlns:imsmd="http://www.imsglobal.org/xsd/imsmd_rootv1p2p1">
<metadata>{_SCHEMA12}<imsmd:lom><imsmd:general/></imsmd:lom></metadata>
<organizations default="(org)7">
<organization identifier="(org)7"><title>Løft</title>
<item identifier="7" identifierref="res7" isvisible="true"><title>Løft</title>
<adlcp:timelimitaction>exit, no message</adlcp:timelimitaction></item></organization>
</organizations>
<resources><resource identifier="res7" type="webcontent" adlcp:scormtype="sco" href="res/index.html">
<file href="res/index.html"/><dependency identifierref="felles"/></resource></resources>
</manifest>""",
        files=("res/index.html",),
        codes=("LM557",),
        launches=("res/index.html",),
    ),
    "Adapt 1.2": Shape(
        manifest=f"""<manifest identifier="adapt manifest" version="1" {_NS12}>
<metadata>{_SCHEMA12}<lom xmlns="http://www.imsglobal.org/xsd/imsmd_rootv1p2p1"><general><title>
<langstring xml:lang="x-none"><![CDATA[Smitte & vern]]></langstring></title></general></lom></metadata>
<organizations default="tre">
<organization identifier="tre"><title><![CDATA[Smitte & vern]]></title>
<item identifier="e1" isvisible="true" identifierref="k1"><title><![CDATA[Smitte & vern]]></title></item>
</organization>
</organizations>
<resources><resource identifier="k1" type="webcontent" href="index.html" adlcp:scormtype="sco">
<file href="index.html"/></resource></resources>
</manifest>""",
        files=("index.html", "adapt/js/adapt.min.js", "course/nb/course.json"),
    ),
    # No <file> at all, and sequencing before presentation.
    "Adapt 2004": Shape(
        manifest=f"""<manifest identifier="adapt manifest" version="1" {_NS2004}>
<metadata><schema>ADL SCORM</schema><schemaversion>2004 4th Edition</schemaversion></metadata>
<organizations default="tre">
<organization identifier="tre" adlseq:objectivesGlobalToSystem="false"><title>Smitte</title>
<item identifier="e1" identifierref="k1"><title>Smitte</title>
<imsss:sequencing><imsss:deliveryControls completionSetByContent="true"/></imsss:sequencing>
<adlnav:presentation><adlnav:navigationInterface/></adlnav:presentation></item></organization>
</organizations>
<resources><resource identifier="k1" type="webcontent" adlcp:scormType="sco" href="index.html"/></resources>
</manifest>""",
        kind=PackageKind.SCORM2004_4,
        codes=("LM544",),
    ),
    # Each page is an item with the pages below it inside; a common resource of assets.
    "eXeLearning 2": Shape(
        manifest=f"""<manifest identifier="eXeHelse4" {_NS12}>
<metadata>{_SCHEMA12}<adlcp:location>imslrm.xml</adlcp:location></metadata>
<organizations default="eXeHelse4o">
<organization identifier="eXeHelse4o" structure="hierarchical"><title>Helse</title>
<item identifier="A" isvisible="true" identifierref="RA"><title>Start</title>
<item identifier="B" isvisible="true" identifierref="RB"><title>Mat</title></item></item></organization>
</organizations>
<resources>
<resource identifier="RA" type="webcontent" adlcp:scormtype="sco" href="index.html"><file href="index.html"/>
<dependency identifierref="COMMON"/></resource>
<resource identifier="RB" type="webcontent" adlcp:scormtype="sco" href="mat.html"><file href="mat.html"/></resource>
<resource identifier="COMMON" type="webcontent" adlcp:scormtype="asset"><file href="base.css"/></resource>
</resources></manifest>""",
        files=("index.html", "mat.html", "base.css", "imslrm.xml"),
        codes=("LM542",),
        launches=("index.html", "mat.html"),
    ),
    # Absent files of old players are listed, and organization and manifest have one identifier.
    "Captivate": Shape(
        manifest=f"""<manifest identifier="Kurs_ID" version="1.0" {_NS12}>
<metadata>{_SCHEMA12}</metadata>
<organizations default="Kurs_ID">
<organization identifier="Kurs_ID"><title>Kasse</title>
<item identifier="SCO_ID1" isvisible="true" identifierref="SCO_ID1"><title>Kasse</title>
<adlcp:masteryscore>80</adlcp:masteryscore><adlcp:datafromlms></adlcp:datafromlms></item></organization>
</organizations>
<resources><resource identifier="SCO_ID1" type="webcontent" adlcp:scormtype="sco" href="index.html">
<file href="index.html"/><file href="Kasse.swf"/></resource></resources>
</manifest>""",
        codes=("LM537", "LM548", "LM548"),
    ),
    # Version and schema in the other order, with another word for the schema.
    "Hot Potatoes": Shape(
        manifest=f"""<manifest identifier="MANIFEST-5D1" {_NS12}>
<metadata><schemaversion>1.2</schemaversion><schema>ADL SCORM CAM</schema></metadata>
<organizations default="ORG-5D1">
<organization identifier="ORG-5D1" structure="hierarchical"><title>Verb</title>
<item identifier="ITEM-5D1" isvisible="true" identifierref="RES-5D1"><title>Verb</title></item>
</organization>
</organizations>
<resources><resource identifier="RES-5D1" type="webcontent" adlcp:scormtype="sco" href="verb.htm">
<file href="verb.htm"/></resource></resources>
</manifest>""",
        files=("verb.htm",),
        codes=("LM558",),
        launches=("verb.htm",),
    ),
    # Blocks, prerequisites, assets and metadata in files; and a second table of contents.
    "ADL's examples": Shape(
        manifest=f"""<manifest identifier="SPILL" version="1.1" {_NS12}>
<metadata>{_SCHEMA12}<adlcp:location>kurs.xml</adlcp:location></metadata>
<organizations default="B">
<organization identifier="A"><title>Kort</title>
<item identifier="A1" identifierref="R1"><title>Alt</title></item></organization>
<organization identifier="B"><title>Lang</title><item identifier="B0"><title>Regler</title>
<item identifier="B1" identifierref="R1" isvisible="true"><title>Par</title></item>
<item identifier="B2" identifierref="R2" isvisible="true"><title>Prøve</title>
<adlcp:prerequisites type="aicc_script">B1</adlcp:prerequisites><adlcp:masteryscore>60</adlcp:masteryscore></item>
</item></organization>
</organizations>
<resources xml:base="innhold/">
<resource identifier="R1" type="webcontent" adlcp:scormtype="asset" href="par.html"><metadata>
<adlcp:location>par.xml</adlcp:location></metadata><file href="par.html"/></resource>
<resource identifier="R2" type="webcontent" adlcp:scormtype="sco" href="prove.html?n=1"><file href="prove.html"/>
<dependency identifierref="R3"/></resource>
<resource identifier="R3" type="webcontent" adlcp:scormtype="asset" href="felles.js"><file href="felles.js"/></resource>
</resources></manifest>""",
        files=("innhold/par.html", "innhold/prove.html", "innhold/felles.js", "kurs.xml", "par.xml"),
        codes=("LM554",),
        launches=("innhold/par.html", "innhold/prove.html"),
    ),
    "Moodle's test without an organization": Shape(
        manifest=f"""<manifest identifier="uten" {_NS12}><metadata>{_SCHEMA12}</metadata><organizations/>
<resources><resource identifier="R" type="webcontent" adlcp:scormtype="sco" href="index.html">
<file href="index.html"/></resource></resources>
</manifest>""",
        codes=("LM549",),
    ),
    "a tool that escapes nothing": Shape(
        manifest=f"""<manifest identifier="m" {_NS12.partition(" ")[0]}>
<metadata>{_SCHEMA12}</metadata><organizations default="O">
<organization identifier="O"><title>Mat & drikke &amp; røyk</title>
<item identifier="I" identifierref="R"><title>A&B</title><adlcp:masteryscore>70</adlcp:masteryscore></item>
</organization></organizations>
<resources><resource identifier="R" type="webcontent" adlcp:scormtype="sco" href="index.html">
<file href="index.html"/></resource></resources>
</manifest>""",
        codes=("LM568",),
    ),
    "a tool that leaves the namespaces out": Shape(
        manifest="""<manifest><organizations default="O">
<organization identifier="O"><title>Film</title>
<item identifier="I" identifierref="R"><title>Film</title></item></organization>
</organizations>
<resources><resource identifier="R" type="webcontent" scormtype="sco" href=".\\index.html">
<file href=".\\index.html"/></resource></resources>
</manifest>""",
        codes=("LM556", "LM558"),
    ),
    "SCORM 1.2 in the namespace of SCORM 2004": Shape(
        manifest=f"""<manifest identifier="m" {_MIXED}>
<metadata>{_SCHEMA12}</metadata><organizations default="O">
<organization identifier="O"><title>Vakt</title>
<item identifier="I" identifierref="R"><title>Vakt</title></item></organization>
</organizations>
<resources><resource identifier="R" type="webcontent" adlcp:scormtype="sco" href="index.html">
<file href="index.html"/></resource></resources>
</manifest>""",
        codes=("LM556",),
    ),
}  # fmt: skip


def _inspect(folder: Path, shape: Shape) -> Inspection:
    with zipfile.ZipFile(folder / "a.zip", "w") as archive:
        archive.writestr("imsmanifest.xml", shape.manifest)
        for name in shape.files:
            archive.writestr(name, "x")
    return inspect_package(folder / "a.zip")


@pytest.mark.parametrize("name", _SHAPES)
def test_a_package_of_a_tool_is_good_with_and_without_schemas(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    shape = _SHAPES[name]
    found = _inspect(tmp_path, shape)
    monkeypatch.setattr(schema, "_folders", lambda _: ())
    without = _inspect(tmp_path, shape)

    expected = PackageVerdict.WITH_REMARKS if shape.codes else PackageVerdict.GOOD
    assert (found.kind, found.verdict, without.verdict) == (shape.kind, expected, expected), [
        problem.text() for problem in found.problems
    ]
    assert sorted(problem.code for problem in found.of(Severity.WARNING)) == sorted(shape.codes)
    assert found.of(Severity.WARNING) == without.of(Severity.WARNING)
    assert tuple(launch.href for launch in found.launches) == shape.launches


def test_the_schema_of_the_standard_gives_one_note_in_words(tmp_path: Path) -> None:
    found = _inspect(tmp_path, _SHAPES["iSpring"])

    (note,) = [problem for problem in found.problems if problem.code in ("LM532", "LM533")]
    assert note.severity is Severity.NOTE
    if note.code == "LM533":
        assert "The first is <" in note.message()
        assert "wildcard" not in note.message()
        assert any("wildcard" in str(reason) for reason in note.values["details"])
    assert "SCORM Cloud takes it with a warning" in note.platforms()


def test_the_command_says_the_verdict_and_what_platforms_do(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _inspect(tmp_path, _SHAPES["eXeLearning 2"])
    assert run(["inspect", str(tmp_path / "a.zip"), "--lang", "nb"]) == 0
    out = capsys.readouterr().out
    assert out.splitlines()[-1] == "En god pakke med 1 anmerkning: SCORM 1.2, «Helse»."
    assert "Moodle 4.5 tar imot den." in out

    assert run(["inspect", str(tmp_path / "a.zip"), "--json", "--lang", "en"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert (answer["good"], answer["verdict"]) == (True, "good with remarks")
    (warning,) = [problem for problem in answer["problems"] if problem["severity"] == "warning"]
    assert (warning["code"], "only ADL’s checker refuses it" in warning["platforms"]) == ("LM542", True)


def test_a_package_without_anything_to_open_is_refused(tmp_path: Path) -> None:
    shape = _SHAPES["Moodle's test without an organization"]
    bare = Shape(manifest=shape.manifest.replace(' href="index.html">', ">", 1))

    found = _inspect(tmp_path, bare)

    assert found.verdict is PackageVerdict.BAD
    assert [problem.code for problem in found.of(Severity.ERROR)] == ["LM553"]


def test_a_package_of_questions_is_no_scorm_package(tmp_path: Path) -> None:
    manifest = """<manifest xmlns="http://www.imsglobal.org/xsd/imscp_v1p1" identifier="q"><organizations/>
<resources>
<resource identifier="i" type="imsqti_item_xmlv2p1" href="i.xml"><file href="i.xml"/></resource></resources>
</manifest>"""

    found = _inspect(tmp_path, Shape(manifest=manifest, files=("i.xml",)))

    assert [problem.code for problem in found.problems] == ["LM531"]
