"""What Moodle says to a right, partly right or wrong answer as a whole, and where it goes here."""

from dataclasses import replace

from lokaltmot_lms.errors.imports import FEEDBACK_MOVED
from lokaltmot_lms.importers.desk import Desk
from lokaltmot_lms.importers.moodle_text import Reader
from lokaltmot_lms.importers.rich import joined
from lokaltmot_lms.model import Options, Question, Text

_NAMES = ("correctfeedback", "partiallycorrectfeedback", "incorrectfeedback")
# What Moodle fills in by itself, in the languages of our users; it says no more than our own player does.
_DEFAULTS = frozenset(
    {
        "your answer is correct",
        "your answer is partially correct",
        "your answer is incorrect",
        "svaret ditt er riktig",
        "svaret ditt er rett",
        "svaret er riktig",
        "svaret ditt er delvis riktig",
        "svaret ditt er delvis rett",
        "svaret er delvis riktig",
        "svaret ditt er feil",
        "svaret ditt er galt",
        "svaret er feil",
    }
)


def with_combined(desk: Desk, reader: Reader, question: Question) -> Question:
    """Return a question with Moodle's feedback to the whole answer in it.

    With one right answer it belongs to the options that have none; else it joins the explanation.
    """
    said = {name: text for name in _NAMES if (text := _own(reader.line(name))) is not None}
    if not said:
        return question
    if isinstance(question, Options) and question.type != "multiple":
        right, wrong = said.get("correctfeedback"), said.get("incorrectfeedback")
        options = tuple(
            replace(option, feedback=option.feedback or (right if option.is_right else wrong))
            for option in question.options
        )
        return replace(question, options=options)
    explanation = question.explanation
    for text in said.values():
        explanation = joined(explanation, text)
    desk.say(FEEDBACK_MOVED, question.at, name=question.prompt.plain)
    return replace(question, explanation=explanation)


def _own(text: Text | None) -> Text | None:
    return None if text is None or text.plain.casefold().strip(" .!") in _DEFAULTS else text
