"""What a page shows of a video or sound: its length and size, its chapters, its tracks."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from html import unescape

from lokaltmot_lms.model import Film
from lokaltmot_lms.pages.media import PackageMedia, Pictures, media_type

_CUE = re.compile(r"^\s*(?:(\d+):)?(\d\d):(\d\d)\.(\d{3})\s+-->")
# VTT cues may carry tags such as <c> or <v Name>; a chapter's button shows plain text.
_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """A chapter of a video. seconds: from its start; clock: the same as "1:24"."""

    seconds: str
    clock: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FilmView:
    """A video for the template. weight: "1:24 · 1,6 MB".

    seconds: the length that the author gives, 0 when unknown.
    described_source: a version with audio description, when it is a separate file and not a track.
    """

    film: Film
    source: str
    type: str
    poster: str
    size: tuple[int, int] | None
    seconds: int
    weight: str
    captions: str
    chapters_track: str
    chapters: tuple[Chapter, ...]
    descriptions_track: str
    described_source: str


def film_view(film: Film, *, media: PackageMedia, pictures: Pictures, comma: str) -> FilmView:
    """Return what the template shows of a video. comma: the decimal mark of the language."""
    file = media.media(film.path)
    weight = [film.length, megabytes(file.size, comma) if file else ""]
    description = film.description or ""
    is_track = description.lower().endswith((".vtt", ".srt"))
    source = _sources(pictures.source)
    return FilmView(
        film=film,
        source=pictures.source(film.path),
        type=media_type(film.path),
        poster=source(film.poster),
        size=media.size(film.poster) if film.poster else None,
        seconds=film.seconds,
        weight=" · ".join(part for part in weight if part),
        captions=source(film.captions),
        chapters_track=source(film.chapters),
        chapters=_chapters(film, media),
        descriptions_track=source(description if is_track else None),
        described_source=source(None if is_track else description),
    )


def megabytes(size: int, comma: str) -> str:
    """Return a size in readable form, "1,6 MB" or "240 kB"."""
    if size < 1_000_000:
        return f"{max(1, round(size / 1000))}\u00a0kB"
    return f"{size / 1_000_000:.1f}\u00a0MB".replace(".", comma)


def read_chapters(text: str) -> tuple[Chapter, ...]:
    """Return the chapters of a WebVTT file (W3C WebVTT 1, section 4.1: a timing line, then the text)."""
    chapters = []
    lines = text.splitlines()
    for at, line in enumerate(lines):
        found = _CUE.match(line)
        title = unescape(_TAG.sub("", lines[at + 1])).strip() if at + 1 < len(lines) else ""
        if found and title:
            hours, minutes, seconds = int(found[1] or 0), int(found[2]), int(found[3])
            clock = f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"
            total = f"{hours * 3600 + minutes * 60 + seconds}.{found[4]}"
            chapters.append(Chapter(seconds=total, clock=clock, title=title))
    return tuple(chapters)


def _sources(source: Callable[[str], str]) -> Callable[[str | None], str]:
    return lambda path: source(path) if path else ""


def _chapters(film: Film, media: PackageMedia) -> tuple[Chapter, ...]:
    file = media.media(film.chapters) if film.chapters else None
    if film.chapters is None or file is None:
        return ()
    content = media.captions(film.chapters) or file.file.read_bytes()
    return read_chapters(content.decode("utf-8", errors="replace"))
