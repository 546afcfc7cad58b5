"""Faults 518 and 52x-57x: what `lokaltmot inspect` finds in a package, whoever made it."""

from lokaltmot_lms.errors.problem import Fault, Severity
from lokaltmot_lms.texts import N_

NOT_A_PACKAGE = Fault(
    code="LM520",
    message=N_("This is not a package: neither a whole zip file nor an XML manifest."),
    hint=N_("Export or download the package again; the file may have been cut off."),
    why=N_("A package is a zip file. A platform that can’t open the zip says only that the upload failed."),
)
TOO_BIG = Fault(
    code="LM521",
    message=N_("The package is a possible zip bomb: unpacked, {name} takes {size} MB."),
    hint=N_("Don’t unpack it. Ask the sender where it comes from."),
    why=N_(
        "A small zip file can swell to fill a whole disk when it is unpacked. The limits are far above any real course."
    ),
)
TOO_MANY = Fault(
    code="LM518",
    message=N_("The package says it holds {count} files; more than {limit} are not opened."),
    hint=N_("Don’t unpack it. Ask the sender where it comes from."),
    why=N_("A list of millions of files can stop a server before a single one is unpacked. No real course is near it."),
)
MANIFEST_TOO_BIG = Fault(
    code="LM519",
    message=N_("{name} is larger than {limit} MB and was not read."),
    hint=N_("A manifest lists files and titles; see what else has come into it."),
    why=N_(
        "Reading XML takes many times its size in memory. The manifests of large courses stay far below a megabyte."
    ),
)
UNSAFE_ENTRY = Fault(
    code="LM522",
    message=N_("The entry “{name}” points outside the package."),
    hint=N_("Don’t unpack it. Entries must be plain relative names."),
    why=N_("An entry with “../” or an absolute name could overwrite files on the server that unpacks the package."),
)
LINK_ENTRY = Fault(
    code="LM523",
    message=N_("The entry “{name}” is a symbolic link."),
    hint=N_("Put the file itself into the package."),
    why=N_("A link can lead a server to show files that were never in the package. Most platforms refuse them."),
)
ENCRYPTED_ENTRY = Fault(
    code="LM524",
    message=N_("The entry “{name}” is locked with a password."),
    hint=N_("Make the zip again without a password."),
    why=N_("No learning platform asks for a password when a package is imported, so the import just fails."),
)
DUPLICATE_ENTRY = Fault(
    code="LM525",
    message=N_("The name “{name}” is used by two entries of the zip."),
    hint=N_("Keep one of them; capital letters alone do not make a difference everywhere."),
    why=N_("Programs disagree about which of two entries with one name counts, and some servers ignore case."),
)
NO_MANIFEST = Fault(
    code="LM526",
    message=N_("The package has no manifest at its root (imsmanifest.xml or cmi5.xml)."),
    hint=N_("Zip the contents of the folder, with the manifest at the top."),
    why=N_("The manifest is how a platform knows what the package is and where it starts."),
)
MANIFEST_IN_FOLDER = Fault(
    code="LM527",
    message=N_("The manifest lies in a folder: {name}."),
    hint=N_("Zip the contents of that folder instead of the folder itself."),
    why=N_("Platforms look for the manifest at the root of the zip only; Moodle refuses the package for this."),
)
MANIFEST_CASE = Fault(
    code="LM528",
    message=N_("The manifest is called {name}."),
    hint=N_("Call it {right}, in exactly these letters."),
    why=N_("Servers tell capital letters from small ones; Moodle answers that the manifest is missing."),
)
NOT_XML = Fault(
    code="LM529",
    message=N_("The manifest is not well-formed XML: {reason}."),
    hint=N_("Repair the line; a raw & must be written &amp;."),
    why=N_("A platform stops at the first XML error, often with a blank page."),
)
HAS_DOCTYPE = Fault(
    code="LM530",
    message=N_("The manifest has a document type declaration."),
    hint=N_("Delete the <!DOCTYPE …> with its entities."),
    why=N_("Entities can make a small file huge or pull in files of the server. No standard of ours needs them."),
)
UNKNOWN_KIND = Fault(
    code="LM531",
    message=N_("We don’t know this kind of package."),
    hint=N_("We judge SCORM 1.2 and 2004, cmi5, Common Cartridge and Canvas packages."),
    why=N_("The kind is read from the manifest’s namespaces and its schema and schemaversion."),
)
SCHEMA_NOT_JUDGED = Fault(
    code="LM532",
    message=N_("The manifest was not held against the schema of {kind}: no schema files were found."),
    hint=N_("Give their folder with --schemas or in LOKALTMOT_SCHEMAS."),
    why=N_(
        "The schema files belong to ADL, IMS and others and do not come with lokaltmot. All other rules were tried."
    ),
    severity=Severity.NOTE,
)
SCHEMA_BROKEN = Fault(
    code="LM533",
    message=N_("The standard’s schema refuses this: {reason}"),
    hint=N_("Compare the line with an example of the standard."),
    why=N_(
        "The XML schema of the standard says which elements may stand where. What it refuses, strict platforms refuse. "
        "For cmi5 this is requirement 13.2.0.0-1."
    ),
)
METADATA_ORDER = Fault(
    code="LM534",
    message=N_("The manifest’s metadata does not begin with schema and then schemaversion."),
    hint=N_("Write <schema>{schema}</schema><schemaversion>…</schemaversion> first in <metadata>."),
    why=N_("Without these two words, in this order, platforms guess the version; Moodle guesses SCORM 1.2."),
)
SCHEMAVERSION = Fault(
    code="LM535",
    message=N_("“{found}” is not a schemaversion of {kind}."),
    hint=N_("Write one of: {allowed}."),
    why=N_("Platforms compare the text letter by letter. Moodle plays a package with an unknown version as SCORM 1.2."),
)
DANGLING_REFERENCE = Fault(
    code="LM536",
    message=N_("{attribute}=“{name}” names nothing in the manifest."),
    hint=N_("Use an identifier that is there, in the same letters."),
    why=N_("Moodle makes the activity all the same, and the learner gets an empty frame."),
)
LISTED_BUT_MISSING = Fault(
    code="LM537",
    message=N_("The manifest lists {name}, but the package does not hold it."),
    hint=N_("Add the file or take it out of the manifest. Capital letters count."),
    why=N_("A platform that trusts the manifest opens a page that is not there."),
)
NOT_LISTED = Fault(
    code="LM538",
    message=N_("The manifest does not list every file of the package: {count} are left out, first {name}."),
    hint=N_("List each as <file href=…/>."),
    why=N_("Most platforms unpack everything, but some copy only what the manifest lists."),
    severity=Severity.NOTE,
)
SCORMTYPE_CASE = Fault(
    code="LM539",
    message=N_("“adlcp:{found}” is the other version’s spelling."),
    hint=N_("Write adlcp:{right} in {kind}."),
    why=N_(
        "SCORM 1.2 writes scormtype and SCORM 2004 writes scormType. With the wrong one a platform takes the page for "
        "a plain file and records nothing. The schema of SCORM 2004 does not see it."
    ),
)
MASTERY_RANGE = Fault(
    code="LM540",
    message=N_("The mastery score {found} is not a number from 0 to 100."),
    hint=N_("Write a number such as 80, without a percent sign."),
    why=N_("Learners can never reach a mastery score above 100, so nobody passes. The schema does not see it."),
)
MEASURE_RANGE = Fault(
    code="LM541",
    message=N_("minNormalizedMeasure {found} is not a number from -1 to 1."),
    hint=N_("Write 0.8 for 80 per cent."),
    why=N_("SCORM 2004 counts scores from -1 to 1. Learners can never reach 80."),
)
PARENT_WITH_REFERENCE = Fault(
    code="LM542",
    message=N_("The item “{name}” has both items below it and an identifierref."),
    hint=N_("Let only the lowest items point to a resource."),
    why=N_("An item is either a heading or something to open; ADL’s checker refuses both at once."),
)
NO_HREF = Fault(
    code="LM543",
    message=N_("The resource “{name}” of an item has no href."),
    hint=N_("Give the resource the href of the page that is opened."),
    why=N_("Without href there is no page for the platform to open."),
)
HREF_NOT_LISTED = Fault(
    code="LM544",
    message=N_("The resource “{name}” does not list its own page {href} as a file."),
    hint=N_("Add <file href=“{href}”/> to the resource."),
    why=N_(
        "The page that is opened must be among the files of its resource, spelt the same; ADL’s checker asks for it."
    ),
)
CONTROL_DOCUMENTS = Fault(
    code="LM545",
    message=N_("The control documents are not at the root of the package; {name} is the first that is missing."),
    hint=N_("Build with --schemas if the receiver uses ADL’s checker. Ordinary platforms do not need them."),
    why=N_("SCORM 2004 asks for the schema files in the package. Moodle and most others never look at them."),
    severity=Severity.WARNING,
)
QUERY_IN_HREF = Fault(
    code="LM546",
    message=N_("The href {href} carries a query."),
    hint=N_("Put the query into the item’s parameters."),
    why=N_(
        "SCORM has a place for it, item/@parameters. Some servers look for a file with the question mark in its name."
    ),
    severity=Severity.NOTE,
)
NOTHING_TO_OPEN = Fault(
    code="LM547",
    message=N_("No item of the package can be opened and report to the platform."),
    hint=N_("Let an item point to a resource of scormtype sco."),
    why=N_("A resource without scormtype is shown as a plain file: the learner reads, but nothing is recorded."),
    severity=Severity.WARNING,
)
DUPLICATE_IDENTIFIER = Fault(
    code="LM548",
    message=N_("The identifier “{name}” is used twice."),
    hint=N_("Give each element of the manifest its own identifier."),
    why=N_("Platforms keep learners’ results by identifier; two with one name share or lose them."),
)
NO_ORGANIZATION = Fault(
    code="LM549",
    message=N_("The manifest has no organization with an item."),
    hint=N_("Add an organization with at least one item."),
    why=N_("The organization is the table of contents. Without an item there is nothing for a learner to open."),
)
FAR_AWAY = Fault(
    code="LM550",
    message=N_("The resource “{name}” lies on the web: {href}."),
    hint=N_("Put the page into the package, or make sure that every learner can reach the address."),
    why=N_("A page from another host can’t reach the platform’s API in the browser, so nothing is recorded."),
    severity=Severity.WARNING,
)

CMI5_IRI = Fault(
    code="LM560",
    message=N_("The id “{name}” is not a full IRI (cmi5 3.0.0.0-1)."),
    hint=N_("Begin it with a scheme, such as https://."),
    why=N_("Every id of a cmi5 course must be a whole IRI, so that it means the same everywhere."),
)
CMI5_URL_NOT_FULL = Fault(
    code="LM561",
    message=N_("The url “{name}” is relative, but there is no package for it to be in (cmi5 14.2.0.0-1)."),
    hint=N_("Write the whole address, or put the course into a zip."),
    why=N_("A course structure that travels as bare XML has no files beside it."),
)
CMI5_FILE_MISSING = Fault(
    code="LM562",
    message=N_("The url “{name}” is relative, but the package holds no such file (cmi5 14.1.0.0-4)."),
    hint=N_("Add the file to the package or write the whole address."),
    why=N_("What is not in the zip must be given by its whole address."),
)
CMI5_QUERY_CLASH = Fault(
    code="LM563",
    message=N_("The url’s own parameter “{name}” is one that the platform sets (cmi5 8.1.0.0-6)."),
    hint=N_("Call it something else than endpoint, fetch, actor, registration and activityId."),
    why=N_("The platform adds these five when it opens the page. Two with one name can’t be told apart."),
)
CMI5_DUPLICATE = Fault(
    code="LM564",
    message=N_("The {element} id “{name}” is used twice (cmi5 {requirement})."),
    hint=N_("Give each {element} its own id."),
    why=N_("Results are kept by id. The schema does not see two that are alike."),
)
CMI5_BAD_URL = Fault(
    code="LM565",
    message=N_("“{name}” is not a valid address (cmi5 13.1.4.0-2)."),
    hint=N_("Write spaces and other odd signs as %20 and so on."),
    why=N_("An address must follow the rules of RFC 1738 or the browser can’t open it."),
)
CMI5_STRUCTURE = Fault(
    code="LM566",
    message=N_("The course structure breaks the order or the words of cmi5: {what} (cmi5 13.2.0.0-1)."),
    hint=N_("Title and description first, then the rest as in the specification’s example."),
    why=N_("A cmi5 platform holds the file against the schema and must refuse it."),
)
CMI5_ALONE = Fault(
    code="LM567",
    message=N_("The url “{name}” can’t be looked up, as cmi5.xml was given without its package."),
    hint=N_("Inspect the whole zip."),
    why=N_("cmi5.xml is the name of a course structure inside a zip; its relative addresses mean files of that zip."),
    severity=Severity.WARNING,
)

CC_ORGANIZATION = Fault(
    code="LM570",
    message=N_(
        "A cartridge has exactly one organization with structure=“rooted-hierarchy” and one root item without a title."
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
    hint=N_("Use one of the types of the specification, spelt exactly."),
    why=N_(
        "The types are a closed list for each version. Canvas is forgiving, so it hides the mistake; others are not."
    ),
)
CC_HREF = Fault(
    code="LM573",
    message=N_("The resource “{name}” of type {found} has an href."),
    hint=N_("Leave href out and list the file; only web content has an href."),
    why=N_("Quizzes, topics and links are read by the platform, not opened by the browser."),
    severity=Severity.WARNING,
)
CC_QUESTION_BANKS = Fault(
    code="LM574",
    message=N_("The cartridge has more than one question bank."),
    hint=N_("Join them into one."),
    why=N_("Common Cartridge allows one question bank in a package."),
)
CANVAS_WORD = Fault(
    code="LM575",
    message=N_("“{found}” is not a word that Canvas knows for {what}."),
    hint=N_("Use one of: {allowed}."),
    why=N_("Canvas skips what it does not know: the item is missing, or the requirement is never met."),
)
