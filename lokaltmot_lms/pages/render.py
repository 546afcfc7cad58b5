"""A module becomes the files a learner opens: one complete page a language, the player, the look and the media."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from lokaltmot_lms.model import Course, Film, Gaps, Hotspot, Module
from lokaltmot_lms.pages.environment import template
from lokaltmot_lms.pages.films import film_view
from lokaltmot_lms.pages.interface import Interface, interface, language_name
from lokaltmot_lms.pages.media import PackageFile, PackageMedia, Pictures
from lokaltmot_lms.pages.page_data import Tracking, as_script_json, module_data, quizzes
from lokaltmot_lms.pages.player_texts import player_texts
from lokaltmot_lms.pages.reading_time import page_minutes
from lokaltmot_lms.pages.scripts import Scripts, player_scripts
from lokaltmot_lms.pages.text import Passages, glossary_meanings
from lokaltmot_lms.pages.themes import Theme, read_theme, style_sheets
from lokaltmot_lms.pages.view import (
    help_lines,
    logo,
    match_choices,
    page_kind,
    quiz_rules,
    spot_picture,
    start_order,
)
from lokaltmot_lms.texts import N_

# Where the reader put a gap; lxml writes the empty element out in full.
_GAP = re.compile(r'<span data-gap="(\d+)"(?:/>|>\s*</span>)')


@dataclass(frozen=True, slots=True, kw_only=True)
class _Book:
    """What all languages of one module share."""

    course: Course
    theme: Theme
    scripts: Scripts
    media: PackageMedia
    tracking: Tracking
    editions: Mapping[str, str]  # language -> file name
    statements: Mapping[str, str]
    up: str
    site: Mapping[str, str]  # language -> address of the course's start page


def render_module(
    course: Course, module: Module, *, tracking: Tracking, folder: str = "", site: Mapping[str, str] | None = None
) -> tuple[PackageFile, ...]:
    """Return every file of a module but its manifest, sorted by name, none twice.

    folder: where the pages go ("m1/") when several modules share one package; scripts, look and media stay at its root,
    and then hold what every module of the course needs.
    site: name of the course's start page at the root in each language, when there is one (home.py).
    """
    modules = course.modules if folder else (module,)
    types = {question.type for each in modules for _, quiz in quizzes(each) for question in quiz.questions}
    languages = [edition.language for edition in (module, *module.translations)]
    book = _Book(
        course=course,
        theme=read_theme(course.theme),
        scripts=player_scripts(types=types, tracking=tracking.name),
        media=PackageMedia(course),
        tracking=tracking,
        editions=_names(languages, "index"),
        statements=_names(languages, "tilgjengelighet"),
        up="../" * folder.count("/"),
        site=site or {},
    )
    files = [_shared(book)]
    for edition in (module, *module.translations):
        language = edition.language
        texts = {book.editions[language]: _page(book, edition), book.statements[language]: _statement(book, edition)}
        files.append([PackageFile(name=folder + name, content=text.encode()) for name, text in texts.items()])
    files.append(list(book.media.files))
    return tuple(sorted({file.name: file for group in files for file in group}.values(), key=lambda file: file.name))


def _names(languages: list[str], stem: str) -> dict[str, str]:
    return {language: f"{stem}.{language}.html" if at else f"{stem}.html" for at, language in enumerate(languages)}


def _shared(book: _Book) -> list[PackageFile]:
    shared = {**book.scripts.files, **style_sheets(book.theme)}
    files = [PackageFile(name=f"player/{name}", content=content) for name, content in shared.items()]
    if book.theme.logo:
        files.append(PackageFile(name=f"player/{book.theme.logo.name}", content=book.theme.logo.read_bytes()))
    return files


def _page(book: _Book, module: Module) -> str:
    words = interface(module.language)
    pictures = Pictures(book.media, book.up)
    passages = Passages(pictures=pictures, meanings=glossary_meanings(module), say=words.say)
    minutes = page_minutes(module)

    def show_film(film: Film) -> Any:
        return film_view(film, media=book.media, pictures=pictures, comma=words.comma)

    def spots(question: Hotspot) -> Any:
        return spot_picture(question, book.media.size(question.picture))

    return template("pages/module.html.jinja").render(
        **_frame(book, module),
        pages=[(page, page_kind(page, length, words)) for page, length in zip(module.pages, minutes, strict=True)],
        minutes=sum(minutes),
        flow=passages.flow,
        inline=passages.inline,
        picture=pictures.html,
        size=book.media.size,
        film=show_film,
        spots=spots,
        gaps=lambda question: _gaps(question, passages, words),
        rules=lambda quiz: quiz_rules(quiz, module),
        start_order=start_order,
        match_choices=match_choices,
        island=as_script_json(module_data(book.course, module, tracking=book.tracking, languages=book.editions)),
        texts=as_script_json(player_texts(module.language, has_films=_has_films(module))),
    )


def _has_films(module: Module) -> bool:
    return any(isinstance(block, Film) for page in module.pages for block in page.blocks)


def _gaps(question: Gaps, passages: Passages, words: Interface) -> Markup:
    def field(found: re.Match[str]) -> str:
        gap = gaps[found[1]]
        name = words.say(N_("Gap {at} of {all}"), at=gap.key, all=len(gaps))
        return template("questions/gap.html.jinja").render(question=question, gap=gap, name=name, _=words.say)

    gaps = {gap.key: gap for gap in question.gaps}
    return Markup(_GAP.sub(field, passages.flow(question.body)))  # noqa: S704  # both parts are escaped


def _statement(book: _Book, module: Module) -> str:
    return template("pages/statement.html.jinja").render(**_frame(book, module))


def _frame(book: _Book, module: Module) -> dict[str, Any]:
    words = interface(module.language)
    return {
        "_": words.say,
        "ngettext": words.ngettext,
        "direction": words.direction,
        "language_name": language_name,
        "course": book.course,
        "module": module,
        "language": module.language,
        "title": module.title,
        "version": module.version,
        "site": book.up + book.site[module.language] if book.site else "",
        "logo": logo(book.course, book.theme, book.media),
        "up": book.up,
        "editions": book.editions,
        "statement": book.statements[module.language],
        "home": book.editions[module.language],
        "scripts": book.scripts.modules,
        "help_lines": help_lines(book.course, module.language),
        "contact": book.course.contact_in(module.language),
    }
