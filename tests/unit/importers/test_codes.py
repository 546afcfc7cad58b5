# ruff: noqa: E501  # a table of files
"""Every import code has a file that causes it. A refused file leaves nothing; a finding has its position."""

import base64
import os
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from lokaltmot_lms.cli.run import run
from lokaltmot_lms.errors import CourseError, Position
from lokaltmot_lms.errors.catalogue import CATALOGUE
from lokaltmot_lms.importers import folder, read_file
from lokaltmot_lms.importers.safe_open import open_archive

from .documents import document, paragraph
from .imported import import_file, zipped


def _question(kind: str, answers: str = "", text: str = "Hva?", more: str = "") -> str:
    return (
        f'<question type="{kind}"><name><text>Q</text></name><questiontext format="html"><text><![CDATA[{text}]]></text>'
        f"{more}</questiontext>{answers}</question>"
    )


def _answer(text: str, fraction: str = "100", feedback: str = "") -> str:
    return (
        f'<answer fraction="{fraction}" format="html"><text><![CDATA[{text}]]></text>'
        f'<feedback format="html"><text><![CDATA[{feedback}]]></text></feedback></answer>'
    )


_RIGHT = _answer("a") + _answer("b", "0")
_SINGLE = _question("multichoice", _RIGHT)


def _moodle(*questions: str) -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        file = folder / "bank.xml"
        file.write_text(f'<?xml version="1.0" encoding="UTF-8"?>\n<quiz>\n{"".join(questions)}</quiz>', "utf-8")
        return file

    return make


def _written(name: str, content: bytes) -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        (folder / name).write_bytes(content)
        return folder / name

    return make


def _hundred_megabytes(folder: Path) -> Path:
    file = folder / "stor.xml"
    with file.open("wb") as output:
        output.write(b"<quiz>")
        output.truncate(100_000_000)
    return file


def _macros(folder: Path) -> Path:
    return document(folder / "x.docx", paragraph("Hei"), **{"word__vbaProject.bin": b"x"})


def _scorm(folder: Path) -> Path:
    manifest = (
        '<manifest xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2"><metadata><schema>ADL SCORM</schema>'
        "<schemaversion>1.2</schemaversion></metadata><organizations><organization><title>Kurs</title>"
        '<item identifierref="r"><title>Del én</title></item></organization></organizations><resources>'
        '<resource identifier="r" href="side.html"><file href="side.html"/></resource></resources></manifest>'
    )
    page = (
        '<html><head><script src="spill.js"></script></head><body><h1>Overskrift</h1><p>Det som står her, blir med.</p>'
        '<img src="bilder/rod.png" alt="Noe rødt"><script>document.write("ikke dette")</script></body></html>'
    )
    png = b"\x89PNG\r\n\x1a\n" + bytes(24)
    entries: dict[str, str | bytes] = {"imsmanifest.xml": manifest, "side.html": page, "bilder/rod.png": png}
    return zipped(folder / "scorm.zip", entries)


def _cartridge(folder: Path) -> Path:
    space = 'xmlns="http://canvas.instructure.com/xsd/cccv1p0"'
    modules = (
        f"<modules {space}><module><title>M</title><items><item><content_type>Assignment</content_type>"
        "<title>Oppgave</title></item><item><content_type>ExternalUrl</content_type><title>Til siden</title>"
        "<url>https://example.org/</url></item></items></module></modules>"
    )
    manifest = "<manifest><metadata/><organizations/><resources/></manifest>"
    return zipped(folder / "x.imscc", {"imsmanifest.xml": manifest, "course_settings/module_meta.xml": modules})


def _qti(test: str, kind: str = "") -> Callable[[Path], Path]:
    meta = f"<itemmetadata><bbmd_questiontype>{kind}</bbmd_questiontype></itemmetadata>" if kind else ""
    options = "".join(
        f'<response_label ident="{ident}"><material><mattext>{ident}</mattext></material></response_label>'
        for ident in "ab"
    )
    return _written(
        "bank.xml",
        f'<questestinterop><item ident="i" title="T">{meta}<presentation><material><mattext>Hva?</mattext></material>'
        f'<response_lid ident="r"><render_choice>{options}</render_choice></response_lid></presentation><resprocessing>'
        f"<respcondition><conditionvar>{test}</conditionvar><setvar>1</setvar></respcondition></resprocessing></item>"
        "</questestinterop>".encode(),
    )


_BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><quiz><question>&b;</question></quiz>'
)
_OUTSIDE = b'<!DOCTYPE quiz SYSTEM "file:///etc/passwd"><quiz/>'
_FILE = f'<file name="{{}}" encoding="base64">{base64.b64encode(b"MZ program").decode()}</file>'
_PICTURE = base64.b64encode(b"\x89PNG\r\n\x1a\n" + bytes(9)).decode()

REFUSED: list[tuple[str, Callable[[Path], Path]]] = [
    ("LM601", _written("brev.txt", "Hei på deg.\n".encode())),
    ("LM602", _hundred_megabytes),
    ("LM603", _written("latin.gift", "::Grøt::Hva er grøt? {=mat}".encode("latin-1"))),
    ("LM604", _written("halv.xml", b"<quiz><question>")),
    ("LM604", _written("dyp.xml", b"<quiz>" + b"<a>" * 5000 + b"</a>" * 5000 + b"</quiz>")),
    ("LM605", _written("bombe.xml", _BOMB)),
    ("LM605", _written("ute.xml", _OUTSIDE)),
    ("LM606", _written("tom.xml", b"<quiz/>")),
    ("LM607", _macros),
    ("LM609", _written("tom.txt", b"")),
    ("LM609", _written("bilde.png", b"\x89PNG\r\n\x1a\n")),
    ("LM610", lambda folder: zipped(folder / "sendt.zip", {"bank.gift": "::A::Hva? {=a ~b}"})),
]
REPORTED: list[tuple[str, Callable[[Path], Path]]] = [
    ("LM620", _moodle(_SINGLE, _question("calculated"))),
    ("LM621", _moodle(_SINGLE, _question("multichoice", _answer("a", "0") + _answer("b", "0")))),
    ("LM622", _moodle(_question("multichoice", _RIGHT, "Se <iframe src='https://x.example'></iframe>"))),
    ("LM623", _moodle(_question("multichoice", _RIGHT + _answer("c", "50")))),
    ("LM624", _moodle(_question("shortanswer", _answer("barnevern") + _answer("barn*")))),
    ("LM625", _moodle(_question("shortanswer", _answer("barnevern", feedback="Ja.")))),
    ("LM626", _moodle(_question("essay"))),
    ("LM627", _moodle(_question("multichoice", _RIGHT, f'<img src="data:image/png;base64,{_PICTURE}">'))),
    ("LM628", _moodle(_question("multichoice", _RIGHT, '<img src="@@PLUGINFILE@@/a.png" alt="x">', _FILE.format("a.png")))),
    ("LM628", _moodle(_question("multichoice", _RIGHT, '<a href="@@PLUGINFILE@@/a.exe">x</a>', _FILE.format("a.exe")))),
    ("LM629", _moodle(_SINGLE.replace("</question>", "<defaultgrade>1000</defaultgrade></question>"))),
    ("LM630", _moodle(_question("shortanswer", _answer("Oslo") + "<usecase>1</usecase>"))),
    ("LM631", _scorm),
    ("LM632", _cartridge),
    ("LM635", _moodle(*[_SINGLE.replace("</question>", "<idnumber>Q_1</idnumber></question>")] * 2)),
    ("LM636", _moodle(_question("multichoice", _RIGHT, r"Hva er \(x^2\)?"))),
    ("LM637", _moodle(_question("multichoice", _answer("a", feedback="<ul><li>en</li><li>to</li></ul>") + _answer("b", "0")))),
    ("LM640", _moodle(_question("multichoice", _RIGHT + _answer("c") + "<single>true</single>"))),
    ("LM641", _moodle(_SINGLE, _question("matching", "<subquestion><text>a</text><answer><text>b</text></answer></subquestion>"))),
    ("LM642", _moodle(_SINGLE, _question("numerical", _answer("omtrent ti")))),
    ("LM643", _moodle(_question("cloze", text="Velg {1:SA:=en} og {1:ESSAY:=to}."))),
    ("LM644", _moodle(_question("shortanswer", _answer("Hamar*")))),
    ("LM645", _moodle(_SINGLE, _question("gapselect", "<selectoption><text>a</text></selectoption>", "Velg [[1]]."))),
    ("LM646", _qti("<varinside respident='r'>1</varinside>")),
    ("LM647", _qti("<varequal respident='r'>a</varequal>", "Quiz Bowl")),
    ("LM648", _written("kode.txt", b"```{.python .run}\nprint(1)\n```\n\n1. Hva?\n\n= 2\n")),
    ("LM650", _moodle(_question("shortanswer", _answer("cd") + _answer("CD", "0") + "<usecase>1</usecase>"))),
    ("LM649", _moodle(_SINGLE, _question("essay", "<generalfeedback><text>Fasit.</text></generalfeedback>"))),
    ("LM638", _moodle(_question("multichoice", _RIGHT, '<img src="@@PLUGINFILE@@/a.png" alt="x">'))),
]  # fmt: skip
_WORD = {"LM608", "LM634", "LM659", "LM660", "LM661", "LM662", "LM663", "LM664"}  # tests/unit/importers/test_word*.py
_LINKS = {"LM655", "LM656", "LM657", "LM658", "LM665"}  # tests/unit/importers/test_files_in_zips.py
_QTI2 = {f"LM67{number}" for number in range(10)}  # tests/unit/importers/test_qti2.py
_H5P = {"LM611", "LM680", "LM681", "LM682", "LM683", "LM684", "LM685", "LM686"}  # tests/unit/importers/test_h5p.py
_SHEET = {"LM612", "LM613", "LM614", "LM615", *(f"LM{number}" for number in range(690, 700))}  # test_sheet.py
ELSEWHERE = _WORD | _LINKS | _QTI2 | _H5P | _SHEET


@pytest.mark.parametrize(("code", "make"), REFUSED)
def test_a_file_is_refused_and_nothing_is_written(
    code: str, make: Callable[[Path], Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = make(tmp_path)
    before = sorted(tmp_path.iterdir())
    assert run(["import", str(file), "--out", str(tmp_path / "kurs")]) == 1
    assert f": {code}: " in capsys.readouterr().err
    assert sorted(tmp_path.iterdir()) == before


@pytest.mark.parametrize(("code", "make"), REPORTED)
def test_a_finding_is_reported_at_its_position(code: str, make: Callable[[Path], Path], tmp_path: Path) -> None:
    file = make(tmp_path)
    found = [problem for problem in import_file(file, tmp_path / "kurs").findings if problem.code == code]
    assert found
    assert all(
        problem.at.path.startswith(os.path.relpath(file)) or file.as_posix() in problem.at.path for problem in found
    )
    assert all(isinstance(problem.at, Position) and problem.at.line >= 1 for problem in found)


def test_what_does_not_read_back_is_reported_at_its_position_in_the_new_file(tmp_path: Path) -> None:
    # Our reader refuses a paragraph of more than 20,000 characters.
    _, draft = read_file(_moodle(_question("multichoice", _RIGHT, "<p>Hva?</p><p>" + "ord " * 7000 + "</p>"))(tmp_path))
    made = folder.make_folder(draft, tmp_path / "kurs")
    found = [problem for problem in made.findings if problem.code == "LM633"]
    assert [problem.values["name"] for problem in found] == ["q"]
    assert found[0].at.path.endswith("kurs/01-bank.md")


def test_every_code_has_a_file() -> None:
    shown = {code for code, _ in REFUSED} | {code for code, _ in REPORTED} | {"LM633"} | ELSEWHERE
    assert shown == {code for code in CATALOGUE if code.startswith("LM6")}


def test_texts_and_images_of_a_scorm_package_are_imported(tmp_path: Path) -> None:
    imported = import_file(_scorm(tmp_path), tmp_path / "kurs")
    assert imported.format == "scorm"
    assert "Det som står her, blir med." in imported.module
    assert "![Noe rødt](media/rod.png)" in imported.module
    assert "ikke dette" not in imported.module
    assert [page.title.plain for page in imported.course.modules[0].pages] == ["Del én"]


def _zip_with(names: dict[str, bytes], *, link: str = "") -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        file = folder / "x.zip"
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in names.items():
                archive.writestr(name, content)
            if link:
                entry = zipfile.ZipInfo(link)
                entry.external_attr = 0o120777 << 16
                archive.writestr(entry, "/etc/passwd")
        return file

    return make


_XML = b"<manifest/>"


@pytest.mark.parametrize(
    ("code", "make"),
    [
        ("LM522", _zip_with({"imsmanifest.xml": _XML, "../ut.html": b"x"})),
        ("LM522", _zip_with({"imsmanifest.xml": _XML, "/etc/ut.html": b"x"})),
        ("LM522", _zip_with({"word/document.xml": _XML, "C:\\ut.xml": b"x"})),
        ("LM523", _zip_with({"imsmanifest.xml": _XML}, link="lenke.html")),
        ("LM525", _zip_with({"imsmanifest.xml": _XML, "a.html": b"x", "A.html": b"y"})),
        ("LM521", _zip_with({"imsmanifest.xml": _XML, "bombe.html": bytes(40 << 20)})),
        ("LM521", _zip_with({"bombe.gift": bytes(40 << 20)})),
        ("LM522", _zip_with({"../bank.gift": b"::A::Hva? {=a ~b}"})),
        ("LM609", _zip_with({"indre.zip": b"PK"})),
        ("LM609", _written("avkuttet.zip", b"PK\x03\x04 og ikke mer")),
        ("LM605", _zip_with({"imsmanifest.xml": _BOMB.replace(b"quiz", b"manifest")})),
        ("LM605", _zip_with({"word/document.xml": _BOMB.replace(b"quiz", b"document"), "[Content_Types].xml": _XML})),
    ],
)
def test_a_hostile_zip_is_refused(
    code: str, make: Callable[[Path], Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = make(tmp_path)
    assert run(["import", str(file), "--out", str(tmp_path / "kurs")]) == 1
    assert code in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == [file.name]


def test_an_entry_is_not_read_past_its_limit(tmp_path: Path) -> None:
    path = zipped(tmp_path / "x.zip", {"stor.html": b"x" * 2000})
    with open_archive(path) as archive, pytest.raises(CourseError, match=r"LM602: “stor\.html”"):
        archive.read("stor.html", most=1000)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
def test_gift_in_a_known_encoding_is_read(encoding: str, tmp_path: Path) -> None:
    text = "::Grøt::Hva er grøt? {=mat}\r\n"
    mark = "\ufeff" if encoding == "utf-16-le" else ""
    (tmp_path / "x.gift").write_bytes((mark + text).encode(encoding))
    assert import_file(tmp_path / "x.gift", tmp_path / "kurs").questions["grot"].prompt.plain == "Hva er grøt?"


def test_a_folder_is_never_overwritten_or_left_incomplete(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = _moodle(_SINGLE)(tmp_path)
    draft = read_file(file)[1]
    (tmp_path / "kurs").mkdir()
    with pytest.raises(FileExistsError):
        folder.make_folder(draft, tmp_path / "kurs")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(folder, "write_and_read_back", full)
    with pytest.raises(OSError, match="No space left"):
        folder.make_folder(draft, tmp_path / "annet")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bank.xml", "kurs"]


def test_a_damaged_word_document_is_refused(tmp_path: Path) -> None:
    pytest.importorskip("mammoth")
    file = zipped(
        tmp_path / "x.docx", {"word/document.xml": "<w:document xmlns:w='x'/>", "[Content_Types].xml": "<Types/>"}
    )
    with pytest.raises(CourseError, match="LM60"):
        read_file(file)
    assert "mammoth" in sys.modules
