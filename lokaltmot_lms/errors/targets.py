"""Faults 50x and 51x: what stops a package or a PDF from being built, or a platform from taking it."""

from lokaltmot_lms.errors.problem import Fault
from lokaltmot_lms.texts import N_

UNSAFE_NAME = Fault(
    code="LM501",
    message=N_("The file name “{name}” can’t stand in a package."),
    hint=N_("Rename the file: letters, digits, hyphen and dot are safe everywhere."),
    why=N_(
        "A package is unpacked on other people’s servers, some of them on Windows. A name with a backslash, a colon, "
        "two dots in a row as a folder or a word that Windows keeps for itself could not be unpacked there, or would "
        "land outside the folder."
    ),
    bad="media/hva?.png",
    good="media/hva.png",
)
STATE_TOO_LARGE = Fault(
    code="LM510",
    message=N_(
        "What the module must remember can grow to {characters} characters; at most {limit} are safe in SCORM 1.2."
    ),
    hint=N_("Divide the module in two, or ask for fewer typed answers: each takes {typed} characters."),
    why=N_(
        "A SCORM 1.2 platform keeps at most 4,096 characters for a learner and may cut off the rest, and with it the "
        "place and the answers. We stop at 3,500, so that a later version of the module has room to grow."
    ),
    bad="(en modul med 70 spørsmål der deltakeren skriver svaret)",
    good="(to moduler med 35 spørsmål hver, eller flere spørsmål med faste svar)",
)
NAME_CLASH = Fault(
    code="LM502",
    message=N_("Two files of the package would both be called “{name}”."),
    hint=N_("Give one of them another name; capital letters alone are not enough."),
    why=N_(
        "On many servers “Bilde.png” and “bilde.png” are the same file, so one would overwrite the other when the "
        "package is unpacked."
    ),
    bad="media/Rom.png, media/rom.png",
    good="media/rom.png, media/rom-2.png",
)
CANNOT_WRITE = Fault(
    code="LM503",
    message=N_("The package could not be written: {reason}."),
    hint=N_("Free some space or choose another folder. No half-written package was left behind."),
    why=N_(
        "A package is written beside its final place and gets its name only when it is whole, so a full disk or a "
        "missing permission never leaves a broken package under the right name."
    ),
)
CANNOT_READ = Fault(
    code="LM504",
    message=N_("The file could not be read while the package was made: {reason}."),
    hint=N_("See that the file is where it was and that you may read it, then build again."),
    why=N_("A file that is moved or locked while it is packed would give a package without its film."),
)
FILE_CHANGED = Fault(
    code="LM507",
    message=N_("The file changed its size while the package was made."),
    hint=N_("Wait until nothing else is writing to the file, then build again."),
    why=N_("A file that is still being exported while it is packed would give a package with half a film."),
)
NO_CONTROL_DOCUMENTS = Fault(
    code="LM505",
    message=N_("The folder holds no control documents for {standard}: {name} is missing."),
    hint=N_("Give the folder with the standard’s .xsd files, or build without --schemas."),
    why=N_(
        "ADL’s checker asks for the standard’s own schema files at the root of a SCORM 2004 package. They belong to "
        "ADL and IMS, so they are copied from a folder you have and are not part of lokaltmot."
    ),
)
FOLDER_TAKEN = Fault(
    code="LM506",
    message=N_("The folder is there already and is not one that lokaltmot made."),
    hint=N_("Move it away or choose another --out; nothing in it was touched."),
    why=N_("A web package replaces the folder of the last build. It must never replace a folder with your own files."),
)

PDF_NEEDS_TYPST = Fault(
    code="LM508",
    message=N_("Paper needs Typst, which is not installed here."),
    hint=N_("Run: pip install 'lokaltmot[pdf]'"),
    why=N_(
        "Typst sets the pages of the targets “print” and “facilitator” and marks them so that a screen reader can "
        "follow. It is 25 MB that the other targets do not need, so it is installed on request."
    ),
)
PDF_REFUSED = Fault(
    code="LM509",
    message=N_("The PDF could not be made: {reason}."),
    hint=N_("Save the picture again as SVG, PNG or JPEG, or take out the character that the font lacks."),
    why=N_(
        "A PDF that everyone can read (PDF/UA) must show every character and have a text for every picture. Rather "
        "than leave someone out, the build stops. The font on paper has Latin, Greek and Cyrillic letters; not Arabic, "
        "not emoji."
    ),
)
