"""The scoring cases, which the player's JavaScript runs as well (node --test)."""

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from lokaltmot_lms.questions import QUESTION_TYPES

CASES = Path(__file__).parents[2] / "scoring"
FEWEST = 25


def _cases() -> list[Any]:
    return [
        pytest.param(path.stem, case, id=f"{path.stem}: {case['name']}")
        for path in sorted(CASES.glob("*.json"))
        for case in json.loads(path.read_text(encoding="utf-8"))
    ]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "case" in metafunc.fixturenames:
        metafunc.parametrize(("kind", "case"), _cases())


def test_an_answer_scores_as_the_table_says(kind: str, case: dict[str, Any]) -> None:
    assert Fraction(case["score"]) == QUESTION_TYPES[kind].score(case["data"], case["answer"])


@pytest.mark.parametrize("kind", QUESTION_TYPES)
def test_every_question_type_has_its_table(kind: str) -> None:
    assert len(json.loads((CASES / f"{kind}.json").read_text(encoding="utf-8"))) >= FEWEST


@pytest.mark.parametrize("kind", QUESTION_TYPES)
@pytest.mark.parametrize(
    "answer", ["x" * 100_000, "9" * 100_000, ["a"] * 100_000, {str(n): "a" for n in range(50_000)}]
)
def test_a_huge_answer_scores_nothing_it_did_not_earn(kind: str, answer: Any) -> None:
    case = json.loads((CASES / f"{kind}.json").read_text(encoding="utf-8"))[0]
    assert QUESTION_TYPES[kind].score(case["data"], answer) <= Fraction(1, 2)
