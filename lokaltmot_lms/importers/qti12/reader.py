"""Reads the parts of a QTI 1.2 item: metadata fields, texts, answers, conditions and feedback."""

from collections.abc import Iterator
from decimal import Decimal
from html import escape
from typing import NamedTuple

from lxml import etree

from lokaltmot_lms.importers.build_questions import decimal
from lokaltmot_lms.importers.clean_html import plain_html

_KINDS = {
    "multiple_choice": "multiple_choice_question",
    "true_false": "true_false_question",
    "multiple_response": "multiple_answers_question",
    "fib": "short_answer_question",
    "pattern_match": "short_answer_question",
    "essay": "essay_question",
}


_MATERIAL = frozenset({"mattext", "matimage", "mataudio", "matvideo"})


def without_namespaces(root: etree._Element) -> etree._Element:
    """Return a tree with local names only: exports differ in the namespace they use."""
    for element in root.iter():
        if isinstance(element.tag, str):
            element.tag = etree.QName(element).localname
    return root


class ResponseLabel(NamedTuple):
    """An option. html: its text."""

    ident: str
    html: str


class Condition(NamedTuple):
    """The test of a condition, and its effect. equal: (response, value); unequal: the same inside <not>.

    score: what it sets or adds; None without a score. feedback: idents of the feedback that is shown.
    """

    equal: tuple[tuple[str, str], ...]
    unequal: tuple[tuple[str, str], ...]
    limits: tuple[tuple[str, Decimal], ...]
    is_pattern: bool
    score: Decimal | None
    feedback: tuple[str, ...]


def fields(element: etree._Element) -> dict[str, str]:
    """Return the metadata of an assessment or item."""
    found = {}
    for field in element.iterfind(".//qtimetadatafield"):
        owner = field.getparent()
        while owner is not None and owner.tag not in ("item", "assessment", "section", "objectbank"):
            owner = owner.getparent()
        if owner is element:
            found[(field.findtext("fieldlabel") or "").strip()] = (field.findtext("fieldentry") or "").strip()
    return found


def kind_of(item: etree._Element, metadata: dict[str, str]) -> str:
    """Return the type of an item, as Canvas names it."""
    if metadata.get("question_type"):
        return metadata["question_type"]
    profile = metadata.get("cc_profile", "").split(".")
    if len(profile) > 1 and profile[1] in _KINDS:
        return _KINDS[profile[1]]
    lid = item.find(".//response_lid")
    if lid is not None:
        return "multiple_answers_question" if lid.get("rcardinality") == "Multiple" else "multiple_choice_question"
    if item.find(".//response_str") is not None:
        return "short_answer_question" if item.find(".//varequal") is not None else "essay_question"
    return "text_only_question"


def text_of(element: etree._Element | None) -> str:
    """Return the HTML of the material inside an element, but not inside its answers."""
    if element is None:
        return ""
    parts = []
    for material in element.iter("material"):
        inside = [parent.tag for parent in material.iterancestors()]
        upto = inside[: inside.index(element.tag)] if element.tag in inside else inside
        if element.tag == "presentation" and any(
            tag in ("response_lid", "response_str", "response_label") for tag in upto
        ):
            continue
        if element.tag == "response_lid" and "response_label" in upto:
            continue
        parts += [_html(part) for part in material if part.tag in _MATERIAL]
    return "".join(parts)


def _html(text: etree._Element) -> str:
    if text.tag != "mattext":
        return _media(text)
    words = text.text or ""
    if text.get("texttype", "").lower() == "text/html":
        return words
    return plain_html(words) if "\n\n" in words.strip() else escape(words, quote=False)


def _media(material: etree._Element) -> str:
    """Return an image as HTML, and another file as a link (QTI 1.2 ASI binding: matimage, mataudio, matvideo).

    The file is named in uri, or is the content in base64.
    """
    address = material.get("uri") or material.get("entityref") or ""
    content = "".join((material.text or "").split())
    if content and (material.get("embedded") or "").lower() == "base64" and material.tag == "matimage":
        address = f"data:{material.get('imagtype', 'image/png')};base64,{content}"
    if not address:
        return ""
    label = escape(material.get("label") or "")
    if material.tag == "matimage":
        return f'<p><img src="{escape(address)}" alt="{label}"></p>'
    return f'<p><a href="{escape(address)}">{label or escape(address.rpartition("/")[2])}</a></p>'


def labels(response: etree._Element) -> list[ResponseLabel]:
    """Return the options of a response."""
    return [ResponseLabel(label.get("ident", ""), text_of(label)) for label in response.iter("response_label")]


def conditions(item: etree._Element) -> list[Condition]:
    """Return the conditions of an item, in their order."""
    return [_condition(element) for element in item.iterfind("resprocessing/respcondition")]


def _condition(element: etree._Element) -> Condition:
    equal: list[tuple[str, str]] = []
    unequal: list[tuple[str, str]] = []
    for varequal in (*element.iter("varequal"), *element.iter("varsubset"), *element.iter("varsubstring")):
        is_not = any(parent.tag == "not" for parent in varequal.iterancestors())
        row = (varequal.get("respident", ""), (varequal.text or "").strip())
        (unequal if is_not else equal).append(row)
    setvar = element.find("setvar")
    return Condition(
        equal=tuple(equal),
        unequal=tuple(unequal),
        limits=tuple(_limits(element)),
        is_pattern=element.find(".//varsubstring") is not None,
        score=decimal(setvar.text or "") if setvar is not None else None,
        feedback=tuple(shown.get("linkrefid", "") for shown in element.iterfind("displayfeedback")),
    )


def _limits(element: etree._Element) -> Iterator[tuple[str, Decimal]]:
    for name in ("vargte", "vargt", "varlte", "varlt"):
        for limit in element.iter(name):
            value = decimal(limit.text or "")
            if value is not None:
                yield name[:5], value


def feedback(item: etree._Element) -> dict[str, str]:
    """Return the texts of feedback by ident."""
    return {element.get("ident", ""): text_of(element) for element in item.iterfind("itemfeedback")}
