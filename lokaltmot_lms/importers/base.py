"""The types of an import: a file of another format becomes a draft, a course with a list of what is left to do."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from lokaltmot_lms.errors import Problem
from lokaltmot_lms.importers.languages import LanguageBasis
from lokaltmot_lms.model import Module

READS_AS_TEXT = 64 << 20  # bytes of a file, or of an entry in a zip, that is read as text
MOST_UNPACKED = 512 << 20  # bytes of one zip: all that is taken over is in memory at the same time
MEDIA_FOLDER = "media"


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A course that is not yet written as Markdown.

    media: contents by path in the course folder. findings: what a person must look at, in the order of the file.
    guesses: those of the findings that a person must see before anything is written.
    """

    title: str
    language: str
    language_basis: LanguageBasis = LanguageBasis.GUESSED
    modules: tuple[Module, ...]
    media: Mapping[str, bytes] = field(default_factory=dict)
    findings: tuple[Problem, ...] = ()
    guesses: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The part of a file by which formats recognise it. start: the first bytes; text: the same as text, "" for a zip.

    names: of the entries in a zip; root: the local name of an XML document's root element, "" for other files.
    """

    path: Path
    start: bytes
    text: str = ""
    names: frozenset[str] = frozenset()
    root: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """A format that can be read. name: stable, for programs; title: for people."""

    name: str
    title: str
    knows: Callable[[Head], bool]
    read: Callable[[Path], Draft]
