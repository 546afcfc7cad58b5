"""The result of an inspection, and the input of its rules."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from lxml import etree

from lokaltmot_lms.errors import Fault, Position, Problem, Severity


class PackageKind(StrEnum):
    """The kind of a package, by its manifest."""

    SCORM12 = "SCORM 1.2"
    SCORM2004_2 = "SCORM 2004 2nd Edition"
    SCORM2004_3 = "SCORM 2004 3rd Edition"
    SCORM2004_4 = "SCORM 2004 4th Edition"
    CMI5 = "cmi5"
    CARTRIDGE = "Common Cartridge"
    CANVAS = "Canvas cartridge"
    TOPIC = "Common Cartridge topic"
    WEB_LINK = "Common Cartridge web link"
    LTI_LINK = "LTI link"
    CANVAS_MODULES = "Canvas modules"
    QTI12 = "QTI 1.2 (Common Cartridge profile)"
    QTI21 = "QTI 2.1"
    AICC = "AICC"
    UNKNOWN = "unknown"


class PackageVerdict(StrEnum):
    """What platforms make of a package. Notes, about the letter of the standard only, don't count."""

    GOOD = "good"
    WITH_REMARKS = "good with remarks"
    BAD = "not good"


@dataclass(frozen=True, slots=True, kw_only=True)
class Launch:
    """Something that a learner can open. href: as in the manifest, from the root of the package."""

    identifier: str
    title: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspection:
    """The kind of a package and what is wrong with it. problems: in the order of the manifest."""

    kind: PackageKind
    title: str
    launches: tuple[Launch, ...]
    problems: tuple[Problem, ...]

    @property
    def is_good(self) -> bool:
        """Whether nothing worse than a warning was found."""
        return self.verdict is not PackageVerdict.BAD

    @property
    def verdict(self) -> PackageVerdict:
        """The verdict. It does not depend on which schema files were found: what they tell is a note."""
        if self.of(Severity.ERROR):
            return PackageVerdict.BAD
        return PackageVerdict.WITH_REMARKS if self.of(Severity.WARNING) else PackageVerdict.GOOD

    def of(self, severity: Severity) -> tuple[Problem, ...]:
        """Return the problems of a severity."""
        return tuple(problem for problem in self.problems if problem.severity is severity)


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """The input of a rule.

    path: of the manifest, for messages. files: names in the package, None for a manifest without a package.
    """

    kind: PackageKind
    path: str
    root: etree._Element
    files: frozenset[str] | None

    def problem(self, fault: Fault, element: etree._Element | None = None, /, **values: object) -> Problem:
        """Return a problem at the line of an element."""
        line = element.sourceline if element is not None and element.sourceline else 1
        return fault.at(Position(path=self.path, line=line), **values)


Rule = Callable[[Subject], Iterator[Problem]]


def local(element: etree._Element) -> str:
    """Return an element's name without its namespace; "" for a comment."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def text_of(element: etree._Element | None) -> str:
    """Return the text of an element, without white space around it; "" without an element."""
    return (element.text or "").strip() if element is not None else ""
