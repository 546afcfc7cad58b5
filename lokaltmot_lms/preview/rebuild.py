"""Reads the course again at every change, keeps the last version without errors, and renders modules on request."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from lokaltmot_lms import pipeline
from lokaltmot_lms.errors import CourseError, Problem, Severity
from lokaltmot_lms.model import Course, Module
from lokaltmot_lms.pages import PackageFile
from lokaltmot_lms.targets import TARGETS, BuildOptions

_ORDER = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTE: 2}


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceSnapshot:
    """The source at one point in time.

    number: counts the snapshots. course: the last one without errors, None if there never was one.
    is_shown: course is of this snapshot, not of an earlier one. versions: module -> the snapshot that last changed it.
    media: the last snapshot with changed media. ms: milliseconds from reading until it could be shown.
    """

    number: int
    course: Course | None
    problems: tuple[Problem, ...]
    is_shown: bool
    versions: Mapping[str, int]
    media: int
    ms: float


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rendered:
    """A module's files, and the course with only that module."""

    of: Course
    files: Mapping[str, PackageFile]


@dataclass(kw_only=True)
class PreviewBuilder:
    """path: a course folder or a single .md file. target: a name of TARGETS."""

    path: Path
    target: str
    local: Path | None = None
    _rendered: dict[str, _Rendered] = field(default_factory=dict)

    def read(self, before: SourceSnapshot | None, *, media_changed: bool = False) -> SourceSnapshot:
        """Read the source, and render again the modules that were rendered before and have changed."""
        start = time.perf_counter()
        found = pipeline.read(self.path, local=self.local)
        number = before.number + 1 if before else 1
        is_sound = found.course is not None and not _errors(found.problems)
        problems = found.problems
        versions = before.versions if before else {}
        if is_sound and found.course is not None:
            if media_changed:
                self._rendered.clear()
            try:
                changed = self._renew(found.course, before.course if before else None)
                versions = {**versions, **dict.fromkeys(changed, number)}
            except CourseError as error:
                problems, is_sound = (*problems, *error.problems), False
        return SourceSnapshot(
            number=number,
            course=found.course if is_sound else (before.course if before else None),
            problems=_errors_first(problems),
            is_shown=is_sound,
            versions=versions,
            media=number if media_changed or before is None else before.media,
            ms=(time.perf_counter() - start) * 1000,
        )

    def check(self, reading: SourceSnapshot) -> SourceSnapshot:
        """Add the problems of the checks, which take longer than an author should wait for the page."""
        if reading.course is None or not reading.is_shown:
            return reading
        found = pipeline.check(reading.course)
        return replace(reading, problems=_errors_first((*reading.problems, *found)))

    def files(self, course: Course, module: str) -> Mapping[str, PackageFile]:
        """Return a module's files by name, rendered on first request and kept; {} if there is no such module.

        Raises:
            CourseError: the module can't be packaged.
        """
        kept = self._rendered.get(module)
        if kept is not None:
            return kept.files
        alone = _alone(course, module)
        return self._render(alone) if alone.modules else {}

    def _renew(self, course: Course, before: Course | None) -> list[str]:
        changed = []
        for module in course.modules:
            alone = _alone(course, module.id)
            kept = self._rendered.get(module.id)
            if kept is None:
                # Not requested yet: nothing to render, but an open page that shows an error may now show the module.
                if before is None or _alone(before, module.id) != alone:
                    changed.append(module.id)
            elif kept.of != alone:
                self._render(alone)
                changed.append(module.id)
        return changed

    def _render(self, alone: Course) -> Mapping[str, PackageFile]:
        package = TARGETS[self.target].package(alone, alone.modules, BuildOptions())
        files = {file.name: file for file in package.files}
        self._rendered[_only(alone).id] = _Rendered(of=alone, files=files)
        return files


def _errors_first(problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """Return problems with the errors first, then by place."""
    return tuple(sorted(problems, key=lambda each: (_ORDER[each.severity], each.at, each.code)))


def _alone(course: Course, module: str) -> Course:
    return replace(course, modules=tuple(each for each in course.modules if each.id == module))


def _only(course: Course) -> Module:
    return course.modules[0]


def _errors(problems: tuple[Problem, ...]) -> bool:
    return any(problem.severity is Severity.ERROR for problem in problems)
