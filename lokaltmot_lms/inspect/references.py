"""Rules for every IMS manifest: what it refers to exists, in the manifest and in the package."""

import posixpath
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from lxml import etree

from lokaltmot_lms.errors import Problem
from lokaltmot_lms.errors.packages import (
    DANGLING_HARMLESS,
    DANGLING_REFERENCE,
    DUPLICATE_IDENTIFIER,
    LAUNCH_PAGE_MISSING,
    LISTED_BUT_MISSING,
    NOT_LISTED,
    PARENT_WITH_REFERENCE,
    SAME_ITEM_TWICE,
)
from lokaltmot_lms.inspect.inspection import Subject, local

_XML_BASE = "{http://www.w3.org/XML/1998/namespace}base"


def resources(subject: Subject) -> list[etree._Element]:
    """Return the resources of the manifest."""
    return subject.root.findall("{*}resources/{*}resource")


def items(subject: Subject) -> list[etree._Element]:
    """Return all items of all organizations, in document order."""
    return [
        item
        for organization in subject.root.iterfind("{*}organizations/{*}organization")
        for item in organization.iter("{*}item")
    ]


def resources_by_name(subject: Subject) -> dict[str, etree._Element]:
    """Return the resources by identifier. Of two with the same one, platforms take the first."""
    found: dict[str, etree._Element] = {}
    for resource in resources(subject):
        found.setdefault(resource.get("identifier", ""), resource)
    return found


def located(element: etree._Element, href: str) -> str:
    """Return the name in the package that an href refers to: with each xml:base, without query and escapes."""
    bases = [ancestor.get(_XML_BASE, "") for ancestor in reversed([element, *element.iterancestors()])]
    path = unquote(urlsplit("".join(bases) + href.replace("\\", "/")).path)
    return posixpath.normpath(path) if path else ""


def is_external(href: str) -> bool:
    """Return whether an href points outside the package."""
    return bool(urlsplit(href).scheme or href.startswith("//"))


def unique_identifiers(subject: Subject) -> Iterator[Problem]:
    """Every identifier of manifest, organizations, items and resources is used once (they are of type xs:ID).

    Platforms keep items, resources and organizations apart, so only two of one kind do harm.
    """
    seen: dict[str, str] = {}
    organizations = subject.root.findall("{*}organizations/{*}organization")
    for element in (subject.root, *organizations, *items(subject), *resources(subject)):
        name, kind = element.get("identifier"), local(element)
        if name is None:
            continue
        if name in seen:
            fault = SAME_ITEM_TWICE if kind == seen[name] == "item" else DUPLICATE_IDENTIFIER
            yield subject.problem(fault, element, name=name)
        seen.setdefault(name, kind)


def references_resolve(subject: Subject) -> Iterator[Problem]:
    """default, identifierref and dependency refer to something in the manifest."""
    organizations = subject.root.find("{*}organizations")
    if organizations is not None and (default := organizations.get("default")) is not None:
        known = {organization.get("identifier") for organization in organizations}
        if default not in known:
            yield subject.problem(DANGLING_HARMLESS, organizations, attribute="default", name=default)
    known = {resource.get("identifier") for resource in resources(subject)}
    dependencies = [found for resource in resources(subject) for found in resource.iterfind("{*}dependency")]
    for element in (*items(subject), *dependencies):
        name = element.get("identifierref")
        if name and name not in known:  # an empty one is how some tools write a heading
            fault = DANGLING_REFERENCE if local(element) == "item" else DANGLING_HARMLESS
            yield subject.problem(fault, element, attribute="identifierref", name=name)


def only_leaves_refer(subject: Subject) -> Iterator[Problem]:
    """An item has either items below it or a resource (SCORM 2004 CAM 3.4.1.8; CC 1.1)."""
    for item in items(subject):
        if item.get("identifierref") and item.find("{*}item") is not None:
            yield subject.problem(PARENT_WITH_REFERENCE, item, name=item.get("identifier", ""))


def files_exist(subject: Subject) -> Iterator[Problem]:
    """The package contains exactly the files that the manifest lists."""
    if subject.files is None:
        return
    listed: set[str] = set()
    opened = {item.get("identifierref") for item in items(subject)}
    for resource in resources(subject):
        is_opened = resource.get("identifier") in opened
        for element in (resource, *resource.iterfind("{*}file")):
            href = element.get("href")
            if not href or is_external(href):
                continue
            # Some packages have unescaped names: also accept the name as written.
            names = {located(element, href), href}
            if not names & subject.files and not names & listed:
                is_page = is_opened and href == resource.get("href", href)
                fault = LAUNCH_PAGE_MISSING if is_page else LISTED_BUT_MISSING
                yield subject.problem(fault, element, name=located(element, href))
            listed |= names
    unlisted = sorted(name for name in subject.files - listed if not _may_be_unlisted(name))
    if unlisted:
        yield subject.problem(NOT_LISTED, count=len(unlisted), name=unlisted[0])


def _may_be_unlisted(name: str) -> bool:
    return name == "imsmanifest.xml" or name.endswith((".xsd", ".dtd"))
