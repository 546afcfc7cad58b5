"""Faults 518 to 559: what `lokaltmot inspect` finds in a zip file and in a manifest of SCORM."""

from lokaltmot_lms.errors.platforms import (
    ALL_REFUSE,
    DIFFER,
    LETTER,
    MOODLE_REFUSES,
    NOT_RECOGNISED,
    NOT_USED,
    OPENS_NOTHING,
    SHOWN,
    SHOWS_NOTHING,
    TAKEN,
    UNSAFE,
    WRONG_RESULT,
    WRONG_VERSION,
)
from lokaltmot_lms.errors.problem import Fault, Severity
from lokaltmot_lms.texts import N_

NOT_A_PACKAGE = Fault(
    code="LM520",
    message=N_("This is not a package: it is neither a complete zip file nor an XML manifest."),
    hint=N_("Export or download the package again. The file may be incomplete."),
    why=N_("A package is a zip file. If a platform can’t open the zip file, it says only that the upload failed."),
    platforms=ALL_REFUSE,
)
TOO_BIG = Fault(
    code="LM521",
    message=N_("The package may be a zip bomb: {name} takes {size} MB when unpacked."),
    hint=N_("Don’t unpack it. Ask the sender where it comes from."),
    why=N_(
        "A small zip file can fill a whole disk when it is unpacked. The limits are far above the size of any real "
        "course."
    ),
    platforms=UNSAFE,
)
TOO_MANY = Fault(
    code="LM518",
    message=N_("The package claims to contain {count} files. More than {limit} are not opened."),
    hint=N_("Don’t unpack it. Ask the sender where it comes from."),
    why=N_(
        "A list of millions of files can stop a server before any of them is unpacked. No real course has that many."
    ),
    platforms=UNSAFE,
)
MANIFEST_TOO_BIG = Fault(
    code="LM519",
    message=N_("{name} is larger than {limit} MB and was not read."),
    hint=N_("Check what else is in it. A manifest should contain only file names and titles."),
    why=N_(
        "Reading XML takes many times the file’s size in memory. Even the manifests of large courses are far below 1 "
        "MB."
    ),
    platforms=UNSAFE,
)
UNSAFE_ENTRY = Fault(
    code="LM522",
    message=N_("The entry “{name}” points outside the package."),
    hint=N_("Don’t unpack it. Names in a package must be plain relative paths."),
    why=N_("An entry with “../” or an absolute path could overwrite files on the server that unpacks the package."),
    platforms=UNSAFE,
)
LINK_ENTRY = Fault(
    code="LM523",
    message=N_("The entry “{name}” is a symbolic link."),
    hint=N_("Put the file itself into the package."),
    why=N_("A link can make a server show files that were never in the package. Most platforms reject links."),
    platforms=UNSAFE,
)
ENCRYPTED_ENTRY = Fault(
    code="LM524",
    message=N_("The entry “{name}” is protected by a password."),
    hint=N_("Create the zip file again without a password."),
    why=N_("No learning platform asks for a password when it imports a package, so the import fails."),
    platforms=ALL_REFUSE,
)
DUPLICATE_ENTRY = Fault(
    code="LM525",
    message=N_("The name “{name}” is used by two entries of the zip file."),
    hint=N_("Keep one of them. A difference in uppercase and lowercase letters is not enough."),
    why=N_(
        "Programs disagree about which of two entries with the same name to use, and some servers ignore the "
        "difference between uppercase and lowercase letters."
    ),
    platforms=UNSAFE,
)
NO_MANIFEST = Fault(
    code="LM526",
    message=N_("The package has no manifest at its root (imsmanifest.xml or cmi5.xml)."),
    hint=N_("Zip the contents of the folder, with the manifest at the top."),
    why=N_("The manifest tells a platform what the package is and where it starts."),
    platforms=ALL_REFUSE,
)
MANIFEST_IN_FOLDER = Fault(
    code="LM527",
    message=N_("The manifest is in a folder: {name}."),
    hint=N_("Open the folder {folder}, select everything in it, and make a zip file of that."),
    why=N_(
        "Platforms look for the manifest only at the root of the zip file. Moodle rejects the package because of this."
    ),
    platforms=MOODLE_REFUSES,
)
MANIFEST_CASE = Fault(
    code="LM528",
    message=N_("The manifest is named {name}."),
    hint=N_("Rename it to {right}, with exactly these letters."),
    why=N_("Servers distinguish uppercase from lowercase letters. Moodle reports that the manifest is missing."),
    platforms=MOODLE_REFUSES,
)
NOT_XML = Fault(
    code="LM529",
    message=N_("The manifest is not well-formed XML: {reason}."),
    hint=N_("Fix the line. Note that & must be written &amp;."),
    why=N_("A platform stops at the first XML error, often with a blank page."),
    platforms=MOODLE_REFUSES,
)
XML_REPAIRED = Fault(
    code="LM568",
    message=N_(
        "The manifest has an & that is not written &amp;, or a prefix that is not declared. It was read all the same."
    ),
    hint=N_("If a platform refuses the package, remove the & from titles and export it again."),
    why=N_("In XML, an & begins the name of a character, and each prefix, such as adlcp:, has a declaration."),
    severity=Severity.WARNING,
    platforms=N_("Moodle takes it (measured in 4.5). Platforms that read XML strictly refuse the package."),
)
HAS_DOCTYPE = Fault(
    code="LM530",
    message=N_("The manifest has a document type declaration."),
    hint=N_("Delete <!DOCTYPE …> and its entities."),
    why=N_(
        "Entities are placeholders that XML replaces with other text. They can make a small file huge or read files "
        "from the server. None of the supported standards needs them."
    ),
    platforms=UNSAFE,
)
UNKNOWN_KIND = Fault(
    code="LM531",
    message=N_("This kind of package is not supported."),
    hint=N_("Use SCORM 1.2 or 2004, cmi5, Common Cartridge or a Canvas package."),
    why=N_("The manifest’s namespaces and its schema and schemaversion elements show what kind of package it is."),
    platforms=NOT_RECOGNISED,
)
SCHEMA_NOT_JUDGED = Fault(
    code="LM532",
    message=N_("The letter of {kind} was not checked: no schema files were found."),
    hint=N_("The verdict is the same without them. To check the letter too, give their folder with --schemas."),
    why=N_(
        "The schema files belong to ADL, IMS and others and are not part of lokaltmot. Rules without schema files "
        "check what platforms require."
    ),
    severity=Severity.NOTE,
    platforms=LETTER,
)
SCHEMA_BROKEN = Fault(
    code="LM533",
    message=N_("The file does not follow the letter of {kind}. Places: {count}. The first is <{element}>."),
    hint=N_("You need not do anything. Those who make the authoring tool get the list with lokaltmot inspect --json."),
    why=N_(
        "Each standard has schema files that say exactly which elements are allowed where. Packages from well-known "
        "authoring tools differ from them and work everywhere. What platforms do require is checked by other rules."
    ),
    severity=Severity.NOTE,
    platforms=LETTER,
)
METADATA_ORDER = Fault(
    code="LM534",
    message=N_("The manifest’s metadata does not start with schema followed by schemaversion."),
    hint=N_("Write <schema>{schema}</schema><schemaversion>…</schemaversion> first in <metadata>."),
    why=N_("Without these two elements, in this order, platforms guess the version. Moodle guesses SCORM 1.2."),
    platforms=WRONG_VERSION,
)
SCHEMAVERSION = Fault(
    code="LM535",
    message=N_("“{found}” is not a schemaversion of {kind}."),
    hint=N_("Write one of: {allowed}."),
    why=N_(
        "Platforms compare the text character by character. Moodle plays a package with an unknown version as SCORM "
        "1.2."
    ),
    platforms=WRONG_VERSION,
)
DANGLING_REFERENCE = Fault(
    code="LM536",
    message=N_("{attribute}=“{name}” does not match any identifier in the manifest."),
    hint=N_("Use an identifier that exists, with the same uppercase and lowercase letters."),
    why=N_("Moodle still creates the activity, and the learner sees an empty frame."),
    platforms=OPENS_NOTHING,
)
LISTED_BUT_MISSING = Fault(
    code="LM537",
    message=N_("The manifest lists {name}, but the file is not in the package."),
    hint=N_("Add the file or remove it from the manifest. Uppercase and lowercase letters must match."),
    why=N_("A platform that relies on the manifest opens a page that doesn’t exist."),
    severity=Severity.WARNING,
    platforms=TAKEN,
)
NOT_LISTED = Fault(
    code="LM538",
    message=N_("Files in the package that the manifest does not list: {count}. The first is {name}."),
    hint=N_("List each as <file href=…/>."),
    why=N_("Most platforms unpack everything, but some copy only what the manifest lists."),
    severity=Severity.NOTE,
    platforms=SHOWN,
)
SCORMTYPE_CASE = Fault(
    code="LM539",
    message=N_("“adlcp:{found}” is the spelling of the other SCORM version."),
    hint=N_("Write adlcp:{right} in {kind}."),
    why=N_(
        "SCORM 1.2 uses scormtype and SCORM 2004 uses scormType. With the wrong spelling, a platform treats the page "
        "as a plain file and records nothing. The SCORM 2004 schema does not detect this."
    ),
    platforms=WRONG_RESULT,
)
MASTERY_RANGE = Fault(
    code="LM540",
    message=N_("The mastery score {found} is not a number from 0 to 100."),
    hint=N_("Write a number such as 80, without a percent sign."),
    why=N_("Learners can never reach a mastery score above 100, so nobody passes. The schema does not detect this."),
    platforms=WRONG_RESULT,
)
MEASURE_RANGE = Fault(
    code="LM541",
    message=N_("minNormalizedMeasure {found} is not a number from -1 to 1."),
    hint=N_("Write 0.8 for 80 per cent."),
    why=N_("SCORM 2004 scores go from -1 to 1. Learners can never reach 80."),
    platforms=WRONG_RESULT,
)
PARENT_WITH_REFERENCE = Fault(
    code="LM542",
    message=N_("The item “{name}” has both items below it and an identifierref."),
    hint=N_("Use identifierref only on items that have no items below them."),
    why=N_("An item is either a heading or something to open. ADL’s checker rejects an item that is both."),
    severity=Severity.WARNING,
    platforms=TAKEN,
)
NO_HREF = Fault(
    code="LM543",
    message=N_("The resource “{name}” of an item has no href."),
    hint=N_("Add an href with the page to open."),
    why=N_("Without an href the platform has no page to open."),
    platforms=SHOWS_NOTHING,
)
HREF_NOT_LISTED = Fault(
    code="LM544",
    message=N_("The resource “{name}” does not list its own page {href} as a file."),
    hint=N_('Add <file href="{href}"/> to the resource.'),
    why=N_(
        "The page to open must be among the files of its resource, with the same spelling. ADL’s checker requires it."
    ),
    severity=Severity.WARNING,
    platforms=TAKEN,
)
CONTROL_DOCUMENTS = Fault(
    code="LM545",
    message=N_(
        "The control documents (schema files) are not at the root of the package. The first that is missing is {name}."
    ),
    hint=N_("Build with --schemas if the receiver uses ADL’s checker. Ordinary platforms do not need them."),
    why=N_("SCORM 2004 requires the schema files in the package. Moodle and most other platforms never use them."),
    severity=Severity.NOTE,
    platforms=NOT_USED,
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
    platforms=SHOWN,
)
NOTHING_TO_OPEN = Fault(
    code="LM547",
    message=N_("The package has no item that a learner can open and that reports to the platform."),
    hint=N_("Let an item point to a resource of scormtype sco."),
    why=N_("A resource without scormtype is shown as a plain file: the learner can read it, but nothing is recorded."),
    severity=Severity.WARNING,
    platforms=DIFFER,
)
DUPLICATE_IDENTIFIER = Fault(
    code="LM548",
    message=N_("The identifier “{name}” is used twice."),
    hint=N_("Give each element of the manifest its own identifier."),
    why=N_(
        "Platforms store learners’ results by identifier. Two elements with the same identifier share or lose their "
        "results."
    ),
    severity=Severity.WARNING,
    platforms=TAKEN,
)
NO_ORGANIZATION = Fault(
    code="LM549",
    message=N_("The manifest has no organization with an item."),
    hint=N_("Add an organization with at least one item."),
    why=N_("The organization is the table of contents. Without an item, the learner has nothing to open."),
    severity=Severity.WARNING,
    platforms=TAKEN,
)
FAR_AWAY = Fault(
    code="LM550",
    message=N_("The resource “{name}” is a remote URL: {href}."),
    hint=N_("Add the page to the package, or make sure that every learner can reach the address."),
    why=N_("A page from another host can’t reach the platform’s API in the browser, so nothing is recorded."),
    severity=Severity.WARNING,
    platforms=SHOWN,
)

LAUNCH_PAGE_MISSING = Fault(
    code="LM551",
    message=N_("The page that the platform opens is not in the package: {name}."),
    hint=N_("Export the package again. If you made the zip file yourself, put all files into it."),
    why=N_("A platform opens the page that the manifest names. Uppercase and lowercase letters must match."),
    platforms=OPENS_NOTHING,
)
SAME_ITEM_TWICE = Fault(
    code="LM552",
    message=N_("Two items have the identifier “{name}”."),
    hint=N_("Give each item its own identifier."),
    why=N_("Platforms store learners’ results by the identifier of the item. Two items with the same one share them."),
    platforms=WRONG_RESULT,
)
NO_PAGE = Fault(
    code="LM553",
    message=N_("The manifest names no page that a learner can open."),
    hint=N_("Export the package again from the program that made it."),
    why=N_("A package without organizations can still be opened when a resource has a page. This one has none."),
    platforms=SHOWS_NOTHING,
)
SEVERAL_ORGANIZATIONS = Fault(
    code="LM554",
    message=N_(
        "The package has {count} organizations, which are separate tables of contents. Learners see only “{title}”."
    ),
    hint=N_("If the others are needed, make one package for each."),
    why=N_("A platform shows the default organization, or the first one. What only the others list is never opened."),
    severity=Severity.WARNING,
    platforms=N_("No platform refuses it. Moodle and SCORM Cloud open the default organization."),
)
BACKSLASHES = Fault(
    code="LM555",
    message=N_("The zip file has names with backslashes, such as {name}. They were read as folders."),
    hint=N_("If a platform shows empty pages, zip the folder again with another program."),
    why=N_(
        "Names in a zip file have forward slashes (APPNOTE 4.4.17.1). Some Windows programs write backslashes, and a "
        "server that follows the rule then finds no folders."
    ),
    severity=Severity.WARNING,
    platforms=N_("Moodle reads them as folders (its file zip_archive.php). Other platforms may not find the pages."),
)
NO_NAMESPACE = Fault(
    code="LM556",
    message=N_("The manifest does not name {kind} the way the standard does. It was read as {kind}."),
    hint=N_("You need not do anything if the package works on your platform."),
    why=N_("A manifest names its standard by a namespace, an address at the top of the file."),
    severity=Severity.WARNING,
    platforms=DIFFER,
)
DANGLING_HARMLESS = Fault(
    code="LM557",
    message=N_("{attribute}=“{name}” does not match any identifier in the manifest."),
    hint=N_("You need not do anything if the package works on your platform."),
    why=N_("Without a default organization, platforms open the first one. They ignore a dependency that is missing."),
    severity=Severity.WARNING,
    platforms=DIFFER,
)
METADATA_UNCLEAR = Fault(
    code="LM558",
    message=N_("The manifest does not begin with “ADL SCORM” and a version. It was read as {kind}."),
    hint=N_("You need not do anything if the package works on your platform."),
    why=N_("The metadata should begin with schema and then schemaversion. Platforms guess what is not there."),
    severity=Severity.WARNING,
    platforms=TAKEN,
)
VERSION_UNKNOWN = Fault(
    code="LM559",
    message=N_("“{found}” is not a version of SCORM. The package was read as SCORM 1.2."),
    hint=N_("You need not do anything if the package works on your platform."),
    why=N_("Moodle plays every package with a version that it does not know as SCORM 1.2, which this package is."),
    severity=Severity.WARNING,
    platforms=DIFFER,
)
