"""The player by role and label alone, with large text, without motion, on paper, and from right to left."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from lokaltmot_lms.build import build_course
from lokaltmot_lms.serve import ServedFile, Server, on_disk
from lokaltmot_lms.source import read_course
from lokaltmot_lms.targets.base import BuildOptions

READY = "() => document.documentElement.dataset.ready !== undefined"
# WCAG 1.4.12, the values of the criterion.
SPACING = """* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
p { margin-block-end: 2em !important }"""
SIDEWAYS = "() => document.documentElement.scrollWidth > innerWidth"
# Words that do not fit in what they stand in.
CLIPPED = """() => [...document.querySelectorAll("main *, header *")].filter((one) => one.checkVisibility()
  && getComputedStyle(one).overflowX !== "visible" && one.scrollWidth > one.clientWidth + 1
  && !one.closest(".sr, .skips")).map((one) => one.outerHTML.slice(0, 100))"""
ARABIC = """---
tittel: تجربة
id: prove
versjon: "1"
språk: ar
varighet: 5 min
---

# الأولى {#en}

هذا نص للتجربة. اتصل بالرقم 112 عند الخطر.

- نقطة أولى
- نقطة ثانية

# الثانية {#to}

نص آخر.

# اختبار {#tre}

::: quiz
## ما الصحيح؟ {#hva}

- (x) الأول
- ( ) الثاني
- ( ) الثالث

Forklaring: لأنه صحيح.
:::
"""


def serve(folder: Path) -> Server:
    """Serve a web package."""

    def found(name: str) -> ServedFile | None:
        return on_disk(name, folder / name) if (folder / name).is_file() else None

    return Server(found)


@pytest.fixture
def opened(page: Page, every_type: Callable[[str], Path]) -> Iterator[Page]:
    """The module of every question type, on a phone."""
    with serve(every_type("web")) as server:
        page.set_viewport_size({"width": 390, "height": 700})
        page.goto(f"{server.address}index.html")
        page.wait_for_function(READY)
        yield page


def start_quiz(page: Page) -> None:
    """Go to the quiz and begin."""
    page.get_by_role("button", name="Innhold").click()
    page.get_by_role("dialog").get_by_role("link", name="Quiz").click()
    page.get_by_role("button", name="Begynn på spørsmålene").click()


def test_from_start_to_pass_by_role_and_label_alone(opened: Page) -> None:
    page = opened
    page.get_by_role("link", name="Neste: Sofia").click()
    page.get_by_role("link", name="Snakker mer med Sofia").click()
    page.get_by_role("heading", name="Du snakket").wait_for()
    page.get_by_role("link", name="Neste: Quiz").click()
    page.get_by_role("button", name="Begynn på spørsmålene").click()

    def question(name: str) -> None:
        page.get_by_role("group", name=name).wait_for()

    def check() -> None:
        page.get_by_role("button", name="Sjekk svaret").click()
        assert page.evaluate("() => document.activeElement.textContent") in {"Riktig", "Takk"}
        page.get_by_role("button", name=re.compile("Neste spørsmål|Se resultatet")).click()

    for name, kind, words in (
        ("Hvem har avvergingsplikt?", "radio", ["Alle"]),
        ("Plikten gjelder deg.", "radio", ["Sant"]),
        ("Hva kan gi grunn til uro?", "checkbox", ["Plutselig fravær", "Aldri alene"]),
    ):
        question(name)
        for word in words:
            page.get_by_role(kind, name=word, exact=True).check()  # type: ignore[arg-type]
        check()
    question("Hvem verner barn?")
    page.get_by_role("textbox").fill("Barnevernet")
    check()
    question("Hvor gammel må du være?")
    page.get_by_role("textbox").fill("18")
    check()
    question("Koble tjenesten til oppgaven.")
    page.get_by_label("Barnevernet", exact=True).select_option(label="Verner barn")
    page.get_by_label("Krisesenteret", exact=True).select_option(label="Gir et trygt sted")
    check()
    question("Sett stegene i rekkefølge.")
    for _ in range(2):
        for first, second in (("Lytt", "Drøft"), ("Drøft", "Meld"), ("Lytt", "Meld")):
            order = [
                row.inner_text().split("\n")[0].strip()
                for row in page.get_by_role("group", name="Sett stegene").get_by_role("listitem").all()
            ]
            if order.index(first) > order.index(second):
                page.get_by_role("button", name=f"Flytt «{first}» opp").click()
    check()
    question("Fyll inn.")
    page.get_by_role("textbox", name="Hull 1 av 2").fill("196")
    page.get_by_role("combobox", name="Hull 2 av 2").select_option(label="alle")
    check()
    question("Velg i setningen.")
    page.get_by_role("combobox", name="Hull 1 av 1").select_option(label="alle")
    check()
    question("Hvor er utgangen?")
    page.get_by_role("radio", name="Døren").check()
    check()
    question("Hva kan åpnes?")
    for name in ("Døren", "Vinduet"):
        page.get_by_role("checkbox", name=name).check()
    check()
    question("Hvor enig er du?")
    for name in ("Jeg vet hvem jeg skal ringe", "Jeg tør å spørre"):
        page.get_by_role("group", name=name).get_by_role("radio", name="3").check()
    check()
    page.get_by_role("heading", name="Bestått", level=1).wait_for()
    assert page.get_by_text("11 av 11").first.is_visible()
    # And on paper: the result with its questions, without buttons.
    page.emulate_media(media="print")
    assert page.get_by_role("heading", name="Bestått", level=1).is_visible()
    assert page.locator("[data-results-list] li:visible").count() == 12
    assert page.get_by_role("button", name=re.compile("Skriv ut|Avslutt|Innhold")).count() == 0


def test_large_text_with_wcag_spacing_fits_and_hides_nothing(opened: Page) -> None:
    page = opened
    page.get_by_role("button", name="Innhold").click()
    page.get_by_role("button", name="Innstillinger").click()
    page.get_by_label("200 %").check(force=True)
    page.get_by_role("dialog").get_by_role("button", name="Lukk").click()
    page.add_style_tag(content=SPACING)
    found = []
    for width in (390, 320):
        page.set_viewport_size({"width": width, "height": 700})
        found += [(width, "first page", page.evaluate(SIDEWAYS), page.evaluate(CLIPPED))]
    start_quiz(page)
    for question in page.evaluate("() => [...document.querySelectorAll('[data-question]')].map((one) => one.id)"):
        # All questions in turn, answered or not: nothing is locked.
        page.evaluate(
            "id => document.querySelectorAll('[data-question]').forEach((one) => { one.hidden = one.id !== id; })",
            question,
        )
        found += [(320, question, page.evaluate(SIDEWAYS), page.evaluate(CLIPPED))]
    assert [one for one in found if one[2] or one[3]] == []


def test_the_settings_stand_before_the_first_paint(opened: Page) -> None:
    page = opened
    page.get_by_role("button", name="Innhold").click()
    page.get_by_role("button", name="Innstillinger").click()
    page.get_by_label("150 %").check(force=True)
    page.get_by_label("Mørke").check(force=True)
    page.get_by_label("Vis teksting i filmer").uncheck(force=True)
    # Without the player's modules only what disk.js did is left.
    page.route("**/player/main.js", lambda route: route.fulfill(body="", content_type="text/javascript"))
    page.reload()
    assert page.evaluate("() => ({...document.documentElement.dataset})") == {
        "script": "",
        "text": "150",
        "colours": "dark",
        "captions": "off",
    }
    page.unroute("**/player/main.js")
    page.reload()
    page.wait_for_function(READY)
    page.get_by_role("button", name="Innhold").click()
    page.get_by_role("button", name="Innstillinger").click()
    assert page.get_by_label("Mørke").is_checked()
    assert not page.get_by_label("Vis teksting i filmer").is_checked()


def test_the_tab_can_have_a_name_that_says_nothing_also_before_the_player_is_here(opened: Page) -> None:
    page = opened
    assert page.title() == "Først – Alt spilleren kan"
    page.get_by_role("button", name="Innhold").click()
    page.get_by_role("button", name="Innstillinger").click()
    page.get_by_label("Nøytralt navn i nettleserfanen").check(force=True)
    assert page.title() == "Side"
    page.route("**/player/main.js", lambda route: route.fulfill(body="", content_type="text/javascript"))
    page.reload()
    assert page.title() == "Side"


def test_the_focus_is_never_under_the_header_or_the_bar(opened: Page) -> None:
    page = opened
    page.evaluate("() => { document.querySelector('[data-bar]').hidden = false; }")
    hidden = []
    for _ in range(40):
        page.keyboard.press("Tab")
        hidden += page.evaluate(
            """() => {
                const one = document.activeElement;
                if (one === document.body || one.closest("header, .skips, [data-bar], dialog")) return [];
                const box = one.getBoundingClientRect();
                const top = document.querySelector("header").getBoundingClientRect().bottom;
                const bottom = document.querySelector("[data-bar]").getBoundingClientRect().top;
                return box.bottom > top + 1 && box.top < bottom - 1 && box.bottom <= innerHeight + box.height
                  ? [] : [one.outerHTML.slice(0, 80), box.top, top, bottom];
            }"""
        )
    assert hidden == []


def test_nothing_moves_for_those_who_asked_for_no_motion(opened: Page) -> None:
    opened.emulate_media(reduced_motion="reduce")
    moving = opened.evaluate(
        """() => [...document.querySelectorAll("*")].filter((one) => {
            const style = getComputedStyle(one);
            return style.animationName !== "none" || !/^(0s(, )?)+$/.test(style.transitionDuration)
              || style.scrollBehavior === "smooth";
        }).map((one) => one.outerHTML.slice(0, 80))"""
    )
    assert moving == []


def test_the_whole_module_is_printed(opened: Page) -> None:
    page = opened
    page.emulate_media(media="print")
    seen = page.evaluate(
        """() => ["[data-page]", "[data-question]", "[data-step]", "header", "[data-turn]"].map((selector) =>
            [...document.querySelectorAll(selector)].filter((one) => one.checkVisibility()).length)"""
    )
    assert seen == [3, 12, 3, 0, 0]


def test_arabic_runs_from_right_to_left(chromium: Browser, tmp_path: Path) -> None:
    source = tmp_path / "prove.md"
    source.write_text(ARABIC, encoding="utf-8")
    course = read_course(source).course
    assert course is not None
    made = build_course(course, targets=["web"], out=tmp_path / "out", options=BuildOptions())
    folder = next(each.path for each in made if each.kind == "package")
    with serve(folder) as server:
        page = chromium.new_page(viewport={"width": 390, "height": 700})
        page.goto(f"{server.address}index.html")
        page.wait_for_function(READY)
        assert page.evaluate("() => [document.documentElement.lang, document.documentElement.dir]") == ["ar", "rtl"]
        assert not page.evaluate(SIDEWAYS)
        page.get_by_role("link", name="الثانية").last.click()
        before, after = (page.locator(f"[data-action={name}]:visible").bounding_box() for name in ("prev", "next"))
        assert before
        assert after
        assert before["x"] > after["x"], "the way back is to the right"
        # A bullet's line begins at the right: the indent of a list is there.
        page.get_by_role("link", name="Previous").click()
        box = page.evaluate(
            """() => [...document.querySelectorAll("[data-page]:not([hidden]) ul")].map((list) => {
                const style = getComputedStyle(list);
                return [style.paddingRight !== "0px", style.paddingLeft === "0px"];
            }).at(-1)"""
        )
        assert box == [True, True]
        page.get_by_role("button", name="Contents").click()
        page.get_by_role("dialog").get_by_role("link", name="اختبار").click()
        page.locator("[data-action=start]").click()
        card = page.locator(".option label").first.bounding_box()
        tick = page.get_by_role("radio").first.bounding_box()
        assert card
        assert tick
        assert tick["x"] > card["x"] + card["width"] / 2, "the tick stands at the right of its words"
        assert not page.evaluate(SIDEWAYS)
        page.close()
