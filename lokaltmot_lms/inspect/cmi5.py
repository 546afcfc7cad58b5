"""Rules of cmi5 for a course structure, by requirement number. The schema checks only `structure`."""

import re
from collections.abc import Iterator
from urllib.parse import parse_qsl, unquote, urlsplit

from lxml import etree

from lokaltmot_lms.errors import Problem
from lokaltmot_lms.errors.cartridges import (
    CMI5_ALONE,
    CMI5_BAD_URL,
    CMI5_DUPLICATE,
    CMI5_FILE_MISSING,
    CMI5_IRI,
    CMI5_QUERY_CLASH,
    CMI5_STRUCTURE,
    CMI5_URL_NOT_FULL,
)
from lokaltmot_lms.inspect.inspection import Launch, Rule, Subject, local, text_of

_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:\S+")
# RFC 1738, 2.2: the characters that a URL may contain, and escapes. A space is not one of them.
_URL = re.compile(r"(?:[A-Za-z0-9$\-_.+!*'(),;/?:@&=#~]|%[0-9A-Fa-f]{2})+")
_LAUNCH_PARAMETERS = ("endpoint", "fetch", "actor", "registration", "activityId")
_NAME = "cmi5.xml"  # its name in a zip (13.2.0.0-1); without a zip it may have any name
_UNIQUE = {"block": "13.1.2.0-1", "objective": "13.1.3.0-1", "au": "13.1.4.0-1"}
_MOVE_ON = ("Passed", "Completed", "CompletedAndPassed", "CompletedOrPassed", "NotApplicable")
_LAUNCH_METHOD = ("AnyWindow", "OwnWindow")
# The order of children, for when no schema is available (13.1.1 to 13.1.4).
_FIRST = ("title", "description")
_AU_ORDER = ("title", "description", "objectives", "url", "launchParameters", "entitlementKey")


def launches(subject: Subject) -> Iterator[Launch]:
    """Yield the assignable units, in order."""
    for unit in subject.root.iter("{*}au"):
        title = text_of(unit.find("{*}title/{*}langstring"))
        yield Launch(identifier=unit.get("id", ""), title=title, href=text_of(unit.find("{*}url")))


def ids_are_iris(subject: Subject) -> Iterator[Problem]:
    """Every id is a full IRI (3.0.0.0-1)."""
    for element in _identified(subject):
        name = element.get("id", element.get("idref", ""))
        if not _IRI.fullmatch(name):
            yield subject.problem(CMI5_IRI, element, name=name)


def ids_are_unique(subject: Subject) -> Iterator[Problem]:
    """Ids are unique among blocks, among objectives and among units (13.1.2.0-1, 13.1.3.0-1, 13.1.4.0-1)."""
    seen: set[tuple[str, str]] = set()
    for element in _identified(subject):
        kind, name = local(element), element.get("id")
        if name is None or kind not in _UNIQUE:
            continue
        if (kind, name) in seen:
            yield subject.problem(CMI5_DUPLICATE, element, element=kind, name=name, requirement=_UNIQUE[kind])
        seen.add((kind, name))


def urls_resolve(subject: Subject) -> Iterator[Problem]:
    """The url of a unit is valid, and is a full URL or a file in the package."""
    for unit in subject.root.iter("{*}au"):
        url = text_of(unit.find("{*}url"))
        if not _URL.fullmatch(url):
            yield subject.problem(CMI5_BAD_URL, unit, name=url)
            continue
        parts = urlsplit(url)
        if not parts.scheme:
            yield from _relative(subject, unit, url, unquote(parts.path))
        for name, _ in parse_qsl(parts.query, keep_blank_values=True):
            if name in _LAUNCH_PARAMETERS:
                yield subject.problem(CMI5_QUERY_CLASH, unit, name=name)


def structure(subject: Subject) -> Iterator[Problem]:
    """Children are in order, and attributes have values of the standard (13.2.0.0-1)."""
    if local(subject.root) != "courseStructure" or subject.root.find("{*}course") is None:
        yield subject.problem(CMI5_STRUCTURE, what="courseStructure: course, …")
    for element in _identified(subject):
        kind = local(element)
        names = [local(child) for child in element if isinstance(child.tag, str)]
        if element.get("id") is not None and tuple(names[:2]) != _FIRST:
            yield subject.problem(CMI5_STRUCTURE, element, what=f"{kind}: title, description, …")
        if kind == "au":
            yield from _unit(subject, element, names)


def _unit(subject: Subject, unit: etree._Element, names: list[str]) -> Iterator[Problem]:
    known = [name for name in names if name in _AU_ORDER]
    if known != sorted(known, key=_AU_ORDER.index) or "url" not in known:
        yield subject.problem(CMI5_STRUCTURE, unit, what="au: " + ", ".join(_AU_ORDER))
    if unit.get("moveOn", "NotApplicable") not in _MOVE_ON:
        yield subject.problem(CMI5_STRUCTURE, unit, what=f"moveOn: {' | '.join(_MOVE_ON)}")
    if unit.get("launchMethod", "AnyWindow") not in _LAUNCH_METHOD:
        yield subject.problem(CMI5_STRUCTURE, unit, what=f"launchMethod: {' | '.join(_LAUNCH_METHOD)}")
    mastery = unit.get("masteryScore")
    if mastery is not None and not re.fullmatch(r"0(\.\d{1,4})?|1(\.0{1,4})?", mastery):
        yield subject.problem(CMI5_STRUCTURE, unit, what="masteryScore: 0–1, 0.0001")


def _relative(subject: Subject, unit: etree._Element, url: str, name: str) -> Iterator[Problem]:
    if subject.files is None and subject.path.endswith(_NAME):
        yield subject.problem(CMI5_ALONE, unit, name=url)
    elif subject.files is None:
        yield subject.problem(CMI5_URL_NOT_FULL, unit, name=url)
    elif name not in subject.files:
        yield subject.problem(CMI5_FILE_MISSING, unit, name=url)


def _identified(subject: Subject) -> list[etree._Element]:
    return [
        element
        for element in subject.root.iter("{*}course", "{*}block", "{*}au", "{*}objective")
        if etree.QName(element).namespace == etree.QName(subject.root).namespace
    ]


RULES: tuple[Rule, ...] = (structure, ids_are_iris, ids_are_unique, urls_resolve)
