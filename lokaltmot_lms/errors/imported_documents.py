"""Faults 655-669: links, hidden text and parts of Word documents and cartridges that a person must look at."""

from lokaltmot_lms.errors.problem import Fault, Severity
from lokaltmot_lms.texts import N_

ANCHOR_LEFT_OUT = Fault(
    code="LM655",
    message=N_("“{name}”: the link to the place “{text}” inside a page is now plain text."),
    hint=N_("Say in words where it is, or link to the page."),
    why=N_("A link in a course leads to a page or a question. Places inside a page have no address of their own."),
    severity=Severity.WARNING,
)
LINK_TO_OTHER_MODULE = Fault(
    code="LM656",
    message=N_("The link to the page “{page}”, which is in another module, is now plain text."),
    hint=N_("Say in words which module it is in, or move the page to this module."),
    why=N_("Each module is a package of its own in the platform, so a link from one to another would lead nowhere."),
    severity=Severity.WARNING,
)
ACTIVITY_LINK = Fault(
    code="LM657",
    message=N_("A link led to {kind} in the old platform. It is now plain text."),
    hint=N_("Read the page, and say in words what learners must do."),
    why=N_(
        "Assignments, discussions and tools are part of the platform and not of the course, so their addresses are "
        "not valid here."
    ),
    severity=Severity.WARNING,
)
PAGE_EMPTY = Fault(
    code="LM658",
    message=N_("The page “{name}” has no text or image that can be imported, but other pages link to it."),
    hint=N_("Write what the page should say, or remove the page and the links to it."),
    why=N_("The old page was empty or was made of a frame or a script. Without it, the links would lead nowhere."),
    severity=Severity.WARNING,
)
HIDDEN_TEXT = Fault(
    code="LM659",
    message=N_("Hidden text in the Word document was left out: “{text}”."),
    hint=N_("If it is a right answer or an explanation, write it in the question."),
    why=N_("Hidden text is often the answer key. Learners must never see it, so it is not part of the page."),
    severity=Severity.WARNING,
)
KEY_WITHOUT_QUESTION = Fault(
    code="LM660",
    message=N_("“{name}” shows a right answer, but it could not be read as a question."),
    hint=N_("Write it as a question, with “- (x)” before the right answer and “- ( )” before the others."),
    why=N_(
        "As running text the page would show the right answer to learners. A list of answers, or lines that start "
        "with a), b), c), can be read."
    ),
    severity=Severity.WARNING,
)
EQUATION_AS_TEXT = Fault(
    code="LM661",
    message=N_("“{name}” contains an equation, which became the text “{text}”."),
    hint=N_("Check that it still says the same, or show it as an image with a description."),
    why=N_(
        "Word draws equations with a program. In a course they are text on one line, with ^ for raised and _ for "
        "lowered signs."
    ),
    severity=Severity.WARNING,
)
PROMPT_LEFT_OUT = Fault(
    code="LM662",
    message=N_("The Word document has a field that nobody has filled in: “{text}”. It was left out."),
    hint=N_("If something should be there, write it."),
    why=N_("Word shows such a text only until somebody writes something else there."),
    severity=Severity.NOTE,
)
WORD_PART_LEFT_OUT = Fault(
    code="LM663",
    message=N_("The Word document contains {what}, which can't be imported."),
    hint=N_("Open it in Word. If learners need it, save it as an image, or write it as text."),
    why=N_("Charts, drawings and similar parts are made by programs of Office, and a browser has no such program."),
    severity=Severity.WARNING,
)
STYLES_UNKNOWN = Fault(
    code="LM664",
    message=N_("Text in the Word styles {what} was imported as ordinary paragraphs."),
    hint=N_("If one of them is a heading, use Word's own heading styles and import again."),
    why=N_("Only Word's own styles say what a paragraph is. A style with another name says only how it looks."),
    severity=Severity.NOTE,
)
IMAGE_IN_ANSWER = Fault(
    code="LM665",
    message=N_("“{name}”: the image {file} in an answer was left out, because answers of this kind are words."),
    hint=N_("Write in words what it shows, or make it a question with options, which can be images."),
    why=N_("The right sides of pairs and the answers of gaps are typed or chosen as words in this format."),
    severity=Severity.WARNING,
)
