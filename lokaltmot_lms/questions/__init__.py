"""The kinds of questions. One file a kind or two that share their form, one line in the registry."""

from lokaltmot_lms.questions.base import QuestionType, is_graded
from lokaltmot_lms.questions.gaps import FillIn
from lokaltmot_lms.questions.hotspot import FindSpots
from lokaltmot_lms.questions.likert import Agree
from lokaltmot_lms.questions.matching import MatchPairs
from lokaltmot_lms.questions.options import MultipleChoice, SingleChoice, TrueFalse
from lokaltmot_lms.questions.ordering import PutInOrder
from lokaltmot_lms.questions.reading import read_question
from lokaltmot_lms.questions.typed import TypedNumber, TypedText

__all__ = ["QUESTION_TYPES", "QuestionType", "is_graded", "read_question"]

QUESTION_TYPES: dict[str, QuestionType] = {
    kind.name: kind
    for kind in (
        SingleChoice(),
        TrueFalse(),
        MultipleChoice(),
        TypedText(),
        TypedNumber(),
        MatchPairs(),
        PutInOrder(),
        FillIn(),
        FindSpots(),
        Agree(),
    )
}
