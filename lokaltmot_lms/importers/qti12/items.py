"""Builds questions from QTI 1.2 items: the eleven classic types of Canvas, and the profile of Common Cartridge.

The forms are those of Canvas's own converter (gems/plugins/qti_exporter).
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from html import escape, unescape
from re import IGNORECASE, sub
from re import compile as compiled
from re import escape as literal

from lxml import etree

from lokaltmot_lms.errors.imported_documents import IMAGE_IN_ANSWER
from lokaltmot_lms.errors.imported_questions import BLACKBOARD_TYPE, SCORING_UNREADABLE
from lokaltmot_lms.errors.imports import ANSWERS_LEFT_OUT, BECAME_REFLECTION, NO_RIGHT_ANSWER_GIVEN, QUESTION_LEFT_OUT
from lokaltmot_lms.importers import build_questions
from lokaltmot_lms.importers.build_questions import ALL, QuestionParts, WeightedAnswer
from lokaltmot_lms.importers.clean_html import Cleaner, Find, place_of, plain_lines, words_text
from lokaltmot_lms.importers.context import ImportContext
from lokaltmot_lms.importers.draft_modules import Thing, model_answer, prose, reflection, unbuilt, unfinished
from lokaltmot_lms.importers.gaps import DraftGap, with_gaps
from lokaltmot_lms.importers.qti12 import reader
from lokaltmot_lms.importers.qti12.reader import Condition, ResponseLabel
from lokaltmot_lms.importers.qti12.scoring import Scoring, UnknownRuleError
from lokaltmot_lms.model import Block, Question, Text
from lokaltmot_lms.source.headings import is_id

_TRUE = {"true": 0, "false": 1}
_PAIRS = {
    **dict.fromkeys(_TRUE, ""),
    "yes": "Ja",
    "no": "Nei",
    "agree": "Enig",
    "disagree": "Uenig",
    "right": "Rett",
    "wrong": "Feil",
}
_WHOLE = ("correct_fb", "general_incorrect_fb", "incorrect_fb")


@dataclass(frozen=True, slots=True, kw_only=True)
class _QtiItem:
    """An item with what is needed to read it. feedback: one line each, by ident."""

    element: etree._Element
    context: ImportContext
    parts: QuestionParts
    clean: Cleaner
    conditions: list[Condition]
    scoring: Scoring
    feedback: Mapping[str, Text | None]
    kind: str


def things(context: ImportContext, element: etree._Element, find: Find) -> Iterator[Thing]:
    """Yield what an item becomes: a question, or text, a reflection or an unfinished block in its place."""
    at = context.at(element.sourceline)
    metadata = reader.fields(element)
    kind = reader.kind_of(element, metadata)
    words = reader.text_of(element.find("presentation"))
    name = " ".join((element.get("title") or "").split()) or _words(words)[:80] or "?"
    clean = Cleaner(context, name, at, find)
    if kind == "text_only_question":
        yield prose(clean.text(words))
    elif kind == "essay_question":
        context.report(BECAME_REFLECTION, at, name=name)
        yield reflection(context, _own_id(element), name, clean.text(words), at)
        yield model_answer(context, name, clean.text(reader.feedback(element).get("general_fb", "")), at)
    elif kind not in _READERS:
        fault = BLACKBOARD_TYPE if reader.blackboard_type(element) else QUESTION_LEFT_OUT
        root = clean.root(words, in_question=True)
        yield unfinished(
            context, fault, at, name=name, text=_original(element, root), kind=kind.removesuffix("_question")
        )
    else:
        yield _question(context, element, clean, name, kind, metadata)


def _question(
    context: ImportContext, element: etree._Element, clean: Cleaner, name: str, kind: str, metadata: Mapping[str, str]
) -> Question | Block:
    at = context.at(element.sourceline)
    lines = {ident: clean.line(text) for ident, text in reader.feedback(element).items()}
    points = metadata.get("points_possible") or element.findtext("itemmetadata/qmd_absolutescore_max") or ""
    parts = QuestionParts(
        id=context.take_id(_own_id(element), name, at),
        name=name,
        root=clean.root(reader.text_of(element.find("presentation")), in_question=True),
        explanation=lines.get("general_fb"),
        points=build_questions.points_of(context, name, points, at),
        at=at,
    )
    try:
        item = _QtiItem(
            element=element,
            context=context,
            parts=parts,
            clean=clean,
            conditions=reader.conditions(element),
            scoring=Scoring(element, is_multiple=kind == "multiple_answers_question"),
            feedback=lines,
            kind=kind,
        )
    except UnknownRuleError as error:
        original = _original(element, parts.root)
        return unfinished(context, SCORING_UNREADABLE, at, name=name, text=original, what=error.name)
    _report_lost_images(item)
    question = _READERS[kind](item)
    if question is None:
        return unbuilt(context, at, name=name, text=_original(element, parts.root))
    wrong = lines.get("general_incorrect_fb") or lines.get("incorrect_fb")
    return build_questions.with_whole_feedback(context, question, name, right=lines.get("correct_fb"), wrong=wrong)


def _original(element: etree._Element, root: etree._Element) -> str:
    """Return an item as plain text: its question, its options, the typed answers it accepts, and its feedback."""
    options = [_words(label.html) for response in element.iter("response_lid") for label in reader.labels(response)]
    idents = {label.get("ident") for label in element.iter("response_label")}
    tests = (test for condition in element.iter("respcondition") for test in condition.iter("varequal", "varsubstring"))
    typed = [words for test in tests if (words := (test.text or "").strip()) and words not in idents]
    feedback = [_words(text) for text in reader.feedback(element).values()]
    listed = [f"- {words}" for words in dict.fromkeys([*options, *typed]) if words]
    return "\n".join([plain_lines(root), *listed, *(text for text in feedback if text)])


def _report_lost_images(item: _QtiItem) -> None:
    """Report images in answers that become words: right sides of pairs, and the answers of gaps."""
    if item.kind in _IN_WORDS:
        for response in item.element.iter("response_lid"):
            for label in reader.labels(response):
                for address in _IMAGE.findall(label.html):
                    item.context.report(IMAGE_IN_ANSWER, item.parts.at, name=item.parts.name, file=unescape(address))


def _own_id(element: etree._Element) -> str:
    """Return the id of an item. In our own exports it follows the id of the quiz."""
    ident = element.get("ident", "")
    tail = ident.rpartition("_")[2]
    return tail if "_quiz_" in ident and is_id(tail) else ident


def _option_feedback(item: _QtiItem) -> dict[str, Text | None]:
    """Return the feedback to options, by their idents: that of the first condition about one option only."""
    found = {ident.removesuffix("_fb"): text for ident, text in item.feedback.items() if ident not in _WHOLE}
    for condition in reversed(item.conditions):
        own = [name for name in condition.feedback if name not in (*_WHOLE, "general_fb")]
        if own and len(condition.equal) == 1 and not condition.unequal:
            found[condition.equal[0][1]] = item.feedback.get(own[0])
    return found


def _choice(item: _QtiItem) -> Question | None:
    """Read an item with options. The right ones are those of the response that gives the most points."""
    response = item.element.find(".//response_lid")
    rows = reader.labels(response) if response is not None else []
    ident = response.get("ident", "") if response is not None else ""
    single = item.kind != "multiple_answers_question"
    shares = _shares(item, ident, [label.ident for label in rows], single=single)
    feedback = _option_feedback(item)
    answers = []
    for label in rows:
        text = item.clean.line(_in_language(item, label))
        if text is not None:
            answers.append(WeightedAnswer(text=text, share=shares[label.ident], feedback=feedback.get(label.ident)))
    return build_questions.choice(item.context, item.parts, answers, single=single)


def _shares(item: _QtiItem, response: str, idents: Sequence[str], *, single: bool) -> dict[str, Decimal]:
    """Return the share of the points of each option in per cent."""
    scoring = item.scoring
    alone = {ident: scoring.gain({response: frozenset({ident})}) for ident in idents}
    top = max(alone.values(), default=Decimal(0))
    if single:
        return {ident: ALL * gain / top if top > 0 else min(gain, Decimal(0)) for ident, gain in alone.items()}
    best = scoring.best({response: idents})
    right = best.get(response, frozenset())
    # Where each option sets the points instead of adding them, none is better than another.
    right |= {ident for ident in idents if alone[ident] > 0 and _added(scoring, response, right, ident) >= 0}
    total = sum(alone[ident] for ident in right)
    if total <= 0 or not all(alone[ident] > 0 for ident in right):  # all or nothing
        each = ALL / max(1, len(right))
        return {ident: each if ident in right else -each for ident in idents}
    return {
        ident: ALL
        * (alone[ident] if ident in right else min(_added(scoring, response, right, ident), Decimal(0)))
        / total
        for ident in idents
    }


def _added(scoring: Scoring, response: str, right: frozenset[str], ident: str) -> Decimal:
    """Return the points that an option adds to those of the right ones."""
    return scoring.points({response: right | {ident}}) - scoring.points({response: right})


def _in_language(item: _QtiItem, label: ResponseLabel) -> str:
    """Return the text of an option. True, false and Blackboard's yes_no.yes are in the language of the course."""
    word = label.html.strip().casefold().rpartition(".")[2]
    if item.kind != "true_false_question" or word not in _PAIRS:
        return label.html
    if word in _TRUE:
        return build_questions.true_false_words(item.context)[_TRUE[word]]
    return _PAIRS[word] if item.context.language in ("nb", "nn") else word.capitalize()


def _typed(item: _QtiItem) -> Question | None:
    accepted: list[tuple[str, Decimal, Text | None]] = []
    values = item.scoring.named()
    gains = {value: item.scoring.gain({_response(item): frozenset({value})}) for value in values if value}
    top = max(gains.values(), default=Decimal(0))
    accepted += [(value.replace("*", "\\*"), ALL * gain / top, None) for value, gain in gains.items() if gain > 0]
    patterns = [value for condition in item.conditions if condition.is_pattern for _, value in condition.equal if value]
    patterns = [value for value in patterns if item.scoring.gain({_response(item): frozenset({value})}) > 0]
    if not accepted:
        accepted = [(value.replace("*", "\\*"), ALL, None) for value in patterns]
    if patterns:
        item.context.report(
            ANSWERS_LEFT_OUT, item.parts.at, name=item.parts.name, what=", ".join(f"*{p}*" for p in patterns)
        )
    specific = [text for ident, text in item.feedback.items() if ident not in (*_WHOLE, "general_fb")]
    accepted += [("*", Decimal(0), text) for text in specific]
    return build_questions.typed(item.context, item.parts, accepted)


def _response(item: _QtiItem) -> str:
    """Return the ident of the only response."""
    found = next(item.element.iter("response_str", "response_num"), None)
    return found.get("ident", "") if found is not None else ""


def _numeric(item: _QtiItem) -> Question | None:
    """Read a number. Each value and range that conditions name is worth what its middle gives."""
    named: list[tuple[Decimal, Decimal]] = []
    for condition in item.conditions:
        lows = [value for kind, value in condition.limits if kind == "vargt"]
        highs = [value for kind, value in condition.limits if kind == "varlt"]
        values = [build_questions.decimal(words) for _, words in condition.equal]
        named += [(min(lows), max(highs))] if lows and highs else [(v, v) for v in values if v is not None]
    middles = {limits: frozenset({f"{(limits[0] + limits[1]) / 2:f}"}) for limits in named}
    gains = {limits: item.scoring.gain({_response(item): middle}) for limits, middle in middles.items()}
    top = max(gains.values(), default=Decimal(0))
    ranges = [(low, high, ALL * gain / top, None) for (low, high), gain in gains.items() if gain > 0]
    return build_questions.numeric(item.context, item.parts, ranges)


def _matching(item: _QtiItem) -> Question | None:
    responses = list(item.element.iter("response_lid"))
    goes = item.scoring.best(
        {response.get("ident", ""): [label.ident for label in reader.labels(response)] for response in responses}
    )
    rights = {label.ident: _words(label.html) for response in responses for label in reader.labels(response)}
    pairs: list[tuple[Text | None, Text]] = []
    used = []
    for response in responses:
        ident = next(iter(goes.get(response.get("ident", ""), ())), "")
        left = item.clean.line(reader.text_of(response))
        if left is not None and rights.get(ident):
            pairs.append((left, words_text(rights[ident], item.parts.at)))
            used.append(ident)
        elif left is not None:  # a left side without a right one would change the question
            item.context.refuse(NO_RIGHT_ANSWER_GIVEN, item.parts.at, name=item.parts.name)
            return None
    pairs += [
        (None, words_text(words, item.parts.at)) for ident, words in rights.items() if ident not in used and words
    ]
    return build_questions.matching(item.context, item.parts, pairs)


def _ordering(item: _QtiItem) -> Question | None:
    """Read an order: that of the condition with points that names the most options."""
    response = item.element.find(".//response_lid")
    rows = (
        {label.ident: item.clean.line(label.html) for label in reader.labels(response)} if response is not None else {}
    )
    orders = (condition.equal for condition in item.conditions if condition.gives_points)
    longest = [value for _, value in max(orders, key=len, default=())]
    if sorted(longest) != sorted(rows):
        item.context.refuse(NO_RIGHT_ANSWER_GIVEN, item.parts.at, name=item.parts.name)
        return None
    items = [text for ident in longest if (text := rows[ident]) is not None]
    return build_questions.ordering(item.context, item.parts, items)


def _words(html: str) -> str:
    return " ".join(unescape(sub(r"<[^<>]*>", "", html)).split())


def _blanks(item: _QtiItem) -> Question | None:
    """Read a text with [names] in it, each a typed gap or a menu."""
    is_menu = item.kind == "multiple_dropdowns_question"
    source = reader.text_of(item.element.find("presentation"))
    gaps: dict[str, DraftGap] = {}
    for response in item.element.iter("response_lid"):
        name = _words(reader.text_of(response)) or response.get("ident", "").removeprefix("response_")
        key = str(len(gaps) + 1)
        gaps[key] = _gap(item, response, is_menu=is_menu)
        if f"[{name}]" in source:
            source = sub(literal(f"[{name}]"), place_of(key), source, count=1)
        else:  # the text has no place for it; keep the answer
            source += f"<p>{escape(name, quote=False)}: {place_of(key)}</p>"
    root = item.clean.root(source, in_question=True)
    return with_gaps(item.context, replace(item.parts, root=root), gaps)


def _several(item: _QtiItem) -> Question | None:
    """Read an item with several responses in its text: typed gaps and menus."""
    presentation = item.element.find("presentation")
    if presentation is None:
        return None
    source, responses = reader.text_with_places(presentation)
    gaps = {
        str(place): _gap(item, response, is_menu=response.tag == "response_lid")
        for place, response in enumerate(responses, start=1)
    }
    root = item.clean.root(source, in_question=True)
    return with_gaps(item.context, replace(item.parts, root=root), gaps)


def _gap(item: _QtiItem, response: etree._Element, *, is_menu: bool) -> DraftGap:
    """Return a gap with the answers that give the most points."""
    ident = response.get("ident", "")
    rows = {label.ident: _words(label.html) for label in reader.labels(response)}
    values = list(rows) if response.tag == "response_lid" else item.scoring.named(ident)
    gains = {value: item.scoring.gain({ident: frozenset({value})}) for value in values}
    top = max(gains.values(), default=Decimal(0))
    if top > 0:
        right = {value for value, gain in gains.items() if gain == top or (gain > 0 and not is_menu)}
    else:  # only all gaps together give points
        right = set(item.scoring.best(_all_values(item)).get(ident, ()))
    if is_menu:
        return DraftGap(options=tuple((words, value in right) for value, words in rows.items()))
    accepted = (rows.get(value, value) for value in values if value in right)
    return DraftGap(accepted=tuple(dict.fromkeys(words for words in accepted if words)))


def _all_values(item: _QtiItem) -> dict[str, Sequence[str]]:
    found: dict[str, Sequence[str]] = {}
    for response in item.element.iter("response_lid", "response_str", "response_num"):
        ident = response.get("ident", "")
        listed = [label.ident for label in reader.labels(response)]
        found[ident] = listed if response.tag == "response_lid" else item.scoring.named(ident)
    return found


_IN_WORDS = frozenset(
    {"matching_question", "fill_in_multiple_blanks_question", "multiple_dropdowns_question", reader.SEVERAL_RESPONSES}
)
_IMAGE = compiled(r"""<img\b[^>]*?\bsrc\s*=\s*["']?([^"'>\s]+)""", IGNORECASE)
_READERS: Mapping[str, Callable[[_QtiItem], Question | None]] = {
    "multiple_choice_question": _choice,
    "true_false_question": _choice,
    "multiple_answers_question": _choice,
    "short_answer_question": _typed,
    "numerical_question": _numeric,
    "matching_question": _matching,
    "fill_in_multiple_blanks_question": _blanks,
    "multiple_dropdowns_question": _blanks,
    "ordering_question": _ordering,
    reader.SEVERAL_RESPONSES: _several,
}
