"""A cartridge's manifest: Common Cartridge 1.1, which Canvas, Moodle and others read."""

from dataclasses import dataclass

from lxml import etree

from lokaltmot_lms.model import Course
from lokaltmot_lms.targets import xml

MANIFEST = "imsmanifest.xml"
_SPACE = "http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1"
_LOM = "http://ltsc.ieee.org/xsd/imsccv1p1/LOM/manifest"
# The closed list of version 1.1 (Common Cartridge 1.1, 4.5).
WEB_CONTENT = "webcontent"
ASSESSMENT = "imsqti_xmlv1p2/imscc_xmlv1p1/assessment"
LINK = "imsbasiclti_xmlv1p0"
ASSOCIATED = "associatedcontent/imscc_xmlv1p1/learning-application-resource"


@dataclass(frozen=True, slots=True, kw_only=True)
class Resource:
    """A resource of a cartridge. The first file is the one to open. needs: identifiers of other resources."""

    identifier: str
    type: str
    files: tuple[str, ...]
    needs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TocEntry:
    """A line of the table of contents: it opens a resource, or holds other lines. Never both."""

    identifier: str
    title: str
    opens: str = ""
    entries: "tuple[TocEntry, ...]" = ()


def manifest(course: Course, entries: tuple[TocEntry, ...], resources: tuple[Resource, ...]) -> bytes:
    """Return the manifest of a cartridge: one tree below a root without a title, and all resources."""
    top = xml.root({None: _SPACE, "lom": _LOM}, "manifest", identifier=f"lokaltmot.{course.id}")
    metadata = xml.add(top, "metadata")
    xml.add(metadata, "schema", "IMS Common Cartridge")
    xml.add(metadata, "schemaversion", "1.1.0")
    general = xml.add(xml.add(metadata, "lom:lom"), "lom:general")
    xml.add(xml.add(general, "lom:title"), "lom:string", course.title, language=course.languages[0])
    organizations = xml.add(top, "organizations")
    tree = xml.add(organizations, "organization", identifier="org", structure="rooted-hierarchy")
    _add_entries(xml.add(tree, "item", identifier="root"), entries)
    listed = xml.add(top, "resources")
    for resource in resources:
        _add_resource(listed, resource)
    return xml.document(top)


def identifier(*ids: str) -> str:
    """Return an identifier from authors' ids, which contain no underscore."""
    name = "_".join(ids).replace("-", ".")
    return (
        f"{name}_" if name.endswith(".") else name
    )  # some are names of folders, which must not end with a dot (Windows)


def _add_entries(parent: etree._Element, entries: tuple[TocEntry, ...]) -> None:
    for entry in entries:
        opens = {"identifierref": entry.opens} if entry.opens else {}
        item = xml.add(parent, "item", identifier=entry.identifier, **opens)
        xml.add(item, "title", entry.title)
        _add_entries(item, entry.entries)


def _add_resource(parent: etree._Element, resource: Resource) -> None:
    # Only web content and associated content have an href.
    is_opened = resource.type in (WEB_CONTENT, ASSOCIATED)
    address = {"href": xml.href(resource.files[0])} if is_opened else {}
    element = xml.add(parent, "resource", identifier=resource.identifier, type=resource.type, **address)
    for name in resource.files:
        xml.add(element, "file", href=xml.href(name))
    for needed in resource.needs:
        xml.add(element, "dependency", identifierref=needed)
