"""Collects the problems found while reading, so that one mistake does not hide the next."""

from collections.abc import Iterable, Mapping

from lokaltmot_lms.errors import Fault, Position, Problem


class Report:
    """The problems found so far: the one thing in the reader that grows."""

    def __init__(self) -> None:
        self._problems: list[Problem] = []

    def add(self, fault: Fault, at: Position, **values: object) -> None:
        """Note a fault at a place; the values fill the named places of its texts."""
        self._problems.append(fault.at(at, **values))

    def extend(self, problems: Iterable[Problem]) -> None:
        """Take over what another report found."""
        self._problems.extend(problems)

    def count(self) -> int:
        """Return how many problems there are, so that a caller can see whether its part had any."""
        return len(self._problems)

    def problems(self) -> tuple[Problem, ...]:
        """Return the problems, once each, file by file from top to bottom."""
        once = {(p.at, p.code, str(p.values)): p for p in self._problems}
        return tuple(sorted(once.values(), key=lambda problem: (problem.at, problem.code)))


def nearest(word: str, known: Iterable[str], *, cutoff: float = 0.6) -> str:
    """Return the known word that is most like a misspelt one, or "" when none is close."""
    import difflib  # only needed for a course with a mistake

    by_fold = {name.casefold(): name for name in sorted(known)}
    found = difflib.get_close_matches(word.casefold()[:80], by_fold, n=1, cutoff=cutoff)
    return by_fold[found[0]] if found else ""


def nearest_keyword(word: str, group: Mapping[str, str], *, is_norwegian: bool | None) -> str:
    """Return the keyword of a group that is most like a misspelt one, in the language that the author writes.

    is_norwegian: None when that is not known; then it is the language of the nearest word.
    """
    if is_norwegian is None:
        return nearest(word, (*group, *group.values()))
    english = {norwegian: name for name, norwegian in group.items()}
    own, other = (english, group) if is_norwegian else (group, english)
    return nearest(word, own) or other.get(nearest(word, other, cutoff=0.8), "")
