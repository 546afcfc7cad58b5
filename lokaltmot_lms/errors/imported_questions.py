"""Faults 640-649: questions of other formats that a person must look at."""

from lokaltmot_lms.errors.problem import Fault, Severity
from lokaltmot_lms.texts import N_

EITHER_IS_RIGHT = Fault(
    code="LM640",
    message=N_("“{name}” accepted any one of {count} right answers. Learners must now choose all of them."),
    hint=N_("If one answer is enough, mark only one of them as right and remove the others."),
    why=N_(
        "In this format a question with one choice has exactly one right answer. The import marks every right answer "
        "instead of guessing which one to keep."
    ),
    severity=Severity.WARNING,
)
TOO_FEW_ANSWERS = Fault(
    code="LM641",
    message=N_("“{name}” has fewer than two answers to choose from or put in order."),
    hint=N_("Write it as another kind of question, or remove it."),
    why=N_("With only one answer there is nothing to choose. Empty answers don’t count."),
    severity=Severity.WARNING,
)
ANSWER_UNUSABLE = Fault(
    code="LM642",
    message=N_("“{name}”: “{what}” can’t be used as a right answer here."),
    hint=N_("Write the question with an answer that learners can type or choose, or remove it."),
    why=N_(
        "A right answer is a text, a number or a range of numbers. The import never makes a right answer out of a text "
        "that it doesn’t understand."
    ),
    severity=Severity.WARNING,
)
GAP_LEFT_OUT = Fault(
    code="LM643",
    message=N_("“{name}” has a gap that can’t be imported ({kind}). The text shows … in its place."),
    hint=N_("Write the gap as [[answer]] or [[ *right* | wrong ]], or ask about it in a question of its own."),
    why=N_("A gap is one typed answer, or a menu with one right choice. The other gaps of the text were imported."),
    severity=Severity.WARNING,
)
WILDCARD_LOST = Fault(
    code="LM644",
    message=N_("“{name}” accepted every answer like “{what}”. Now it accepts only “{new}”."),
    hint=N_("Add the other answers that are right, with | between them."),
    why=N_("A star in a typed answer means any text in some platforms. Here each right answer is written out."),
    severity=Severity.WARNING,
)
MENU_UNCLEAR = Fault(
    code="LM645",
    message=N_("“{name}” has a menu without exactly one right choice and at least one wrong one."),
    hint=N_("Write the menu as [[ *right* | wrong ]], or make it a question with several right answers."),
    why=N_("In a menu a learner chooses one answer. With two right ones, one would be counted as wrong."),
    severity=Severity.WARNING,
)
SCORING_UNREADABLE = Fault(
    code="LM646",
    message=N_("The points of “{name}” follow a rule that can’t be read: {what}."),
    hint=N_("Write the question again, and mark the right answers."),
    why=N_(
        "The right answers of a QTI question are those that its rules give points for. Without understanding all of "
        "the rules, the import would have to guess."
    ),
    severity=Severity.WARNING,
)
BLACKBOARD_TYPE = Fault(
    code="LM647",
    message=N_("“{name}” is a Blackboard question of the type “{kind}”, which can’t be imported."),
    hint=N_("Write it again as a choice, matching, ordering or typed question, or leave it in Blackboard."),
    why=N_("Blackboard stores some question types in a form of its own, which says nothing of the right answer here."),
    severity=Severity.WARNING,
)
QUESTIONS_FROM_CODE = Fault(
    code="LM648",
    message=N_("The code here makes questions when text2qti runs it. Code is never run by an import."),
    hint=N_("Write the questions themselves in place of the code, and import the file again."),
    why=N_("Code from a file can do anything on this computer, so it was left out. All other questions were imported."),
    severity=Severity.WARNING,
)
ANSWER_TO_NOTE = Fault(
    code="LM649",
    message=N_("The feedback of “{name}” was moved to a note for the facilitator."),
    hint=N_("Read the note. If learners should see the text, move it out of the block."),
    why=N_(
        "Feedback to a text that learners write is often the answer. A reflection shows everything at once, so the "
        "answer would be read before the question has been thought about."
    ),
    severity=Severity.WARNING,
)
WRONG_ACCEPTED = Fault(
    code="LM650",
    message=N_("“{name}”: “{what}” was a wrong answer, and is accepted here."),
    hint=N_("Make it a question with options if the difference matters."),
    why=N_(
        "In a typed answer, upper and lower case, spaces and the spelling of æ, ø and å make no difference here. The "
        "other platform told the two answers apart."
    ),
    severity=Severity.WARNING,
)
