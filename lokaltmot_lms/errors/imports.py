"""Faults 6xx: what comes from other formats. 60x: a file that is refused; 62x-63x: what a person must look at."""

from lokaltmot_lms.errors.problem import Fault, Severity
from lokaltmot_lms.texts import N_

FORMAT_UNKNOWN = Fault(
    code="LM601",
    message=N_("We don’t know what kind of file this is."),
    hint=N_("Export it again as GIFT, Moodle XML, a Canvas cartridge, a QTI 1.2 zip, text2qti, Word (.docx) or SCORM."),
    why=N_(
        "The kind is read from what the file holds, not from its name. This one looks like none of those we can read."
    ),
)
FILE_TOO_LARGE = Fault(
    code="LM602",
    message=N_("“{name}” is {size} MB; at most {limit} MB are read here."),
    hint=N_("Export a part of it, or take large films out first."),
    why=N_(
        "A file that grows when it is opened can fill a machine’s memory and disk. The limit is far above any set of "
        "questions. Nothing was written."
    ),
)
TEXT_UNREADABLE = Fault(
    code="LM603",
    message=N_("The text isn’t saved as UTF-8: the byte {byte} is no part of a character."),
    hint=N_("Open the file in a text editor, save it as UTF-8, and import it again."),
    why=N_(
        "The same byte means “ø” in one encoding and something else in another. Rather than guess and change words "
        "in silence, the import stops. UTF-8 and UTF-16 with a byte order mark are read."
    ),
)
XML_BROKEN = Fault(
    code="LM604",
    message=N_("“{name}” is not well-formed XML: {reason}."),
    hint=N_("Export it again from the platform; an edited file may lack the end of an element."),
    why=N_("XML that breaks its own rules can’t be read without guessing where a question begins and ends."),
)
XML_ENTITIES = Fault(
    code="LM605",
    message=N_("“{name}” has a document type declaration."),
    hint=N_("Delete the <!DOCTYPE …> with its entities, or export the file again."),
    why=N_("Entities can make a small file huge or pull in files of this machine. No export of a platform has them."),
)
NOTHING_FOUND = Fault(
    code="LM606",
    message=N_("There is nothing in the file that can be taken over."),
    hint=N_("See that the export holds questions or pages with text."),
    why=N_("A course folder without a page would help nobody, so none was made."),
)
MACROS = Fault(
    code="LM607",
    message=N_("The Word document holds macros."),
    hint=N_("Save it as an ordinary Word document (.docx) without macros."),
    why=N_("A macro is a program. We never run one, and a text for a course needs none."),
)
WORD_NEEDS_MAMMOTH = Fault(
    code="LM608",
    message=N_("Word documents need Mammoth, which is not installed here."),
    hint=N_("Run: pip install 'lokaltmot[import]'"),
    why=N_(
        "Mammoth reads the styles of a Word document. The other formats do without it, so it is installed on request."
    ),
)
QUESTION_LEFT_OUT = Fault(
    code="LM620",
    message=N_("“{name}” was left out: our format has no question of the kind “{kind}”."),
    hint=N_("Ask it in another way, such as a choice or a matching question."),
    why=N_(
        "Every platform has kinds of questions of its own. What has no like here is named, never dropped in silence."
    ),
    severity=Severity.WARNING,
)
KEPT_AS_TEXT = Fault(
    code="LM621",
    message=N_("“{name}” stands as text on the page: nothing there says which answer is right."),
    hint=N_("Write it as a question with a right answer, or take it out."),
    why=N_("A question without a right answer can’t be graded, and to guess one would teach somebody something wrong."),
    severity=Severity.WARNING,
)
HTML_LEFT_OUT = Fault(
    code="LM622",
    message=N_("“{what}” was left out of “{name}”."),
    hint=N_("See what it showed, and say it in words or with a picture or film."),
    why=N_(
        "Scripts, frames, forms and the like are no text. They may not run in a course, and would be lost in others."
    ),
    severity=Severity.WARNING,
)
SHARES_LOST = Fault(
    code="LM623",
    message=N_("“{name}” gave its own share of the points for some answers; now each is right or wrong."),
    hint=N_("See that the right ones are marked as you want."),
    why=N_("Here an answer is right or wrong. When several may be chosen, a wrong one takes what a right one gives."),
    severity=Severity.NOTE,
)
ANSWERS_LEFT_OUT = Fault(
    code="LM624",
    message=N_("“{name}” accepted more than can be written here: {what}."),
    hint=N_("Add what learners may type, or make it a question with options."),
    why=N_("Patterns such as * and several ranges of numbers have no like here, and a gap takes one answer."),
    severity=Severity.WARNING,
)
FEEDBACK_MOVED = Fault(
    code="LM625",
    message=N_("Feedback of “{name}” was moved to its explanation."),
    hint=N_("Read the explanation: it is now told to everyone who has answered."),
    why=N_("A typed answer, a gap and a pair have no feedback of their own here. No word of it was dropped."),
    severity=Severity.WARNING,
)
BECAME_REFLECTION = Fault(
    code="LM626",
    message=N_("“{name}”, where learners wrote a text, became a reflection: it is neither stored nor graded."),
    hint=N_("Keep it so, or use an assignment of the platform beside the course."),
    why=N_(
        "What learners write about themselves is not collected here. A teacher who must read it has the platform’s own."
    ),
    severity=Severity.NOTE,
)
PICTURE_TO_DESCRIBE = Fault(
    code="LM627",
    message=N_("The picture {file} has no description."),
    hint=N_("Write between the square brackets what a reader must know who can’t see it."),
    why=N_("Those who don’t see the picture hear its description. Only a person can say what matters in it."),
    severity=Severity.WARNING,
)
FILE_LEFT_OUT = Fault(
    code="LM628",
    message=N_("The file {file} was not taken over: it is no picture, film, sound or PDF that a browser shows safely."),
    hint=N_("See what it is. Save it as another kind, and put it in the folder media if it is needed."),
    why=N_("Only files that are what their names say, and that a learner’s browser shows safely, come into a course."),
    severity=Severity.WARNING,
)
FILE_MISSING = Fault(
    code="LM638",
    message=N_("The file {file} is not in what was imported."),
    hint=N_("Fetch it from where it came, and put it in the folder media if it is needed."),
    why=N_("A text named the file, but the export does not hold it. Nothing is fetched from the web."),
    severity=Severity.WARNING,
)
VALUE_CHANGED = Fault(
    code="LM629",
    message=N_("“{name}”: {old} became {new}."),
    hint=N_("See that this is as you want it."),
    why=N_("Points here go from 0 to 100, and a number has at most fifteen digits on each side of the comma."),
    severity=Severity.WARNING,
)
SETTING_LEFT_OUT = Fault(
    code="LM630",
    message=N_("“{name}”: the setting {what} has no like here and was left out."),
    hint=N_("Set it in the platform if you need it."),
    why=N_("Time limits, dates, passwords and the like belong to the platform that runs the course."),
    severity=Severity.NOTE,
)
SCRIPT_LEFT_OUT = Fault(
    code="LM631",
    message=N_("{file} is shown by a script of its own; only the words that stand in it were taken over."),
    hint=N_("Open the old package beside the new course, and write what is missing."),
    why=N_(
        "Many packages keep their texts inside a program. We read pages, and never run what someone else has written."
    ),
    severity=Severity.WARNING,
)
ITEM_LEFT_OUT = Fault(
    code="LM632",
    message=N_("“{name}” was left out: it is {kind}."),
    hint=N_("Set it up in the platform beside the course if it is still needed."),
    why=N_("Assignments, discussions and tools are the platform’s own. A course here is pages and questions."),
    severity=Severity.WARNING,
)
READS_OTHERWISE = Fault(
    code="LM633",
    message=N_("“{name}” may not read as it did where it came from."),
    hint=N_("Compare it with the source, and mend what check says of it."),
    why=N_("What was written is read back and compared with what was meant. Here the two differ."),
    severity=Severity.WARNING,
)
MAYBE_A_QUESTION = Fault(
    code="LM634",
    message=N_("The list after “{name}” may be a question, but no answer is marked as right. It stands as text."),
    hint=N_("Write “- (x)” before the right answer and “- ( )” before the others, inside a quiz."),
    why=N_("A list becomes a question only when it says itself which answer is right: in bold, with a tick or a star."),
    severity=Severity.WARNING,
)
ID_CHANGED = Fault(
    code="LM635",
    message=N_("“{name}” got the id {id}, as {old} can’t be used here or is taken."),
    hint=N_("Keep it, or choose another before anyone has answered."),
    why=N_("Ids are small letters, digits and hyphens, and each stands once in a course."),
    severity=Severity.NOTE,
)
FORMULA = Fault(
    code="LM636",
    message=N_("“{name}” holds a formula, which stands as it was typed."),
    hint=N_("Write it in words, or show it as a picture with a description."),
    why=N_("Formulas are drawn by a program of the platform. Here they would be shown as TeX."),
    severity=Severity.WARNING,
)
FLATTENED = Fault(
    code="LM637",
    message=N_("“{name}”: a list, table or heading inside an answer or feedback became plain lines."),
    hint=N_("Read it, and move what is long to the text of the question."),
    why=N_("An option, and what is said of it, is one line here."),
    severity=Severity.NOTE,
)
