"""Films, captions and weight."""

from dataclasses import replace
from datetime import date

import pytest

from lokaltmot_lms.checks.captions import caption_problems
from lokaltmot_lms.checks.films import check_films
from lokaltmot_lms.checks.weight import check_film_weight, check_weight, page_weight
from lokaltmot_lms.model import Figure

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, []),
        ({"captions": None}, ["LM310"]),
        ({"captions": None, "no_captions": "filmen er uten lyd"}, []),
        ({"captions": None, "no_captions": "uten lyd"}, ["LM313"]),
        ({"transcript": None, "transcript_path": None}, ["LM311"]),
        ({"no_description": ""}, ["LM312"]),
        ({"no_description": "", "description": "media/film.beskrivelse.vtt"}, []),
        ({"no_description": "nei"}, ["LM313"]),
        ({"kind": "audio", "captions": None, "no_description": ""}, []),
        (
            {"captions": None, "transcript": None, "transcript_path": None, "no_description": ""},
            ["LM310", "LM311", "LM312"],
        ),
    ],
)
def test_a_film_is_for_those_who_cannot_hear_or_see(make, codes, changes, expected):
    assert codes(check_films, make.with_blocks(make.film(**changes))) == expected


def test_an_empty_transcript_is_refused(make, codes):
    assert codes(check_films, make.with_blocks(make.film(transcript=make.text("<p>—</p>")))) == ["LM314"]


def test_a_caption_file_is_read_and_reported_at_its_own_line(make, tmp_path):
    file = tmp_path / "film.vtt"
    file.write_text("WEBVTT\n\n00:01,000 --> 00:02,000\nHei.\n", encoding="utf-8")
    course = make.with_blocks(make.film(), media={"media/film.vtt": make.media("media/film.vtt", 40, file)})

    (problem,) = check_films(course, TODAY)

    assert problem.text().startswith("kurs/media/film.vtt:3:1: LM321: The caption time “00:01,000 --> 00:02,000”")


# Built from the productions of W3C WebVTT, section 4.1: header text, identifier, settings, notes, styles.
@pytest.mark.parametrize(
    "content",
    [
        "WEBVTT\n\n00:00.000 --> 00:02.000\nHei.\n",
        "\ufeffWEBVTT Foredrag\nKind: captions\n\n1\n00:00:00.000 --> 00:00:02.000 line:0 align:start\nHei.\n",
        "WEBVTT\r\n\r\nNOTE laget for hånd\r\n\r\n00:01.000 --> 00:02.000\r\n<v Kari>Hei.</v>\r\n",
        "WEBVTT\n\nSTYLE\n::cue { color: white }\n\nintro\n100:00:00.000 --> 100:00:01.500\nHei.\n\n\n",
        "WEBVTT\n\n00:01.000 --> 00:02.000\nEn.\n\n00:02.000 --> 00:03.000\nTo.\n",
        "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Kari Nordmann på kontoret>" + "a" * 42 + "\n",
    ],
)
def test_good_captions_are_left_alone(content):
    assert list(caption_problems(content.encode(), "film.vtt")) == []


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", [("LM320", 1)]),
        (b"1\n00:00:01,000 --> 00:00:03,000\nHei.\n", [("LM320", 1)]),
        (b"WEBVTTX\n\n00:00.000 --> 00:02.000\nHei.\n", [("LM320", 1)]),
        ("WEBVTT\n\n00:00.000 --> 00:02.000\nÆsj.\n".encode("latin-1"), [("LM320", 1)]),
        (b"WEBVTT\n", [("LM325", 1)]),
        (b"WEBVTT\n\nNOTE ikke ferdig\n", [("LM325", 1)]),
        (b"WEBVTT\n\n00:00.000 -> 00:02.000\nHei.\n", [("LM321", 3)]),
        (b"WEBVTT\n\n00:02.000 --> 00:02.000\nHei.\n", [("LM321", 3)]),
        (b"WEBVTT\n\n1\n00:61.000 --> 00:62.000\nHei.\n", [("LM321", 4)]),
        (b"WEBVTT\n\n0:01.000 --> 0:02.000\nHei.\n", [("LM321", 3)]),
        (b"WEBVTT\n\n00:05.000 --> 00:07.000\nTo.\n\n00:01.000 --> 00:03.000\nEn.\n", [("LM322", 6)]),
        (b"WEBVTT\n\n00:01.000 --> 00:04.000\nEn.\n\n00:03.000 --> 00:05.000\nTo.\n", [("LM323", 6)]),
        (b"WEBVTT\n\n00:01.000 --> 00:04.000\nkort\n" + b"a" * 43 + b"\n", [("LM324", 5)]),
    ],
)
def test_captions_a_browser_would_drop_are_refused(content, expected):
    found = [(problem.code, problem.at.line) for problem in caption_problems(content, "film.vtt")]

    assert found == expected


def test_an_overlap_says_when_to_end():
    content = b"WEBVTT\n\n01:01.000 --> 01:04.000\nEn.\n\n01:03.500 --> 01:05.000\nTo.\n"

    (problem,) = caption_problems(content, "film.vtt")

    assert problem.hint() == "End the one above at 01:03.500 or earlier."


def test_a_page_weighs_its_pictures_in_decimal_megabytes(make):
    course = make.with_blocks(
        Figure(path="a.png", alt="En tavle.", at=make.at()),
        make.prose('<p><img src="b.png" alt="Et kart."/></p>'),
        make.film(poster="c.jpg"),
        media={
            "a.png": make.media("a.png", 2_000_000),
            "b.png": make.media("b.png", 1_000_000),
            "c.jpg": make.media("c.jpg", 200_000),
            "media/film.mp4": make.media("media/film.mp4", 30_000_000),
        },
    )

    weight = page_weight(course, course.modules[0].pages[0])

    # 3,200,000 bytes x 8 bits / 1,000,000 bits a second = 25.6 s
    assert str(weight) == "3.2 MB, 26 s at 1 Mbit/s"
    assert weight.films == 30_000_000
    assert list(check_weight(course, TODAY)) == []


@pytest.mark.parametrize(("size", "expected"), [(5_000_000, []), (5_000_001, ["LM331"])])
def test_a_page_above_five_megabytes_is_heavy(make, codes, size, expected):
    figure = Figure(path="a.png", alt="En tavle.", at=make.at())

    assert codes(check_weight, make.with_blocks(figure, media={"a.png": make.media("a.png", size)})) == expected


@pytest.mark.parametrize(("size", "expected"), [(50_000_000, []), (50_000_001, ["LM330"])])
def test_a_film_above_fifty_megabytes_is_heavy_once(make, codes, size, expected):
    film = make.film()
    media = {"media/film.mp4": make.media("media/film.mp4", size)}

    course = make.with_blocks(film, film, media=media)
    shown_twice = replace(course, modules=(*course.modules, replace(course.modules[0], id="other")))

    assert codes(check_film_weight, shown_twice) == expected
