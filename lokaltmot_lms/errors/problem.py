"""A fault is an entry of the catalogue; a problem is that fault at one place in one course."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from lokaltmot_lms.texts import translations


class Severity(StrEnum):
    """Whether a problem stops the build; `--strict` lets warnings stop it too."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Position:
    """A place in a source file.

    path: as a person would write it, relative to the folder the command ran in, forward slashes.
    line, column: from 1; column counts characters.
    """

    path: str
    line: int = 1
    column: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One kind of slip, under a stable code that is never used again for another.

    message and hint are English texts with named places ({word}), keys of the catalogues in templates/locale.
    why is one paragraph for `lokaltmot explain`; bad and good are the smallest examples.
    """

    code: str
    message: str
    hint: str
    why: str
    bad: str = ""
    good: str = ""
    severity: Severity = Severity.ERROR

    def at(self, position: Position, **values: object) -> "Problem":
        """Return this fault as a problem at a place; the values fill the named places of the texts."""
        return Problem(fault=self, at=position, values=values)


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """A fault at a place. Checks yield problems; they never raise on the author's account."""

    fault: Fault
    at: Position
    values: Mapping[str, object] = field(default_factory=dict)

    @property
    def code(self) -> str:
        """The stable code, such as "LM204"."""
        return self.fault.code

    @property
    def severity(self) -> Severity:
        """Whether the problem stops the build."""
        return self.fault.severity

    def message(self, language: str = "en") -> str:
        """Return what is wrong, in one sentence."""
        return translations(language).gettext(self.fault.message).format_map(self.values)

    def hint(self, language: str = "en") -> str:
        """Return what to do, in one sentence."""
        return translations(language).gettext(self.fault.hint).format_map(self.values)

    def text(self, language: str = "en") -> str:
        """Return the whole line: `file:line:col: CODE: what. What to do.`"""
        place = f"{self.at.path}:{self.at.line}:{self.at.column}"
        return f"{place}: {self.code}: {self.message(language)} {self.hint(language)}"


class CourseError(Exception):
    """The course can't be built. Carries every problem that was found, not the first only."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(problem.text() for problem in problems))
        self.problems = problems
