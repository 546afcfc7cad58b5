"""Our packages on someone else's platform: scorm-again holds the API, the learner is the one of `try`."""

import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from lokaltmot_lms.build import build_course
from lokaltmot_lms.inspect import module_of
from lokaltmot_lms.serve import ServedFile, Server, in_memory, on_disk
from lokaltmot_lms.source import read_course
from lokaltmot_lms.targets import BuildOptions
from lokaltmot_lms.trial.answers import right_answer, wrong_answer
from lokaltmot_lms.trial.browser_lms import LearnerBrowser, stage
from lokaltmot_lms.trial.learner import ScriptedLearner
from lokaltmot_lms.trial.manifest import Sco, read_scos
from lokaltmot_lms.trial.module_scenarios import Module
from lokaltmot_lms.trial.play import lms_settings, open_package, served_file

ROOT = Path(__file__).parents[2]
PEER = Path(__file__).parent / "peer"
BUILDS = [(course, target) for course in ("eksempel", "lokalt-mot") for target in ("scorm12", "scorm2004")]


@pytest.fixture(params=BUILDS, ids="-".join)
def peer(request: pytest.FixtureRequest, tmp_path: Path, chromium: Browser) -> Iterator[tuple[LearnerBrowser, Module]]:
    """A learner's browser on a platform of scorm-again's, with the first module of a course of ours."""
    course, target = request.param
    read = read_course(ROOT / "courses" / course).course
    assert read is not None
    made = build_course(read, targets=[target], out=tmp_path, options=BuildOptions())
    path = next(artifact.path for artifact in made if artifact.path.suffix == ".zip")
    with zipfile.ZipFile(path) as package:
        module = module_of(package.read("index.html"))
    assert module is not None
    with open_package(path) as package:
        sco = read_scos(package)[0]

        def route(name: str) -> ServedFile | None:
            if name.startswith("package/"):
                return served_file(package, name.removeprefix("package/"))
            return platform(name, sco)

        with Server(route) as server, stage(chromium, server.address, sco) as opened:
            yield opened, module
            assert opened.errors == []


def platform(name: str, sco: Sco) -> ServedFile | None:
    if name == "settings.json":
        return in_memory(name, json.dumps(lms_settings(sco, "peer")).encode())
    if name == "peer.js":
        return on_disk(name, ROOT / "node_modules" / "scorm-again" / "dist" / f"{sco.standard}.min.js")
    return on_disk(name, PEER / name) if name in {"lms.html", "host.js"} else None


def learner(peer: tuple[LearnerBrowser, Module]) -> ScriptedLearner:
    opened, module = peer
    opened.begin()
    made = ScriptedLearner(stage=opened, module=module)
    made.wait_until_ready()
    return made


def status(opened: LearnerBrowser) -> tuple[str, str, float | None]:
    """Return completion, success and the raw score as scorm-again kept them; 1.2 has one word for the first two."""
    kept = opened.stored()
    if opened.sco.standard == "scorm12":
        word, raw = kept["cmi.core.lesson_status"], kept["cmi.core.score.raw"]
        return word, word, float(raw) if raw != "" else None
    raw = kept["cmi.score.raw"]
    return kept["cmi.completion_status"], kept["cmi.success_status"], float(raw) if raw != "" else None


def test_right_answers_pass_with_the_whole_score(peer: tuple[LearnerBrowser, Module]) -> None:
    opened, module = peer
    someone = learner(peer)
    for quiz in module["quizzes"]:
        someone.start(quiz)
        someone.take(quiz, right_answer)
    someone.read_on()
    opened.leave()
    done = "passed" if opened.sco.standard == "scorm12" else "completed"
    assert status(opened) == (done, "passed", 100)

    opened.begin()
    someone.wait_until_ready()
    opened.leave()
    assert status(opened) == (done, "passed", 100), "a second visit lowers nothing"


def test_wrong_answers_fail_only_when_the_attempts_are_used_up(peer: tuple[LearnerBrowser, Module]) -> None:
    opened, module = peer
    someone = learner(peer)
    quiz = module["quizzes"][-1]
    someone.start(quiz)
    someone.take(quiz, wrong_answer)
    someone.read_on()
    opened.leave()
    assert quiz["attempts"] is None
    waiting = "incomplete" if opened.sco.standard == "scorm12" else "unknown"
    assert status(opened)[1] == waiting


def test_a_tab_killed_after_question_3_resumes_there_with_three_answers(peer: tuple[LearnerBrowser, Module]) -> None:
    opened, module = peer
    someone = learner(peer)
    quiz = module["quizzes"][-1]
    someone.start(quiz)
    given = []
    for _ in range(3):
        given.append(someone.question(quiz))
        asked = module["questions"][given[-1]]
        someone.answer(quiz, given[-1], right_answer(asked["type"], asked["data"]))
        someone.go_on(quiz)
    fourth = someone.question(quiz)
    before = someone.answers()

    opened.kill()
    opened.open()
    someone = learner(peer)
    opened.content.locator('[data-action="resume"]').click()

    assert someone.question(quiz) == fourth
    after = someone.answers()
    assert {id_: after[id_] for id_ in given} == {id_: before[id_] for id_ in given}
    opened.leave()


def test_nothing_is_refused(peer: tuple[LearnerBrowser, Module]) -> None:
    opened, module = peer
    someone = learner(peer)
    for quiz in module["quizzes"]:
        someone.start(quiz)
        someone.take(quiz, wrong_answer)
    someone.read_on()
    opened.leave()
    calls = opened.calls()
    assert len(calls) > 10
    assert [call.text for call in calls if call.refused] == []
