"""Scenarios for any package: it starts, initialises, sends nothing that is refused, and ends its session."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from lokaltmot_lms.texts import N_
from lokaltmot_lms.trial.browser_lms import LearnerBrowser
from lokaltmot_lms.trial.verdict import Finding

NEVER_ENDED = N_("The content did not end its session when the learner left. The session time is lost.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """A way to use a package.

    title: what is tried, a gettext message. play: yields what went wrong, and raises StuckError when it can't continue.
    """

    title: str
    play: Callable[[LearnerBrowser], Iterator[Finding]]


def left(stage: LearnerBrowser) -> Iterator[Finding]:
    """Leave; yield a finding when the content had a session and did not end it."""
    stage.leave()
    if stage.phase() == "open":
        yield Finding(message=NEVER_ENDED)


def starts_and_ends(stage: LearnerBrowser) -> Iterator[Finding]:
    """Open the package and leave it."""
    stage.begin()
    stage.rest()
    yield from left(stage)


def comes_back(stage: LearnerBrowser) -> Iterator[Finding]:
    """Open it, leave it, and open it again as the same learner."""
    stage.begin()
    stage.leave()
    stage.begin()
    stage.rest()
    yield from left(stage)


def opens(stage: LearnerBrowser) -> Iterator[Finding]:
    """Open a page that does not report, and leave it."""
    stage.launch()
    stage.rest()
    yield from left(stage)


ASSET = (Scenario(title=N_("opens"), play=opens),)
ANY_PACKAGE = (
    Scenario(title=N_("starts and ends"), play=starts_and_ends),
    Scenario(title=N_("a second visit"), play=comes_back),
)
