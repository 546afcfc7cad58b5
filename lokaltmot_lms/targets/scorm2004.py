"""SCORM 2004, 4th or 3rd edition: completion and success are separate, and answers carry the question's text."""

from functools import partial

from lxml import etree

from lokaltmot_lms.model import Course, Module
from lokaltmot_lms.pages import Tracking
from lokaltmot_lms.pages.media import PackageFile
from lokaltmot_lms.targets import lom, schema_files, xml
from lokaltmot_lms.targets.base import BuildOptions, Package, Target, stem
from lokaltmot_lms.targets.content_package import MANIFEST, Dialect, PackageContents, manifest, render_contents

# SCORM 2004 4th Ed. Content Aggregation Model, 3.4. Moodle expects exactly these prefixes.
_NAMESPACES: dict[str | None, str] = {
    None: "http://www.imsglobal.org/xsd/imscp_v1p1",
    "adlcp": "http://www.adlnet.org/xsd/adlcp_v1p3",
    "adlseq": "http://www.adlnet.org/xsd/adlseq_v1p3",
    "adlnav": "http://www.adlnet.org/xsd/adlnav_v1p3",
    "imsss": "http://www.imsglobal.org/xsd/imsss",
    "lom": "http://ltsc.ieee.org/xsd/LOM",
}
# Exactly these texts: Moodle takes any other for SCORM 1.2.
_SCHEMAVERSION = {3: "2004 3rd Edition", 4: "2004 4th Edition"}


def package(course: Course, modules: tuple[Module, ...], options: BuildOptions) -> Package:
    """Return a SCORM 2004 package of one module, or of several as items of one organization.

    Raises:
        CourseError: --schemas names a folder without the control documents.
    """
    contents = render_contents(course, modules, Tracking(name="scorm2004", options={}))
    standard = schema_files.SCORM2004[options.edition]
    documents = schema_files.control_documents(standard, options.schemas) if options.schemas else ()
    # The 3rd edition's schemas refuse LOM unless LOM's schema is in the package; the 4th edition's accept it.
    with_lom = any(file.name == "lom.xsd" for file in documents) if documents else options.edition == 4
    content = _manifest(course, contents, options, with_lom=with_lom)
    files = (*contents.files, *documents, PackageFile(name=MANIFEST, content=content))
    return Package(
        name=stem(course, modules[0] if len(modules) == 1 else None, TARGET.name),
        files=tuple(sorted(files, key=lambda file: file.name)),
        modules=modules,
    )


def _manifest(course: Course, contents: PackageContents, options: BuildOptions, *, with_lom: bool) -> bytes:
    alone = contents.scos[0].module if len(contents.scos) == 1 else None
    namespaces = {prefix: name for prefix, name in _NAMESPACES.items() if prefix != "lom" or with_lom}
    dialect = Dialect(
        namespaces=namespaces,
        schemaversion=_SCHEMAVERSION[options.edition],
        scorm_type="adlcp__scormType",
        finish_item=partial(_finish_item, options, alone is not None),
    )
    top = manifest(course, contents, dialect)
    if with_lom:
        lom.add_lom(top[0], alone or course)
    _allow_choice(top)
    if options.schemas:
        xml.locate_schemas(
            top, schema_files.SCORM2004[options.edition].documents | (schema_files.LOM if with_lom else {})
        )
    return xml.document(top)


def _finish_item(options: BuildOptions, alone: bool, item: etree._Element, module: Module) -> None:
    if alone:  # the player has its own back and continue buttons
        interface = xml.add(xml.add(item, "adlnav:presentation"), "adlnav:navigationInterface")
        for button in ("previous", "continue"):
            xml.add(interface, "adlnav:hideLMSUI", button)
    sequencing = xml.add(item, "imsss:sequencing")
    if options.mastery:
        objectives = xml.add(sequencing, "imsss:objectives")
        primary = xml.add(objectives, "imsss:primaryObjective", objectiveID="module", satisfiedByMeasure="true")
        xml.add(primary, "imsss:minNormalizedMeasure", str(module.pass_share))
    # Without this a platform counts a module that reported nothing as completed and passed (Sequencing and
    # Navigation, 3.13.2 and 3.13.3: both default to false).
    xml.add(sequencing, "imsss:deliveryControls", completionSetByContent="true", objectiveSetByContent="true")


def _allow_choice(top: etree._Element) -> None:
    organization = top.find("{*}organizations/{*}organization")
    if organization is not None:
        sequencing = xml.add(organization, "imsss:sequencing")
        xml.add(sequencing, "imsss:controlMode", choice="true", flow="true")


TARGET = Target(name="scorm2004", title="SCORM 2004", suffix=".zip", bundles=True, package=package)
