"""Reads a course: a folder with course.yaml, or one module file alone."""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from copy import copy
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from lokaltmot_lms.errors import Position, Problem
from lokaltmot_lms.errors.source import (
    COURSE_MISSING,
    EXAMPLE_ID,
    ID_BAD,
    LANGUAGE_OTHER,
    MODULE_ID_TWICE,
    TRANSLATION_ID,
)
from lokaltmot_lms.model import Course, Fact, Media, Module, Status
from lokaltmot_lms.parallel import in_order
from lokaltmot_lms.resources import is_from_starter
from lokaltmot_lms.source.facts import read_facts_file
from lokaltmot_lms.source.files import MOST_YAML, read_source, shown
from lokaltmot_lms.source.headings import is_id, suggestion
from lokaltmot_lms.source.id_lock import NAME as LOCK_FILE
from lokaltmot_lms.source.id_lock import Locked, published, read_lock, report_gone_modules, with_slots
from lokaltmot_lms.source.inline import TextReader
from lokaltmot_lms.source.keywords import COURSE_KEYS, SAID_IN_LANGUAGES, STATUS, meaning
from lokaltmot_lms.source.local import read_local
from lokaltmot_lms.source.media import CourseMedia
from lokaltmot_lms.source.module import Front, read_front, read_module
from lokaltmot_lms.source.paths import find_file
from lokaltmot_lms.source.repairs.ids import KnownIds
from lokaltmot_lms.source.report import Report
from lokaltmot_lms.source.values import Fields
from lokaltmot_lms.source.yaml import read_yaml

COURSE_FILE = "course.yaml"
FACTS_FILE = "facts.yaml"
LOCAL_FILE = "local.yaml"
DEFAULT_LANGUAGE = "nb"
_A_MODULE = 0.03  # seconds that one takes to read and to look at (benchmarks/build.py)
_STATUSES = " | ".join(word for pair in STATUS.items() for word in pair)


Look = Callable[[Course], Iterable[Problem]]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadResult:
    """What came of reading. course: None when it could not be read; build nothing from it while problems has errors."""

    course: Course | None
    problems: tuple[Problem, ...]


def read_course(path: Path, *, local: Path | None = None, look: Look | None = None) -> ReadResult:
    """Read a course folder, or a module file alone; never raises for what is in them.

    local: a municipality's layer; without it, the folder's own local.yaml where there is one.
    look: what else to find out about each module by itself, on the core that has read it. It is given the course with
    only that module, and what it finds comes with the reader's own problems.
    """
    report = Report()
    if path.is_dir():
        course = _CourseReader(path, report, local, look).folder()
    elif path.is_file():
        course = _CourseReader(path.parent, report, local, look).lone(path)
    else:
        report.add(COURSE_MISSING, Position(path=shown(path)), path=path.name[:120])
        course = None
    return ReadResult(course=course, problems=report.problems())


@dataclass(frozen=True, slots=True, kw_only=True)
class _Apart:
    """A module with what was found on the way."""

    module: Module | None
    id_at: Position
    problems: tuple[Problem, ...]
    media: Mapping[str, Media]


class _CourseReader:
    def __init__(self, folder: Path, report: Report, local: Path | None, look: Look | None) -> None:
        self._folder = folder
        self._report = report
        self._look = look
        self._media = CourseMedia(folder, report)
        self._facts: Mapping[str, Fact] = {}
        own = folder / LOCAL_FILE
        self._local = read_local(local or (own if own.is_file() else None), self._media, report)
        self._lent = self._media.contents()  # a municipality's logo, which every module may show

    def lone(self, file: Path) -> Course | None:
        """Return the course that a module file alone makes."""
        self._facts = self._facts_beside("")
        front = self._front(file, DEFAULT_LANGUAGE)
        module = self._module(front, file, KnownIds()) if front else None
        if module is None:
            return None
        module = with_slots(module, [], frozenset(), self._report, is_complete=True)
        course = Course(
            id=module.id,
            title=module.title,
            folder=self._folder,
            languages=(module.language, *(other.language for other in module.translations)),
            modules=(module,),
            facts=self._facts,
            local=self._local,
            media=self._media.contents(),
            license=module.license,
            description=module.description,
            at=module.at,
        )
        self._report.extend(self._look(course) if self._look else ())
        return course

    def folder(self) -> Course | None:
        """Return the course of a folder."""
        file = self._folder / COURSE_FILE
        if not file.is_file():
            self._report.add(COURSE_MISSING, Position(path=shown(file)), path=COURSE_FILE)
            return None
        source = read_source(file, self._report, most=MOST_YAML)
        value = read_yaml(source, self._report) if source else None
        if value is None:
            return None
        said = SAID_IN_LANGUAGES["course.yaml"]
        table = Fields(value.entries(), COURSE_KEYS, value.at, self._report, in_languages=said)
        return self._course(table)

    def _course(self, table: Fields) -> Course:
        for name in ("title", "modules"):
            table.require(name)
        is_published = (self._folder / LOCK_FILE).is_file()
        table.require_id("" if is_published else suggestion(table.text("title")))
        id_ = table.text("id")
        if id_ and not is_id(id_):
            self._report.add(ID_BAD, table.place("id"), id=id_[:60], suggestion=suggestion(id_))
        if is_from_starter(id_, self._folder):
            self._report.add(EXAMPLE_ID, table.place("id"), id=id_)
        languages = tuple(text for text, _ in table.texts("languages")) or (DEFAULT_LANGUAGE,)
        self._facts = self._facts_beside(table.text("facts"), table.place("facts"))
        course = Course(
            id=id_,
            title=table.text("title"),
            folder=self._folder,
            languages=languages,
            modules=(),
            facts=self._facts,
            local=self._local,
            help_lines=tuple(text for text, _ in table.texts("help-lines")),
            retired=tuple(text for text, _ in table.texts("retired")),
            license=table.text("license"),
            credits=tuple(text for text, _ in table.texts("credits")),
            description=table.text("description"),
            contact=table.text("contact"),
            titles=table.by_language("title"),
            descriptions=table.by_language("description"),
            contacts=table.by_language("contact"),
            exit_to=table.parsed("exit-to", _address, "https://www.yr.no", "https://www.yr.no"),
            address=table.parsed("address", _address, "", "https://kurs.example.no/lokalt-mot").rstrip("/"),
            theme=table.text("theme") or "default",
            status=Status(
                table.parsed("status", _status, "draft", " | ".join(f"{e} | {n}" for e, n in STATUS.items()))
            ),
            at=table.at,
        )
        modules = tuple(self._modules(course, table.texts("modules")))
        return replace(course, modules=modules, media=self._media.contents())

    def _facts_beside(self, name: str, at: Position | None = None) -> Mapping[str, Fact]:
        if name and at is not None:
            return read_facts_file(find_file(self._folder, name, at, self._report), self._report)
        file = self._folder / FACTS_FILE
        return read_facts_file(file if file.is_file() else None, self._report)

    def _modules(self, course: Course, named: Iterable[tuple[str, Position]]) -> Iterator[Module]:
        """Yield the modules of a course, which has all but them and their media."""
        locked = read_lock(self._folder, self._report)
        found = (find_file(self._folder, name, at, self._report) for name, at in named)
        files = [file for file in found if file]
        ids: dict[str, Position] = {}
        for apart in in_order(partial(self._apart, course, locked), files, seconds=_A_MODULE * len(files), name=shown):
            self._report.extend(apart.problems)
            self._media.extend(apart.media)
            if apart.module is None:
                continue
            id_ = apart.module.id
            if id_ in ids:
                self._report.add(MODULE_ID_TWICE, apart.id_at, id=id_, file=ids[id_].path)
            ids.setdefault(id_, apart.id_at)
            yield apart.module
        report_gone_modules(locked, set(ids), course.retired, self._report)

    def _apart(self, course: Course, locked: Locked, file: Path) -> _Apart:
        """Read a module by itself, so that many can be read side by side, and look at it where that was asked for."""
        reader = copy(self)
        reader._report = report = Report()
        reader._media = CourseMedia(self._folder, report)
        reader._media.extend(self._lent)
        front = reader._front(file, course.languages[0])
        known = (
            KnownIds(
                published(locked, front.table.text("id"), course.retired), course.retired, is_published=bool(locked)
            )
            if front
            else KnownIds()
        )
        module = reader._module(front, file, known, course.languages) if front else None
        media = reader._media.contents()
        if module is not None:
            module = with_slots(module, locked.get(module.id, []), course.retired, report, is_complete=True)
            if self._look:
                report.extend(self._look(replace(course, modules=(module,), media=media)))
        id_at = front.table.place("id") if front else Position(path=shown(file))
        return _Apart(module=module, id_at=id_at, problems=report.problems(), media=media)

    def _module(self, front: Front, file: Path, known: KnownIds, languages: tuple[str, ...] = ()) -> Module:
        """Return a module with its translations, the files NAME.LANGUAGE.md in the same folder."""
        if languages and front.language not in languages:
            place = front.table.place("language")
            self._report.add(LANGUAGE_OTHER, place, language=front.language, known=", ".join(languages))
        module = read_module(front, self._reader(front.language), known)
        others = [self._translation(other, code, module) for code, other in _translations(file)]
        return replace(module, translations=tuple(other for other in others if other is not None))

    def _translation(self, file: Path, code: str, original: Module) -> Module | None:
        front = self._front(file, code)
        if front is None:
            return None
        if front.language != code:
            place = front.table.place("language")
            self._report.add(LANGUAGE_OTHER, place, language=front.language, known=code)
        module = read_module(front._replace(language=code), self._reader(code), KnownIds(original=original))
        if module.id != original.id:
            self._report.add(TRANSLATION_ID, front.table.place("id"), id=module.id, original=original.id)
        return module

    def _front(self, file: Path, language: str) -> Front | None:
        source = read_source(file, self._report)
        return read_front(source, self._report, language=language) if source else None

    def _reader(self, language: str) -> TextReader:
        return TextReader(
            facts=self._facts, local=self._local, language=language, media=self._media, report=self._report
        )


def _translations(file: Path) -> Iterator[tuple[str, Path]]:
    before, after = f"{file.stem}.", ".md"
    # Not a Path for each name: for every module, the names of all modules are looked through.
    with os.scandir(file.parent) as entries:
        names = sorted(entry.name for entry in entries)
    for name in names:
        if name.startswith(before) and name.endswith(after) and len(name) >= len(before + after):
            yield name[len(before) : -len(after)], file.with_name(name)


def _address(text: str) -> str | None:
    return text if text.startswith("https://") and len(text) > 8 and " " not in text else None


def _status(text: str) -> str | None:
    return meaning(text, STATUS)
