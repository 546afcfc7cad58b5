"""What befalls a learner's tab, line and platform: nothing saved is lost, and the page says so calmly."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser, Route

from lokaltmot_lms.serve import Server, on_disk
from lokaltmot_lms.trial.answers import right_answer

LOCATION = {"scorm12": "cmi.core.lesson_location", "scorm2004": "cmi.location"}
FRAME = "document.getElementById('content').contentWindow"


def first_answer(learner: Any) -> str:
    """Begin the quiz and answer its first question; return its id."""
    (quiz,) = learner.module["quizzes"]
    learner.start(quiz)
    question = learner.question(quiz)
    asked = learner.module["questions"][question]
    learner.answer(quiz, question, right_answer(asked["type"], asked["data"]))
    return str(question)


@pytest.mark.parametrize("standard", LOCATION)
def test_where_unload_is_forbidden_all_is_saved_and_the_session_ended(launchable, standard: str) -> None:
    package = launchable(standard)

    def forbid(route: Route) -> None:
        response = route.fetch()
        route.fulfill(response=response, headers={**response.headers, "Permissions-Policy": "unload=()"})

    package.stage.context.route("**/package/*.html", forbid)
    learner = package.start()
    frame = package.stage.content.locator("html")
    assert frame.evaluate("() => document.featurePolicy.allowsFeature('unload')") is False
    learner.turn()
    package.stage.leave()
    assert package.stage.phase() == "ended"
    assert package.stage.stored()[LOCATION[standard]] == "sofia"


def test_an_answer_stays_when_the_frame_is_taken_away_and_the_renderer_dies(launchable) -> None:
    package = launchable("scorm12")
    learner = package.start()
    question = first_answer(learner)
    kept = learner.answers()[question]
    package.stage.page.evaluate("() => document.getElementById('content').remove()")
    assert package.stage.stored()["cmi.suspend_data"] != ""
    package.stage.kill()
    package.stage.open()
    learner = package.start()
    assert learner.answers()[question] == kept
    assert "spørsmål 2" in package.stage.content.locator("[data-resume-text]").inner_text()


def test_a_slow_platform_is_asked_once_an_event_and_the_learner_sees_the_answer_first(launchable) -> None:
    package = launchable("scorm12")
    learner = package.start()
    learner.go_to("quiz")
    package.stage.break_with(delay=2000)
    package.stage.page.evaluate(
        f"""() => {{
            window.seen = [];
            const commit = API.LMSCommit;
            API.LMSCommit = (...words) => {{
                const verdict = {FRAME}.document.querySelector("[data-question]:not([hidden]) [data-verdict]");
                window.seen.push(verdict?.textContent ?? "");
                return commit(...words);
            }};
        }}"""
    )
    first_answer(learner)
    assert package.stage.page.evaluate("() => window.seen") == ["Riktig"]
    package.stage.break_with(delay=0)


def test_the_way_out_does_not_wait_for_a_slow_platform(launchable) -> None:
    package = launchable("scorm12")
    package.start()
    stage = package.stage
    stage.page.route("https://www.yr.no/**", lambda route: route.fulfill(body="<title>Været</title>"))
    stage.settle()
    stage.break_with(delay=1000)
    content = stage.page.frame("content") or stage.page.frames[1]
    emptied = content.evaluate(
        """() => new Promise((done) => {
          document.querySelector("[data-action=next]:not([hidden])").click();
          const began = performance.now();
          document.querySelector("header [data-action=exit]").click();
          requestAnimationFrame(() => done([performance.now() - began, document.body.childElementCount]));
        })"""
    )
    stage.page.wait_for_url("https://www.yr.no/**")
    assert emptied[1] == 0
    assert emptied[0] < 100
    stage.open()  # the platform's own page is gone, as it should be


def test_a_state_that_is_not_ours_gives_the_first_page_and_a_plain_message(launchable) -> None:
    package = launchable("scorm2004")
    package.start()
    package.stage.leave()
    package.stage.break_with(suspendData="1AB%%% {}")
    learner = package.start()
    assert learner.page == "forst"
    assert "Vi fant ikke ut hvor du var" in package.stage.content.locator("[data-message-text]").inner_text()
    package.stage.break_with(suspendData="")
    package.stage.leave()
    package.start()
    assert package.stage.content.locator("[data-message]").is_hidden()


@pytest.mark.parametrize("standard", LOCATION)
def test_what_a_lost_platform_did_not_take_is_sent_at_the_next_launch(launchable, standard: str) -> None:
    package = launchable(standard)
    learner = package.start()
    package.stage.break_with(commit="throw")
    question = first_answer(learner)
    device = "() => Object.keys(localStorage).filter((key) => key.startsWith('lokaltmot:journal'))"
    assert len(package.stage.page.evaluate(device)) == 1
    package.stage.kill()
    package.stage.open()
    before = len(package.stage.calls())
    package.start()
    assert package.stage.waits("() => lms.calls.some((call) => /interactions/.test(call.args[0]) && call.args[1])")
    package.stage.settle()
    sent = [call.args for call in package.stage.calls()[before:] if call.name.endswith("SetValue")]
    assert ("cmi.interactions.0.id", question) in sent
    assert package.stage.stored()["cmi.suspend_data"] != ""
    assert package.stage.page.evaluate(device) == []


@pytest.mark.parametrize("missing", ["later.js", "quiz.js"])
def test_a_script_that_does_not_come_is_asked_for_again_and_the_text_can_be_read(
    chromium: Browser, every_type: Callable[[str], Any], missing: str
) -> None:
    folder = every_type("web")
    with Server(lambda name: on_disk(name, folder / name) if (folder / name).is_file() else None) as server:
        context = chromium.new_context(locale="nb-NO")
        page = context.new_page()
        failed: list[str] = []

        def lose(route: Route) -> None:
            if len(failed) < 2:
                failed.append(route.request.url)
                route.abort()
            else:
                route.continue_()

        context.route(f"**/player/{missing}*", lose)
        page.goto(f"{server.address}index.html")
        page.get_by_text("Ikke alt er kommet fram ennå").wait_for()
        page.get_by_role("link", name="Neste: Sofia").click()
        assert page.get_by_role("heading", name="Sofia", level=1).is_visible()
        page.wait_for_function("() => document.documentElement.dataset.ready !== undefined")
        assert len(failed) == 2
        assert page.locator("[data-message]").is_hidden()
        context.close()
