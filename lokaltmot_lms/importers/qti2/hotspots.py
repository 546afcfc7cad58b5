"""Builds hotspot questions from QTI 2 items: areas of an image, with names in place of pixels."""

from decimal import Decimal
from typing import Any
from urllib.parse import unquote

from lxml import etree

from lokaltmot_lms.errors.imports import FILE_MISSING, SHARES_LOST
from lokaltmot_lms.errors.question_files import KEY_UNDECIDED, NOT_ONE_ANSWER, SPOT_ROUND, SPOT_SHAPE, SPOTS_UNNAMED
from lokaltmot_lms.importers.build_questions import QuestionParts
from lokaltmot_lms.importers.clean_html import words_text
from lokaltmot_lms.importers.qti2.item_reading import CannotBuildError, ItemReading
from lokaltmot_lms.importers.qti2.variables import finite
from lokaltmot_lms.model import Hotspot, Question, Spot
from lokaltmot_lms.questions.written import letter

_AREA = {"nb": "Område", "nn": "Område"}
_HUNDRED = Decimal(100)


def hotspot(reading: ItemReading, element: etree._Element, parts: QuestionParts) -> Question | None:
    """Return a question about areas of an image.

    Raises:
        CannotBuildError, KeyMissingError, KeyConflictError, UndecidedError: it can't become one.
    """
    variable = reading.variable(element)
    rows = {row.get("identifier", ""): row for row in element.iterfind("hotspotChoice")}
    image = next(element.iter("object", "img"), None)
    path = _image(reading, image)
    width, height = _size(image, "width"), _size(image, "height")
    if not path:
        raise CannotBuildError(FILE_MISSING, file=_address(image))
    if image is None or not width or not height or len(rows) < 2:
        raise CannotBuildError(KEY_UNDECIDED, what="width, height")
    areas = {key: _area(reading, row, width, height) for key, row in rows.items()}
    written = element.get("maxChoices", "1")
    is_multiple = not variable.is_single and written != "1"
    keys = reading.keys(variable)
    if is_multiple:
        key = keys.several(list(rows), int(written) if written.isdigit() and int(written) else len(rows))
        right = set(map(str, key.right))
        reading.note_points(key)
    else:
        points = keys.singles(list(rows))
        best = max(points.values())
        right = {one for one, value in points.items() if value == best}
        if len(right) > 1:
            raise CannotBuildError(NOT_ONE_ANSWER)
        if any(0 < value < best for value in points.values()):
            reading.context.report(SHARES_LOST, parts.at, name=reading.name)
    reading.right[variable.identifier] = variable.value(sorted(right)[:1] if not is_multiple else sorted(right))
    names = _names(reading, rows, parts)
    spots = tuple(
        Spot(
            key=letter(at),
            text=words_text(names[one], parts.at),
            is_right=one in right,
            feedback=reading.option_feedback(variable.identifier, one),
            at=parts.at,
            **areas[one],
        )
        for at, one in enumerate(rows)
    )
    alt = " ".join((image.get("alt") or "".join(image.itertext())).split())
    return Hotspot(
        **parts.common(),
        type="hotspot",
        picture=path,
        alt=alt,
        spots=spots,
        multiple=is_multiple,
    )


def _image(reading: ItemReading, image: etree._Element | None) -> str | None:
    return reading.body.files.find(_address(image), reading.body.at) if image is not None else None


def _address(image: etree._Element | None) -> str:
    return unquote(image.get("data") or image.get("src") or "?") if image is not None else "?"


def _size(image: etree._Element | None, name: str) -> Decimal | None:
    value = finite((image.get(name) or "").removesuffix("px")) if image is not None else None
    return value if value is not None and value > 0 else None


def _names(reading: ItemReading, rows: dict[str, etree._Element], parts: QuestionParts) -> dict[str, str]:
    """Return the names of the areas: their labels, or numbers, which are reported."""
    labels = {
        key: " ".join((row.get("hotspotLabel") or row.get("aria-label") or row.get("label") or "").split())
        for key, row in rows.items()
    }
    if all(labels.values()) and len(set(labels.values())) == len(labels):
        return labels
    word = _AREA.get(reading.context.language, "Area")
    names = {key: f"{word} {number}" for number, key in enumerate(rows, start=1)}
    listed = list(names.values())
    reading.context.report(SPOTS_UNNAMED, parts.at, name=reading.name, names=f"{listed[0]} … {listed[-1]}")
    return names


def _area(reading: ItemReading, row: etree._Element, width: Decimal, height: Decimal) -> dict[str, Any]:
    """Return an area in per cent of the image (QTI 2.1, Information Model, shape and coords).

    Raises:
        CannotBuildError: it is no rectangle and no circle, or not inside the image.
    """
    shape = row.get("shape", "")
    numbers = [finite(part) for part in row.get("coords", "").split(",")]
    given = [number for number in numbers if number is not None]
    if shape == "rect" and len(given) == 4:
        left, top, right, bottom = given
    elif shape == "circle" and len(given) == 3:
        left, top, right, bottom = given[0] - given[2], given[1] - given[2], given[0] + given[2], given[1] + given[2]
        reading.context.report(SPOT_ROUND, reading.body.at, name=reading.name)
    else:
        raise CannotBuildError(SPOT_SHAPE, shape=shape or "?")
    left, right = (_share(value, width) for value in sorted((left, right)))
    top, bottom = (_share(value, height) for value in sorted((top, bottom)))
    if right <= left or bottom <= top:
        raise CannotBuildError(SPOT_SHAPE, shape=shape)
    return {"x": left, "y": top, "width": right - left, "height": bottom - top}


def _share(value: Decimal, whole: Decimal) -> Decimal:
    return min(max(round(value * _HUNDRED / whole, 1), Decimal(0)), _HUNDRED)
