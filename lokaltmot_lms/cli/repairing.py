"""Makes the repairs that the problems of a course offer, until no more can be made."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path

from lokaltmot_lms import pipeline
from lokaltmot_lms.errors import Problem, Repair
from lokaltmot_lms.source.repairs.files import repaired
from lokaltmot_lms.targets.archive import write_file

# A repair can make another one possible: an id lets the translations have theirs. More rounds than this are a loop.
_MOST_ROUNDS = 10


def repair_course(course: Path, *, local: Path | None = None) -> Iterator[tuple[Problem, Repair]]:
    """Make every safe repair in the files of a course; yield each with the problem it removes.

    Raises:
        CourseError: a file can't be written.
    """
    for _ in range(_MOST_ROUNDS):
        problems = pipeline.read_and_check(course, local=local).problems
        made = tuple(_repair_files(course, problems))
        if not made:
            return
        yield from made


def _repair_files(course: Path, problems: Iterable[Problem]) -> Iterator[tuple[Problem, Repair]]:
    by_repair = {problem.repair: problem for problem in problems if problem.repair}
    folder = (course if course.is_dir() else course.parent).resolve()
    for path, repairs in groupby(sorted(by_repair), key=lambda repair: repair.at.path):
        file = Path(path).resolve()
        if not file.is_relative_to(folder):  # a link, or a municipality's file from elsewhere
            continue
        content, made = repaired(file.read_bytes(), repairs)
        if made:
            write_file(file, content)
        yield from ((by_repair[repair], repair) for repair in made)
