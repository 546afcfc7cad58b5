"""Writes into a fact register without touching the rest of the file: every other byte stays."""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from ruamel.yaml import YAML

from lokaltmot_lms.source.files import BYTE_ORDER_MARK, without_controls
from lokaltmot_lms.source.keywords import FACT_KEYS


class _Entry(NamedTuple):
    """A key with its value, as YAML events."""

    key: Any
    value: Any


class _Mapping(NamedTuple):
    """A mapping as events: its start, its entries and its end."""

    start: Any
    entries: tuple[_Entry, ...]
    end: Any


def edited(content: bytes, key: str, values: Mapping[str, str | date]) -> bytes:
    """Return a register's bytes with values of one fact set, in the language the fact is written in.

    values: by their English names ("verified-by"). A new name is inserted before the last line of the fact, where no
    comment hangs on it. No value is resolved, so a date that does not exist elsewhere in the file is no obstacle.

    Raises:
        KeyError: the register has no such fact.
    """
    mark = BYTE_ORDER_MARK if content.startswith(BYTE_ORDER_MARK) else b""
    text = content.removeprefix(mark).decode("utf-8")
    fact = _fact(text, key)
    written = {entry.key.value: entry for entry in fact.entries if isinstance(entry.key.value, str)}
    is_norwegian = "tekst" in written
    new: list[tuple[str, str]] = []
    changes: list[tuple[int, int, str]] = []
    for name, value in values.items():
        known = next((written[each] for each in (name, FACT_KEYS[name]) if each in written), None)
        if known is None:
            new.append((FACT_KEYS[name] if is_norwegian else name, _in_quotes(value)))
        else:
            changes.append(_replaced(known, value, text))
    if new:
        changes.append(_inserted(fact, new, text))
    for start, end, words in sorted(changes, reverse=True):
        text = text[:start] + words + text[end:]
    return mark + text.encode()


def _fact(text: str, key: str) -> _Mapping:
    # The events give places only. A sign that YAML refuses is replaced, as in the reader, which reports it.
    events = YAML(typ="safe", pure=True).parse(without_controls(text))
    register = next((value for value in _values(events) if isinstance(value, _Mapping)), None)
    for entry in register.entries if register else ():
        if getattr(entry.key, "value", None) == key and isinstance(entry.value, _Mapping) and entry.value.entries:
            return entry.value
    raise KeyError(key)


def _values(events: Iterator[Any]) -> Iterator[Any]:
    """Yield each value: a scalar's event, a mapping, or the start of a sequence, whose items are skipped."""
    for event in events:
        match type(event).__name__:
            case "MappingEndEvent" | "SequenceEndEvent":
                yield event
                return
            case "MappingStartEvent":
                *inside, end = _values(events)
                entries = tuple(map(_Entry, inside[::2], inside[1::2]))
                yield _Mapping(event, entries, end)
            case "SequenceStartEvent":
                list(_values(events))
                yield event
            case "ScalarEvent":
                yield event


def _replaced(entry: _Entry, value: str | date, text: str) -> tuple[int, int, str]:
    """Return the change of a value: a confidence stays bare if it was, all other texts get quotes."""
    key, old = entry
    if type(old).__name__ != "ScalarEvent":
        raise KeyError(key.value)
    if not old.value and not old.style:  # ruamel.yaml puts an empty value where the next key begins
        after = key.end_mark.index
        colon = re.compile(r"\s*:").match(text, after)
        return (
            (colon.end(), colon.end(), f" {_in_quotes(value)}") if colon else (after, after, f": {_in_quotes(value)}")
        )
    start, end = old.start_mark.index, old.end_mark.index
    is_bare = not old.style and re.fullmatch(r"[A-Z]", str(value))
    return start, start + len(text[start:end].rstrip()), str(value) if is_bare else _in_quotes(value)


def _inserted(fact: _Mapping, new: list[tuple[str, str]], text: str) -> tuple[int, int, str]:
    last = fact.entries[-1].key.start_mark
    if fact.start.flow_style:
        between = ", "
    else:
        end_of_line = re.search(r"\r\n|\r|\n", text)
        between = (end_of_line[0] if end_of_line else "\n") + " " * last.column
    return last.index, last.index, "".join(f"{name}: {value}{between}" for name, value in new)


def _in_quotes(value: str | date) -> str:
    # YAML 1.2 takes every JSON text, so nothing in a name can be read as YAML.
    return json.dumps(value, ensure_ascii=False) if isinstance(value, str) else value.isoformat()
