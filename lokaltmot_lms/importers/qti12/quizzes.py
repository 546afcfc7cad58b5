"""Turns a QTI 1.2 assessment into quizzes on a page. A group with a random draw becomes a quiz with one."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from lxml import etree

from lokaltmot_lms.errors import Position
from lokaltmot_lms.errors.imports import SETTING_LEFT_OUT
from lokaltmot_lms.importers.build_questions import decimal
from lokaltmot_lms.importers.clean_html import Cleaner, Find, words_text
from lokaltmot_lms.importers.context import ImportContext
from lokaltmot_lms.importers.draft_modules import DraftPage, prose
from lokaltmot_lms.importers.qti12 import reader
from lokaltmot_lms.importers.qti12.items import things

# Values of Canvas settings that mean the default.
_DEFAULT_VALUES = frozenset({"", "false", "0", "keep_highest", "always", "never"})
_SETTINGS = ("time_limit", "access_code", "ip_filter", "due_at", "lock_at", "unlock_at", "one_question_at_a_time",
             "cant_go_back", "hide_results")  # fmt: skip


class ItemGroup(NamedTuple):
    """Items that belong together. draw: number of items to draw, None for all; bank: ident of their question bank."""

    items: list[etree._Element]
    draw: int | None
    bank: str


def assessment_of(root: etree._Element) -> etree._Element:
    """Return the quiz or bank of a document."""
    for name in ("assessment", "objectbank"):
        found = root.find(name)
        if found is not None:
            return found
    return root


def groups(element: etree._Element) -> Iterator[ItemGroup]:
    """Yield the items of an assessment in their order, grouped by whether they are drawn."""
    loose: list[etree._Element] = []
    for part in _parts(element):
        if part.tag == "item":
            loose.append(part)
            continue
        if loose:
            yield ItemGroup(loose, None, "")
            loose = []
        number = (part.findtext("selection_ordering/selection/selection_number") or "").strip()
        bank = (part.findtext("selection_ordering/selection/sourcebank_ref") or "").strip()
        yield ItemGroup(list(part.iter("item")), int(number) if number.isdigit() else None, bank)
    if loose:
        yield ItemGroup(loose, None, "")


def _parts(element: etree._Element) -> Iterator[etree._Element]:
    for child in element:
        if child.tag == "item":
            yield child
        elif child.tag == "section":
            if child.find("selection_ordering/selection/selection_number") is not None:
                yield child
            else:
                yield from _parts(child)


def fill_page(
    context: ImportContext,
    page: DraftPage,
    root: etree._Element,
    meta: etree._Element | None,
    find: Find,
    banks: Mapping[str, etree._Element],
) -> None:
    """Add an assessment to a page. meta: Canvas's assessment_meta.xml; banks: question banks by ident."""
    element = assessment_of(root)
    metadata = reader.fields(element)
    page.settings = _settings(context, page, metadata, meta)
    about = meta.findtext("description") if meta is not None else ""
    page.add(prose(Cleaner(context, page.title.plain, page.at, find).text(about or "")))
    for group in groups(element):
        items = group.items
        if group.bank and group.bank in banks:
            items = [*items, *assessment_of(banks[group.bank]).iter("item")]
        found = (thing for item in items for thing in things(context, item, find))
        if group.draw is not None:
            page.add_drawn(found, group.draw)
            continue
        for thing in found:
            page.add(thing)
        page.close()


def _settings(
    context: ImportContext, page: DraftPage, metadata: Mapping[str, str], meta: etree._Element | None
) -> dict[str, object]:
    name = page.title.plain
    written = (meta.findtext("allowed_attempts") if meta is not None else None) or metadata.get("cc_maxattempts", "")
    attempts = decimal(written)
    is_shuffled = meta is not None and (meta.findtext("shuffle_answers") or "").strip().lower() == "true"
    for setting in _SETTINGS:
        value = (meta.findtext(setting) or "").strip() if meta is not None else ""
        if value.lower() not in _DEFAULT_VALUES:
            context.report(SETTING_LEFT_OUT, page.at, name=name, what=f"{setting} = {value}")
    if metadata.get("qmd_timelimit"):
        context.report(SETTING_LEFT_OUT, page.at, name=name, what=f"qmd_timelimit = {metadata['qmd_timelimit']}")
    is_held = attempts is not None and 1 <= attempts <= 99 and attempts == int(attempts)
    return {"attempts": int(attempts) if is_held and attempts is not None else None, "shuffle": is_shuffled}


def new_page(context: ImportContext, title: str, at: Position, wanted: str = "") -> DraftPage:
    """Return an empty page."""
    title = " ".join(title.split()) or "Quiz"
    return DraftPage(id=context.take_id(wanted, title, at), title=words_text(title, at), at=at)
