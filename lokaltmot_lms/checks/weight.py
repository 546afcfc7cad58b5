"""What a page weighs, and how long it takes to fetch on a slow line."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from lokaltmot_lms.checks.walk import all_modules, blocks, page_passages
from lokaltmot_lms.errors import Position, Problem
from lokaltmot_lms.errors.media import FILM_HEAVY, PAGE_HEAVY
from lokaltmot_lms.model import Course, Figure, Film, Hotspot, Page, Quiz

HEAVIEST_PAGE = 5_000_000
HEAVIEST_FILM = 50_000_000
BITS_PER_SECOND = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Weight:
    """What a page weighs.

    pictures: bytes fetched to show the page; films: bytes fetched only when they are played; largest: path of
    the largest image, "" if there is no image.
    """

    pictures: int
    films: int
    largest: str

    def __str__(self) -> str:
        """The weight of what is fetched with the page, as “3.2 MB, 26 s at 1 Mbit/s”."""
        return f"{megabytes(self.pictures)}, {seconds(self.pictures)} s at 1 Mbit/s"


def page_weight(course: Course, page: Page) -> Weight:
    """Return what a page weighs."""
    pictures = {path: course.media[path].size for path in _pictures(page) if path in course.media}
    films = {film.path: course.media[film.path].size for film in _films(page) if film.path in course.media}
    largest = max(sorted(pictures), key=lambda path: pictures[path], default="")
    return Weight(pictures=sum(pictures.values()), films=sum(films.values()), largest=largest)


def megabytes(size: int) -> str:
    """Return a size in decimal megabytes: “3.2 MB”."""
    return f"{size / 1_000_000:.1f} MB"


def seconds(size: int) -> int:
    """Return how many seconds a file takes to fetch at 1 Mbit/s."""
    return round(size * 8 / BITS_PER_SECOND)


def check_weight(course: Course, today: date) -> Iterator[Problem]:
    """Yield pages that are heavy on a slow line."""
    for module in all_modules(course):
        for page in module.pages:
            weight = page_weight(course, page)
            if weight.pictures > HEAVIEST_PAGE:
                yield PAGE_HEAVY.at(page.at, page=page.title.plain, largest=weight.largest, **_figures(weight.pictures))


def check_film_weight(course: Course, today: date) -> Iterator[Problem]:
    """Yield films that are heavy on a slow line, each once, however many modules show it."""
    for path, at in _all_films(course).items():
        if path in course.media and course.media[path].size > HEAVIEST_FILM:
            yield FILM_HEAVY.at(at, film=path, **_figures(course.media[path].size))


def _figures(size: int) -> Mapping[str, object]:
    return {"size": megabytes(size), "seconds": seconds(size)}


def _all_films(course: Course) -> dict[str, Position]:
    """Return each film with the first place that shows it: a translation often shows the same one."""
    found: dict[str, Position] = {}
    for module in all_modules(course):
        for _, block in blocks(module):
            if isinstance(block, Film):
                found.setdefault(block.path, block.at)
    return found


def _films(page: Page) -> Iterator[Film]:
    yield from (block for block in page.blocks if isinstance(block, Film))


def _pictures(page: Page) -> Iterator[str]:
    for block in page.blocks:
        match block:
            case Figure(path=path) | Film(poster=str(path)):
                yield path
            case Quiz(questions=questions):
                yield from (question.picture for question in questions if isinstance(question, Hotspot))
    for passage in page_passages(page):
        yield from passage.text.media
