"""A YAML value with its place: text as typed, a list or a mapping; and how to ask for each kindly."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import NamedTuple, TypeVar, Union

from lokaltmot_lms.errors import Position, Repair
from lokaltmot_lms.errors.source import KEY_MISSING, KEY_TWICE, NOT_A_LIST, NOT_A_TEXT, UNKNOWN_KEY, VALUE_BAD
from lokaltmot_lms.source.keywords import is_norwegian, meaning
from lokaltmot_lms.source.report import Report, nearest_keyword

T = TypeVar("T")
_IN_LANGUAGE = re.compile(r"(.+)-([a-z]{2,3})")


class KeyValue(NamedTuple):
    """A key with its value. key as typed; at: the position of the key."""

    key: str
    at: Position
    value: "Value"


class Value(NamedTuple):
    """A value. No number, date or yes/no is ever guessed: text stays text until a key says what it wants."""

    at: Position
    content: Union[str, "tuple[Value, ...]", "tuple[KeyValue, ...]"]
    is_mapping: bool = False

    @property
    def text(self) -> str | None:
        """The text, or None for a list or mapping."""
        return self.content if isinstance(self.content, str) else None

    def entries(self) -> "Iterator[KeyValue]":
        """Yield the entries of a mapping; nothing for others."""
        for entry in self.content if self.is_mapping else ():
            if isinstance(entry, KeyValue):
                yield entry


class Fields:
    """The entries of one mapping under their English names. Reports what is unknown, missing or badly formed."""

    def __init__(
        self,
        entries: Iterator[KeyValue],
        group: Mapping[str, str],
        at: Position,
        report: Report,
        *,
        in_languages: Collection[str] = (),
    ) -> None:
        """in_languages: the names that may be repeated per language, such as text-en next to text."""
        self.at = at
        self._group = group
        self._in_languages = in_languages
        self._report = report
        self._entries: dict[str, KeyValue] = {}
        unknown: list[KeyValue] = []
        for entry in entries:
            name = meaning(entry.key, group) or self._translated(entry.key)
            if name is None:
                unknown.append(entry)
            elif name in self._entries:  # the same key in two languages
                report.add(KEY_TWICE, entry.at, key=entry.key)
            else:
                self._entries[name] = entry
        for entry in unknown:
            near = nearest_keyword(entry.key, group, is_norwegian=self._is_norwegian())
            report.add(UNKNOWN_KEY, entry.at, key=clipped(entry.key), nearest=near)

    def _is_norwegian(self) -> bool | None:
        return is_norwegian((entry.key for entry in self._entries.values()), self._group)

    def _translated(self, key: str) -> str | None:
        found = _IN_LANGUAGE.fullmatch(key)
        name = meaning(found[1], self._group) if found else None
        return f"{name}-{found[2]}" if found and name in self._in_languages else None

    def has(self, name: str) -> bool:
        """Return whether the key was written."""
        return name in self._entries

    def place(self, name: str) -> Position:
        """Return the position of a value, or of the mapping if the key is missing."""
        entry = self._entries.get(name)
        return entry.value.at if entry else self.at

    def require(self, name: str) -> None:
        """Report that a key is missing or empty."""
        entry = self._entries.get(name)
        if entry is None or entry.value.content in ("", ()):
            self._report.add(KEY_MISSING, entry.at if entry else self.at, key=self.written(name))

    def require_id(self, id_: str) -> None:
        """Report that the id of a course or module is missing. id_: what it must be, "" when that is not certain.

        The repair writes it on a line above the first key.
        """
        entry, first = self._entries.get("id"), next(iter(self._entries.values()), None)
        if first is None:
            return  # there are no keys at all, which is reported as such
        if entry is not None:
            self.require("id")
            return
        is_certain = bool(id_) and first.at.column == 1
        repair = Repair(at=first.at, old="", new=f"id: {id_}\n") if is_certain else None
        self._report.offer(repair, KEY_MISSING, self.at, key="id")

    def written(self, name: str) -> str:
        """Return the key as the author wrote it, or in the language of the other keys."""
        if name in self._entries:
            return self._entries[name].key
        return self._group.get(name, name) if self._is_norwegian() else name

    def text(self, name: str, default: str = "") -> str:
        """Return a value's text; a list or mapping is reported."""
        entry = self._entries.get(name)
        if entry is None:
            return default
        if entry.value.text is None:
            self._report.add(NOT_A_TEXT, entry.value.at, key=entry.key)
            return default
        return " ".join(entry.value.text.split())

    def by_language(self, name: str) -> dict[str, str]:
        """Return a text in the other languages it was said in, by their codes."""
        keys = (key for key in self._entries if key.rpartition("-")[0] == name)
        return {key.rpartition("-")[2]: self.text(key) for key in keys if self.text(key)}

    def texts(self, name: str) -> tuple[tuple[str, Position], ...]:
        """Return a list of texts with their places. A single text counts as a list of one."""
        entry = self._entries.get(name)
        if entry is None:
            return ()
        if entry.value.text is not None:
            return ((entry.value.text, entry.value.at),) if entry.value.text else ()
        items = () if entry.value.is_mapping else entry.value.content
        found = [
            (" ".join(item.text.split()), item.at)
            for item in items
            if isinstance(item, Value) and item.text is not None
        ]
        if entry.value.is_mapping or len(found) < len(entry.value.content):
            self._report.add(NOT_A_LIST, entry.value.at, key=entry.key)
        return tuple(found)

    def parsed(self, name: str, read: Callable[[str], T | None], default: T, wanted: str) -> T:
        """Return a value as `read` understands it; None from `read` is reported with what was wanted."""
        text = self.text(name)
        if not text:
            return default
        value = read(text)
        if value is None:
            self.bad(name, wanted)
            return default
        return value

    def bad(self, name: str, wanted: str) -> None:
        """Report that a value can't be used; `wanted` shows a right one."""
        self._report.add(
            VALUE_BAD, self.place(name), key=self.written(name), value=clipped(self.text(name)), wanted=wanted
        )


def clipped(text: str) -> str:
    """Return a text short enough for a message."""
    return text if len(text) <= 60 else text[:59] + "…"
