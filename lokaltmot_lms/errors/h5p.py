"""Faults 6xx of H5P packages."""

from lokaltmot_lms.errors.problem import Fault, Severity
from lokaltmot_lms.texts import N_

JSON_BROKEN = Fault(
    code="LM611",
    message=N_("“{name}” is missing from the H5P file, or is not valid JSON."),
    hint=N_("Export or download the H5P file again, with its content."),
    why=N_("The texts of an H5P file are in content/content.json. A file without it contains only programs."),
)
NO_CHOICE = Fault(
    code="LM680",
    message=N_(
        "“{name}” could not become a question. It needs at least two answers, one of them right. Answers in the file: "
        "{count}. Right: {right}."
    ),
    hint=N_("Write the question with its right answer, and remove the block."),
    why=N_(
        "A question without a right answer can’t be graded. The import keeps what the file contains in a block that "
        "stops the build until a person has looked, and never shows it to learners."
    ),
    severity=Severity.WARNING,
)
NO_GAPS = Fault(
    code="LM681",
    message=N_("“{name}” could not become a question: no gap with a right answer was found in its text."),
    hint=N_("Write [[the answer]] in the text, and remove the block."),
    why=N_(
        "In H5P, a gap is a word between two asterisks. An asterisk that is missing or used as a sign moves the gaps. "
        "The text is kept in a block that stops the build, because it can contain right answers."
    ),
    severity=Severity.WARNING,
)
WORDS_TO_CHOOSE = Fault(
    code="LM682",
    message=N_("“{name}”, in which learners marked words in a text, became a choice among the words of the text."),
    hint=N_("Remove the options that make it too long, and check that the others are clear without the text."),
    why=N_("Words in a running text can’t be marked here. A choice has the same right answers."),
    severity=Severity.WARNING,
)
MARKED_WORDS = Fault(
    code="LM683",
    message=N_(
        "“{name}”, in which learners mark words in a text, could not become a question: the text has too many words "
        "for a choice, or the same word is right in one place and wrong in another."
    ),
    hint=N_("Ask it as a choice or as a text with gaps, and remove the block."),
    why=N_(
        "Words in a running text can’t be marked here, and an option can’t stand for only one place in the text. The "
        "text is kept in a block that stops the build, because it shows the right answers."
    ),
    severity=Severity.WARNING,
)
SCORE_FEEDBACK_LEFT_OUT = Fault(
    code="LM684",
    message=N_("“{name}”: the feedback by score was left out: {what}"),
    hint=N_("Write it in the explanation of the question, if learners need it."),
    why=N_("Feedback belongs to an answer or to a question here, not to a range of points."),
    severity=Severity.WARNING,
)
RIGHTS_STATED = Fault(
    code="LM685",
    message=N_("The file states for “{name}”: {rights}."),
    hint=N_("Write the licence and the names in course.yaml, under license and credits."),
    why=N_(
        "A licence such as CC BY requires that the authors are named. The import does not decide what applies to the "
        "course as a whole."
    ),
    severity=Severity.NOTE,
)
TASKS_AFTER_VIDEO = Fault(
    code="LM686",
    message=N_("“{name}”: what was shown during the video comes after it."),
    hint=N_("Divide the video, or say in the text which part of it a question is about."),
    why=N_("A video plays without stopping here, so that everyone can follow captions and the transcript."),
    severity=Severity.NOTE,
)
