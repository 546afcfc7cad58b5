"""A Canvas cartridge has the parts that Canvas's converter looks for, one test a part."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from lxml import etree

from lokaltmot_lms.inspect import inspect_package
from lokaltmot_lms.model import (
    Completion,
    Course,
    Figure,
    Film,
    Gap,
    Gaps,
    Likert,
    Matching,
    Media,
    Numeric,
    Option,
    Ordering,
    Page,
    Pair,
    Prose,
    Quiz,
    Reflection,
    ShortText,
    Statement,
    Text,
)
from lokaltmot_lms.targets import TARGETS, BuildOptions
from lokaltmot_lms.targets.archive import write_zip
from lokaltmot_lms.targets.base import Package
from lokaltmot_lms.targets.loss import LostFeature

from . import models

_NAMES = {
    "cp": "http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1",
    "cv": "http://canvas.instructure.com/xsd/cccv1p0",
    "q": "http://www.imsglobal.org/xsd/ims_qtiasiv1p2",
}
_QUIZ = "modul.en_quiz_quiz"


def _questions() -> list[object]:
    def base(name: str) -> dict[str, object]:
        return {"id": name, "type": name, "prompt": models.inline("Hva?"), "at": models.AT}

    first = models.question()
    pairs = (
        Pair(key="1", left=models.inline("Politi"), match="a", right=models.inline("112"), at=models.AT),
        Pair(key="", left=None, match="b", right=models.inline("113"), at=models.AT),
    )
    body = Text(html='Ring <span data-gap="1"></span>.', plain="…", at=models.AT)
    typed = (Gap(key="1", accepted=("112", "politiet"), at=models.AT),)
    menu = (Gap(key="1", options=first.options, at=models.AT),)
    statement = Statement(key="1", text=models.inline("Jeg vet."), at=models.AT)
    return [
        replace(first, points=Decimal(2), explanation=models.text("Slik.")),
        replace(first, id="flere", type="multiple"),
        ShortText(**base("text"), accepted=("mot", "motet")),
        Numeric(**base("numeric"), low=Decimal(16), high=Decimal(18)),
        Matching(**base("matching"), pairs=pairs),
        Ordering(**base("ordering"), items=first.options[:2]),
        Gaps(**(base("gaps") | {"id": "hull"}), body=body, gaps=typed),
        Gaps(**(base("gaps") | {"id": "meny"}), body=body, gaps=menu),
        Likert(**base("likert"), low="Uenig", high="Enig", steps=5, statements=(statement,)),
    ]


@pytest.fixture
def course(tmp_path: Path) -> Course:
    """A module with a page, a page that also has a quiz of all types, a picture and a film."""
    media = {}
    for name in ("rom.png", "film.mp4", "film.vtt"):
        (tmp_path / name).write_bytes(b"WEBVTT\n\n")
        media[f"media/{name}"] = Media(path=f"media/{name}", file=tmp_path / name, size=8, at=models.AT)
    film = Film(kind="video", path="media/film.mp4", title="Mot", captions="media/film.vtt", at=models.AT)
    link = Text(html='<p><a href="#prov-deg">Prøv</a></p>', plain="Prøv", at=models.AT)
    blocks = (Prose(text=link, at=models.AT), Figure(path="media/rom.png", alt="Et rom", at=models.AT), film)
    quiz = Quiz(id="quiz", questions=tuple(_questions()), attempts=3, at=models.AT)  # type: ignore[arg-type]
    asked = Page(
        id="prov-deg", title=models.inline("Prøv deg"), blocks=(Prose(text=models.text("Les."), at=models.AT), quiz),
        at=models.AT,
    )  # fmt: skip
    read = replace(models.module().pages[0], blocks=blocks)
    module = replace(models.module(), pages=(read, asked), completion=Completion(all_pages=True, passed_quiz=True))
    return replace(models.course([module]), media=media)


def _package(course: Course) -> Package:
    return TARGETS["canvas"].package(course, course.modules, BuildOptions())


def _content(package: Package, name: str) -> bytes:
    content = next(file.content for file in package.files if file.name == name)
    assert isinstance(content, bytes)
    return content


def _found(course: Course, name: str, path: str) -> list[str]:
    found = etree.fromstring(_content(_package(course), name)).xpath(path, namespaces=_NAMES)
    assert isinstance(found, list)
    return [str(each) for each in found]


def test_1_the_manifest_flags_a_cartridge_of_canvas(course: Course) -> None:
    flagged = "//cp:resource[@href='course_settings/canvas_export.txt']"

    assert _found(course, "imsmanifest.xml", "cp:metadata/cp:schemaversion/text()") == ["1.1.0"]
    assert _found(course, "imsmanifest.xml", f"{flagged}/@type") == [
        "associatedcontent/imscc_xmlv1p1/learning-application-resource"
    ]
    assert sorted(_found(course, "imsmanifest.xml", f"{flagged}/cp:file/@href")) == [
        "course_settings/canvas_export.txt",
        "course_settings/course_settings.xml",
        "course_settings/module_meta.xml",
    ]


def test_2_a_module_lists_its_items_and_what_must_be_done(course: Course) -> None:
    meta = "course_settings/module_meta.xml"

    assert _found(course, meta, "//cv:item/cv:content_type/text()") == [
        "WikiPage",
        "ContextModuleSubHeader",
        "WikiPage",
        "Quizzes::Quiz",
    ]
    assert _found(course, meta, "//cv:item/cv:indent/text()") == ["0", "0", "1", "1"]
    assert _found(course, meta, "//cv:completionRequirement/@type") == ["must_view", "must_view", "min_score"]
    items = _found(course, meta, "//cv:item/@identifier")
    assert set(_found(course, meta, "//cv:completionRequirement/cv:identifierref/text()")) < set(items)
    # 80 per cent of nine points: two for the first question, one for each of the other seven that Canvas has.
    assert _found(course, meta, "//cv:completionRequirement/cv:min_score/text()") == ["7.2"]


def test_3_a_page_has_its_id_its_state_and_its_links(course: Course) -> None:
    page = _content(_package(course), "wiki_content/modul-en-side.html").decode()

    assert "<title>Side</title>" in page
    assert '<meta name="identifier" content="modul.en_page_side">' in page
    assert '<meta name="workflow_state" content="active">' in page
    assert 'href="$WIKI_REFERENCE$/pages/modul-en-prov-deg"' in page
    assert 'src="$IMS-CC-FILEBASE$/media/rom.png"' in page
    assert '<track kind="captions" src="$IMS-CC-FILEBASE$/media/film.vtt"' in page
    assert "modul.en_page_side" in _found(course, "course_settings/module_meta.xml", "//cv:identifierref/text()")


def test_4_files_lie_where_canvas_takes_them_for_files(course: Course) -> None:
    files = "//cp:resource[@type='webcontent'][starts-with(@href, 'web_resources/')]/@href"

    assert _found(course, "imsmanifest.xml", files) == [
        "web_resources/media/film.mp4",
        "web_resources/media/film.vtt",
        "web_resources/media/rom.png",
    ]


def test_5_a_quiz_has_canvas_types_points_attempts_and_feedback(course: Course) -> None:
    file = f"non_cc_assessments/{_QUIZ}.xml.qti"

    def field(name: str) -> list[str]:
        return _found(course, file, f"//q:item//q:qtimetadatafield[q:fieldlabel='{name}']/q:fieldentry/text()")

    assert field("question_type") == [
        f"{kind}_question"
        for kind in (
            "multiple_choice", "multiple_answers", "short_answer", "numerical", "matching", "matching",
            "fill_in_multiple_blanks", "multiple_dropdowns",
        )
    ]  # fmt: skip
    assert field("points_possible") == ["2", *["1"] * 7]
    assert _found(course, file, "//q:item[1]/q:itemfeedback/@ident") == ["general_fb", "a_fb", "b_fb", "c_fb"]
    assert _found(course, file, "//q:item[3]//q:varequal/text()") == ["mot", "motet"]
    assert _found(course, file, "//q:item[4]//q:vargte/text() | //q:item[4]//q:varlte/text()") == ["16", "18"]
    assert _found(course, file, "//q:item[5]//q:response_lid/@ident") == ["response_1"]
    assert _found(course, file, "//q:item[5]//q:response_label/@ident") == ["a", "b"]
    assert "[gap1]" in _found(course, file, "//q:item[7]/q:presentation/q:material/q:mattext/text()")[0]
    meta = f"{_QUIZ}/assessment_meta.xml"
    assert _found(course, meta, "cv:allowed_attempts/text() | cv:points_possible/text()") == ["9", "3"]
    assert _found(course, meta, "cv:quiz_type/text()") == ["assignment"]


def test_6_a_draw_becomes_a_group(course: Course) -> None:
    module = course.modules[0]
    page = module.pages[1]
    quiz = page.blocks[1]
    assert isinstance(quiz, Quiz)
    drawn = replace(page, blocks=(replace(quiz, questions=quiz.questions[1:3], draw=1),))
    course = replace(course, modules=(replace(module, pages=(module.pages[0], drawn)),))
    group = "//q:section/q:section/q:selection_ordering/q:selection"
    file = f"non_cc_assessments/{_QUIZ}.xml.qti"

    assert _found(course, file, f"{group}/q:selection_number/text()") == ["1"]
    assert _found(course, file, f"{group}/q:selection_extension/q:points_per_item/text()") == ["1"]
    assert _found(course, f"{_QUIZ}/assessment_meta.xml", "cv:points_possible/text()") == ["1"]


def test_7_with_the_tools_address_a_graded_assignment_opens_the_module_there(course: Course) -> None:
    linked = TARGETS["canvas"].package(course, course.modules, BuildOptions(lti_url="https://kurs.example.no"))

    def found(name: str, path: str) -> list[str]:
        return [str(each) for each in etree.fromstring(_content(linked, name)).xpath(path, namespaces=_NAMES)]

    meta = "course_settings/module_meta.xml"
    assert found(meta, "//cv:item[last()]/cv:content_type/text()") == ["Assignment"]
    assert found(meta, "//cv:item[last()]/cv:identifierref/text()") == ["modul.en_tool"]
    # What is done in the tool counts, and nothing else: 80 per cent of its ten points.
    assert found(meta, "//cv:completionRequirement/@type") == ["min_score"]
    assert found(meta, "//cv:completionRequirement/cv:identifierref/text()") == ["item_modul.en_tool"]
    assert found(meta, "//cv:min_score/text()") == ["8"]
    settings = "modul.en_tool/assignment_settings.xml"
    assert found(settings, "cv:submission_types/text()") == ["external_tool"]
    assert found(settings, "cv:external_tool_url/text()") == ["https://kurs.example.no/lti/module/kurs-modul-en-lti"]
    assert found(settings, "cv:points_possible/text()") == ["10"]
    assert found(f"{_QUIZ}/assessment_meta.xml", "cv:quiz_type/text()") == ["practice_quiz"]
    resource = "//cp:resource[@identifier='modul.en_tool']"
    assert found("imsmanifest.xml", f"{resource}/cp:file/@href") == [
        "modul.en_tool/assignment.html",
        settings,
    ]


def test_reflections_become_essays_only_when_asked_for(course: Course) -> None:
    module = course.modules[0]
    reflection = Reflection(id="tenk", text=models.text("Hvor i din tjeneste?"), at=models.AT)
    page = replace(module.pages[0], blocks=(*module.pages[0].blocks, reflection))
    course = replace(course, modules=(replace(module, pages=(page, *module.pages[1:])),))
    survey = "modul.en_essays_side"

    assert not [file.name for file in _package(course).files if survey in file.name]
    asked = TARGETS["canvas"].package(course, course.modules, BuildOptions(essays=True))
    # Texts about personal experience are not kept with the name.
    assert [one["anonymous_submissions"] for one in _settings(asked) if one["quiz_type"] == "survey"] == ["true"]
    root = etree.fromstring(_content(asked, f"non_cc_assessments/{survey}.xml.qti"))
    fields = root.xpath("//q:item//q:fieldentry/text()", namespaces=_NAMES)
    assert fields == ["essay_question", "0"]
    assert b"<quiz_type>survey</quiz_type>" in _content(asked, f"{survey}/assessment_meta.xml")
    profile = etree.fromstring(_content(asked, f"{survey}/assessment_qti.xml"))
    assert profile.xpath("//q:item//q:fieldentry/text()", namespaces=_NAMES) == ["cc.essay.v0p1"]
    assert not profile.xpath("//q:resprocessing", namespaces=_NAMES)


def test_an_id_may_end_with_a_hyphen(course: Course, tmp_path: Path) -> None:
    module = course.modules[0]
    quiz = module.pages[1].blocks[1]
    assert isinstance(quiz, Quiz)
    page = replace(module.pages[1], blocks=(replace(quiz, id="quiz-"),))
    course = replace(course, modules=(replace(module, pages=(page,)),))

    names = [file.name for file in _package(course).files]
    write_zip(tmp_path / "a.imscc", _package(course).files)

    assert "modul.en_quiz_quiz._/assessment_meta.xml" in names


def test_what_canvas_cannot_hold_is_reported(course: Course) -> None:
    lost = {loss.thing: loss.ids for loss in _package(course).losses or ()}

    assert lost == {LostFeature.ORDERING: ("ordering",), LostFeature.LIKERT: ("likert",),
                    LostFeature.FEEDBACK: ("ordering", "meny")}  # fmt: skip


@pytest.mark.parametrize("options", [BuildOptions(), BuildOptions(lti_url="https://kurs.example.no", essays=True)])
def test_the_cartridge_is_sound(course: Course, tmp_path: Path, options: BuildOptions) -> None:
    write_zip(tmp_path / "a.imscc", TARGETS["canvas"].package(course, course.modules, options).files)

    found = inspect_package(tmp_path / "a.imscc")

    assert {problem.code for problem in found.problems} <= {"LM532"}, [problem.text() for problem in found.problems]


def _native(package: Package) -> etree._Element:
    (content,) = (file.content for file in package.files if file.name.endswith(".xml.qti"))
    assert isinstance(content, bytes)
    return etree.fromstring(content)


def _settings(package: Package, end: str = "assessment_meta.xml") -> list[dict[str, str]]:
    contents = [file.content for file in package.files if file.name.endswith(end)]
    roots = [etree.fromstring(content) for content in contents if isinstance(content, bytes)]
    return [{str(etree.QName(child).localname): child.text or "" for child in root} for root in roots]


def _with(*questions: object, **settings: object) -> Course:
    module = models.module()
    quiz = Quiz(id="quiz", questions=tuple(questions), at=models.AT, **settings)
    return models.course([replace(module, pages=(replace(module.pages[0], blocks=(quiz,)),))])


@pytest.mark.parametrize("count", [2, 3])
def test_each_menu_of_a_question_keeps_its_own_right_answer(count: int) -> None:
    """Canvas reads all answers of a question into one table by ident, as fill_in_the_blank.rb does here."""
    menus = tuple(Gap(key=str(at), options=models.question().options, at=models.AT) for at in range(1, count + 1))
    body = Text(html=" ".join(f'<span data-gap="{at}"></span>' for at in range(1, count + 1)), plain="…", at=models.AT)
    question = Gaps(id="menyer", type="gaps", prompt=models.inline("Velg."), body=body, gaps=menus, at=models.AT)
    item = _native(_package(_with(question))).find(".//q:item", _NAMES)
    assert item is not None

    table: dict[str, dict[str, object]] = {}
    for response in item.iterfind(".//q:response_lid", _NAMES):
        for label in response.iterfind(".//q:response_label", _NAMES):
            table[label.get("ident", "")] = {"blank": response.get("ident"), "right": False}
    for right in item.iterfind(".//q:respcondition//q:varequal", _NAMES):
        table[right.text or ""]["right"] = True

    blanks = [f"response_gap{at}" for at in range(1, count + 1)]
    assert len(table) == count * len(models.question().options)
    assert [row["blank"] for row in table.values() if row["right"]] == blanks


@pytest.mark.parametrize("count", [2, 3, 5, 9])
def test_the_steps_of_an_ordering_are_never_in_the_right_order(count: int) -> None:
    items = tuple(
        Option(key="abcdefghi"[at], text=models.inline(f"Steg {at + 1}"), is_right=True, at=models.AT)
        for at in range(count)
    )
    question = Ordering(id="steg", type="ordering", prompt=models.inline("Ordne."), items=items, at=models.AT)
    item = _native(_package(_with(question)))
    shown = [response.findtext(".//q:mattext", "", _NAMES) for response in item.iterfind(".//q:response_lid", _NAMES)]
    places = [right.text for right in item.iterfind(".//q:respcondition//q:varequal", _NAMES)]
    assert sorted(shown) == [f"Steg {at}" for at in range(1, count + 1)]
    assert shown != sorted(shown)
    assert [f"Steg {place}" for place in places] == shown


@pytest.mark.parametrize("shuffles", [True, False])
def test_a_quiz_is_published_and_shuffled_as_the_author_says(shuffles: bool) -> None:
    (settings,) = _settings(_package(_with(models.question(), shuffle=shuffles)))
    assert (settings["available"], settings["shuffle_answers"]) == ("true", str(shuffles).lower())
    assert settings["title"].startswith(f"{models.course().modules[0].title}: ")
