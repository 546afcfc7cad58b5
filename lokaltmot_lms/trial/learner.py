"""A scripted learner in a module that lokaltmot built: turns pages and answers by the hooks of docs/hooks.md."""

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from lokaltmot_lms.texts import N_
from lokaltmot_lms.trial.answers import Answer
from lokaltmot_lms.trial.browser_lms import LearnerBrowser, StuckError

_SAVED = "n => lms.calls.slice(n).some(call => /Commit|Finish|Terminate|^P/.test(call.name))"
# Reads every answer on the page, also of hidden questions.
_ANSWERS = """() => Object.fromEntries([...document.querySelectorAll("[data-question]")].map(element => {
  const values = selector => [...element.querySelectorAll(selector)].map(input => [input.name, input.value]);
  return [element.dataset.question, {
    chosen: values("input:checked"),
    typed: values("input[type=text], select"),
    order: [...element.querySelectorAll("[data-item]")].map(item => item.dataset.item),
  }];
}))"""


NOT_READY = N_("The page never became ready. Waited {seconds} s.")
NO_TURN = N_("The next page after “{page}” did not open.")
NO_SAVE = N_("Nothing was saved after {what}.")
NO_QUESTION = N_("The quiz “{quiz}” showed no question.")


@dataclass(kw_only=True)
class ScriptedLearner:
    """module: the page data of the package. saves: whether to expect a save; in preview mode nothing is saved.

    turns: number of calls at each page turn.
    """

    stage: LearnerBrowser
    module: Mapping[str, Any]
    saves: bool = True
    turns: list[int] = field(default_factory=list)

    def wait_until_ready(self) -> None:
        """Wait until the player has set up the page."""
        ready = "() => document.getElementById('content').contentDocument?.documentElement?.dataset.ready !== undefined"
        began = time.monotonic()
        if not self.stage.waits(ready):
            raise StuckError(NOT_READY, seconds=round(time.monotonic() - began))

    @property
    def page(self) -> str:
        """The id of the visible page."""
        return str(self.stage.content.locator("[data-page]:visible").first.get_attribute("data-page"))

    def turn(self) -> None:
        """Go to the next page, and wait until that is saved."""
        here = self.page
        before = self.stage.count()
        self.stage.content.locator(f'[data-page="{here}"] [data-turn] [data-action="next"]').click()
        gone = (
            f"""() => document.getElementById("content").contentDocument.querySelector('[data-page="{here}"]').hidden"""
        )
        self._expect(gone, NO_TURN, page=here)
        self._saved(before, here)
        self.stage.settle()
        self.turns.append(self.stage.count() - before)

    def go_to(self, page: str) -> None:
        """Turn pages until the page with this id is visible."""
        for _ in self.module["pages"]:
            if self.page == page:
                return
            self.turn()

    def start(self, quiz: Mapping[str, Any]) -> None:
        """Go to a quiz and start it."""
        self.go_to(quiz["page"])
        self._in(quiz, '[data-action="start"]').click()

    def question(self, quiz: Mapping[str, Any]) -> str:
        """Return the id of the visible question."""
        shown = self.stage.content.locator(f'[data-quiz="{quiz["id"]}"] [data-question]:visible')
        try:
            return str(shown.first.get_attribute("data-question"))
        except self._too_late() as error:
            raise StuckError(NO_QUESTION, quiz=quiz["id"]) from error

    def answer(self, quiz: Mapping[str, Any], question: str, answer: Answer) -> None:
        """Answer the visible question, submit the answer, and wait until it is saved."""
        self._fill(question, self.module["questions"][question]["type"], answer)
        before = self.stage.count()
        self._in(quiz, '[data-action="check"]').click()
        self._saved(before, question)

    def go_on(self, quiz: Mapping[str, Any]) -> bool:
        """Go to the next question and return True, or hand in after the last and return False."""
        following = self._in(quiz, '[data-action="next-question"]')
        if following.is_visible():
            following.click()
            return True
        before = self.stage.count()
        self._in(quiz, '[data-action="submit"]').click()
        self._saved(before, quiz["id"])
        return False

    def take(self, quiz: Mapping[str, Any], choose: Callable[[str, Mapping[str, Any]], Answer]) -> list[str]:
        """Answer every question of a started quiz, and hand in. Return the question ids in order."""
        seen = []
        while True:
            seen.append(self.question(quiz))
            question = self.module["questions"][seen[-1]]
            self.answer(quiz, seen[-1], choose(question["type"], question["data"]))
            if not self.go_on(quiz):
                return seen

    def retry(self, quiz: Mapping[str, Any]) -> bool:
        """Retry the quiz when the page offers it. Return whether it does."""
        again = self._in(quiz, '[data-action="retry"]')
        offered = bool(again.is_visible())
        if offered:
            again.click()
        return offered

    def read_on(self) -> None:
        """Turn the remaining pages."""
        self.go_to(self.module["pages"][-1]["id"])

    def answers(self) -> dict[str, str]:
        """Return the answers on the page, by question, as strings to compare."""
        frame = self.stage.page.frame_locator("#content").locator("html")
        found = frame.evaluate(_ANSWERS)
        return {key: json.dumps(value, sort_keys=True, ensure_ascii=False) for key, value in found.items()}

    def _fill(self, question: str, kind: str, answer: Answer) -> None:
        content = self.stage.content
        if kind == "ordering":
            self._order(question, answer)
        elif isinstance(answer, dict):
            for part, value in answer.items():
                self._put(f"{question}.{part}", value)
        else:
            for value in answer if isinstance(answer, list) else [answer]:
                self._put(question, value)
        content.locator(f'[data-question="{question}"]').wait_for()

    def _put(self, name: str, value: str) -> None:
        content = self.stage.content
        named = content.locator(f'[name="{name}"]')
        if named.first.evaluate("field => field.matches('select')"):
            named.select_option(value)
        elif named.first.evaluate("field => field.matches('[type=text]')"):
            named.fill(value)
        else:
            content.locator(f'[name="{name}"][value="{value}"]').check()

    def _order(self, question: str, wanted: list[str]) -> None:
        items = self.stage.content.locator(f'[data-question="{question}"] [data-item]')
        for place, key in enumerate(wanted):
            item = self.stage.content.locator(f'[data-question="{question}"] [data-item="{key}"]')
            order = items.evaluate_all("items => items.map(item => item.dataset.item)")
            for _ in range(order.index(key) - place):
                item.locator('[data-move="up"]').click()

    def _in(self, quiz: Mapping[str, Any], selector: str) -> Any:
        return self.stage.content.locator(f'[data-quiz="{quiz["id"]}"] {selector}')

    def _saved(self, before: int, what: str) -> None:
        if self.saves:
            self._expect(_SAVED, NO_SAVE, argument=before, what=what)

    def _expect(self, condition: str, message: str, *, argument: object = None, **values: object) -> None:
        if not self.stage.waits(condition, argument):
            raise StuckError(message, **values)

    @staticmethod
    def _too_late() -> type[Exception]:
        from playwright.sync_api import TimeoutError as TooLate

        return TooLate
