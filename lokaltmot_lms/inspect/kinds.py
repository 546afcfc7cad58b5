"""Recognises the kind of a manifest by the namespace of its root and by its metadata."""

from lxml import etree

from lokaltmot_lms.inspect.inspection import PackageKind, local, text_of

_BY_NAMESPACE = {
    "http://www.imsproject.org/xsd/imscp_rootv1p1p2": PackageKind.SCORM12,
    "https://w3id.org/xapi/profiles/cmi5/v1/CourseStructure.xsd": PackageKind.CMI5,
    "http://www.imsglobal.org/xsd/imsccv1p1/imsdt_v1p1": PackageKind.TOPIC,
    "http://www.imsglobal.org/xsd/imsccv1p1/imswl_v1p1": PackageKind.WEB_LINK,
    "http://www.imsglobal.org/xsd/imslticc_v1p0": PackageKind.LTI_LINK,
    "http://www.imsglobal.org/xsd/ims_qtiasiv1p2": PackageKind.QTI12,
    "http://canvas.instructure.com/xsd/cccv1p0": PackageKind.CANVAS_MODULES,
    "http://www.imsglobal.org/xsd/imsqti_v2p1": PackageKind.QTI21,
}
_SCORM2004 = "http://www.imsglobal.org/xsd/imscp_v1p1"
_BY_VERSION = {
    "2004 3rd Edition": PackageKind.SCORM2004_3,
    "2004 4th Edition": PackageKind.SCORM2004_4,
    "CAM 1.3": PackageKind.SCORM2004_2,
    "1.3": PackageKind.SCORM2004_2,
}
_CANVAS_FLAG = "course_settings/canvas_export.txt"


def kind_of(root: etree._Element) -> PackageKind:
    """Return the kind of a manifest. A SCORM 2004 manifest with an unknown version counts as 4th edition."""
    namespace = etree.QName(root).namespace or ""
    if namespace in _BY_NAMESPACE:
        return _BY_NAMESPACE[namespace]
    if local(root) != "manifest":
        return PackageKind.UNKNOWN
    if "imscc" in namespace:
        return PackageKind.CANVAS if _is_canvas(root) else PackageKind.CARTRIDGE
    if namespace == _SCORM2004:
        return _BY_VERSION.get(text_of(root.find("{*}metadata/{*}schemaversion")), PackageKind.SCORM2004_4)
    return PackageKind.UNKNOWN


def _is_canvas(root: etree._Element) -> bool:
    return any(resource.get("href") == _CANVAS_FLAG for resource in root.iterfind("{*}resources/{*}resource"))
