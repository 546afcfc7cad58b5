"""A question as it was written, before its type is known: its items, its labels, and what every question has."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import NamedTuple, Protocol, TypedDict

from lokaltmot_lms.errors import Fault, Position
from lokaltmot_lms.model import Text


class SourceText(Protocol):
    """Text of a source file with its position (lokaltmot_lms.source.lines.Snippet)."""

    @property
    def text(self) -> str:
        """The text."""

    def at(self, offset: int = 0) -> Position:
        """Return the position of a character."""

    def part(self, start: int, end: int | None = None) -> "SourceText":
        """Return the stripped text between two offsets."""


class ListItem(NamedTuple):
    """A list item. mark: "( )", "(x)", "[ ]", "[x]", "-" or its number; feedback: the text of its > lines."""

    mark: str
    words: SourceText
    at: Position
    feedback: Text | None

    @property
    def is_marked(self) -> bool:
        """Whether the item is an option to choose."""
        return self.mark[0] in "(["

    @property
    def is_right(self) -> bool:
        """Whether the author marked it as right."""
        return "x" in self.mark


class PictureLine(NamedTuple):
    """The picture line of a hotspot question."""

    path: str
    alt: str


class Common(TypedDict):
    """What every question has (lokaltmot_lms.model.Question)."""

    id: str
    prompt: Text
    intro: Text | None
    explanation: Text | None
    hint: Text | None
    points: Decimal
    facts: tuple[str, ...]
    at: Position


class WrittenGap(NamedTuple):
    """A [[…]] in the body. words: the text between the brackets."""

    key: str
    words: SourceText


class WrittenQuestion(NamedTuple):
    """A question between two headings. labels: the words after Answer:, Order: and Scale: by English name."""

    common: Common
    items: Sequence[ListItem]
    labels: dict[str, SourceText]
    gaps: Sequence[WrittenGap]
    body: Text | None
    picture: PictureLine | None
    reader: Callable[[SourceText], Text]
    add: Callable[..., None]

    def report(self, fault: Fault, at: Position, **values: object) -> None:
        """Report a mistake."""
        self.add(fault, at, **values)

    @property
    def at(self) -> Position:
        """Where the question begins."""
        return self.common["at"]


def letter(index: int) -> str:
    """Return the key of the option at an index: a, b … z, aa, ab …"""
    return chr(97 + index) if index < 26 else chr(96 + index // 26) + chr(97 + index % 26)
