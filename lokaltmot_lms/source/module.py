"""Reads one module file: front matter, pages, and what can only be checked when all of it is known."""

import re
from decimal import Decimal
from typing import NamedTuple

from lokaltmot_lms.errors.source import EXAMPLE_ID, FRONT_MATTER_MISSING, FRONT_MATTER_OPEN, ID_BAD
from lokaltmot_lms.errors.text import SKIP_UNKNOWN, UNKNOWN_TERM
from lokaltmot_lms.model import Completion, Glossary, Module, Page
from lokaltmot_lms.resources import is_from_starter
from lokaltmot_lms.source.blocks import BlockReader, minutes_of
from lokaltmot_lms.source.comments import without_comments
from lokaltmot_lms.source.headings import is_id, suggestion
from lokaltmot_lms.source.inline import TextReader
from lokaltmot_lms.source.keywords import COMPLETION, JOINS, MODULE_KEYS, YES_NO, meaning
from lokaltmot_lms.source.lines import Source
from lokaltmot_lms.source.lint import report_twice
from lokaltmot_lms.source.lookalikes.stray_questions import report_stray_questions
from lokaltmot_lms.source.pages import PageReader
from lokaltmot_lms.source.quiz import QuizReader, share
from lokaltmot_lms.source.repairs.ids import Ids, KnownIds
from lokaltmot_lms.source.report import Report, nearest
from lokaltmot_lms.source.values import Fields, Value
from lokaltmot_lms.source.yaml import read_yaml

_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")


class Front(NamedTuple):
    """A module file up to its pages. body: the row where they begin."""

    source: Source
    table: Fields
    body: int
    language: str


def read_front(source: Source, report: Report, *, language: str) -> Front:
    """Return a module's front matter; a missing or broken one is reported. language: what the course says."""
    rows = [row for row, line in enumerate(source.lines) if line.startswith("---") and not line[3:].strip()]
    start = next((row for row, line in enumerate(source.lines) if line.strip()), 0)
    value: Value | None = None
    body = start
    if not rows or rows[0] != start:
        report.add(FRONT_MATTER_MISSING, source.at(start))
    elif len(rows) < 2:
        report.add(FRONT_MATTER_OPEN, source.at(start))
        body = next((row for row, line in enumerate(source.lines) if line.startswith("# ")), len(source.lines) - 1)
    else:
        body = rows[1] + 1
        value = read_yaml(source, report, first=start + 1, last=rows[1])
    table = Fields(value.entries() if value else iter(()), MODULE_KEYS, source.at(start), report)
    if value is not None:
        for name in ("title", "version"):
            table.require(name)
    return Front(source, table, body, table.parsed("language", _language, language, "nb"))


def read_module(front: Front, reader: TextReader, known: KnownIds) -> Module:
    """Return the module of a file whose front matter was read. known: what is known of its ids."""
    table, report = front.table, reader.report
    id_ = table.text("id")
    table.require_id(known.module_id(table.text("title")) if table.text("title") else "")
    if id_ and not is_id(id_):
        report.add(ID_BAD, table.place("id"), id=id_[:60], suggestion=suggestion(id_))
    if is_from_starter(id_, reader.media.folder):
        report.add(EXAMPLE_ID, table.place("id"), id=id_)
    body = without_comments(front.source, front.body, report)
    report_twice(body, front.body, report)
    report_stray_questions(body, front.body, report)
    ids = Ids(report, known)
    blocks = BlockReader(reader, ids, QuizReader(reader, ids))
    pages = tuple(PageReader(body, blocks).pages(front.body))
    ids.report_missing()
    _report_terms(pages, reader)
    _report_skips(pages, blocks, report)
    return Module(
        id=id_,
        title=table.text("title"),
        version=table.text("version"),
        language=front.language,
        pages=pages,
        minutes=table.parsed("duration", minutes_of, None, "35 min"),
        pass_share=table.parsed("pass", share, Decimal("0.8"), "80 %"),
        completion=table.parsed("completion", _completion, _default(pages), _completions()),
        quick_exit=table.parsed("quick-exit", _yes_no, "no", "yes | no | ja | nei") == "yes",
        license=table.text("license"),
        description=table.text("description"),
        audience=table.text("audience"),
        goals=tuple(text for text, _ in table.texts("goals")),
        facilitator=tuple(blocks.notes),
        at=front.source.at(0),
    )


def _language(text: str) -> str | None:
    return text if _LANGUAGE.fullmatch(text) else None


def _yes_no(text: str) -> str | None:
    return meaning(text, YES_NO)


def _completions() -> str:
    return " | ".join(f"{one} {join} {other}" for one, join, other in zip(*_columns(), strict=True))


def _columns() -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    pages, quiz = COMPLETION.items()
    return pages, ("and", JOINS["and"]), quiz


def _completion(text: str) -> Completion | None:
    words = re.split(r"\s+(?:and|og)\s+", text)
    found = [meaning(word, COMPLETION) for word in words]
    if None in found or len(set(found)) < len(found):
        return None
    return Completion(all_pages="all pages" in found, passed_quiz="passed quiz" in found)


def _default(pages: tuple[Page, ...]) -> Completion:
    graded = (
        question
        for page in pages
        for block in page.blocks
        for question in getattr(block, "questions", ())
        if question.points > 0
    )
    return Completion(passed_quiz=any(True for _ in graded))


def _report_terms(pages: tuple[Page, ...], reader: TextReader) -> None:
    """Report words marked as glossary words that no glossary of the module explains."""
    known = {
        term.word.casefold(): term.word
        for page in pages
        for block in page.blocks
        if isinstance(block, Glossary)
        for term in block.terms
    }
    for word, at in reader.terms:
        if word.casefold() not in known:
            reader.report.add(UNKNOWN_TERM, at, term=word[:60], nearest=nearest(word, known.values()))


def _report_skips(pages: tuple[Page, ...], blocks: BlockReader, report: Report) -> None:
    known = [page.id for page in pages]
    for target, at in blocks.skips:
        if target not in known:
            report.add(SKIP_UNKNOWN, at, page=target[:60], nearest=nearest(target, known))
