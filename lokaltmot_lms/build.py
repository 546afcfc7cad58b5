"""The last step of the pipeline: builds packages, answer keys and install sheets of a checked course."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import partial
from pathlib import Path

from lokaltmot_lms.errors import CourseError, Problem
from lokaltmot_lms.model import Course, Module, Status
from lokaltmot_lms.pages.media import PackageFile
from lokaltmot_lms.parallel import in_order
from lokaltmot_lms.source import lock_text
from lokaltmot_lms.targets import TARGETS, BuildOptions, Package, Target
from lokaltmot_lms.targets.archive import write_file, write_folder, write_zip
from lokaltmot_lms.targets.keys import key_csv, key_json
from lokaltmot_lms.targets.loss import Loss, loss_json
from lokaltmot_lms.targets.sheet import install_sheet, key_stem, loss_name

_A_PACKAGE = 0.015  # seconds per package, answer key and install sheet included (benchmarks/build.py)
TRACKING_SCRIPT = "player/tracking.js"  # marks a folder as ours, which may be overwritten


class ArtifactKind(StrEnum):
    """What an artifact is for."""

    PACKAGE = "package"
    KEY = "key"
    SHEET = "sheet"
    LOSS = "loss"


@dataclass(frozen=True, slots=True, kw_only=True)
class Artifact:
    """A file that was written (a folder for the web target).

    size: bytes. losses: the entries of a loss report. warnings: what a person should know about the package.
    """

    path: Path
    target: str
    modules: tuple[str, ...]
    size: int
    kind: ArtifactKind
    losses: tuple[Loss, ...] = ()
    warnings: tuple[Problem, ...] = ()

    @property
    def sha256(self) -> str:
        """The checksum of the bytes on disk; of a folder, that of its sorted list of checksums and names.

        Computed on request: reading a video of 2 GB again takes as long as packing it.
        """
        if self.path.is_file():
            return _sha256(self.path)
        lines = (f"{_sha256(file)}  {file.relative_to(self.path).as_posix()}\n" for file in _files(self.path))
        return hashlib.sha256("".join(lines).encode()).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Job:
    """One package to build, with its answer key and install sheet. Jobs are independent of each other."""

    target: str
    modules: tuple[Module, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _BuildContext:
    """The input that all jobs of a build share."""

    course: Course
    out: Path
    options: BuildOptions


_Made = tuple[tuple[Artifact, ...], tuple[Problem, ...]]


def build_course(course: Course, *, targets: Sequence[str], out: Path, options: BuildOptions) -> Iterator[Artifact]:
    """Build every module for every target; yield the files, target by target in the order of the course.

    Raises:
        CourseError: at the end, with all problems, if some packages could not be made.
    """
    jobs = [
        _Job(target=name, modules=modules) for name in targets for modules in _groups(course, TARGETS[name], options)
    ]
    given = _BuildContext(course=course, out=out, options=options)
    problems: list[Problem] = []
    for made, wrong in in_order(partial(_make, given), jobs, seconds=_A_PACKAGE * len(jobs), name=_job_name):
        problems += wrong
        yield from made
    if problems:
        raise CourseError(tuple(problems))


def write_lock(course: Course) -> Path | None:
    """Record the ids of a course that is under review or published; return the file, or None for a draft.

    Raises:
        CourseError: the file can't be written.
    """
    if course.status is Status.DRAFT:
        return None
    path = course.folder / "ids.lock"
    write_file(path, lock_text(course).encode(), flush=True)
    return path


def _groups(course: Course, target: Target, options: BuildOptions) -> list[tuple[Module, ...]]:
    if target.is_whole or (options.bundle and target.bundles):
        return [course.modules]
    return [(module,) for module in course.modules]


def _job_name(job: _Job) -> str:
    return f"{', '.join(module.id for module in job.modules)} ({job.target})"


def _make(given: _BuildContext, job: _Job) -> _Made:
    # Returns problems instead of raising them, so that one bad package does not hide the problems of the others.
    try:
        return tuple(_artifacts(job, given)), ()
    except CourseError as error:
        return (), error.problems


def _artifacts(job: _Job, given: _BuildContext) -> Iterator[Artifact]:
    target = TARGETS[job.target]
    package = target.package(given.course, job.modules, given.options)
    if target.is_paper:
        yield from _documents(package, job, given.out)
        return
    path = given.out / f"{package.name}{target.suffix}"
    if target.is_file:
        write_file(path, _content(package.files[0]))
    elif target.suffix:
        write_zip(path, package.files)
    else:
        write_folder(path, package.files, mark=next(f.name for f in package.files if f.name.endswith(TRACKING_SCRIPT)))
    yield _artifact(path, job, ArtifactKind.PACKAGE)
    for module in () if target.is_native else job.modules:
        stem = key_stem(given.course, module, target)
        for suffix, content in ((".csv", key_csv(module)), (".json", key_json(module))):
            yield _written(given.out / f"{stem}{suffix}", content, replace(job, modules=(module,)), ArtifactKind.KEY)
    sheet = install_sheet(given.course, target, package, given.options)
    yield _written(given.out / f"{package.name}-install.html", sheet, job, ArtifactKind.SHEET)
    if package.losses is not None:
        report = _written(
            given.out / loss_name(package), loss_json(target.name, package.losses), job, ArtifactKind.LOSS
        )
        yield replace(report, losses=package.losses)


def _documents(package: Package, job: _Job, out: Path) -> Iterator[Artifact]:
    for number, file in enumerate(package.files):
        made = _written(out / file.name, _content(file), job, ArtifactKind.PACKAGE)
        yield made if number else replace(made, warnings=package.warnings)


def _content(file: PackageFile) -> bytes:
    return file.content if isinstance(file.content, bytes) else file.content.read_bytes()


def _written(path: Path, content: bytes, job: _Job, kind: ArtifactKind) -> Artifact:
    write_file(path, content)
    return _artifact(path, job, kind)


def _artifact(path: Path, job: _Job, kind: ArtifactKind) -> Artifact:
    return Artifact(
        path=path,
        target=job.target,
        modules=tuple(module.id for module in job.modules),
        size=sum(file.stat().st_size for file in _files(path)),
        kind=kind,
    )


def _files(path: Path) -> list[Path]:
    return [path] if path.is_file() else sorted(file for file in path.rglob("*") if file.is_file())


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
