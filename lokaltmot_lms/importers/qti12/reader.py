"""Reads the parts of a QTI 1.2 item: metadata fields, texts, answers, conditions and feedback."""

from collections.abc import Iterator
from decimal import Decimal
from html import escape
from typing import NamedTuple

from lxml import etree

from lokaltmot_lms.importers.build_questions import decimal
from lokaltmot_lms.importers.clean_html import place_of, plain_html

_KINDS = {
    "multiple_choice": "multiple_choice_question",
    "true_false": "true_false_question",
    "multiple_response": "multiple_answers_question",
    "fib": "short_answer_question",
    "pattern_match": "short_answer_question",
    "essay": "essay_question",
}
# bbmd_questiontype of Blackboard's exports. The others keep their right answers in a form of their own.
_BLACKBOARD = {
    "": "",
    "Multiple Choice": "multiple_choice_question",
    "True/False": "true_false_question",
    "Either/Or": "true_false_question",
    "Multiple Answer": "multiple_answers_question",
    "Fill in the Blank": "short_answer_question",
    "Numeric": "numerical_question",
    "Ordering": "ordering_question",
    "Essay": "essay_question",
    "Short Response": "essay_question",
}
_UNSUPPORTED = {
    "response_xy": "hotspot",
    "response_grp": "matching of groups",
    "render_hotspot": "hotspot",
    "render_slider": "slider",
}
_RELATIONS = ("vargt", "vargte", "varlt", "varlte")
SEVERAL_RESPONSES = "several responses"  # the kind of an item with gaps in its text


_MATERIAL = ("mattext", "mat_formattedtext", "matimage", "mataudio", "matvideo")


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
    """The test of a condition, and its feedback. equal: (response, value); unequal: the same inside <not>.

    feedback: idents of the feedback that is shown.
    """

    equal: tuple[tuple[str, str], ...]
    unequal: tuple[tuple[str, str], ...]
    limits: tuple[tuple[str, Decimal], ...]
    is_pattern: bool
    gives_points: bool
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
    """Return the type of an item, as Canvas names it; for other types the name that the file gives."""
    if metadata.get("question_type"):
        return metadata["question_type"]
    profile = metadata.get("cc_profile", "").split(".")
    if len(profile) > 1 and profile[1] in _KINDS:
        return _KINDS[profile[1]]
    blackboard = blackboard_type(item)
    if blackboard and blackboard not in _BLACKBOARD:
        return blackboard
    return _BLACKBOARD.get(blackboard, "") or _kind_by_responses(item)


def blackboard_type(item: etree._Element) -> str:
    """Return the type that Blackboard gives an item; "" for other items."""
    return " ".join((item.findtext("itemmetadata/bbmd_questiontype") or "").split())


def _kind_by_responses(item: etree._Element) -> str:
    for name, kind in _UNSUPPORTED.items():
        if item.find(f".//{name}") is not None:
            return kind
    lids = item.findall(".//response_lid")
    typed = [*item.iter("response_str", "response_num")]
    if len(lids) + len(typed) > 1:
        return _several_responses(lids, typed)
    if lids:
        return {"Multiple": "multiple_answers_question", "Ordered": "ordering_question"}.get(
            lids[0].get("rcardinality", ""), "multiple_choice_question"
        )
    if not typed:
        return "text_only_question"
    if item.find(".//varequal") is None and not any(True for _ in item.iter(*_RELATIONS, "varsubstring")):
        return "essay_question"
    return "numerical_question" if any(True for _ in item.iter(*_RELATIONS)) else "short_answer_question"


def _several_responses(lids: list[etree._Element], typed: list[etree._Element]) -> str:
    """Return the type of an item with several responses: pairs when all have a text and the same options."""
    options = {tuple(label.html for label in labels(lid)) for lid in lids}
    is_pairs = not typed and len(options) == 1 and all(text_of(lid).strip() for lid in lids)
    return "matching_question" if is_pairs else SEVERAL_RESPONSES


def text_of(element: etree._Element | None) -> str:
    """Return the HTML of the material inside an element, but not inside its answers."""
    if element is None:
        return ""
    parts = []
    for material in element.iter("material"):
        inside = [parent.tag for parent in material.iterancestors()]
        upto = inside[: inside.index(element.tag)] if element.tag in inside else inside
        if element.tag == "presentation" and any(
            tag in ("response_lid", "response_str", "response_num", "response_label") for tag in upto
        ):
            continue
        if element.tag in ("response_lid", "response_str", "response_num") and "response_label" in upto:
            continue
        parts.append(_material(material))
    return "".join(parts)


def text_with_places(presentation: etree._Element) -> tuple[str, list[etree._Element]]:
    """Return the HTML of a presentation with clean_html.place_of(1, 2 …) for its responses, and the responses."""
    parts: list[str] = []
    responses: list[etree._Element] = []

    def put(element: etree._Element) -> None:
        for child in element:
            if child.tag == "material":
                parts.append(_material(child))
            elif child.tag in ("response_lid", "response_str", "response_num"):
                responses.append(child)
                parts.append(f"{text_of(child)} {place_of(len(responses))} ")
            elif isinstance(child.tag, str):
                put(child)
                parts.append("<br>" if child.tag == "flow" else "")

    put(presentation)
    return "".join(parts), responses


def _material(material: etree._Element) -> str:
    return "".join(_html(part) for part in material.iter(*_MATERIAL))


def _html(text: etree._Element) -> str:
    if text.tag not in ("mattext", "mat_formattedtext"):
        return _media(text)
    words = text.text or ""
    if text.get("texttype", "").lower() == "text/html" or text.tag == "mat_formattedtext":
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
    return Condition(
        equal=tuple(equal),
        unequal=tuple(unequal),
        limits=tuple(_limits(element)),
        is_pattern=element.find(".//varsubstring") is not None,
        gives_points=any(_is_positive(setvar.text or "") for setvar in element.iterfind("setvar")),
        feedback=tuple(shown.get("linkrefid", "") for shown in element.iterfind("displayfeedback")),
    )


def _is_positive(words: str) -> bool:
    value = decimal(words)
    return words.strip().lower().endswith(".max") or (value is not None and value > 0)


def _limits(element: etree._Element) -> Iterator[tuple[str, Decimal]]:
    for name in ("vargte", "vargt", "varlte", "varlt"):
        for limit in element.iter(name):
            value = decimal(limit.text or "")
            is_not = any(parent.tag == "not" for parent in limit.iterancestors())
            if value is not None and not is_not:
                yield name[:5], value


def feedback(item: etree._Element) -> dict[str, str]:
    """Return the texts of feedback by ident."""
    return {element.get("ident", ""): text_of(element) for element in item.iterfind("itemfeedback")}
