"""Collects questions and texts in pages and modules, in the order of the source."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal

from lxml import etree

from lokaltmot_lms.errors import Fault, Position, Problem
from lokaltmot_lms.errors.imported_questions import ANSWER_TO_NOTE
from lokaltmot_lms.errors.imports import NO_RIGHT_ANSWER_GIVEN
from lokaltmot_lms.importers.clean_html import CONTROL, text_of, words_text
from lokaltmot_lms.importers.context import ImportContext
from lokaltmot_lms.model import (
    Block,
    Completion,
    Facilitator,
    Figure,
    Module,
    Page,
    Prose,
    Question,
    Quiz,
    Reflection,
    Text,
    Unfinished,
)

# Our reader refuses modules over 2 MB. This many questions are far below that, and more than anyone answers.
_MOST_QUESTIONS = 400
VERSION = "1"
_LONGEST_LINE = 2_000  # our reader takes 10,000 characters per line
_LONGEST_KEPT = 200_000


# What a part of a source becomes.
Thing = Block | Question | Facilitator | None


@dataclass(slots=True, kw_only=True)
class DraftPage:
    """A page while it is filled. waiting: questions for the next quiz; settings: of the quizzes on the page."""

    id: str
    title: Text
    at: Position
    blocks: list[Block] = field(default_factory=list)
    waiting: list[Question] = field(default_factory=list)
    settings: dict[str, object] = field(default_factory=dict)
    notes: list[Facilitator] = field(default_factory=list)

    def add(self, thing: Thing) -> None:
        """Add a question, a text, another block or a note to the page."""
        if isinstance(thing, Question):
            self.waiting.append(thing)
        elif isinstance(thing, Facilitator):
            self.notes.append(replace(thing, page=self.id))
        elif thing is not None:
            self.close()
            self.blocks.extend(_figures(thing))

    def add_drawn(self, things: Iterable[Thing], draw: int) -> None:
        """Add the questions that a quiz draws from. Other blocks come before the quiz, which they would divide."""
        questions: list[Question] = []
        for thing in things:
            if isinstance(thing, Question):
                questions.append(thing)
            else:
                self.add(thing)
        self.close()
        self.waiting = list(questions)
        self.close(draw=min(draw, len(questions)) or None)

    def close(self, **more: object) -> None:
        """Turn the waiting questions into a quiz. more: settings of this quiz."""
        settings = self.settings | more
        if self.waiting:
            count = sum(isinstance(block, Quiz) for block in self.blocks)
            name = self.id if not count else f"{self.id}-{count + 1}"
            self.blocks.append(Quiz(id=name, questions=tuple(self.waiting), at=self.at, **settings))  # type: ignore[arg-type]
            self.waiting = []

    def build(self) -> Page | None:
        """Return the page; None when it is empty."""
        self.close()
        return Page(id=self.id, title=self.title, blocks=tuple(self.blocks), at=self.at) if self.blocks else None


@dataclass(slots=True, kw_only=True)
class DraftModule:
    """A module while it is filled."""

    id: str
    title: str
    at: Position
    pages: list[DraftPage] = field(default_factory=list)


def modules_of(draft: DraftModule, context: ImportContext) -> Iterator[Module]:
    """Yield a draft as a module, or as several when it has too many questions for one."""
    pages: list[Page] = []
    count, part = 0, 1
    whole = (page for draft_page in draft.pages if (page := draft_page.build()) is not None)
    for piece in (piece for page in whole for piece in _split(page, context)):
        in_piece = sum(len(block.questions) for block in piece.blocks if isinstance(block, Quiz))
        if pages and count + in_piece > _MOST_QUESTIONS:
            yield _module(draft, pages, part, context)
            pages, count, part = [], 0, part + 1
        pages.append(piece)
        count += in_piece
    if pages:
        yield _module(draft, pages, part, context)


def _split(page: Page, context: ImportContext) -> Iterator[Page]:
    """Yield a page as it is, or in parts when one of its quizzes has too many questions for a module."""
    if all(not isinstance(block, Quiz) or len(block.questions) <= _MOST_QUESTIONS for block in page.blocks):
        yield page
        return
    part = 1
    for block in page.blocks:
        for piece in _pieces(block):
            id_ = page.id if part == 1 else context.take_id(f"{page.id[:30]}-del-{part}", page.title.plain, page.at)
            title = f"{page.title.plain} ({part})" if part > 1 else page.title.plain
            blocks = (replace(piece, id=id_),) if isinstance(piece, Quiz) else (piece,)
            yield Page(id=id_, title=words_text(title, page.at), blocks=blocks, at=page.at)
            part += 1


def _pieces(block: Block) -> Iterator[Block]:
    if not isinstance(block, Quiz) or block.draw is not None:
        yield block
        return
    for start in range(0, len(block.questions), _MOST_QUESTIONS):
        yield replace(block, questions=block.questions[start : start + _MOST_QUESTIONS])


def _module(draft: DraftModule, pages: Iterable[Page], part: int, context: ImportContext) -> Module:
    listed = tuple(pages)
    ids = {page.id for page in listed}
    has_quiz = any(question.points for page in listed for block in page.blocks if isinstance(block, Quiz)
                   for question in block.questions)  # fmt: skip
    id_ = draft.id if part == 1 else context.module_id(f"{draft.id[:30]}-del-{part}", draft.title, draft.at)
    return Module(
        id=id_,
        title=draft.title if part == 1 else f"{draft.title} ({part})",
        version=VERSION,
        language=context.language,
        pages=listed,
        facilitator=tuple(note for page in draft.pages for note in page.notes if note.page in ids),
        pass_share=Decimal("0.8"),
        completion=Completion(all_pages=True, passed_quiz=has_quiz),
        license="TODO",
        audience="TODO",
        goals=("TODO",),
        at=draft.at,
    )


def reflection(context: ImportContext, wanted: str, title: str, text: Text | None, at: Position) -> Reflection | None:
    """Return a reflection; None without a text."""
    return Reflection(id=context.take_id(wanted, title, at), text=text, at=at) if text is not None else None


def model_answer(context: ImportContext, name: str, text: Text | None, at: Position) -> Facilitator | None:
    """Return the answer to a question in which learners write a text: a note, because a reflection doesn't hide it."""
    if text is None:
        return None
    context.report(ANSWER_TO_NOTE, at, name=name)
    return Facilitator(text=text, page="", at=at)


def unfinished(
    context: ImportContext, fault: Fault, at: Position, *, name: str, text: str, **values: object
) -> Unfinished:
    """Report a fault, and return a block that stops the build until a person has looked.

    fault: its message is the reason. name: of the question; fills the message, as values do. text: the
    original as plain text, with its answers.
    """
    return _unfinished(context.report(fault, at, name=name, **values), context.language, text, at)


def unbuilt(context: ImportContext, at: Position, *, name: str, text: str) -> Unfinished:
    """Return the block for a question that could not be built, with the reason that `context.refuse` was given.

    text: the original as plain text, with its answers.
    """
    reason = context.refusal() or context.report(NO_RIGHT_ANSWER_GIVEN, at, name=name)
    return _unfinished(reason, context.language, text, at)


def _unfinished(reason: Problem, language: str, text: str, at: Position) -> Unfinished:
    """Return a block whose text reads back: no control characters, spaces at line ends or empty lines at the ends."""
    lines = [CONTROL.sub("", line).expandtabs(4).rstrip() for line in _no_comments(text).splitlines()]
    parts = (part for line in lines for part in (_in_parts(line) if len(line) > _LONGEST_LINE else [line]))
    kept = "\n".join(parts).strip("\n")[:_LONGEST_KEPT].rstrip()
    return Unfinished(reason=_no_comments(reason.message(language)), text=kept, at=at)


def _no_comments(text: str) -> str:
    """Return a text without the marks of comments, which our reader would leave out."""
    return text.replace("<!--", "<! --").replace("-->", "-- >")


def _in_parts(line: str) -> list[str]:
    """Return a long line in parts that our reader takes."""
    return [line[at : at + _LONGEST_LINE].strip() for at in range(0, len(line), _LONGEST_LINE)]


def prose(text: Text | None) -> Prose | None:
    """Return running text as a block; None without a text."""
    return Prose(text=text, at=text.at) if text is not None else None


def _figures(block: Block) -> Iterator[Block]:
    """Yield a block. Images that are alone in a paragraph of running text become blocks of their own."""
    if not isinstance(block, Prose) or "<img" not in block.text.html:
        yield block
        return
    root = etree.fromstring(f"<div>{block.text.html}</div>")
    waiting = etree.Element("div")
    waiting.text = root.text
    for child in root:
        is_alone = (
            child.tag == "p" and len(child) == 1 and child[0].tag == "img" and not "".join(child.itertext()).strip()
        )
        if not is_alone and not (child.tag == "img" and not (child.tail or "").strip() and not len(waiting)):
            waiting.append(_with_tail(child))
            continue
        if (text := text_of(waiting, block.at)) is not None:
            yield Prose(text=text, at=block.at)
        picture = child[0] if is_alone else child
        yield Figure(path=picture.get("src", ""), alt=picture.get("alt", ""), at=block.at)
        waiting = etree.Element("div")
        waiting.text = child.tail
    if (text := text_of(waiting, block.at)) is not None:
        yield Prose(text=text, at=block.at)


def _with_tail(element: etree._Element) -> etree._Element:
    copy = etree.fromstring(etree.tostring(element, with_tail=False))
    copy.tail = element.tail
    return copy
