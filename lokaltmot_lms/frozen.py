"""The one kind of data class in the compiler: frozen, with slots, keyword-only, and quick to define.

It does what `dataclasses.dataclass` does, whose name it has, and type checkers are shown that one. The standard
library compiles six functions a class each time a program starts, which for our classes was a fifth of a whole build.
Here `__init__` is compiled, at the first object of a class and once for all classes with as many fields; the others
are the same for every class, and are made of functions that exist.
"""

import copyreg
import dataclasses
import operator
from collections.abc import Callable
from functools import cache
from types import CodeType, FunctionType
from typing import TYPE_CHECKING, Any

_Key = Callable[[Any], object]

_ORDER = ("__lt__", "__le__", "__gt__", "__ge__")
# What pickle asks of an object: a function, its arguments, and what `__setstate__` is given. A module has a thousand
# objects, and no step of this is written in Python.
_REDUCE: Any = operator.attrgetter("_frozen_new", "_frozen_class", "_frozen_values")
_NOT_GIVEN = object()  # stands in the signature for a default that is made anew each time


def _dataclass(*, frozen: bool, slots: bool, kw_only: bool, order: bool = False) -> Callable[[Any], Any]:
    if not (frozen and slots and kw_only):
        raise TypeError("Data is frozen, with slots and keyword-only. For another kind, use dataclasses.dataclass.")

    def make(body: Any) -> Any:
        # Fields, slots and their checks are the standard library's, so replace() and fields() know the class.
        made = dataclasses.dataclass(init=False, repr=False, eq=False, slots=True, kw_only=True)(body)
        fields = dataclasses.fields(made)
        values = _reader([field.name for field in fields])
        compared = _reader([field.name for field in fields if field.compare])
        methods = {
            "__init__": _init_first,
            "__repr__": _repr([field.name for field in fields], values),
            "__hash__": lambda self: hash(compared(self)),
            **{name: _comparison(name, compared) for name in ("__eq__", *(_ORDER if order else ()))},
            "__setattr__": _refuse_to_set,
            "__delattr__": _refuse_to_delete,
            "__setstate__": _restore_first,
            "_frozen_new": staticmethod(copyreg.__newobj__),  # type: ignore[attr-defined]  # protocol 2 names it
            "_frozen_class": (made,),
            "_frozen_values": property(values),
        }
        if taken := vars(body).keys() & methods.keys() - {"__hash__"}:  # Python sets that one beside an `__eq__`
            raise TypeError(f"{body.__name__} has {', '.join(sorted(taken))} of its own, which would be lost.")
        for name, method in methods.items():
            setattr(made, name, method)
        copyreg.pickle(made, _REDUCE)
        return made

    return make


if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass
else:
    dataclass = _dataclass


def _init_first(self: Any, **values: object) -> None:
    """Make the first object of a class, and what makes the others: half of our classes have no object in a build."""
    made = type(self)
    made.__init__ = _init(made)
    made.__init__(self, **values)


def _init(made: Any) -> Any:
    """Return an `__init__`. Fields are set through their slots: the class itself refuses to be changed."""
    fields = dataclasses.fields(made)
    defaults: dict[str, Any] = {}
    names = {**_setters(made), "_not_given": _NOT_GIVEN}
    for number, field in enumerate(fields):
        if field.default is not dataclasses.MISSING:
            defaults[field.name] = field.default
        elif field.default_factory is not dataclasses.MISSING:
            defaults[field.name] = _NOT_GIVEN
            names[f"_make{number}"] = field.default_factory
    code = _setting(tuple(f"_make{number}" in names for number in range(len(fields))))
    init = FunctionType(code.replace(co_varnames=("self", *(field.name for field in fields))), names, "__init__")
    init.__qualname__ = f"{made.__qualname__}.__init__"
    init.__kwdefaults__ = defaults or None
    return init


def _setters(made: Any) -> dict[str, Any]:
    """Return what sets each slot of a class, by the names that compiled code has for them."""
    return {f"_set{number}": getattr(made, field.name).__set__ for number, field in enumerate(dataclasses.fields(made))}


@cache
def _setting(is_made: tuple[bool, ...]) -> CodeType:
    """Return the code that sets so many fields, by names that are put in later: one compiling does for many classes.

    is_made: for each field, whether its default is made anew each time.
    """
    parameters = [f"_value{number}" for number in range(len(is_made))]
    lines = ["pass"]
    for number, name in enumerate(parameters):
        value = f"_make{number}() if {name} is _not_given else {name}" if is_made[number] else name
        lines.append(f"_set{number}(self, {value})")
    return _compiled(", ".join(("self", "*", *parameters) if parameters else ("self",)), lines)


def _reader(names: list[str]) -> Callable[[Any], tuple[object, ...]]:
    if len(names) > 1:
        return operator.attrgetter(*names)
    return lambda self: tuple(getattr(self, name) for name in names)


def _repr(names: list[str], values: Callable[[Any], tuple[object, ...]]) -> Callable[[Any], str]:
    def represent(self: Any) -> str:
        shown = ", ".join(f"{name}={value!r}" for name, value in zip(names, values(self), strict=True))
        return f"{type(self).__qualname__}({shown})"

    return represent


def _comparison(name: str, key: _Key) -> Callable[[Any, Any], Any]:
    compare = getattr(operator, name)

    def of_same_class(self: Any, other: Any) -> Any:
        return compare(key(self), key(other)) if other.__class__ is self.__class__ else NotImplemented

    return of_same_class


def _restore_first(self: Any, state: tuple[object, ...]) -> None:
    """Unpickle an object, and make what unpickles the others of its class: a build in one process needs none."""
    made = type(self)
    names = _setters(made)
    restore = FunctionType(_restoring(len(names)), names, "__setstate__")
    made.__setstate__ = restore
    restore(self, state)


@cache
def _restoring(count: int) -> CodeType:
    """Return the code that sets so many fields from a tuple, one by one: a loop takes twice as long."""
    values = "".join(f"_value{number}, " for number in range(count))
    lines = [f"({values}) = state", *(f"_set{number}(self, _value{number})" for number in range(count))]
    return _compiled("self, state", lines)


def _compiled(signature: str, lines: list[str]) -> CodeType:
    names: dict[str, Any] = {}
    exec(f"def made({signature}):\n " + "\n ".join(lines), names)  # noqa: S102  # our own words, no input
    code: CodeType = names["made"].__code__
    return code


def _refuse_to_set(self: object, name: str, value: object) -> None:  # noqa: ARG001  # Python's own signature
    raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")


def _refuse_to_delete(self: object, name: str) -> None:  # noqa: ARG001
    raise dataclasses.FrozenInstanceError(f"cannot delete field {name!r}")
