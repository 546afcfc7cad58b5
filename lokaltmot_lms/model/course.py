"""A course is a folder of modules; a module is what is packaged and launched; a page is what is read at a time."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from pathlib import Path

from lokaltmot_lms.errors import Position
from lokaltmot_lms.model.blocks import Block
from lokaltmot_lms.model.text import Text, in_language


class Status(StrEnum):
    """How far a course has come. Only a published course is refused unverified facts."""

    DRAFT = "draft"
    REVIEW = "review"
    PUBLISHED = "published"


@dataclass(frozen=True, slots=True, kw_only=True)
class Completion:
    """What a learner must have done."""

    all_pages: bool = True
    passed_quiz: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """An entry of the fact register: something that can grow old.

    texts, names: the same in other languages, by their codes. url leads to the same place in all of them.
    """

    key: str
    text: str
    texts: Mapping[str, str] = field(default_factory=dict)
    name: str = ""
    names: Mapping[str, str] = field(default_factory=dict)
    url: str = ""
    source: str
    source_date: date | None = None
    confidence: str  # "A", "B" or "C"
    verified_by: str = ""
    verified_on: date | None = None
    review_by: date | None = None
    note: str = ""
    at: Position = field(compare=False)

    def text_in(self, language: str) -> str:
        """Return the text in a language; as it was first written where it has no translation."""
        return in_language(language, self.texts, self.text)

    def name_in(self, language: str) -> str:
        """Return the name in a language; as it was first written where it has no translation."""
        return in_language(language, self.names, self.name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Media:
    """A file of the course. path: from the course folder; file: on disk; size: bytes.

    width, height in pixels, None when unknown.
    """

    path: str
    file: Path
    size: int
    width: int | None = None
    height: int | None = None
    at: Position = field(compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What is read at a time. The first-level heading is its title."""

    id: str
    title: Text
    blocks: tuple[Block, ...]
    at: Position = field(compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Facilitator:
    """A note for the facilitator of a group. Never in a learner's package. page: the id of its page."""

    text: Text
    page: str
    minutes: int | None = None
    at: Position = field(compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """The permanent place of a page, question or film in a learner's stored state (ids.lock; append only).

    width: bits its answer takes (pages: 0; films: one for each part that can be seen). A tombstone is a slot whose id
    is no longer in the module.
    """

    id: str
    kind: str  # "page", "film" or a question type
    width: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Module:
    """What is packaged and launched. In one language; its translations have the same ids.

    pass_share: 0-1. minutes: how long it takes. slots: pages and questions in their permanent order.
    """

    id: str
    title: str
    version: str
    language: str
    pages: tuple[Page, ...]
    minutes: int | None = None
    pass_share: Decimal = Decimal("0.8")
    completion: Completion = Completion()
    quick_exit: bool = False
    license: str = ""
    description: str = ""
    audience: str = ""
    goals: tuple[str, ...] = ()
    facilitator: tuple[Facilitator, ...] = ()
    translations: "tuple[Module, ...]" = ()
    slots: tuple[Slot, ...] = ()
    at: Position = field(compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """A folder of modules with what they share.

    media: every file a text names that exists, by its path from the course folder.
    local: the texts of the municipality's layer that were given; "contact-en" is contact in English.
    lines of help_lines are keys of facts. address: where the course is at home on the web, "" when it does not say.
    titles, descriptions, contacts: the same in other languages, by their codes.
    """

    id: str
    title: str
    folder: Path
    languages: tuple[str, ...]
    modules: tuple[Module, ...]
    facts: Mapping[str, Fact] = field(default_factory=dict)
    local: Mapping[str, str] = field(default_factory=dict)
    media: Mapping[str, Media] = field(default_factory=dict)
    help_lines: tuple[str, ...] = ()
    retired: tuple[str, ...] = ()
    license: str = ""
    credits: tuple[str, ...] = ()
    description: str = ""
    contact: str = ""
    titles: Mapping[str, str] = field(default_factory=dict)
    descriptions: Mapping[str, str] = field(default_factory=dict)
    contacts: Mapping[str, str] = field(default_factory=dict)
    exit_to: str = "https://www.yr.no"
    address: str = ""
    theme: str = "default"
    status: Status = Status.DRAFT
    at: Position = field(compare=False)

    def title_in(self, language: str) -> str:
        """Return the title in a language; as it was first written where it has no translation."""
        return in_language(language, self.titles, self.title)

    def description_in(self, language: str) -> str:
        """Return the description in a language; as it was first written where it has no translation."""
        return in_language(language, self.descriptions, self.description)

    def contact_in(self, language: str) -> str:
        """Return the contact in a language; as it was first written where it has no translation."""
        return in_language(language, self.contacts, self.contact)
