"""Hotspot: places in a picture. The list of places is the question, also for those who don't see the picture."""

import re
from decimal import Decimal
from fractions import Fraction
from typing import Any

from lokaltmot_lms.errors.questions import OPTION_EMPTY, SPOT_NUMBERS, SPOT_PICTURE
from lokaltmot_lms.model import Hotspot, Spot
from lokaltmot_lms.questions.answers import ALL, NONE, bits, chosen
from lokaltmot_lms.questions.base import Answer, Data
from lokaltmot_lms.questions.options import report_marks
from lokaltmot_lms.questions.written import ListItem, WrittenQuestion, letter

_N = r"\s+(\d{1,3}(?:[.,]\d{1,3})?)"
_PLACE = re.compile(rf"(?:^|\s+)@{_N * 4}\s*%?$")
NEAR_PLACE = re.compile(r"(?:^|\s)@(?:\s*[\d.,]+%?)+\s*$")


class FindSpots:
    """Places to point at."""

    name = "hotspot"
    is_graded = True

    def data(self, question: Hotspot) -> dict[str, Any]:
        """Return {"options": […], "right": […], "multiple": true or false}."""
        right = [spot.key for spot in question.spots if spot.is_right]
        return {"options": [spot.key for spot in question.spots], "right": right, "multiple": question.multiple}

    def score(self, data: Data, answer: Answer) -> Fraction:
        """Return the score of a choice question with the same options: one key, or a list of keys."""
        right = frozenset(data["right"])
        if not data["multiple"]:
            return ALL if isinstance(answer, str) and answer in right else NONE
        keys = chosen(answer, data["options"])
        if not keys or not right:
            return NONE
        return max(NONE, Fraction(len(keys & right) - len(keys - right), len(right)))

    def right_answer(self, question: Hotspot) -> Answer:
        """Return the right key, or the right keys when several may be chosen."""
        right = [spot.key for spot in question.spots if spot.is_right]
        return right if question.multiple else next(iter(right), None)

    def width(self, question: Hotspot) -> int:
        """Return the bits of a choice question with the same options."""
        return len(question.spots) + 1 if question.multiple else bits(len(question.spots) + 1)


def read_hotspot(written: WrittenQuestion) -> Hotspot | None:
    """Return the places; each item must say where it is, and the question must have one picture."""
    is_multiple = report_marks(written)
    if written.picture is None:
        written.report(SPOT_PICTURE, written.at)
        return None
    return Hotspot(
        **written.common,
        type="hotspot",
        picture=written.picture.path,
        alt=written.picture.alt,
        spots=tuple(_spot(written, item, index) for index, item in enumerate(written.items)),
        multiple=is_multiple,
    )


def _spot(written: WrittenQuestion, item: ListItem, index: int) -> Spot:
    found = _PLACE.search(item.words.text)
    words = item.words.part(0, found.start()) if found else item.words
    x, y, width, height = (Decimal(n.replace(",", ".")) for n in found.groups()) if found else (Decimal(0),) * 4
    if not found or not width or not height or x + width > 100 or y + height > 100:
        written.report(SPOT_NUMBERS, item.at)
    if not words.text:
        written.report(OPTION_EMPTY, item.at)
    return Spot(
        key=letter(index),
        text=written.reader(words),
        is_right=item.is_right,
        feedback=item.feedback,
        x=x,
        y=y,
        width=width,
        height=height,
        at=item.at,
    )
