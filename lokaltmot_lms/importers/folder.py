"""Writes a draft as a course folder: under a temporary name next to it first, and under its own when complete."""

import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from lokaltmot_lms.errors import Position, Problem
from lokaltmot_lms.errors.imports import READS_OTHERWISE
from lokaltmot_lms.importers.base import Draft
from lokaltmot_lms.importers.round_trip import write_and_read_back
from lokaltmot_lms.model import Course
from lokaltmot_lms.source.headings import suggestion

REPORT = "import-report.md"


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A complete course folder. files: paths in the folder, sorted."""

    folder: Path
    files: tuple[str, ...]
    findings: tuple[Problem, ...]


def course_of(draft: Draft) -> Course:
    """Return a draft as a course."""
    return Course(
        id=suggestion(draft.title),
        title=draft.title,
        folder=Path(),
        languages=(draft.language,),
        modules=draft.modules,
        license="TODO",
        contact="TODO",
        credits=("TODO",),
        description="TODO",
        at=Position(path="course.yaml"),
    )


def make_folder(draft: Draft, folder: Path) -> Made:
    """Write a draft as a course folder.

    Raises:
        FileExistsError: the folder exists; nothing in it was changed.
        OSError: it can't be written; no partial folder is left.
    """
    if folder.exists() or folder.is_symlink():
        raise FileExistsError(folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    scratch = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        scratch.chmod(0o755)
        _write_media(scratch, draft.media)
        written = write_and_read_back(course_of(draft), scratch)
        scratch.rename(folder)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    files = tuple(sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()))
    findings = (*draft.findings, *_differences(folder, written.files, written.other))
    return Made(folder=folder, files=files, findings=findings)


def _write_media(folder: Path, media: Mapping[str, bytes]) -> None:
    for name, content in media.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)


def _differences(folder: Path, files: Mapping[str, str], ids: tuple[str, ...]) -> tuple[Problem, ...]:
    """Return what reads back differently from the draft, at its position in the new files."""
    found = []
    for id_ in ids:
        for name, content in files.items():
            line = next((at for at, text in enumerate(content.split("\n"), start=1) if f"{{#{id_}}}" in text), 0)
            if line:
                at = Position(path=(folder / name).as_posix(), line=line)
                found.append(READS_OTHERWISE.at(at, name=id_))
                break
    return tuple(found)
