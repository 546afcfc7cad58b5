"""Our data class, beside the standard library's: the same words on both, the same answers from both."""

import copy
import dataclasses
import pickle
from collections.abc import Callable
from dataclasses import field
from typing import Any

import pytest

from lokaltmot_lms import frozen

FORM = {"frozen": True, "slots": True, "kw_only": True}


@dataclasses.dataclass(**FORM)
class TheirPlace:
    name: str
    line: int = 1
    notes: list[str] = field(default_factory=list)
    at: object = field(default=None, compare=False)


@dataclasses.dataclass(**FORM)
class TheirCity(TheirPlace):
    people: int


@dataclasses.dataclass(**FORM, order=True)
class TheirPoint:
    x: int
    y: int = 0


@dataclasses.dataclass(**FORM)
class TheirNothing:
    """Without fields."""


@dataclasses.dataclass(**FORM)
class TheirOne:
    only: tuple[int, ...]


@frozen.dataclass(**FORM)
class OurPlace:
    name: str
    line: int = 1
    notes: list[str] = field(default_factory=list)
    at: object = field(default=None, compare=False)


@frozen.dataclass(**FORM)
class OurCity(OurPlace):
    people: int


@frozen.dataclass(**FORM, order=True)
class OurPoint:
    x: int
    y: int = 0


@frozen.dataclass(**FORM)
class OurNothing:
    """Without fields."""


@frozen.dataclass(**FORM)
class OurOne:
    only: tuple[int, ...]


class Words:
    """One of the two families of classes, so that a case is written once."""

    def __init__(self, whose: str) -> None:
        for name in ("Place", "City", "Point", "Nothing", "One"):
            setattr(self, name, globals()[whose + name])


def _set(thing: Any, name: str) -> None:
    setattr(thing, name, 2)


def _delete(thing: Any, name: str) -> None:
    delattr(thing, name)


CASES: dict[str, Callable[[Any], object]] = {
    "shown": lambda w: [
        repr(thing) for thing in (w.City(name="Bø", people=1), w.Point(x=1), w.Nothing(), w.One(only=()))
    ],
    "all values": lambda w: dataclasses.asdict(w.City(name="Bø", people=1, at=3, line=2, notes=["a"])),
    "made anew": lambda w: w.Place(name="a").notes is w.Place(name="b").notes,
    "equal": lambda w: [
        w.Point(x=1) == w.Point(x=1, y=0),
        w.Point(x=1) == w.Point(x=2),
        w.Point(x=1) != w.Point(x=2),
        w.Point(x=1) == (1, 0),
        w.Nothing() == w.Nothing(),
        w.One(only=(1,)) == w.One(only=(1,)),
        w.One(only=(1,)) == (1,),
    ],
    "left out of equality": lambda w: w.Place(name="a", at=1) == w.Place(name="a", at=2),
    "another class": lambda w: w.Place(name="a") == w.City(name="a", people=1),
    "counted once": lambda w: len(
        {w.Point(x=1), w.Point(x=1), w.Point(x=2), w.One(only=()), w.One(only=()), w.Nothing()}
    ),
    "not to be counted": lambda w: hash(w.Place(name="a")),
    "in order": lambda w: [(p.x, p.y) for p in sorted(w.Point(x=x, y=y) for x in (2, 1) for y in (1, 0))],
    "at most": lambda w: [w.Point(x=1) <= w.Point(x=1), w.Point(x=1) >= w.Point(x=2), w.Point(x=1) > w.Point(x=0)],
    "no order": lambda w: w.One(only=()) < w.One(only=()),
    "no order with others": lambda w: w.Point(x=1) < 1,
    "replaced": lambda w: repr(dataclasses.replace(w.City(name="Bø", people=1), line=7)),
    "replaced by a word unknown": lambda w: dataclasses.replace(w.Point(x=1), z=1),
    "sent and received": lambda w: [
        pickle.loads(pickle.dumps(thing, protocol)) == thing  # noqa: S301  # our own bytes
        for thing in (w.City(name="Bø", people=1, notes=["a"]), w.Point(x=1), w.Nothing(), w.One(only=()))
        for protocol in range(2, pickle.HIGHEST_PROTOCOL + 1)
    ],
    "copied": lambda w: [copy.copy(w.Point(x=1)) == w.Point(x=1), copy.deepcopy(w.One(only=(1,))) == w.One(only=(1,))],
    "set": lambda w: _set(w.Point(x=1), "x"),
    "deleted": lambda w: _delete(w.Point(x=1), "x"),
    "left out": lambda w: w.Place(),
    "unknown": lambda w: w.Point(x=1, z=1),
    "by position": lambda w: w.Point(1),
    "slots": lambda w: [cls.__slots__ for cls in (w.Place, w.City, w.Nothing)],
    "no dict": lambda w: hasattr(w.Point(x=1), "__dict__"),
    "fields": lambda w: [(f.name, f.default, f.compare) for f in dataclasses.fields(w.City) if f.name != "notes"],
    "a family": lambda w: isinstance(w.City(name="a", people=1), w.Place),
}


def _answer(case: Callable[[Any], object], whose: str) -> object:
    try:
        found = case(Words(whose))
    except Exception as error:  # noqa: BLE001  # which error, and its words, is the answer
        found = [type(error).__name__, str(error)]
    return str(found).replace(whose, "")


@pytest.mark.parametrize("name", CASES)
def test_it_answers_as_the_standard_library_does(name: str) -> None:
    assert _answer(CASES[name], "Our") == _answer(CASES[name], "Their")


@pytest.mark.parametrize("given", [{**FORM, "frozen": False}, {**FORM, "slots": False}, {**FORM, "kw_only": False}])
def test_another_kind_of_data_is_refused(given: dict[str, bool]) -> None:
    with pytest.raises(TypeError, match="frozen, with slots and keyword-only"):
        frozen.dataclass(**given)


@pytest.mark.parametrize("name", ["__repr__", "__eq__", "_frozen_values"])
def test_a_method_that_would_be_lost_is_refused(name: str) -> None:
    with pytest.raises(TypeError, match=f"Own has {name} of its own"):
        frozen.dataclass(**FORM)(type("Own", (), {name: repr}))
