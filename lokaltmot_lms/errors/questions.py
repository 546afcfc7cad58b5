"""Faults 2xx: questions and quizzes."""

from lokaltmot_lms.errors.problem import Fault, Severity
from lokaltmot_lms.texts import N_

NO_ANSWER = Fault(
    code="LM201",
    message=N_("Nothing says how the question is answered."),
    hint=N_("Write options “- ( ) …” and “- (x) …”, or a line “Answer: …”."),
    why=N_("The marks under a question tell what kind it is. See the list of question types in the course format."),
    bad="## Who? {#who}\n\n- Everybody",
    good="## Who? {#who}\n\n- (x) Everybody\n- ( ) Nobody",
)
ANSWERS_MIXED = Fault(
    code="LM202",
    message=N_("The question has two kinds of answers: “{one}” and “{other}”."),
    hint=N_("Keep one kind, or make two questions."),
    why=N_("We don't guess which of the two was meant."),
    bad="- (x) 18\n- ( ) 16\n\nAnswer: 18",
    good="Answer: 18",
)
LINE_UNKNOWN = Fault(
    code="LM203",
    message=N_("This line isn't understood inside a question."),
    hint=N_("Write “> …” for feedback under an option, or a line such as “Explanation: …”."),
    why=N_(
        "When the answers have begun, each line must be an option, its feedback or a labelled line. A "
        "line of another kind is nearly always one that lost its mark."
    ),
    bad="- (x) Yes\n  That is right.",
    good="- (x) Yes\n  > That is right.",
)
NO_RIGHT_ANSWER = Fault(
    code="LM204",
    message=N_("The question has no right answer."),
    hint=N_("Mark at least one with {mark}."),
    why=N_("Nobody could answer it right."),
    bad="- ( ) Yes\n- ( ) No",
    good="- (x) Yes\n- ( ) No",
)
TWO_RIGHT_ANSWERS = Fault(
    code="LM205",
    message=N_("A second option is marked as right, but only one can be chosen."),
    hint=N_("Write [ ] and [x] on all options if several are right; else keep one (x)."),
    why=N_("With round marks the learner chooses one option."),
    bad="- (x) Yes\n- (x) Of course",
    good="- [x] Yes\n- [x] Of course",
)
MARKERS_MIXED = Fault(
    code="LM206",
    message=N_("Round and square marks stand in the same question."),
    hint=N_("Use ( ) for one right answer or [ ] for several, on all the options."),
    why=N_("The shape tells whether one or several can be chosen."),
    bad="- (x) Yes\n- [ ] No",
    good="- (x) Yes\n- ( ) No",
)
MARKER_MISSING = Fault(
    code="LM207",
    message=N_("This option has no mark."),
    hint=N_("Write it as: {good}"),
    why=N_("The other options have marks. Without one this would be lost as an option."),
    bad="- (x) Yes\n- No",
    good="- (x) Yes\n- ( ) No",
)
MARK_TWICE = Fault(
    code="LM208",
    message=N_("The mark stands twice."),
    hint=N_("Keep one of them."),
    why=N_("The second would be shown to the learner as part of the text."),
    bad="- (x) ( ) Yes",
    good="- (x) Yes",
)
OPTION_EMPTY = Fault(
    code="LM209",
    message=N_("The option has no text."),
    hint=N_("Write what the learner can choose."),
    why=N_("An empty option can't be chosen with a reason."),
    bad="- ( )",
    good="- ( ) No",
)
TOO_FEW_OPTIONS = Fault(
    code="LM210",
    message=N_("There must be at least two to choose from or put in order."),
    hint=N_("Add another one."),
    why=N_("With one alone there is nothing to answer."),
    bad="- (x) Yes",
    good="- (x) Yes\n- ( ) No",
)
FEEDBACK_ALONE = Fault(
    code="LM211",
    message=N_("This feedback belongs to no option."),
    hint=N_("Write it on the line under its option."),
    why=N_("Feedback is shown to the one who chose the option above it."),
    bad="> Right!\n- (x) Yes",
    good="- (x) Yes\n  > Right!",
)
LABEL_TWICE = Fault(
    code="LM212",
    message=N_("“{label}” stands here twice."),
    hint=N_("Keep one of them."),
    why=N_("Only one of the two would be used."),
    bad="Hint: One\nHint: Two",
    good="Hint: One",
)
LABEL_EMPTY = Fault(
    code="LM213",
    message=N_("“{label}” has nothing after it."),
    hint=N_("Write the text on the same line, or take the line away."),
    why=N_("An empty line would be shown as nothing."),
    bad="Hint:",
    good="Hint: Think of the law.",
)
LABEL_UNKNOWN = Fault(
    code="LM214",
    message=N_("“{label}:” isn't known in a question."),
    hint=N_("Did you mean “{nearest}:”?"),
    why=N_("An unknown label would be shown to the learner as text."),
    bad="Explanasion: …",
    good="Explanation: …",
)
LABEL_NOT_EMPTY = Fault(
    code="LM215",
    message=N_("Nothing stands on the same line as the label for the order."),
    hint=N_("Move the text to the numbered list below."),
    why=N_("The items of the order stand in the list."),
    bad="Order: first",
    good="Order:\n\n1. first\n2. second",
)
POINTS_BAD = Fault(
    code="LM216",
    message=N_("“{value}” can't be a number of points."),
    hint=N_("Write a number from 0 to 100; 0 means that the question doesn't count."),
    why=N_("Points say how much a question counts."),
    bad="Points: many",
    good="Points: 2",
)
TEXT_BEFORE_QUESTION = Fault(
    code="LM217",
    message=N_("There is text before the first question."),
    hint=N_("Move it above the quiz, or begin a question with: ## Text {{#id}}"),
    why=N_("In a quiz all text belongs to a question, which begins with ##."),
    bad="::: quiz\nGood luck!",
    good="Good luck!\n\n::: quiz",
)
QUIZ_EMPTY = Fault(
    code="LM218",
    message=N_("The quiz has no questions."),
    hint=N_("Begin each question with: ## Text {{#id}}"),
    why=N_("A quiz without questions can't be passed."),
    bad="::: quiz\n:::",
    good="::: quiz\n## Who? {#who}\n\nAnswer: all\n:::",
)
DRAW_TOO_MANY = Fault(
    code="LM219",
    message=N_("The quiz draws {draw} questions, but there are only {count}."),
    hint=N_("Draw fewer, or write more questions."),
    why=N_("No more questions can be drawn than there are."),
    bad="draw: 5",
    good="draw: 3",
)
NUMBER_AMBIGUOUS = Fault(
    code="LM220",
    message=N_("“{number}” can be read in two ways."),
    hint=N_("Write {whole} for a whole number or {comma} for a decimal."),
    why=N_("The point is a decimal sign in one country and stands between thousands in another."),
    bad="Answer: 1.000",
    good="Answer: 1000",
)
RANGE_BACKWARDS = Fault(
    code="LM221",
    message=N_("The range goes from {low} down to {high}."),
    hint=N_("Write the lowest number first."),
    why=N_("No number is right in such a range."),
    bad="Answer: 12 – 10",
    good="Answer: 10 – 12",
)
ALTERNATIVE_EMPTY = Fault(
    code="LM222",
    message=N_("One of the alternatives between the | is empty."),
    hint=N_("Write it, or take away the |."),
    why=N_("An empty alternative would be shown, or make an empty answer right."),
    bad="Answer: one | | two",
    good="Answer: one | two",
)
ALTERNATIVE_SLASH = Fault(
    code="LM223",
    message=N_("“/” doesn't part alternatives; the learner must type it."),
    hint=N_("Write | between answers that are both right."),
    why=N_("Alternatives are parted by |. With / the whole line is one answer."),
    bad="Answer: one / two",
    good="Answer: one | two",
    severity=Severity.WARNING,
)
NUMBER_UNREADABLE = Fault(
    code="LM224",
    message=N_("“{answer}” can't be read as a number, so it must be typed just so."),
    hint=N_("Write 18, 3,5 ± 0,1 or 10 – 12 for a number."),
    why=N_("An answer of digits and signs that makes no number is compared letter by letter, which is rarely meant."),
    bad="Answer: 3,5 0,1",
    good="Answer: 3,5 ± 0,1",
    severity=Severity.WARNING,
)
LOCK_REASON = Fault(
    code="LM225",
    message=N_("“{one}” stands here without “{other}”."),
    hint=N_("Write both: “lock: yes” and “reason: …”. Or leave both out; then every page is open."),
    why=N_(
        "A page that can't be opened angers a learner who is not told why, so the reason stands on the page. "
        "Most courses need no lock."
    ),
    bad="::: quiz\nlock: yes\n",
    good="::: quiz\nlock: yes\nreason: The case builds on what you answer here.\n",
)
PAIR_BROKEN = Fault(
    code="LM230",
    message=N_("This isn't a pair."),
    hint=N_("Write it as “- left => right”, with one arrow and text after it."),
    why=N_("Each line of a matching question is a pair; a line that begins with => is a wrong right side."),
    bad="- Police investigates",
    good="- Police => investigates",
)
TOO_FEW_PAIRS = Fault(
    code="LM231",
    message=N_("A matching question needs at least two pairs."),
    hint=N_("Add another line “- left => right”."),
    why=N_("With one pair there is nothing to choose."),
    bad="- Police => investigates",
    good="- Police => investigates\n- School => teaches",
)
ORDER_NUMBERS = Fault(
    code="LM240",
    message=N_("The items must be numbered 1, 2, 3 … in the right order; this one should be {number}."),
    hint=N_("Write the right order, with “{number}.” here."),
    why=N_("If numbers and places don't agree, we can't tell which order is the right one."),
    bad="1. Listen\n3. Report",
    good="1. Listen\n2. Report",
)
GAP_EMPTY = Fault(
    code="LM250",
    message=N_("There is nothing in the gap."),
    hint=N_("Write the right word between [[ and ]]."),
    why=N_("An empty answer would be right."),
    bad="Section [[ ]]",
    good="Section [[196]]",
)
GAP_MENU_RIGHT = Fault(
    code="LM251",
    message=N_("A menu must have exactly one right choice."),
    hint=N_("Put * on both sides of the right one: [[ one | *right* | other ]]"),
    why=N_("Without a right choice nobody can be right; with two, one of them is counted wrong."),
    bad="[[ all | some ]]",
    good="[[ *all* | some ]]",
)
GAP_ELSEWHERE = Fault(
    code="LM252",
    message=N_("A gap can't stand here."),
    hint=N_("Move it to the text right under the question; a glossary word can't be used inside a question."),
    why=N_("Inside a question [[…]] is always a gap, and gaps stand in the text under the heading."),
    bad="- ( ) Section [[196]]",
    good="Section [[196]]",
)
SPOT_NUMBERS = Fault(
    code="LM260",
    message=N_("The place in the picture can't be read."),
    hint=N_("End the line with “@ left top width height” in per cent, inside the picture: @ 10 20 15 15"),
    why=N_("Each place is a rectangle, in per cent of the picture's width and height."),
    bad="- (x) The door @ 10 20",
    good="- (x) The door @ 10 20 15 15",
)
SPOT_PICTURE = Fault(
    code="LM261",
    message=N_("The picture is missing."),
    hint=N_("Write it on the line above the list: ![what it shows](media/picture.svg)"),
    why=N_("The places belong to a picture, which stands right above them."),
)
SCALE_BAD = Fault(
    code="LM270",
    message=N_("The scale can't be read."),
    hint=N_("Write: Scale: Fully disagree … Fully agree (5)"),
    why=N_("A scale has a word for each end and the number of steps, from 2 to 11."),
    bad="Scale: 1 to 5",
    good="Scale: Never … Always (5)",
)
STATEMENTS_MISSING = Fault(
    code="LM271",
    message=N_("The scale has no statements."),
    hint=N_("Write one “- …” per line under it."),
    why=N_("The learner says how much each statement fits."),
    bad="Scale: Never … Always (5)",
    good="Scale: Never … Always (5)\n\n- I know whom to call",
)
LIKERT_POINTS = Fault(
    code="LM272",
    message=N_("A question with a scale gives no points."),
    hint=N_("Take away the line with points."),
    why=N_("There is no right or wrong in what somebody thinks."),
    bad="Points: 2",
    good="Scale: Never … Always (5)",
)
