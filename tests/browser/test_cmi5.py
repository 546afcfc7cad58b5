"""A cmi5 package on a platform that enforces the requirements: nothing refused, nothing lost, nothing said twice."""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Page, expect

from lokaltmot_lms.inspect import modules_in
from lokaltmot_lms.model import Block, Quiz
from lokaltmot_lms.serve import Server
from lokaltmot_lms.serve.cmi5 import Cmi5Platform, Cmi5Server, read_units
from lokaltmot_lms.source import read_course
from lokaltmot_lms.targets import TARGETS, BuildOptions
from lokaltmot_lms.targets.archive import write_zip
from lokaltmot_lms.trial.answers import right_answer, wrong_answer
from lokaltmot_lms.trial.play import open_package, served_file

from ..waiting import PATIENCE
from .conftest import PLAYER_COURSE, Launchable

Json = Any
_KEPT = ("PUT activities/state", 204)
_CMI5 = "https://w3id.org/xapi/cmi5/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hosted:
    """A package and a platform on two servers, so that what is asked crosses origins as on most platforms."""

    platform: Cmi5Platform
    base: str
    module: Mapping[str, Any]

    def launch(self, page: Page, mode: str = "Normal") -> None:
        """Launch in a tab of its own, and wait until the page can be used."""
        page.goto(self.platform.launch(mode=mode, base=self.base))
        page.wait_for_function("() => document.documentElement.dataset.ready !== undefined")

    def leave(self, page: Page) -> None:
        """Leave, and wait until the last words have come and it is quiet."""
        before = self.verbs().count("terminated")
        page.goto("about:blank")
        self.until("terminated", before + 1)
        with self.platform.changed:
            while self.platform.changed.wait(timeout=0.3):
                pass

    def verbs(self) -> list[str]:
        """What was said, in the order it was kept."""
        return [_verb(each) for each in self.platform.attempt().statements]

    def until_asked(self, *names: str, after: int) -> None:
        """Wait until there have been such requests, taken or not. after: how many there were before them."""
        platform = self.platform
        with platform.changed:
            assert platform.changed.wait_for(
                lambda: {each.name for each in platform.entries[after:]}.issuperset(names), timeout=PATIENCE
            )

    def until_kept(self) -> None:
        """Wait until the module's own document is there and the requests of a page turn are over."""
        with self.platform.changed:
            assert self.platform.changed.wait_for(
                lambda: [(each.name, each.status) for each in self.platform.entries].count(_KEPT) >= 2, timeout=PATIENCE
            )

    def until_noted(self, verb: str) -> None:
        """Wait until the module's own document holds that a verb was said."""

        def is_noted() -> bool:
            return verb in json.loads(self.platform.attempt().documents.get("lokaltmot", b"{}")).get("said", [])

        with self.platform.changed:
            assert self.platform.changed.wait_for(is_noted, timeout=PATIENCE)

    def until(self, verb: str, count: int = 1) -> None:
        """Wait until a verb is kept."""
        with self.platform.changed:
            assert self.platform.changed.wait_for(lambda: self.verbs().count(verb) >= count, timeout=PATIENCE), (
                self.verbs()
            )


@pytest.fixture
def host() -> Iterator[Callable[[Path], Hosted]]:
    """Serve a package and a platform. What the platform refuses fails the test."""
    with ExitStack() as stack:
        platforms: list[Cmi5Platform] = []

        def start(path: Path) -> Hosted:
            package = stack.enter_context(open_package(path))
            cmi5_server = Cmi5Server(
                Cmi5Platform(units=read_units(package.read("cmi5.xml", most=1_000_000) or b"")), base=""
            )
            files = stack.enter_context(Server(lambda name: served_file(package, name)))
            lms = stack.enter_context(
                Server(lambda _: None, talk=lambda request: cmi5_server.talk(request, request.path))
            )
            cmi5_server.platform.address = lms.address
            platforms.append(cmi5_server.platform)
            (held,) = modules_in(path).values()
            return Hosted(platform=cmi5_server.platform, base=files.address, module=dict(held.data))

        yield start
        assert [entry for platform in platforms for entry in platform.refused] == []


@pytest.fixture
def hosted(every_type: Callable[[str], Path], host: Callable[[Path], Hosted]) -> Hosted:
    """The course of every question type."""
    return host(every_type("cmi5"))


@pytest.fixture
def tab(chromium: Browser) -> Iterator[Page]:
    """A tab of a learner's browser. (A 404 of a document that is not there yet is written on the console.)"""
    context = chromium.new_context(locale="nb-NO")
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    yield page
    context.close()
    assert wrong == []


def _verb(statement: Json) -> str:
    return str(statement["verb"]["id"]).rpartition("/")[2]


def _said(hosted: Hosted, verb: str) -> list[Json]:
    return [each for each in hosted.platform.attempt().statements if _verb(each) == verb]


def _turn(page: Page) -> None:
    page.locator('[data-page]:visible [data-turn] [data-action="next"]').click()


def _answer(page: Page, hosted: Hosted, choose: Callable[[str, Mapping[str, Any]], Any]) -> str:
    question = str(page.locator("[data-question]:visible").first.get_attribute("data-question"))
    asked = hosted.module["questions"][question]
    given = choose(asked["type"], asked["data"])
    if asked["type"] == "ordering":
        items = page.locator(f'[data-question="{question}"] [data-item]')
        for place, key in enumerate(given):
            order = items.evaluate_all("items => items.map(item => item.dataset.item)")
            for _ in range(order.index(key) - place):
                page.locator(f'[data-question="{question}"] [data-item="{key}"] [data-move="up"]').click()
    else:
        rows = (
            {f"{question}.{row}": value for row, value in given.items()}
            if isinstance(given, dict)
            else {question: given}
        )
        for name, value in rows.items():
            _put(page, name, value)
    page.locator('[data-action="check"]:visible').click()
    return question


def _put(page: Page, name: str, value: Any) -> None:
    for one in value if isinstance(value, list) else [value]:
        field = page.locator(f'[name="{name}"]').first
        if field.evaluate("field => field.matches('select')"):
            field.select_option(one)
        elif field.evaluate("field => field.type === 'text'"):
            field.fill(one)
        else:
            page.locator(f'[name="{name}"][value="{one}"]').check()


def _take(page: Page, hosted: Hosted, choose: Callable[[str, Mapping[str, Any]], Any] = right_answer) -> list[str]:
    """Go to the quiz, take it and hand it in."""
    while not page.locator('[data-action="start"]:visible').count():
        _turn(page)
    page.locator('[data-action="start"]:visible').click()
    return _go_through(page, hosted, choose)


def _go_through(page: Page, hosted: Hosted, choose: Callable[[str, Mapping[str, Any]], Any]) -> list[str]:
    seen = []
    while True:
        seen.append(_answer(page, hosted, choose))
        following = page.locator('[data-action="next-question"]:visible')
        if not following.count():
            page.locator('[data-action="submit"]:visible').click()
            return seen
        following.click()


def _read_on(page: Page) -> None:
    while page.locator('[data-page]:visible [data-turn] [data-action="next"]').count():
        _turn(page)


def test_a_module_is_played_to_a_pass_and_every_statement_is_right(hosted: Hosted, tab: Page) -> None:
    hosted.launch(tab)
    asked = _take(tab, hosted)
    _read_on(tab)
    hosted.until("completed")
    hosted.leave(tab)

    verbs = hosted.verbs()
    answers = _said(hosted, "answered")
    assert verbs[:2] == ["launched", "initialized"]
    assert [verb for verb in verbs if verb != "answered"][2:] == ["passed", "completed", "satisfied", "terminated"]
    keys = {question["cmi"] for id_, question in hosted.module["questions"].items() if id_ in asked}
    assert {each["object"]["id"].rpartition("/q/")[2].partition("__")[0] for each in answers} == keys
    (passed,) = _said(hosted, "passed")
    assert passed["result"]["score"] == {"scaled": 1, "raw": 100, "min": 0, "max": 100}
    assert hosted.platform.outcome() | {"cmi.suspend_data": ""} == {
        "cmi.suspend_data": "",
        "cmi.completion_status": "completed",
        "cmi.success_status": "passed",
        "cmi.score.raw": "100",
    }


def test_an_answer_carries_words_and_ids_of_the_key(hosted: Hosted, tab: Page) -> None:
    hosted.launch(tab)
    _take(tab, hosted)
    hosted.until("passed")

    kinds = {
        each["object"]["definition"]["interactionType"]: each["object"]["definition"]
        for each in _said(hosted, "answered")
    }
    assert set(kinds) == {"choice", "true-false", "fill-in", "numeric", "matching", "sequencing", "likert"}
    for kind, lists in (("choice", ["choices"]), ("sequencing", ["choices"]), ("likert", ["scale"])):
        for name in lists:
            assert all(part["id"] for part in kinds[kind][name])
    assert all(part["description"]["nb"] for part in kinds["choice"]["choices"])
    assert "ditt svar" not in json.dumps(kinds, ensure_ascii=False).lower()
    for statement in _said(hosted, "answered"):
        definition = statement["object"]["definition"]
        assert definition["description"]["nb"]
        if definition["interactionType"] == "likert":
            assert "success" not in statement["result"]
            assert "score" not in statement["result"]
        else:
            assert statement["result"]["success"] is True
            assert definition["correctResponsesPattern"]
    everything = json.dumps(hosted.platform.attempt().statements)
    assert "categories/moveon" not in json.dumps(_said(hosted, "answered"))
    assert everything.count("sessionid") == len(hosted.verbs())


def test_a_killed_tab_is_abandoned_and_the_next_session_has_the_answers(hosted: Hosted, chromium: Browser) -> None:
    context: BrowserContext = chromium.new_context(locale="nb-NO")
    first = context.new_page()
    hosted.launch(first)
    while not first.locator('[data-action="start"]:visible').count():
        _turn(first)
    first.locator('[data-action="start"]:visible').click()
    given = []
    for _ in range(2):
        given.append(_answer(first, hosted, right_answer))
        hosted.until("answered", len(given))
        first.locator('[data-action="next-question"]:visible').click()
    _crash(first)

    second = context.new_page()
    hosted.launch(second)
    second.locator('[data-action="resume"]').click()

    assert hosted.verbs()[-3:] == ["abandoned", "launched", "initialized"]
    expect(second.locator("[data-question]:visible")).to_have_count(1)
    assert second.locator("[data-question]:visible").get_attribute("data-question") not in given
    for question in given:
        assert second.locator(f'[data-question="{question}"] :is(input, select, button)').first.is_disabled()
    context.close()


def _crash(page: Page) -> None:
    with page.expect_event("crash"), suppress(Error):
        page.goto("chrome://crash")
    page.close()


def test_a_second_session_after_a_pass_says_neither_again(hosted: Hosted, tab: Page) -> None:
    hosted.launch(tab)
    _take(tab, hosted)
    _read_on(tab)
    hosted.until_noted("completed")
    hosted.leave(tab)

    hosted.launch(tab)
    hosted.until("initialized", 2)
    hosted.leave(tab)

    assert [hosted.verbs().count(verb) for verb in ("passed", "completed", "satisfied")] == [1, 1, 1]


def test_failed_is_said_when_the_attempts_are_used_up_and_not_before(
    host: Callable[[Path], Hosted], tab: Page, tmp_path: Path
) -> None:
    course = read_course(PLAYER_COURSE).course
    assert course is not None
    (module,) = course.modules
    pages = tuple(replace(page, blocks=tuple(_twice(block) for block in page.blocks)) for page in module.pages)
    write_zip(
        tmp_path / "a.zip", TARGETS["cmi5"].package(course, (replace(module, pages=pages),), BuildOptions()).files
    )
    hosted = host(tmp_path / "a.zip")
    hosted.launch(tab)
    _take(tab, hosted, wrong_answer)
    tab.locator('[data-action="retry"]:visible').click()
    _go_through(tab, hosted, wrong_answer)
    hosted.until_noted("failed")
    hosted.leave(tab)

    hosted.launch(tab)
    hosted.leave(tab)

    assert [hosted.verbs().count(verb) for verb in ("failed", "passed", "completed")] == [1, 0, 0]
    last_answer = max(at for at, verb in enumerate(hosted.verbs()) if verb == "answered")
    assert hosted.verbs().index("failed") == last_answer + 1
    (failed,) = _said(hosted, "failed")
    assert failed["result"]["success"] is False
    assert failed["result"]["score"]["scaled"] < 0.8


def _twice(block: Block) -> Block:
    return replace(block, attempts=2) if isinstance(block, Quiz) else block


@pytest.mark.parametrize("mode", ["Review", "Browse"])
def test_looking_through_writes_nothing(hosted: Hosted, tab: Page, mode: str) -> None:
    hosted.launch(tab, mode)
    _take(tab, hosted)
    _read_on(tab)
    hosted.leave(tab)

    assert hosted.verbs() == ["launched", "initialized", "terminated"]
    assert list(hosted.platform.attempt().documents) == ["LMS.LaunchData"]


def test_a_store_that_is_away_for_a_while_loses_nothing(hosted: Hosted, tab: Page) -> None:
    hosted.launch(tab)
    while not tab.locator('[data-action="start"]:visible').count():
        _turn(tab)
    tab.locator('[data-action="start"]:visible').click()
    hosted.until("initialized")
    hosted.platform.fails = 503
    question = _answer(tab, hosted, right_answer)
    expect(tab.locator("[data-bar]")).to_be_visible()
    expect(tab.locator("[data-bar-text]")).to_have_text("Ikke lagret ennå. Du kan fortsette; vi prøver igjen.")
    hosted.platform.fails = 0
    hosted.until("answered")

    expect(tab.locator("[data-bar]")).to_be_hidden()
    assert [each["object"]["id"].rpartition("/")[2] for each in _said(hosted, "answered")] == [
        hosted.module["questions"][question]["cmi"]
    ]


def test_a_store_that_is_away_when_the_tab_is_closed_gets_it_at_the_next_launch(hosted: Hosted, tab: Page) -> None:
    hosted.launch(tab)
    while not tab.locator('[data-action="start"]:visible').count():
        _turn(tab)
    tab.locator('[data-action="start"]:visible').click()
    hosted.until("initialized")
    hosted.platform.fails = 503
    question = _answer(tab, hosted, right_answer)
    expect(tab.locator("[data-bar]")).to_be_visible()
    asked = len(hosted.platform.entries)
    tab.goto("about:blank")
    hosted.until_asked("PUT activities/state", "POST statements", after=asked)  # in whichever order they arrive
    hosted.platform.fails = 0

    hosted.launch(tab)
    hosted.until("answered")

    assert hosted.verbs()[:4] == ["launched", "initialized", "abandoned", "launched"]
    assert tab.locator(f'[data-question="{question}"] :is(input, select, button)').first.is_disabled()


def test_a_reload_by_the_keyboard_goes_on_with_the_same_session_and_token(hosted: Hosted, tab: Page) -> None:
    hosted.launch(tab)
    _turn(tab)
    with hosted.platform.changed:
        assert hosted.platform.changed.wait_for(
            lambda: "cmi.suspend_data" in hosted.platform.outcome(), timeout=PATIENCE
        )
    tab.evaluate("() => dispatchEvent(new KeyboardEvent('keydown', {key: 'F5'}))")
    tab.reload()
    tab.wait_for_function("() => document.documentElement.dataset.ready !== undefined")
    _take(tab, hosted)
    hosted.until("passed")

    assert [hosted.verbs().count(verb) for verb in ("launched", "initialized", "terminated")] == [1, 1, 0]
    assert [entry.name for entry in hosted.platform.entries].count("POST fetch") == 1


def test_after_another_reload_the_session_is_over_and_the_learner_is_told(hosted: Hosted, tab: Page) -> None:
    hosted.launch(tab)
    tab.reload()
    expect(tab.locator("[data-message-text]")).to_have_text(
        "Denne økten er avsluttet. Åpne modulen på nytt fra læringsplattformen, så fortsetter du der du var."
    )
    hosted.until("terminated")
    assert [entry.name for entry in hosted.platform.entries].count("POST fetch") == 1


def test_after_another_reload_a_platform_with_a_return_address_gets_the_learner_back(hosted: Hosted, tab: Page) -> None:
    hosted.platform.return_url = f"{hosted.base}tilgjengelighet.html"
    hosted.launch(tab)
    tab.reload()
    tab.wait_for_url(hosted.platform.return_url)


def test_leaving_by_the_button_ends_the_session_and_goes_where_the_platform_wants(hosted: Hosted, tab: Page) -> None:
    hosted.platform.return_url = f"{hosted.base}tilgjengelighet.html"
    hosted.launch(tab)
    _take(tab, hosted)
    tab.get_by_role("button", name="Avslutt").last.click()
    tab.wait_for_url(hosted.platform.return_url)
    hosted.until("terminated")

    assert hosted.verbs()[-1] == "terminated"
    assert hosted.verbs().count("terminated") == 1
    assert len(_said(hosted, "answered")) >= len(hosted.module["questions"])


def test_an_address_that_would_run_a_script_is_not_gone_to(hosted: Hosted, tab: Page) -> None:
    hosted.platform.return_url = "javascript:document.title='owned'"
    hosted.launch(tab)
    _take(tab, hosted)
    tab.get_by_role("button", name="Avslutt").last.click()
    expect(tab.get_by_role("heading", name="Alt er lagret.")).to_be_focused()
    assert tab.title() != "owned"


@pytest.mark.parametrize(
    ("wanted", "language", "first"), [("fr-FR,en-GB,nb", "en", "First"), ("no", "nb", "Først"), ("", "nb", "Først")]
)
def test_the_learners_language_and_sound_are_followed(
    hosted: Hosted, tab: Page, wanted: str, language: str, first: str
) -> None:
    hosted.platform.preferences = {"languagePreference": wanted, "audioPreference": "off"} if wanted else None
    hosted.launch(tab)

    expect(tab.locator("[data-page]:visible h1")).to_have_text(first)
    assert tab.locator("html").get_attribute("lang") == language
    media = tab.locator("video, audio").evaluate_all("all => all.map(one => one.muted)")
    assert media == [bool(wanted)] * len(media)


def test_a_return_in_another_language_is_still_welcomed_where_the_learner_was(hosted: Hosted, tab: Page) -> None:
    hosted.platform.preferences = {"languagePreference": "en", "audioPreference": "on"}
    hosted.launch(tab)
    _turn(tab)
    hosted.until_kept()
    hosted.leave(tab)
    hosted.launch(tab)

    expect(tab.locator("[data-resume-text]")).to_contain_text("You are on page 2")


def test_an_address_without_a_launch_can_be_read_and_says_that_nothing_is_kept(hosted: Hosted, tab: Page) -> None:
    tab.goto(f"{hosted.base}index.html")
    expect(tab.locator("[data-message-text]")).to_contain_text("Fant ikke læringsplattformen.")
    assert hosted.platform.entries == []


def test_the_platforms_pass_mark_counts_in_place_of_the_modules(hosted: Hosted, tab: Page) -> None:
    hosted.platform.units = [replace(hosted.platform.units[0], mastery="0.1", move_on="Passed")]
    hosted.launch(tab)
    first = [True]

    def one_right(kind: str, data: Mapping[str, Any]) -> Any:
        return right_answer(kind, data) if data.get("options") and first else wrong_answer(kind, data)

    _take(tab, hosted, one_right)
    hosted.until("passed")

    (passed,) = _said(hosted, "passed")
    assert 0.1 <= passed["result"]["score"]["scaled"] < 1
    assert passed["context"]["extensions"][f"{_CMI5}context/extensions/masteryscore"] == 0.1


def test_the_strict_platforms_page_plays_it_too(
    every_type: Callable[[str], Path], on_strict_lms: Callable[[Path], Launchable]
) -> None:
    launchable = on_strict_lms(every_type("cmi5"))
    learner = launchable.start()
    quiz = launchable.module["quizzes"][0]
    learner.start(quiz)
    learner.take(quiz, right_answer)
    learner.read_on()
    launchable.stage.settle()
    assert launchable.stage.stored()["cmi.success_status"] == "passed"
    launchable.stage.leave()
    assert launchable.stage.phase() == "ended"
