"""Faults 2xx: questions and quizzes."""

from lokaltmot_lms.errors.problem import Fault, Severity
from lokaltmot_lms.texts import N_

NO_ANSWER = Fault(
    code="LM201",
    message=N_("The question has no options and no answer line."),
    hint=N_("Write options “- ( ) …” and “- (x) …”, or a line “Answer: …”."),
    why=N_("What is below the question decides its type. See the list of question types in the course format."),
    bad="## Who? {#who}\n\n- Everybody",
    good="## Who? {#who}\n\n- (x) Everybody\n- ( ) Nobody",
)
ANSWERS_MIXED = Fault(
    code="LM202",
    message=N_("The question has two kinds of answers: “{one}” and “{other}”."),
    hint=N_("Keep one kind, or split it into two questions."),
    why=N_("We can't know which of the two you meant."),
    bad="- (x) 18\n- ( ) 16\n\nAnswer: 18",
    good="Answer: 18",
)
LINE_UNKNOWN = Fault(
    code="LM203",
    message=N_("This line has no meaning inside a question."),
    hint=N_("Write “> …” for feedback under an option, or a line such as “Explanation: …”."),
    why=N_(
        "After the first answer, each line must be an option, feedback to an option or a line with a label. Another "
        "kind of line is usually missing its first characters."
    ),
    bad="- (x) Yes\n  That is right.",
    good="- (x) Yes\n  > That is right.",
)
NO_RIGHT_ANSWER = Fault(
    code="LM204",
    message=N_("The question has no right answer."),
    hint=N_("Mark at least one with {mark}."),
    why=N_("No learner could answer it correctly."),
    bad="- ( ) Yes\n- ( ) No",
    good="- (x) Yes\n- ( ) No",
)
TWO_RIGHT_ANSWERS = Fault(
    code="LM205",
    message=N_("A second option is marked as right, but only one can be chosen."),
    hint=N_("If several are right, write [ ] and [x] on all options. If not, keep one (x)."),
    why=N_("With ( ) the learner can choose only one option."),
    bad="- (x) Yes\n- (x) Of course",
    good="- [x] Yes\n- [x] Of course",
)
MARKERS_MIXED = Fault(
    code="LM206",
    message=N_("The question has both ( ) and [ ] before its options."),
    hint=N_("Use ( ) for one right answer or [ ] for several, on all the options."),
    why=N_("The brackets decide whether a learner can choose one option or several."),
    bad="- (x) Yes\n- [ ] No",
    good="- (x) Yes\n- ( ) No",
)
MARKER_MISSING = Fault(
    code="LM207",
    message=N_("This option has no ( ) or [ ] before it."),
    hint=N_("Write it as: {good}"),
    why=N_("The other options have one. Without it, this line is not read as an option."),
    bad="- (x) Yes\n- No",
    good="- (x) Yes\n- ( ) No",
)
MARK_TWICE = Fault(
    code="LM208",
    message=N_("The option has two markers."),
    hint=N_("Keep one of them."),
    why=N_("The second marker would be shown to the learner as part of the text."),
    bad="- (x) ( ) Yes",
    good="- (x) Yes",
)
OPTION_EMPTY = Fault(
    code="LM209",
    message=N_("The option has no text."),
    hint=N_("Write what the learner can choose."),
    why=N_("An option without text gives the learner nothing to choose."),
    bad="- ( )",
    good="- ( ) No",
)
TOO_FEW_OPTIONS = Fault(
    code="LM210",
    message=N_("There must be at least two items to choose from or put in order."),
    hint=N_("Add another one."),
    why=N_("With only one, there is nothing to answer."),
    bad="- (x) Yes",
    good="- (x) Yes\n- ( ) No",
)
FEEDBACK_ALONE = Fault(
    code="LM211",
    message=N_("This feedback doesn't belong to an option."),
    hint=N_("Write it on the line under its option."),
    why=N_("Feedback is shown to learners who choose the option above it."),
    bad="> Right!\n- (x) Yes",
    good="- (x) Yes\n  > Right!",
)
LABEL_TWICE = Fault(
    code="LM212",
    message=N_("“{label}” is given twice."),
    hint=N_("Keep one of them."),
    why=N_("Only one of the two would be used."),
    bad="Hint: One\nHint: Two",
    good="Hint: One",
)
LABEL_EMPTY = Fault(
    code="LM213",
    message=N_("“{label}” has no text after it."),
    hint=N_("Write the text on the same line, or remove the line."),
    why=N_("A label without text would show the learner nothing."),
    bad="Hint:",
    good="Hint: Think of the law.",
)
LABEL_UNKNOWN = Fault(
    code="LM214",
    message=N_("“{label}:” is not a known label in a question."),
    hint=N_("Did you mean “{nearest}:”?"),
    why=N_("An unknown label would be shown to the learner as text."),
    bad="Explanasion: …",
    good="Explanation: …",
)
LABEL_NOT_EMPTY = Fault(
    code="LM215",
    message=N_("The line “Order:” can't have more text on it."),
    hint=N_("Move the text to the numbered list below."),
    why=N_("The items to put in order are in the list."),
    bad="Order: first",
    good="Order:\n\n1. first\n2. second",
)
POINTS_BAD = Fault(
    code="LM216",
    message=N_("“{value}” is not a valid number of points."),
    hint=N_("Write a number from 0 to 100; 0 means that the question doesn't count."),
    why=N_("Points decide how much a question counts."),
    bad="Points: many",
    good="Points: 2",
)
TEXT_BEFORE_QUESTION = Fault(
    code="LM217",
    message=N_("There is text before the first question."),
    hint=N_("Move it above the quiz, or start a question with: ## Text {{#id}}"),
    why=N_("In a quiz all text belongs to a question, and a question starts with ##."),
    bad="::: quiz\nGood luck!",
    good="Good luck!\n\n::: quiz",
)
QUIZ_EMPTY = Fault(
    code="LM218",
    message=N_("The quiz has no questions."),
    hint=N_("Start each question with: ## Text {{#id}}"),
    why=N_("A quiz without questions can't be passed."),
    bad="::: quiz\n:::",
    good="::: quiz\n## Who? {#who}\n\nAnswer: all\n:::",
)
DRAW_TOO_MANY = Fault(
    code="LM219",
    message=N_("The quiz draws {draw} questions, but has only {count}."),
    hint=N_("Draw fewer, or write more questions."),
    why=N_("A quiz can't draw more questions than it has."),
    bad="draw: 5",
    good="draw: 3",
)
NUMBER_AMBIGUOUS = Fault(
    code="LM220",
    message=N_("“{number}” can be read in two ways."),
    hint=N_("Write {whole} for a whole number or {comma} for a decimal."),
    why=N_("A point is a decimal sign in some countries and a thousands separator in others."),
    bad="Answer: 1.000",
    good="Answer: 1000",
)
RANGE_BACKWARDS = Fault(
    code="LM221",
    message=N_("The range goes from {low} down to {high}."),
    hint=N_("Write the lower number first."),
    why=N_("No number is in such a range, so no answer would be right."),
    bad="Answer: 12 – 10",
    good="Answer: 10 – 12",
)
ALTERNATIVE_EMPTY = Fault(
    code="LM222",
    message=N_("One of the alternatives separated by | is empty."),
    hint=N_("Write it, or remove the |."),
    why=N_("An empty alternative would be shown to learners, or would make an empty answer right."),
    bad="Answer: one | | two",
    good="Answer: one | two",
)
ALTERNATIVE_SLASH = Fault(
    code="LM223",
    message=N_("“/” doesn't separate alternatives: the learner must type it."),
    hint=N_("Write | between answers that are both right."),
    why=N_("Alternatives are separated by |. With / the whole line is one answer."),
    bad="Answer: one / two",
    good="Answer: one | two",
    severity=Severity.WARNING,
)
NUMBER_UNREADABLE = Fault(
    code="LM224",
    message=N_("“{answer}” can't be read as a number, so learners must type it exactly like that."),
    hint=N_("Write 18, 3,5 ± 0,1 or 10 – 12 for a number."),
    why=N_(
        "An answer of digits and signs that is not a number is compared character by character, which is rarely what "
        "you want."
    ),
    bad="Answer: 3,5 0,1",
    good="Answer: 3,5 ± 0,1",
    severity=Severity.WARNING,
)
LOCK_REASON = Fault(
    code="LM225",
    message=N_("“{one}” is given without “{other}”."),
    hint=N_("Write both: “lock: yes” and “reason: …”. Or leave both out, and every page is open."),
    why=N_(
        "A locked page frustrates learners who don't know why it is locked, so the page shows the reason. Most courses "
        "need no lock."
    ),
    bad="::: quiz\nlock: yes\n",
    good="::: quiz\nlock: yes\nreason: The case builds on what you answer here.\n",
)
PAIR_BROKEN = Fault(
    code="LM230",
    message=N_("This isn't a pair."),
    hint=N_("Write it as “- left => right”, with one arrow and text after it."),
    why=N_("Each line of a matching question is a pair. A line that starts with => is a wrong right-hand side."),
    bad="- Police investigates",
    good="- Police => investigates",
)
TOO_FEW_PAIRS = Fault(
    code="LM231",
    message=N_("A matching question needs at least two pairs."),
    hint=N_("Add another line “- left => right”."),
    why=N_("With only one pair, there is nothing to choose."),
    bad="- Police => investigates",
    good="- Police => investigates\n- School => teaches",
)
ORDER_NUMBERS = Fault(
    code="LM240",
    message=N_("The items must be numbered 1, 2, 3 … in the right order. This one should be {number}."),
    hint=N_("Write the right order, with “{number}.” here."),
    why=N_("If the numbers don't follow the order of the lines, we can't know which order is right."),
    bad="1. Listen\n3. Report",
    good="1. Listen\n2. Report",
)
GAP_EMPTY = Fault(
    code="LM250",
    message=N_("The gap is empty."),
    hint=N_("Write the right word between [[ and ]]."),
    why=N_("An empty answer would be right."),
    bad="Section [[ ]]",
    good="Section [[196]]",
)
GAP_MENU_RIGHT = Fault(
    code="LM251",
    message=N_("A menu must have exactly one right choice."),
    hint=N_("Put * on both sides of the right one: [[ one | *right* | other ]]"),
    why=N_("Without a right choice, no answer is right. With two, one of them is counted as wrong."),
    bad="[[ all | some ]]",
    good="[[ *all* | some ]]",
)
GAP_ELSEWHERE = Fault(
    code="LM252",
    message=N_("A gap is not allowed here."),
    hint=N_("Move it to the text directly below the question. A glossary word can't be used inside a question."),
    why=N_("Inside a question, [[…]] is always a gap, and gaps belong in the text below the heading."),
    bad="- ( ) Section [[196]]",
    good="Section [[196]]",
)
SPOT_NUMBERS = Fault(
    code="LM260",
    message=N_("The area in the image can't be read."),
    hint=N_("End the line with “@ left top width height” in per cent, inside the image: @ 10 20 15 15"),
    why=N_("Each area is a rectangle, given in per cent of the image's width and height."),
    bad="- (x) The door @ 10 20",
    good="- (x) The door @ 10 20 15 15",
)
SPOT_PICTURE = Fault(
    code="LM261",
    message=N_("The question has no image."),
    hint=N_("Add it on the line above the list: ![what it shows](media/picture.svg)"),
    why=N_("The areas are in an image, which must be directly above them."),
)
SCALE_BAD = Fault(
    code="LM270",
    message=N_("The scale can't be read."),
    hint=N_("Write: Scale: Fully disagree … Fully agree (5)"),
    why=N_("A scale has a text for each end and a number of steps, from 2 to 11."),
    bad="Scale: 1 to 5",
    good="Scale: Never … Always (5)",
)
STATEMENTS_MISSING = Fault(
    code="LM271",
    message=N_("The scale has no statements."),
    hint=N_("Write one “- …” per line under it."),
    why=N_("The learner answers how well each statement fits."),
    bad="Scale: Never … Always (5)",
    good="Scale: Never … Always (5)\n\n- I know whom to call",
)
LIKERT_POINTS = Fault(
    code="LM272",
    message=N_("A question with a scale can't give points."),
    hint=N_("Remove the line with points."),
    why=N_("An opinion is neither right nor wrong."),
    bad="Points: 2",
    good="Scale: Never … Always (5)",
)
