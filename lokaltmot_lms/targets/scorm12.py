"""SCORM 1.2: the version that every platform supports, and whose answers Moodle's reports show."""

from functools import partial

from lxml import etree

from lokaltmot_lms.model import Course, Module
from lokaltmot_lms.pages import Tracking
from lokaltmot_lms.pages.media import PackageFile
from lokaltmot_lms.targets import schema_files, xml
from lokaltmot_lms.targets.base import BuildOptions, Package, Target, stem
from lokaltmot_lms.targets.content_package import MANIFEST, Dialect, PackageContents, manifest, render_contents
from lokaltmot_lms.targets.presets import PRESETS

# SCORM 1.2 Content Aggregation Model, 2.3. Moodle expects exactly the prefix "adlcp".
_NAMESPACES: dict[str | None, str] = {
    None: "http://www.imsproject.org/xsd/imscp_rootv1p1p2",
    "adlcp": "http://www.adlnet.org/xsd/adlcp_rootv1p2",
}


def package(course: Course, modules: tuple[Module, ...], options: BuildOptions) -> Package:
    """Return a SCORM 1.2 package of one module, or of several as items of one organization.

    Raises:
        CourseError: --schemas names a folder without the control documents.
    """
    tracking = Tracking(name="scorm12", options={"done": PRESETS[options.preset].done_word})
    contents = render_contents(course, modules, tracking)
    documents = schema_files.control_documents(schema_files.SCORM12, options.schemas) if options.schemas else ()
    files = (*contents.files, *documents, PackageFile(name=MANIFEST, content=_manifest(course, contents, options)))
    return Package(
        name=stem(course, modules[0] if len(modules) == 1 else None, TARGET.name),
        files=tuple(sorted(files, key=lambda file: file.name)),
        modules=modules,
    )


def _manifest(course: Course, contents: PackageContents, options: BuildOptions) -> bytes:
    dialect = Dialect(
        namespaces=_NAMESPACES,
        schemaversion="1.2",
        scorm_type="adlcp__scormtype",
        finish_item=partial(_finish_item, options),
    )
    top = manifest(course, contents, dialect)
    if options.schemas:
        xml.locate_schemas(top, schema_files.SCORM12.documents)
    return xml.document(top)


def _finish_item(options: BuildOptions, item: etree._Element, module: Module) -> None:
    # No LOM: the schema of SCORM 1.2's LOM does not compile, so a record could not be validated.
    if options.mastery:
        xml.add(item, "adlcp:masteryscore", str(round(module.pass_share * 100)))


TARGET = Target(name="scorm12", title="SCORM 1.2", suffix=".zip", bundles=True, package=package)
