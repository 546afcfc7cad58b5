"""Writes a course to a folder, reads it back, and escapes every sign of what reads back differently."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from lokaltmot_lms.errors import Problem, Severity
from lokaltmot_lms.importers.equivalence import differing
from lokaltmot_lms.importers.markdown.course import files
from lokaltmot_lms.model import Course
from lokaltmot_lms.source import read_course
from lokaltmot_lms.source.course import ReadResult

_ID = re.compile(r"\{#([a-z][a-z0-9-]*)\}\s*$")


class RoundTrip(NamedTuple):
    """The written files. other: ids of pages and questions that still read back differently."""

    files: Mapping[str, str]
    problems: tuple[Problem, ...]
    other: tuple[str, ...]


def write_and_read_back(course: Course, folder: Path) -> RoundTrip:
    """Write the text files of a course. Its media must be in the folder already."""
    texts, reading = _write(course, folder, frozenset())
    wrong = _differing(course, texts, reading)
    if wrong:
        texts, reading = _write(course, folder, wrong)
        wrong = _differing(course, texts, reading)
    problems = tuple(problem for problem in reading.problems if problem.severity is Severity.ERROR)
    return RoundTrip(texts, problems, tuple(sorted(wrong)))


def _write(course: Course, folder: Path, careful: frozenset[str]) -> tuple[Mapping[str, str], ReadResult]:
    texts = files(course, careful=careful)
    for name, content in texts.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content, encoding="utf-8", newline="\n")
    return texts, read_course(folder)


def _differing(course: Course, texts: Mapping[str, str], reading: ReadResult) -> frozenset[str]:
    """Return the ids of pages and questions that read back differently, or with an error."""
    found = set(_in_error(texts, reading.problems))
    modules = {module.id: module for module in reading.course.modules} if reading.course else {}
    for module in course.modules:
        if module.id in modules:
            found |= differing(module, modules[module.id])
    return frozenset(found)


def _in_error(texts: Mapping[str, str], problems: tuple[Problem, ...]) -> Iterator[str]:
    owners = {name: list(_owners(content)) for name, content in texts.items()}
    for problem in problems:
        name = next((name for name in owners if problem.at.path.endswith(name)), None)
        if problem.severity is Severity.ERROR and name is not None:
            owner = owners[name][min(problem.at.line, len(owners[name])) - 1]
            yield from [owner] if owner else []


def _owners(content: str) -> Iterator[str]:
    """Yield per line the last id above it."""
    owner = ""
    for line in content.split("\n"):
        mark = _ID.search(line) if "{#" in line else None
        owner = mark[1] if mark else owner
        yield owner
