"""The start page of an open course: its modules with their videos, a search in the page, help and contact."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lokaltmot_lms.model import Course, Film, Glossary, Module, Page, Prose, Status
from lokaltmot_lms.pages.environment import template
from lokaltmot_lms.pages.interface import interface, language_name
from lokaltmot_lms.pages.media import PackageFile, PackageMedia
from lokaltmot_lms.pages.reading_time import page_minutes
from lokaltmot_lms.pages.scripts import without_comments
from lokaltmot_lms.pages.text import subheadings
from lokaltmot_lms.pages.themes import read_theme
from lokaltmot_lms.pages.view import contact_line, help_lines, logo
from lokaltmot_lms.resources import shipped


@dataclass(frozen=True, slots=True, kw_only=True)
class _PageEntry:
    """A page in the list of a module. words: what the search finds it by, in addition to its title."""

    title: str
    address: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _ModuleEntry:
    """A module as the list shows it. lines: speakers and credits. poster: of its first video, "" for none."""

    module: Module
    address: str
    minutes: int
    film: Film | None
    poster: str
    size: tuple[int, int] | None
    lines: tuple[str, ...]
    entries: tuple[_PageEntry, ...]


def module_folder(module: Module) -> str:
    """Return the folder of a module's pages in a site."""
    return f"m-{module.id}/"


def home_names(course: Course) -> dict[str, str]:
    """Return the file name of the start page in each language of any module, the course's own language first."""
    own = course.modules[0].language
    found = {edition.language: "" for module in course.modules for edition in (module, *module.translations)}
    return {own: "index.html"} | {code: f"index.{code}.html" for code in found if code != own}


def render_home(course: Course) -> tuple[PackageFile, ...]:
    """Return the start page of a course in every language, with its accessibility statement, style, search and posters.

    The modules are next to it in module_folder(); it uses their style sheet player/style.css too.
    """
    media = PackageMedia(course)
    names = home_names(course)
    statements = {code: name.replace("index", "tilgjengelighet") for code, name in names.items()}
    files = [_asset("home.css"), _asset("home.js")]
    for code, name in names.items():
        frame = _frame(media, course, code, names, statements)
        themes = [_theme(media, module, code) for module in course.modules]
        for file, page in ((name, "pages/home.html.jinja"), (statements[code], "pages/statement.html.jinja")):
            files.append(PackageFile(name=file, content=template(page).render(**frame, themes=themes).encode()))
    return (*files, *media.files)


def _frame(
    media: PackageMedia, course: Course, code: str, names: dict[str, str], statements: dict[str, str]
) -> dict[str, object]:
    words = interface(code)
    return {
        "_": words.say,
        "ngettext": words.ngettext,
        "direction": words.direction,
        "language": code,
        "language_name": language_name,
        "course": course,
        "own_language": course.modules[0].language,
        "title": course.title_in(code),
        "version": "",
        "up": "",
        "editions": names,
        "home": names[code],
        "statement": statements[code],
        "help_lines": help_lines(course, code),
        "contact": course.contact_in(code),
        "asked": contact_line(course, words),
        "logo": logo(course, read_theme(course.theme), media),
        "quick_exit": any(module.quick_exit for module in course.modules),
        "is_awaiting": course.status is not Status.PUBLISHED,
    }


def _asset(name: str) -> PackageFile:
    text = (shipped("templates") / "pages" / name).read_text(encoding="utf-8")
    return PackageFile(
        name=f"player/{name}", content=(text if name.endswith(".css") else without_comments(text)).encode()
    )


def _theme(media: PackageMedia, module: Module, code: str) -> _ModuleEntry:
    editions = {edition.language: edition for edition in (module, *module.translations)}
    edition = editions.get(code, module)
    # The module itself is always index.html; a translation has its code in the name (render.py).
    page = "index.html" if edition is module else f"index.{edition.language}.html"
    films = list(_films(edition.pages))
    shown = next((film for film in films if film.poster), None)
    poster = shown.poster if shown else None
    return _ModuleEntry(
        module=edition,
        address=module_folder(module) + page,
        minutes=sum(page_minutes(edition)),
        film=films[0] if films else None,
        poster=media.address(poster) if poster else "",
        size=media.size(poster) if poster else None,
        lines=tuple(dict.fromkeys(line for film in films for line in (film.speaker, film.credit) if line)),
        entries=tuple(_entry(each, module_folder(module) + page) for each in edition.pages),
    )


def _films(pages: Sequence[Page]) -> Iterator[Film]:
    for page in pages:
        for block in page.blocks:
            if isinstance(block, Film):
                yield block


def _entry(page: Page, address: str) -> _PageEntry:
    words: list[str] = []
    for block in page.blocks:
        if isinstance(block, Prose):
            words += subheadings(block.text)
        elif isinstance(block, Glossary):
            words += [term.word for term in block.terms]
        elif isinstance(block, Film):
            words.append(block.title)
    return _PageEntry(title=page.title.plain, address=f"{address}#{page.id}", words=" · ".join(words))
