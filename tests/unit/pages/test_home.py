"""The start page of an open course: what a visitor finds, and that nothing leads astray or elsewhere."""

import os
import re
import subprocess
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote, urldefrag

import pytest
from lxml import html as html_reader

from lokaltmot_lms.model import Course, Media, Status
from lokaltmot_lms.targets import TARGETS, BuildOptions, Package
from lokaltmot_lms.targets.archive import write_folder

from .test_valid_html import HTML_VALIDATE, NU


@pytest.fixture(scope="module")
def course(course: Course) -> Course:
    """The sample module twice: the first has a translation, the second has none."""
    first = course.modules[0]
    second = replace(first, id="modul-to", title="Modul to", translations=())
    return replace(course, modules=(first, second), status=Status.REVIEW, local={"contact": "Ring Kari <på> 00 00."})


@pytest.fixture(scope="module")
def package(course: Course) -> Package:
    return TARGETS["web"].package(course, course.modules, BuildOptions())


@pytest.fixture(scope="module")
def site(package: Package, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site") / package.name
    write_folder(folder, package.files, mark="player/tracking.js")
    return folder


def _page(site: Path, name: str = "index.html") -> html_reader.HtmlElement:
    return html_reader.document_fromstring((site / name).read_text(encoding="utf-8"))


def test_the_themes_are_listed_with_minutes_goals_and_credits(site: Path, course: Course) -> None:
    page = _page(site)
    themes = page.xpath("//*[@data-theme]")
    assert [theme.xpath("string(.//h3)") for theme in themes] == [module.title for module in course.modules]
    for theme, module in zip(themes, course.modules, strict=True):
        words = theme.text_content()
        assert re.search(r"ca\. \d+ min", words)
        assert all(goal in words for goal in module.goals)
        assert [entry.xpath("string(a)") for entry in theme.xpath(".//*[@data-entry]")] == [
            each.title.plain for each in module.pages
        ]


def test_every_link_of_the_site_leads_to_a_file_and_a_place_in_it(site: Path) -> None:
    pages = {path: html_reader.document_fromstring(path.read_text(encoding="utf-8")) for path in site.rglob("*.html")}
    ids = {path: set(page.xpath("//@id")) for path, page in pages.items()}
    led = 0
    for path, page in pages.items():
        for address in page.xpath("//@href | //@src"):
            if re.match(r"[a-z]+:", address):
                continue
            name, place = urldefrag(unquote(address))
            target = (path.parent / name).resolve() if name else path
            assert target.is_file(), (path, address)
            assert not place or place in ids[target], (path, address)
            led += 1
    assert led > 50


def test_nothing_is_fetched_from_another_host(site: Path) -> None:
    for path in site.rglob("*.html"):
        page = html_reader.document_fromstring(path.read_text(encoding="utf-8"))
        fetched = page.xpath("//script/@src | //link/@href | //img/@src | //video/@src | //source/@src | //iframe/@src")
        assert [address for address in fetched if re.match(r"(https?:)?//", address)] == []
    script = (site / "player" / "home.js").read_text(encoding="utf-8")
    assert not re.search(r"cookie|fetch\(|https?:", script)


def test_each_language_has_its_start_page_and_its_modules(site: Path, course: Course) -> None:
    english = _page(site, "index.en.html")
    assert english.get("lang") == "en"
    first, second = english.xpath("//*[@data-theme]")
    assert first.xpath("string(.//h3/a/@href)") == f"m-{course.modules[0].id}/index.en.html"
    # What is not translated is there all the same, and says so to a screen reader.
    assert (second.get("lang"), second.xpath("string(.//h3/a/@href)")) == ("nb", "m-modul-to/index.html")
    assert english.xpath("//nav[@class='languages']/a/@href") == ["index.html", "index.en.html"]
    module = _page(site, f"m-{course.modules[0].id}/index.en.html")
    assert set(module.xpath("//a[text()='All themes']/@href")) == {"../index.en.html"}


def test_the_local_contact_stands_as_text_and_the_page_says_what_awaits_control(site: Path) -> None:
    foot = _page(site).xpath("string(//footer)")
    assert "Ring Kari <på> 00 00." in foot
    assert _page(site).xpath("count(//p[@class='awaits'])") == 1


def test_one_module_alone_needs_no_start_page(course: Course) -> None:
    alone = TARGETS["web"].package(course, course.modules[:1], BuildOptions())
    assert "player/home.js" not in {file.name for file in alone.files}
    index = next(file.content for file in alone.files if file.name == "index.html")
    assert isinstance(index, bytes)
    assert b'data-page="' in index


def test_two_validators_find_no_error(site: Path, tmp_path: Path, java: str, node: str) -> None:
    pages = [str(path) for path in sorted(site.glob("*.html"))]
    nu = subprocess.run([java, "-jar", str(NU), "--errors-only", *pages], capture_output=True, text=True, check=False)
    assert nu.stderr == ""
    rules = tmp_path / "rules.json"
    rules.write_text('{"extends": ["html-validate:recommended"], "root": true}', encoding="utf-8")
    other = subprocess.run(
        [node, str(HTML_VALIDATE), "--config", str(rules), *pages],
        capture_output=True,
        text=True,
        check=False,
        env={"PATH": os.environ["PATH"]},
    )
    assert (other.returncode, other.stdout) == (0, "")


def test_the_municipalitys_logo_stands_on_every_page(course: Course, tmp_path: Path) -> None:
    file = tmp_path / "logo.png"
    file.write_bytes(b"\x89PNG")
    media = {**course.media, "local/logo.png": Media(path="local/logo.png", file=file, size=4, at=course.at)}
    own = replace(course, media=media, local={"logo": "local/logo.png"})
    files = {file.name: file.content for file in TARGETS["web"].package(own, own.modules, BuildOptions()).files}
    assert files["media/_/local/logo.png"] == file
    for name, up in (("index.html", ""), ("m-modul-to/index.html", "../")):
        content = files[name]
        assert isinstance(content, bytes)
        page = html_reader.document_fromstring(content.decode())
        assert page.xpath("//header//img/@src") == [f"{up}media/_/local/logo.png"]
