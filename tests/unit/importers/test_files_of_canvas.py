# ruff: noqa: E501  # XML on one line, as exports have it
"""Cartridges and QTI 1.2 from Canvas and other platforms become pages and questions."""

from pathlib import Path

import pytest

from lokaltmot_lms.model import ChoiceQuestion, Figure, Film, Gaps, Matching, Numeric, Prose, Quiz, ShortText

from .imported import import_file, zipped

SHARED = Path(__file__).resolve().parents[4] / "shared" / "samples"
_PNG = b"\x89PNG\r\n\x1a\n" + bytes(24)
_SPACE = 'xmlns="http://www.imsglobal.org/xsd/ims_qtiasiv1p2"'


def _field(name: str, value: str) -> str:
    return f"<qtimetadatafield><fieldlabel>{name}</fieldlabel><fieldentry>{value}</fieldentry></qtimetadatafield>"


def _item(ident: str, kind: str, text: str, answers: str, processing: str, more: str = "") -> str:
    meta = _field("question_type", f"{kind}_question") + _field("points_possible", "2.0")
    return (
        f'<item ident="{ident}" title="Question"><itemmetadata><qtimetadata>{meta}</qtimetadata></itemmetadata>'
        f'<presentation><material><mattext texttype="text/html">{text}</mattext></material>{answers}</presentation>'
        f"<resprocessing>{processing}</resprocessing>{more}</item>"
    )


def _labels(*texts: str) -> str:
    return "".join(
        f'<response_label ident="{at}"><material><mattext texttype="text/plain">{text}</mattext></material>'
        "</response_label>"
        for at, text in enumerate(texts, start=1)
    )


def _feedback(ident: str, text: str) -> str:
    return (
        f'<itemfeedback ident="{ident}"><flow_mat><material><mattext texttype="text/html">{text}</mattext></material>'
        "</flow_mat></itemfeedback>"
    )


_CHOICE = _item(
    "gabc1",
    "multiple_choice",
    '&lt;p&gt;Hva ser du?&lt;/p&gt;&lt;p&gt;&lt;img src="$IMS-CC-FILEBASE$/Bilder/r%C3%B8d.png" alt="Noe rødt"&gt;&lt;/p&gt;',
    f'<response_lid ident="response1" rcardinality="Single"><render_choice>{_labels("Rødt", "Blått")}</render_choice>'
    "</response_lid>",
    '<respcondition continue="Yes"><conditionvar><varequal respident="response1">2</varequal></conditionvar>'
    '<displayfeedback feedbacktype="Response" linkrefid="2_fb"/></respcondition>'
    '<respcondition continue="No"><conditionvar><varequal respident="response1">1</varequal></conditionvar>'
    '<setvar action="Set" varname="SCORE">100</setvar></respcondition>',
    _feedback("2_fb", "Se en gang til.") + _feedback("correct_fb", "Ja!"),
)
_TYPED = _item(
    "gabc2",
    "short_answer",
    "Hva heter tjenesten?",
    '<response_str ident="response1" rcardinality="Single"><render_fib><response_label ident="answer1"/></render_fib>'
    "</response_str>",
    '<respcondition continue="No"><conditionvar><varequal respident="response1">barnevernet</varequal>'
    '<varequal respident="response1">barneverntjenesten</varequal></conditionvar>'
    '<setvar action="Set" varname="SCORE">100</setvar></respcondition>',
)
_QUIZ = (
    f'<questestinterop {_SPACE}><assessment ident="gquiz" title="Prøven"><section ident="root_section">{_CHOICE}'
    '<section ident="g1" title="Trekk"><selection_ordering><selection><selection_number>1</selection_number>'
    "<selection_extension><points_per_item>2.0</points_per_item></selection_extension></selection>"
    f"</selection_ordering>{_TYPED}{_TYPED.replace('gabc2', 'gabc3')}</section></section></assessment></questestinterop>"
)
_CANVAS = 'xmlns="http://canvas.instructure.com/xsd/cccv1p0"'
_QUIZ_META = (
    f'<quiz identifier="gquiz" {_CANVAS}><title>Prøven</title><description>&lt;p&gt;Les først.&lt;/p&gt;</description>'
    "<shuffle_answers>true</shuffle_answers><allowed_attempts>3</allowed_attempts><time_limit>20</time_limit></quiz>"
)
_MODULES = (
    f'<modules {_CANVAS}><module identifier="m1"><title>Uke 1</title><items>'
    '<item identifier="i2"><content_type>Quizzes::Quiz</content_type><title>Prøven</title>'
    "<identifierref>gquiz</identifierref></item>"
    '<item identifier="i1"><content_type>WikiPage</content_type><title>Om temaet</title>'
    "<identifierref>gpage</identifierref></item>"
    '<item identifier="i3"><content_type>Assignment</content_type><title>Innlevering</title>'
    "<identifierref>gassign</identifierref></item></items></module></modules>"
)
_PAGE = (
    '<html><head><title>Om temaet</title><meta name="identifier" content="gpage"/></head><body><h1>Stort</h1>'
    '<p>Tekst <a href="$WIKI_REFERENCE$/pages/om-temaet">hit</a>.</p>'
    '<p><img src="$IMS-CC-FILEBASE$/Bilder/r%C3%B8d.png?canvas_download=1" alt=""></p>'
    '<p><video src="$IMS-CC-FILEBASE$/film.mp4"></video></p><iframe src="https://x.example/"></iframe></body></html>'
)
_MANIFEST = (
    '<manifest identifier="g" xmlns="http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1">'
    "<metadata><schema>IMS Common Cartridge</schema><schemaversion>1.1.0</schemaversion></metadata>"
    "<organizations/><resources>"
    '<resource identifier="gpage" type="webcontent" href="wiki_content/om-temaet.html">'
    '<file href="wiki_content/om-temaet.html"/></resource>'
    '<resource identifier="gloose" type="webcontent" href="wiki_content/lost.html">'
    '<file href="wiki_content/lost.html"/></resource>'
    '<resource identifier="gquiz" type="imsqti_xmlv1p2/imscc_xmlv1p1/assessment">'
    '<file href="gquiz/assessment_qti.xml"/><dependency identifierref="gmeta"/></resource>'
    '<resource identifier="gmeta" type="associatedcontent/imscc_xmlv1p1/learning-application-resource" '
    'href="gquiz/assessment_meta.xml"><file href="gquiz/assessment_meta.xml"/>'
    '<file href="non_cc_assessments/gquiz.xml.qti"/></resource></resources></manifest>'
)


def _cartridge(path: Path) -> Path:
    return zipped(
        path,
        {
            "imsmanifest.xml": _MANIFEST,
            "course_settings/canvas_export.txt": "x",
            "course_settings/module_meta.xml": _MODULES,
            "wiki_content/om-temaet.html": _PAGE,
            "wiki_content/lost.html": "<html><head><title>Løs side</title></head><body><p>Uten modul.</p></body></html>",
            "gquiz/assessment_qti.xml": f"<questestinterop {_SPACE}><assessment ident='gquiz' title='x'/></questestinterop>",
            "gquiz/assessment_meta.xml": _QUIZ_META,
            "non_cc_assessments/gquiz.xml.qti": _QUIZ,
            "web_resources/Bilder/rød.png": _PNG,
            "web_resources/film.mp4": b"\x00\x00\x00\x18ftypmp42" + bytes(64),
        },
    )


def test_a_canvas_export_keeps_its_modules_pages_and_quizzes_in_order(tmp_path: Path) -> None:
    imported = import_file(_cartridge(tmp_path / "eksport.imscc"), tmp_path / "kurs")

    first, rest = imported.course.modules
    assert [page.title.plain for page in first.pages] == ["Prøven", "Om temaet"]
    assert [page.title.plain for page in rest.pages] == ["Løs side"]
    about, one, drawn = first.pages[0].blocks
    assert isinstance(about, Prose)
    assert about.text.plain == "Les først."
    assert isinstance(one, Quiz)
    assert isinstance(drawn, Quiz)
    assert (one.attempts, one.shuffle, one.draw) == (3, True, None)
    assert (drawn.draw, [question.id for question in drawn.questions]) == (1, ["gabc2", "gabc3"])
    choice = one.questions[0]
    assert isinstance(choice, ChoiceQuestion)
    assert [(o.is_right, o.feedback and o.feedback.plain) for o in choice.options] == [
        (True, "Ja!"),
        (False, "Se en gang til."),
    ]
    assert choice.intro is not None
    assert choice.intro.media == ("media/rod.png",)
    kinds = [type(block) for block in first.pages[1].blocks]
    assert kinds == [Prose, Figure, Film]
    assert "## Stort" in imported.module
    assert {problem.code for problem in imported.findings} == {"LM622", "LM627", "LM630", "LM632"}


def test_each_quiz_of_an_export_becomes_a_page(tmp_path: Path) -> None:
    manifest = _MANIFEST.replace("wiki_content/", "gone/")
    file = zipped(
        tmp_path / "quiz.zip",
        {"imsmanifest.xml": manifest, "gquiz/assessment_qti.xml": _QUIZ, "gquiz/assessment_meta.xml": _QUIZ_META},
    )
    imported = import_file(file, tmp_path / "kurs")
    assert imported.format == "canvas"
    assert [page.title.plain for page in imported.course.modules[0].pages] == ["Prøven"]
    assert sorted(imported.questions) == ["gabc1", "gabc2", "gabc3"]


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared samples are only next to checkouts of the maintainers")
def test_all_eleven_types_of_canvas_and_the_profile_are_read(tmp_path: Path) -> None:
    canvas = import_file(SHARED / "qti12_canvas" / "canvas_all_types.xml", tmp_path / "a").questions
    assert {id_: type(question) for id_, question in canvas.items()} == {
        "cmc": ChoiceQuestion, "ctf": ChoiceQuestion, "cma": ChoiceQuestion, "csa": ShortText, "cnu": Numeric, "cmt": Matching,
        "cfm": Gaps, "cmd": Gaps,
    }  # fmt: skip
    profile = import_file(SHARED / "qti12_canvas" / "cc_profile_all_types.xml", tmp_path / "b")
    assert sorted(profile.questions) == ["fib", "mc", "mr", "pm", "tf"]
    assert profile.codes == ["LM624", "LM626"]
    cartridge = import_file(SHARED / "canvas_cartridge" / "lokaltmot_sample.imscc", tmp_path / "c")
    assert [page.title.plain for page in cartridge.course.modules[0].pages] == [
        "Hva er negativ sosial kontroll?",
        "Prøve",
        "Lenke",
    ]
