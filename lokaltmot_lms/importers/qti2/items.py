"""Turns a QTI 2 item into questions, texts and reflections."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import NamedTuple

from lxml import etree

from lokaltmot_lms.errors import Fault
from lokaltmot_lms.errors.imports import (
    ANSWERS_LEFT_OUT,
    BECAME_REFLECTION,
    FEEDBACK_MOVED,
    HTML_LEFT_OUT,
    QUESTION_LEFT_OUT,
    SETTING_LEFT_OUT,
)
from lokaltmot_lms.errors.question_files import ITEM_SPLIT, KEY_CONFLICT, KEY_MISSING, KEY_UNDECIDED, NOT_ONE_ANSWER
from lokaltmot_lms.importers import build_questions
from lokaltmot_lms.importers.build_questions import QuestionParts
from lokaltmot_lms.importers.clean_html import PLACE, Cleaner, joined, place_of
from lokaltmot_lms.importers.context import ImportContext
from lokaltmot_lms.importers.draft_modules import prose, reflection, unbuilt, unfinished
from lokaltmot_lms.importers.qti2.body import ItemBody, ItemFiles, feedback_of, parts
from lokaltmot_lms.importers.qti2.expressions import UndecidedError
from lokaltmot_lms.importers.qti2.gap_interactions import gap_match, gap_question
from lokaltmot_lms.importers.qti2.hotspots import hotspot
from lokaltmot_lms.importers.qti2.interactions import READERS, Reader
from lokaltmot_lms.importers.qti2.item_reading import CannotBuildError, ItemReading
from lokaltmot_lms.importers.qti2.keys import KeyConflictError, KeyMissingError, KeySeveralError
from lokaltmot_lms.importers.qti2.processing import ItemScoring
from lokaltmot_lms.importers.qti2.variables import Value, finite
from lokaltmot_lms.model import Block, ChoiceQuestion, Question, Text

_READERS: Mapping[str, Reader] = {**READERS, "hotspotInteraction": hotspot}
# What an item can have besides its text, declarations and processing, and has no like here.
_TAG = re.compile("<[^<>]*>")
_NAMED = ("stylesheet", "companionMaterialsInfo", "catalogInfo", "apipAccessibility", "accessibilityInfo")


class _ItemTask(NamedTuple):
    """One question of an item. html: its text; interaction: None for a text with gaps."""

    html: str
    interaction: etree._Element | None


@dataclass(slots=True, kw_only=True)
class _ModalFeedback:
    """Feedback that is shown after the answer. outcome, identifier: the variable and its value that show it.

    is_general: shown whatever the answer is. is_used: it is the feedback to an option.
    """

    outcome: str
    identifier: str
    text: Text
    is_general: bool = False
    is_used: bool = False


@dataclass(slots=True, kw_only=True)
class ItemReader:
    """Reads one item. weight: of its points in a test; noted: codes of what is reported once per file."""

    context: ImportContext
    element: etree._Element
    files: ItemFiles
    noted: set[str]
    weight: Decimal = Decimal(1)
    _places: dict[str, etree._Element] = field(default_factory=dict)
    _feedback: list[_ModalFeedback] = field(default_factory=list)
    _reading: ItemReading = field(init=False)

    def things(self) -> Iterator[Block | Question | None]:
        """Yield what the item becomes: questions, or texts, reflections and blocks to finish in their place."""
        element = self.element
        at = self.context.at(element.sourceline)
        name = " ".join((element.get("title") or element.get("identifier") or "").split()) or "?"
        body = ItemBody(files=self.files, name=name, at=at, gap=self._gap)
        reading = ItemReading(
            element=element,
            context=self.context,
            body=body,
            clean=Cleaner(self.context, name, at, self.files.finder),
            scoring=ItemScoring(element),
            name=name,
            option_feedback=self._option_feedback,
            noted=self.noted,
        )
        self._reading = reading
        item_body = element.find("itemBody")
        pieces = list(parts(body.inside(item_body)))
        yield from body.films
        self._name_the_rest(reading)
        tasks, rest = self._tasks(pieces, body)
        self._feedback = list(self._modal(reading))
        if not tasks and (item_body is None or reading.scoring.responses):  # it asks in a way that we don't know
            kinds = ", ".join(dict.fromkeys(reading.scoring.responses)) or "?"
            yield unfinished(self.context, QUESTION_LEFT_OUT, at, name=name, kind=kinds, text=raw_text(element))
            return
        yield prose(reading.clean.text(rest))
        yield from self._questions(reading, tasks)

    def _gap(self, element: etree._Element) -> str:
        place = str(len(self._places) + 1)
        self._places[place] = element
        return place_of(place)

    def _name_the_rest(self, reading: ItemReading) -> None:
        for element in self.element:
            if element.tag in _NAMED:
                code = f"{HTML_LEFT_OUT.code} {element.tag}"
                if code not in self.noted:
                    self.noted.add(code)
                    self.context.report(HTML_LEFT_OUT, reading.body.at, what=f"<{element.tag}>", name=reading.name)

    def _tasks(self, pieces: list[str | int], body: ItemBody) -> tuple[list[_ItemTask], str]:
        """Return the questions of an item in their order, and the text of an item without any."""
        tasks: list[_ItemTask] = []
        waiting = ""
        for piece in pieces:
            if isinstance(piece, str):
                waiting += piece
                continue
            if PLACE.search(waiting):
                tasks.append(_ItemTask(waiting, None))
                waiting = ""
            tasks.append(_ItemTask(waiting, body.interactions[piece]))
            waiting = ""
        if PLACE.search(waiting):
            tasks.append(_ItemTask(waiting, None))
        elif tasks:
            tasks[-1] = tasks[-1]._replace(html=tasks[-1].html + waiting)
        else:
            return [], waiting
        return tasks, ""

    def _modal(self, reading: ItemReading) -> Iterator[_ModalFeedback]:
        """Yield the feedback to the whole item, and that in its text outside of the options."""
        found = list(self.element.iterfind("modalFeedback"))
        item_body = self.element.find("itemBody")
        for element in feedback_of(item_body) if item_body is not None else ():
            inside = {parent.tag for parent in element.iterancestors()}
            if not inside & {"simpleChoice", "hotspotChoice"}:
                found.append(element)
        for element in found:
            text = reading.line(element)
            identifier = element.get("identifier", "")
            if text is None:
                continue
            if "unanswered" in identifier.lower():
                self.context.report(
                    SETTING_LEFT_OUT, reading.body.at, name=reading.name, what=f"{identifier}: {text.plain}"
                )
                continue
            outcome = element.get("outcomeIdentifier", "")
            yield _ModalFeedback(
                outcome=outcome, identifier=identifier, text=text, is_general=self._is_always(outcome, identifier)
            )

    def _is_always(self, outcome: str, identifier: str) -> bool:
        """Return whether feedback is shown to the right answer and to none at all."""
        scoring = self._reading.scoring
        nothing: dict[str, Value] = dict.fromkeys(scoring.responses)
        return all(identifier in scoring.shown(answer, outcome) for answer in (scoring.others(""), nothing))

    def _option_feedback(self, response: str, key: str) -> Text | None:
        """Return the feedback that is shown when this option is chosen and the others are not."""
        scoring = self._reading.scoring
        variable = scoring.responses[response]
        value: dict[str, Value] = {**scoring.others(response), response: variable.value((key,))}
        found: Text | None = None
        for one in self._feedback:
            if one.is_general:
                continue
            is_shown = one.identifier in scoring.shown(value, one.outcome)
            if is_shown and (variable.is_single or one.identifier == key):
                found = joined(found, one.text)
                one.is_used = True
        return found

    def _questions(self, reading: ItemReading, tasks: list[_ItemTask]) -> Iterator[Block | Question | None]:
        built = [self._one(reading, task, number, len(tasks)) for number, task in enumerate(tasks, start=1)]
        graded = [thing for thing in built if isinstance(thing, Question)]
        points = self._points(reading, len(graded))
        if len(tasks) > 1:
            self.context.report(ITEM_SPLIT, reading.body.at, name=reading.name, count=len(tasks))
        last = graded[-1] if graded else None
        for thing in built:
            if not isinstance(thing, Question):
                yield thing
                continue
            question = replace(thing, points=build_questions.points_of(
                self.context, reading.name, f"{points:f}", reading.body.at))  # fmt: skip
            question = _with_shared_feedback(question)
            if thing is last:
                yield self._with_rest(reading, question)
            else:
                yield question
        if last is None:
            for one in self._feedback:
                yield prose(one.text) if not tasks else None

    def _with_rest(self, reading: ItemReading, question: Question) -> Question:
        """Return a question whose explanation has the feedback that belongs to no option."""
        explanation = question.explanation
        right: Text | None = None
        wrong: Text | None = None
        for one in self._feedback:
            if one.is_used:
                continue
            if one.is_general:
                explanation = joined(explanation, one.text)
            elif self._is_shown(one, {**reading.scoring.others(""), **reading.right}):
                right = joined(right, one.text)
            elif self._is_shown(one, dict.fromkeys(reading.scoring.responses)):
                wrong = joined(wrong, one.text)
            else:
                explanation = joined(explanation, one.text)
                self.context.report(FEEDBACK_MOVED, reading.body.at, name=reading.name)
        question = replace(question, explanation=explanation)
        return build_questions.with_whole_feedback(self.context, question, reading.name, right=right, wrong=wrong)

    def _is_shown(self, feedback: _ModalFeedback, responses: dict[str, Value]) -> bool:
        return feedback.identifier in self._reading.scoring.shown(responses, feedback.outcome)

    def _one(self, reading: ItemReading, task: _ItemTask, number: int, count: int) -> Block | Question | None:
        """Return what one question of an item becomes."""
        element, body = task.interaction, reading.body
        kind = str(element.tag) if element is not None else "gaps"
        places: dict[str, etree._Element] = {}
        if kind == "gapMatchInteraction" and element is not None:
            before = len(self._places)
            source = task.html + body.inside(element.find("prompt")) + self._gap_text(element)
            places = {place: gap for place, gap in self._places.items() if int(place) > before}
        elif element is not None:
            source = _with_prompt(task.html, body.inside(element.find("prompt")))
        else:
            source = task.html
            places = {place: self._places[place] for place in PLACE.findall(source) if place in self._places}
        identifier = self.element.get("identifier", "")
        wanted = identifier if count == 1 else f"{identifier}-{number}"
        if kind == "extendedTextInteraction" and element is not None:
            return self._essay(reading, element, source, wanted)
        known = kind in _READERS or kind in ("gaps", "gapMatchInteraction")
        if not known:
            return self._unfinished(reading, QUESTION_LEFT_OUT, kind=kind)
        root = reading.clean.root(source, in_question=True)
        try:
            ready = QuestionParts(
                id=self.context.take_id(wanted, reading.name, body.at), name=reading.name, root=root, at=body.at
            )
            if element is None:
                question = gap_question(reading, ready, places)
            elif kind == "gapMatchInteraction":
                question = gap_match(reading, element, ready, places)
            else:
                question = _READERS[kind](reading, element, ready)
        except CannotBuildError as error:
            return self._unfinished(reading, error.fault, **error.values)
        except KeyMissingError:
            return self._unfinished(reading, KEY_MISSING)
        except KeyConflictError:
            return self._unfinished(reading, KEY_CONFLICT)
        except KeySeveralError:
            return self._unfinished(reading, NOT_ONE_ANSWER)
        except UndecidedError as error:
            return self._unfinished(reading, KEY_UNDECIDED, what=str(error))
        return question or unbuilt(self.context, body.at, name=reading.name, text=raw_text(self.element))

    def _gap_text(self, element: etree._Element) -> str:
        """Return the text of a gap match, without the words to drag."""
        copy = etree.Element("div")
        for child in list(element):
            if child.tag not in ("prompt", "gapText", "gapImg"):
                copy.append(child)
        return self._reading.body.inside(copy)

    def _essay(self, reading: ItemReading, element: etree._Element, source: str, wanted: str) -> Block | None:
        self.context.report(BECAME_REFLECTION, reading.body.at, name=reading.name)
        variable = reading.scoring.responses.get(element.get("responseIdentifier", ""))
        if variable is not None and variable.correct:
            what = ", ".join(str(value) for value in variable.correct)
            self.context.report(ANSWERS_LEFT_OUT, reading.body.at, name=reading.name, what=what)
        text = reading.clean.text(source) or reading.clean.text(f"<p>{reading.name}</p>")
        return reflection(self.context, wanted, reading.name, text, reading.body.at)

    def _unfinished(self, reading: ItemReading, fault: Fault, **values: object) -> Block:
        text = raw_text(self.element)
        return unfinished(self.context, fault, reading.body.at, name=reading.name, text=text, **values)

    def _points(self, reading: ItemReading, count: int) -> Decimal:
        """Return the points of each question of the item: an equal share."""
        total = self._declared_points()
        if not reading.scoring.standard_points and reading.right:
            try:
                all_right = {**reading.scoring.others(""), **reading.right}
                total = max(reading.scoring.score(all_right), Decimal(0)) or total
            except UndecidedError:
                pass
        return total * self.weight if count < 2 else round(total * self.weight / count, 2)

    def _declared_points(self) -> Decimal:
        """Return the points that the item declares: MAXSCORE, SCORE's default or its normalMaximum; else 1."""
        outcomes = {
            outcome.get("identifier", "").upper(): outcome for outcome in self.element.iter("outcomeDeclaration")
        }
        for name in ("MAXSCORE", "SCORE"):
            outcome = outcomes.get(name)
            value = finite(outcome.findtext("defaultValue/value") or "") if outcome is not None else None
            if value is not None and value > 0:
                return value
        score = outcomes.get("SCORE")
        value = finite(score.get("normalMaximum", "")) if score is not None else None
        return value if value is not None and value > 0 else Decimal(1)


def _with_prompt(html: str, prompt: str) -> str:
    """Return the text before an interaction with its prompt. Some exports write the same text as both."""
    is_same = _TAG.sub("", html).split() == _TAG.sub("", prompt).split() and "<img" not in html + prompt
    return html if is_same or not prompt.strip() else f"{html}<div>{prompt}</div>"


def _with_shared_feedback(question: Question) -> Question:
    """Return a question whose explanation is the feedback that all its options have in common."""
    if not isinstance(question, ChoiceQuestion) or len(question.options) < 2:
        return question
    found = {option.feedback.html if option.feedback is not None else "" for option in question.options}
    if len(found) > 1 or "" in found:
        return question
    explanation = joined(question.explanation, question.options[0].feedback)
    options = tuple(replace(option, feedback=None) for option in question.options)
    return replace(question, explanation=explanation, options=options)


def raw_text(item: etree._Element) -> str:
    """Return an item as plain text with its declared answers, for a person who finishes it."""
    lines = [item.get("title") or "", *_lines(item.find("itemBody"))]
    for declaration in item.iterfind("responseDeclaration"):
        right = [(value.text or "").strip() for value in declaration.iterfind("correctResponse/value")]
        mapped = [
            f"{entry.get('mapKey')} = {entry.get('mappedValue')}" for entry in declaration.iterfind("mapping/mapEntry")
        ]
        if right or mapped:
            lines.append(f"{declaration.get('identifier')}: {', '.join([*right, *mapped])}")
    return "\n".join(line for line in lines if line.strip())


def _lines(element: etree._Element | None) -> Iterator[str]:
    if element is None:
        return
    for part in element.iter():
        if not isinstance(part.tag, str):
            continue
        about = " ".join(f"{part.get(name)}" for name in ("identifier", "shape", "coords", "alt") if part.get(name))
        words = " ".join((part.text or "").split())
        if about or words:
            yield f"[{about}] {words}".strip() if about else words
        if tail := " ".join((part.tail or "").split()):
            yield tail
