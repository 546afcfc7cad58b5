"""Cartridges that open modules in the LTI tool: the links by the schema, and the address that the tool knows."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from lxml import etree

from lokaltmot_lms.inspect import PackageKind, inspect_package
from lokaltmot_lms.inspect.schema import find_schema
from lokaltmot_lms.model import Course, Quiz
from lokaltmot_lms.targets import TARGETS, BuildOptions
from lokaltmot_lms.targets.archive import write_zip
from lokaltmot_lms.targets.base import Package
from lokaltmot_lms.targets.cartridges.tool_link import points

from . import models

_TOOL = "https://kurs.example.no"
_NAMES = {
    "cp": "http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1",
    "blti": "http://www.imsglobal.org/xsd/imsbasiclti_v1p0",
    "lticm": "http://www.imsglobal.org/xsd/imslticm_v1p0",
}


@pytest.fixture
def course() -> Course:
    """Two modules: one with a quiz of a point, one to read only."""
    return models.course([models.module(), models.module("modul-to", with_quiz=False)])


def _package(course: Course, target: str) -> Package:
    return TARGETS[target].package(course, course.modules, BuildOptions(lti_url=_TOOL))


def _content(package: Package, name: str) -> bytes:
    content = next(file.content for file in package.files if file.name == name)
    assert isinstance(content, bytes)
    return content


def _found(content: bytes, path: str) -> list[str]:
    found = etree.fromstring(content).xpath(path, namespaces=_NAMES)
    assert isinstance(found, list)
    return [str(each) for each in found]


def test_a_thin_cartridge_is_links_in_one_folder(course: Course) -> None:
    package = _package(course, "thin")
    manifest = _content(package, "imsmanifest.xml")

    assert [file.name for file in package.files] == ["imsmanifest.xml", "links/modul-en.xml", "links/modul-to.xml"]
    assert set(_found(manifest, "//cp:resource/@type")) == {"imsbasiclti_xmlv1p0"}
    assert _found(manifest, "//cp:item[cp:item]/cp:title/text()") == [course.title]
    assert len(_found(manifest, "//cp:item/@identifierref")) == 2


def test_a_link_says_where_which_module_and_how_much_it_gives(course: Course) -> None:
    link = _content(_package(course, "thin"), "links/modul-en.xml")

    assert _found(link, "//blti:secure_launch_url/text()") == [f"{_TOOL}/lti/module/kurs-modul-en-lti"]
    assert _found(link, "//blti:custom/lticm:property[@name='module']/text()") == ["kurs-modul-en-lti"]
    extensions = "//blti:extensions[@platform='canvas.instructure.com']/lticm:property"
    assert _found(link, f"{extensions}[@name='outcome']/text()") == ["1"]
    assert _found(link, f"{extensions}[@name='privacy_level']/text()") == ["anonymous"]


def test_the_folder_it_names_is_the_one_that_the_lti_target_makes(course: Course) -> None:
    made = TARGETS["lti"].package(course, course.modules[:1], BuildOptions())

    assert made.name == "kurs-modul-en-lti"


def test_a_module_gives_what_is_drawn_at_most_and_one_point_without_a_quiz(course: Course) -> None:
    module, read_only = course.modules
    question = models.question()
    quiz = Quiz(
        id="quiz",
        questions=tuple(replace(question, id=f"q{at}", points=Decimal(at)) for at in (1, 2, 3)),
        draw=2,
        at=models.AT,
    )
    page = replace(module.pages[0], blocks=(quiz,))

    assert points(replace(module, pages=(page,))) == 5
    assert points(read_only) == 1


def test_a_folder_of_a_common_cartridge_ends_with_the_link(course: Course) -> None:
    manifest = _content(_package(course, "cc"), "imsmanifest.xml")

    assert _found(manifest, "//cp:item[@identifierref='res_modul.en_tool']/cp:title/text()") == ["Ære & mot"]
    assert _found(manifest, "//cp:resource[@identifier='res_modul.en_tool']/cp:file/@href") == ["m-modul-en/tool.xml"]


@pytest.mark.parametrize("target", ["thin", "cc"])
def test_cartridge_and_links_are_sound(course: Course, target: str, tmp_path: Path) -> None:
    package = _package(course, target)
    write_zip(tmp_path / "a.imscc", package.files)
    link = tmp_path / "link.xml"
    link.write_bytes(next(_content(package, f.name) for f in package.files if b"cartridge_basiclti_link" in f.content))  # type: ignore[operator]
    known = {"LM532"} if find_schema(PackageKind.LTI_LINK, None) is None else set()  # no schema files at hand

    for path in (tmp_path / "a.imscc", link):
        found = inspect_package(path)
        assert {problem.code for problem in found.problems} == known, [problem.text() for problem in found.problems]
