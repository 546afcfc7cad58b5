"""`lokaltmot check`: what is wrong with a course, and what to do."""

from pathlib import Path

import click

from lokaltmot_lms.cli.command import command, course_argument, local_option, option
from lokaltmot_lms.cli.console import Console, Exit
from lokaltmot_lms.cli.figures import figures, print_figures
from lokaltmot_lms.cli.loading import load
from lokaltmot_lms.cli.problems import PROGRAM_FORMATS, OutputFormat, as_data, notes_last, print_problems, summary
from lokaltmot_lms.texts import N_


@command("check", N_("Say what is wrong with COURSE, and what to do. COURSE is a folder, or a single .md file."))
@course_argument
@local_option
@option(
    "--format",
    "form",
    type=click.Choice([str(form) for form in OutputFormat]),
    default="text",
    help=N_("How problems are printed."),
)
@option("--strict", is_flag=True, help=N_("Let warnings fail too."))
def check(console: Console, course: Path, local: Path | None, form: str, strict: bool, as_json: bool) -> int:
    loaded = load(course, local=local, is_strict=strict)
    chosen = OutputFormat.JSON if as_json else OutputFormat(form)
    if chosen is OutputFormat.TEXT:
        print_problems(console, notes_last(loaded.problems))
        if loaded.course is not None:
            print_figures(console, loaded.course)
        console.say(summary(console, loaded.problems, course))
    elif chosen is OutputFormat.JSON:
        found = [as_data(console, problem) for problem in loaded.problems]
        console.answer({"problems": found, **(figures(loaded.course) if loaded.course else {})})
    else:
        PROGRAM_FORMATS[chosen](console, loaded.problems)
    return Exit.GOOD if loaded.is_sound else Exit.COURSE_IS_WRONG
