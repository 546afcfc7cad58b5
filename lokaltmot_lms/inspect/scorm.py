"""Rules of SCORM for a manifest: what platforms need. They are checked with and without schema files."""

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
    METADATA_UNCLEAR,
    NO_HREF,
    NO_NAMESPACE,
    NO_ORGANIZATION,
    NO_PAGE,
    NOTHING_TO_OPEN,
    QUERY_IN_HREF,
    SCHEMAVERSION,
    SCORMTYPE_CASE,
    SEVERAL_ORGANIZATIONS,
    VERSION_UNKNOWN,
)
from lokaltmot_lms.inspect.inspection import Launch, PackageKind, Rule, Subject, local, text_of
from lokaltmot_lms.inspect.kinds import SCORM12, SCORM2004
from lokaltmot_lms.inspect.references import (
    files_exist,
    is_external,
    items,
    located,
    only_leaves_refer,
    references_resolve,
    resources,
    resources_by_name,
    unique_identifiers,
)
from lokaltmot_lms.targets import schema_files

_VERSIONS = {
    PackageKind.SCORM12: ("1.2",),
    PackageKind.SCORM2004_2: ("CAM 1.3", "2004 3rd Edition", "2004 4th Edition"),
    PackageKind.SCORM2004_3: ("2004 3rd Edition",),
    PackageKind.SCORM2004_4: ("2004 4th Edition", "2004 3rd Edition", "CAM 1.3"),
}
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")


def launches(subject: Subject) -> Iterator[Launch]:
    """Yield what a learner can open, in order: the items of the default organization; without items, the resources."""
    known = resources_by_name(subject)
    organization = _default(subject)
    listed = [] if organization is None else list(organization.iter("{*}item"))
    if items(subject):
        opened = [(item, known.get(item.get("identifierref") or "")) for item in listed]
    else:
        opened = [(resource, resource) for resource in resources(subject)]
    for item, resource in opened:
        href = resource.get("href") if resource is not None else None
        if resource is not None and href:
            yield Launch(
                identifier=item.get("identifier", ""),
                title=text_of(item.find("{*}title")) or item.get("identifier", ""),
                href=href if is_external(href) else located(resource, href),
            )


def metadata_words(subject: Subject) -> Iterator[Problem]:
    """Metadata begins with schema and schemaversion, with values of the standard.

    SCORM 1.2 is what platforms take a package for that says nothing. SCORM 2004 must be named.
    """
    metadata = subject.root.find("{*}metadata")
    names = [local(child) for child in metadata if isinstance(child.tag, str)] if metadata is not None else []
    version = metadata.find("{*}schemaversion") if metadata is not None else None
    is_12 = subject.kind is PackageKind.SCORM12
    if version is None and not is_12:
        yield subject.problem(METADATA_ORDER, metadata, schema="ADL SCORM")
        return
    schema = text_of(metadata.find("{*}schema")) if metadata is not None else ""
    if names[:2] != ["schema", "schemaversion"] or schema != "ADL SCORM":
        yield subject.problem(METADATA_UNCLEAR, metadata, kind=subject.kind.value)
    # White space counts: with a trailing space Moodle plays the package as SCORM 1.2.
    found = (version.text or "") if version is not None else ""
    allowed = _VERSIONS[subject.kind]
    if version is None or found in allowed or (subject.kind is PackageKind.SCORM2004_2 and found == "1.3"):
        return
    if is_12:
        yield subject.problem(VERSION_UNKNOWN, version, found=found)
    else:
        yield subject.problem(
            SCHEMAVERSION, version, found=found, kind=_family(subject.kind), allowed=", ".join(allowed)
        )


def namespace_of_the_kind(subject: Subject) -> Iterator[Problem]:
    """The namespace of the manifest is that of its version."""
    right = SCORM12 if subject.kind is PackageKind.SCORM12 else SCORM2004
    if etree.QName(subject.root).namespace != right:
        yield subject.problem(NO_NAMESPACE, kind=subject.kind.value)


def one_organization(subject: Subject) -> Iterator[Problem]:
    """Learners see one organization, so more of them are worth a word."""
    count = len(subject.root.findall("{*}organizations/{*}organization"))
    shown = _default(subject)
    if count > 1 and shown is not None:
        title = text_of(shown.find("{*}title")) or shown.get("identifier", "")
        yield subject.problem(SEVERAL_ORGANIZATIONS, shown, count=count, title=title)


def has_something_to_open(subject: Subject) -> Iterator[Problem]:
    """There is a page to open, an organization with an item, and a resource that is a SCO."""
    if not items(subject):
        yield subject.problem(NO_ORGANIZATION, subject.root.find("{*}organizations"))
        if not any(resource.get("href") for resource in resources(subject)):
            yield subject.problem(NO_PAGE, subject.root.find("{*}resources"))
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
        if text_of(element) and not _is_between(text_of(element), 0, 100):  # an empty one is how tools write "none"
            yield subject.problem(MASTERY_RANGE, element, found=text_of(element))
    for element in subject.root.iter("{*}minNormalizedMeasure"):
        if text_of(element) and not _is_between(text_of(element), -1, 1):
            yield subject.problem(MEASURE_RANGE, element, found=text_of(element))


def opened_resources(subject: Subject) -> Iterator[Problem]:
    """The resource of an item has an href inside the package, and lists that page as a file."""
    seen: set[str] = set()
    known = resources_by_name(subject)
    for item in items(subject):
        name = item.get("identifierref") or ""
        resource = known.get(name) if name else None
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
    wanted = [file for namespace, file in schema_files.SCORM2004[4].documents.items() if "adlseq" not in namespace]
    missing = [file for file in wanted if file not in subject.files]
    if missing:
        yield subject.problem(CONTROL_DOCUMENTS, name=missing[0])


RULES: tuple[Rule, ...] = (
    metadata_words,
    namespace_of_the_kind,
    one_organization,
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


def _default(subject: Subject) -> etree._Element | None:
    """Return the organization that platforms show: the default one, else the first."""
    parent = subject.root.find("{*}organizations")
    found = [] if parent is None else parent.findall("{*}organization")
    named = [each for each in found if parent is not None and each.get("identifier") == parent.get("default")]
    return next(iter([*named, *found]), None)


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
