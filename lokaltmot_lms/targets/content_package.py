"""Common code for the versions of SCORM: an IMS content package of one or several SCOs and their shared files."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from lxml import etree

from lokaltmot_lms.model import Course, Module
from lokaltmot_lms.pages import Tracking, render_module
from lokaltmot_lms.pages.media import PackageFile
from lokaltmot_lms.targets import xml

MANIFEST = "imsmanifest.xml"
LAUNCH = "index.html"


@dataclass(frozen=True, slots=True, kw_only=True)
class PackagedSco:
    """A module in a package. folder: of its pages, "" or "m-ID/". files: names of its own files, sorted."""

    module: Module
    folder: str
    files: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PackageContents:
    """The files of a package without its manifest. shared: names of files that belong to no single SCO, sorted."""

    scos: tuple[PackagedSco, ...]
    shared: tuple[str, ...]
    files: tuple[PackageFile, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """What differs in the manifest between versions of SCORM.

    scorm_type: the attribute that makes a resource a SCO, in the spelling of this version.
    finish_item: adds the last elements of an item.
    """

    namespaces: Mapping[str | None, str]
    schemaversion: str
    scorm_type: str
    finish_item: Callable[[etree._Element, Module], None]


def render_contents(course: Course, modules: tuple[Module, ...], tracking: Tracking) -> PackageContents:
    """Render one module at the root of a package, or each of several in its own folder next to shared files."""
    if len(modules) == 1:
        files = render_module(course, modules[0], tracking=tracking)
        sco = PackagedSco(module=modules[0], folder="", files=tuple(sorted(file.name for file in files)))
        return PackageContents(scos=(sco,), shared=(), files=files)
    scos = []
    together: dict[str, PackageFile] = {}
    for module in modules:
        folder = f"m-{module.id}/"
        files = render_module(course, module, tracking=tracking, folder=folder)
        own = sorted(file.name for file in files if file.name.startswith(folder))
        scos.append(PackagedSco(module=module, folder=folder, files=tuple(own)))
        together.update((file.name, file) for file in files)
    owned = {name for sco in scos for name in sco.files}
    shared = tuple(sorted(together.keys() - owned))
    return PackageContents(
        scos=tuple(scos), shared=shared, files=tuple(sorted(together.values(), key=lambda file: file.name))
    )


def manifest(course: Course, contents: PackageContents, dialect: Dialect) -> etree._Element:
    """Return the manifest element (IMS Content Packaging 1.1.4, 4): organization, items and resources.

    Every identifier comes from the author's ids: Moodle stores learners' scores by item identifier and deletes those
    of identifiers that disappear (datamodels/scormlib.php, Moodle 4.5).
    """
    scos = contents.scos
    title = scos[0].module.title if len(scos) == 1 else course.title
    name = course.id if len(scos) > 1 or scos[0].module.id == course.id else f"{course.id}.{scos[0].module.id}"
    top = xml.root(dialect.namespaces, "manifest", identifier=f"lokaltmot.{name}", version="1")
    metadata = xml.add(top, "metadata")
    xml.add(metadata, "schema", "ADL SCORM")
    xml.add(metadata, "schemaversion", dialect.schemaversion)
    organization_id = f"org_{_identifier(course.id)}"
    organizations = xml.add(top, "organizations", default=organization_id)
    organization = xml.add(organizations, "organization", identifier=organization_id)
    xml.add(organization, "title", title)
    for sco in scos:
        module = _identifier(sco.module.id)
        item = xml.add(organization, "item", identifier=f"item_{module}", identifierref=f"res_{module}")
        xml.add(item, "title", sco.module.title)
        dialect.finish_item(item, sco.module)
    _add_resources(top, contents, dialect)
    return top


def _add_resources(top: etree._Element, contents: PackageContents, dialect: Dialect) -> None:
    resources = xml.add(top, "resources")
    for sco in contents.scos:
        attributes = {"type": "webcontent", dialect.scorm_type: "sco", "href": xml.href(sco.folder + LAUNCH)}
        resource = xml.add(resources, "resource", identifier=f"res_{_identifier(sco.module.id)}", **attributes)
        _add_files(resource, sco.files)
        if contents.shared:
            xml.add(resource, "dependency", identifierref="shared")
    if contents.shared:
        attributes = {"type": "webcontent", dialect.scorm_type: "asset"}
        resource = xml.add(resources, "resource", identifier="shared", **attributes)
        _add_files(resource, contents.shared)


def _add_files(resource: etree._Element, names: tuple[str, ...]) -> None:
    for name in names:
        xml.add(resource, "file", href=xml.href(name))


def _identifier(author_id: str) -> str:
    # The same one-to-one rule as for ids sent at run time: authors may not write an underscore.
    return author_id.replace("-", "_")
