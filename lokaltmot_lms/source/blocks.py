"""Reads the ::: blocks of a page, each to its own kind of block."""

import re
from collections.abc import Callable

from lokaltmot_lms.errors import Position
from lokaltmot_lms.errors.source import ID_MISSING, VALUE_BAD
from lokaltmot_lms.errors.text import ARGUMENT_EXTRA, BLOCK_EMPTY, GLOSSARY_LINE, TERM_TWICE, UNKNOWN_BLOCK
from lokaltmot_lms.model import Block, Facilitator, Glossary, Important, Notice, Reflection, Term, Text, Unfinished
from lokaltmot_lms.source.block_options import BlockSource, read_keys
from lokaltmot_lms.source.case import read_case
from lokaltmot_lms.source.film import read_film
from lokaltmot_lms.source.headings import ID_MARK, Ids, suggestion
from lokaltmot_lms.source.inline import TextReader
from lokaltmot_lms.source.keywords import BLOCKS, meaning
from lokaltmot_lms.source.lines import Snippet
from lokaltmot_lms.source.quiz import QuizReader
from lokaltmot_lms.source.report import nearest_keyword

# The import writes the original inside a code fence, so that nothing in it is read as headings or blocks.
_FENCED = re.compile(r"(?P<fence>`{3,})\n(?P<inside>.*)\n(?P=fence)\s*", re.DOTALL)
_SKIP = re.compile(r"#([a-z][a-z0-9-]*)")


class BlockReader:
    """Reads the blocks of one module. notes: the facilitator's, which no learner's page holds.

    skips: where each notice's short path goes, to be looked up when all pages are known.
    """

    def __init__(self, reader: TextReader, ids: Ids, quizzes: QuizReader) -> None:
        self.reader = reader
        self.ids = ids
        self.report = reader.report
        self.notes: list[Facilitator] = []
        self.skips: list[tuple[str, Position]] = []
        self._quizzes = quizzes
        self._page = ""
        self._on_page = 0
        self._films = 0
        self._readers: dict[str, Callable[[BlockSource, str], Block | None]] = {
            "video": self._film,
            "audio": self._film,
            "important": self._important,
            "notice": self._notice,
            "case": self._case,
            "quiz": self._quiz,
            "reflection": self._reflection,
            "glossary": self._glossary,
            "facilitator": self._facilitator,
            "todo": self._unfinished,
        }

    def turn_to(self, page: str) -> None:
        """Set the page of the next blocks."""
        self._page = page
        self._on_page = 0
        self._films = 0

    def read(self, part: BlockSource) -> Block | None:
        """Return a block, or None when it is unknown, can't be read, or isn't for learners."""
        name = meaning(part.name, BLOCKS)
        if name is None:
            near = nearest_keyword(part.name, BLOCKS, is_norwegian=self.reader.is_norwegian)
            self.report.add(UNKNOWN_BLOCK, part.source.find(part.row, part.name), block=part.name, nearest=near)
            return None
        return self._readers[name](part, name)

    def _argument(self, part: BlockSource) -> tuple[Snippet, str]:
        """Return the text between the block's name and its id, and the id ("" if there is no id)."""
        mark = ID_MARK.search(part.rest.text)
        if not mark:
            return part.rest, ""
        id_ = mark[1].rstrip()
        self.ids.take(id_, part.rest.at(mark.start(1)), title=id_)
        return part.rest.part(0, mark.start()), id_

    def _no_argument(self, part: BlockSource) -> str:
        argument, id_ = self._argument(part)
        if argument.text:
            self.report.add(ARGUMENT_EXTRA, argument.at(), word=argument.text[:60], block=part.name)
        return id_

    def _body(self, part: BlockSource, row: int) -> Text:
        text = self.reader.prose(part.source, row, part.last)
        if not text.html:
            self.report.add(BLOCK_EMPTY, part.source.find(part.row, ":::"), block=part.name)
        return text

    def _film(self, part: BlockSource, name: str) -> Block | None:
        argument, id_ = self._argument(part)
        self._films += 1
        # An author's ids hold no underscore, so these are nobody else's.
        number = "" if self._films == 1 else self._films
        return read_film(part, name, argument, id_ or f"{self._page}_film{number}", self.reader)

    def _important(self, part: BlockSource, name: str) -> Block:
        self._no_argument(part)
        _, row = read_keys(part, name, self.report, has_body=True)
        return Important(text=self._body(part, row), at=part.source.find(part.row, ":::"))

    def _notice(self, part: BlockSource, name: str) -> Block:
        self._no_argument(part)
        keys, row = read_keys(part, name, self.report, has_body=True)
        skip = keys.text("skip")
        if skip and not _SKIP.fullmatch(skip):
            self.report.add(VALUE_BAD, keys.place("skip"), key=keys.written("skip"), value=skip[:60], wanted="#…")
        elif skip:
            self.skips.append((skip[1:], keys.place("skip")))
        return Notice(text=self._body(part, row), skip=skip[1:] or None, at=part.source.find(part.row, ":::"))

    def _reflection(self, part: BlockSource, name: str) -> Block:
        id_ = self._no_argument(part)
        _, row = read_keys(part, name, self.report, has_body=True)
        text = self._body(part, row)
        at = part.source.find(part.row, ":::")
        if not id_:
            self.report.add(ID_MISSING, at, id=suggestion(text.plain[:40]))
        return Reflection(id=id_, text=text, at=at)

    def _facilitator(self, part: BlockSource, name: str) -> None:
        self._no_argument(part)
        keys, row = read_keys(part, name, self.report, has_body=True)
        minutes = keys.parsed("minutes", minutes_of, None, "10")
        at = part.source.find(part.row, ":::")
        self.notes.append(Facilitator(text=self._body(part, row), page=self._page, minutes=minutes, at=at))

    def _unfinished(self, part: BlockSource, name: str) -> Block:
        self._no_argument(part)
        keys, row = read_keys(part, name, self.report, has_body=True)
        lines = "\n".join(part.source.lines[row : part.last]).strip("\n")
        fenced = _FENCED.fullmatch(lines)
        text = fenced["inside"] if fenced else lines
        return Unfinished(reason=keys.text("reason"), text=text, at=part.source.find(part.row, ":::"))

    def _case(self, part: BlockSource, _: str) -> Block:
        self._on_page += 1
        id_ = self._no_argument(part) or f"{self._page}-case-{self._on_page}"
        return read_case(part, id_, self.reader)

    def _quiz(self, part: BlockSource, _: str) -> Block:
        self._on_page += 1
        default = self._page if self._on_page == 1 else f"{self._page}-{self._on_page}"
        return self._quizzes.read(part, self._no_argument(part) or default)

    def _glossary(self, part: BlockSource, _: str) -> Block:
        self._no_argument(part)
        terms = tuple(self._terms(part))
        if not terms:
            self.report.add(BLOCK_EMPTY, part.source.find(part.row, ":::"), block=part.name)
        return Glossary(terms=terms, at=part.source.find(part.row, ":::"))

    def _terms(self, part: BlockSource) -> "list[Term]":
        terms: list[Term] = []
        row = part.row + 1
        while row < part.last:
            line = part.source.lines[row]
            following = part.source.lines[row + 1] if row + 1 < part.last else ""
            if not line.strip():
                row += 1
            elif line.lstrip()[0] == ":" or not following.lstrip().startswith(":"):
                self.report.add(GLOSSARY_LINE, part.source.find(row, ""))
                row += 1
            else:
                term, row = self._term(part, row)
                if any(other.word.casefold() == term.word.casefold() for other in terms):
                    self.report.add(TERM_TWICE, term.at, term=term.word)
                terms.append(term)
        return terms

    def _term(self, part: BlockSource, row: int) -> tuple[Term, int]:
        """Return the word on a row with its meaning under it, and the row after them."""
        source = part.source
        word = self.reader.inline(Snippet(source, source.lines[row].strip(), row, 0))
        start = source.lines[row + 1].index(":") + 1
        last = row + 2
        while last < part.last and source.lines[last].startswith((" ", "\t")) and source.lines[last].strip():
            last += 1
        words = "\n".join([source.lines[row + 1][start:].lstrip(), *source.lines[row + 2 : last]])
        column = len(source.lines[row + 1]) - len(source.lines[row + 1][start:].lstrip())
        meaning_ = self.reader.inline(Snippet(source, words, row + 1, column))
        if not meaning_.plain:
            self.report.add(GLOSSARY_LINE, source.find(row + 1, ""))
        return Term(word=word.plain, meaning=meaning_, at=source.find(row, "")), last


def minutes_of(text: str) -> int | None:
    """Return the minutes in "35 min", "35" or "1 t 20 min"; None for anything else, and for no time at all."""
    found = re.fullmatch(r"(?:(\d{1,2}) ?[th])? ?(?:(\d{1,3}) ?(?:min|minutter|minutt|minutes)?\.?)?", text.strip())
    minutes = int(found[1] or 0) * 60 + int(found[2] or 0) if found else 0
    return minutes or None
