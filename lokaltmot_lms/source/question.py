"""Reads one question line by line. Once its answers have begun, every line must be one we know."""

import re
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from lokaltmot_lms.errors.questions import (
    FEEDBACK_ALONE,
    LABEL_EMPTY,
    LABEL_TWICE,
    LABEL_UNKNOWN,
    LINE_UNKNOWN,
    MARK_TWICE,
    POINTS_BAD,
)
from lokaltmot_lms.errors.text import LOOKS_LIKE
from lokaltmot_lms.model import Question, Text
from lokaltmot_lms.questions import read_question
from lokaltmot_lms.questions.hotspot import NEAR_PLACE
from lokaltmot_lms.questions.written import ListItem, PictureLine, SourceText, WrittenGap, WrittenQuestion
from lokaltmot_lms.source.case import read_facts
from lokaltmot_lms.source.headings import Heading, Ids, heading_id, report_near, straight
from lokaltmot_lms.source.inline import TextReader
from lokaltmot_lms.source.inline_context import GapReader
from lokaltmot_lms.source.keywords import LABELS, meaning, spellings
from lokaltmot_lms.source.lines import Snippet, Source
from lokaltmot_lms.source.report import nearest

_OPTION = re.compile(r"\s*[-*+]\s*([(\[])\s*([xX]?)\s*([)\]])\s*(.*?)\s*$")
_BARE = re.compile(r"\s*[-*+]\s+(.*?)\s*$|\s*[-*+]\s*$")
_NUMBERED = re.compile(r"\s*(\d{1,3})[.)]\s+(.*?)\s*$")
_FEEDBACK = re.compile(r"\s*>\s*(.*?)\s*$")
_LABEL = re.compile(r"\s*([^\W\d_]+)\s*[:：]\s*(.*?)\s*$")
_FIRST_WORD = re.compile(r"\s*[*_]*([^\W\d_]{3,})[*_]*\s*([:：;=]?)")
_PICTURE = re.compile(r"\s*!\[(.*)\]\(\s*(<[^<>]*>|[^\s()]+)(?:\s+\".*\")?\s*\)\s*$")
_NEAR_OPTION = re.compile(r"\s*[-*+>]?\s*(?:[(\[{]\s*[xX✓]?\s*[)\]}]|[(\[{]\s*[xX✓]\s+|[xX]?\s*[)\]]\s)\s*\S?")
_MARK_AGAIN = re.compile(r"(?:[-*+]\s*)?[(\[]\s*[xX]?\s*[)\]]")
_MANY_LINES = frozenset({"explanation", "hint"})


class _AnswerLabel(NamedTuple):
    name: str
    words: Snippet


class _GapNumbers(GapReader):
    """Numbers the gaps of a body as they come."""

    def __init__(self) -> None:
        self.found: list[WrittenGap] = []

    def gap(self, snippet: Snippet) -> str:
        """Return the gap's key."""
        key = str(len(self.found) + 1)
        self.found.append(WrittenGap(key, snippet.part(2, len(snippet.text) - 2)))
        return key


class QuestionReader:
    """Reads the questions of one module."""

    def __init__(self, reader: TextReader, ids: Ids) -> None:
        self._reader = reader
        self._ids = ids
        self._report = reader.report

    def read(self, source: Source, first: int, end: int, heading: Heading) -> Question | None:
        """Return the question under a heading, up to row `end`; None when nobody could answer it."""
        lines = _Lines(source, first + 1, end, self._reader)
        lines.read()
        id_ = heading_id(heading, self._ids, self._report)
        prompt = self._reader.inline(heading.title, in_question=True)
        gaps = _GapNumbers()
        # Only where an item names a place in it is the picture a part of the answers, and not of the text above them.
        has_places = any(NEAR_PLACE.search(item.words.text) for item in lines.items)
        picture = self._picture(source, first + 1, lines.intro_end) if has_places else None
        intro_end = lines.intro_end if picture is None else picture[1]
        body = self._reader.prose(source, first + 1, intro_end, gaps=gaps)
        labels: dict[str, SourceText] = {}
        for label in lines.labels:
            labels[label.name] = label.words
        written = WrittenQuestion(
            common={
                "id": id_,
                "prompt": prompt,
                "intro": body if body.html else None,
                "explanation": self._sentence(lines, "explanation"),
                "hint": self._sentence(lines, "hint"),
                "points": self._points(lines),
                "facts": self._facts(lines),
                "at": heading.at,
            },
            items=lines.items,
            labels=labels,
            gaps=gaps.found,
            body=body,
            picture=picture[0] if picture else None,
            reader=lambda words: self._reader.inline(_snippet(words, source), in_question=True),
            add=self._report.add,
        )
        return read_question(written)

    def _picture(self, source: Source, first: int, end: int) -> tuple[PictureLine, int] | None:
        """Return the picture that ends the intro of a hotspot, and its row."""
        rows = [row for row in range(first, end) if source.lines[row].strip()]
        found = _PICTURE.match(source.lines[rows[-1]]) if rows else None
        if not found:
            return None
        path = self._reader.media.add(found[2].strip("<>"), source.at(rows[-1], found.start(2)), "image")
        return PictureLine(path or found[2], " ".join(found[1].split())), rows[-1]

    def _sentence(self, lines: "_Lines", name: str) -> Text | None:
        words = lines.label(name)
        return self._reader.inline(words, in_question=True) if words and words.text else None

    def _points(self, lines: "_Lines") -> Decimal:
        words = lines.label("points")
        if words is None:
            return Decimal(1)
        try:
            points = Decimal(words.text.replace(",", ".")) if re.fullmatch(r"[\d.,]{1,6}", words.text) else Decimal(-1)
        except InvalidOperation:
            points = Decimal(-1)
        if not 0 <= points <= 100:
            self._report.add(POINTS_BAD, words.at(), value=words.text[:60])
            return Decimal(1)
        return points

    def _facts(self, lines: "_Lines") -> tuple[str, ...]:
        words = lines.label("facts")
        return read_facts(words, self._reader) if words else ()


def _snippet(words: SourceText, source: Source) -> Snippet:
    at = words.at()
    return words if isinstance(words, Snippet) else Snippet(source, words.text, at.line - 1, at.column - 1)


class _Lines:
    """The lines under a question's heading, sorted into intro, items and labels."""

    def __init__(self, source: Source, first: int, end: int, reader: TextReader) -> None:
        self.items: list[ListItem] = []
        self.labels: list[_AnswerLabel] = []
        self.intro_end = end
        self._source = source
        self._rows = range(first, end)
        self._reader = reader
        self._report = reader.report
        self._feedback: list[tuple[int, int, str]] = []
        self._has_begun = False
        self._may_go_on = False

    def label(self, name: str) -> Snippet | None:
        """Return the words after a label, None when it wasn't written."""
        return next((label.words for label in self.labels if label.name == name), None)

    def read(self) -> None:
        """Read every line."""
        for row in self._rows:
            line = self._source.lines[row]
            if not line.strip():
                self._may_go_on = False
            elif not (self._item(row, line) or self._said(row, line) or self._label(row, line)):
                self._other(row, line)
        self._close_feedback()

    def _begin(self, row: int) -> None:
        if not self._has_begun:
            self._has_begun = True
            self.intro_end = row

    def _item(self, row: int, line: str) -> bool:
        option, bare, number = _OPTION.match(line), _BARE.match(line), _NUMBERED.match(line)
        if option and (option[1] == "(") == (option[3] == ")"):
            mark = f"{option[1]}{option[2].lower() or ' '}{option[3]}"
            text, column = option[4], option.start(4)
        elif bare:
            mark, text, column = "-", bare[1] or "", bare.start(1) if bare[1] else len(line)
        elif number and (self._has_begun or self._is_ordering()):
            mark, text, column = number[1], number[2], number.start(2)
        else:
            return False
        self._begin(row)
        self._close_feedback()
        self._may_go_on = False
        at = self._source.find(row, "")
        if _MARK_AGAIN.match(text):
            self._report.add(MARK_TWICE, self._source.at(row, column))
        if any(label.name in _MANY_LINES for label in self.labels):
            self._report.add(LINE_UNKNOWN, at)
        if mark == "-" and (_BARE.match(text) or _NEAR_OPTION.match(straight(text))) and not text.startswith("["):
            self._report.add(LOOKS_LIKE, at, good="- (x) …")
        self.items.append(ListItem(mark, Snippet(self._source, text, row, column), at, None))
        return True

    def _is_ordering(self) -> bool:
        return any(label.name == "order" for label in self.labels)

    def _said(self, row: int, line: str) -> bool:
        found = _FEEDBACK.match(line)
        if not found:
            return False
        self._begin(row)
        if not self.items or self.labels:
            self._report.add(FEEDBACK_ALONE, self._source.find(row, ""))
        elif found[1].startswith(">") or not found[1]:
            self._report.add(LOOKS_LIKE, self._source.find(row, ""), good="> …")
        self._feedback.append((row, found.start(1), found[1]))
        self._may_go_on = False
        return True

    def _close_feedback(self) -> None:
        """Give the lines of feedback since the last item to that item."""
        if self._feedback and self.items:
            row, column, _ = self._feedback[0]
            words = "\n".join(text for _, _, text in self._feedback)
            text = self._reader.inline(Snippet(self._source, words, row, column), in_question=True)
            last = self.items[-1]
            if last.feedback is None:
                self.items[-1] = last._replace(feedback=text)
        self._feedback = []

    def _label(self, row: int, line: str) -> bool:
        found = _LABEL.match(line)
        name = meaning(found[1], LABELS) if found else None
        if not found or name is None:
            return False
        self._begin(row)
        self._close_feedback()
        at = self._source.at(row, found.start(1))
        again = _LABEL.match(found[2])
        if any(label.name == name for label in self.labels) or (again and meaning(again[1], LABELS)):
            self._report.add(LABEL_TWICE, at, label=found[1])
        elif not found[2] and name != "order":
            self._report.add(LABEL_EMPTY, at, label=found[1])
        self.labels.append(_AnswerLabel(name, Snippet(self._source, found[2], row, found.start(2))))
        self._may_go_on = name in _MANY_LINES
        return True

    def _other(self, row: int, line: str) -> None:
        """Take in a line that is neither item, feedback nor label: part of the intro, or of an explanation."""
        if self._is_near(row, line) or not self._has_begun:
            return
        if not self._may_go_on:
            self._report.add(LINE_UNKNOWN, self._source.find(row, ""))
            return
        last = self.labels[-1]
        self.labels[-1] = last._replace(words=last.words._replace(text=f"{last.words.text}\n{line.strip()}"))

    def _is_near(self, row: int, line: str) -> bool:
        """Report a line that nearly is an option, a label, a heading or the edge of the block."""
        near = straight(line)
        at = self._source.find(row, "")
        word = _FIRST_WORD.match(near)
        if _NEAR_OPTION.match(near) or (near != line and _BARE.match(near) and self._has_begun):
            self._report.add(LOOKS_LIKE, at, good="- (x) …")
        elif near != line and _FEEDBACK.match(near):
            self._report.add(LOOKS_LIKE, at, good="> …")
        elif word and self._has_begun and meaning(word[1], LABELS):
            self._report.add(LOOKS_LIKE, at, good=f"{word[1]}: …")
        elif word and word[2] and (like := nearest(word[1], spellings(LABELS), cutoff=0.75)):
            self._report.add(LABEL_UNKNOWN, at, label=word[1], nearest=like.capitalize())
        elif _PICTURE.match(line):
            return False
        else:
            return report_near(self._source, row, self._report)
        return True
