"""Films and sound: captions, transcript and audio description, or a reason why none is needed."""

import re
from collections.abc import Iterator
from datetime import date

from lokaltmot_lms.checks.captions import caption_problems
from lokaltmot_lms.checks.fragments import place
from lokaltmot_lms.checks.walk import all_modules, blocks
from lokaltmot_lms.errors import Problem
from lokaltmot_lms.errors.media import (
    FILM_WITHOUT_CAPTIONS,
    FILM_WITHOUT_DESCRIPTION,
    FILM_WITHOUT_TRANSCRIPT,
    REASON_TOO_SHORT,
    TRANSCRIPT_EMPTY,
)
from lokaltmot_lms.model import Course, Film

SHORTEST_REASON = 10  # characters
LARGEST_CAPTIONS = 5_000_000  # bytes


def check_films(course: Course, today: date) -> Iterator[Problem]:
    """Yield what a film or a sound lacks, and what is wrong with its captions."""
    for module in all_modules(course):
        for _, block in blocks(module):
            if isinstance(block, Film):
                yield from _missing(block)
                yield from _captions(course, block)


def _missing(film: Film) -> Iterator[Problem]:
    is_video = film.kind == "video"
    name = film.title or film.path
    if is_video and not film.captions and not film.no_captions:
        yield FILM_WITHOUT_CAPTIONS.at(film.at, film=name)
    if film.transcript is None and not film.transcript_path:
        yield FILM_WITHOUT_TRANSCRIPT.at(film.at, film=name)
    elif film.transcript is not None and not re.search(r"\w", film.transcript.plain):
        path = film.transcript_path or film.path
        yield TRANSCRIPT_EMPTY.at(film.at, transcript=path, film=name)
    if is_video and not film.description and not film.no_description:
        yield FILM_WITHOUT_DESCRIPTION.at(film.at, film=name)
    for reason in (film.no_captions, film.no_description):
        if reason and len(reason.strip()) < SHORTEST_REASON:
            yield REASON_TOO_SHORT.at(place(film.at, reason), reason=reason, film=name)


def _captions(course: Course, film: Film) -> Iterator[Problem]:
    for path, spoken in ((film.captions, True), (film.description, False), (film.chapters, False)):
        media = course.media.get(path or "")
        if path and media and path.lower().endswith((".vtt", ".srt")):
            # Ten hours of speech take less than a megabyte; a larger file is something else under that name.
            content = media.file.read_bytes() if media.size <= LARGEST_CAPTIONS else b""
            yield from caption_problems(content, _shown(course, path), spoken=spoken)


def _shown(course: Course, path: str) -> str:
    """Return a media path as the course's other paths are written: with the way to the course folder in front."""
    folder = course.at.path.rpartition("/")[0]
    return f"{folder}/{path}" if folder else path
