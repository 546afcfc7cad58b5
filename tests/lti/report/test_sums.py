"""Difficulty, discrimination and what was chosen: against figures worked out by hand, on both kinds of database."""

import math
import random
import statistics
from typing import Any

import pytest
from sqlalchemy import Engine

from lti_app.report.formatting import Formatter
from lti_app.report.item_analysis import FEWEST, ItemStatistics, read_items
from lti_app.store.engine import reading
from lti_app.store.report import answer_counts, question_sums

from .classroom import Classroom, register

# Six learners, three questions worth 1, 1 and 2. Against the rest, in parts of the points:
# q1: x 1 1 1 0 0 0, rest 3 2 2 2 0 1 of 3: means 7/3 and 1, spread 0.9428, so r = (4/3) / 0.9428 * 0.5.
# q2: x 1 1 0 1 0 0, rest 3 2 3 1 0 1 of 3: means 2 and 4/3, spread 1.1055, so r = (2/3) / 1.1055 * 0.5.
# q3: x 1 0 1 0 0 0, rest 2 2 1 1 0 0 of 2: means 3/2 and 3/4, spread 0.8165, so r = 0.75 / 0.8165 * 0.4714.
POINTS = {"q1": 1.0, "q2": 1.0, "q3": 2.0}
SHARES = [(1, 1, 1), (1, 1, 0.5), (1, 0, 1), (0, 1, 0.5), (0, 0, 0), (0, 0, 0.5)]
BY_HAND = {"q1": 1 / math.sqrt(2), "q2": 1 / math.sqrt(11), "q3": math.sqrt(3) / 4}


def _asked(kind: str = "single", points: float = 1, **more: Any) -> dict[str, Any]:
    data = {"options": ["a", "b", "c"], "right": "b"}
    labels = {"a": "Alle", "b": "De ansatte", "c": "Ingen"}
    made = {"type": kind, "points": points, "data": data, "text": "Hvem?", "source": "m.md:4", "labels": labels}
    return {**made, **more}


def _items(room: Classroom, questions: dict[str, Any]) -> dict[str, ItemStatistics]:
    where = {"registration_id": room.registration_id, "link_id": room.link_id}
    points = {id_: float(asked["points"]) for id_, asked in questions.items()}
    with reading(room.engine) as connection:
        sums = question_sums(connection, **where, points=points)
        counts = answer_counts(connection, **where, questions=list(questions))
    return {item.id: item for item in read_items(questions, sums, counts)}


@pytest.fixture
def room(database: Engine) -> Classroom:
    return Classroom(engine=database, registration_id=register(database), module="m")


def test_the_figures_are_those_worked_out_by_hand(room: Classroom) -> None:
    for number, shares in enumerate(SHARES):
        firsts = {id_: ("b" if share == 1 else "a", float(share)) for id_, share in zip(POINTS, shares, strict=True)}
        room.learner(f"s{number}", firsts=firsts)
    items = _items(room, {id_: _asked(points=points) for id_, points in POINTS.items()})

    assert {id_: item.answers for id_, item in items.items()} == {"q1": 6, "q2": 6, "q3": 6}
    assert {id_: item.right_share for id_, item in items.items()} == {"q1": 0.5, "q2": 0.5, "q3": pytest.approx(1 / 3)}
    assert {id_: item.partly for id_, item in items.items()} == {"q1": 0, "q2": 0, "q3": 3}
    assert {id_: item.discrimination for id_, item in items.items()} == pytest.approx(BY_HAND)
    (part,) = items["q3"].parts
    assert [(each.text, each.is_right, each.count) for each in part.choices] == [
        ("Alle", False, 4),
        ("De ansatte", True, 2),
        ("Ingen", False, 0),
    ]


def test_the_figures_are_those_of_the_standard_library(room: Classroom) -> None:
    chance = random.Random(4)  # noqa: S311  # made-up learners
    told: dict[str, list[tuple[float, float]]] = {f"q{number}": [] for number in range(8)}
    for person in range(40):
        skill = chance.random()
        shares = {id_: float(chance.random() < skill) for id_ in told}
        room.learner(f"s{person}", firsts={id_: ("a", share) for id_, share in shares.items()})
        for id_, share in shares.items():
            told[id_].append((share, sum(shares.values()) - share))
    items = _items(room, {id_: _asked() for id_ in told})
    for id_, pairs in told.items():
        assert items[id_].discrimination == pytest.approx(statistics.correlation(*zip(*pairs, strict=True)))


def test_below_five_answers_nothing_is_said(room: Classroom) -> None:
    for number in range(FEWEST - 1):
        room.learner(f"s{number}", firsts={"q1": ("b", 1.0)})
    item = _items(room, {"q1": _asked()})["q1"]
    assert (item.answers, item.right_share, item.discrimination, item.parts) == (None, None, None, ())
    room.learner("one more", firsts={"q1": ("a", 0.0)})
    item = _items(room, {"q1": _asked()})["q1"]
    assert (item.answers, item.right, item.right_share) == (5, 4, 0.8)
    assert item.discrimination is None  # nobody has answered anything else


def test_a_question_that_all_got_right_tells_nobody_apart(room: Classroom) -> None:
    for number in range(6):
        room.learner(f"s{number}", firsts={"q1": ("b", 1.0), "q2": ("a", float(number % 2))})
    items = _items(room, {"q1": _asked(), "q2": _asked()})
    assert items["q1"].discrimination is None
    assert items["q2"].discrimination is None  # the rest is the same for all


def test_other_links_other_courses_and_other_platforms_do_not_count(room: Classroom) -> None:
    others = (
        Classroom(engine=room.engine, registration_id=room.registration_id, module="m", link="9"),
        Classroom(engine=room.engine, registration_id=register(room.engine, "theirs"), module="m"),
    )
    for other in (room, *others):
        for number in range(5):
            other.learner(f"s{number}", firsts={"q1": ("b", 1.0)})
    assert _items(room, {"q1": _asked()})["q1"].answers == 5


def test_an_answer_to_a_question_that_is_gone_counts_for_nothing(room: Classroom) -> None:
    for number in range(6):
        room.learner(f"s{number}", firsts={"q1": ("b", float(number > 2)), "gone": ("b", float(number < 3))})
    items = _items(room, {"q1": _asked(), "q2": _asked()})
    assert items["q1"].answers == 6
    assert items["q1"].discrimination is None
    assert items["q2"].answers is None


def test_an_opinion_is_neither_right_nor_wrong(room: Classroom) -> None:
    asked = _asked(
        "likert", 0, data={"statements": ["1", "2"], "steps": 3}, labels={"1": "Uenig", "3": "Enig"},
        parts={"1": {"text": "Jeg vet nok."}, "2": {"text": "Jeg tør spørre."}},
    )  # fmt: skip
    for number in range(6):
        room.learner(f"s{number}", firsts={"q1": ({"1": "3", "2": str(number % 3 + 1)}, 0.0)})
    item = _items(room, {"q1": asked})["q1"]
    assert (item.right_share, item.discrimination) == (None, None)
    assert [part.text for part in item.parts] == ["Jeg vet nok.", "Jeg tør spørre."]
    assert [(each.text, each.is_right, each.count) for each in item.parts[0].choices] == [
        ("1: Uenig", None, 0),
        ("2", None, 0),
        ("3: Enig", None, 6),
    ]
    assert [each.count for each in item.parts[1].choices] == [2, 2, 2]


def test_several_choices_matches_orders_and_gaps_are_counted_part_by_part(room: Classroom) -> None:
    questions = {
        "multiple": _asked("multiple", data={"options": ["a", "b", "c"], "right": ["a", "b"]}),
        "matching": _asked(
            "matching", data={"left": ["1", "2"], "match": ["b", "c", "a"], "right": {"1": "b", "2": "c"}},
            parts={"1": {"text": "Politiet"}, "2": {"text": "Krisesenteret"}},
        ),
        "ordering": _asked("ordering", data={"items": ["b", "a", "c"]}),
        "gaps": _asked(
            "gaps", data={"gaps": {"1": {"accepted": ["196"]}, "2": {"options": ["a", "b"], "right": "b"}}},
            parts={"1": {"text": "", "labels": {}}, "2": {"text": "", "labels": {"a": "noen", "b": "alle"}}},
        ),
    }  # fmt: skip
    answers = {
        "multiple": [["a", "b"], ["b", "a"], ["a"], ["a", "c"], [], "nonsense"],
        "matching": [{"1": "b", "2": "c"}, {"1": "b", "2": "a"}, {"1": "c"}, {}, None, {"1": ["b"]}],
        "ordering": [["b", "a", "c"], ["b", "c", "a"], ["c", "a", "b"], ["b"], 4, ["a", "b", "c"]],
        "gaps": [{"1": "196", "2": "b"}, {"1": " 196 ", "2": "a"}, {"1": "Kari er redd"}, {}, "x", {"2": "b"}],
    }  # fmt: skip
    for number in range(6):
        room.learner(f"s{number}", firsts={id_: (several[number], 0.0) for id_, several in answers.items()})
    items = _items(room, questions)

    def counts(id_: str) -> list[list[int]]:
        return [[each.count for each in part.choices] for part in items[id_].parts]

    assert counts("multiple") == [[4, 2, 1]]
    assert counts("matching") == [[0, 2, 1], [1, 0, 1]]  # by a, b, c
    assert counts("ordering") == [[2, 2, 2]]  # in its own place: b, a, c
    assert counts("gaps") == [[2], [1, 2]]
    assert items["gaps"].parts[0].choices[0].text == "196"
    assert "Kari" not in repr([part.choices for part in items["gaps"].parts])


def test_typed_words_are_counted_and_never_shown(room: Classroom) -> None:
    for number in range(6):
        room.learner(f"s{number}", firsts={"q1": (f"hemmelig {number}", float(number < 2))})
    item = _items(room, {"q1": _asked("text", data={"accepted": ["barnevernet"]}, labels={})})["q1"]
    assert (item.answers, item.right, item.parts) == (6, 2, ())


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (1.0, "skiller godt"), (0.3, "skiller godt"), (0.29, "skiller litt"), (0.1, "skiller litt"),
        (0.0, "skiller ikke"), (-0.1, "skiller ikke"), (-0.11, "feil vei: se på fasiten"),
        (-1.0, "feil vei: se på fasiten"), (None, ""),
    ],
)  # fmt: skip
def test_a_discrimination_is_said_in_words(value: float | None, words: str) -> None:
    assert Formatter("nb").discrimination(value) == words
