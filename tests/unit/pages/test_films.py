"""Sizes, lengths and chapters as a learner reads them."""

import pytest

from lokaltmot_lms.pages.films import Chapter, megabytes, read_chapters


@pytest.mark.parametrize(
    ("size", "shown"),
    [(1_600_000, "1,6\u00a0MB"), (240_000, "240\u00a0kB"), (3, "1\u00a0kB"), (26_000_000, "26,0\u00a0MB")],
)
def test_a_size_reads_as_people_write_it(size: int, shown: str) -> None:
    assert megabytes(size, ",") == shown


def test_chapters_come_from_webvtt_in_both_its_clocks() -> None:
    vtt = "WEBVTT\n\n1\n00:12.500 --> 00:20.000\n<v Kari>Veien &hjem\n\n01:00:00.000 --> 01:10:00.000 line:0\nSlutt\n"
    assert read_chapters(vtt) == (
        Chapter(seconds="12.500", clock="0:12", title="Veien &hjem"),
        Chapter(seconds="3600.000", clock="1:00:00", title="Slutt"),
    )


def test_a_chapter_is_shown_without_the_escapes_of_its_file() -> None:
    (chapter,) = read_chapters("WEBVTT\n\n00:00.000 --> 00:05.000\n<b>Lytt</b> &amp; spør\n")
    assert chapter.title == "Lytt & spør"
