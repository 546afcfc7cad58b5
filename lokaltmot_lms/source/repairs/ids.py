"""The ids of a module: each is used once, and those that are missing get one when it is certain which."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from lokaltmot_lms.errors import Position, Repair
from lokaltmot_lms.errors.source import ID_BAD, ID_MISSING, ID_TWICE
from lokaltmot_lms.errors.text import LOOKS_LIKE, TITLE_MISSING
from lokaltmot_lms.model import Case, Module, Quiz, Reflection
from lokaltmot_lms.source.headings import LONGEST_ID, Heading, is_id, suggestion
from lokaltmot_lms.source.report import Report

_ID_NEAR = re.compile(r"[{(\[] ?#? ?[\w-]+ ?[})\]]?$|# ?[\w-]+ ?[})\]]$")
PAGE, QUESTION, REFLECTION, STEP = "page", "question", "reflection", "step"
_Named = tuple[str, str]  # what has the id, and the id


class KnownIds(NamedTuple):
    """What is known of a module's ids before it is read.

    published: the ids of the lock file that are not retired, with what had them.
    retired: ids that are never used again.
    original: the module that this one translates, which has the same ids.
    is_published: the course has a lock file, so that an id that is missing was an id before.
    """

    published: Mapping[str, str] = {}
    retired: Collection[str] = ()
    original: Module | None = None
    is_published: bool = False

    def module_id(self, title: str) -> str:
        """Return the id that a module with this title must have, "" when that is not certain."""
        if self.original is not None:
            return self.original.id
        return "" if self.is_published else suggestion(title)


class _IdPlace(NamedTuple):
    kind: str
    id: str
    at: Position
    title: str
    repair: Repair | None  # with an empty id, where one is missing


class Ids:
    """The ids of a module, or of the steps of a case."""

    def __init__(
        self, report: Report, known: KnownIds | None = None, *, original: Sequence[_Named] | None = None
    ) -> None:
        """original: what has ids in the module that this one translates, in its order."""
        self._report = report
        self._known = known or KnownIds()
        self._original = tuple(_named(self._known.original)) if original is None else original
        self._seen: dict[str, Position] = {}
        self._places: list[_IdPlace] = []

    def take(self, id_: str, at: Position, *, title: str, kind: str = "", repair: Repair | None = None) -> str:
        """Return the id after reporting when it is badly formed or taken. A missing one is reported by report_missing.

        repair: the change that writes an id, with "{}" for it.
        """
        if id_ and not is_id(id_):
            self._report.add(ID_BAD, at, id=id_[:60], suggestion=suggestion(id_))
        elif id_ in self._seen:
            self._report.add(ID_TWICE, at, id=id_, line=self._seen[id_].line)
        elif id_:
            self._seen[id_] = at
        self._places.append(_IdPlace(kind, id_, at, title, repair))
        return id_

    def steps_of(self, case: str) -> "Ids":
        """Return the ids of the steps of a case, which are its own."""
        blocks = (block for page in self._known.original.pages for block in page.blocks) if self._known.original else ()
        steps = [step.id for block in blocks if isinstance(block, Case) and block.id == case for step in block.steps]
        return Ids(self._report, KnownIds(original=self._known.original), original=[(STEP, id_) for id_ in steps])

    def report_missing(self, wanted: Collection[str] = ()) -> None:
        """Report each missing id, now that all others are known. wanted: ids that are referred to and that nothing has.

        The repair is left out when another id may be the right one: one that was published, is referred to, or is in
        the module that this one translates.
        """
        lost = {id_: kind for id_, kind in self._known.published.items() if id_ not in self._seen}
        lost |= dict.fromkeys(wanted, STEP)
        in_original = self._from_original()
        taken = {*self._seen, *self._known.published, *self._known.retired, *wanted}
        for index, place in enumerate(self._places):
            if place.id:
                continue
            id_ = suggestion(place.title)
            is_certain = lost.get(id_) == place.kind or place.kind not in lost.values()
            if in_original is not None:
                id_ = in_original[index] or id_
                is_certain = bool(in_original[index])
            elif lost.get(id_) == place.kind:
                del lost[id_]
            else:
                id_ = _free(id_, taken)
            taken.add(id_)
            repair = place.repair if is_certain and place.title and place.repair else None
            if repair:
                repair = Repair(at=repair.at, old=repair.old, new=repair.new.format(id_))
            self._report.offer(repair, ID_MISSING, place.at, id=id_)

    def _from_original(self) -> list[str] | None:
        """Return the original's id for each place, "" where that is not certain; None when nothing is translated."""
        if self._known.original is None:
            return None
        ours = [place for place in self._places if place.kind]
        is_same = len(ours) == len(self._original) and all(
            place.kind == kind and place.id in ("", id_)
            for place, (kind, id_) in zip(ours, self._original, strict=False)
        )
        ids = iter(id_ for _, id_ in self._original)
        return [next(ids) if is_same and place.kind else "" for place in self._places]


def heading_id(heading: Heading, ids: Ids, report: Report, kind: str) -> str:
    """Return the id of a page, question or step; report a missing title, and an id that lost its braces."""
    near = None if heading.id else _ID_NEAR.search(heading.title.text)
    if near and "#" in near[0]:
        report.add(LOOKS_LIKE, heading.title.at(near.start()), good="{#…}")
        return ""
    if not heading.title.text:
        report.add(TITLE_MISSING, heading.at)
    repair = Repair(at=heading.end, old="", new="{}" if heading.has_mark else " {{#{}}}")
    return ids.take(heading.id, heading.id_at, title=heading.title.text, kind=kind, repair=repair)


def _named(module: Module | None) -> Iterator[_Named]:
    for page in module.pages if module else ():
        yield PAGE, page.id
        for block in page.blocks:
            if isinstance(block, Quiz):
                yield from ((QUESTION, question.id) for question in block.questions)
            elif isinstance(block, Reflection):
                yield REFLECTION, block.id


def _free(id_: str, taken: Collection[str]) -> str:
    number, free = 2, id_
    while free in taken:
        free = f"{id_[: LONGEST_ID - len(str(number)) - 1].rstrip('-')}-{number}"
        number += 1
    return free
