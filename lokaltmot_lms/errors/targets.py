"""Faults 50x and 51x: what stops a build of a package or a PDF, or makes a platform reject it."""

from lokaltmot_lms.errors.problem import Fault, Severity
from lokaltmot_lms.texts import N_

UNSAFE_NAME = Fault(
    code="LM501",
    message=N_("The file name “{name}” is not allowed in a package."),
    hint=N_("Rename the file. Letters, digits, hyphens and dots are safe everywhere."),
    why=N_(
        "A package is unpacked on other people’s servers, some of them on Windows. A name with a backslash, a colon, a "
        "folder named “..” or a word that Windows reserves can’t be unpacked there, or the file ends up outside the "
        "folder."
    ),
    bad="media/hva?.png",
    good="media/hva.png",
)
STATE_TOO_LARGE = Fault(
    code="LM510",
    message=N_(
        "The data that the module must store can grow to {characters} characters. At most {limit} are safe in SCORM "
        "1.2."
    ),
    hint=N_("Split the module in two, or ask for fewer typed answers. Each takes {typed} characters."),
    why=N_(
        "A SCORM 1.2 platform stores at most 4,096 characters per learner and may cut off the rest. The learner would "
        "then lose their place and answers. Our limit of 3,500 leaves room for a later version of the module."
    ),
    bad="(en modul med 70 spørsmål der deltakeren skriver svaret)",
    good="(to moduler med 35 spørsmål hver, eller flere spørsmål med faste svar)",
)
NAME_CLASH = Fault(
    code="LM502",
    message=N_("Two files in the package would have the same name: “{name}”."),
    hint=N_("Give one of them another name. A difference in uppercase and lowercase letters is not enough."),
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
    hint=N_("Free some disk space or choose another folder. No incomplete package was left behind."),
    why=N_(
        "A package is first written under a temporary name and renamed when it is complete. A full disk or a missing "
        "permission never leaves a broken package under the final name."
    ),
)
CANNOT_READ = Fault(
    code="LM504",
    message=N_("The file could not be read: {reason}."),
    hint=N_("Check that the file has not been moved and that you have permission to read it, then try again."),
    why=N_("A file that can’t be read would be missing from the package."),
)
FILE_CHANGED = Fault(
    code="LM507",
    message=N_("The size of the file changed while the package was being built."),
    hint=N_("Wait until no other program is writing to the file, then build again."),
    why=N_("If a file is still being exported when it is packed, the package contains only part of it."),
)
NO_CONTROL_DOCUMENTS = Fault(
    code="LM505",
    message=N_("The folder has no control documents for {standard}: {name} is missing."),
    hint=N_("Give the folder that contains the standard’s .xsd files, or build without --schemas."),
    why=N_(
        "ADL’s checker requires the standard’s own schema files (“control documents”) at the root of a SCORM 2004 "
        "package. They belong to ADL and IMS and are not part of lokaltmot, so they are copied from a folder of yours."
    ),
)
FOLDER_TAKEN = Fault(
    code="LM506",
    message=N_("The folder already exists and was not made by lokaltmot."),
    hint=N_("Move it or choose another --out. Nothing in the folder was changed."),
    why=N_(
        "A web package replaces the folder of the last build. It must never replace a folder that contains your own "
        "files."
    ),
)

PDF_NEEDS_TYPST = Fault(
    code="LM508",
    message=N_("PDF files need Typst, which is not installed."),
    hint=N_("Run: pip install 'lokaltmot[pdf]'"),
    why=N_(
        "Typst makes the PDF pages of the targets “print” and “facilitator” and tags them for screen readers. It is 25 "
        "MB, and the other targets do not need it, so it is installed only on request."
    ),
)
PDF_REFUSED = Fault(
    code="LM509",
    message=N_("The PDF could not be made: {reason}."),
    hint=N_("Save the image again as SVG, PNG or JPEG."),
    why=N_(
        "An accessible PDF (PDF/UA) must show every image and have a description of it. The build stops because some "
        "readers would otherwise miss content."
    ),
)
LETTERS_NOT_IN_FONTS = Fault(
    code="LM228",
    message=N_("No font on this computer has these letters: {letters} ({name}). The PDF has □ in their place."),
    hint=N_("Install a font that has them, such as one of the free Noto fonts, and build again."),
    why=N_(
        "The PDF uses a font with Latin, Greek and Cyrillic letters, and for others the fonts of the computer that "
        "builds it. Without a font, a letter would be an empty space, and a name or a sentence would be wrong."
    ),
    bad="# ሰላም {#hei}   (uten en skrift med etiopiske bokstaver)",
    good="# ሰላም {#hei}   (med skriften Noto Serif Ethiopic på maskinen)",
    severity=Severity.WARNING,
)
