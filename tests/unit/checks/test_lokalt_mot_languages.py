"""The translated modules of Lokalt mot: what the checks of any course can't know about them."""

from pathlib import Path

import pytest
from lxml import etree

from lokaltmot_lms.checks.facts import uses
from lokaltmot_lms.checks.reading import HARD, reading
from lokaltmot_lms.source import read_course

COURSE = Path(__file__).parents[3] / "courses" / "lokalt-mot"
FIGURES = sorted(path for path in (COURSE / "media").glob("*.svg") if "." in path.stem)


@pytest.fixture(scope="module")
def course():
    return read_course(COURSE).course


def test_two_modules_are_in_all_three_languages(course):
    found = {module.id: [other.language for other in module.translations] for module in course.modules}

    assert {id: sorted(codes) for id, codes in found.items() if codes} == {
        "negativ-sosial-kontroll": ["en", "nn"],
        "tie-melde-avverge": ["en", "nn"],
    }


def test_every_edition_rests_on_the_same_facts_in_the_same_places(course):
    languages = {module.id: {"nb", *(other.language for other in module.translations)} for module in course.modules}
    for key, places in uses(course).items():
        by_place: dict[tuple[str, str, str], set[str]] = {}
        for use in places:
            by_place.setdefault((use.kind, use.module, use.id), set()).add(use.language)
        lacking = {place: found for place, found in by_place.items() if place[1] and found != languages[place[1]]}
        assert lacking == {}, key


def test_every_page_is_plain_in_every_language(course):
    pages = [page for page in reading(course) if page.language != "nb" and page.lix is not None]

    assert {page.language for page in pages} == {"en", "nn"}
    assert [(page.language, page.page, page.lix) for page in pages if page.lix > HARD - 5] == []


@pytest.mark.parametrize("path", FIGURES, ids=lambda path: path.stem)
def test_a_figure_in_another_language_is_the_same_drawing(path):
    """A fix in Norwegian must be made in every language."""
    theirs, ours = (etree.parse(file) for file in (path, path.with_name(f"{path.stem.partition('.')[0]}.svg")))
    words = [[element.text for element in tree.iter("{*}text", "{*}title", "{*}desc")] for tree in (theirs, ours)]

    assert _shapes(theirs) == _shapes(ours)
    assert len(words[0]) == len(words[1])
    assert words[0] != words[1]


def _shapes(tree):
    """Everything drawn, but for the size of letters, which may give way to longer words."""
    return [
        (etree.QName(element).localname, {key: value for key, value in element.attrib.items() if key != "font-size"})
        for element in tree.iter(etree.Element)
    ]
