"""Scenarios for a module that lokaltmot built: its questions are known, so the expected record is known too."""

import time
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any

from lokaltmot_lms.texts import N_
from lokaltmot_lms.trial.answers import is_graded, right_answer, wrong_answer
from lokaltmot_lms.trial.browser_lms import LearnerBrowser
from lokaltmot_lms.trial.generic_scenarios import Scenario, left
from lokaltmot_lms.trial.learner import ScriptedLearner
from lokaltmot_lms.trial.outcome import ReportedOutcome, outcome
from lokaltmot_lms.trial.verdict import Finding

# The limits on calls (docs/player.md): at launch, per page turn, and on leaving.
MOST_AT_LAUNCH = 8
MOST_A_TURN = 3
MOST_ON_LEAVING = 4

_AT_LAUNCH = N_("{count} calls at launch; at most {most} are allowed.")
_A_TURN = N_("{count} calls at a page turn; at most {most} are allowed.")
_ON_LEAVING = N_("{count} calls on leaving; at most {most} are allowed.")
_RESULT = N_("The platform stored: {got}. Expected: {expected}.")
_LOWERED = N_("A second visit changed the record: {before} became {after}.")
_NOT_RESUMED = N_("After the tab was killed the learner came back to {got}, expected {expected}.")
_ANSWER_LOST = N_("The answer to {question} was lost.")
_NO_BAR = N_("The connection was lost, and the page did not show it to the learner.")
_NOT_SENT = N_("The connection came back, but what happened in between was not saved. Waited {seconds} s.")
_NO_RETRY = N_("Attempts were left, but the page did not offer another.")
_BLANK = N_("With an unreadable state the page was empty.")

Module = Mapping[str, Any]


def scenarios(module: Module) -> tuple[Scenario, ...]:
    """Return the scenarios that fit a module. Those about answers need a quiz."""
    every: list[tuple[str, Callable[[Module, LearnerBrowser], Iterator[Finding]]]] = [
        (N_("everything read and answered correctly"), all_right),
        (N_("a second visit lowers nothing"), second_visit),
        (N_("an unreadable state"), unreadable_state),
        (N_("preview mode writes nothing that counts"), browse),
    ]
    if module["quizzes"]:
        every += [
            (N_("everything answered wrong"), all_wrong),
            (N_("the tab is killed in the quiz"), killed),
            (N_("the connection is lost for a while"), lost_for_a_while),
            (N_("the connection is lost and the tab killed"), lost_and_killed),
        ]
    return tuple(Scenario(title=title, play=partial(play, module)) for title, play in every)


def all_right(module: Module, stage: LearnerBrowser) -> Iterator[Finding]:
    """Read every page and answer everything correctly: passed, with the full score, in few calls."""
    learner = _started(module, stage)
    stage.settle()
    yield from _counted(stage, N_("at launch"), stage.count(), MOST_AT_LAUNCH, _AT_LAUNCH)
    _everything_right(learner)
    yield from _counted(stage, N_("at a page turn"), max(learner.turns, default=0), MOST_A_TURN, _A_TURN)
    stage.figures[N_("characters of state")] = len(stage.stored().get("cmi.suspend_data", ""))
    stage.settle()
    yield from _expected(stage, _best(module, stage))
    before = stage.count()
    yield from left(stage)
    yield from _counted(stage, N_("on leaving"), stage.count() - before, MOST_ON_LEAVING, _ON_LEAVING)
    yield from _expected(stage, _best(module, stage))


def all_wrong(module: Module, stage: LearnerBrowser) -> Iterator[Finding]:
    """Answer everything wrong, twice or until the attempts are used up: failed only after the last attempt."""
    learner = _started(module, stage)
    quiz = _graded_quiz(module)
    learner.start(quiz)
    rounds = quiz["attempts"] or 2
    for attempt in range(1, rounds + 1):
        learner.take(quiz, wrong_answer)
        stage.settle()
        if attempt < rounds:
            yield from _success(stage, "unknown")
            if not learner.retry(quiz):
                yield Finding(message=_NO_RETRY)
                break
    learner.read_on()
    stage.settle()
    yield from _success(stage, "failed" if quiz["attempts"] and module["completion"]["passedQuiz"] else "unknown")
    yield from left(stage)


def killed(module: Module, stage: LearnerBrowser) -> Iterator[Finding]:
    """Kill the tab after the third question: the learner resumes there, with three answers."""
    learner = _started(module, stage)
    quiz = _graded_quiz(module)
    given = _some_answers(learner, quiz)
    expected = learner.question(quiz)
    kept = learner.answers()
    stage.kill()
    stage.open()
    stage.begin()
    learner.wait_until_ready()
    stage.content.locator('[data-action="resume"]').click()
    got = learner.question(quiz)
    if got != expected:
        yield Finding(message=_NOT_RESUMED, values={"got": got, "expected": expected})
    yield from _kept(learner, given, kept)
    yield from left(stage)


def second_visit(module: Module, stage: LearnerBrowser) -> Iterator[Finding]:
    """Return after completion, to a platform with review mode and to one without: nothing is lowered."""
    learner = _started(module, stage)
    _everything_right(learner)
    yield from left(stage)
    before = outcome(stage)
    for settings in ({}, {"reviewAfterEnd": False}):
        stage.begin(**settings)
        learner.wait_until_ready()
        yield from left(stage)
        after = outcome(stage)
        if after != before:
            yield Finding(message=_LOWERED, values={"before": before.describe(), "after": after.describe()})


def lost_for_a_while(module: Module, stage: LearnerBrowser) -> Iterator[Finding]:
    """Lose the connection during a quiz and restore it: the page says so, and everything is saved in the end."""
    learner = _started(module, stage)
    quiz = _graded_quiz(module)
    learner.start(quiz)
    stage.break_with(commit="false")
    state = stage.stored().get("cmi.suspend_data", "")
    _answer_right(learner, quiz)
    if not _shows_bar(stage):
        yield Finding(message=_NO_BAR)
    stage.break_with(commit="")
    saved = "before => (lms.stored()['cmi.suspend_data'] ?? '') !== before"
    began = time.monotonic()
    if not stage.waits(saved, state):  # the player retries after 2, 4 and 8 s
        yield Finding(message=_NOT_SENT, values={"seconds": round(time.monotonic() - began)})
    yield from left(stage)


def lost_and_killed(module: Module, stage: LearnerBrowser) -> Iterator[Finding]:
    """Lose the connection, answer, and kill the tab: the next launch has the answers and sends them."""
    learner = _started(module, stage)
    quiz = _graded_quiz(module)
    learner.start(quiz)
    stage.break_with(commit="throw")
    question = _answer_right(learner, quiz)
    kept = learner.answers()
    if not _shows_bar(stage):
        yield Finding(message=_NO_BAR)
    stage.kill()
    stage.open()
    stage.begin()
    learner.wait_until_ready()
    yield from _kept(learner, [question], kept)
    yield from left(stage)


def unreadable_state(module: Module, stage: LearnerBrowser) -> Iterator[Finding]:
    """Give the page an invalid state after a pass: it shows a page, and the pass is kept."""
    learner = _started(module, stage)
    _everything_right(learner)
    yield from left(stage)
    before = outcome(stage)
    for state in ("", "%%% not a state \u2603"):
        stage.break_with(suspendData=state)
        stage.begin(reviewAfterEnd=False)
        learner.wait_until_ready()
        if not stage.content.locator("[data-page]:visible h1").first.is_visible():
            yield Finding(message=_BLANK)
        yield from left(stage)
        after = outcome(stage)
        if after != before:
            yield Finding(message=_LOWERED, values={"before": before.describe(), "after": after.describe()})


def browse(module: Module, stage: LearnerBrowser) -> Iterator[Finding]:
    """Open in browse mode and read everything. The test LMS reports a write that counts as a finding."""
    learner = _started(module, stage, mode="browse")
    learner.saves = False
    learner.read_on()
    yield from left(stage)


def _started(module: Module, stage: LearnerBrowser, **settings: object) -> ScriptedLearner:
    stage.begin(**settings)
    learner = ScriptedLearner(stage=stage, module=module)
    learner.wait_until_ready()
    return learner


def _everything_right(learner: ScriptedLearner) -> None:
    for quiz in learner.module["quizzes"]:
        learner.start(quiz)
        learner.take(quiz, right_answer)
    learner.read_on()


def _some_answers(learner: ScriptedLearner, quiz: Mapping[str, Any]) -> list[str]:
    learner.start(quiz)
    given = []
    for _ in range(min(3, len(quiz["questions"]) - 1, (quiz["draw"] or 4) - 1)):
        given.append(_answer_right(learner, quiz))
        learner.go_on(quiz)
    return given


def _answer_right(learner: ScriptedLearner, quiz: Mapping[str, Any]) -> str:
    """Answer the visible question correctly, and return its id."""
    question = learner.question(quiz)
    data = learner.module["questions"][question]
    learner.answer(quiz, question, right_answer(data["type"], data["data"]))
    return question


def _graded_quiz(module: Module) -> Mapping[str, Any]:
    quizzes: list[Mapping[str, Any]] = module["quizzes"]
    graded = [quiz for quiz in quizzes if any(is_graded(module["questions"][id_]) for id_ in quiz["questions"])]
    return (graded or quizzes)[0]


def _best(module: Module, stage: LearnerBrowser) -> ReportedOutcome:
    has_score = any(is_graded(question) for question in module["questions"].values())
    passed = has_score and module["completion"]["passedQuiz"]
    expected = ReportedOutcome(
        completion="completed", success="passed" if passed else "unknown", raw=100 if has_score else None
    )
    # SCORM 1.2 has one status for both, and a preset may send "completed" instead of "passed".
    got = outcome(stage)
    return got if stage.sco.standard == "scorm12" and got.is_done and got.raw == expected.raw else expected


def _expected(stage: LearnerBrowser, expected: ReportedOutcome) -> Iterator[Finding]:
    got = outcome(stage)
    if got != expected:
        yield Finding(message=_RESULT, values={"got": got.describe(), "expected": expected.describe()})


def _success(stage: LearnerBrowser, expected: str) -> Iterator[Finding]:
    got = outcome(stage)
    if got.success != expected:
        yield Finding(message=_RESULT, values={"got": got.describe(), "expected": expected})


def _kept(learner: ScriptedLearner, questions: list[str], before: Mapping[str, str]) -> Iterator[Finding]:
    after = learner.answers()
    for question in questions:
        if after.get(question) != before[question]:
            yield Finding(message=_ANSWER_LOST, values={"question": question})


def _shows_bar(stage: LearnerBrowser) -> bool:
    return stage.waits("() => !document.getElementById('content').contentDocument.querySelector('[data-bar]').hidden")


def _counted(stage: LearnerBrowser, figure: str, count: int, most: int, message: str) -> Iterator[Finding]:
    stage.figures[figure] = count
    if count > most:
        yield Finding(message=message, values={"count": count, "most": most})
