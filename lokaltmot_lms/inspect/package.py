"""Inspects a package: its kind, whether it is safe to open, and whether its manifest follows the standard."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from lxml import etree

from lokaltmot_lms.errors import Position, Problem
from lokaltmot_lms.errors.cartridges import AICC_PACKAGE
from lokaltmot_lms.errors.packages import (
    HAS_DOCTYPE,
    MANIFEST_TOO_BIG,
    NOT_A_PACKAGE,
    NOT_XML,
    UNKNOWN_KIND,
    XML_REPAIRED,
)
from lokaltmot_lms.errors.targets import CANNOT_READ
from lokaltmot_lms.inspect import canvas, cartridge, cmi5, schema, scorm, single_files
from lokaltmot_lms.inspect.inspection import Inspection, Launch, PackageKind, Rule, Subject
from lokaltmot_lms.inspect.kinds import kind_of
from lokaltmot_lms.inspect.manifest_xml import parse_manifest
from lokaltmot_lms.safe_zip import check_zip

_MOST_XML = 16 << 20

_SCORM = (PackageKind.SCORM12, PackageKind.SCORM2004_2, PackageKind.SCORM2004_3, PackageKind.SCORM2004_4)
_CARTRIDGES = (PackageKind.CARTRIDGE, PackageKind.CANVAS)
RULES: Mapping[PackageKind, tuple[Rule, ...]] = {
    **dict.fromkeys(_SCORM, scorm.RULES),
    **dict.fromkeys(_CARTRIDGES, cartridge.RULES),
    PackageKind.CMI5: cmi5.RULES,
    PackageKind.CANVAS_MODULES: canvas.RULES,
    PackageKind.WEB_LINK: single_files.WEB_LINK,
    PackageKind.QTI21: single_files.QTI21,
}


def inspect_package(path: Path, *, schemas: Path | None = None) -> Inspection:
    """Check a package (a zip, or only the XML of a manifest).

    schemas: a folder with the XSD files of the standards; else LOKALTMOT_SCHEMAS and the folders near a checkout.
    Nothing in the file raises; what can't be checked is a problem.
    """
    try:
        with path.open("rb") as file:
            start = file.read(4096)
        if start.startswith(b"PK"):
            contents = check_zip(path)
            if contents.manifest is None:
                return _without_manifest(path, contents.problems)
            name, content = contents.manifest
            return _inspected(f"{path.as_posix()}/{name}", content, contents.names, contents.problems, schemas)
        if b"<" not in start.replace(b"\x00", b"")[:64]:
            return _unknown((NOT_A_PACKAGE.at(_place(path)),))
        if path.stat().st_size > _MOST_XML:
            return _unknown((MANIFEST_TOO_BIG.at(_place(path), name=path.name, limit=_MOST_XML >> 20),))
        return _inspected(path.as_posix(), path.read_bytes(), None, (), schemas)
    except OSError as error:
        return _unknown((CANNOT_READ.at(_place(path), reason=error.strerror or str(error)),))


def _inspected(
    path: str, content: bytes, files: frozenset[str] | None, found: tuple[Problem, ...], schemas: Path | None
) -> Inspection:
    root, wrong = _parsed(path, content)
    found = (*found, *(wrong if root is not None else ()))
    if root is None:
        return _unknown((*found, *wrong))
    kind = kind_of(root)
    subject = Subject(kind=kind, path=path, root=root, files=files)
    problems = [*found, *sorted(_rules(subject, schemas), key=lambda problem: problem.at)]
    return Inspection(kind=kind, title=_title(root), launches=tuple(_launches(subject)), problems=tuple(problems))


def _rules(subject: Subject, schemas: Path | None) -> Iterator[Problem]:
    if subject.kind is PackageKind.UNKNOWN:
        yield subject.problem(UNKNOWN_KIND)
        return
    yield from schema.validate(subject, schemas)
    for rule in RULES.get(subject.kind, ()):
        yield from rule(subject)


def _parsed(path: str, content: bytes) -> tuple[etree._Element | None, tuple[Problem, ...]]:
    """Parse untrusted XML. With a root, the problems are about what had to be repaired."""
    try:
        root, is_repaired = parse_manifest(content)
    except etree.XMLSyntaxError as error:
        line, column = error.position
        place = Position(path=path, line=max(line or 1, 1), column=max(column or 1, 1))
        return None, (NOT_XML.at(place, reason=(error.msg or "it is empty").rstrip(".")),)
    if root.getroottree().docinfo.internalDTD is not None:
        return None, (HAS_DOCTYPE.at(Position(path=path)),)
    return root, (XML_REPAIRED.at(Position(path=path)),) if is_repaired else ()


def _title(root: etree._Element) -> str:
    found = root.find("{*}organizations/{*}organization/{*}title")
    if found is None:
        found = root.find("{*}course/{*}title/{*}langstring")
    if found is None:
        found = root.find("{*}metadata/{*}lom/{*}general/{*}title/{*}string")
    return " ".join((found.text or "").split()) if found is not None else ""


def _launches(subject: Subject) -> Iterator[Launch]:
    if subject.kind is PackageKind.CMI5:
        yield from cmi5.launches(subject)
    elif subject.kind in _SCORM:
        yield from scorm.launches(subject)


def _without_manifest(path: Path, problems: tuple[Problem, ...]) -> Inspection:
    if any(problem.fault is AICC_PACKAGE for problem in problems):
        return Inspection(kind=PackageKind.AICC, title=path.stem, launches=(), problems=problems)
    return _unknown(problems)


def _unknown(problems: tuple[Problem, ...]) -> Inspection:
    return Inspection(kind=PackageKind.UNKNOWN, title="", launches=(), problems=problems)


def _place(path: Path) -> Position:
    return Position(path=path.as_posix())
