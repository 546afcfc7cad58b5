"""An export can be imported again: same questions, answers and feedback, except for what the loss report lists."""

import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lokaltmot_lms.errors.imports import READS_OTHERWISE
from lokaltmot_lms.importers import read_file
from lokaltmot_lms.importers.equivalence import meaning
from lokaltmot_lms.importers.folder import make_folder
from lokaltmot_lms.model import Course, Matching, Ordering, Pair, Question, Quiz
from lokaltmot_lms.questions.written import letter
from lokaltmot_lms.source import read_course
from lokaltmot_lms.targets import TARGETS, BuildOptions
from lokaltmot_lms.targets.archive import write_zip

from ..examples import examples
from . import reachable

_QUIET = examples(25)
_GIFT = ("single", "truefalse", "multiple", "text", "numeric", "matching", "ordering", "gaps")
_EVERY = reachable.KINDS


def _questions(modules: tuple[object, ...]) -> dict[str, Question]:
    return {
        question.id: question
        for module in modules
        for page in module.pages  # type: ignore[attr-defined]
        for block in page.blocks
        if isinstance(block, Quiz)
        for question in block.questions
    }


def _back(target: str, course: Course) -> dict[str, Question]:
    package = TARGETS[target].package(course, course.modules, BuildOptions())
    with TemporaryDirectory() as folder:
        file = Path(folder) / f"x{TARGETS[target].suffix}"
        if TARGETS[target].is_file:
            content = package.files[0].content
            assert isinstance(content, bytes)
            file.write_bytes(content)
        else:
            write_zip(file, package.files)
        format_, draft = read_file(file)
        made = make_folder(draft, Path(folder) / "kurs")
        assert [problem.text() for problem in made.findings if problem.code == READS_OTHERWISE.code] == []
        read_back = read_course(Path(folder) / "kurs").course
    assert format_.name == {"gift": "gift", "moodlexml": "moodlexml", "canvas": "canvas", "cc": "canvas"}[target]
    assert read_back is not None
    return _questions(read_back.modules)


def _placed(question: Question) -> Question:
    """Return an ordering question as the loss report describes it: matching, each item with its position."""
    if not isinstance(question, Ordering):
        return question
    pairs = tuple(
        Pair(key=str(at), left=item.text, match=item.key, right=reachable._word_text(str(at)), at=item.at)
        for at, item in enumerate(question.items, start=1)
    )
    common = {
        name: getattr(question, name)
        for name in ("id", "prompt", "intro", "explanation", "hint", "points", "facts", "at")
    }
    return Matching(type="matching", pairs=pairs, **common)


def _as_gift(question: Question) -> Question:
    return replace(_placed(question), hint=None, points=Decimal(1))


def _as_moodle(question: Question) -> Question:
    kept = _placed(question)
    if kept.type == "truefalse":
        kept = replace(kept, hint=None)
    return replace(kept, points=Decimal(1)) if kept.type == "gaps" else kept


def _as_canvas(question: Question) -> Question:
    return replace(_placed(question), hint=None)


def _unmixed(target: str, question: Question, original: Question) -> Question:
    """Return what came back of an ordering question with its items in the right order; in Canvas they never are."""
    if not isinstance(original, Ordering) or not isinstance(question, Matching):
        return question
    order = [int(pair.right.plain) for pair in question.pairs]
    assert target != "canvas" or order != sorted(order)
    pairs = sorted(question.pairs, key=lambda pair: int(pair.right.plain))
    kept = [replace(pair, key=str(at + 1), match=letter(at)) for at, pair in enumerate(pairs)]
    return replace(question, pairs=tuple(kept))


def _lost(target: str, course: Course) -> set[str]:
    losses = TARGETS[target].package(course, course.modules, BuildOptions()).losses or ()
    return {id_ for loss in losses if loss.became == "left out" and loss.thing in reachable.KINDS for id_ in loss.ids}


@pytest.mark.parametrize(
    ("target", "kinds", "as_kept"),
    [("gift", _GIFT, _as_gift), ("moodlexml", _EVERY, _as_moodle), ("canvas", _EVERY, _as_canvas)],
)
@_QUIET
@given(data=st.data())
def test_questions_come_back_from(
    target: str, kinds: tuple[str, ...], as_kept: Callable[[Question], Question], data: st.DataObject
) -> None:
    course = data.draw(reachable.courses(kinds, with_pages=False))
    questions, lost = _questions(course.modules), _lost(target, course)
    if len(lost) == len(questions):
        return

    back = _back(target, course)

    assert back.keys() == questions.keys() - lost
    for id_ in back:
        assert meaning(_unmixed(target, back[id_], questions[id_])) == meaning(as_kept(questions[id_]))


@pytest.mark.parametrize(("target", "as_kept"), [("gift", _as_gift), ("moodlexml", _as_moodle), ("canvas", _as_canvas)])
def test_a_whole_course_comes_back_from(target: str, as_kept: Callable[[Question], Question]) -> None:
    course = read_course(Path(__file__).parents[2] / "courses" / "lokalt-mot").course
    assert course is not None
    questions, lost = _questions(course.modules), _lost(target, course)

    back = _back(target, course)

    assert len(questions) >= 60
    assert back.keys() == questions.keys() - lost
    for id_, question in back.items():
        found = _unmixed(target, question, questions[id_])
        assert meaning(found) == meaning(as_kept(_with_values(questions[id_])))


def _with_values(question: Question) -> Question:
    """Return a question as a platform gets it: with the values of facts as text."""
    changed = {
        name: replace(text, html=re.sub(r'<span data-(?:fact|local)="[^"]*">(.*?)</span>', r"\1", text.html))
        for name in ("prompt", "intro", "explanation")
        if (text := getattr(question, name)) is not None
    }
    return replace(question, facts=(), **changed)
