"""Moodle XML: the questions for Moodle's question bank, with images, feedback and our ids.

Element names are those of Moodle's own export (question/format/xml, Moodle 4.5). The tests in
Moodle are described in docs/targets.md.
"""

import base64
import re
from collections.abc import Iterator
from functools import singledispatch
from urllib.parse import unquote

from lxml import etree

from lokaltmot_lms.model import (
    ChoiceQuestion,
    Course,
    Gaps,
    Hotspot,
    Likert,
    Matching,
    Module,
    Numeric,
    Option,
    Ordering,
    Question,
    ShortText,
    Text,
)
from lokaltmot_lms.pages.media import PackageFile, PackageMedia
from lokaltmot_lms.targets import loss, question_banks, xml
from lokaltmot_lms.targets.base import BuildOptions, Package, Target, stem
from lokaltmot_lms.targets.cloze import cloze
from lokaltmot_lms.targets.loss import Loss, LostFeature, gathered
from lokaltmot_lms.targets.platform_html import Places, asked, html

_LONGEST_NAME = 255  # a column in Moodle's database


def package(course: Course, modules: tuple[Module, ...], _options: BuildOptions) -> Package:
    """Return the questions of the modules as one file: one category per quiz."""
    quiz = etree.Element("quiz")
    media = PackageMedia(course)
    lost: list[Loss] = []
    for module in modules:
        lost += question_banks.unheld(module)
        for page, block in question_banks.quizzes(module):
            _category(quiz, question_banks.category(course, module, page, block), f"{module.id}.{block.id}")
            writer = _Writer(course, media, shuffles=block.shuffle)
            for question in block.questions:
                lost += _lost(module, question)
                if _holds(question):
                    _question(quiz, writer, question, tags=(course.id, module.id))
    name = stem(course, modules[0] if len(modules) == 1 else None, TARGET.name)
    content = PackageFile(name=f"{name}{TARGET.suffix}", content=xml.document(quiz))
    return Package(name=name, files=(content,), modules=modules, losses=gathered(lost))


class _Writer:
    """Writes the texts of a quiz with their images embedded.

    shuffles: whether options may be shuffled. Moodle does so only when the question and its quiz say so.
    """

    def __init__(self, course: Course, media: PackageMedia, *, shuffles: bool) -> None:
        self.shuffles = shuffles
        self._course = course
        self._media = media

    def add(self, parent: etree._Element, name: str, content: str) -> etree._Element:
        """Append an element with HTML."""
        element = xml.add(parent, name, format="html")
        xml.add(element, "text", content)
        return element

    def text(self, parent: etree._Element, name: str, text: Text | None) -> etree._Element:
        """Append an element with a text and its images."""
        shown: list[str] = []
        element = self.add(parent, name, html(text, self.places(shown)))
        self.pictures(element, shown)
        return element

    def places(self, shown: list[str]) -> Places:
        """Return the addresses of images, which are embedded next to the text. Their paths are added to shown."""

        def address(path: str) -> str | None:
            if path not in self._course.media:
                return None
            if path not in shown:
                shown.append(path)
            return f"@@PLUGINFILE@@/{_file_name(path)}"

        return Places(picture=address)

    def pictures(self, element: etree._Element, shown: list[str]) -> None:
        """Append the images as embedded files."""
        for path in shown:
            name = unquote(self._media.address(path))
            content = next(file.content for file in self._media.files if file.name == name)
            file = xml.add(element, "file", name=_file_name(path), path="/", encoding="base64")
            file.text = base64.b64encode(content if isinstance(content, bytes) else content.read_bytes()).decode()


def _file_name(path: str) -> str:
    return re.sub(r"[^\w.]", "-", path.removeprefix("media/"))


def _category(quiz: etree._Element, names: tuple[str, ...], identifier: str) -> None:
    element = xml.add(quiz, "question", type="category")
    xml.add(xml.add(element, "category"), "text", question_banks.category_path(names))
    xml.add(element, "idnumber", identifier)


def _question(quiz: etree._Element, writer: _Writer, question: Question, *, tags: tuple[str, ...]) -> None:
    element = xml.add(quiz, "question", type=_type(question))
    title = question.prompt.plain[:_LONGEST_NAME].strip() or question.id
    xml.add(xml.add(element, "name"), "text", title)
    shown: list[str] = []
    picture = (question.picture, question.alt) if isinstance(question, Hotspot) else None
    places = writer.places(shown)
    words = asked(question, places, picture)
    if isinstance(question, Gaps):
        words = cloze(question, words, places)
    writer.pictures(writer.add(element, "questiontext", words), shown)
    writer.text(element, "generalfeedback", question.explanation)
    if not isinstance(question, Gaps):
        xml.add(element, "defaultgrade", f"{question.points.normalize():f}")
    xml.add(element, "hidden", "0")
    xml.add(element, "idnumber", question.id)
    _answers(question, element, writer)
    if question.hint is not None and _type(question) != "truefalse":
        writer.text(element, "hint", question.hint)
    listed = xml.add(element, "tags")
    for tag in tags:
        xml.add(xml.add(listed, "tag"), "text", tag)


def _type(question: Question) -> str:
    if isinstance(question, ChoiceQuestion):
        return "truefalse" if question_banks.truth(question) else "multichoice"
    return {"text": "shortanswer", "numeric": "numerical", "hotspot": "multichoice", "gaps": "cloze"}.get(
        question.type, "matching"
    )


@singledispatch
def _answers(question: Question, element: etree._Element, writer: _Writer) -> None:
    """Append the answers of a question; those of gaps are in the text."""


@_answers.register
def _(question: ChoiceQuestion, element: etree._Element, writer: _Writer) -> None:
    true = question_banks.truth(question)
    if true is None:
        _choices(element, writer, question.options, single=question.type != "multiple")
        return
    for option in question.options:
        answer = xml.add(element, "answer", fraction="100" if option.is_right else "0", format="moodle_auto_format")
        xml.add(answer, "text", "true" if option is true else "false")
        writer.text(answer, "feedback", option.feedback)


@_answers.register
def _(question: Hotspot, element: etree._Element, writer: _Writer) -> None:
    _choices(element, writer, question.spots, single=not question.multiple)


@_answers.register
def _(question: ShortText, element: etree._Element, writer: _Writer) -> None:
    xml.add(element, "usecase", "0")
    for accepted in question.accepted:
        answer = xml.add(element, "answer", fraction="100", format="moodle_auto_format")
        xml.add(answer, "text", accepted.replace("*", "\\*"))  # an unescaped asterisk is a wildcard
        writer.text(answer, "feedback", None)


@_answers.register
def _(question: Numeric, element: etree._Element, writer: _Writer) -> None:
    answer = xml.add(element, "answer", fraction="100", format="moodle_auto_format")
    xml.add(answer, "text", f"{(question.low + question.high) / 2:f}")
    writer.text(answer, "feedback", None)
    xml.add(answer, "tolerance", f"{(question.high - question.low) / 2:f}")


@_answers.register
def _(question: Matching, element: etree._Element, writer: _Writer) -> None:
    xml.add(element, "shuffleanswers", "true")
    for pair in question.pairs:
        # A right side without a partner has an empty left side.
        xml.add(xml.add(writer.text(element, "subquestion", pair.left), "answer"), "text", pair.right.plain)


@_answers.register
def _(question: Ordering, element: etree._Element, writer: _Writer) -> None:
    xml.add(element, "shuffleanswers", "true")
    for place, item in enumerate(question.items, start=1):
        xml.add(xml.add(writer.text(element, "subquestion", item.text), "answer"), "text", str(place))


def _choices(element: etree._Element, writer: _Writer, options: tuple[Option, ...], *, single: bool) -> None:
    share = "100" if single else question_banks.share(options)
    xml.add(element, "single", "true" if single else "false")
    xml.add(element, "shuffleanswers", "true" if writer.shuffles else "false")
    xml.add(element, "answernumbering", "abc")
    for option in options:
        fraction = share if option.is_right else "0" if single else f"-{share}"
        shown: list[str] = []
        answer = xml.add(element, "answer", fraction=fraction, format="html")
        xml.add(answer, "text", html(option.text, writer.places(shown)))
        writer.pictures(answer, shown)
        writer.text(answer, "feedback", option.feedback)


def _holds(question: Question) -> bool:
    return not isinstance(question, Likert) and not question_banks.has_too_many(question)


def _lost(module: Module, question: Question) -> Iterator[Loss]:
    def say(thing: LostFeature, became: str) -> Loss:
        return Loss(module=module.id, thing=thing, ids=(question.id,), became=became)

    if not _holds(question):
        yield say(LostFeature(question.type), loss.LEFT_OUT)
        return
    if isinstance(question, Hotspot):
        yield say(LostFeature.HOTSPOT, loss.CHOICE)
    if isinstance(question, Ordering):
        yield say(LostFeature.ORDERING, loss.PLACES)
    if isinstance(question, Gaps) and question.points != len(question.gaps):
        yield say(LostFeature.POINTS, loss.ONE_EACH)
    if question.hint is not None and _type(question) == "truefalse":
        yield say(LostFeature.HINT, loss.LEFT_OUT)
    yield from (say(thing, became) for thing, became in question_banks.unheld_in_answers(question))


TARGET = Target(
    name="moodlexml", title="Moodle XML", suffix=".xml", is_file=True, is_native=True, bundles=True, package=package
)
