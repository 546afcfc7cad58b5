"""The answer key explains the ids in a report, as text and as values of the inputs."""

import csv
import io
import json
from dataclasses import replace
from decimal import Decimal

import pytest

from lokaltmot_lms.model import (
    ChoiceQuestion,
    Gap,
    Gaps,
    Hotspot,
    Likert,
    Matching,
    Module,
    Numeric,
    Option,
    Ordering,
    Pair,
    Question,
    Quiz,
    ShortText,
    Spot,
    Statement,
)
from lokaltmot_lms.questions import QUESTION_TYPES
from lokaltmot_lms.targets.keys import key_csv, key_json, right_text

from . import models
from .models import AT, inline


def _options(*rights: str) -> tuple[Option, ...]:
    return tuple(Option(key=key, text=inline(f"Svar {key}"), is_right=key in rights, at=AT) for key in "abc")


def _spot(key: str, *, is_right: bool) -> Spot:
    size = Decimal(10)
    return Spot(key=key, text=inline(f"Sted {key}"), is_right=is_right, x=size, y=size, width=size, height=size, at=AT)


_GIVEN = {"prompt": inline("Hva?"), "at": AT}
_EVERY_TYPE: list[tuple[Question, object, str]] = [
    (ChoiceQuestion(id="q", type="single", options=_options("b"), **_GIVEN), "b", "Svar b"),
    (ChoiceQuestion(id="q", type="truefalse", options=_options("a")[:2], **_GIVEN), "a", "Svar a"),
    (ChoiceQuestion(id="q", type="multiple", options=_options("a", "c"), **_GIVEN), ["a", "c"], "Svar a | Svar c"),
    (ShortText(id="q", type="text", accepted=("112", "politiet"), **_GIVEN), "112", "112 | politiet"),
    (Numeric(id="q", type="numeric", low=Decimal("18"), high=Decimal("18"), **_GIVEN), "18", "18"),
    (Numeric(id="q", type="numeric", low=Decimal("17.5"), high=Decimal("18"), **_GIVEN), None, "17.5–18"),
    (
        Matching(
            id="q", type="matching",
            pairs=(
                Pair(key="1", left=inline("Mor"), match="a", right=inline("hører"), at=AT),
                Pair(key="", left=None, match="b", right=inline("venter"), at=AT),
            ),
            **_GIVEN,
        ),
        {"1": "a"},
        "Mor = hører",
    ),
    (Ordering(id="q", type="ordering", items=_options(), **_GIVEN), ["a", "b", "c"], "Svar a | Svar b | Svar c"),
    (
        Gaps(
            id="q", type="gaps", body=inline("x"),
            gaps=(Gap(key="1", accepted=("196", "§ 196"), at=AT), Gap(key="2", options=_options("b"), at=AT)),
            **_GIVEN,
        ),
        {"1": "196", "2": "b"},
        "1: 196 / § 196 | 2: Svar b",
    ),
    (
        Hotspot(
            id="q", type="hotspot", picture="media/rom.svg", alt="Et rom", multiple=False,
            spots=(_spot("a", is_right=False), _spot("b", is_right=True)), **_GIVEN,
        ),
        "b",
        "Sted b",
    ),
    (
        Likert(
            id="q", type="likert", low="uenig", high="enig", steps=5, points=Decimal(0),
            statements=(Statement(key="1", text=inline("Jeg våger"), at=AT),), **_GIVEN,
        ),
        None,
        "",
    ),
]  # fmt: skip


def _with(question: Question) -> Module:
    module = models.module()
    page = replace(module.pages[0], blocks=(Quiz(id="quiz", questions=(question,), at=AT),))
    return replace(module, pages=(page,))


@pytest.mark.parametrize(("question", "right", "words"), _EVERY_TYPE, ids=lambda value: getattr(value, "type", ""))
def test_the_right_answer_stands_in_values_and_words(question: Question, right: object, words: str) -> None:
    (row,) = json.loads(key_json(_with(question)))["questions"]

    assert row["rightText"] == words == right_text(question)
    if right is not None or question.type == "likert":  # which number in a range is "the" answer is the type's choice
        assert row["right"] == right


def test_every_question_type_has_its_words_tested() -> None:
    assert {question.type for question, _, _ in _EVERY_TYPE} == set(QUESTION_TYPES)


def test_the_key_says_where_each_question_stands() -> None:
    key = json.loads(key_json(models.module()))

    assert (key["module"], key["version"]) == ("modul-en", "2026.1")
    assert key["questions"] == [
        {
            "id": "hvem-bestemmer", "cmi": "hvem_bestemmer", "type": "single", "text": "Hvem bestemmer?", "right": "b",
            "rightText": "Svar b", "points": 1, "source": "courses/kurs/modul.md:3",
        }
    ]  # fmt: skip


def test_the_table_opens_in_a_norwegian_spreadsheet() -> None:
    content = key_csv(models.module())

    assert content.startswith(b"\xef\xbb\xbfid;cmi;type;text;right;rightText;points;source\r\n")
    (row,) = csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";")
    assert (row["cmi"], row["text"], row["right"], row["points"]) == ("hvem_bestemmer", "Hvem bestemmer?", "b", "1")


@pytest.mark.parametrize(
    ("words", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("+47 116 111", "'+47 116 111"),
        ("-ja", "'-ja"),
        ("-5", "-5"),
        ("a=b", "a=b"),
    ],
)
def test_a_cell_never_runs_as_a_formula(words: str, cell: str) -> None:
    content = key_csv(_with(replace(models.question(), prompt=inline(words)))).decode("utf-8-sig")

    (row,) = csv.DictReader(io.StringIO(content, newline=""), delimiter=";")
    assert row["text"] == cell
