"""Evaluates the expressions of QTI response processing (QTI 2.1, Information Model, 15)."""

from collections.abc import Callable, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal

from lxml import etree

from lokaltmot_lms.importers.qti2.variables import ResponseVariable, Scalar, Value, scalar

_DEEPEST = 40


class UndecidedError(Exception):
    """The processing of an item can't be evaluated here. Its text names the element that is the reason."""


class Expressions:
    """Evaluates expressions for one response to an item.

    values: of all variables. unknown: variables whose value is not known, with the reason.
    """

    def __init__(
        self,
        declared: Mapping[str, ResponseVariable],
        values: dict[str, Value],
        unknown: dict[str, str],
        budget: list[int],
    ) -> None:
        self._declared = declared
        self._budget = budget
        self.values = values
        self.unknown = unknown

    def evaluate(self, element: etree._Element, depth: int = 0) -> Value:
        """Return the value of an expression.

        Raises:
            UndecidedError: it uses an operator or a variable that is not known here.
        """
        self._budget[0] -= 1
        if depth > _DEEPEST or self._budget[0] < 0:
            raise UndecidedError("responseProcessing")
        name = str(element.tag)
        if name in _OPERATORS:
            return _OPERATORS[name](element, [self.evaluate(child, depth + 1) for child in element])
        identifier = element.get("identifier", "")
        match name:
            case "variable":
                if identifier in self.unknown:
                    raise UndecidedError(self.unknown[identifier])
                return self.values.get(identifier)
            case "correct":
                variable = self._variable(identifier)
                # Some exports declare every accepted answer of a typed response as right.
                return variable.correct if len(variable.correct) > 1 and variable.is_single else variable.right
            case "mapResponse":
                variable = self._variable(identifier)
                if variable.mapping is None:
                    raise UndecidedError("mapResponse")
                return variable.mapping.of(self.values.get(identifier))
            case "baseValue":
                return scalar(element.get("baseType", "string"), element.text or "")
            case "null":
                return None
        raise UndecidedError(name)

    def _variable(self, identifier: str) -> ResponseVariable:
        if identifier not in self._declared:
            raise UndecidedError(identifier or "variable")
        return self._declared[identifier]


Operator = Callable[[etree._Element, Sequence[Value]], Value]


def is_same(one: Value, other: Value) -> bool:
    """Return whether two values match. A single value matches a list of accepted ones when it is among them."""
    if isinstance(one, tuple) is not isinstance(other, tuple):
        many, single = (one, other) if isinstance(one, tuple) else (other, one)
        return isinstance(many, tuple) and single in many
    return one == other


def _numbers(values: Sequence[Value]) -> list[Decimal] | None:
    flat = [one for value in values for one in (value if isinstance(value, tuple) else (value,))]
    if any(one is None for one in flat):
        return None
    if not all(isinstance(one, Decimal) for one in flat):
        raise UndecidedError("baseType")
    return [one for one in flat if isinstance(one, Decimal)]


def _two(values: Sequence[Value], name: str) -> tuple[Decimal, Decimal] | None:
    numbers = _numbers(values)
    if numbers is None:
        return None
    if len(numbers) != 2:
        raise UndecidedError(name)
    return numbers[0], numbers[1]


def _compared(test: Callable[[Decimal, Decimal], bool]) -> Operator:
    def compare(element: etree._Element, values: Sequence[Value]) -> Value:
        pair = _two(values, str(element.tag))
        return None if pair is None else test(*pair)

    return compare


def _calculated(calculate: Callable[[list[Decimal]], Decimal]) -> Operator:
    def calculate_all(element: etree._Element, values: Sequence[Value]) -> Value:
        numbers = _numbers(values)
        if numbers is None or not numbers:
            return None
        try:
            return calculate(numbers)
        except ArithmeticError as error:
            raise UndecidedError(str(element.tag)) from error

    return calculate_all


def _product(numbers: list[Decimal]) -> Decimal:
    product = Decimal(1)
    for number in numbers:
        product *= number
    return product


def _match(element: etree._Element, values: Sequence[Value]) -> Value:
    if len(values) != 2:
        raise UndecidedError(str(element.tag))
    return None if values[0] is None or values[1] is None else is_same(values[0], values[1])


def _strings(element: etree._Element, values: Sequence[Value]) -> Value:
    if len(values) != 2:
        raise UndecidedError(str(element.tag))
    one, other = values
    if one is None or other is None:
        return None
    if element.get("caseSensitive", "false") != "true":
        one, other = _folded(one), _folded(other)
    if element.tag == "substring" or element.get("substring") == "true":
        return (
            isinstance(one, str)
            and isinstance(other, str)
            and (one in other or (other in one and element.tag != "substring"))
        )
    return is_same(one, other)


def _folded(value: Value) -> Value:
    if isinstance(value, tuple):
        return tuple(one.casefold() if isinstance(one, str) else one for one in value)
    return value.casefold() if isinstance(value, str) else value


def _equal(element: etree._Element, values: Sequence[Value]) -> Value:
    pair = _two(values, "equal")
    if pair is None:
        return None
    expected, given = _expected_first(element, pair)
    low, high = _limits(element, expected)
    is_low = given > low or (given == low and element.get("includeLowerBound", "true") == "true")
    is_high = given < high or (given == high and element.get("includeUpperBound", "true") == "true")
    return is_low and is_high if element.get("toleranceMode", "exact") != "exact" else given == expected


def _expected_first(element: etree._Element, pair: tuple[Decimal, Decimal]) -> tuple[Decimal, Decimal]:
    # The specification puts the expected value first; many exports put the response first.
    return (pair[1], pair[0]) if element[0].tag == "variable" and element[1].tag != "variable" else pair


def _limits(element: etree._Element, expected: Decimal) -> tuple[Decimal, Decimal]:
    """Return the limits of a tolerance: one number for both sides, or one for each."""
    written = [scalar("float", part) for part in element.get("tolerance", "").split()]
    numbers = [part for part in written if isinstance(part, Decimal)]
    if element.get("toleranceMode", "exact") == "exact":
        return expected, expected
    if not numbers or len(numbers) != len(written):
        raise UndecidedError("tolerance")
    below, above = numbers[0], numbers[-1]
    if element.get("toleranceMode") == "relative":
        below, above = abs(expected) * below / 100, abs(expected) * above / 100
    return expected - below, expected + above


def limits_of(element: etree._Element, expected: Decimal) -> tuple[Decimal, Decimal]:
    """Return the lowest and the highest number that an `equal` accepts.

    Raises:
        UndecidedError: its tolerance is not a number.
    """
    return _limits(element, expected)


def _and(_element: etree._Element, values: Sequence[Value]) -> Value:
    if any(value is False for value in values):
        return False
    return None if any(value is None for value in values) else all(value is True for value in values)


def _or(_element: etree._Element, values: Sequence[Value]) -> Value:
    if any(value is True for value in values):
        return True
    return None if any(value is None for value in values) else False


def _not(element: etree._Element, values: Sequence[Value]) -> Value:
    if len(values) != 1:
        raise UndecidedError(str(element.tag))
    return None if values[0] is None else values[0] is False


def _contained(values: Sequence[Value], name: str) -> tuple[Value, Value]:
    if len(values) != 2:
        raise UndecidedError(name)
    return values[0], values[1]


def _member(_element: etree._Element, values: Sequence[Value]) -> Value:
    one, many = _contained(values, "member")
    if one is None or many is None:
        return None
    return one in many if isinstance(many, tuple) else one == many


def _contains(_element: etree._Element, values: Sequence[Value]) -> Value:
    many, some = _contained(values, "contains")
    if many is None or some is None:
        return None
    inside, wanted = (value if isinstance(value, tuple) else (value,) for value in (many, some))
    return all(inside.count(one) >= wanted.count(one) for one in wanted)


def _container(_element: etree._Element, values: Sequence[Value]) -> Value:
    flat: list[Scalar] = []
    for value in values:
        flat += value if isinstance(value, tuple) else () if value is None else (value,)
    return (tuple(flat) if _element.tag == "ordered" else tuple(sorted(flat, key=str))) or None


def _size(_element: etree._Element, values: Sequence[Value]) -> Value:
    value = values[0] if values else None
    return Decimal(len(value) if isinstance(value, tuple) else value is not None)


_OPERATORS: Mapping[str, Operator] = {
    "match": _match,
    "stringMatch": _strings,
    "substring": _strings,
    "equal": _equal,
    "and": _and,
    "or": _or,
    "not": _not,
    "isNull": lambda _element, values: all(value is None or value == "" for value in values),
    "gt": _compared(lambda one, other: one > other),
    "gte": _compared(lambda one, other: one >= other),
    "lt": _compared(lambda one, other: one < other),
    "lte": _compared(lambda one, other: one <= other),
    "sum": _calculated(lambda numbers: sum(numbers, Decimal(0))),
    "product": _calculated(_product),
    "subtract": _calculated(lambda numbers: numbers[0] - sum(numbers[1:], Decimal(0))),
    "divide": _calculated(lambda numbers: numbers[0] / numbers[-1]),
    "min": _calculated(min),
    "max": _calculated(max),
    "round": _calculated(lambda numbers: numbers[0].quantize(Decimal(1), ROUND_HALF_UP)),
    "truncate": _calculated(lambda numbers: Decimal(int(numbers[0]))),
    "integerToFloat": _calculated(lambda numbers: numbers[0]),
    "member": _member,
    "contains": _contains,
    "multiple": _container,
    "ordered": _container,
    "containerSize": _size,
}
