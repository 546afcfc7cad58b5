"""Common Cartridge 1.1: what profile and platforms ask for, by XPath, and by the schemas where there are any."""

from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree

from lokaltmot_lms.inspect import PackageKind, inspect_package
from lokaltmot_lms.inspect.schema import find_schema
from lokaltmot_lms.model import ChoiceQuestion, Course, Figure, Film, Media, Notice, Page, Quiz
from lokaltmot_lms.targets import TARGETS, BuildOptions
from lokaltmot_lms.targets.archive import write_zip
from lokaltmot_lms.targets.base import Package
from lokaltmot_lms.targets.loss import LostFeature

from . import models

_NAMES = {
    "cp": "http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1",
    "q": "http://www.imsglobal.org/xsd/ims_qtiasiv1p2",
}


@pytest.fixture
def course(tmp_path: Path) -> Course:
    """Two modules: one with a picture and a quiz of two kinds of questions, one to read only."""
    picture = tmp_path / "rom.png"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(9))
    media = {"media/rom.png": Media(path="media/rom.png", file=picture, size=17, at=models.AT)}
    first = models.question()
    options = tuple(replace(option, is_right=option.key != "c") for option in first.options)
    several = ChoiceQuestion(
        id="flere", type="multiple", prompt=models.inline("Hvilke?"), options=options, at=models.AT
    )
    module = models.module()
    figure = Figure(path="media/rom.png", alt="Et rom", at=models.AT)
    read = replace(module.pages[0], blocks=(*module.pages[0].blocks[:1], figure))
    quiz = Quiz(id="quiz", questions=(replace(first, explanation=models.text("Slik.")), several), at=models.AT)
    asked = Page(id="prov-deg", title=models.inline("Prøv deg"), blocks=(quiz,), at=models.AT)
    modules = [replace(module, pages=(read, asked)), models.module("modul-to", with_quiz=False)]
    return replace(models.course(modules), media=media)


def _package(course: Course) -> Package:
    return TARGETS["cc"].package(course, course.modules, BuildOptions())


def _xml(package: Package, name: str) -> etree._Element:
    content = next(file.content for file in package.files if file.name == name)
    assert isinstance(content, bytes)
    return etree.fromstring(content)


def _found(root: etree._Element, path: str) -> list[str]:
    found = root.xpath(path, namespaces=_NAMES)
    assert isinstance(found, list)
    return [str(each) for each in found]


def test_platforms_know_it_by_its_words(course: Course) -> None:
    root = _xml(_package(course), "imsmanifest.xml")

    assert _found(root, "cp:metadata/cp:schema/text()") == ["IMS Common Cartridge"]
    assert _found(root, "cp:metadata/cp:schemaversion/text()") == ["1.1.0"]


def test_a_module_is_a_folder_below_one_root_without_a_title(course: Course) -> None:
    root = _xml(_package(course), "imsmanifest.xml")
    tree = "cp:organizations/cp:organization[@structure='rooted-hierarchy']/cp:item"

    assert _found(root, f"{tree}/cp:title/text()") == []
    assert _found(root, f"{tree}/cp:item/cp:title/text()") == ["Ære & mot", "Ære & mot"]
    assert _found(root, f"{tree}/cp:item[1]/cp:item/cp:title/text()") == ["Side", "Prøv deg"]
    assert _found(root, f"{tree}/cp:item[@identifierref]/@identifier") == []


def test_only_web_content_has_an_address(course: Course) -> None:
    root = _xml(_package(course), "imsmanifest.xml")

    assert _found(root, "//cp:resource[@href][@type!='webcontent']/@type") == []
    assert _found(root, "//cp:resource[not(@href)]/@type") == ["imsqti_xmlv1p2/imscc_xmlv1p1/assessment"]
    assert _found(root, "//cp:resource[@href='media/rom.png']/cp:file/@href") == ["media/rom.png"]


def test_a_page_shows_its_picture_and_no_question(course: Course) -> None:
    content = next(file.content for file in _package(course).files if file.name == "m-modul-en/side.html")
    assert isinstance(content, bytes)

    assert b'src="../media/rom.png"' in content
    assert b"Hvem bestemmer" not in content


def test_a_quiz_follows_the_profile(course: Course) -> None:
    root = _xml(_package(course), "m-modul-en/quiz-quiz.xml")
    profiles = "//q:qtimetadatafield[q:fieldlabel='cc_profile']/q:fieldentry/text()"

    assert _found(root, profiles) == ["cc.exam.v0p1", "cc.multiple_choice.v0p1", "cc.multiple_response.v0p1"]
    assert _found(root, "//q:section/@ident") == ["root_section"]
    assert _found(root, "//q:response_lid/@rcardinality") == ["Single", "Multiple"]
    assert set(_found(root, "//q:setvar/@action")) == {"Set"}
    right = "q:resprocessing/q:respcondition[q:setvar]/q:conditionvar"
    assert _found(root, f"//q:item[1]/{right}/q:varequal/text()") == ["b"]
    assert _found(root, f"//q:item[2]/{right}/q:and/q:varequal/text()") == ["a", "b"]
    assert _found(root, f"//q:item[2]/{right}/q:and/q:not/q:varequal/text()") == ["c"]
    assert _found(root, "//q:item[1]/q:itemfeedback/@ident") == ["general_fb", "a_fb", "b_fb", "c_fb"]


def test_what_the_profile_cannot_hold_is_reported(course: Course) -> None:
    assert [(loss.thing, loss.ids) for loss in _package(course).losses or ()] == [(LostFeature.MULTIPLE, ("flere",))]


def test_what_only_our_player_has_is_reported(course: Course) -> None:
    notice = Notice(text=models.text("Om vold."), skip="prov-deg", at=models.AT)
    film = Film(kind="video", path="media/rom.png", title="Mot", chapters="media/a.vtt", at=models.AT)
    module = course.modules[1]
    page = replace(module.pages[0], blocks=(notice, film))
    course = replace(course, modules=(replace(module, pages=(page,), quick_exit=True),), help_lines=("nod", "alarm"))

    assert [(loss.thing, loss.count) for loss in _package(course).losses or ()] == [
        (LostFeature.QUICK_EXIT, 1),
        (LostFeature.HELP_LINES, 2),
        (LostFeature.SHORT_WAY, 1),
        (LostFeature.CHAPTERS, 1),
    ]


def test_the_cartridge_and_its_quiz_are_sound(course: Course, tmp_path: Path) -> None:
    package = _package(course)
    write_zip(tmp_path / "a.imscc", package.files)
    quiz = tmp_path / "quiz.xml"
    quiz.write_bytes(etree.tostring(_xml(package, "m-modul-en/quiz-quiz.xml")))
    known = {"LM532"} if find_schema(PackageKind.CARTRIDGE, None) is None else set()  # no schema files at hand

    for path in (tmp_path / "a.imscc", quiz):
        found = inspect_package(path)
        assert {problem.code for problem in found.problems} == known, [problem.text() for problem in found.problems]
