"""Faults 518, 519 and 52x to 57x: what `lokaltmot inspect` finds in a package from any source."""

from lokaltmot_lms.errors.problem import Fault, Severity
from lokaltmot_lms.texts import N_

NOT_A_PACKAGE = Fault(
    code="LM520",
    message=N_("This is not a package: it is neither a complete zip file nor an XML manifest."),
    hint=N_("Export or download the package again. The file may be incomplete."),
    why=N_("A package is a zip file. If a platform can’t open the zip file, it says only that the upload failed."),
)
TOO_BIG = Fault(
    code="LM521",
    message=N_("The package may be a zip bomb: {name} takes {size} MB when unpacked."),
    hint=N_("Don’t unpack it. Ask the sender where it comes from."),
    why=N_(
        "A small zip file can fill a whole disk when it is unpacked. The limits are far above the size of any real "
        "course."
    ),
)
TOO_MANY = Fault(
    code="LM518",
    message=N_("The package claims to contain {count} files. More than {limit} are not opened."),
    hint=N_("Don’t unpack it. Ask the sender where it comes from."),
    why=N_(
        "A list of millions of files can stop a server before any of them is unpacked. No real course has that many."
    ),
)
MANIFEST_TOO_BIG = Fault(
    code="LM519",
    message=N_("{name} is larger than {limit} MB and was not read."),
    hint=N_("Check what else is in it. A manifest should contain only file names and titles."),
    why=N_(
        "Reading XML takes many times the file’s size in memory. Even the manifests of large courses are far below 1 "
        "MB."
    ),
)
UNSAFE_ENTRY = Fault(
    code="LM522",
    message=N_("The entry “{name}” points outside the package."),
    hint=N_("Don’t unpack it. Names in a package must be plain relative paths."),
    why=N_("An entry with “../” or an absolute path could overwrite files on the server that unpacks the package."),
)
LINK_ENTRY = Fault(
    code="LM523",
    message=N_("The entry “{name}” is a symbolic link."),
    hint=N_("Put the file itself into the package."),
    why=N_("A link can make a server show files that were never in the package. Most platforms reject links."),
)
ENCRYPTED_ENTRY = Fault(
    code="LM524",
    message=N_("The entry “{name}” is protected by a password."),
    hint=N_("Create the zip file again without a password."),
    why=N_("No learning platform asks for a password when it imports a package, so the import fails."),
)
DUPLICATE_ENTRY = Fault(
    code="LM525",
    message=N_("The name “{name}” is used by two entries of the zip file."),
    hint=N_("Keep one of them. A difference in uppercase and lowercase letters is not enough."),
    why=N_(
        "Programs disagree about which of two entries with the same name to use, and some servers ignore the "
        "difference between uppercase and lowercase letters."
    ),
)
NO_MANIFEST = Fault(
    code="LM526",
    message=N_("The package has no manifest at its root (imsmanifest.xml or cmi5.xml)."),
    hint=N_("Zip the contents of the folder, with the manifest at the top."),
    why=N_("The manifest tells a platform what the package is and where it starts."),
)
MANIFEST_IN_FOLDER = Fault(
    code="LM527",
    message=N_("The manifest is in a folder: {name}."),
    hint=N_("Zip the contents of that folder instead of the folder itself."),
    why=N_(
        "Platforms look for the manifest only at the root of the zip file. Moodle rejects the package because of this."
    ),
)
MANIFEST_CASE = Fault(
    code="LM528",
    message=N_("The manifest is named {name}."),
    hint=N_("Rename it to {right}, with exactly these letters."),
    why=N_("Servers distinguish uppercase from lowercase letters. Moodle reports that the manifest is missing."),
)
NOT_XML = Fault(
    code="LM529",
    message=N_("The manifest is not well-formed XML: {reason}."),
    hint=N_("Fix the line. Note that & must be written &amp;."),
    why=N_("A platform stops at the first XML error, often with a blank page."),
)
HAS_DOCTYPE = Fault(
    code="LM530",
    message=N_("The manifest has a document type declaration."),
    hint=N_("Delete <!DOCTYPE …> and its entities."),
    why=N_(
        "Entities are placeholders that XML replaces with other text. They can make a small file huge or read files "
        "from the server. None of the supported standards needs them."
    ),
)
UNKNOWN_KIND = Fault(
    code="LM531",
    message=N_("This kind of package is not supported."),
    hint=N_("Use SCORM 1.2 or 2004, cmi5, Common Cartridge or a Canvas package."),
    why=N_("The manifest’s namespaces and its schema and schemaversion elements show what kind of package it is."),
)
SCHEMA_NOT_JUDGED = Fault(
    code="LM532",
    message=N_("The manifest was not validated against the schema of {kind}: no schema files were found."),
    hint=N_("Give the folder that contains them with --schemas or in LOKALTMOT_SCHEMAS."),
    why=N_(
        "The schema files belong to ADL, IMS and others and are not part of lokaltmot. All other rules were checked."
    ),
    severity=Severity.NOTE,
)
SCHEMA_BROKEN = Fault(
    code="LM533",
    message=N_("The file does not follow the standard’s schema: {reason}"),
    hint=N_("Compare the line with an example from the standard."),
    why=N_(
        "The standard’s XML schema defines which elements are allowed where. Strict platforms reject a file that does "
        "not follow it. For cmi5 this is requirement 13.2.0.0-1."
    ),
)
METADATA_ORDER = Fault(
    code="LM534",
    message=N_("The manifest’s metadata does not start with schema followed by schemaversion."),
    hint=N_("Write <schema>{schema}</schema><schemaversion>…</schemaversion> first in <metadata>."),
    why=N_("Without these two elements, in this order, platforms guess the version. Moodle guesses SCORM 1.2."),
)
SCHEMAVERSION = Fault(
    code="LM535",
    message=N_("“{found}” is not a schemaversion of {kind}."),
    hint=N_("Write one of: {allowed}."),
    why=N_(
        "Platforms compare the text character by character. Moodle plays a package with an unknown version as SCORM "
        "1.2."
    ),
)
DANGLING_REFERENCE = Fault(
    code="LM536",
    message=N_("{attribute}=“{name}” does not match any identifier in the manifest."),
    hint=N_("Use an identifier that exists, with the same uppercase and lowercase letters."),
    why=N_("Moodle still creates the activity, and the learner sees an empty frame."),
)
LISTED_BUT_MISSING = Fault(
    code="LM537",
    message=N_("The manifest lists {name}, but the file is not in the package."),
    hint=N_("Add the file or remove it from the manifest. Uppercase and lowercase letters must match."),
    why=N_("A platform that relies on the manifest opens a page that doesn’t exist."),
)
NOT_LISTED = Fault(
    code="LM538",
    message=N_("Files in the package that the manifest does not list: {count}. The first is {name}."),
    hint=N_("List each as <file href=…/>."),
    why=N_("Most platforms unpack everything, but some copy only what the manifest lists."),
    severity=Severity.NOTE,
)
SCORMTYPE_CASE = Fault(
    code="LM539",
    message=N_("“adlcp:{found}” is the spelling of the other SCORM version."),
    hint=N_("Write adlcp:{right} in {kind}."),
    why=N_(
        "SCORM 1.2 uses scormtype and SCORM 2004 uses scormType. With the wrong spelling, a platform treats the page "
        "as a plain file and records nothing. The SCORM 2004 schema does not detect this."
    ),
)
MASTERY_RANGE = Fault(
    code="LM540",
    message=N_("The mastery score {found} is not a number from 0 to 100."),
    hint=N_("Write a number such as 80, without a percent sign."),
    why=N_("Learners can never reach a mastery score above 100, so nobody passes. The schema does not detect this."),
)
MEASURE_RANGE = Fault(
    code="LM541",
    message=N_("minNormalizedMeasure {found} is not a number from -1 to 1."),
    hint=N_("Write 0.8 for 80 per cent."),
    why=N_("SCORM 2004 scores go from -1 to 1. Learners can never reach 80."),
)
PARENT_WITH_REFERENCE = Fault(
    code="LM542",
    message=N_("The item “{name}” has both items below it and an identifierref."),
    hint=N_("Use identifierref only on items that have no items below them."),
    why=N_("An item is either a heading or something to open. ADL’s checker rejects an item that is both."),
)
NO_HREF = Fault(
    code="LM543",
    message=N_("The resource “{name}” of an item has no href."),
    hint=N_("Add an href with the page to open."),
    why=N_("Without an href the platform has no page to open."),
)
HREF_NOT_LISTED = Fault(
    code="LM544",
    message=N_("The resource “{name}” does not list its own page {href} as a file."),
    hint=N_('Add <file href="{href}"/> to the resource.'),
    why=N_(
        "The page to open must be among the files of its resource, with the same spelling. ADL’s checker requires it."
    ),
)
CONTROL_DOCUMENTS = Fault(
    code="LM545",
    message=N_(
        "The control documents (schema files) are not at the root of the package. The first that is missing is {name}."
    ),
    hint=N_("Build with --schemas if the receiver uses ADL’s checker. Ordinary platforms do not need them."),
    why=N_("SCORM 2004 requires the schema files in the package. Moodle and most other platforms never use them."),
    severity=Severity.WARNING,
)
QUERY_IN_HREF = Fault(
    code="LM546",
    message=N_("The href {href} contains a query string."),
    hint=N_("Move the query string (the part after the question mark) to the item’s parameters."),
    why=N_(
        "In SCORM the query string belongs in item/@parameters. Some servers look for a file with the question mark in "
        "its name."
    ),
    severity=Severity.NOTE,
)
NOTHING_TO_OPEN = Fault(
    code="LM547",
    message=N_("The package has no item that a learner can open and that reports to the platform."),
    hint=N_("Let an item point to a resource of scormtype sco."),
    why=N_("A resource without scormtype is shown as a plain file: the learner can read it, but nothing is recorded."),
    severity=Severity.WARNING,
)
DUPLICATE_IDENTIFIER = Fault(
    code="LM548",
    message=N_("The identifier “{name}” is used twice."),
    hint=N_("Give each element of the manifest its own identifier."),
    why=N_(
        "Platforms store learners’ results by identifier. Two elements with the same identifier share or lose their "
        "results."
    ),
)
NO_ORGANIZATION = Fault(
    code="LM549",
    message=N_("The manifest has no organization with an item."),
    hint=N_("Add an organization with at least one item."),
    why=N_("The organization is the table of contents. Without an item, the learner has nothing to open."),
)
FAR_AWAY = Fault(
    code="LM550",
    message=N_("The resource “{name}” is a remote URL: {href}."),
    hint=N_("Add the page to the package, or make sure that every learner can reach the address."),
    why=N_("A page from another host can’t reach the platform’s API in the browser, so nothing is recorded."),
    severity=Severity.WARNING,
)

CMI5_IRI = Fault(
    code="LM560",
    message=N_("The id “{name}” is not a full IRI, an identifier like a web address (cmi5 3.0.0.0-1)."),
    hint=N_("Start it with a scheme, such as https://."),
    why=N_("Every id of a cmi5 course must be a full IRI, so that it is unique everywhere."),
)
CMI5_URL_NOT_FULL = Fault(
    code="LM561",
    message=N_(
        "The URL “{name}” is relative, but the course has no package that could contain the file (cmi5 14.2.0.0-1)."
    ),
    hint=N_("Write the full URL, or put the course in a zip file."),
    why=N_("A course structure that is delivered as a single XML file has no other files with it."),
)
CMI5_FILE_MISSING = Fault(
    code="LM562",
    message=N_("The URL “{name}” is relative, but the package has no such file (cmi5 14.1.0.0-4)."),
    hint=N_("Add the file to the package or write the full URL."),
    why=N_("A page that is not in the zip file must have a full URL."),
)
CMI5_QUERY_CLASH = Fault(
    code="LM563",
    message=N_("The URL has the parameter “{name}”, which the platform sets itself (cmi5 8.1.0.0-6)."),
    hint=N_("Rename it. The names endpoint, fetch, actor, registration and activityId are reserved."),
    why=N_(
        "The platform adds these five parameters when it opens the page. Two with the same name can’t be told apart."
    ),
)
CMI5_DUPLICATE = Fault(
    code="LM564",
    message=N_("The {element} id “{name}” is used twice (cmi5 {requirement})."),
    hint=N_("Give each {element} its own id."),
    why=N_("Results are stored by id. The schema does not detect duplicate ids."),
)
CMI5_BAD_URL = Fault(
    code="LM565",
    message=N_("“{name}” is not a valid URL (cmi5 13.1.4.0-2)."),
    hint=N_("Encode spaces and other special characters, for example %20 for a space."),
    why=N_("A URL must follow the rules of RFC 1738, or the browser can’t open it."),
)
CMI5_STRUCTURE = Fault(
    code="LM566",
    message=N_("The course structure has wrong elements or a wrong order: {what} (cmi5 13.2.0.0-1)."),
    hint=N_("Write title and description first, then the rest as in the specification’s example."),
    why=N_("A cmi5 platform validates the file against the schema and must reject it."),
)
CMI5_ALONE = Fault(
    code="LM567",
    message=N_("The URL “{name}” can’t be checked, because cmi5.xml was given without its package."),
    hint=N_("Inspect the whole zip file."),
    why=N_("cmi5.xml is the course structure inside a zip file. Its relative URLs refer to files in that zip file."),
    severity=Severity.WARNING,
)

CC_ORGANIZATION = Fault(
    code="LM570",
    message=N_(
        "A cartridge must have exactly one organization with structure=“rooted-hierarchy” and one root item without a "
        "title."
    ),
    hint=N_("Wrap all items in one root item."),
    why=N_("The root item is the course itself. Platforms drop a second root."),
)
CC_ITEM_TITLE = Fault(
    code="LM571",
    message=N_("The item “{name}” has no title."),
    hint=N_("Give every item below the root a title."),
    why=N_("The title is what learners see in the list of contents."),
)
CC_TYPE = Fault(
    code="LM572",
    message=N_("“{found}” is not a resource type of Common Cartridge {version}."),
    hint=N_("Use one of the types in the specification, with the same spelling."),
    why=N_(
        "Each version has a fixed list of types. Canvas accepts other types, which hides the mistake. Other platforms "
        "do not."
    ),
)
CC_HREF = Fault(
    code="LM573",
    message=N_("The resource “{name}” of type {found} has an href."),
    hint=N_("Remove the href and list the file. Only web content has an href."),
    why=N_("Quizzes, topics and links are read by the platform, not opened in the browser."),
    severity=Severity.WARNING,
)
CC_QUESTION_BANKS = Fault(
    code="LM574",
    message=N_("The cartridge has more than one question bank."),
    hint=N_("Merge them into one."),
    why=N_("Common Cartridge allows only one question bank in a package."),
)
CANVAS_WORD = Fault(
    code="LM575",
    message=N_("“{found}” is not a value that Canvas knows for {what}."),
    hint=N_("Use one of: {allowed}."),
    why=N_("Canvas ignores values it does not know: the item is missing, or the requirement is never met."),
)
