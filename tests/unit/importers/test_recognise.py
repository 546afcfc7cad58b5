"""A file that can't be imported is recognised by its content, and the message names it and the way out."""

import gzip
import io
import struct
import tarfile
import zipfile
from pathlib import Path

import pytest

from lokaltmot_lms.cli.run import run
from lokaltmot_lms.errors import CourseError
from lokaltmot_lms.importers import read_file
from lokaltmot_lms.importers.recognise.kinds import KINDS, LESS_SURE_KINDS

CASES = Path(__file__).resolve().parents[4] / "shared" / "cases"


def _tar(*names: str) -> bytes:
    output = io.BytesIO()
    with tarfile.open(fileobj=output, mode="w") as archive:
        for name in names:
            archive.addfile(tarfile.TarInfo(name))
    return output.getvalue()


def _zip(entries: dict[str, str]) -> bytes:
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w") as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return output.getvalue()


def _encrypted_zip() -> bytes:
    """Return a zip whose only file has the flag of encryption (APPNOTE 6.3.9, 4.4.4), in both of its headers."""
    content = bytearray(_zip({"prøve.txt": "x"}))
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    return bytes(content)


def _old_office(*names: str) -> bytes:
    """Return the header and the first directory sector of a compound file ([MS-CFB] 2.2 and 2.6.1)."""
    header = bytearray(512)
    header[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    header[30:32] = struct.pack("<H", 9)
    header[48:52] = struct.pack("<I", 0)
    entries = b"".join(name.encode("utf-16-le").ljust(128, b"\0") for name in ("Root Entry", *names))
    return bytes(header) + entries.ljust(512, b"\0")


_R_EXAMS = (
    "Question\n========\nWhich is a prime?\n\nAnswerlist\n----------\n* 4\n* 5\n\nexname: prime\nextype: schoice\n"
)
_LIA = "<!--\nauthor: Kari\nnarrator: Norwegian Female\n-->\n\n# Brannvern\n\n [( )] Løpe\n [(X)] Varsle\n"
_OWN = '---\ntitle: "Brann"\nid: brann\nversion: 2026.1\n---\n\n# Side {#side}\n\nTekst.\n'

FILES: list[tuple[str, bytes, str]] = [
    ("tomt.docx", b"", "The file is empty"),
    ("tomt.txt", b"\xef\xbb\xbf\r\n \r\n", "The file is empty"),
    ("hms.mbz", gzip.compress(_tar(".ARCHIVE_INDEX", "activities", "moodle_backup.xml")), "backup of a Moodle course"),
    ("hms.mbz", gzip.compress(_tar("moodle_backup.xml")), "backup of a Moodle course"),
    ("hms.zip", _zip({"moodle_backup.xml": "<moodle_backup/>", "questions.xml": "<q/>"}), "backup of a Moodle course"),
    ("gammel.doc", _old_office("WordDocument"), "old version of Word"),
    ("liste.bin", _old_office("Workbook"), "old version of Excel"),
    ("lysbilder.ppt", _old_office("PowerPoint Document"), "presentation"),
    ("lysbilder.pptx", _zip({"[Content_Types].xml": "", "ppt/presentation.xml": ""}), "presentation"),
    ("laast.docx", _old_office("EncryptedPackage"), "protected with a password"),
    ("post.msg", _old_office("__nameid_version1.0"), "e-mail from Outlook"),
    ("notat.odt", _zip({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": ""}), "OpenDocument"),
    ("ark.ods", _zip({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}), "OpenDocument or Numbers spread"),
    ("bok.epub", _zip({"mimetype": "application/epub+zip"}), "e-book"),
    ("brev.rtf", rb"{\rtf1\ansi Hva er {\b riktig}?}", "RTF"),
    ("rundskriv.pdf", b"%PDF-1.7\n1 0 obj", "PDF"),
    ("bilde.gift", b"\x89PNG\r\n\x1a\n" + bytes(9), "image"),
    ("bilde.heic", b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00", "image"),
    ("tegning.svg", b'<svg xmlns="http://www.w3.org/2000/svg"/>', "image"),
    ("film.mov", b"\x00\x00\x00\x14ftypqt  \x00\x00\x00\x00", "video"),
    ("opptak.mp3", b"ID3\x04\x00" + bytes(9), "video or a sound"),
    ("prøve.zip", _zip({"res00001.dat": "<questestinterop/>", "imsmanifest.xml": "<manifest/>"}), "Blackboard"),
    ("kort.apkg", _zip({"collection.anki21": "", "media": "{}"}), "Anki"),
    ("kurs.story", _zip({"story/story.xml": ""}), "project of an authoring tool"),
    ("oppgave.xml", b"<?xml version='1.0'?><hotpot-jquiz-file/>", "project of an authoring tool"),
    ("pakke.zip", _zip({"cmi5.xml": "<courseStructure/>", "index.html": ""}), "cmi5"),
    ("notat.gdoc", b'{"url": "https://docs.example/d/1", "doc_id": "1"}', "shortcut"),
    ("primtall.Rmd", _R_EXAMS.encode(), "R/exams"),
    ("primtall.Rnw", b"\\begin{question}\nx\n\\end{question}\n\\extype{num}\n\\exsolution{4}\n", "R/exams"),
    ("rapport.qmd", b"# Innledning {#sec-inn}\n\n{{< video film.mp4 >}}\n", "Quarto"),
    ("rapport.md", b"---\ntitle: Rapport\nformat: docx\n---\n\n- [x] Ja\n", "Quarto"),
    ("eksamen.tex", b"\\documentclass{exam}\n\\begin{questions}\n\\question Hva? {=a ~b}\n", "LaTeX"),
    ("brannvern.md", _LIA.encode(), "LiaScript"),
    ("uten-hode.md", b"# Quiz\n\nVelg to:\n\n    [[X]] a\n    [[ ]] b\n", "LiaScript"),
    ("prøve.md", b"<quiz>\nHva er 3 + 3?\n- [ ] 5\n- [x] 6\n</quiz>\n", "mkdocs-quiz"),
    ("01-brann.md", _OWN.encode(), "Lokalt mot’s own format"),
    ("side.txt", b"::: quiz\n\n## Hva? {#hva}\n\n- (x) Ja\n- ( ) Nei\n:::\n", "Lokalt mot’s own format"),
    ("side.html", b"\n<!DOCTYPE html><html><p>Hva er {=a ~b}?</p></html>", "web page"),
    ("bit.html", b"<div><p>Hei</p></div>", "web page"),
    ("les.md", b"<p align=center>Hei</p>\n\nTekst\n", "ordinary Markdown"),
    ("uten-rot.htm", b"<!doctype HTML><p>Hei</p>", "web page"),
    ("notat.md", "# Møte {#mote}\n\n1. Brann\n2. Vann\n\n* punkt\n".encode(), "ordinary Markdown"),
    ("notat.txt", b"Brann\n\n## Varsling\n\nRing 110.\n", "ordinary Markdown"),
    ("prøve.txt", b"1) Hva er 2 + 2?\na. 3\n*b. 4\n", "Respondus"),
    ("mappe.zip", _zip({"kurs/imsmanifest.xml": "<manifest/>", "kurs/a.html": "x"}), "inside a folder"),
    ("laast.zip", _encrypted_zip(), "protected with a password"),
    ("avbrutt.zip", _zip({"a.txt": "Hei"})[:-30], "damaged or incomplete"),
    ("bilder.zip", _zip({"a.jpg": "x", "b.jpg": "y"}), "contains no file of a format"),
    ("arkiv.tar.gz", gzip.compress(_tar("les.txt")), "packed archive"),
    ("arkiv.7z", b"7z\xbc\xaf\x27\x1c", "packed archive"),
    ("data.xml", b"<?xml version='1.0'?><ordbok><ord/></ordbok>", "root element <ordbok>"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "content", "says"), FILES, ids=[f"{name}-{says}" for name, _, says in FILES])
def test_a_file_is_named_with_its_way_out(name: str, content: bytes, says: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(CourseError) as caught:
        read_file(tmp_path / name)
    (problem,) = caught.value.problems
    assert problem.code == "LM609"
    assert says in problem.message()
    assert problem.hint("nb") != problem.hint()


def test_every_kind_has_a_file() -> None:
    shown = {kind.what for kind in (*KINDS, *LESS_SURE_KINDS) for *_, says in FILES if says in kind.what}
    named = "root element <ordbok>"
    missing = [kind.what for kind in (*KINDS, *LESS_SURE_KINDS) if kind.what not in shown and "{root}" not in kind.what]
    assert missing == []
    assert any(says == named for *_, says in FILES)


_GIFT = "::A::Hva er # i et navn? {=et tegn ~en feil}\n"


@pytest.mark.parametrize(
    ("entries", "names"),
    [
        ({"til deg/bank.gift": _GIFT, "__MACOSX/til deg/._bank.gift": "x"}, "til deg/bank.gift (GIFT)"),
        (
            {"a.xml": "<quiz><question/></quiz>", "les meg.pdf": "%PDF-1.4", "b.txt": _GIFT},
            "a.xml (Moodle XML), b.txt (GIFT)",
        ),
    ],
)
def test_a_zip_names_the_files_that_can_be_imported(entries: dict[str, str], names: str, tmp_path: Path) -> None:
    (tmp_path / "sendt.zip").write_bytes(_zip(entries))
    with pytest.raises(CourseError) as caught:
        read_file(tmp_path / "sendt.zip")
    (problem,) = caught.value.problems
    assert (problem.code, problem.values["names"]) == ("LM610", names)


def test_a_large_file_is_named_before_its_size_is_refused(tmp_path: Path) -> None:
    with (tmp_path / "film.mp4").open("wb") as file:
        file.write(b"\x00\x00\x00\x18ftypmp42")
        file.truncate(80_000_000)
    with pytest.raises(CourseError, match="LM609: This is a video"):
        read_file(tmp_path / "film.mp4")


_QUOTES = (
    "<quiz>\n<question type='multichoice'><name><text>Q</text></name><questiontext format='markdown'><text><![CDATA[\n"
    "- [x] et punkt\n[[X]] Lia\n```{r}\nexsolution: 1\n:::: quiz\n]]></text></questiontext><answer fraction='100'>"
    "<text>a</text></answer><answer fraction='0'><text>b</text></answer></question>\n</quiz>"
)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("q.xml", _QUOTES),
        ("q.gift", "// # ikke en overskrift\nBMI er {#22}\n"),
        ("q.txt", "Quiz title: Bilder\n\n1. Hva viser [[x]]?\n*a) ja\nb) nei\n"),
        ("q.gift", "---\n::A::Hva? {=a ~b}\n"),
    ],
)
def test_a_supported_text_is_not_taken_for_another_kind(name: str, text: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(text, "utf-8")
    assert read_file(tmp_path / name)[1].modules


def test_blank_lines_do_not_slow_the_recognition_down(tmp_path: Path) -> None:
    (tmp_path / "tomme.txt").write_text("<!--\n" + " \n" * 200_000 + "x\n", "utf-8")
    with pytest.raises(CourseError, match="LM60"):
        read_file(tmp_path / "tomme.txt")


@pytest.mark.skipif(not CASES.is_dir(), reason="the shared cases are only next to checkouts of the maintainers")
@pytest.mark.parametrize(
    ("case", "says"),
    [
        ("other/moodle-course-backup/kurs.mbz", "Moodle"),
        ("markdown/liascript/liascript.md", "LiaScript"),
        ("markdown/mkdocsquiz/mkdocsquiz.md", "mkdocs-quiz"),
        ("markdown/quarto/quarto.qmd", "Quarto"),
    ],
)
def test_the_shared_cases_are_named(case: str, says: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["import", str(CASES / case), "--out", str(tmp_path / "kurs")]) == 1
    assert says in capsys.readouterr().err
    assert not list(tmp_path.iterdir())
