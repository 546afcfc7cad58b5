"""Faults 560 to 578: what `lokaltmot inspect` finds in other packages than SCORM: cmi5, cartridges, single files."""

from lokaltmot_lms.errors.platforms import (
    CANVAS,
    CARTRIDGE,
    CMI5,
    SHOWN,
)
from lokaltmot_lms.errors.problem import Fault, Severity
from lokaltmot_lms.texts import N_

CMI5_IRI = Fault(
    code="LM560",
    message=N_("The id “{name}” is not a full IRI, an identifier like a web address (cmi5 3.0.0.0-1)."),
    hint=N_("Start it with a scheme, such as https://."),
    why=N_("Every id of a cmi5 course must be a full IRI, so that it is unique everywhere."),
    platforms=CMI5,
)
CMI5_URL_NOT_FULL = Fault(
    code="LM561",
    message=N_(
        "The URL “{name}” is relative, but the course has no package that could contain the file (cmi5 14.2.0.0-1)."
    ),
    hint=N_("Write the full URL, or put the course in a zip file."),
    why=N_("A course structure that is delivered as a single XML file has no other files with it."),
    platforms=CMI5,
)
CMI5_FILE_MISSING = Fault(
    code="LM562",
    message=N_("The URL “{name}” is relative, but the package has no such file (cmi5 14.1.0.0-4)."),
    hint=N_("Add the file to the package or write the full URL."),
    why=N_("A page that is not in the zip file must have a full URL."),
    platforms=CMI5,
)
CMI5_QUERY_CLASH = Fault(
    code="LM563",
    message=N_("The URL has the parameter “{name}”, which the platform sets itself (cmi5 8.1.0.0-6)."),
    hint=N_("Rename it. The names endpoint, fetch, actor, registration and activityId are reserved."),
    why=N_(
        "The platform adds these five parameters when it opens the page. Two with the same name can’t be told apart."
    ),
    platforms=CMI5,
)
CMI5_DUPLICATE = Fault(
    code="LM564",
    message=N_("The {element} id “{name}” is used twice (cmi5 {requirement})."),
    hint=N_("Give each {element} its own id."),
    why=N_("Results are stored by id. The schema does not detect duplicate ids."),
    platforms=CMI5,
)
CMI5_BAD_URL = Fault(
    code="LM565",
    message=N_("“{name}” is not a valid URL (cmi5 13.1.4.0-2)."),
    hint=N_("Encode spaces and other special characters, for example %20 for a space."),
    why=N_("A URL must follow the rules of RFC 1738, or the browser can’t open it."),
    platforms=CMI5,
)
CMI5_STRUCTURE = Fault(
    code="LM566",
    message=N_("The course structure has wrong elements or a wrong order: {what} (cmi5 13.2.0.0-1)."),
    hint=N_("Write title and description first, then the rest as in the specification’s example."),
    why=N_("A cmi5 platform validates the file against the schema and must reject it."),
    platforms=CMI5,
)
CMI5_ALONE = Fault(
    code="LM567",
    message=N_("The URL “{name}” can’t be checked, because cmi5.xml was given without its package."),
    hint=N_("Inspect the whole zip file."),
    why=N_("cmi5.xml is the course structure inside a zip file. Its relative URLs refer to files in that zip file."),
    severity=Severity.WARNING,
    platforms=SHOWN,
)

CC_ORGANIZATION = Fault(
    code="LM570",
    message=N_(
        "A cartridge must have exactly one organization with structure=“rooted-hierarchy” and one root item without a "
        "title."
    ),
    hint=N_("Wrap all items in one root item."),
    why=N_("The root item is the course itself. Platforms drop a second root."),
    platforms=CARTRIDGE,
)
CC_ITEM_TITLE = Fault(
    code="LM571",
    message=N_("The item “{name}” has no title."),
    hint=N_("Give every item below the root a title."),
    why=N_("The title is what learners see in the list of contents."),
    platforms=CARTRIDGE,
)
CC_TYPE = Fault(
    code="LM572",
    message=N_("“{found}” is not a resource type of Common Cartridge {version}."),
    hint=N_("Use one of the types in the specification, with the same spelling."),
    why=N_(
        "Each version has a fixed list of types. Canvas accepts other types, which hides the mistake. Other platforms "
        "do not."
    ),
    platforms=CARTRIDGE,
)
CC_HREF = Fault(
    code="LM573",
    message=N_("The resource “{name}” of type {found} has an href."),
    hint=N_("Remove the href and list the file. Only web content has an href."),
    why=N_("Quizzes, topics and links are read by the platform, not opened in the browser."),
    severity=Severity.WARNING,
    platforms=CARTRIDGE,
)
CC_QUESTION_BANKS = Fault(
    code="LM574",
    message=N_("The cartridge has more than one question bank."),
    hint=N_("Merge them into one."),
    why=N_("Common Cartridge allows only one question bank in a package."),
    platforms=CARTRIDGE,
)
CANVAS_WORD = Fault(
    code="LM575",
    message=N_("“{found}” is not a value that Canvas knows for {what}."),
    hint=N_("Use one of: {allowed}."),
    why=N_("Canvas ignores values it does not know: the item is missing, or the requirement is never met."),
    platforms=CANVAS,
)
WEB_LINK_WITHOUT_URL = Fault(
    code="LM576",
    message=N_("The web link has no address."),
    hint=N_("Write the address in <url href=…/>."),
    why=N_("A web link of a cartridge is a title and an address. Without the address, nothing can be opened."),
    platforms=CARTRIDGE,
)
QTI_NUMBER = Fault(
    code="LM577",
    message=N_("{attribute}=“{found}” is not a whole number."),
    hint=N_("Write a number, such as 1."),
    why=N_("Programs that read QTI need the number to know how many answers a learner may choose."),
    platforms=N_("Platforms that validate QTI, such as TAO, refuse the question."),
)
AICC_PACKAGE = Fault(
    code="LM569",
    message=N_("This is a package of AICC, an older standard than SCORM. Its content was not checked."),
    hint=N_("If you can, export it again as SCORM 1.2."),
    why=N_("An AICC package has no manifest. It is described by files that end in .crs and .au."),
    severity=Severity.WARNING,
    platforms=N_("Moodle takes it in the SCORM activity. Many newer platforms do not take AICC."),
)
XAPI_PACKAGE = Fault(
    code="LM578",
    message=N_("This is a package of xAPI (Tin Can), which is not supported: it has {name} and no manifest of SCORM."),
    hint=N_("Export it again as SCORM 1.2 or cmi5."),
    why=N_("xAPI says how content reports, and not how a platform opens it. cmi5 does."),
    platforms=N_("Moodle’s SCORM activity and Canvas refuse it. SCORM Cloud takes it."),
)
