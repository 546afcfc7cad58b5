"""A quiz with the question types of Canvas itself: QTI 1.2 with Canvas's own `question_type`.

The types and their format are those of Canvas's own converter (gems/plugins/qti_exporter; tried
with all eleven types). Common Cartridge's profile refuses some of it, so these files are for Canvas only.
"""

from collections.abc import Iterator
from decimal import Decimal
from functools import singledispatch
from hashlib import sha256

from lxml import etree

from lokaltmot_lms.model import (
    ChoiceQuestion,
    Gaps,
    Hotspot,
    Likert,
    Matching,
    Module,
    Numeric,
    Ordering,
    Page,
    Question,
    Quiz,
    ShortText,
)
from lokaltmot_lms.targets import loss, question_banks, xml
from lokaltmot_lms.targets.cartridges.qti import begin, fields, material, options_of, point, say
from lokaltmot_lms.targets.loss import Loss, LostFeature
from lokaltmot_lms.targets.platform_html import GAP, Places, asked, html

_SPACE = "http://www.imsglobal.org/xsd/ims_qtiasiv1p2"
_ANSWER = "response1"
ESSAY = {"question_type": "essay_question", "points_possible": "0"}  # fields of a question, for qti.essays


def assessment(page: Page, quiz: Quiz, identifier: str, places: Places) -> bytes:
    """Return a quiz with all its questions; a draw becomes a group that picks some of them."""
    top = xml.root({None: _SPACE}, "questestinterop")
    element = xml.add(top, "assessment", ident=identifier, title=page.title.plain or page.id)
    attempts = "unlimited" if quiz.attempts is None else str(quiz.attempts)
    fields(element, cc_maxattempts=attempts)
    section = xml.add(element, "section", ident="root_section")
    if quiz.draw is not None:
        section = xml.add(section, "section", ident=f"{identifier}_draw", title=page.title.plain or page.id)
        selection = xml.add(xml.add(section, "selection_ordering"), "selection")
        xml.add(selection, "selection_number", str(quiz.draw))
        points = {question.points for question in quiz.questions if holds(question)}
        xml.add(xml.add(selection, "selection_extension"), "points_per_item", amount(max(points, default=Decimal(1))))
    for question in quiz.questions:
        if holds(question):
            _item(section, question, f"{identifier}_{question.id}", places)
    return xml.document(top)


def holds(question: Question) -> bool:
    """Return whether Canvas has a type for a question. Gaps must be all typed or all menus."""
    if isinstance(question, Gaps):
        return len({bool(gap.options) for gap in question.gaps}) == 1
    return not isinstance(question, Likert)


def total(quiz: Quiz) -> Decimal:
    """Return the points of a quiz as Canvas counts them."""
    points = [question.points for question in quiz.questions if holds(question)]
    return sum(points, Decimal(0)) if quiz.draw is None else quiz.draw * max(points, default=Decimal(0))


def amount(points: Decimal) -> str:
    """Return a number without exponent and trailing zeros."""
    return f"{points.normalize():f}"


def unheld(module: Module) -> Iterator[Loss]:
    """Yield what Canvas's quizzes can't hold of a module's quizzes."""
    for _, quiz in question_banks.quizzes(module):
        if quiz.retry_wrong:
            yield Loss(module=module.id, thing=LostFeature.QUIZ_SETTINGS, ids=(quiz.id,), became=loss.RETRY_ALL)
        if quiz.draw is not None and len({question.points for question in quiz.questions}) > 1:
            yield Loss(module=module.id, thing=LostFeature.POINTS, ids=(quiz.id,), became=loss.SAME_POINTS)
        for question in quiz.questions:
            for thing, became in _lost(question):
                yield Loss(module=module.id, thing=thing, ids=(question.id,), became=became)


def _lost(question: Question) -> Iterator[tuple[LostFeature, str]]:
    if not holds(question):
        yield LostFeature(question.type), loss.LEFT_OUT
        return
    if isinstance(question, Hotspot):
        yield LostFeature.HOTSPOT, loss.CHOICE
    if isinstance(question, Ordering):
        yield LostFeature.ORDERING, loss.PLACES
    if question.hint is not None:
        yield LostFeature.HINT, loss.LEFT_OUT
    if isinstance(question, Gaps) and any(option.feedback for gap in question.gaps for option in gap.options):
        yield LostFeature.FEEDBACK, loss.LEFT_OUT
    yield from question_banks.unheld_in_answers(question)


def _item(section: etree._Element, question: Question, identifier: str, places: Places) -> None:
    item = xml.add(section, "item", ident=identifier, title=question.prompt.plain or question.id)
    kind = f"{_type(question)}_question"
    fields(xml.add(item, "itemmetadata"), question_type=kind, points_possible=amount(question.points))
    presentation = xml.add(item, "presentation")
    picture = (question.picture, question.alt) if isinstance(question, Hotspot) else None
    words = asked(question, places, picture)
    gap = _gap_name(words)
    material(presentation, GAP.sub(lambda found: f"[{gap}{found[1]}]", words))
    processing = etree.Element(f"{{{_SPACE}}}resprocessing", nsmap={None: _SPACE})
    begin(processing, question)
    _answers(question, presentation, processing, places, gap)
    item.append(processing)
    say(item, question, places)


def _gap_name(words: str) -> str:
    """Return a name for the gaps that is not in the text: Canvas takes every [name] in it for a gap."""
    name = "gap"
    while f"[{name}" in words:
        name += "x"
    return name


def _type(question: Question) -> str:
    match question:
        case ChoiceQuestion(type="multiple") | Hotspot(multiple=True):
            return "multiple_answers"
        case ChoiceQuestion():
            return "true_false" if question_banks.truth(question) else "multiple_choice"
        case Hotspot():
            return "multiple_choice"
        case Gaps(gaps=gaps):
            return "multiple_dropdowns" if gaps[0].options else "fill_in_multiple_blanks"
    return {"text": "short_answer", "numeric": "numerical"}.get(question.type, "matching")


@singledispatch
def _answers(
    question: Question, presentation: etree._Element, processing: etree._Element, places: Places, gap: str
) -> None:
    """Append the possible answers and the right ones."""
    raise NotImplementedError(question.type)


@_answers.register
def _(
    question: ChoiceQuestion | Hotspot,
    presentation: etree._Element,
    processing: etree._Element,
    places: Places,
    _gap: str,
) -> None:
    options = options_of(question)
    several = _type(question) == "multiple_answers"
    shown = {option.key: html(option.text, places) for option in options}
    response = xml.add(presentation, "response_lid", ident=_ANSWER, rcardinality="Multiple" if several else "Single")
    _menu(response, shown, "html")
    point(processing, options, _ANSWER)
    right = _scoring(processing, "Set", Decimal(100))
    every = xml.add(right, "and") if several else right
    for option in options:
        if option.is_right or several:
            xml.add(every if option.is_right else xml.add(every, "not"), "varequal", option.key, respident=_ANSWER)


@_answers.register
def _(
    question: ShortText, presentation: etree._Element, processing: etree._Element, _places: Places, _gap: str
) -> None:
    xml.add(xml.add(presentation, "response_str", ident=_ANSWER, rcardinality="Single"), "render_fib")
    right = _scoring(processing, "Set", Decimal(100))
    for accepted in question.accepted:
        xml.add(right, "varequal", accepted, respident=_ANSWER)


@_answers.register
def _(question: Numeric, presentation: etree._Element, processing: etree._Element, _places: Places, _gap: str) -> None:
    response = xml.add(presentation, "response_str", ident=_ANSWER, rcardinality="Single")
    xml.add(xml.add(response, "render_fib", fibtype="Decimal"), "response_label", ident="answer1")
    either = xml.add(_scoring(processing, "Set", Decimal(100)), "or")
    xml.add(either, "varequal", amount((question.low + question.high) / 2), respident=_ANSWER)
    span = xml.add(either, "and")
    xml.add(span, "vargte", amount(question.low), respident=_ANSWER)
    xml.add(span, "varlte", amount(question.high), respident=_ANSWER)


@_answers.register
def _(question: Matching, presentation: etree._Element, processing: etree._Element, places: Places, _gap: str) -> None:
    rights = {pair.match: pair.right.plain for pair in question.pairs}
    lefts = [(pair.key, html(pair.left, places), pair.match) for pair in question.pairs if pair.left]
    _matching(presentation, processing, lefts, rights)


@_answers.register
def _(question: Ordering, presentation: etree._Element, processing: etree._Element, places: Places, _gap: str) -> None:
    rights = {str(place): str(place) for place in range(1, len(question.items) + 1)}
    items = [(question.items[at], at + 1) for at in _mixed(question)]
    lefts = [(item.key, html(item.text, places), str(place)) for item, place in items]
    _matching(presentation, processing, lefts, rights)


@_answers.register
def _(question: Gaps, presentation: etree._Element, processing: etree._Element, _places: Places, name: str) -> None:
    for gap in question.gaps:
        # Canvas keeps the answers of a question in one table by their idents, whatever gap they belong to.
        own = f"{name}{gap.key}_"
        words = {f"{own}{option.key}": option.text.plain for option in gap.options}
        words = words or {f"{own}{at}": accepted for at, accepted in enumerate(gap.accepted, start=1)}
        right = [f"{own}{option.key}" for option in gap.options if option.is_right] or list(words)
        response_name = f"response_{name}{gap.key}"
        response = xml.add(presentation, "response_lid", ident=response_name)
        material(response, f"{name}{gap.key}", "plain")
        _menu(response, words, "plain")
        scored = _scoring(processing, "Add", Decimal(100) / len(question.gaps))
        xml.add(scored, "varequal", right[0], respident=response_name)


def _matching(
    presentation: etree._Element, processing: etree._Element, lefts: list[tuple[str, str, str]], rights: dict[str, str]
) -> None:
    for key, words, match in lefts:
        name = f"response_{key}"
        response = xml.add(presentation, "response_lid", ident=name)
        material(response, words)
        _menu(response, rights, "plain")
        xml.add(_scoring(processing, "Add", Decimal(100) / len(lefts)), "varequal", match, respident=name)


def _mixed(question: Ordering) -> list[int]:
    """Return the places of the items in an order that is the same each time, and never the right one.

    Canvas shuffles the right sides of a matching question and never the left ones (quiz_question_builder.rb,
    shuffleable_question_type?), so learners would see the steps in their right order.
    """
    right = list(range(len(question.items)))
    order = sorted(right, key=lambda at: sha256(f"{question.id} {question.items[at].key}".encode()).digest())
    return order if order != right else [*order[1:], *order[:1]]


def _menu(response: etree._Element, words: dict[str, str], kind: str) -> None:
    choice = xml.add(response, "render_choice")
    for key, text in words.items():
        material(xml.add(choice, "response_label", ident=key), text, kind)


def _scoring(processing: etree._Element, action: str, share: Decimal) -> etree._Element:
    condition = xml.add(processing, "respcondition", **({"continue": "No"} if action == "Set" else {}))
    right = xml.add(condition, "conditionvar")
    xml.add(condition, "setvar", amount(round(share, 2)), action=action, varname="SCORE")
    return right
