"""The player against the strict LMS: what is recorded, what comes back, and what is said when nothing is saved."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from lokaltmot_lms.build import build_course
from lokaltmot_lms.serve import Server
from lokaltmot_lms.source import read_course
from lokaltmot_lms.targets.base import BuildOptions
from lokaltmot_lms.trial.answers import right_answer, wrong_answer
from lokaltmot_lms.trial.browser_lms import LearnerBrowser, stage
from lokaltmot_lms.trial.learner import ScriptedLearner
from lokaltmot_lms.trial.manifest import read_scos
from lokaltmot_lms.trial.play import _found, _module, open_package

COMPLETION = {"scorm12": "cmi.core.lesson_status", "scorm2004": "cmi.completion_status"}
COURSE = Path(__file__).parents[1] / "player" / "course"
RESULT = {
    "scorm12": ("cmi.core.lesson_status", "cmi.core.score.raw"),
    "scorm2004": ("cmi.success_status", "cmi.score.raw"),
}


def packed(folder: Path, target: str, *changes: tuple[str, str]) -> Path:
    """Build the course of every question type, with some words changed, and return its zip."""
    course = shutil.copytree(COURSE, folder / "course")
    for old, new in changes:
        for source in course.glob("*.md"):
            source.write_text(source.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    read = read_course(course).course
    assert read is not None
    made = [each.path for each in build_course(read, targets=[target], out=folder / "out", options=BuildOptions())]
    return next(path for path in made if path.suffix == ".zip")


@pytest.fixture
def played(chromium: Browser) -> Iterator[object]:
    """Play a package as a learner."""
    opened: list[Iterator[ScriptedLearner]] = []

    def play(path: Path) -> ScriptedLearner:
        playing = _playing(chromium, path)
        opened.append(playing)
        return next(playing)

    yield play
    for playing in opened:
        assert next(playing, None) is None


def _playing(chromium: Browser, path: Path) -> Iterator[ScriptedLearner]:
    with open_package(path) as package:
        scos = read_scos(package)
        with (
            Server(lambda name: _found(package, path.name, scos, name)) as server,
            stage(chromium, f"{server.address}0/", scos[0]) as lms,
        ):
            module = _module(package, scos[0])
            assert module is not None
            lms.begin()
            learner = ScriptedLearner(stage=lms, module=module)
            learner.wait_until_ready()
            yield learner
            assert lms.errors == []
            assert [call for call in lms.calls() if call.refused] == []


def stored(lms: LearnerBrowser, standard: str) -> tuple[str | None, str | None]:
    """Return the status and the score that the platform holds."""
    status, raw = RESULT[standard]
    held = lms.stored()
    return held.get(status), held.get(raw)


@pytest.mark.parametrize("standard", ["scorm12", "scorm2004"])
def test_every_question_type_plays_without_a_finding(try_package, tmp_path: Path, standard: str) -> None:
    # Right, wrong, killed, lost, corrupted, previewed and visited again: the scenarios of `lokaltmot try`.
    verdict = try_package(packed(tmp_path, standard))
    assert [(run.title, finding) for run in verdict.runs for finding in run.findings] == []
    assert verdict.ours


@pytest.mark.parametrize("standard", ["scorm12", "scorm2004"])
def test_one_who_shows_what_they_know_is_done_with_the_pages_too(tmp_path: Path, played, standard: str) -> None:
    learner = played(packed(tmp_path, standard, ("forsøk: ubegrenset", "forsøk: ubegrenset\nvis-hva-du-kan: ja")))
    lms = learner.stage
    (quiz,) = learner.module["quizzes"]
    learner.go_to(quiz["page"])
    assert lms.content.get_by_text("Består du, regnes sidene som lest").is_visible()
    learner.start(quiz)
    learner.take(quiz, right_answer)
    lms.settle()
    assert lms.content.get_by_text("Sidene regnes som lest").is_visible()
    assert stored(lms, standard) == ("passed", "100")
    assert lms.stored()[COMPLETION[standard]] in ("passed", "completed")


@pytest.mark.parametrize("standard", ["scorm12", "scorm2004"])
def test_failed_only_when_the_attempts_are_used_up(tmp_path: Path, played, standard: str) -> None:
    learner = played(packed(tmp_path, standard, ("forsøk: ubegrenset", "forsøk: 2")))
    (quiz,) = learner.module["quizzes"]
    learner.start(quiz)
    learner.take(quiz, wrong_answer)
    learner.stage.settle()
    status, raw = stored(learner.stage, standard)
    assert status in {"incomplete", "unknown", None}
    assert raw == "0"
    assert learner.retry(quiz)
    learner.take(quiz, wrong_answer)
    learner.stage.settle()
    assert stored(learner.stage, standard) == ("failed", "0")
    assert not learner.retry(quiz)


def test_practice_of_the_wrong_ones_keeps_the_right_ones(tmp_path: Path, played) -> None:
    learner = played(packed(tmp_path, "scorm12"))
    (quiz,) = learner.module["quizzes"]
    learner.start(quiz)
    seen = learner.take(quiz, lambda kind, data: (wrong_answer if kind == "single" else right_answer)(kind, data))
    assert len(seen) == 12
    assert learner.retry(quiz)
    assert learner.take(quiz, right_answer) == ["avverging"]
    learner.stage.settle()
    assert stored(learner.stage, "scorm12") == ("passed", "100")


@pytest.mark.parametrize("standard", ["scorm12", "scorm2004"])
def test_each_type_sends_its_interaction_in_the_form_of_its_standard(tmp_path: Path, played, standard: str) -> None:
    learner = played(packed(tmp_path, standard))
    (quiz,) = learner.module["quizzes"]
    learner.start(quiz)
    learner.take(quiz, right_answer)
    learner.stage.settle()
    sent: dict[str, dict[str, str]] = {}
    for call in learner.stage.calls():
        if call.name.endswith("SetValue") and call.args[0].startswith("cmi.interactions."):
            number, name = call.args[0].removeprefix("cmi.interactions.").split(".", 1)
            sent.setdefault(number, {})[name] = call.args[1]
    response, pattern = ("student_response", "correct_responses.0.pattern")
    if standard == "scorm2004":
        response = "learner_response"
    got = {one["id"]: (one["type"], one[response], one.get(pattern), one["result"]) for one in sent.values()}
    expected = {
        # By the tables of SCORM 1.2 RTE 3.4.2.7 and SCORM 2004 RTE 4.2.9.
        "scorm12": {
            "avverging": ("choice", "b", "b", "correct"),
            "sant": ("true-false", "t", "t", "correct"),
            "tegn": ("choice", "a,b", "a,b", "correct"),
            "tjeneste": ("fill-in", "barnevernet", "barnevernet", "correct"),
            "koble": ("matching", "1.a,2.b", "1.a,2.b", "correct"),
            "steg": ("sequencing", "a,b,c", "a,b,c", "correct"),
            "fyll": ("fill-in", "196,a", "196,a", "correct"),
            "velg": ("matching", "1.a", "1.a", "correct"),
            "kart": ("choice", "a", "a", "correct"),
            "apne": ("choice", "a,b", "a,b", "correct"),
        },
        "scorm2004": {
            "avverging": ("choice", "b", "b", "correct"),
            "sant": ("true-false", "true", "true", "correct"),
            "tegn": ("choice", "a[,]b", "a[,]b", "correct"),
            "tjeneste": ("fill-in", "barnevernet", "{case_matters=false}barnevernet", "correct"),
            "koble": ("matching", "1[.]a[,]2[.]b", "1[.]a[,]2[.]b", "correct"),
            "steg": ("sequencing", "a[,]b[,]c", "a[,]b[,]c", "correct"),
            "fyll": ("fill-in", "196[,]a", "{case_matters=false}196[,]a", "correct"),
            "velg": ("matching", "1[.]a", "1[.]a", "correct"),
            "kart": ("choice", "a", "a", "correct"),
            "apne": ("choice", "a[,]b", "a[,]b", "correct"),
        },
    }[standard]
    assert {key: got[key] for key in expected} == expected
    assert got["alder"][0] == "numeric"
    assert got["alder"][2] == (None if standard == "scorm12" else "17.5[:]18")
    assert {got[f"enig__{row}"][0] for row in "12"} == {"likert"}
    assert {got[f"enig__{row}"][3] for row in "12"} == {"neutral"}


def test_what_is_typed_into_a_reflection_goes_nowhere(tmp_path: Path, played) -> None:
    learner = played(packed(tmp_path, "scorm12"))
    lms = learner.stage
    traffic: list[str] = []
    lms.page.on("request", lambda request: traffic.append(request.url + (request.post_data or "")))
    lms.content.locator('[data-reflection="tenk"] textarea').fill("hemmelig tanke")
    learner.turn()
    lms.content.locator('[data-step="start"] [data-to="ring"]').click()
    learner.turn()
    (quiz,) = learner.module["quizzes"]
    learner.start(quiz)
    learner.take(quiz, right_answer)
    lms.settle()
    kept = lms.page.evaluate("() => JSON.stringify([{...localStorage}, {...sessionStorage}])")
    said = json.dumps([call.args for call in lms.calls()])
    for place in (*traffic, kept, said):
        assert "hemmelig" not in place
        assert "samtale" not in place


def test_a_platform_that_does_not_answer_is_told_calmly_and_nothing_is_lost(tmp_path: Path, played) -> None:
    learner = played(packed(tmp_path, "scorm2004"))
    lms = learner.stage
    (quiz,) = learner.module["quizzes"]
    learner.start(quiz)
    lms.break_with(commit="throw")
    given = []
    for _ in range(4):
        given.append(learner.question(quiz))
        asked = learner.module["questions"][given[-1]]
        learner.answer(quiz, given[-1], right_answer(asked["type"], asked["data"]))
        assert lms.content.locator("[data-bar]").is_visible()
        learner.go_on(quiz)
    assert "Ikke lukk vinduet" in lms.content.locator("[data-bar-text]").inner_text()
    with lms.page.expect_download() as download:
        lms.content.locator("[data-bar] [data-action=receipt]").click()
    assert "Alt spilleren kan" in download.value.path().read_text(encoding="utf-8")
    lms.break_with(commit="")
    lms.content.locator("[data-bar]").wait_for(state="hidden")
    kept = learner.answers()
    lms.kill()
    lms.open()
    lms.begin()
    learner.wait_until_ready()
    assert {key: learner.answers()[key] for key in given} == {key: kept[key] for key in given}
