"""Renders a module to the files a learner opens: one page per language, the player, the style and the media."""

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

# A gap as the source reader writes it; lxml writes the empty element with an end tag.
_GAP = re.compile(r'<span data-gap="(\d+)"(?:/>|>\s*</span>)')


@dataclass(frozen=True, slots=True, kw_only=True)
class _RenderContext:
    """What the pages of one module have in common in all languages."""

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
    """Return every file of a module except its manifest, sorted by name, without duplicates.

    folder: of the pages ("m1/") when several modules share one package; scripts, style and media are at its root, and
    then hold what every module of the course needs.
    site: name of the course's start page at the root in each language, when there is one (home.py).
    """
    modules = course.modules if folder else (module,)
    types = {question.type for each in modules for _, quiz in quizzes(each) for question in quiz.questions}
    languages = [edition.language for edition in (module, *module.translations)]
    context = _RenderContext(
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
    files = [_shared(context)]
    for edition in (module, *module.translations):
        language = edition.language
        texts = {
            context.editions[language]: _page(context, edition),
            context.statements[language]: _statement(context, edition),
        }
        files.append([PackageFile(name=folder + name, content=text.encode()) for name, text in texts.items()])
    files.append(list(context.media.files))
    return tuple(sorted({file.name: file for group in files for file in group}.values(), key=lambda file: file.name))


def _names(languages: list[str], stem: str) -> dict[str, str]:
    return {language: f"{stem}.{language}.html" if at else f"{stem}.html" for at, language in enumerate(languages)}


def _shared(context: _RenderContext) -> list[PackageFile]:
    shared = {**context.scripts.files, **style_sheets(context.theme)}
    files = [PackageFile(name=f"player/{name}", content=content) for name, content in shared.items()]
    if context.theme.logo:
        files.append(PackageFile(name=f"player/{context.theme.logo.name}", content=context.theme.logo.read_bytes()))
    return files


def _page(context: _RenderContext, module: Module) -> str:
    words = interface(module.language)
    pictures = Pictures(context.media, context.up)
    passages = Passages(pictures=pictures, meanings=glossary_meanings(module), say=words.say)
    minutes = page_minutes(module)

    def show_film(film: Film) -> Any:
        return film_view(film, media=context.media, pictures=pictures, comma=words.comma)

    def spots(question: Hotspot) -> Any:
        return spot_picture(question, context.media.size(question.picture))

    return template("pages/module.html.jinja").render(
        **_frame(context, module),
        pages=[(page, page_kind(page, length, words)) for page, length in zip(module.pages, minutes, strict=True)],
        minutes=sum(minutes),
        flow=passages.flow,
        inline=passages.inline,
        picture=pictures.html,
        size=context.media.size,
        film=show_film,
        spots=spots,
        gaps=lambda question: _gaps(question, passages, words),
        rules=lambda quiz: quiz_rules(quiz, module),
        start_order=start_order,
        match_choices=match_choices,
        island=as_script_json(
            module_data(context.course, module, tracking=context.tracking, languages=context.editions)
        ),
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


def _statement(context: _RenderContext, module: Module) -> str:
    return template("pages/statement.html.jinja").render(**_frame(context, module))


def _frame(context: _RenderContext, module: Module) -> dict[str, Any]:
    words = interface(module.language)
    return {
        "_": words.say,
        "ngettext": words.ngettext,
        "direction": words.direction,
        "language_name": language_name,
        "course": context.course,
        "module": module,
        "language": module.language,
        "title": module.title,
        "version": module.version,
        "site": context.up + context.site[module.language] if context.site else "",
        "logo": logo(context.course, context.theme, context.media),
        "up": context.up,
        "editions": context.editions,
        "statement": context.statements[module.language],
        "home": context.editions[module.language],
        "scripts": context.scripts.modules,
        "help_lines": help_lines(context.course, module.language),
        "contact": context.course.contact_in(module.language),
    }
