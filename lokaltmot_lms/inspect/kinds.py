"""Recognises the kind of a manifest by the namespace of its root and by its metadata."""

from lxml import etree

from lokaltmot_lms.inspect.inspection import PackageKind, local, text_of

_BY_NAMESPACE = {
    "https://w3id.org/xapi/profiles/cmi5/v1/CourseStructure.xsd": PackageKind.CMI5,
    "http://www.imsglobal.org/xsd/imsccv1p1/imsdt_v1p1": PackageKind.TOPIC,
    "http://www.imsglobal.org/xsd/imsccv1p1/imswl_v1p1": PackageKind.WEB_LINK,
    "http://www.imsglobal.org/xsd/imslticc_v1p0": PackageKind.LTI_LINK,
    "http://www.imsglobal.org/xsd/ims_qtiasiv1p2": PackageKind.QTI12,
    "http://canvas.instructure.com/xsd/cccv1p0": PackageKind.CANVAS_MODULES,
    "http://www.imsglobal.org/xsd/imsqti_v2p1": PackageKind.QTI21,
}
SCORM12 = "http://www.imsproject.org/xsd/imscp_rootv1p1p2"
SCORM2004 = "http://www.imsglobal.org/xsd/imscp_v1p1"
_BY_VERSION = {
    "2004 3rd Edition": PackageKind.SCORM2004_3,
    "2004 4th Edition": PackageKind.SCORM2004_4,
    "CAM 1.3": PackageKind.SCORM2004_2,
    "1.3": PackageKind.SCORM2004_2,
}
# ADL's namespaces, in any spelling, are in the names of attributes and elements of SCORM packages only.
_ADL2004 = "http://www.adlnet.org/xsd/adlcp_v1p3"
_CANVAS_FLAG = "course_settings/canvas_export.txt"


def kind_of(root: etree._Element) -> PackageKind:
    """Return the kind of a manifest.

    A SCORM package is what its version says, as in Moodle (mod/scorm/locallib.php); with an unknown version, what its
    namespaces say. A manifest without namespaces is SCORM when it says so in words.
    """
    namespace = etree.QName(root).namespace or ""
    if namespace in _BY_NAMESPACE:
        return _BY_NAMESPACE[namespace]
    if local(root) != "manifest":
        return PackageKind.UNKNOWN
    if "imscc" in namespace:
        return PackageKind.CANVAS if _is_canvas(root) else PackageKind.CARTRIDGE
    if namespace == SCORM12 or _is_scorm(root):
        return _scorm_kind(root, namespace)
    return PackageKind.UNKNOWN


def _scorm_kind(root: etree._Element, namespace: str) -> PackageKind:
    version = text_of(root.find("{*}metadata/{*}schemaversion"))
    if version in _BY_VERSION:
        return _BY_VERSION[version]
    is_2004 = namespace == SCORM2004 and (version != "1.2" or _ADL2004 in _namespaces(root))
    return PackageKind.SCORM2004_4 if is_2004 else PackageKind.SCORM12


def _is_scorm(root: etree._Element) -> bool:
    """Return whether a manifest is of SCORM, not of another standard that packs content alike, such as QTI."""
    types = [resource.get("type", "") for resource in root.iterfind("{*}resources/{*}resource")]
    if any(kind.startswith("imsqti") for kind in types):
        return False
    schema = text_of(root.find("{*}metadata/{*}schema"))
    says_scorm = "SCORM" in schema.upper() or any("adlnet.org" in uri for uri in _namespaces(root))
    return says_scorm or any(
        etree.QName(name).localname.lower() == "scormtype"
        for resource in root.iterfind("{*}resources/{*}resource")
        for name in map(str, resource.attrib)
    )


def _namespaces(root: etree._Element) -> frozenset[str]:
    return frozenset(uri for uri in root.nsmap.values() if uri)


def _is_canvas(root: etree._Element) -> bool:
    return any(resource.get("href") == _CANVAS_FLAG for resource in root.iterfind("{*}resources/{*}resource"))
