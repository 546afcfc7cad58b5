"""Reads a quiz block: its keys, its questions, and those of its bank."""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal

from lokaltmot_lms.errors.questions import DRAW_TOO_MANY, LOCK_REASON, QUIZ_EMPTY, TEXT_BEFORE_QUESTION
from lokaltmot_lms.errors.text import HEADING_IN_BLOCK
from lokaltmot_lms.model import Question, Quiz
from lokaltmot_lms.source.block_options import BlockSource, read_keys
from lokaltmot_lms.source.comments import without_comments
from lokaltmot_lms.source.files import read_source
from lokaltmot_lms.source.headings import Heading, read_heading, report_near
from lokaltmot_lms.source.inline import TextReader
from lokaltmot_lms.source.keywords import JOINS, RETRY, UNLIMITED, YES_NO, meaning
from lokaltmot_lms.source.lines import Snippet, Source
from lokaltmot_lms.source.paths import find_file
from lokaltmot_lms.source.question import QuestionReader
from lokaltmot_lms.source.repairs.ids import Ids
from lokaltmot_lms.source.values import Fields

_DRAW = re.compile(r"(\d{1,3})(?:\s+(\w+)\s+(\S.*))?")


class QuizReader:
    """Reads the quizzes of one module."""

    def __init__(self, reader: TextReader, ids: Ids) -> None:
        self._reader = reader
        self._report = reader.report
        self._questions = QuestionReader(reader, ids)

    def read(self, part: BlockSource, id_: str) -> Quiz:
        """Return the quiz of a block. Every mistake is reported."""
        first = self._first_question(part)
        keys, body = read_keys(part._replace(last=first), "quiz", self._report, has_body=True)
        self._before(part.source, body, first)
        questions = tuple(self._read(part.source, first, part.last))
        draw, bank = self._draw(keys)
        if bank is not None:
            questions += self._bank(bank, keys)
        at = part.source.find(part.row, ":::")
        if not questions and first == part.last:
            self._report.add(QUIZ_EMPTY, at)
        if draw and questions and draw > len(questions):
            self._report.add(DRAW_TOO_MANY, keys.place("draw"), draw=draw, count=len(questions))
        return Quiz(
            id=id_,
            questions=questions,
            draw=draw,
            bank=bank,
            attempts=self._attempts(keys),
            retry_wrong=self._word(keys, "retry", RETRY, "all") == "wrong ones only",
            shuffle=self._word(keys, "shuffle", YES_NO, "no") == "yes",
            test_out=self._word(keys, "test-out", YES_NO, "no") == "yes",
            pass_share=keys.parsed("pass", share, None, "80 %"),
            locked_because=self._lock(keys),
            at=at,
        )

    def _first_question(self, part: BlockSource) -> int:
        for row in range(part.row + 1, part.last):
            if read_heading(part.source, row):
                return row
        return part.last

    def _before(self, source: Source, row: int, first: int) -> None:
        """Report text between the keys and the first question."""
        for other in range(row, first):
            if source.lines[other].strip():
                if not report_near(source, other, self._report):
                    self._report.add(TEXT_BEFORE_QUESTION, source.find(other, ""))
                return

    def _read(self, source: Source, first: int, last: int) -> Iterator[Question]:
        starts = list(self._starts(source, first, last))
        ends = [row for row, _ in starts[1:]] + [last]
        for (row, heading), end in zip(starts, ends, strict=False):
            question = self._questions.read(source, row, end, heading)
            if question is not None:
                yield question

    def _starts(self, source: Source, first: int, last: int) -> Iterator[tuple[int, Heading]]:
        for row in range(first, last):
            heading = read_heading(source, row)
            if heading and heading.level != 2:
                self._report.add(HEADING_IN_BLOCK, heading.at, marks="#" * heading.level)
            if heading:
                yield row, heading

    def _draw(self, keys: Fields) -> tuple[int | None, str | None]:
        text = keys.text("draw")
        if not text:
            return None, None
        found = _DRAW.fullmatch(text)
        if found and int(found[1]) and (not found[2] or meaning(found[2], JOINS) == "from"):
            return int(found[1]), found[3]
        keys.bad("draw", "5 | 5 from bank/x.md | 5 fra bank/x.md")
        return None, None

    def _bank(self, path: str, keys: Fields) -> tuple[Question, ...]:
        file = find_file(self._reader.media.folder, path, keys.place("draw"), self._report)
        source = read_source(file, self._report) if file else None
        if source is None:
            return ()
        body = without_comments(source, 0, self._report)
        part = BlockSource(body.source, -1, len(source.lines), "quiz", Snippet(body.source, "", 0, 0))
        first = self._first_question(part)
        self._before(body.source, 0, first)
        found = tuple(self._read(body.source, first, part.last))
        if not found and first == part.last:
            self._report.add(QUIZ_EMPTY, source.at(0))
        return found

    def _attempts(self, keys: Fields) -> int | None:
        text = keys.text("attempts")
        if not text or meaning(text, UNLIMITED):
            return None
        if re.fullmatch(r"[1-9]\d?", text):
            return int(text)
        keys.bad("attempts", "3 | unlimited | ubegrenset")
        return None

    def _lock(self, keys: Fields) -> str:
        """Return why later pages wait for the quiz, "" when they don't."""
        is_locked = self._word(keys, "lock", YES_NO, "no") == "yes"
        reason = keys.text("reason")
        if is_locked and not reason:
            self._report.add(LOCK_REASON, keys.place("lock"), one=keys.written("lock"), other=keys.written("reason"))
        elif reason and not is_locked:
            self._report.add(LOCK_REASON, keys.place("reason"), one=keys.written("reason"), other=keys.written("lock"))
        return reason if is_locked else ""

    def _word(self, keys: Fields, name: str, group: Mapping[str, str], default: str) -> str:
        wanted = " | ".join(word for pair in group.items() for word in pair)
        return keys.parsed(name, lambda text: meaning(text, group), default, wanted)


def share(text: str) -> Decimal | None:
    """Return "80 %" as 0.8; None for anything else."""
    found = re.fullmatch(r"(\d{1,3}(?:[.,]\d{1,2})?)\s*%", text)
    part = Decimal(found[1].replace(",", ".")) / 100 if found else Decimal(0)
    return part if 0 < part <= 1 else None
