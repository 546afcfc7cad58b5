"""Rules of SCORM for a manifest that its schema can't check. ADL's own checker refuses most of them."""

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from lxml import etree

from lokaltmot_lms.errors import Problem
from lokaltmot_lms.errors.packages import (
    CONTROL_DOCUMENTS,
    FAR_AWAY,
    HREF_NOT_LISTED,
    MASTERY_RANGE,
    MEASURE_RANGE,
    METADATA_ORDER,
    NO_HREF,
    NO_ORGANIZATION,
    NOTHING_TO_OPEN,
    QUERY_IN_HREF,
    SCHEMAVERSION,
    SCORMTYPE_CASE,
)
from lokaltmot_lms.inspect.inspection import Launch, PackageKind, Rule, Subject, local, text_of
from lokaltmot_lms.inspect.references import (
    files_exist,
    is_external,
    items,
    located,
    only_leaves_refer,
    references_resolve,
    resource_of,
    resources,
    unique_identifiers,
)
from lokaltmot_lms.targets.schema_files import SCORM2004

_VERSIONS = {
    PackageKind.SCORM12: ("1.2",),
    PackageKind.SCORM2004_2: ("CAM 1.3", "2004 3rd Edition", "2004 4th Edition"),
    PackageKind.SCORM2004_3: ("2004 3rd Edition",),
    PackageKind.SCORM2004_4: ("2004 4th Edition", "2004 3rd Edition", "CAM 1.3"),
}
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")


def launches(subject: Subject) -> Iterator[Launch]:
    """Yield what a learner can open, in order."""
    for item in items(subject):
        resource = resource_of(subject, item)
        href = resource.get("href") if resource is not None else None
        if resource is not None and href:
            yield Launch(
                identifier=item.get("identifier", ""),
                title=text_of(item.find("{*}title")),
                href=href if is_external(href) else located(resource, href),
            )


def metadata_words(subject: Subject) -> Iterator[Problem]:
    """Metadata begins with schema and schemaversion, with values of the standard."""
    metadata = subject.root.find("{*}metadata")
    names = [local(child) for child in metadata if isinstance(child.tag, str)] if metadata is not None else []
    if metadata is None or names[:2] != ["schema", "schemaversion"] or text_of(metadata[0]) != "ADL SCORM":
        yield subject.problem(METADATA_ORDER, metadata, schema="ADL SCORM")
        return
    version = metadata.find("{*}schemaversion")
    # White space counts: with a trailing space Moodle plays the package as SCORM 1.2.
    found = (version.text or "") if version is not None else ""
    allowed = _VERSIONS[subject.kind]
    if found not in allowed and not (subject.kind is PackageKind.SCORM2004_2 and found == "1.3"):
        yield subject.problem(
            SCHEMAVERSION, version, found=found, kind=_family(subject.kind), allowed=", ".join(allowed)
        )


def has_something_to_open(subject: Subject) -> Iterator[Problem]:
    """There is an organization with an item, and a resource that is a SCO."""
    if not items(subject):
        yield subject.problem(NO_ORGANIZATION, subject.root.find("{*}organizations"))
    elif not any(_scorm_type(resource)[1] == "sco" for resource in resources(subject)):
        yield subject.problem(NOTHING_TO_OPEN, subject.root.find("{*}resources"))


def scorm_type_spelling(subject: Subject) -> Iterator[Problem]:
    """1.2 writes adlcp:scormtype, 2004 adlcp:scormType."""
    right = "scormtype" if subject.kind is PackageKind.SCORM12 else "scormType"
    for resource in resources(subject):
        found = _scorm_type(resource)[0]
        if found and found != right:
            kind = _family(subject.kind)
            yield subject.problem(SCORMTYPE_CASE, resource, found=found, right=right, kind=kind)


def numbers_in_range(subject: Subject) -> Iterator[Problem]:
    """masteryscore is 0 to 100 (1.2), minNormalizedMeasure -1 to 1 (2004)."""
    for element in subject.root.iter("{*}masteryscore"):
        if not _is_between(text_of(element), 0, 100):
            yield subject.problem(MASTERY_RANGE, element, found=text_of(element))
    for element in subject.root.iter("{*}minNormalizedMeasure"):
        if not _is_between(text_of(element), -1, 1):
            yield subject.problem(MEASURE_RANGE, element, found=text_of(element))


def opened_resources(subject: Subject) -> Iterator[Problem]:
    """The resource of an item has an href inside the package, and lists that page as a file."""
    seen: set[str] = set()
    for item in items(subject):
        resource = resource_of(subject, item)
        name = item.get("identifierref", "")
        if resource is None or name in seen:
            continue
        seen.add(name)
        href = resource.get("href")
        if not href:
            yield subject.problem(NO_HREF, resource, name=name)
        elif is_external(href):
            yield subject.problem(FAR_AWAY, resource, name=name, href=href)
        else:
            yield from _launch_page(subject, resource, href)


def _launch_page(subject: Subject, resource: etree._Element, href: str) -> Iterator[Problem]:
    page, _, query = href.partition("?")
    if query:
        yield subject.problem(QUERY_IN_HREF, resource, href=href)
    listed = {file.get("href") for file in resource.iterfind("{*}file")}
    if not {href, page} & listed:
        yield subject.problem(HREF_NOT_LISTED, resource, name=resource.get("identifier", ""), href=page)


def control_documents_at_root(subject: Subject) -> Iterator[Problem]:
    """SCORM 2004 requires its schema files at the root of the package (CAM 3.3.1); ADL's checker insists on it."""
    if subject.files is None or subject.kind is PackageKind.SCORM12:
        return
    wanted = [file for namespace, file in SCORM2004[4].documents.items() if "adlseq" not in namespace]
    missing = [file for file in wanted if file not in subject.files]
    if missing:
        yield subject.problem(CONTROL_DOCUMENTS, name=missing[0])


RULES: tuple[Rule, ...] = (
    metadata_words,
    unique_identifiers,
    references_resolve,
    has_something_to_open,
    only_leaves_refer,
    scorm_type_spelling,
    numbers_in_range,
    opened_resources,
    files_exist,
    control_documents_at_root,
)


def _scorm_type(resource: etree._Element) -> tuple[str, str]:
    """Return the spelling and the value of scormtype on a resource, ("", "") without one."""
    for name, value in resource.attrib.items():
        spelling = etree.QName(name).localname
        if spelling.lower() == "scormtype":
            return spelling, str(value).lower()
    return "", ""


def _is_between(text: str, low: int, high: int) -> bool:
    try:
        return bool(_NUMBER.fullmatch(text)) and low <= Decimal(text) <= high
    except InvalidOperation:
        return False


def _family(kind: PackageKind) -> str:
    return "SCORM 1.2" if kind is PackageKind.SCORM12 else "SCORM 2004"
