"""What a template needs to know about a page or question besides text and media: quiz rules, orders, page kinds."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import ceil

from lokaltmot_lms.model import (
    Block,
    Case,
    Course,
    Fact,
    Film,
    Gaps,
    Glossary,
    Hotspot,
    Matching,
    Module,
    Option,
    Ordering,
    Page,
    Pair,
    Quiz,
)
from lokaltmot_lms.pages.interface import Interface
from lokaltmot_lms.pages.media import PackageMedia
from lokaltmot_lms.pages.themes import Theme
from lokaltmot_lms.questions.matching import choices
from lokaltmot_lms.texts import N_

# Only digits, spaces and one leading plus can be dialled; other texts get no `tel:` link.
_PHONE = re.compile(r"\+?[\d\s]{3,20}\Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class QuizRules:
    """count: questions a learner gets. need, of: points to pass, out of all; 0 when only per_cent is known."""

    count: int
    is_graded: bool
    need: int
    of: int
    per_cent: int
    gives_partly: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpLine:
    """A phone number or web address for help. address: a `tel:` or web link, "" when there is none."""

    name: str
    text: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Logo:
    """source: from the package root. alt: its text alternative; "" when the text next to it names the owner."""

    source: str
    alt: str


def quiz_rules(quiz: Quiz, module: Module) -> QuizRules:
    """Return the rules of a quiz, for its start screen."""
    graded = [question for question in quiz.questions if question.points > 0]
    share = module.pass_share if quiz.pass_share is None else quiz.pass_share
    count = quiz.draw or len(quiz.questions)
    # When questions of different points are drawn, the sum is not known beforehand.
    is_even = {question.points for question in quiz.questions} == {1}
    total = (
        Decimal(count) if is_even else sum((q.points for q in graded), Decimal()) if quiz.draw is None else Decimal()
    )
    of = int(total) if total == int(total) else 0
    gives_partly = any(q.type == "multiple" or isinstance(q, Matching | Ordering | Gaps) for q in graded)
    # With fractions of points, 7.5 of 9 can pass where whole points would need 8; then only the share is exact.
    is_sure = share * of == int(share * of) or not gives_partly
    return QuizRules(
        count=count,
        is_graded=bool(graded),
        need=ceil(share * of) if is_sure else 0,
        of=of if is_sure else 0,
        per_cent=round(share * 100),
        gives_partly=gives_partly,
    )


def page_kind(page: Page, minutes: int, words: Interface) -> str:
    """Return the line above a page's title: the kind of page and its estimated time."""
    kinds: tuple[tuple[type[Block], str], ...] = (
        (Quiz, N_("Quiz")), (Case, N_("Your choice")), (Film, N_("Video and text")), (Glossary, N_("Words explained")),
    )  # fmt: skip
    found = next((name for kind, name in kinds if any(isinstance(block, kind) for block in page.blocks)), N_("To read"))
    time = words.ngettext("about {count} min", "about {count} min", minutes)
    return f"{words.say(found)} · {time}"


def help_lines(course: Course, language: str) -> tuple[HelpLine, ...]:
    """Return the help lines of the footer in the course's order, in a language."""
    return tuple(_help_line(course.facts[key], language) for key in course.help_lines if key in course.facts)


def contact_line(course: Course, words: Interface) -> str:
    """Return the contact line: the municipality's own text, or the course's contact; "" when there is neither."""
    language = words.language
    own = course.local.get(f"contact-{language}") or course.local.get("contact")
    contact = course.contact_in(language)
    return own or (words.say(N_("Questions about the course: {contact}"), contact=contact) if contact else "")


def logo(course: Course, theme: Theme, media: PackageMedia) -> Logo | None:
    """Return the municipality's logo, else the theme's."""
    own = course.local.get("logo")
    if own:
        return Logo(source=media.address(own), alt="")
    return Logo(source=f"player/{theme.logo.name}", alt=theme.logo_alt) if theme.logo else None


def start_order(question: Ordering) -> tuple[Option, ...]:
    """Return the items in their initial order: the same in every build, and never the right order."""
    mixed = sorted(question.items, key=lambda item: hashlib.sha256(f"{question.id}/{item.key}".encode()).digest())
    if len(mixed) > 1 and tuple(mixed) == question.items:
        mixed = [*mixed[1:], mixed[0]]
    return tuple(mixed)


def match_choices(question: Matching) -> tuple[Pair, ...]:
    """Return the right sides in the order of the menus: alphabetical, so that it reveals nothing."""
    return tuple(sorted(choices(question), key=lambda pair: pair.right.plain.casefold()))


def spot_picture(question: Hotspot, size: tuple[int, int] | None) -> Sequence[dict[str, float | str]]:
    """Return the positions of the numbered spots, in pixels of the image (per cent when its size is unknown)."""
    width, height = size or (100, 100)
    return [
        {
            "key": spot.key,
            "x": round(float(spot.x) * width / 100, 1),
            "y": round(float(spot.y) * height / 100, 1),
            "width": round(float(spot.width) * width / 100, 1),
            "height": round(float(spot.height) * height / 100, 1),
        }
        for spot in question.spots
    ]


def _help_line(fact: Fact, language: str) -> HelpLine:
    text = fact.text_in(language)
    address = f"tel:{re.sub(r'[^0-9+]', '', text)}" if _PHONE.match(text.strip()) else fact.url
    return HelpLine(
        name=fact.name_in(language),
        text=text.replace(" ", "\u00a0") if address.startswith("tel:") else text,
        address=address,
    )
