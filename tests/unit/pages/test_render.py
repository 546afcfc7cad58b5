"""What a page must hold for the script, for a reader without script, and for a package."""

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from lxml.html import HtmlElement

from lokaltmot_lms.model import Course
from lokaltmot_lms.pages import PackageFile, Tracking, render_module
from lokaltmot_lms.pages.player_texts import FILM_TEXTS, PLAYER_TEXTS, player_texts
from lokaltmot_lms.questions import QUESTION_TYPES
from lokaltmot_lms.resources import shipped, theme_names

from .conftest import content


def test_every_page_stands_in_the_document_and_none_is_hidden(page: HtmlElement) -> None:
    assert page.xpath("//section[@data-page]/@data-page") == ["kjenne-igjen", "sofia", "ordliste", "quiz-side"]
    assert page.xpath("//*[@hidden]//section[@data-page] | //section[@data-page][@hidden]") == []


def test_pages_link_to_the_next_by_its_title(page: HtmlElement) -> None:
    (link,) = page.xpath("//section[@id='kjenne-igjen']//a[@data-action='next']")
    assert (link.get("href"), link.text_content()) == ("#sofia", "Neste: Sofia, 16 år")


@pytest.mark.parametrize("kind", sorted(QUESTION_TYPES))
def test_every_question_type_has_a_template_and_its_fieldset(kind: str, page: HtmlElement) -> None:
    assert (shipped("templates") / "questions" / f"{kind}.html.jinja").is_file()
    (question,) = page.xpath(f"//fieldset[@data-type='{kind}']")
    assert question.xpath("./legend/h2")


def test_a_quiz_holds_the_places_for_what_is_said_once(page: HtmlElement) -> None:
    (places,) = page.xpath("//*[@data-quiz]/template[@data-places]")
    assert places.xpath(".//*[@data-verdict][@hidden][@tabindex='-1'][not(@role)]")
    assert places.xpath(".//*[@data-error][@hidden]")
    assert places.xpath(".//*[@data-right-answer][@hidden]")
    assert len(page.xpath("//*[@data-verdict]")) == 1


@pytest.mark.parametrize(
    ("question", "inputs"),
    [
        ("avverging", {"avverging=a", "avverging=b", "avverging=c"}),
        ("tegn", {"tegn=a", "tegn=b", "tegn=c"}),
        (
            "koble",
            {"koble.1=", "koble.1=a", "koble.1=b", "koble.1=c", "koble.2=", "koble.2=a", "koble.2=b", "koble.2=c"},
        ),
        ("fyll", {"fyll.1", "fyll.2=", "fyll.2=a", "fyll.2=b"}),
        ("sted", {"sted=a", "sted=b"}),
        ("enig", {f"enig.{row}={step}" for row in (1, 2) for step in (1, 2, 3, 4, 5)}),
        ("alder", {"alder"}),
    ],
)
def test_inputs_carry_the_keys_of_the_key_file(page: HtmlElement, question: str, inputs: set[str]) -> None:
    (fieldset,) = page.xpath(f"//fieldset[@data-question='{question}']")
    ticked = {f"{each.get('name')}={each.get('value')}" for each in fieldset.xpath(".//input[@value]")}
    typed = {each.get("name") for each in fieldset.xpath(".//input[@type='text']")}
    chosen = {
        f"{each.get('name')}={key}" for each in fieldset.xpath(".//select") for key in each.xpath("./option/@value")
    }
    assert ticked | typed | chosen == inputs


def test_an_ordering_question_never_starts_in_the_right_order(page: HtmlElement) -> None:
    items = page.xpath("//fieldset[@data-type='ordering']//li/@data-item")
    assert sorted(items) == ["a", "b", "c"]
    assert items != ["a", "b", "c"]


def test_feedback_waits_for_an_answer(page: HtmlElement) -> None:
    waiting = page.xpath("//*[@data-feedback or @data-explanation]")
    assert len(waiting) > 10
    assert all(each.get("hidden") is not None for each in waiting)


def test_a_reflection_can_not_be_sent_or_stored(page: HtmlElement) -> None:
    (field,) = page.xpath("//textarea")
    assert (field.get("name"), field.get("autocomplete")) == (None, "off")
    assert "Det du skriver her, lagres ikke og sendes ikke." in page.text_content()


def test_nothing_runs_or_is_styled_from_inside_the_page(files: dict[str, PackageFile], page: HtmlElement) -> None:
    inline = page.xpath("//script[not(@src) and not(@type='application/json')] | //style")
    assert inline == []
    assert page.xpath("//*[@style][not(ancestor-or-self::svg)]") == []
    assert page.xpath("//@*[starts-with(name(), 'on')]") == []
    assert b"alert(" not in content(files["index.html"]) + content(files["media/rom.svg"])


def test_every_address_is_a_file_of_the_package_or_leaves_in_a_new_tab(
    files: dict[str, PackageFile], page: HtmlElement
) -> None:
    ids = set(page.xpath("//@id"))
    for address in page.xpath("//@src | //@href | //@poster"):
        if address.startswith("#"):
            assert address[1:] in ids
        elif address.startswith(("https:", "tel:", "data:")):
            assert not page.xpath("//link[starts-with(@href, 'https:')] | //*[starts-with(@src, 'https:')]")
        else:
            assert address in files


def test_help_lines_can_be_dialled_and_emergency_comes_first(page: HtmlElement) -> None:
    assert page.xpath("//footer//li/a/@href") == ["tel:112", "tel:116111"]


def test_ids_are_unique(page: HtmlElement) -> None:
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))


def test_the_island_says_what_the_player_needs(module: dict[str, Any]) -> None:
    assert module["tracking"] == {"name": "web", "done": "completed"}
    assert module["languages"] == {"nb": "index.html", "en": "index.en.html"}
    assert module["skips"] == {"kjenne-igjen": "quiz-side"}
    assert module["quizzes"][0]["questions"][:2] == ["avverging", "sant"]
    assert module["questions"]["avverging"]["data"] == {"options": ["a", "b", "c"], "right": "b"}
    assert sum(each["minutes"] for each in module["pages"]) == pytest.approx(18, abs=2)


def test_a_text_of_the_author_can_not_end_the_island(course: Course) -> None:
    title = "</script><script>alert(1)</script>"
    hostile = replace(course.modules[0], title=title, translations=())
    rendered = {file.name: file for file in render_module(course, hostile, tracking=Tracking(name="web"))}
    assert b"<script>alert" not in content(rendered["index.html"])


def test_a_bundle_shares_scripts_and_media_at_its_root(course: Course) -> None:
    rendered = render_module(course, course.modules[0], tracking=Tracking(name="scorm12"), folder="m1/")
    names = [file.name for file in rendered]
    assert names == sorted(set(names))
    assert {name.split("/")[0] for name in names} == {"m1", "player", "media"}
    page = content(next(file for file in rendered if file.name == "m1/index.html")).decode()
    assert 'src="../player/main.js"' in page
    assert 'src="../media/film.mp4"' in page


def test_building_twice_gives_the_same_bytes(course: Course, files: dict[str, PackageFile]) -> None:
    again = render_module(course, course.modules[0], tracking=Tracking(name="web", options={"done": "completed"}))
    assert {file.name: content(file) for file in again} == {name: content(file) for name, file in files.items()}


def test_only_the_scripts_in_use_are_packed(course: Course, files: dict[str, PackageFile], folder: Path) -> None:
    assert "player/tracking/web.js" in files
    assert "player/tracking/scorm12.js" not in files
    for script in folder.glob("player/**/*.js"):
        for target in re.findall(r'(?:from|import)\s*\(?"(\.[^"]+)"', script.read_text(encoding="utf-8")):
            assert (script.parent / target).is_file()


def test_the_players_words_exist_in_every_language_with_their_places() -> None:
    for language in ("nb", "nn"):
        said = player_texts(language)
        for key, text in (PLAYER_TEXTS | FILM_TEXTS).items():
            forms = [text] if isinstance(text, str) else list(text)
            shown = said[key] if isinstance(said[key], list) else [said[key]]
            assert len(shown) == len(forms)
            assert sorted(re.findall(r"\{\w+\}", shown[-1])) == sorted(re.findall(r"\{\w+\}", forms[-1]))
            assert shown[-1] != forms[-1] or key == "quiz"


def test_a_draft_of_the_accessibility_statement_lies_beside_the_pages(course: Course) -> None:
    files = {
        file.name: content(file) for file in render_module(course, course.modules[0], tracking=Tracking(name="web"))
    }
    statement = files["tilgjengelighet.html"].decode()
    for said in (
        "Utkast, skal leses og undertegnes av den som tilbyr kurset",
        "Kontrollert maskinelt da verktøyet ble laget",
        "Kontrollert da dette kurset ble bygd",
        "Dette må et menneske fortsatt kontrollere",
    ):
        assert said in statement
    assert 'href="index.html"' in statement
    assert 'href="tilgjengelighet.html"' in files["index.html"].decode()


@pytest.mark.parametrize("theme", theme_names())
def test_a_theme_names_every_colour_in_light_and_dark(theme: str) -> None:
    tokens = (shipped("templates") / "themes" / theme / "theme.css").read_text(encoding="utf-8")
    light, *dark = [set(re.findall(r"(--[\w-]+):", block)) for block in re.findall(r"\{([^{}]*)\}", tokens)]
    player = shipped("templates") / "player"
    looks = [(player / name).read_text(encoding="utf-8") for name in ("style.css", "later.css")]
    used = set(re.findall(r"var\((--[\w-]+)", "".join(looks)))
    assert len(dark) == 2
    assert dark[0] == dark[1] == light
    assert used - {"--serif", "--sans", "--air", "--radius"} <= light
