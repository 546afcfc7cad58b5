"""The variables of a QTI 2 item: what a learner answers, and what the item declares as right."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from lxml import etree

# A value of QTI: NULL, one value, or a container. Multiple containers are sorted, so that equal ones compare equal.
Scalar = str | Decimal | bool
Value = Scalar | tuple[Scalar, ...] | None

_NUMBERS = frozenset({"float", "integer", "duration"})
_LARGEST = 30  # digits before and after the point


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponseMapping:
    """Points by value (QTI 2.1, 9.1 mapping). is_exact: the values whose case counts."""

    points: Mapping[Scalar, Decimal]
    exact: frozenset[Scalar]
    default: Decimal
    least: Decimal | None
    most: Decimal | None

    def of(self, value: Value) -> Decimal:
        """Return the points of a response."""
        values = set(value) if isinstance(value, tuple) else {value} if value is not None else set()
        points = sum((self._of_one(one) for one in values), Decimal(0))
        if self.least is not None:
            points = max(points, self.least)
        return min(points, self.most) if self.most is not None else points

    def _of_one(self, value: Scalar) -> Decimal:
        if value in self.points:
            return self.points[value]
        if isinstance(value, str):
            for key, points in self.points.items():
                if key not in self.exact and isinstance(key, str) and key.casefold() == value.casefold():
                    return points
        return self.default


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponseVariable:
    """A declared response.

    correct: the values declared as right, in their order. A response with one value can have several: each is right.
    """

    identifier: str
    cardinality: str
    base_type: str
    correct: tuple[Scalar, ...]
    mapping: ResponseMapping | None
    has_areas: bool

    @property
    def is_single(self) -> bool:
        """Whether a response has one value."""
        return self.cardinality not in ("multiple", "ordered")

    @property
    def right(self) -> Value:
        """The declared right response."""
        return self.value(self.correct) if self.correct else None

    @property
    def likely(self) -> Value:
        """The declared right response; without one, what the mapping gives most points for."""
        points = self.mapping.points if self.mapping is not None else {}
        best = sorted((key for key in points if points[key] > 0), key=lambda key: -points[key])
        return self.right if self.correct else self.value(best)

    def value(self, scalars: Iterable[Scalar]) -> Value:
        """Return single values as a response of this variable."""
        values = tuple(scalars)
        if not values:
            return None
        if self.is_single:
            return values[0]
        return values if self.cardinality == "ordered" else tuple(sorted(values, key=str))


def read_responses(item: etree._Element) -> dict[str, ResponseVariable]:
    """Return the declared responses of an item, by identifier."""
    return {
        element.get("identifier", ""): ResponseVariable(
            identifier=element.get("identifier", ""),
            cardinality=element.get("cardinality", "single"),
            base_type=element.get("baseType", "identifier"),
            correct=tuple(read_values(element.find("correctResponse"), element.get("baseType", "identifier"))),
            mapping=_mapping(element),
            has_areas=element.find("areaMapping") is not None,
        )
        for element in item.iterfind("responseDeclaration")
    }


def read_values(element: etree._Element | None, base_type: str) -> list[Scalar]:
    """Return the values in an element, such as correctResponse or defaultValue."""
    if element is None:
        return []
    found = (scalar(value.get("baseType", base_type), value.text or "") for value in element.iterfind("value"))
    return [value for value in found if value is not None]


def scalar(base_type: str, text: str) -> Scalar | None:
    """Return a written value of a base type; None when there is none or it is not one."""
    words = " ".join(text.split())
    if base_type in _NUMBERS:
        return finite(words)
    if base_type == "boolean":
        return {"true": True, "1": True, "false": False, "0": False}.get(words.lower())
    if base_type == "pair":
        return " ".join(sorted(words.split())) or None
    return words or None


def finite(words: str) -> Decimal | None:
    """Return a written number; None for anything else, and for numbers that no question needs."""
    try:
        value = Decimal(words.strip().replace(",", ".") or "x")
    except InvalidOperation:
        return None
    return value if value.is_finite() and abs(value.adjusted()) <= _LARGEST else None


def _mapping(declaration: etree._Element) -> ResponseMapping | None:
    element = declaration.find("mapping")
    if element is None:
        return None
    base_type = declaration.get("baseType", "identifier")
    points: dict[Scalar, Decimal] = {}
    exact = set()
    for entry in element.iterfind("mapEntry"):
        key, value = scalar(base_type, entry.get("mapKey", "")), finite(entry.get("mappedValue", ""))
        if key is not None and value is not None:
            points.setdefault(key, value)
            if entry.get("caseSensitive", "false") == "true":
                exact.add(key)
    return ResponseMapping(
        points=points,
        exact=frozenset(exact),
        default=finite(element.get("defaultValue", "0")) or Decimal(0),
        least=finite(element.get("lowerBound", "")),
        most=finite(element.get("upperBound", "")),
    )
