"""Patterns that wait for their first use: the same results, and none that cannot be compiled."""

import importlib
import pkgutil
import re

import pytest

import lokaltmot_lms
from lokaltmot_lms import patterns
from lokaltmot_lms.patterns import pattern

_ROOMS = ("source", "checks", "questions", "pages", "targets")


def _waiting() -> dict[str, patterns._Later]:
    names = [
        module.name
        for room in _ROOMS
        for module in pkgutil.walk_packages([f"{lokaltmot_lms.__path__[0]}/{room}"], f"lokaltmot_lms.{room}.")
    ]
    rooms = [importlib.import_module(name) for name in [*(f"lokaltmot_lms.{room}" for room in _ROOMS), *names]]
    return {
        f"{room.__name__}.{name}": value
        for room in rooms
        for name, value in vars(room).items()
        if isinstance(value, patterns._Later)
    }


def test_every_pattern_of_a_build_can_be_compiled() -> None:
    found = _waiting()
    assert len(found) > 90
    for name, one in found.items():
        assert (one.pattern, one.groups) == (one._text, re.compile(one._text, one._flags).groups), name


@pytest.mark.parametrize("method", patterns._METHODS)
def test_it_answers_as_a_compiled_pattern_does(method: str) -> None:
    ours, theirs = pattern(r"(\w)-(\w)", re.IGNORECASE), re.compile(r"(\w)-(\w)", re.IGNORECASE)
    words = ("<\\1>", "a-b c-d") if method == "sub" else ("a-b",)
    for _ in range(2):  # the first use, and a later one
        here, there = (getattr(one, method)(*words) for one in (ours, theirs))
        if method == "finditer":
            here, there = [found.groups() for found in here], [found.groups() for found in there]
        elif isinstance(there, re.Match):
            here, there = here.groups(), there.groups()
        assert here == there


def test_what_is_no_pattern_says_so_at_the_first_use() -> None:
    waiting = pattern("(")
    with pytest.raises(re.error):
        waiting.match("x")
