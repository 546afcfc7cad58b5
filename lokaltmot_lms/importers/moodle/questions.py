"""Reads Moodle XML, the questions of a Moodle question bank with their images.

Element names are those of Moodle's export (question/format/xml, Moodle 4.5).
"""

from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from lokaltmot_lms.errors import Position
from lokaltmot_lms.errors.imports import BECAME_REFLECTION, QUESTION_LEFT_OUT, SETTING_LEFT_OUT
from lokaltmot_lms.importers.base import Draft, Format, Head
from lokaltmot_lms.importers.build_questions import QuestionParts, points_of
from lokaltmot_lms.importers.categories import Bank
from lokaltmot_lms.importers.clean_html import joined
from lokaltmot_lms.importers.context import ImportContext
from lokaltmot_lms.importers.draft_modules import Thing, model_answer, prose, reflection, unbuilt, unfinished
from lokaltmot_lms.importers.languages import guess_language
from lokaltmot_lms.importers.moodle.answers import READERS, with_combined
from lokaltmot_lms.importers.moodle.text import QuestionTexts, text_in
from lokaltmot_lms.importers.safe_open import place, read_xml
from lokaltmot_lms.model import Text

# Moodle's own description of a category without one.
_DEFAULT_ABOUT = ("The default category for", "Standardkategori")


def knows(head: Head) -> bool:
    """Return whether a file is Moodle XML."""
    return head.root == "quiz"


def read(path: Path) -> Draft:
    """Return the questions of a file as a draft."""
    root = read_xml(path.read_bytes(), place(path))
    words = " ".join(element.text or "" for element in root.iterfind("question/questiontext/text"))
    context = ImportContext(path, guess_language(words))
    bank = Bank(context, path.stem)
    for element in root.iterfind("question"):
        at = context.at(element.sourceline)
        if element.get("type") == "category":
            bank.turn_to(text_in(element, "category"), at, (element.findtext("idnumber") or "").strip())
            about = QuestionTexts(context, element, text_in(element, "category"), at).text("info")
            if about is not None and not about.plain.startswith(_DEFAULT_ABOUT):
                bank.add(prose(about), at)
            continue
        for thing in _question(context, element, at):
            bank.add(thing, at)
    return Draft(
        title=bank.title,
        language=context.language,
        modules=bank.modules(),
        media=context.media,
        findings=context.findings,
    )


def _question(context: ImportContext, element: etree._Element, at: Position) -> Iterator[Thing]:
    kind = element.get("type", "")
    name = " ".join(text_in(element, "name").split()) or kind
    reader = QuestionTexts(context, element, name, at)
    if kind == "description":
        yield prose(reader.text("questiontext"))
        yield prose(reader.text("generalfeedback"))
    elif kind == "essay":
        yield from _essay(context, element, reader, name, at)
    elif kind not in READERS:
        original = reader.original(reader.root("questiontext"))
        yield unfinished(context, QUESTION_LEFT_OUT, at, name=name, text=original, kind=kind)
    else:
        yield from _with_answers(context, element, reader, name, at)


def _with_answers(
    context: ImportContext, element: etree._Element, reader: QuestionTexts, name: str, at: Position
) -> Iterator[Thing]:
    kind = element.get("type", "")
    hint: Text | None = None
    for child in element.iterfind("hint"):
        hint = joined(hint, reader.line_of(child))
    parts = QuestionParts(
        id=context.take_id((element.findtext("idnumber") or "").strip(), name, at),
        name=name,
        root=reader.root("questiontext"),
        explanation=reader.line("generalfeedback"),
        hint=hint,
        points=points_of(context, name, element.findtext("defaultgrade") or "", at),
        at=at,
    )
    if (element.findtext("usecase") or "").strip() == "1":
        context.report(SETTING_LEFT_OUT, at, name=name, what="usecase")
    if element.find("units/unit") is not None:
        context.report(SETTING_LEFT_OUT, at, name=name, what="units")
    question = READERS[kind](context, element, reader, parts)
    if question is None:
        yield unbuilt(context, at, name=name, text=reader.original(parts.root))
    else:
        yield with_combined(context, reader, question)


def _essay(
    context: ImportContext, element: etree._Element, reader: QuestionTexts, name: str, at: Position
) -> Iterator[Thing]:
    context.report(BECAME_REFLECTION, at, name=name)
    if reader.text("graderinfo") is not None:
        context.report(SETTING_LEFT_OUT, at, name=name, what="graderinfo")
    yield reflection(context, (element.findtext("idnumber") or "").strip(), name, reader.text("questiontext"), at)
    yield model_answer(context, name, reader.text("generalfeedback"), at)


FORMAT = Format(name="moodlexml", title="Moodle XML", knows=knows, read=read)
