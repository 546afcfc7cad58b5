"""Gathers questions and texts into pages and modules, in the order they come."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal

from lxml import etree

from lokaltmot_lms.errors import Position
from lokaltmot_lms.importers.clean_html import text_of, words_text
from lokaltmot_lms.importers.context import ImportContext
from lokaltmot_lms.model import Block, Completion, Figure, Module, Page, Prose, Question, Quiz, Reflection, Text

# A module of 2 MB is not read; this many questions stay far below, and are more than anyone answers.
_MOST_QUESTIONS = 400
VERSION = "1"


@dataclass(slots=True, kw_only=True)
class PageShelf:
    """A page that is being filled. settings: of the quizzes on it."""

    id: str
    title: Text
    at: Position
    blocks: list[Block] = field(default_factory=list)
    waiting: list[Question] = field(default_factory=list)
    settings: dict[str, object] = field(default_factory=dict)

    def add(self, thing: Block | Question | None) -> None:
        """Put a question, a text or a whole block on the page."""
        if isinstance(thing, Question):
            self.waiting.append(thing)
        elif thing is not None:
            self.close()
            self.blocks.extend(_figures(thing))

    def close(self, **more: object) -> None:
        """Make a quiz of the questions that wait."""
        settings = self.settings | more
        if self.waiting:
            count = sum(isinstance(block, Quiz) for block in self.blocks)
            name = self.id if not count else f"{self.id}-{count + 1}"
            self.blocks.append(Quiz(id=name, questions=tuple(self.waiting), at=self.at, **settings))  # type: ignore[arg-type]
            self.waiting = []

    def pages(self) -> Iterator[Page]:
        """Yield the page; one with more questions than a module should hold as several."""
        self.close()
        if self.blocks:
            yield Page(id=self.id, title=self.title, blocks=tuple(self.blocks), at=self.at)


@dataclass(slots=True, kw_only=True)
class ModuleShelf:
    """A module that is being filled."""

    id: str
    title: str
    at: Position
    pages: list[PageShelf] = field(default_factory=list)


def module_of(shelf: ModuleShelf, desk: ImportContext) -> Iterator[Module]:
    """Yield a shelf as modules: one, or several when there are too many questions for one."""
    pages: list[Page] = []
    count, part = 0, 1
    for page in (small for whole in shelf.pages for one in whole.pages() for small in _small(one, desk)):
        asked = sum(len(block.questions) for block in page.blocks if isinstance(block, Quiz))
        if pages and count + asked > _MOST_QUESTIONS:
            yield _module(shelf, pages, part, desk)
            pages, count, part = [], 0, part + 1
        pages.append(page)
        count += asked
    if pages:
        yield _module(shelf, pages, part, desk)


def _small(page: Page, desk: ImportContext) -> Iterator[Page]:
    """Yield a page as it is, or in parts when one of its quizzes is larger than a module may be."""
    if all(not isinstance(block, Quiz) or len(block.questions) <= _MOST_QUESTIONS for block in page.blocks):
        yield page
        return
    part = 1
    for block in page.blocks:
        for piece in _pieces(block):
            id_ = page.id if part == 1 else desk.take_id(f"{page.id[:30]}-del-{part}", page.title.plain, page.at)
            words = f"{page.title.plain} ({part})" if part > 1 else page.title.plain
            blocks = (replace(piece, id=id_),) if isinstance(piece, Quiz) else (piece,)
            yield Page(id=id_, title=words_text(words, page.at), blocks=blocks, at=page.at)
            part += 1


def _pieces(block: Block) -> Iterator[Block]:
    if not isinstance(block, Quiz) or block.draw is not None:
        yield block
        return
    for start in range(0, len(block.questions), _MOST_QUESTIONS):
        yield replace(block, questions=block.questions[start : start + _MOST_QUESTIONS])


def _module(shelf: ModuleShelf, pages: Iterable[Page], part: int, desk: ImportContext) -> Module:
    listed = tuple(pages)
    has_quiz = any(question.points for page in listed for block in page.blocks if isinstance(block, Quiz)
                   for question in block.questions)  # fmt: skip
    id_ = shelf.id if part == 1 else desk.module_id(f"{shelf.id[:30]}-del-{part}", shelf.title, shelf.at)
    return Module(
        id=id_,
        title=shelf.title if part == 1 else f"{shelf.title} ({part})",
        version=VERSION,
        language=desk.language,
        pages=listed,
        pass_share=Decimal("0.8"),
        completion=Completion(all_pages=True, passed_quiz=has_quiz),
        license="TODO",
        audience="TODO",
        goals=("TODO",),
        at=shelf.at,
    )


def reflection(desk: ImportContext, wanted: str, title: str, text: Text | None, at: Position) -> Reflection | None:
    """Return a question to think about; None without words."""
    return Reflection(id=desk.take_id(wanted, title, at), text=text, at=at) if text is not None else None


def prose(text: Text | None) -> Prose | None:
    """Return running text as a block; None without words."""
    return Prose(text=text, at=text.at) if text is not None else None


def _figures(block: Block) -> Iterator[Block]:
    """Yield running text with the pictures that stand alone in it as blocks of their own."""
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
            waiting.append(_whole(child))
            continue
        if (text := text_of(waiting, block.at)) is not None:
            yield Prose(text=text, at=block.at)
        picture = child[0] if is_alone else child
        yield Figure(path=picture.get("src", ""), alt=picture.get("alt", ""), at=block.at)
        waiting = etree.Element("div")
        waiting.text = child.tail
    if (text := text_of(waiting, block.at)) is not None:
        yield Prose(text=text, at=block.at)


def _whole(element: etree._Element) -> etree._Element:
    made = etree.fromstring(etree.tostring(element, with_tail=False))
    made.tail = element.tail
    return made
