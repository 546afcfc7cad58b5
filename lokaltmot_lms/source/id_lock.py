"""Reads ids.lock, which remembers where in a learner's stored state each page, question and film has its place.

One line a place, as JSON, appended and never moved: {"module": …, "id": …, "kind": …, "width": …}. An id that
was published and is gone keeps its line. A question whose answer takes another form gets a new line below; the
old one stays.
"""

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from lokaltmot_lms.errors import Position
from lokaltmot_lms.errors.source import ID_GONE, ID_REUSED, LOCK_BROKEN
from lokaltmot_lms.model import Course, Film, Module, Quiz, Slot
from lokaltmot_lms.questions import QUESTION_TYPES
from lokaltmot_lms.source.files import read_source
from lokaltmot_lms.source.report import Report

NAME = "ids.lock"
FILM = "film"
STRETCHES = 12  # parts of a film, a bit each: two characters of the state
_Placed = list[tuple[Slot, Position]]
Locked = Mapping[str, _Placed]  # by module


def read_lock(folder: Path, report: Report) -> Locked:
    """Return the places of each module in the order they were given; none when there is no lock yet."""
    file = folder / NAME
    source = read_source(file, report) if file.exists() else None
    found: dict[str, _Placed] = {}
    for row, line in enumerate(source.lines if source else ()):
        if not source or not line.strip():
            continue
        entry = _entry(line)
        if entry is None:
            report.add(LOCK_BROKEN, source.at(row))
        else:
            found.setdefault(entry[0], []).append((entry[1], source.at(row)))
    return found


def _entry(line: str) -> tuple[str, Slot] | None:
    try:
        match json.loads(line):
            case {"module": str(module), "id": str(id_), "kind": str(kind), "width": int(width)} if 0 <= width < 1000:
                return module, Slot(id=id_, kind=kind, width=width)
    except (ValueError, RecursionError):
        pass
    return None


def with_slots(
    module: Module, placed: _Placed, retired: Collection[str], report: Report, *, is_complete: bool
) -> Module:
    """Return the module with the position of each id: those in the lock first, then new ones in source order.

    is_complete: False when reading the module failed somewhere, so that a missing id proves nothing.
    """
    now = dict(_now(module))
    last = {slot.id: index for index, (slot, _) in enumerate(placed)}
    slots: list[Slot] = []
    kept: set[str] = set()
    for index, (slot, at) in enumerate(placed):
        new = now.get(slot.id)
        slots.append(slot)  # also where another form took its place: an older state is read by it
        if last[slot.id] == index and new in (None, slot):
            kept.add(slot.id)
        if new is not None and _sort(new) != _sort(slot):
            report.add(ID_REUSED, at, id=slot.id)
        # Nobody loses anything that counts with a film.
        is_missed = new is None and slot.id and slot.kind != FILM
        if is_missed and slot.id not in retired and is_complete:
            report.add(ID_GONE, at, id=slot.id)
    slots += [slot for id_, slot in now.items() if id_ not in kept]
    return replace(module, slots=tuple(slots))


def published(locked: Locked, module: str, retired: Collection[str]) -> Mapping[str, str]:
    """Return the ids that a module was published with, each with "page" or "question"."""
    slots = (slot for slot, _ in locked.get(module, ()))
    return {slot.id: _sort(slot) for slot in slots if slot.id and slot.kind != FILM and slot.id not in retired}


def _sort(slot: Slot) -> str:
    return slot.kind if slot.kind in ("page", FILM) else "question"


def _now(module: Module) -> Iterator[tuple[str, Slot]]:
    for page in module.pages:
        yield page.id, Slot(id=page.id, kind="page")
        for block in page.blocks:
            if isinstance(block, Film) and block.id:
                yield block.id, Slot(id=block.id, kind=FILM, width=STRETCHES)
            for question in block.questions if isinstance(block, Quiz) else ():
                width = QUESTION_TYPES[question.type].width(question)
                yield question.id, Slot(id=question.id, kind=question.type, width=width)


def report_gone_modules(locked: Locked, modules: Collection[str], retired: Collection[str], report: Report) -> None:
    """Report modules that were published and are gone. modules: the ids of those that are here."""
    for module_id, placed in locked.items():
        if module_id not in modules and module_id not in retired:
            report.add(ID_GONE, placed[0][1], id=module_id)


def lock_text(course: Course) -> str:
    """Return what ids.lock should hold now: sorted by module, each module's places in their order."""
    lines = [
        json.dumps({"module": module.id, "id": slot.id, "kind": slot.kind, "width": slot.width}, ensure_ascii=True)
        for module in sorted(course.modules, key=lambda module: module.id)
        for slot in module.slots
    ]
    return "".join(f"{line}\n" for line in lines)
