"""Courses too big to commit, made here and read from disk: heavy pages and films, and a state that is too large."""

from datetime import date
from pathlib import Path

import pytest

from lokaltmot_lms.checks import check_course
from lokaltmot_lms.source import read_course

TODAY = date(2026, 11, 22)
COURSES = Path(__file__).resolve().parents[3] / "courses"
HEAD = "---\ntittel: Prøve\nid: prove\nversjon: 1\nspråk: nb\n---\n\n# Side {#side}\n\n"


def problems(folder: Path, body: str) -> list[str]:
    (folder / "module.md").write_text(HEAD + body, encoding="utf-8")
    reading = read_course(folder / "module.md")
    assert reading.course is not None
    found = [*reading.problems, *check_course(reading.course, today=TODAY)]
    return [f"{problem.code}: {problem.message()}" for problem in found]


def test_a_picture_of_six_megabytes_is_reported_with_its_seconds(tmp_path):
    (tmp_path / "media").mkdir()
    picture = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><desc>' + "a" * 6_100_000 + "</desc></svg>"
    (tmp_path / "media" / "tavle.svg").write_text(picture, encoding="utf-8")

    assert problems(tmp_path, "![En lang tavle med lapper.](media/tavle.svg)\n") == [
        "LM331: The page “Side” is 6.1 MB. It takes 49 s to download at 1 Mbit/s."
    ]


def test_a_film_of_eighty_megabytes_is_reported(tmp_path):
    (tmp_path / "media").mkdir()
    with (tmp_path / "media" / "film.mp4").open("wb") as film:
        film.write(b"\0\0\0\x18ftypisom\0\0\2\0isommp41")
        film.truncate(80_000_000)
    (tmp_path / "media" / "film.md").write_text("En person sier hei.\n", encoding="utf-8")
    block = (
        "::: video media/film.mp4\ntittel: Hei\nteksting: ikke nødvendig – filmen er uten lyd\n"
        "tekstutskrift: media/film.md\nsynstolking: ikke nødvendig – alt er forklart i teksten\n:::\n"
    )

    assert problems(tmp_path, block) == ["LM330: “media/film.mp4” is 80.0 MB. It takes 640 s to download at 1 Mbit/s."]


@pytest.mark.parametrize(("count", "expected"), [(63, []), (64, ["LM510"])])
def test_too_many_typed_answers_are_refused(tmp_path, count, expected):
    asked = [
        f"## Hvem hjelper barn nummer {n}? {{#q{n}}}\n\nSvar: svar {n}\nForklaring: Slik er det.\n"
        for n in range(count)
    ]

    assert [line[:5] for line in problems(tmp_path, "::: quiz\n" + "\n".join(asked) + ":::\n")] == expected


def test_a_caption_file_of_twenty_megabytes_is_refused_unread(tmp_path):
    (tmp_path / "media").mkdir()
    (tmp_path / "media" / "film.mp4").write_bytes(b"\0\0\0\x18ftypisom\0\0\2\0isommp41")
    (tmp_path / "media" / "film.md").write_text("En person sier hei.\n", encoding="utf-8")
    with (tmp_path / "media" / "film.vtt").open("wb") as captions:
        captions.truncate(20_000_000)
    block = (
        "::: video media/film.mp4\ntittel: Hei\nteksting: media/film.vtt\n"
        "tekstutskrift: media/film.md\nsynstolking: ikke nødvendig – bare en person som snakker\n:::\n"
    )

    assert [line[:5] for line in problems(tmp_path, block)] == ["LM320"]


@pytest.mark.parametrize("name", ["eksempel", "lokalt-mot"])
def test_our_own_courses_give_no_warning(name, monkeypatch):
    """What we ship is what `check --strict` takes; the date is fixed, so that a fact coming due breaks no build."""
    monkeypatch.chdir(COURSES.parent)
    reading = read_course(Path("courses") / name)

    assert reading.course is not None
    found = [*reading.problems, *check_course(reading.course, today=TODAY)]
    assert [problem.text() for problem in found if problem.severity != "note"] == []
