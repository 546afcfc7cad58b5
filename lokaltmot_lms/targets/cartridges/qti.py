"""QTI 1.2 in the profile of Common Cartridge: a quiz for every platform that imports cartridges.

The profile is narrow (standards: Common Cartridge 1.1, 5 and its XSD): six kinds of questions, right or wrong, each
with one point.
"""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from lxml import etree

from lokaltmot_lms.model import ChoiceQuestion, Hotspot, Module, Option, Page, Question, Quiz, Reflection, ShortText
from lokaltmot_lms.targets import loss, question_banks, xml
from lokaltmot_lms.targets.loss import Loss, LostFeature
from lokaltmot_lms.targets.platform_html import Places, asked, html

_SPACE = "http://www.imsglobal.org/xsd/ims_qtiasiv1p2"
_ANSWER = "answer"


def assessment(page: Page, quiz: Quiz, identifier: str, places: Places) -> bytes:
    """Return a quiz as a file; `unheld` reports what it can't hold."""
    top = xml.root({None: _SPACE}, "questestinterop")
    element = xml.add(top, "assessment", ident=identifier, title=page.title.plain or page.id)
    fields(
        element,
        cc_profile="cc.exam.v0p1",
        qmd_assessmenttype="Examination",
        qmd_scoretype="Percentage",
        cc_maxattempts="unlimited" if quiz.attempts is None else str(quiz.attempts),
    )
    section = xml.add(element, "section", ident="root_section")
    for question in quiz.questions:
        if holds(question):
            _item(section, question, places)
    return xml.document(top)


def essays(
    title: str, asked: Iterable[Reflection], identifier: str, places: Places, *, each: Mapping[str, str] | None = None
) -> bytes:
    """Return reflections as essays, which have no `resprocessing` (5.2). each: fields of a question, the profile's."""
    top = xml.root({None: _SPACE}, "questestinterop")
    element = xml.add(top, "assessment", ident=identifier, title=title)
    fields(element, cc_profile="cc.exam.v0p1", qmd_assessmenttype="Examination", cc_maxattempts="unlimited")
    section = xml.add(element, "section", ident="root_section")
    for reflection in asked:
        item = xml.add(section, "item", ident=reflection.id, title=reflection.id)
        fields(xml.add(item, "itemmetadata"), **(each or {"cc_profile": "cc.essay.v0p1"}))
        presentation = xml.add(item, "presentation")
        material(presentation, html(reflection.text, places))
        xml.add(xml.add(presentation, "response_str", ident=_ANSWER, rcardinality="Single"), "render_fib")
    return xml.document(top)


def holds(question: Question) -> bool:
    """Return whether the profile has a type for a question."""
    return isinstance(question, ChoiceQuestion | Hotspot | ShortText)


def unheld(module: Module) -> Iterator[Loss]:
    """Yield what the profile can't hold of a module's quizzes."""
    for _, quiz in question_banks.quizzes(module):
        if quiz.draw is not None or quiz.pass_share is not None or quiz.retry_wrong:
            yield Loss(module=module.id, thing=LostFeature.QUIZ_SETTINGS, ids=(quiz.id,), became=loss.IN_PLATFORM)
        for question in quiz.questions:
            for thing, became in _lost(question):
                yield Loss(module=module.id, thing=thing, ids=(question.id,), became=became)


def _lost(question: Question) -> Iterator[tuple[LostFeature, str]]:
    if not holds(question):
        yield LostFeature(question.type), loss.LEFT_OUT
        return
    if isinstance(question, Hotspot):
        yield LostFeature.HOTSPOT, loss.CHOICE
    if question.type == "multiple" or (isinstance(question, Hotspot) and question.multiple):
        yield LostFeature.MULTIPLE, loss.ALL_OR_NOTHING
    if question.hint is not None:
        yield LostFeature.HINT, loss.LEFT_OUT
    if question.points != Decimal(1):
        yield LostFeature.POINTS, loss.ONE


def _item(section: etree._Element, question: Question, places: Places) -> None:
    item = xml.add(section, "item", ident=question.id, title=question.prompt.plain or question.id)
    fields(xml.add(item, "itemmetadata"), cc_profile=f"cc.{_kind(question)}.v0p1")
    presentation = xml.add(item, "presentation")
    picture = (question.picture, question.alt) if isinstance(question, Hotspot) else None
    material(presentation, asked(question, places, picture))
    options = options_of(question)
    if options:
        _choices(presentation, options, places, several=_kind(question) == "multiple_response")
    else:
        xml.add(xml.add(presentation, "response_str", ident=_ANSWER, rcardinality="Single"), "render_fib")
    _processing(item, question, options)
    say(item, question, places)


def _kind(question: Question) -> str:
    if isinstance(question, ShortText):
        return "fib"
    if question.type == "multiple" or (isinstance(question, Hotspot) and question.multiple):
        return "multiple_response"
    return "true_false" if question.type == "truefalse" else "multiple_choice"


def _choices(parent: etree._Element, options: tuple[Option, ...], places: Places, *, several: bool) -> None:
    response = xml.add(parent, "response_lid", ident=_ANSWER, rcardinality="Multiple" if several else "Single")
    choice = xml.add(response, "render_choice")
    for option in options:
        material(xml.add(choice, "response_label", ident=option.key), html(option.text, places))


def _processing(item: etree._Element, question: Question, options: tuple[Option, ...]) -> None:
    processing = xml.add(item, "resprocessing")
    begin(processing, question)
    point(processing, options, _ANSWER)
    condition = xml.add(processing, "respcondition", **{"continue": "No"})
    _right(xml.add(condition, "conditionvar"), question, options)
    xml.add(condition, "setvar", "100", action="Set", varname="SCORE")


def _right(condition: etree._Element, question: Question, options: tuple[Option, ...]) -> None:
    if isinstance(question, ShortText):
        for accepted in question.accepted:  # any of them
            xml.add(condition, "varequal", accepted, respident=_ANSWER, case="No")
    elif _kind(question) == "multiple_response":
        every = xml.add(condition, "and")
        for option in options:
            parent = every if option.is_right else xml.add(every, "not")
            xml.add(parent, "varequal", option.key, respident=_ANSWER)
    else:
        right = next((option.key for option in options if option.is_right), "")
        xml.add(condition, "varequal", right, respident=_ANSWER)


def options_of(question: Question) -> tuple[Option, ...]:
    """Return the options of a question; empty when it is not a choice."""
    match question:
        case ChoiceQuestion(options=options) | Hotspot(spots=options):
            return tuple(options)
    return ()


def begin(processing: etree._Element, question: Question) -> None:
    """Append the score variable, and the feedback that is shown for every answer."""
    xml.add(xml.add(processing, "outcomes"), "decvar", maxvalue="100", minvalue="0", varname="SCORE", vartype="Decimal")
    if question.explanation is not None:
        condition = xml.add(processing, "respcondition", **{"continue": "Yes"})
        xml.add(xml.add(condition, "conditionvar"), "other")
        xml.add(condition, "displayfeedback", feedbacktype="Response", linkrefid="general_fb")


def point(processing: etree._Element, options: Iterable[Option], answer: str) -> None:
    """Append which feedback belongs to which option. answer: the name of the response."""
    for option in options:
        if option.feedback is not None:
            condition = xml.add(processing, "respcondition", **{"continue": "Yes"})
            xml.add(xml.add(condition, "conditionvar"), "varequal", option.key, respident=answer)
            xml.add(condition, "displayfeedback", feedbacktype="Response", linkrefid=f"{option.key}_fb")


def say(item: etree._Element, question: Question, places: Places) -> None:
    """Append all feedback of a question, under the names that `begin` and `point` use."""
    said = {"general": question.explanation} | {option.key: option.feedback for option in options_of(question)}
    for name, text in said.items():
        if text is not None:
            material(xml.add(xml.add(item, "itemfeedback", ident=f"{name}_fb"), "flow_mat"), html(text, places))


def material(parent: etree._Element, content: str, kind: str = "html") -> None:
    """Append a piece of HTML, or of plain text."""
    xml.add(xml.add(parent, "material"), "mattext", content, texttype=f"text/{kind}")


def fields(parent: etree._Element, **values: str) -> None:
    """Append fields of metadata with their values."""
    metadata = xml.add(parent, "qtimetadata")
    for name, value in values.items():
        field = xml.add(metadata, "qtimetadatafield")
        xml.add(field, "fieldlabel", name)
        xml.add(field, "fieldentry", value)
