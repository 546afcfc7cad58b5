"""Links and pictures."""

from dataclasses import replace
from datetime import date

import pytest

from lokaltmot_lms.checks.links import check_links
from lokaltmot_lms.checks.pictures import check_pictures
from lokaltmot_lms.model import Case, Figure, Hotspot, Step

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<p>Les <a href="https://www.example.org">veilederen</a>.</p>', []),
        ('<p>Se <a href="#side">siden</a>.</p>', []),
        ('<p>Se <a href="#q">spørsmålet</a>.</p>', []),
        ('<p>Se <a href="#sidn">siden</a>.</p>', ["LM401"]),
        ('<p>Se <a href="http://www.example.org">veilederen</a>.</p>', ["LM402"]),
        ('<p>Se <a href="https://www.example.org"></a>.</p>', ["LM403"]),
        ('<p>Se <a href="https://www.example.org"><img src="m.png" alt="Veilederen"/></a>.</p>', []),
        ('<p><a href="https://www.example.org">Klikk her</a></p>', ["LM404"]),
        ('<p><a href="https://www.example.org">her.</a></p>', ["LM404"]),
        ('<p><a href="https://www.example.org">Her finner du hjelp</a></p>', []),
        ('<p>Ring <a href="tel:112">112</a> eller <a href="mailto:a@example.org">skriv</a>.</p>', []),
    ],
)
def test_a_link_says_where_it_goes_and_goes_there(make, codes, html, expected):
    course = make.with_blocks(make.prose(html), make.quiz(make.single("x Ja", "Nei")))

    assert codes(check_links, course) == expected


def test_a_missing_target_names_the_nearest_id(make):
    course = make.with_blocks(make.prose('<p><a href="#sidn">siden</a></p>'))

    (problem,) = check_links(course, TODAY)

    assert problem.text() == (
        "kurs/01.md:1:1: LM401: The link goes to “#sidn”, but nothing in the module has that id. Did you mean “#side”?"
    )


def test_a_link_may_go_to_a_step_and_to_a_heading_with_an_id(make, codes):
    step = Step(id="start", title=make.words("Start"), text=make.text("<p>Hei.</p>"), at=make.at())
    case = Case(id="case", steps=(step,), at=make.at())
    links = make.prose('<h2 id="mer">Mer</h2><p><a href="#start">start</a> <a href="#mer">mer om det</a></p>')

    assert codes(check_links, make.with_blocks(case, links)) == []


@pytest.mark.parametrize(
    ("alt", "expected"),
    [
        ("To stoler ved et lite bord.", []),
        ("", ["LM301"]),
        ("   ", ["LM301"]),
        ("rommet.svg", ["LM302"]),
        ("rommet", ["LM302"]),
        ("IMG_0412.JPG", ["LM302"]),
        ("Skjermbilde 12", ["LM302"]),
        ("stoler på skrå", ["LM303"]),
        ("a" * 200, []),
        ("a" * 201, ["LM304"]),
    ],
)
def test_a_picture_is_described_in_words_of_its_own(make, codes, alt, expected):
    figure = Figure(path="media/rommet.svg", alt=alt, caption=make.words("Stoler på skrå."), at=make.at())

    assert codes(check_pictures, make.with_blocks(figure)) == expected


def test_pictures_inside_text_and_hotspots_are_seen_too(make, codes):
    inside = make.prose('<p>Slik: <img src="media/a.png" alt=""/></p>')
    hotspot = Hotspot(
        id="q",
        type="hotspot",
        prompt=make.words("Hvor?"),
        picture="m.png",
        alt="",
        spots=(),
        multiple=False,
        at=make.at(),
    )

    assert codes(check_pictures, make.with_blocks(inside, make.quiz(hotspot))) == ["LM301", "LM301"]


def test_a_problem_inside_a_text_points_at_its_own_line(make, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "kurs").mkdir()
    (tmp_path / "kurs" / "01.md").write_text("# Side\n\nFørst.\n\nSe [her](https://example.org).\n", encoding="utf-8")
    course = make.with_blocks(make.prose('<p>Først.</p><p>Se <a href="https://example.org">her</a>.</p>', line=3))

    (problem,) = check_links(course, TODAY)

    assert (problem.at.line, problem.at.column) == (5, 10)


@pytest.mark.parametrize(
    ("width", "height", "expected"),
    [(4096, 3072, []), (4097, 100, ["LM238"]), (100, 5000, ["LM238"]), (10001, 10000, ["LM237"]), (None, None, [])],
)
def test_an_image_with_more_pixels_than_a_page_shows_is_reported(make, codes, width, height, expected):
    figure = Figure(path="media/kart.png", alt="Et kart over sentrum", at=make.at())
    media = {"media/kart.png": replace(make.media("media/kart.png", 100), width=width, height=height)}

    assert codes(check_pictures, make.with_blocks(figure, media=media)) == expected
