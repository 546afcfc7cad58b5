"""Faults 6xx: imports from other formats. 60x: the file is rejected; 62x and 63x: a person must check something."""

from lokaltmot_lms.errors.problem import Fault, Severity
from lokaltmot_lms.texts import N_

FORMAT_UNKNOWN = Fault(
    code="LM601",
    message=N_("The format of this file is not recognised."),
    hint=N_(
        "Export it again as Moodle XML, GIFT, a Canvas cartridge, QTI, H5P or SCORM, or import a Word document (.docx) "
        "or a question list (.xlsx, .csv)."
    ),
    why=N_(
        "The format is determined by the content of the file, not by its name. This file matches none of the supported "
        "formats."
    ),
)
KIND_UNSUPPORTED = Fault(
    code="LM609",
    message=N_("This file can’t be imported."),
    hint=N_("Follow the message of the import, which names the kind of file and the way to one that can be imported."),
    why=N_(
        "The content of the file shows what it is, but its format is not supported: a backup, a presentation or a PDF, "
        "for example. Most programs can save or export the same content in a format that can be imported. Nothing was "
        "written."
    ),
)
ZIP_HOLDS = Fault(
    code="LM610",
    message=N_("The zip file is not an export, but contains files that can be imported: {names}."),
    hint=N_("Unpack the zip file, and import such a file on its own."),
    why=N_("The zip files of platforms are read as a whole. Other zip files are only a way to send files."),
)
FILE_TOO_LARGE = Fault(
    code="LM602",
    message=N_("“{name}” is {size} MB. The limit is {limit} MB."),
    hint=N_("Export only a part of it, or remove large videos first."),
    why=N_(
        "A file that grows when it is unpacked can fill a computer’s memory and disk. The limit is far above any set "
        "of questions. Nothing was written."
    ),
)
TEXT_UNREADABLE = Fault(
    code="LM603",
    message=N_("The text isn’t saved as UTF-8: the byte {byte} is not valid here."),
    hint=N_("Open the file in a text editor, save it as UTF-8, and import it again."),
    why=N_(
        "The same byte means “ø” in one encoding and something else in another. The import stops rather than guess and "
        "change the text without warning. UTF-8 and UTF-16 with a byte order mark are supported."
    ),
)
XML_BROKEN = Fault(
    code="LM604",
    message=N_("“{name}” is not well-formed XML: {reason}."),
    hint=N_("Export it again from the platform. If the file was edited, an element may not be closed."),
    why=N_("If the XML is invalid, the import would have to guess where a question starts and ends."),
)
XML_ENTITIES = Fault(
    code="LM605",
    message=N_("“{name}” has a document type declaration."),
    hint=N_("Delete <!DOCTYPE …> and its entities, or export the file again."),
    why=N_(
        "Entities are placeholders that XML replaces with other text. They can make a small file huge or read files "
        "from this computer. No platform’s export contains them."
    ),
)
NOTHING_FOUND = Fault(
    code="LM606",
    message=N_("The file contains nothing that can be imported."),
    hint=N_("Check that the export contains questions or pages with text."),
    why=N_("A course needs at least one page, so no course folder was created."),
)
MACROS = Fault(
    code="LM607",
    message=N_("The Word document contains macros."),
    hint=N_("Save it as an ordinary Word document (.docx) without macros."),
    why=N_("A macro is a program. The import never runs one, and the text of a course needs none."),
)
WORD_NEEDS_MAMMOTH = Fault(
    code="LM608",
    message=N_("Importing Word documents requires Mammoth, which is not installed."),
    hint=N_("Run: pip install 'lokaltmot[import]'"),
    why=N_(
        "Mammoth reads the styles of a Word document. The other formats don’t need it, so it is installed only on "
        "request."
    ),
)
QUESTION_LEFT_OUT = Fault(
    code="LM620",
    message=N_("“{name}” was left out: the question type “{kind}” is not supported."),
    hint=N_("Ask it in another way, for example as a choice or a matching question."),
    why=N_(
        "Every platform has question types of its own. The import reports a type it can’t convert and never drops a "
        "question without warning."
    ),
    severity=Severity.WARNING,
)
NO_RIGHT_ANSWER_GIVEN = Fault(
    code="LM621",
    message=N_("“{name}” does not say which answer is right."),
    hint=N_("Write it as a question with a right answer, or remove it."),
    why=N_(
        "A question without a right answer can’t be graded, and a wrong guess would teach learners something false."
    ),
    severity=Severity.WARNING,
)
HTML_LEFT_OUT = Fault(
    code="LM622",
    message=N_("“{what}” was left out of “{name}”."),
    hint=N_("Check what it showed, and replace it with text, an image or a video."),
    why=N_("Scripts, frames, forms and similar elements can’t run in a course and are not text."),
    severity=Severity.WARNING,
)
SHARES_LOST = Fault(
    code="LM623",
    message=N_("“{name}” gave partial points for some answers. Each answer is now either right or wrong."),
    hint=N_("Check that the right answers are marked as you want."),
    why=N_(
        "In this format an answer is right or wrong. If several can be chosen, a wrong one subtracts what a right one "
        "adds."
    ),
    severity=Severity.NOTE,
)
ANSWERS_LEFT_OUT = Fault(
    code="LM624",
    message=N_("“{name}” accepted answers that can’t be imported: {what}."),
    hint=N_("Add the answers that learners may type, or make it a question with options."),
    why=N_("Patterns such as * and several number ranges are not supported, and a gap takes only one answer."),
    severity=Severity.WARNING,
)
FEEDBACK_MOVED = Fault(
    code="LM625",
    message=N_("Feedback of “{name}” was moved to its explanation."),
    hint=N_("Read the explanation. It is now shown to everyone who has answered."),
    why=N_("Typed answers, gaps and pairs have no feedback of their own in this format. No text was lost."),
    severity=Severity.WARNING,
)
BECAME_REFLECTION = Fault(
    code="LM626",
    message=N_("“{name}”, in which learners wrote a text, became a reflection, which is neither stored nor graded."),
    hint=N_("Keep it like that, or use an assignment in the platform together with the course."),
    why=N_(
        "A course does not collect what learners write about themselves. If you need to read it, use the platform’s "
        "assignments."
    ),
    severity=Severity.NOTE,
)
PICTURE_TO_DESCRIBE = Fault(
    code="LM627",
    message=N_("The image {file} has no description."),
    hint=N_("Between the square brackets, write what a learner who can’t see the image needs to know."),
    why=N_(
        "Learners who can’t see the image hear its description. Only a person can decide what matters in the image."
    ),
    severity=Severity.WARNING,
)
FILE_LEFT_OUT = Fault(
    code="LM628",
    message=N_(
        "The file {file} was not imported: it is not an image, video, sound or PDF that a browser can show safely."
    ),
    hint=N_("Check what it is. If you need it, save it in another format and put it in the folder media."),
    why=N_("A file is imported only if its content matches its name and a learner’s browser can show it safely."),
    severity=Severity.WARNING,
)
FILE_MISSING = Fault(
    code="LM638",
    message=N_("The file {file} is missing from the import."),
    hint=N_("If you need it, get it from its original location and put it in the folder media."),
    why=N_("A text refers to the file, but the export does not contain it. Nothing is downloaded from the web."),
    severity=Severity.WARNING,
)
VALUE_CHANGED = Fault(
    code="LM629",
    message=N_("“{name}”: {old} became {new}."),
    hint=N_("Check that this is what you want."),
    why=N_("Points go from 0 to 100, and a number can have at most fifteen digits on each side of the decimal point."),
    severity=Severity.WARNING,
)
SETTING_LEFT_OUT = Fault(
    code="LM630",
    message=N_("“{name}”: the setting {what} is not supported and was left out."),
    hint=N_("Set it in the platform if you need it."),
    why=N_("Time limits, dates, passwords and similar settings belong to the platform that runs the course."),
    severity=Severity.NOTE,
)
SCRIPT_LEFT_OUT = Fault(
    code="LM631",
    message=N_("{file} is displayed by its own script. Only the text in the file itself was imported."),
    hint=N_("Open the old package next to the new course, and add what is missing."),
    why=N_(
        "Many packages keep their texts inside a program. The import reads pages and never runs programs from a "
        "package."
    ),
    severity=Severity.WARNING,
)
ITEM_LEFT_OUT = Fault(
    code="LM632",
    message=N_("“{name}” was left out: it is {kind}, which can't be part of a course."),
    hint=N_("If you still need it, set it up in the platform together with the course."),
    why=N_("Assignments, discussions and tools belong to the platform. A course consists of pages and questions."),
    severity=Severity.WARNING,
)
READS_OTHERWISE = Fault(
    code="LM633",
    message=N_("“{name}” may differ from the original."),
    hint=N_("Compare it with the source, and fix the problems that “lokaltmot check” reports."),
    why=N_("After the import, the new text is read back and compared with the original. Here the two differ."),
    severity=Severity.WARNING,
)
MAYBE_A_QUESTION = Fault(
    code="LM634",
    message=N_("The list after “{name}” may be a question, but no answer is marked as right. It was imported as text."),
    hint=N_("Write “- (x)” before the right answer and “- ( )” before the others, inside a quiz."),
    why=N_("A list becomes a question only if it shows which answer is right: in bold, with a tick or with a star."),
    severity=Severity.WARNING,
)
ID_CHANGED = Fault(
    code="LM635",
    message=N_("“{name}” got the id {id}, because {old} is not valid here or is already used."),
    hint=N_("Keep it, or choose another id before anyone has answered."),
    why=N_("Ids consist of lowercase letters, digits and hyphens, and each id is used only once in a course."),
    severity=Severity.NOTE,
)
FORMULA = Fault(
    code="LM636",
    message=N_("“{name}” contains a formula, which is shown as typed."),
    hint=N_("Write it in words, or show it as an image with a description."),
    why=N_("The platform used a program to draw formulas. Without it, learners see the TeX code of the formula."),
    severity=Severity.WARNING,
)
FLATTENED = Fault(
    code="LM637",
    message=N_("“{name}”: a list, table or heading inside an answer or feedback became plain lines."),
    hint=N_("Check it, and move long content to the text of the question."),
    why=N_("In this format, an option and its feedback are one line each."),
    severity=Severity.NOTE,
)
