# ruff: noqa: E501  # XML on one line, as exports have it
"""Images and links of cartridges: what is in the zip is taken, what is not is named, and no link is broken."""

import base64
from pathlib import Path

import pytest

from lokaltmot_lms.errors import Severity
from lokaltmot_lms.importers.cartridge.files import EntryFinder
from lokaltmot_lms.model import ChoiceQuestion, Unfinished
from lokaltmot_lms.pipeline import read_and_check

from .imported import Imported, import_file, zipped

_PNG = b"\x89PNG\r\n\x1a\n" + bytes(24)
_MANIFEST = (
    "<manifest><metadata/><organizations/><resources>"
    '<resource identifier="quiz1" type="imsqti_xmlv1p2" href="test.xml"><file href="test.xml"/></resource>'
    "</resources></manifest>"
)


def _item(ident: str, material: str, *options: str) -> str:
    labels = "".join(
        f'<response_label ident="{letter}"><material>{option}</material></response_label>'
        for letter, option in zip("ABC", options or (_words("Ja"), _words("Nei")), strict=False)
    )
    return (
        f'<item ident="{ident}" title="{ident}"><presentation><material>{material}</material>'
        f'<response_lid ident="R" rcardinality="Single"><render_choice>{labels}</render_choice></response_lid></presentation>'
        '<resprocessing><respcondition><conditionvar><varequal respident="R">A</varequal></conditionvar>'
        '<setvar action="Set">100</setvar></respcondition></resprocessing></item>'
    )


def _words(html: str) -> str:
    return f'<mattext texttype="text/html"><![CDATA[{html}]]></mattext>'


def _quiz(folder: Path, items: str, **files: bytes) -> Imported:
    quiz = f'<questestinterop><assessment ident="a" title="Vann"><section ident="s">{items}</section></assessment></questestinterop>'
    entries: dict[str, str | bytes] = {"imsmanifest.xml": _MANIFEST, "test.xml": quiz}
    named = {name.replace("__", "/").replace("_dot_", "."): content for name, content in files.items()}
    return import_file(zipped(folder / "vann.zip", entries | named), folder / "kurs")


def test_an_image_in_another_folder_is_taken_and_a_missing_one_is_named(tmp_path: Path) -> None:
    items = (
        _item("elv", _words('Hva renner her? <img src="kurs/elv.png" alt="elv.png">'))
        + _item("foss", _words("Hva faller her?") + '<matimage imagtype="image/png" uri="foss.png" label="Vann over en kant"/>')
        + _item("bekk", _words('Hva sildrer her? <img src="bekk.png" alt="Smalt vann">'))
        + _item("innsjo", _words("Hva ligger her?") + f'<matimage imagtype="image/png" embedded="base64">{base64.b64encode(_PNG).decode()}</matimage>')
    )  # fmt: skip
    imported = _quiz(tmp_path, items, arkiv__kurs__elv_dot_png=_PNG, foss_dot_png=_PNG)

    assert imported.module.count("![](media/") == 2
    assert "![Vann over en kant](media/foss.png)" in imported.module
    assert [problem.values["file"] for problem in imported.findings if problem.code == "LM638"] == ["bekk.png"]
    prompts = [question.prompt.plain for question in imported.questions.values()]
    assert prompts == ["Hva renner her?", "Hva faller her?", "Hva sildrer her?", "Hva ligger her?"]
    assert "Smalt vann" not in imported.module
    assert "elv.png" not in imported.module.replace("media/elv.png", "")


def test_an_answer_that_was_a_missing_image_stays_an_answer(tmp_path: Path) -> None:
    imported = _quiz(
        tmp_path, _item("q", _words("Hvilken?"), _words('<img src="x/a.png" alt="Riktig">'), _words("Ingen"))
    )
    question = imported.questions["q"]
    assert isinstance(question, ChoiceQuestion)
    assert [(option.text.plain, option.is_right) for option in question.options] == [
        ("(Bildet mangler: a.png)", True),
        ("Ingen", False),
    ]


@pytest.mark.parametrize(
    "address",
    [
        "$IMS_CC_FILEBASE$/Kart/nord 50%.png",
        "$IMS-CC-FILEBASE$/Kart/nord%2050%25.png",
        "%24IMS-CC-FILEBASE%24/Kart/nord%2050%25.png?canvas_download=1",
        "$IMS-CC-FILEBASE$../web_resources/Kart/nord%2050%25.png",
        "$ims_cc_filebase$Kart\\nord 50%.png",
        "../web_resources/Kart/nord%2050%25.png",
        "Kart/nord 50%.png",
        "gammel/mappe/Kart/Nord%2050%25.PNG#bilde",
    ],
)
def test_an_address_finds_its_file_however_it_is_written(address: str) -> None:
    finder = EntryFinder(["web_resources/Kart/nord 50%.png", "web_resources/sør.png"])
    assert finder.find(address, "wiki_content") == "web_resources/Kart/nord 50%.png"


def test_signs_of_addresses_may_be_part_of_a_name() -> None:
    finder = EntryFinder(["a/figur#2.png", "a/figur?.png", "b/ba\u030at.png", "x\\y.png", "c/lik.png", "d/lik.png"])
    assert finder.find("figur#2.png", "a") == "a/figur#2.png"
    assert finder.find("figur%232.png", "a") == "a/figur#2.png"
    assert finder.find("figur%3F.png", "a") == "a/figur?.png"
    assert finder.find("b/b%C3%A5t.png", "") == "b/ba\u030at.png"
    assert finder.find("x/y.png", "") == "x\\y.png"
    assert finder.find("c/lik.png", "e") == "c/lik.png"
    assert finder.find("e/lik.png", "e") is None  # two could be meant
    assert finder.find("https://example.org/a/lik.png", "c") is None
    assert finder.find("data:image/png;base64,AA", "c") is None


def test_an_image_in_a_pair_is_named(tmp_path: Path) -> None:
    label = '<response_label ident="{}"><material>{}</material></response_label>'
    labels = label.format("x", _words('Elv <img src="elv.png" alt="">')) + label.format("y", _words("Fjell"))
    sides = "".join(
        f'<response_lid ident="{ident}"><material>{_words(left)}</material><render_choice>{labels}</render_choice></response_lid>'
        for ident, left in (("r1", "Vann"), ("r2", "Stein"))
    )
    rules = "".join(
        f'<respcondition><conditionvar><varequal respident="{ident}">{right}</varequal></conditionvar><setvar action="Add">50</setvar></respcondition>'
        for ident, right in (("r1", "x"), ("r2", "y"))
    )
    item = (
        '<item ident="par" title="Par"><itemmetadata><qtimetadata><qtimetadatafield><fieldlabel>question_type</fieldlabel>'
        "<fieldentry>matching_question</fieldentry></qtimetadatafield></qtimetadata></itemmetadata>"
        f"<presentation><material>{_words('Koble.')}</material>{sides}</presentation><resprocessing>{rules}</resprocessing></item>"
    )
    imported = _quiz(tmp_path, item, elv_dot_png=_PNG)
    assert imported.questions["par"].type == "matching"
    assert [problem.values["file"] for problem in imported.findings if problem.code == "LM665"] == ["elv.png"]


_SPACE = 'xmlns="http://canvas.instructure.com/xsd/cccv1p0"'


def _canvas(folder: Path, modules: dict[str, list[tuple[str, str, str]]], pages: dict[str, str]) -> Imported:
    listed = "".join(
        f"<module><title>{name}</title><items>"
        + "".join(
            f"<item><content_type>{kind}</content_type><title>{title}</title><identifierref>{opens}</identifierref></item>"
            for kind, title, opens in items
        )
        + "</items></module>"
        for name, items in modules.items()
    )
    resources = "".join(
        f'<resource identifier="g-{name}" type="webcontent" href="wiki_content/{name}.html"><file href="wiki_content/{name}.html"/></resource>'
        for name in pages
    )
    entries: dict[str, str | bytes] = {
        "imsmanifest.xml": f"<manifest><metadata/><organizations/><resources>{resources}</resources></manifest>",
        "course_settings/module_meta.xml": f"<modules {_SPACE}>{listed}</modules>",
    } | {
        f"wiki_content/{name}.html": f"<html><head><title>{name}</title></head><body>{body}</body></html>"
        for name, body in pages.items()
    }
    return import_file(zipped(folder / "x.imscc", entries), folder / "kurs")


def test_links_between_pages_work_and_those_that_cannot_are_named(tmp_path: Path) -> None:
    first = (
        '<p><a href="$WIKI_REFERENCE$/pages/god-naboskikk#mer">Naboen</a>, '
        '<a href="%24CANVAS_OBJECT_REFERENCE%24/pages/g-god-naboskikk">naboen igjen</a>, '
        '<a href="$WIKI_REFERENCE$/pages/langt-unna">langt unna</a>, '
        '<a href="$CANVAS_OBJECT_REFERENCE$/assignments/i77">oppgaven</a>, '
        '<a href="$CANVAS_COURSE_REFERENCE$/file_ref/g-god-naboskikk/download?wrap=1">naboens fil</a>, '
        '<a href="$WIKI_REFERENCE$/pages/finnes-ikke">borte</a>, <a href="#bunn">bunnen</a>, '
        '<a href="$WIKI_REFERENCE$/pages/tom">den tomme</a></p>'
    )
    imported = _canvas(
        tmp_path,
        {
            "Én": [
                ("ContextModuleSubHeader", "Del 2: Hus", ""),
                ("WikiPage", "Start", "g-start"),
                ("WikiPage", "Tom", "g-tom"),
                ("WikiPage", "God naboskikk", "g-god-naboskikk"),
                ("Assignment", "Innlevering", "i77"),
                ("ContextModuleSubHeader", "Del 3: Til slutt", ""),
            ],
            "To": [("WikiPage", "Langt unna", "g-langt-unna")],
        },
        {"start": first, "god-naboskikk": "<p>Hils.</p>", "langt-unna": "<p>Her.</p>", "tom": ""},
    )  # fmt: skip

    assert (
        "# Start {#start}\n\n## Del 2: Hus\n\n[Naboen](#god-naboskikk), [naboen igjen](#god-naboskikk),"
        in imported.module
    )
    assert "## Del 3: Til slutt" in imported.module
    said = {problem.code: problem.message("nb") for problem in imported.findings}
    assert said["LM656"] == "Lenken til siden «Langt unna», som er i en annen modul, er nå vanlig tekst."
    assert said["LM657"] == "En lenke gikk til en oppgave i den gamle plattformen. Den er nå vanlig tekst."
    assert said["LM632"] == "«Innlevering» er ikke med: det er en oppgave, som ikke kan være del av et kurs."
    assert "finnes-ikke" in said["LM638"]
    anchors = {problem.values["text"] for problem in imported.findings if problem.code == "LM655"}
    assert anchors == {"mer", "bunnen"}
    pages = {page.id: page for page in imported.course.modules[0].pages}
    assert [type(block) for block in pages["tom"].blocks][:1] == [Unfinished]
    errors = [
        problem.code for problem in read_and_check(imported.folder).problems if problem.severity is Severity.ERROR
    ]
    assert errors == ["LM416"]  # the empty page, which a person must look at
