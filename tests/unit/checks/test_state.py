"""The worst-case state, and that it is what the player's own codec writes."""

import json
import subprocess
from datetime import date
from pathlib import Path

import pytest

from lokaltmot_lms.checks.state import LIMIT, check_state, worst_state

TODAY = date(2026, 11, 22)
PLAYER = Path(__file__).resolve().parents[3] / "templates" / "player"

# Everything visited, every answer given and as long as it is kept, the largest numbers everywhere.
FULLEST = """
import {{ encode }} from "{player}/state.js";
const {{ slots, quizzes }} = JSON.parse({data!r});
const module = {{ pages: [], slots, quizzes, questions: {{}} }};
const data = {{ single: {{ options: [..."abcdefg"], right: "a" }}, text: {{ accepted: ["a"] }} }};
const done = {{ seed: 65535, completed: true, passed: true }};
const state = {{ ...done, place: slots.at(-1)[0], visited: [], quizzes: {{}}, answers: {{}}, films: {{}} }};
for (const [id, kind, width] of slots) {{
  if (kind === "page") {{
    module.pages.push({{ id }});
    state.visited.push(id);
  }} else if (kind === "film") {{
    state.films[id] = 2 ** width - 1;
  }} else {{
    module.questions[id] = {{ type: kind, data: data[kind] }};
    state.answers[id] = {{ answer: kind === "text" ? "a".repeat(60) : "g", mark: 3 }};
  }}
}}
for (const quiz of quizzes) {{
  state.quizzes[quiz.id] = {{ attempt: 511, best: 100, passed: true }};
}}
console.log(encode(state, module).length);
"""


def fullest(node: str, slots, quizzes: int) -> int:
    """Return the length of the fullest state as the player writes it."""
    rows = [[slot.id, slot.kind, slot.width] for slot in slots]
    asked = [{"id": f"quiz-{n}", "page": slots[-1].id} for n in range(quizzes)]
    script = FULLEST.format(player=PLAYER.as_posix(), data=json.dumps({"slots": rows, "quizzes": asked}))
    run = subprocess.run([node, "--input-type=module", "-e", script], capture_output=True, text=True, check=True)
    return int(run.stdout)


def slots_of(make, pages: int, choices: int, typed: int, films: int = 0):
    # Seven options take three bits.
    questions = [make.slot("single", 3, id=f"v{n}") for n in range(choices)]
    questions += [make.slot("text", 0, id=f"t{n}") for n in range(typed)]
    shown = [make.slot("film", 12, id=f"f{n}") for n in range(films)]
    return (*questions, *shown, *(make.slot("page", id=f"p{n}") for n in range(pages)))


@pytest.mark.parametrize(
    ("pages", "choices", "typed", "films", "quizzes"),
    [(1, 0, 0, 1, 0), (8, 10, 0, 2, 1), (20, 20, 0, 0, 1), (300, 300, 0, 30, 3), (12, 4, 30, 0, 2)],
)
def test_the_worst_case_is_what_the_player_writes_at_most(make, node, pages, choices, typed, films, quizzes):
    slots = slots_of(make, pages, choices, typed, films)
    blocks = [make.quiz() for _ in range(quizzes)]
    module = make.module(make.page(*blocks), slots=slots)

    worst, written = worst_state(module), fullest(node, slots, quizzes)

    assert written <= worst <= written + 1


def test_twenty_pages_and_twenty_questions_fit_in_forty_characters(make):
    module = make.module(make.page(make.quiz()), slots=slots_of(make, 20, 20, 0))

    assert worst_state(module) <= 40


def test_three_hundred_pages_and_questions_fit_in_four_hundred_characters(make):
    assert worst_state(make.module(make.page(make.quiz()), slots=slots_of(make, 300, 300, 0, 10))) <= 400


def test_a_module_that_could_outgrow_scorm_12_is_refused(make):
    small = make.module(make.page(), slots=slots_of(make, 1, 0, 63))
    large = make.module(make.page(), slots=slots_of(make, 1, 0, 64))

    assert worst_state(small) <= LIMIT < worst_state(large)
    assert list(check_state(make.course(small), TODAY)) == []
    (problem,) = check_state(make.course(large), TODAY)
    assert problem.code == "LM510"
    assert str(worst_state(large)) in problem.message()
