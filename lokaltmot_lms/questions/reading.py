"""Recognises the type of a written question by its marks, and lets that type read it."""

from collections.abc import Callable

from lokaltmot_lms.errors.questions import ANSWERS_MIXED, NO_ANSWER
from lokaltmot_lms.model import Question
from lokaltmot_lms.questions.gaps import read_gaps
from lokaltmot_lms.questions.hotspot import NEAR_PLACE, read_hotspot
from lokaltmot_lms.questions.likert import read_likert
from lokaltmot_lms.questions.matching import ARROW, read_matching
from lokaltmot_lms.questions.options import read_options
from lokaltmot_lms.questions.ordering import read_ordering
from lokaltmot_lms.questions.typed import read_typed
from lokaltmot_lms.questions.written import WrittenQuestion

_Reader = Callable[[WrittenQuestion], Question | None]

# What each form is called in a message: its marks, which are the same in every language.
_FORMS: dict[str, tuple[str, _Reader]] = {
    "options": ("- (x)", read_options),
    "spots": ("- (x) … @", read_hotspot),
    "answer": ("Svar:", read_typed),
    "order": ("Rekkefølge:", read_ordering),
    "scale": ("Skala:", read_likert),
    "pairs": ("- … => …", read_matching),
    "gaps": ("[[…]]", read_gaps),
}


def read_question(written: WrittenQuestion) -> Question | None:
    """Return the question; None when nothing, or more than one thing, says how it is answered."""
    forms = _forms(written)
    if not forms:
        written.report(NO_ANSWER, written.at)
        return None
    if len(forms) > 1:
        written.report(ANSWERS_MIXED, written.at, one=_FORMS[forms[0]][0], other=_FORMS[forms[1]][0])
        return None
    return _FORMS[forms[0]][1](written)


def _forms(written: WrittenQuestion) -> list[str]:
    found: list[str] = [name for name in ("answer", "order", "scale") if name in written.labels]
    marked = any(item.is_marked for item in written.items)
    if marked:
        found.append("spots" if any(NEAR_PLACE.search(item.words.text) for item in written.items) else "options")
    bare = [item for item in written.items if item.mark == "-"]
    if not marked and any(ARROW in item.words.text for item in bare):
        found.append("pairs")
    if written.gaps:
        found.append("gaps")
    if bare and found and not marked and found[0] in ("answer", "gaps"):
        found.append("pairs")  # a list that belongs to nothing
    return found
