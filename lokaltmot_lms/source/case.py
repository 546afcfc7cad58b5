"""Reads a case: scenes under ## headings, each with the choices that lead on."""

import re

from lokaltmot_lms.errors.text import CASE_EMPTY, CASE_LINE, HEADING_IN_BLOCK, LOOKS_LIKE, STEP_UNKNOWN, STEP_UNREACHED
from lokaltmot_lms.model import Case, Choice, Step
from lokaltmot_lms.source.block_options import BlockSource
from lokaltmot_lms.source.headings import Heading, Ids, heading_id, read_heading, report_near, straight
from lokaltmot_lms.source.inline import TextReader
from lokaltmot_lms.source.keywords import LABELS, meaning
from lokaltmot_lms.source.lines import Snippet
from lokaltmot_lms.source.report import nearest

_CHOICE = re.compile(r"\s*[-*+]\s+(\S.*?)\s*(?:->|→)\s*#\s*([^\s#]+)\s*$")
_NEAR_CHOICE = re.compile(r"(?:->|→|=>|→|-|>|\s)\s*#\s*[a-zA-Z][\w-]*\s*$|(?:->|→|=>)\s*\S+\s*$")
_FACTS = re.compile(r"\s*([^\W\d_]+)\s*[:：]\s*(.+?)\s*$")
_NEAR_FACTS = re.compile(r"\s*([^\W\d_]{3,})(?:\s*[:;=]\s*|\s+)[\w-]+(?:\s*,\s*[\w-]+)*\s*$")
_ITEM = re.compile(r"\s*[-*+]\s")


def read_case(part: BlockSource, id_: str, reader: TextReader) -> Case:
    """Return the case of a block; its first step is the start. Every mistake is reported."""
    starts = []
    for row in range(part.row + 1, part.last):
        heading = read_heading(part.source, row)
        if heading and heading.level == 2:
            starts.append((row, heading))
        elif heading:
            reader.report.add(HEADING_IN_BLOCK, heading.at, marks="#" * heading.level)
    _report_before(part, starts[0][0] if starts else part.last, reader)
    ids = Ids(reader.report)
    ends = [row for row, _ in starts[1:]] + [part.last]
    steps = tuple(_step(part, row, end, head, ids, reader) for (row, head), end in zip(starts, ends, strict=False))
    at = part.source.find(part.row, ":::")
    if not steps:
        reader.report.add(CASE_EMPTY, at)
    _report_ways(steps, reader)
    return Case(id=id_, steps=steps, at=at)


def _report_before(part: BlockSource, end: int, reader: TextReader) -> None:
    for row in range(part.row + 1, end):
        if part.source.lines[row].strip():
            if not report_near(part.source, row, reader.report):
                reader.report.add(CASE_LINE, part.source.find(row, ""))
            return


def _step(part: BlockSource, first: int, end: int, heading: Heading, ids: Ids, reader: TextReader) -> Step:
    id_ = heading_id(heading, ids, reader.report)
    choices: list[Choice] = []
    facts: tuple[str, ...] = ()
    body_end = first + 1
    for row in range(first + 1, end):
        line = part.source.lines[row]
        label = _FACTS.match(line)
        if found := _CHOICE.match(line):
            text = reader.inline(Snippet(part.source, found[1], row, found.start(1)))
            choices.append(Choice(text=text, to=found[2], at=part.source.find(row, "#" + found[2])))
        elif label and meaning(label[1], LABELS) == "facts":
            facts += read_facts(Snippet(part.source, label[2], row, label.start(2)), reader)
        elif line.strip():
            _look(part, row, bool(choices or facts), reader)
            body_end = row + 1 if not choices else body_end
    if choices:
        _report_items(part, first + 1, end, reader)
    text = reader.prose(part.source, first + 1, body_end)
    return Step(
        id=id_, title=reader.inline(heading.title), text=text, choices=tuple(choices), facts=facts, at=heading.at
    )


def _look(part: BlockSource, row: int, is_late: bool, reader: TextReader) -> None:
    line = straight(part.source.lines[row])
    word = _NEAR_FACTS.match(line)
    if word and nearest(word[1], (LABELS["facts"], "facts"), cutoff=0.75):
        reader.report.add(LOOKS_LIKE, part.source.find(row, ""), good="Fakta: …")
    elif _NEAR_CHOICE.search(line):
        reader.report.add(LOOKS_LIKE, part.source.find(row, ""), good="- … -> #…")
    elif not report_near(part.source, row, reader.report) and is_late and not _ITEM.match(line):
        reader.report.add(CASE_LINE, part.source.find(row, ""))


def _report_items(part: BlockSource, first: int, end: int, reader: TextReader) -> None:
    """Report list items without an arrow in a step that has choices: one of the two was forgotten."""
    for row in range(first, end):
        line = part.source.lines[row]
        if _ITEM.match(line) and not _CHOICE.match(line) and not _NEAR_CHOICE.search(straight(line)):
            reader.report.add(LOOKS_LIKE, part.source.find(row, ""), good="- … -> #…")


def _report_ways(steps: tuple[Step, ...], reader: TextReader) -> None:
    known = {step.id for step in steps}
    reached = {steps[0].id} if steps else set()
    for step in steps:
        for choice in step.choices:
            reached.add(choice.to)
            if choice.to not in known:
                near = nearest(choice.to, known)
                reader.report.add(STEP_UNKNOWN, choice.at, step=choice.to[:60], nearest=near)
    for step in steps:
        if step.id not in reached:
            reader.report.add(STEP_UNREACHED, step.at, step=step.id)


def read_facts(snippet: Snippet, reader: TextReader) -> tuple[str, ...]:
    """Return the fact keys of a line `Facts: key, key`; unknown ones are reported."""
    found: list[str] = []
    for word in re.finditer(r"[^,\s][^,]*", snippet.text):
        key = word[0].strip()
        reader.has_fact(key, snippet.at(word.start()))
        found.append(key)
    return tuple(found)
