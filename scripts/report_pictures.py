"""Takes the pictures of docs/teachers.md: the teacher's page of a module of Lokalt mot, with made-up learners.

`python scripts/report_pictures.py` writes docs/pictures/lti-report-*.png, by the served that the tests of the page use.
"""

import json
import math
import random
import sys
import tempfile
from datetime import timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from lokaltmot_lms.questions import QUESTION_TYPES  # noqa: E402  # the checkout of this script
from lokaltmot_lms.trial.browser_lms import open_browser  # noqa: E402
from lti_app.store.engine import writing  # noqa: E402
from lti_app.store.schema import grade_queue  # noqa: E402
from lti_app.store.types import now  # noqa: E402
from tests.lti.built_courses import build  # noqa: E402
from tests.lti.report.classroom import Classroom, state  # noqa: E402
from tests.lti.report.served_report import ServedReport, serve_report  # noqa: E402

PICTURES = ROOT / "docs" / "pictures"
SCREENS = {"desktop": {"width": 1280, "height": 1340}, "phone": {"width": 390, "height": 1500}}
STATUSES = ["done"] * 21 + ["underway"] * 7 + ["stuck"] * 2 + ["opened"] * 4


def main() -> None:
    """Write all pictures."""
    with tempfile.TemporaryDirectory() as folder:
        modules = Path(folder) / "modules"
        build("courses/lokalt-mot", modules)
        slug = min(path.parent.name for path in modules.glob("*/module.json"))
        with serve_report(Path(folder), built=modules) as served, open_browser() as browser:
            room = served.classroom(module=slug, settings={})
            fill(room, modules / slug)
            for screen, size in SCREENS.items():
                page = browser.new_page(viewport=size, locale="nb-NO", color_scheme="light")  # type: ignore[arg-type]
                page.goto(address(served, room))
                page.get_by_role("heading", name="Slik går det").wait_for()
                page.screenshot(path=PICTURES / f"lti-report-{screen}.png")
                if screen == "desktop":
                    questions = page.get_by_role("region", name="Spørsmålene, ved første forsøk")
                    questions.locator("table summary").first.click()
                    questions.screenshot(path=PICTURES / "lti-report-questions.png")
                page.close()


def address(served: ServedReport, room: Classroom) -> str:
    """Return where a teacher's session is, for a browser that needs no cookie."""
    home, cookie = served.session(room, carried=True, roster="https://moodle.example/members")
    return f"{served.origin}{home}/report#lm={cookie['value']}"


def fill(room: Classroom, module: Path) -> None:
    """Let learners answer as people do: some know more than others, and some questions are harder."""
    about, answers = (json.loads((module / f"{name}.json").read_text("utf-8")) for name in ("module", "answers"))
    chance = random.Random(2010)  # noqa: S311  # the same pictures each time
    hardness = {id_: chance.random() for id_ in answers["questions"]}
    pages = tuple(page["id"] for page in about["pages"])
    for number, status in enumerate(STATUSES):
        ago = timedelta(days=20 if status == "stuck" and number % 2 else chance.randint(1, 9))
        if status == "opened":
            room.learner(str(number), ago=ago)
            continue
        skill = chance.random()
        firsts = {
            id_: first(asked, chance.random() < 1 / (1 + math.exp(4 * hardness[id_] - 7 * skill)), chance)
            for id_, asked in answers["questions"].items()
        }
        is_done = status == "done"
        tries = {about["quizzes"][-1]["id"]: {"attempt": 3, "best": 50.0, "passed": False}}
        kept = state(
            visited=pages if is_done else pages[: chance.randint(1, len(pages) - 1)],
            quizzes=tries if status == "stuck" else {}, completed=is_done, passed=is_done,
        )  # fmt: skip
        room.learner(
            str(number), state=kept, firsts=firsts if status != "underway" else {}, ago=ago,
            outcome=("completed", "passed", chance.randint(8, 10) * 10) if is_done else ("incomplete", "unknown", None),
            completed_at=now() - ago if is_done else None, grade=0.9 if is_done else None,
        )  # fmt: skip
    with writing(room.engine) as connection:
        connection.execute(grade_queue.update().values(status="done"))
        late = grade_queue.c.id > len([one for one in STATUSES if one == "done"]) - 2
        connection.execute(grade_queue.update().where(late).values(status="parked", last_error="refused_404"))


def first(asked: dict[str, Any], knows: bool, chance: random.Random) -> tuple[Any, float]:
    """Return a first answer and how right it is."""
    data, right = asked["data"], asked["right"]
    answer = right
    if not knows:
        options = data.get("options") or data.get("items") or list(data.get("left", ()))
        answer = chance.sample(options, len(options)) if isinstance(right, list) else chance.choice(options or ["?"])
        if asked["type"] == "multiple":
            answer = answer[: max(1, len(right) - 1)]
    return answer, float(QUESTION_TYPES[asked["type"]].score(data, answer))


if __name__ == "__main__":
    main()
