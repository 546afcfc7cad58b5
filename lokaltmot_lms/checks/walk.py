"""Ways through a course: every module, block, question and piece of text, each with its position."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from lokaltmot_lms.model import (
    Block,
    Case,
    ChoiceQuestion,
    Course,
    Figure,
    Film,
    Gaps,
    Glossary,
    Hotspot,
    Important,
    Likert,
    Matching,
    Module,
    Notice,
    Ordering,
    Page,
    Prose,
    Question,
    Quiz,
    Reflection,
    Text,
)


class TextRole(StrEnum):
    """What a piece of text is to its reader."""

    PROSE = "prose"
    CAPTION = "caption"
    TITLE = "title"
    TRANSCRIPT = "transcript"
    CHOICE = "choice"
    PROMPT = "prompt"
    OPTION = "option"
    FEEDBACK = "feedback"
    FACILITATOR = "facilitator"


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A piece of text. page: id of its page; owner: id of the question, step or reflection it belongs to, or ""."""

    text: Text
    role: TextRole
    page: str
    owner: str = ""


def all_modules(course: Course) -> Iterator[Module]:
    """Yield each module, followed by its translations."""
    for module in course.modules:
        yield module
        yield from module.translations


def blocks(module: Module) -> Iterator[tuple[Page, Block]]:
    """Yield each block of a module with its page."""
    for page in module.pages:
        for block in page.blocks:
            yield page, block


def quizzes(module: Module) -> Iterator[tuple[Page, Quiz]]:
    """Yield each quiz of a module with its page."""
    for page, block in blocks(module):
        if isinstance(block, Quiz):
            yield page, block


def questions(module: Module) -> Iterator[tuple[Page, Quiz, Question]]:
    """Yield each question of a module, those of a bank too."""
    for page, quiz in quizzes(module):
        for question in quiz.questions:
            yield page, quiz, question


def passages(module: Module) -> Iterator[Passage]:
    """Yield every piece of text in a module, top to bottom; the notes to the facilitator last."""
    for page in module.pages:
        yield from page_passages(page)
    for note in module.facilitator:
        yield Passage(text=note.text, role=TextRole.FACILITATOR, page=note.page)


def page_passages(page: Page) -> Iterator[Passage]:
    """Yield every piece of text on a page."""
    yield Passage(text=page.title, role=TextRole.TITLE, page=page.id)
    for block in page.blocks:
        for text, role, owner in _block_texts(block):
            if text is not None:
                yield Passage(text=text, role=role, page=page.id, owner=owner)


_Piece = tuple[Text | None, TextRole, str]


def _block_texts(block: Block) -> Iterator[_Piece]:
    match block:
        case Prose(text=text) | Important(text=text) | Notice(text=text):
            yield text, TextRole.PROSE, ""
        case Reflection(text=text, id=id_):
            yield text, TextRole.PROSE, id_
        case Figure():
            yield block.caption, TextRole.CAPTION, ""
        case Film():
            yield block.transcript, TextRole.TRANSCRIPT, ""
        case Case(steps=steps):
            for step in steps:
                yield step.title, TextRole.TITLE, step.id
                yield step.text, TextRole.PROSE, step.id
                for choice in step.choices:
                    yield choice.text, TextRole.CHOICE, step.id
        case Glossary(terms=terms):
            for term in terms:
                yield term.meaning, TextRole.PROSE, ""
        case Quiz(questions=asked):
            for question in asked:
                yield from ((text, role, question.id) for text, role in _question_texts(question))


def _question_texts(question: Question) -> Iterator[tuple[Text | None, TextRole]]:
    yield question.prompt, TextRole.PROMPT
    yield question.intro, TextRole.PROSE
    yield from _answer_texts(question)
    yield question.hint, TextRole.FEEDBACK
    yield question.explanation, TextRole.FEEDBACK


def _answer_texts(question: Question) -> Iterator[tuple[Text | None, TextRole]]:
    match question:
        case ChoiceQuestion(options=options) | Ordering(items=options) | Hotspot(spots=options):
            for option in options:
                yield option.text, TextRole.OPTION
                yield option.feedback, TextRole.FEEDBACK
        case Matching(pairs=pairs):
            for pair in pairs:
                yield pair.left, TextRole.OPTION
                yield pair.right, TextRole.OPTION
        case Gaps(body=body):
            yield body, TextRole.PROSE
        case Likert(statements=statements):
            for statement in statements:
                yield statement.text, TextRole.OPTION
