"""`lokaltmot doctor`: what is installed and missing on this computer, and how to fix it."""

import importlib.util
import platform
import shutil
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import click

from lokaltmot_lms import __version__
from lokaltmot_lms.cli.command import command
from lokaltmot_lms.cli.console import Console, Exit
from lokaltmot_lms.resources import shipped, theme_names
from lokaltmot_lms.texts import N_, languages
from lokaltmot_lms.trial.browser import find_browser

_OLDEST_PYTHON = (3, 11)


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnosis:
    """One line of the report. repair: how to install it, "" if it is there. is_needed: building needs it."""

    name: str
    found: str = ""
    repair: str = ""
    is_needed: bool = False

    @property
    def is_ok(self) -> bool:
        """Whether it is there."""
        return not self.repair


@command("doctor", N_("Check this computer: what is installed, what is missing, and how to fix it."))
def doctor(console: Console, as_json: bool) -> int:
    findings = list(_findings(console))
    lacks = [finding for finding in findings if finding.is_needed and not finding.is_ok]
    if as_json:
        console.answer({"findings": [_as_data(finding) for finding in findings]})
    else:
        for finding in findings:
            _print(console, finding)
        console.say(
            console.gettext("Courses can't be built here yet; see the lines above.")
            if lacks
            else console.gettext("Courses can be built here.")
        )
    return Exit.COMMAND_IS_WRONG if lacks else Exit.GOOD


def _findings(console: Console) -> Iterator[Diagnosis]:
    _ = console.gettext
    yield Diagnosis(name="lokaltmot", found=__version__)
    yield Diagnosis(
        name="Python",
        found=platform.python_version(),
        repair="" if sys.version_info >= _OLDEST_PYTHON else _("Install Python 3.11 or newer."),
        is_needed=True,
    )
    yield _templates(_("Install lokaltmot again."), _("templates"))
    yield _writing(_("Change to a folder that you can write to, or use --out."), _("write access"))
    browser = find_browser()
    repair = _("Only for try: install Chromium or Chrome, or set CHROMIUM to its path.")
    yield Diagnosis(name=_("browser"), found=str(browser or ""), repair="" if browser else repair)
    has_playwright = importlib.util.find_spec("playwright") is not None
    repair = _("Only for try: pip install 'lokaltmot[try]'")
    yield Diagnosis(
        name="Playwright", found=_("there") if has_playwright else "", repair="" if has_playwright else repair
    )
    node = shutil.which("node")
    repair = _("Only for changing the player: install Node 20 or newer, or run scripts/test, which installs it.")
    yield Diagnosis(name="Node", found=node or "", repair="" if node else repair)


def _templates(repair: str, name: str) -> Diagnosis:
    try:
        found = f"{shipped('templates')} ({', '.join((*theme_names(), *languages()))})"
    except OSError:
        return Diagnosis(name=name, repair=repair, is_needed=True)
    return Diagnosis(name=name, found=found, is_needed=True)


def _writing(repair: str, name: str) -> Diagnosis:
    here = Path.cwd()
    try:
        with tempfile.TemporaryFile(dir=here):
            return Diagnosis(name=name, found=str(here), is_needed=True)
    except OSError:
        return Diagnosis(name=name, repair=repair, is_needed=True)


def _print(console: Console, finding: Diagnosis) -> None:
    if finding.is_ok:
        mark = click.style(console.gettext("ok"), fg="green")
        console.say(f"{mark}  {finding.name}: {finding.found}")
    else:
        mark = click.style(console.gettext("missing"), fg="red" if finding.is_needed else "yellow")
        console.say(f"{mark}  {finding.name}. {finding.repair}")


def _as_data(finding: Diagnosis) -> dict[str, object]:
    return {
        "name": finding.name,
        "ok": finding.is_ok,
        "needed": finding.is_needed,
        "found": finding.found,
        "repair": finding.repair,
    }
