"""`lokaltmot try`: play a package in a headless browser against the strict test LMS, and report what it did."""

from pathlib import Path

import click

from lokaltmot_lms.cli.command import command, option
from lokaltmot_lms.cli.console import Console, Exit
from lokaltmot_lms.cli.progress import live_line
from lokaltmot_lms.texts import N_
from lokaltmot_lms.trial import TrialError, TrialStep, try_package
from lokaltmot_lms.trial.browser_lms import NO_BROWSER, NO_PLAYWRIGHT, NO_START

_NO_MEANS = (NO_BROWSER, NO_PLAYWRIGHT, NO_START)  # not errors of the package


@command(
    "try",
    N_("Play PACKAGE, a SCORM or cmi5 zip file, in a browser: answer, kill the tab, resume, lose the connection."),
)
@click.argument("package", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@option("--browser", type=click.Path(exists=True, dir_okay=False, path_type=Path), help=N_("The browser to use."))
@option("--trace", is_flag=True, help=N_("Show every call that the package made."))
def trial(console: Console, package: Path, browser: Path | None, trace: bool, as_json: bool) -> int:
    try:
        with live_line() as show:
            verdict = try_package(package, browser=browser, on_step=lambda step: show(_progress(console, step)))
    except TrialError as error:
        console.warn(error.text(console.language))
        return Exit.COMMAND_IS_WRONG if error.message in _NO_MEANS else Exit.COURSE_IS_WRONG
    if as_json:
        console.answer(verdict.data(console.language))
    else:
        for line in verdict.lines(console.language, trace=trace):
            console.say(line)
    return Exit.GOOD if verdict.is_good else Exit.COURSE_IS_WRONG


def _progress(console: Console, step: TrialStep) -> str:
    scenario = console.gettext(step.scenario)
    return console.gettext(
        "Page {number} of {count}: {sco}, {scenario} …",
        number=step.number, count=step.count, sco=step.sco, scenario=scenario,
    )  # fmt: skip
