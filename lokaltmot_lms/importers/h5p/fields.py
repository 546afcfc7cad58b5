"""Reads the fields of H5P content. Whatever is missing or of another type than expected is empty."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html import unescape

Params = Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """A piece of content. kind: the name of its library without the version, such as "H5P.Blanks"; title: its own."""

    kind: str
    params: Params = field(default_factory=dict)
    metadata: Params = field(default_factory=dict)

    @property
    def title(self) -> str:
        """The title that the author has given it; "" when it is missing or H5P's own."""
        title = plain(text(self.metadata, "title"))
        return "" if title.casefold().startswith(("untitled", "uten navn", "uten tittel")) else title

    @property
    def short_kind(self) -> str:
        """The kind for people, such as "Blanks"."""
        return self.kind.removeprefix("H5P.")


def content_of(value: object) -> Content | None:
    """Return the content in a field of the type "library"; None when it has none.

    Lists of such fields hold them directly or in a group with one field (H5P collapses groups of one).
    """
    here = as_group(value)
    for name in ("library", "content", "action", "chapter", "question", "type"):
        inner = here.get(name)
        if name == "library" and isinstance(inner, str):
            return Content(
                kind=inner.strip().partition(" ")[0], params=group(here, "params"), metadata=group(here, "metadata")
            )
        if isinstance(inner, Mapping) and (found := content_of(inner)) is not None:
            return found
    return None


def as_group(value: object) -> Params:
    """Return a value that is a group of fields."""
    return value if isinstance(value, Mapping) else {}


def group(params: Params, name: str) -> Params:
    """Return the fields of a group."""
    return as_group(params.get(name))


def items(params: Params, name: str) -> list[object]:
    """Return the entries of a list. Old versions of H5P write a list as a group with the keys 0, 1 …"""
    value = params.get(name)
    if isinstance(value, Mapping):
        value = list(value.values())
    return value if isinstance(value, list) else []


def text(params: Params, name: str) -> str:
    """Return a text, as HTML: H5P stores plain text fields escaped too."""
    value = params.get(name)
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return str(value).strip()


def as_text(value: object) -> str:
    """Return an entry of a list of texts."""
    return text({"": value}, "")


def plain(source: str) -> str:
    """Return a text without markup, such as a title."""
    return " ".join(unescape(source).split())


def is_true(value: object) -> bool:
    """Return whether a value is true. Old versions write it as a text."""
    return value is True or (isinstance(value, str) and value.strip().lower() == "true") or value == 1


def words_in(value: object) -> Iterator[str]:
    """Yield the texts of content, to guess its language, without the texts of its buttons."""
    stack: list[object] = [value]
    while stack:
        here = stack.pop()
        if isinstance(here, Mapping):
            stack += [inner for name, inner in here.items() if name in _WRITTEN or (isinstance(inner, Mapping | list)
                      and name not in _INTERFACE)]  # fmt: skip
        elif isinstance(here, list):
            stack += here
        elif isinstance(here, str):
            yield here


_WRITTEN = frozenset({"question", "text", "textField", "taskDescription", "title", "answer", "introduction", "intro"})
_INTERFACE = frozenset(
    {"l10n", "UI", "texts", "behaviour", "override", "endGame", "a11y", "file", "metadata", "library"}
)
