"""Images: each has a description of its own for people who can't see it, and a size that a phone can show."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath

from lokaltmot_lms.checks.fragments import elements, place
from lokaltmot_lms.checks.walk import all_modules, blocks, passages, questions
from lokaltmot_lms.errors import Position, Problem
from lokaltmot_lms.errors.files import IMAGE_HUGE, IMAGE_LARGE
from lokaltmot_lms.errors.media import ALT_IS_FILE_NAME, ALT_REPEATS_CAPTION, ALT_TOO_LONG, PICTURE_WITHOUT_ALT
from lokaltmot_lms.model import Course, Figure, Hotspot, Module

LONGEST_ALT = 200
LARGEST_SIDE = 4_096  # pixels; the images of common phone cameras are smaller
MOST_PIXELS = 100_000_000
_FILE_NAME = re.compile(
    r"^\S+\.(avif|bmp|gif|jpe?g|png|svg|tiff?|webp)$|^(img|dsc|image|bilde|skjermbilde)[ _-]?\d+$", re.I
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DescribedPicture:
    """An image with its description, from any part of a module."""

    path: str
    alt: str
    caption: str
    at: Position


def check_pictures(course: Course, today: date) -> Iterator[Problem]:
    """Yield what is wrong with the descriptions of images, and images with more pixels than a page can show."""
    for module in all_modules(course):
        for picture in _pictures(module):
            yield from _problems(picture)
            yield from _too_large(course, picture)


def _too_large(course: Course, picture: DescribedPicture) -> Iterator[Problem]:
    media = course.media.get(picture.path)
    width, height = (media.width or 0, media.height or 0) if media else (0, 0)
    if picture.path.lower().endswith(".svg") or max(width, height) <= LARGEST_SIDE:
        return
    fault = IMAGE_HUGE if width * height > MOST_PIXELS else IMAGE_LARGE
    yield fault.at(picture.at, picture=picture.path, width=width, height=height)


def _problems(picture: DescribedPicture) -> Iterator[Problem]:
    alt = " ".join(picture.alt.split())
    if not alt:
        yield PICTURE_WITHOUT_ALT.at(picture.at, picture=picture.path)
    elif _is_file_name(alt, PurePosixPath(picture.path)):
        yield ALT_IS_FILE_NAME.at(picture.at, alt=alt)
    elif _folded(alt) == _folded(picture.caption):
        yield ALT_REPEATS_CAPTION.at(picture.at)
    elif len(alt) > LONGEST_ALT:
        yield ALT_TOO_LONG.at(picture.at, length=len(alt), limit=LONGEST_ALT)


def _is_file_name(alt: str, path: PurePosixPath) -> bool:
    return alt in {path.name, path.stem} or (alt.count(" ") < 2 and bool(_FILE_NAME.match(alt)))


def _pictures(module: Module) -> Iterator[DescribedPicture]:
    for _, block in blocks(module):
        if isinstance(block, Figure):
            caption = block.caption.plain if block.caption else ""
            yield DescribedPicture(path=block.path, alt=block.alt, caption=caption, at=block.at)
    for _, _, question in questions(module):
        if isinstance(question, Hotspot) and question.picture:
            yield DescribedPicture(path=question.picture, alt=question.alt, caption="", at=question.at)
    for passage in passages(module):
        for image in elements(passage.text, "img"):
            path = image.get("src", "")
            at = place(passage.text.at, path)
            yield DescribedPicture(path=path, alt=image.get("alt", ""), caption=image.get("title", ""), at=at)


def _folded(text: str) -> str:
    return " ".join(text.casefold().split()).rstrip(".")
