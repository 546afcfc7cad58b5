"""Rules of Common Cartridge 1.1 for a manifest, checked also without a schema."""

from collections.abc import Iterator

from lxml import etree

from lokaltmot_lms.errors import Problem
from lokaltmot_lms.errors.cartridges import CC_HREF, CC_ITEM_TITLE, CC_ORGANIZATION, CC_QUESTION_BANKS, CC_TYPE
from lokaltmot_lms.errors.packages import METADATA_ORDER, SCHEMAVERSION
from lokaltmot_lms.inspect.inspection import Rule, Subject, local, text_of
from lokaltmot_lms.inspect.references import (
    files_exist,
    items,
    only_leaves_refer,
    references_resolve,
    resources,
    unique_identifiers,
)

_VERSIONS = ("1.0.0", "1.1.0", "1.2.0", "1.3.0")  # accepted by Canvas; Moodle accepts the first two
_BANK = "imsqti_xmlv1p2/imscc_xmlv1p1/question-bank"
_TYPES = frozenset(
    {
        "webcontent",
        "imsqti_xmlv1p2/imscc_xmlv1p1/assessment",
        _BANK,
        "imsdt_xmlv1p1",
        "imswl_xmlv1p1",
        "imsbasiclti_xmlv1p0",
        "associatedcontent/imscc_xmlv1p1/learning-application-resource",
    }
)
_WITH_HREF = ("webcontent", "associatedcontent/imscc_xmlv1p1/learning-application-resource")


def metadata_words(subject: Subject) -> Iterator[Problem]:
    """The metadata by which Canvas and Moodle recognise a cartridge."""
    metadata = subject.root.find("{*}metadata")
    names = [local(child) for child in metadata if isinstance(child.tag, str)] if metadata is not None else []
    schema = text_of(metadata.find("{*}schema")) if metadata is not None else ""
    if metadata is None or names[:2] != ["schema", "schemaversion"] or schema != "IMS Common Cartridge":
        yield subject.problem(METADATA_ORDER, metadata, schema="IMS Common Cartridge")
        return
    version = metadata.find("{*}schemaversion")
    if text_of(version) not in _VERSIONS:
        yield subject.problem(
            SCHEMAVERSION,
            version,
            found=text_of(version),
            kind="Common Cartridge",
            allowed=", ".join(_VERSIONS),
        )


def one_rooted_tree(subject: Subject) -> Iterator[Problem]:
    """At most one organization: a rooted hierarchy with one root item. Only that item has no title."""
    organizations = subject.root.findall("{*}organizations/{*}organization")
    for organization in organizations:
        roots = organization.findall("{*}item")
        if not (
            len(organizations) == 1
            and organization.get("structure") == "rooted-hierarchy"
            and len(roots) == 1
            and roots[0].find("{*}title") is None
        ):
            yield subject.problem(CC_ORGANIZATION, organization)
    for item in items(subject):
        if local(_parent(item)) == "item" and item.find("{*}title") is None:
            yield subject.problem(CC_ITEM_TITLE, item, name=item.get("identifier", ""))


def resource_types(subject: Subject) -> Iterator[Problem]:
    """Types are those of version 1.1; only web content has an href; there is at most one question bank."""
    if "imsccv1p1" not in (etree.QName(subject.root).namespace or ""):
        return  # other versions have other types, and we have no schema of them
    banks = 0
    for resource in resources(subject):
        found = resource.get("type", "")
        banks += found == _BANK
        if found not in _TYPES:
            yield subject.problem(CC_TYPE, resource, found=found, version="1.1")
        elif resource.get("href") is not None and found not in _WITH_HREF:
            yield subject.problem(CC_HREF, resource, name=resource.get("identifier", ""), found=found)
    if banks > 1:
        yield subject.problem(CC_QUESTION_BANKS, subject.root.find("{*}resources"))


def _parent(item: etree._Element) -> etree._Element:
    parent = item.getparent()
    return item if parent is None else parent


RULES: tuple[Rule, ...] = (
    metadata_words,
    unique_identifiers,
    references_resolve,
    one_rooted_tree,
    only_leaves_refer,
    resource_types,
    files_exist,
)
