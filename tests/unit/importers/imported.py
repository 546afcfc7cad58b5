"""Imports a file as `lokaltmot import` does, and returns the result."""

from dataclasses import dataclass
from pathlib import Path
from zipfile import ZipFile

from lokaltmot_lms.errors import Problem, Severity
from lokaltmot_lms.importers import read_file
from lokaltmot_lms.importers.folder import make_folder
from lokaltmot_lms.model import Course, Question, Quiz
from lokaltmot_lms.source import read_course

FILES = Path(__file__).parents[2] / "imports"


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """The result of an import. module: the text of the first module."""

    format: str
    folder: Path
    course: Course
    module: str
    findings: tuple[Problem, ...]

    @property
    def codes(self) -> list[str]:
        return sorted(problem.code for problem in self.findings)

    @property
    def questions(self) -> dict[str, Question]:
        blocks = (block for module in self.course.modules for page in module.pages for block in page.blocks)
        return {question.id: question for block in blocks if isinstance(block, Quiz) for question in block.questions}


def import_file(file: Path, folder: Path) -> Imported:
    """Import a file into a new folder. The course must read back without an error."""
    format_, draft = read_file(file)
    made = make_folder(draft, folder)
    reading = read_course(folder)
    errors = [problem.text() for problem in reading.problems if problem.severity is Severity.ERROR]
    assert errors == []
    assert reading.course is not None
    module = next(folder / name for name in made.files if name.startswith("01-"))
    return Imported(
        format=format_.name,
        folder=folder,
        course=reading.course,
        module=module.read_text(encoding="utf-8"),
        findings=made.findings,
    )


def zipped(path: Path, entries: dict[str, str | bytes]) -> Path:
    """Write a zip."""
    with ZipFile(path, "w") as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return path
