"""A fault is an entry of the catalogue. A problem is a fault at a position in a course."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from lokaltmot_lms.texts import translations


class Severity(StrEnum):
    """Whether a problem stops the build; `--strict` lets warnings stop it too."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Position:
    """A position in a source file.

    path: relative to the folder in which the command ran, with forward slashes.
    line, column: start at 1. The column counts characters.
    """

    path: str
    line: int = 1
    column: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One kind of mistake, with a stable code that is never reused for another kind.

    message and hint are English texts with placeholders ({name}). They are the msgids of the catalogues in
    templates/locale. hint_without is the hint where nothing known is like what was written (`nearest` is empty).
    why is one paragraph for `lokaltmot explain`. bad and good are minimal examples.
    in_draft: the severity in a course with the status draft, which may be built before everything is written.
    platforms is for what `lokaltmot inspect` finds: which platforms refuse it, since when and how that is known, or
    that it is only the letter of a standard.
    """

    code: str
    message: str
    hint: str
    why: str
    hint_without: str = ""
    bad: str = ""
    good: str = ""
    severity: Severity = Severity.ERROR
    in_draft: Severity | None = None
    platforms: str = ""

    def at(self, position: Position, **values: object) -> "Problem":
        """Return this fault as a problem at a position. The values fill the placeholders of message and hint."""
        return Problem(fault=self, at=position, values=values)


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """A fault at a position. Checks yield problems and never raise an exception because of a mistake in the course."""

    fault: Fault
    at: Position
    values: Mapping[str, object] = field(default_factory=dict)
    is_in_draft: bool = False

    @property
    def code(self) -> str:
        """The stable code, such as "LM204"."""
        return self.fault.code

    @property
    def severity(self) -> Severity:
        """Whether the problem stops the build."""
        eased = self.fault.in_draft if self.is_in_draft else None
        return eased or self.fault.severity

    def in_draft(self) -> "Problem":
        """Return the problem as it is in a course with the status draft."""
        return replace(self, is_in_draft=True)

    def message(self, language: str = "en") -> str:
        """Return what is wrong, in one sentence."""
        return translations(language).gettext(self.fault.message).format_map(self.values)

    def hint(self, language: str = "en") -> str:
        """Return what to do, in one sentence."""
        is_alone = self.values.get("nearest", self) == ""
        hint = (is_alone and self.fault.hint_without) or self.fault.hint
        return translations(language).gettext(hint).format_map(self.values)

    def platforms(self, language: str = "en") -> str:
        """Return what platforms make of it; "" when the fault is not about a package."""
        return translations(language).gettext(self.fault.platforms) if self.fault.platforms else ""

    def text(self, language: str = "en") -> str:
        """Return the full line: `file:line:column: CODE: message hint`."""
        where = f"{self.at.path}:{self.at.line}:{self.at.column}"
        return f"{where}: {self.code}: {self.message(language)} {self.hint(language)}"


class CourseError(Exception):
    """The course can't be built. Holds every problem that was found, not only the first."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(problem.text() for problem in problems))
        self.problems = problems
