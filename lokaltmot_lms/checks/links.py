"""Links: they go somewhere, say where, and are not listened to on the way."""

import re
from collections.abc import Iterator
from datetime import date

from lokaltmot_lms.checks.fragments import elements, place, words_of
from lokaltmot_lms.checks.options import nearest
from lokaltmot_lms.checks.walk import all_modules, blocks, passages
from lokaltmot_lms.errors import Problem
from lokaltmot_lms.errors.language import (
    LINK_NOT_SECURE,
    LINK_TARGET_MISSING,
    LINK_TEXT_SAYS_NOTHING,
    LINK_WITHOUT_TEXT,
)
from lokaltmot_lms.model import Case, Course, Module, Quiz, Reflection, Text

_ID = re.compile(r'\sid="([^"]+)"')

# The whole text of a link, folded, in bokmål, nynorsk and English.
_SAYS_NOTHING = frozenset(
    {
        "her", "klikk her", "trykk her", "les her", "se her", "les mer", "les mer her", "les meir", "les meir her",
        "lenke", "lenka", "lenken", "link", "denne siden", "denne sida", "mer", "meir", "mer her",
        "here", "click here", "read more", "more", "this page", "this link",
    }
)  # fmt: skip


def check_links(course: Course, today: date) -> Iterator[Problem]:
    """Yield what is wrong with the links of each module."""
    for module in all_modules(course):
        known = _ids(module)
        for passage in passages(module):
            yield from _problems(passage.text, known)


def _problems(text: Text, known: frozenset[str]) -> Iterator[Problem]:
    for link in elements(text, "a"):
        address, words = link.get("href", ""), words_of(link)
        at = place(text.at, address)
        if address.startswith("#") and address[1:] not in known:
            yield LINK_TARGET_MISSING.at(at, target=address[1:], nearest=nearest(address[1:], known))
        if address.startswith("http://"):
            yield LINK_NOT_SECURE.at(at, address=address)
        if not words and not any(picture.get("alt") for picture in link.iter("img")):
            yield LINK_WITHOUT_TEXT.at(at, address=address)
        elif words.casefold().strip(" .:!»«") in _SAYS_NOTHING:
            yield LINK_TEXT_SAYS_NOTHING.at(at, text=words)


def _ids(module: Module) -> frozenset[str]:
    """Return all a link may go to: pages, blocks, questions, case steps and headings with an id."""
    found = {page.id for page in module.pages}
    for _, block in blocks(module):
        match block:
            case Quiz(id=id_, questions=questions):
                found |= {id_, *(question.id for question in questions)}
            case Case(id=id_, steps=steps):
                found |= {id_, *(step.id for step in steps)}
            case Reflection(id=id_):
                found.add(id_)
    for passage in passages(module):
        if 'id="' in passage.text.html:  # few have one
            found.update(_ID.findall(passage.text.html))
    return frozenset(found)
