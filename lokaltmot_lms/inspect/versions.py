"""Compares two versions of a package: what a new one does to the saved states of learners, before it is uploaded.

The rules are those of `templates/player/state.js` for an old state: slots are only added, pages and questions are
identified by id, and an answer is kept when its question still has the same type and its answers the same format.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import chain
from typing import Any

from lokaltmot_lms.inspect.modules import ModuleInPackage
from lokaltmot_lms.texts import N_

_GONE = N_("It is gone.")
_NEW = N_("It is new.")
_MODULE_GONE = N_("The new package does not contain this module.")
_OTHER_PLACES = N_("The slots in ids.lock differ from those of the old package, so no saved state can be read.")
_OTHER_TYPE = N_("Its type was {old}, and is now {new}.")
_OTHER_FORM = N_("Its answers have another format now.")
_SHIFTED = N_(
    "Its options have changed places, so a saved answer now means another option. Give the question a new id."
)
_FEWER = N_("Some of its options are gone. Learners who chose one of them must answer again.")
_MARKED_AGAIN = N_("The right answer has changed. Saved answers are marked again; a pass is kept.")
_FILM_GONE = N_("It is gone, and with it the record of how much was watched.")
_QUIZ_GONE = N_("The quiz or its page is gone, and with it the attempts and the best result. A pass is kept.")

# These are saved by position among the options, however many there are (player/forms.js).
_BY_PLACE = {"single", "truefalse", "multiple", "hotspot"}


class Fate(StrEnum):
    """What happens to something that a learner saved. Shifted answers are kept, but mean another option."""

    KEPT = "kept"
    MARKED_AGAIN = "marked-again"
    FEWER = "fewer"
    SHIFTED = "shifted"
    DROPPED = "dropped"
    NEW = "new"

    @property
    def is_loss(self) -> bool:
        """Whether learners lose something."""
        return self in {Fate.DROPPED, Fate.SHIFTED, Fate.FEWER}


class SavedKind(StrEnum):
    """The kinds of things in a saved state."""

    MODULE = "module"
    PAGE = "page"
    QUESTION = "question"
    QUIZ = "quiz"
    FILM = "film"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One thing and its fate. why: a gettext message, "" for what is kept; values: for its placeholders."""

    thing: SavedKind
    id: str
    fate: Fate
    why: str = ""
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """A module in two versions. A version is "" when its package does not contain the module."""

    module: str
    old: str
    new: str
    changes: tuple[Change, ...]


def compare(old: Mapping[str, ModuleInPackage], new: Mapping[str, ModuleInPackage]) -> tuple[Comparison, ...]:
    """Return what happens to the saved states of each module, in the order of the packages."""
    comparisons = []
    for id_ in dict.fromkeys((*old, *new)):
        before, after = old.get(id_), new.get(id_)
        comparisons.append(
            Comparison(
                module=id_,
                old=before.data["version"] if before else "",
                new=after.data["version"] if after else "",
                changes=tuple(_changes(id_, before, after)),
            )
        )
    return tuple(comparisons)


def _changes(id_: str, old: ModuleInPackage | None, new: ModuleInPackage | None) -> Iterator[Change]:
    if old is None:
        yield Change(thing=SavedKind.MODULE, id=id_, fate=Fate.NEW, why=_NEW)
    elif new is None:
        yield Change(thing=SavedKind.MODULE, id=id_, fate=Fate.DROPPED, why=_MODULE_GONE)
    elif new.data["slots"][: len(old.data["slots"])] != old.data["slots"]:
        yield Change(thing=SavedKind.MODULE, id=id_, fate=Fate.DROPPED, why=_OTHER_PLACES)
    else:
        yield from chain(_pages(old.data, new.data), _questions(old, new), _quizzes(old.data, new.data))
        kept = {slot[0] for slot in old.data["slots"] if slot[1] == "film"}
        before = [film for film in old.films if film in kept]  # older packages did not save videos
        yield from _kept_gone_new(SavedKind.FILM, before, list(new.films), _FILM_GONE)


def _pages(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Change]:
    before, after = ([page["id"] for page in module["pages"]] for module in (old, new))
    yield from _kept_gone_new(SavedKind.PAGE, before, after, _GONE)


def _questions(old: ModuleInPackage, new: ModuleInPackage) -> Iterator[Change]:
    # The answer to a question is saved in its last slot.
    slots = [{slot[0]: tuple(slot) for slot in module.data["slots"]} for module in (old, new)]
    for id_, question in old.data["questions"].items():
        now = new.data["questions"].get(id_)
        if now is None:
            yield Change(thing=SavedKind.QUESTION, id=id_, fate=Fate.DROPPED, why=_GONE)
        elif now["type"] != question["type"]:
            kinds = {"old": question["type"], "new": now["type"]}
            yield Change(thing=SavedKind.QUESTION, id=id_, fate=Fate.DROPPED, why=_OTHER_TYPE, values=kinds)
        elif question["type"] not in _BY_PLACE and slots[0][id_] != slots[1][id_]:
            yield Change(thing=SavedKind.QUESTION, id=id_, fate=Fate.DROPPED, why=_OTHER_FORM)
        else:
            fate, why = _answer(question["data"], now["data"], old.words.get(id_, {}), new.words.get(id_, {}))
            yield Change(thing=SavedKind.QUESTION, id=id_, fate=fate, why=why)
    for id_ in new.data["questions"]:
        if id_ not in old.data["questions"]:
            yield Change(thing=SavedKind.QUESTION, id=id_, fate=Fate.NEW, why=_NEW)


def _answer(
    old: Mapping[str, Any], new: Mapping[str, Any], words: Mapping[str, str], words_now: Mapping[str, str]
) -> tuple[Fate, str]:
    """Return the fate of an answer. An option is edited when neither text is used elsewhere, else it has moved."""
    edited = [key for key in words if key in words_now and words[key] != words_now[key]]
    if any(words[key] in words_now.values() or words_now[key] in words.values() for key in edited):
        return Fate.SHIFTED, _SHIFTED
    if set(words) - set(words_now) or set(old.get("gaps", ())) - set(new.get("gaps", ())):
        return Fate.FEWER, _FEWER
    return (Fate.KEPT, "") if _right(old) == _right(new) else (Fate.MARKED_AGAIN, _MARKED_AGAIN)


def _right(data: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the data that marking uses. More options to choose from do not change the right answer."""
    return {key: value for key, value in data.items() if key not in {"options", "match", "true"}}


def _quizzes(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Change]:
    # Quizzes are identified by their page and their order on it.
    left = [quiz["page"] for quiz in new["quizzes"]]
    pages = {page["id"] for page in new["pages"]}
    for quiz in old["quizzes"]:
        is_kept = quiz["page"] in pages and quiz["page"] in left
        if is_kept:
            left.remove(quiz["page"])
        fate, why = (Fate.KEPT, "") if is_kept else (Fate.DROPPED, _QUIZ_GONE)
        yield Change(thing=SavedKind.QUIZ, id=quiz["id"], fate=fate, why=why)


def _kept_gone_new(thing: SavedKind, before: list[str], after: list[str], why: str) -> Iterator[Change]:
    for id_ in before:
        is_kept = id_ in after
        yield Change(thing=thing, id=id_, fate=Fate.KEPT if is_kept else Fate.DROPPED, why="" if is_kept else why)
    for id_ in after:
        if id_ not in before:
            yield Change(thing=thing, id=id_, fate=Fate.NEW, why=_NEW)
