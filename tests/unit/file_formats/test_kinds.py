"""What a file is, from its first bytes. The bytes are those that the formats' own documents prescribe."""

from pathlib import Path

import pytest

from lokaltmot_lms.file_formats.kinds import HEAD, fits, kind_of, promised

ROOT = Path(__file__).parents[3]


def box(brand: bytes, *others: bytes) -> bytes:
    """Return a file type box (ISO/IEC 14496-12, 4.3)."""
    return (16 + 4 * len(others)).to_bytes(4, "big") + b"ftyp" + brand + b"\0\0\2\0" + b"".join(others)


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "PNG"),
        (b"\xff\xd8\xff\xe1", "JPEG"),
        (b"GIF89a", "GIF"),
        (b"RIFF\x10\0\0\0WEBPVP8 ", "WebP"),
        (b"RIFF\x10\0\0\0WAVEfmt ", "WAV"),
        (b"RIFF\x10\0\0\0AVI LIST", "AVI"),
        (b"<?xml version='1.0'?>\n<!-- a drawing -->\n<svg/>", "SVG"),
        ("<svg>".encode("utf-16"), "SVG"),
        (b"\xef\xbb\xbf  <svg:svg xmlns:svg='http://www.w3.org/2000/svg'>", "SVG"),
        (b"<!DOCTYPE html><body><svg></svg>", "HTML"),
        (box(b"isom", b"avc1", b"mp41"), "MP4"),
        (box(b"qt  ", b"qt  "), "QuickTime"),
        (box(b"qt  ", b"mp42"), "MP4"),
        (b"\0\0\0\x08wide\0\0\0\0mdat", "QuickTime"),
        (box(b"M4A ", b"isom"), "MPEG-4 audio"),
        (box(b"heic", b"mif1"), "HEIC"),
        (box(b"mif1", b"heic"), "HEIC"),
        (box(b"mif1", b"avif"), "AVIF"),
        (box(b"avif", b"mif1"), "AVIF"),
        (box(b"3gp4"), "3GP"),
        (b"\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\x82\x84webm", "WebM"),
        (b"\x1a\x45\xdf\xa3\xa3\x42\x86\x81\x01\x42\x82\x88matroska", "Matroska"),
        (b"ID3\x04\0", "MP3"),
        (b"\xff\xfb\x90\x44", "MP3"),
        (b"\xff\xf1\x50\x80", "AAC"),
        (b"\xff\xfeH\0e\0i\0", ""),
        (b"FORM\0\0\0\x20AIFF", "AIFF"),
        (b"BM\x9a\0\0\0\0\0\0\0", "BMP"),
        (b"BMW er en bil.", ""),
        (b"II*\0\x08", "TIFF"),
        (b"%PDF-1.7", "PDF"),
        (b"PK\x03\x04....word/document.xml", "Word"),
        (b"PK\x03\x04....ppt/slides", "PowerPoint"),
        (b"PK\x03\x04....mimetype", "ZIP"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Office 97-2003"),
        (b"Hei.", ""),
        (b"", ""),
    ],
)
def test_the_kind_is_what_the_first_bytes_say(head: bytes, kind: str) -> None:
    assert kind_of(head) == kind


@pytest.mark.parametrize("path", sorted((ROOT / "courses").glob("*/media/*")), ids=lambda path: path.name)
def test_all_media_of_our_own_courses_are_what_they_are_named(path: Path) -> None:
    with path.open("rb") as file:
        assert fits(path.name, file.read(HEAD))


def test_a_sound_in_the_container_of_videos_may_be_named_as_either() -> None:
    assert fits("tale.m4a", box(b"isom"))
    assert fits("tale.M4A", box(b"M4A "))
    assert not fits("tale.mp3", box(b"M4A "))
    assert promised("tale.m4a") == "MPEG-4 audio"
    assert fits("notat.docx", b"whatever")  # not one of the kinds that a page shows
