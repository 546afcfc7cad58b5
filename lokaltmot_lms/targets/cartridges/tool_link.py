"""A link that opens a module in our LTI tool: its URL, its maximum points, and its file."""

from decimal import Decimal

from lokaltmot_lms.model import Course, Module
from lokaltmot_lms.targets import question_banks, xml
from lokaltmot_lms.targets.base import stem

_SPACES: dict[str | None, str] = {
    None: "http://www.imsglobal.org/xsd/imslticc_v1p0",
    "blti": "http://www.imsglobal.org/xsd/imsbasiclti_v1p0",
    "lticm": "http://www.imsglobal.org/xsd/imslticm_v1p0",
    "lticp": "http://www.imsglobal.org/xsd/imslticp_v1p0",
}


def slug(course: Course, module: Module) -> str:
    """Return the name of a module's folder in the tool's folder of built modules, as `--target lti` writes it."""
    return stem(course, module, "lti")


def address(lti_url: str, course: Course, module: Module) -> str:
    """Return where a module is launched. The URL identifies it: Moodle loses custom parameters (4.5.6, measured)."""
    return f"{lti_url}/lti/module/{slug(course, module)}"


def points(module: Module) -> Decimal:
    """Return the maximum points of the module's quizzes; 1 without a quiz, because completion rules need a grade."""
    total = Decimal(0)
    for _, quiz in question_banks.quizzes(module):
        given = sorted((question.points for question in quiz.questions), reverse=True)
        total += sum(given[: quiz.draw], Decimal(0))
    return total or Decimal(1)


def link_file(lti_url: str, course: Course, module: Module) -> bytes:
    """Return the link as Common Cartridge 1.1 has it; valid against imslticc_v1p0p1.xsd.

    `outcome` makes Canvas take it for a graded assignment (lib/cc/importer/standard); anonymous keeps names away.
    """
    top = xml.root(_SPACES, "cartridge_basiclti_link")
    xml.add(top, "blti:title", module.title)
    xml.add(top, "blti:description", module.description or "")
    custom = xml.add(top, "blti:custom")
    xml.add(custom, "lticm:property", slug(course, module), name="module")
    extensions = xml.add(top, "blti:extensions", platform="canvas.instructure.com")
    for name, value in (("tool_id", "lokaltmot"), ("privacy_level", "anonymous"), ("outcome", f"{points(module):f}")):
        xml.add(extensions, "lticm:property", value, name=name)
    launch = address(lti_url, course, module)
    xml.add(top, "blti:secure_launch_url" if launch.startswith("https:") else "blti:launch_url", launch)
    vendor = xml.add(top, "blti:vendor")
    xml.add(vendor, "lticp:code", "lokaltmot")
    xml.add(vendor, "lticp:name", "Lokalt mot")
    return xml.document(top)
