"""What all steps of one import share: ids and file names in use, media, and findings for a person."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from lokaltmot_lms.errors import Fault, Position, Problem
from lokaltmot_lms.errors.imports import FILE_LEFT_OUT, ID_CHANGED
from lokaltmot_lms.importers import base, pictures
from lokaltmot_lms.source.files import shown
from lokaltmot_lms.source.headings import LONGEST_ID, is_id, suggestion
from lokaltmot_lms.texts import translations


class ImportContext:
    """The state of one import."""

    def __init__(self, path: Path, language: str) -> None:
        self.language = language
        self.media: dict[str, bytes] = {}
        self._path = shown(path)
        self._findings: dict[tuple[str, Position, str], Problem] = {}
        self._module = ""
        self._ids: set[tuple[str, str]] = set()
        self._next: dict[tuple[str, str], int] = {}
        self._taken: dict[tuple[str, int], str] = {}
        self._refusal: Problem | None = None

    @property
    def findings(self) -> tuple[Problem, ...]:
        """What a person must look at, without repeats."""
        return tuple(self._findings.values())

    @contextmanager
    def inside(self, name: str) -> Iterator[None]:
        """Position what follows in an entry of a zip."""
        before = self._path
        self._path = f"{before}/{name}"
        try:
            yield
        finally:
            self._path = before

    def at(self, line: int | None) -> Position:
        """Return a position in the file."""
        return Position(path=self._path, line=max(line or 1, 1))

    def words(self, text: str) -> str:
        """Return a text of our own in the language of the course."""
        return translations(self.language).gettext(text)

    def report(self, fault: Fault, at: Position, **values: object) -> Problem:
        """Add a finding for a person, and return it."""
        values = {key: clipped(value) if isinstance(value, str) else value for key, value in values.items()}
        problem = fault.at(at, **values)
        return self._findings.setdefault((problem.code, at, str(values)), problem)

    def refuse(self, fault: Fault, at: Position, **values: object) -> None:
        """Add the finding that a question can't be built. `refusal` gives it to the block that keeps the question."""
        self._refusal = self.report(fault, at, **values)

    def refusal(self) -> Problem | None:
        """Return the reason of the last `refuse`, once."""
        reason, self._refusal = self._refusal, None
        return reason

    def turn_to(self, module: str) -> None:
        """Set the module of the next ids. Ids of pages and questions are unique per module."""
        self._module = module

    def module_id(self, wanted: str, title: str, at: Position) -> str:
        """Return an id for a module."""
        before, self._module = self._module, ""
        id_ = self.take_id(wanted, title, at)
        self._module = before
        return id_

    def take_id(self, wanted: str, title: str, at: Position) -> str:
        """Return a free id: the source's own when it is valid, else one made from it or from the title."""
        own = wanted.strip()
        id_ = own if is_id(own) else suggestion(own) if own else suggestion(title)
        if own and not any(letter.isalpha() for letter in suggestion(own).removeprefix("id-")):
            id_ = suggestion(title)
        free = self._free(id_ if is_id(id_) else suggestion(f"del {id_}"))
        self._ids.add((self._module, free))
        if own and free != own and suggestion(own) != free:
            self.report(ID_CHANGED, at, name=title, id=free, old=own)
        return free

    def _free(self, id_: str) -> str:
        number, free = self._next.get((self._module, id_), 2), id_
        while (self._module, free) in self._ids:
            free, number = f"{id_[: LONGEST_ID - len(str(number)) - 1].rstrip('-')}-{number}", number + 1
        self._next[self._module, id_] = number
        return free

    def add_media(self, name: str, content: bytes, at: Position) -> str | None:
        """Add a file to the media and return its path in the course; None, with a report, when it is refused."""
        suffix = pictures.suffix_of(name)
        checked = pictures.checked(name, content) if suffix in pictures.KNOWN else None
        if checked is None:
            self.report(FILE_LEFT_OUT, at, file=name)
            return None
        key = (name, hash(checked))
        if key not in self._taken:
            path, number = f"{base.MEDIA_FOLDER}/{pictures.safe_name(name)}", 2
            stem, _, end = path.rpartition(".")
            while path in self.media:
                path, number = f"{stem}-{number}.{end}", number + 1
            self.media[path] = checked
            self._taken[key] = path
        return self._taken[key]


def clipped(text: str) -> str:
    """Return a text short enough for a message."""
    text = " ".join(text.split())
    return text if len(text) <= 80 else f"{text[:79]}…"
