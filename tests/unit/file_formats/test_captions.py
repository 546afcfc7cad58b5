"""SubRip captions: read with the faults that people make, and written as WebVTT."""

from pathlib import Path

import pytest

from lokaltmot_lms.checks.captions import caption_problems
from lokaltmot_lms.file_formats.captions import Cue, read_webvtt, subrip_as_webvtt, text_of
from lokaltmot_lms.pages.media import PackageMedia
from lokaltmot_lms.source import read_course

SUBRIP = (
    "\ufeff1\r\n00:00:01,000 --> 00:00:02,500 X1:40 X2:600 Y1:20 Y2:50\r\n<i>Hei</i> på "
    "<font color='red'>deg</font>\r\n\r\n"
    "2\r\n0:59:59,900 --> 01:00:02.000\r\n{\\an8}Tom & Jerry: 2 < 3 --> ja\r\n– Ja.\r\n\r\n\r\n"
)


def test_subrip_becomes_webvtt() -> None:
    assert subrip_as_webvtt(SUBRIP.encode()).decode() == (
        "WEBVTT\n\n00:01.000 --> 00:02.500\n<i>Hei</i> på deg\n\n"
        "59:59.900 --> 01:00:02.000\nTom &amp; Jerry: 2 &lt; 3 --&gt; ja\n– Ja.\n"
    )
    assert list(caption_problems(SUBRIP.encode(), "a.srt")) == []
    assert list(caption_problems(subrip_as_webvtt(SUBRIP.encode()), "a.vtt")) == []


def test_what_was_written_is_read_back_with_the_same_times() -> None:
    cues = list(read_webvtt(text_of(subrip_as_webvtt(SUBRIP.encode())) or ""))
    assert [(str(cue.start), str(cue.end)) for cue in cues if isinstance(cue, Cue)] == [
        ("1", "2.5"),
        ("3599.9", "3602"),
    ]


def test_webvtt_under_the_other_name_stays_as_it_is() -> None:
    content = b"WEBVTT\n\n00:01.000 --> 00:02.000 align:start\nHei.\n"
    assert subrip_as_webvtt(content) == content
    assert list(caption_problems(content, "a.srt")) == []


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("", [("LM249", 1)]),
        ("Hei.\n", [("LM249", 1)]),
        ("PK\x03\x04", [("LM249", 1)]),
        ("1\n00:00:01,00 --> 00:00:02,000\nHei.\n", [("LM248", 2)]),
        ("1\n00:00:01,000 -> 00:00:02,000\nHei --> på.\n", [("LM248", 2)]),
        ("1\n00:00:02,000 --> 00:00:01,000\nHei.\n", [("LM248", 2)]),
        ("1\n00:61:00,000 --> 00:62:00,000\nHei.\n", [("LM248", 2)]),
        ("1\n00:00:01,000 --> 00:00:02,000\nHei.\n\nHopp.\n", [("LM248", 5)]),
        ("00:00:03,000 --> 00:00:04,000\nTo.\n\n00:00:01,000 --> 00:00:02,000\nEn.\n", [("LM322", 4)]),
        ("1\n00:00:01,000 --> 00:00:03,000\nTo.\n\n2\n00:00:02,000 --> 00:00:04,000\nEn.\n", [("LM323", 6)]),
        ("1\n00:00:01,000 --> 00:00:03,000\n" + "a" * 43, [("LM324", 3)]),
    ],
)
def test_faults_are_at_their_own_lines(content: str, expected: list[tuple[str, int]]) -> None:
    assert [(problem.code, problem.at.line) for problem in caption_problems(content.encode(), "a.srt")] == expected


def test_the_package_holds_webvtt(tmp_path: Path) -> None:
    (tmp_path / "media").mkdir()
    (tmp_path / "media" / "tur.mp4").write_bytes(b"\0\0\0\x18ftypisom\0\0\2\0isommp41")
    (tmp_path / "media" / "tur.srt").write_text(SUBRIP, encoding="utf-8")
    (tmp_path / "m.md").write_text(
        "---\ntittel: P\nid: p\nversjon: 1\n---\n\n# S {#s}\n\n::: video media/tur.mp4\ntittel: Tur\n"
        "teksting: media/tur.srt\n:::\n",
        encoding="utf-8",
    )
    reading = read_course(tmp_path / "m.md")
    assert [reading.course is None, *reading.problems] == [False]
    assert reading.course is not None
    media = PackageMedia(reading.course)

    assert media.address("media/tur.srt") == "media/tur.srt.vtt"
    (file,) = media.files
    assert isinstance(file.content, bytes)
    assert file.content.startswith(b"WEBVTT\n\n00:01.000 --> 00:02.500\n")
