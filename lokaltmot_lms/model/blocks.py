"""What a page is made of, from top to bottom."""

import re
from dataclasses import dataclass, field
from decimal import Decimal

from lokaltmot_lms.errors import Position
from lokaltmot_lms.model.questions import Question
from lokaltmot_lms.model.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A block of a page."""

    at: Position = field(compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Prose(Block):
    """Running text: paragraphs, lists, sub-headings (h2 and down), tables."""

    text: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure(Block):
    """An image alone in its paragraph. path: from the course folder."""

    path: str
    alt: str
    caption: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Film(Block):
    """A video or sound. Paths from the course folder; None when not given.

    id: the author's ({#id} on the block) or the page's with "_film" ("_film2" … for further ones).
    no_captions, no_description: the author's reason why none is needed ("" when a file is given or nothing is said).
    length: "1:24" as written.
    """

    id: str = ""
    kind: str  # "video" or "audio"
    path: str
    title: str
    speaker: str = ""
    captions: str | None = None
    no_captions: str = ""
    transcript: Text | None = None
    transcript_path: str | None = None
    description: str | None = None
    no_description: str = ""
    chapters: str | None = None
    poster: str | None = None
    length: str = ""
    credit: str = ""

    @property
    def seconds(self) -> int:
        """The length in seconds, "1:24" or "1:02:03"; 0 for what is not a length."""
        if not re.fullmatch(r"\d{1,3}(:[0-5]\d){1,2}", self.length):
            return 0
        return sum(int(part) * 60**power for power, part in enumerate(reversed(self.length.split(":"))))


@dataclass(frozen=True, slots=True, kw_only=True)
class Important(Block):
    """A panel that must be seen."""

    text: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice(Block):
    """A content notice. skip: the page where the short neutral path goes on, or None."""

    text: Text
    skip: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reflection(Block):
    """A question to think about. Never stored, never sent."""

    id: str
    text: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Unfinished(Block):
    """What an import could not turn into a question or a text. No course with such a block can be built.

    reason: what a person must decide, "" when not given. text: the original as plain text. Learners never see either,
    because the text can contain the right answers.
    """

    reason: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A way on from a step. to: id of a step in the same case."""

    text: Text
    to: str
    at: Position = field(compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A scene in a case. Without choices it is an ending."""

    id: str
    title: Text
    text: Text
    choices: tuple[Choice, ...] = ()
    facts: tuple[str, ...] = ()
    at: Position = field(compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case(Block):
    """A branching story. Never graded, never sent. The first step is the start."""

    id: str
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A glossary word and what it means."""

    word: str
    meaning: Text
    at: Position = field(compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Glossary(Block):
    """Words explained."""

    terms: tuple[Term, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Quiz(Block):
    """Questions with one submit.

    id: the author's ({#id} on the block) or the page's id (page-2 … for further quizzes on the page).
    draw: how many questions are drawn, None for all. attempts: None for unlimited.
    retry_wrong: "wrong ones only". pass_share: 0-1, None for the module's.
    locked_because: why later pages wait until it is answered, in the author's words; "" when they don't.
    questions holds those of a bank too.
    """

    id: str
    questions: tuple[Question, ...]
    draw: int | None = None
    bank: str | None = None
    attempts: int | None = None
    retry_wrong: bool = False
    shuffle: bool = False
    test_out: bool = False
    pass_share: Decimal | None = None
    locked_because: str = ""
