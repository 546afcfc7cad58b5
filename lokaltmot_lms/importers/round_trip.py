"""Writes a course to a folder, reads it back, and escapes every sign of what reads back differently."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from lokaltmot_lms.errors import Problem, Severity
from lokaltmot_lms.importers.equivalence import differing, parts_with
from lokaltmot_lms.importers.markdown.course import files
from lokaltmot_lms.importers.markdown.inline import Part
from lokaltmot_lms.model import Course
from lokaltmot_lms.source import read_course
from lokaltmot_lms.source.course import ReadResult

_ID = re.compile(r"\{#([a-z][a-z0-9-]*)\}\s*$")


class RoundTrip(NamedTuple):
    """The written files. other: ids of pages and questions that read back differently."""

    files: Mapping[str, str]
    problems: tuple[Problem, ...]
    other: tuple[str, ...]


def write_and_read_back(course: Course, folder: Path) -> RoundTrip:
    """Write the text files of a course. Its media must be in the folder already.

    Parts that read back differently are written again with every sign escaped. Where that does not help, the text stays
    as it was, because it is easier to read.
    """
    texts, reading = _write(course, folder, frozenset())
    wrong = _differing(course, texts, reading)
    if wrong:
        careful = wrong
        texts, reading = _write(course, folder, careful)
        wrong = _differing(course, texts, reading)
        if careful & wrong:
            texts, reading = _write(course, folder, careful - wrong)
            wrong = _differing(course, texts, reading)
    problems = tuple(problem for problem in reading.problems if problem.severity is Severity.ERROR)
    return RoundTrip(texts, problems, tuple(sorted({part.owner for part in wrong})))


def _write(course: Course, folder: Path, careful: frozenset[Part]) -> tuple[Mapping[str, str], ReadResult]:
    texts = files(course, careful=careful)
    for name, content in texts.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content, encoding="utf-8", newline="\n")
    return texts, read_course(folder)


def _differing(course: Course, texts: Mapping[str, str], reading: ReadResult) -> frozenset[Part]:
    """Return the parts that read back differently, and those of pages and questions that read back with an error."""
    modules = {module.id: module for module in reading.course.modules} if reading.course else {}
    found: set[Part] = set()
    for module in course.modules:
        if module.id in modules:
            found |= differing(module, modules[module.id])
    for owner, line in _in_error(texts, reading.problems):
        found.update(part for module in course.modules for part in parts_with(module, owner, line))
        found.add(Part(owner, "error"))
    return frozenset(found)


def _in_error(texts: Mapping[str, str], problems: tuple[Problem, ...]) -> Iterator[tuple[str, str]]:
    """Yield each line with an error, after the id of its page or question."""
    written = {name: content.split("\n") for name, content in texts.items()}
    owners = {name: list(_owners(lines)) for name, lines in written.items()}
    for problem in problems:
        name = next((name for name in owners if problem.at.path.endswith(name)), None)
        if problem.severity is Severity.ERROR and name is not None:
            at = min(problem.at.line, len(owners[name])) - 1
            if owners[name][at]:
                yield owners[name][at], written[name][at]


def _owners(lines: list[str]) -> Iterator[str]:
    """Yield per line the last id above it."""
    owner = ""
    for line in lines:
        mark = _ID.search(line) if "{#" in line else None
        owner = mark[1] if mark else owner
        yield owner
