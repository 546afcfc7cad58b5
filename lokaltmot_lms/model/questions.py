"""The questions an author can ask. What each means (right, score, answer keys) is said in lokaltmot_lms.questions."""

from dataclasses import dataclass, field
from decimal import Decimal

from lokaltmot_lms.errors import Position
from lokaltmot_lms.model.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What every question has.

    id: the author's, unique in the module. type: a name of the registry in lokaltmot_lms.questions.
    prompt: the heading, inline. intro: prose between the heading and the answers.
    points: 0 for a question that is never graded. facts: keys its answer rests on.
    """

    id: str
    type: str
    prompt: Text
    intro: Text | None = None
    explanation: Text | None = None
    hint: Text | None = None
    points: Decimal = Decimal(1)
    facts: tuple[str, ...] = ()
    at: Position = field(compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One answer to choose. key: a, b, c … in source order."""

    key: str
    text: Text
    is_right: bool
    feedback: Text | None = None
    at: Position = field(compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoiceQuestion(Question):
    """type single, truefalse or multiple."""

    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShortText(Question):
    """type text. accepted: right answers as written; case, spaces and Norwegian letters are forgiven."""

    accepted: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Numeric(Question):
    """type numeric. Right when low <= answer <= high (a single value when they are equal)."""

    low: Decimal
    high: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A left side and what it goes with. left is None for a distractor, which has only a right side.

    key: 1, 2 … of the left ("" for a distractor); match: a, b … of the right, which several pairs may share.
    """

    key: str
    left: Text | None
    match: str
    right: Text
    at: Position = field(compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Matching(Question):
    """type matching."""

    pairs: tuple[Pair, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ordering(Question):
    """type ordering. items in the right order; keys a, b, c … in that order."""

    items: tuple[Option, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """One gap. key: 1, 2 …. accepted for a typed gap; options (with keys a, b …) for a menu, else empty."""

    key: str
    accepted: tuple[str, ...] = ()
    options: tuple[Option, ...] = ()
    at: Position = field(compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Gaps(Question):
    """type gaps. body holds `<span data-gap="KEY"></span>` for each gap."""

    body: Text
    gaps: tuple[Gap, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot(Option):
    """An area of an image, and its option. x, y, width, height: in per cent of the image."""

    x: Decimal
    y: Decimal
    width: Decimal
    height: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Hotspot(Question):
    """type hotspot. picture: path from the course folder; spots are the accessible list as well.

    multiple is true when the list is written with [ ], false with ( ).
    """

    picture: str
    alt: str
    spots: tuple[Spot, ...]
    multiple: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A sentence to agree or disagree with. key: 1, 2 …"""

    key: str
    text: Text
    at: Position = field(compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Likert(Question):
    """type likert, never graded. steps: how many, 1 … steps; low and high name the ends."""

    low: str
    high: str
    steps: int
    statements: tuple[Statement, ...]
