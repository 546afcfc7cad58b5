"""Faults 67x: what an import of QTI 2, QTI 3 or Aiken could not take over as it was."""

from lokaltmot_lms.errors.problem import Fault, Severity
from lokaltmot_lms.texts import N_

ITEM_SPLIT = Fault(
    code="LM670",
    message=N_("“{name}” had {count} tasks in one question. Each is now a question of its own, with its own points."),
    hint=N_("Check that each question can be read on its own."),
    why=N_("In this format, a question has one kind of answer."),
    severity=Severity.WARNING,
)
KEY_MISSING = Fault(
    code="LM671",
    message=N_("“{name}” does not say which of its answers is right."),
    hint=N_("Write it as a question with a right answer, or remove it."),
    why=N_("The import never guesses a right answer. What the file says is kept in the course, hidden from learners."),
    severity=Severity.WARNING,
)
KEY_UNDECIDED = Fault(
    code="LM672",
    message=N_("“{name}” decides what is right by a rule that can’t be read here: {what}."),
    hint=N_("Write it as a question with a right answer, or remove it."),
    why=N_(
        "QTI can calculate what is right by a program. The import evaluates the usual rules, and never guesses what "
        "the others would say."
    ),
    severity=Severity.WARNING,
)
KEY_CONFLICT = Fault(
    code="LM673",
    message=N_("“{name}” contradicts itself: the answer that it calls right is not the one that gives the points."),
    hint=N_("Decide which answer is right, and write the question with it."),
    why=N_("The list of right answers and the rules for points in the file differ. Only a person can say which holds."),
    severity=Severity.WARNING,
)
SPOTS_UNNAMED = Fault(
    code="LM674",
    message=N_("The areas in the image of “{name}” have no names. They are called {names}."),
    hint=N_("Write what each area shows, in a way that does not give the answer away."),
    why=N_("Learners who can’t see the image, or who use a keyboard, choose from the list of names."),
    severity=Severity.WARNING,
)
NOT_ONE_ANSWER = Fault(
    code="LM675",
    message=N_("“{name}” has a place that takes several right answers, or none. It can’t become a question here."),
    hint=N_("Write it as several questions, for example a choice with several right answers for each place."),
    why=N_("In matching, ordering and menus of this format, exactly one answer is right in each place."),
    severity=Severity.WARNING,
)
SPOT_SHAPE = Fault(
    code="LM676",
    message=N_("“{name}” has an area of the shape “{shape}”, which can’t be expressed here."),
    hint=N_("Write the areas as rectangles, or ask the question as a choice."),
    why=N_("An area of an image is a rectangle in this format. Another shape would make other answers right."),
    severity=Severity.WARNING,
)
SPOT_ROUND = Fault(
    code="LM677",
    message=N_("A round area in the image of “{name}” became the rectangle around it."),
    hint=N_("Check that the areas don’t overlap now."),
    why=N_("An area of an image is a rectangle in this format."),
    severity=Severity.NOTE,
)
ALL_OR_NOTHING = Fault(
    code="LM678",
    message=N_("Some questions gave points only when the whole answer was right. Here each right part counts."),
    hint=N_("Check that this is what you want. It applies to “{name}” and all questions of its kind in the file."),
    why=N_(
        "In questions with several right parts, each part gives its share of the points. With several choices, a wrong "
        "one subtracts what a right one adds."
    ),
    severity=Severity.NOTE,
)
TEXT_FOR_OTHERS = Fault(
    code="LM679",
    message=N_("A text in “{name}” that learners never see (for: {who}) was left out."),
    hint=N_("If you need it, put it in a facilitator block."),
    why=N_("It is written for those who grade or teach, and often contains the answer."),
    severity=Severity.NOTE,
)
