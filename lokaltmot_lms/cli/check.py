"""`lokaltmot check`: lists the problems in a course and how to fix them."""

from pathlib import Path

import click

from lokaltmot_lms import pipeline
from lokaltmot_lms.cli.command import command, course_argument, local_option, option
from lokaltmot_lms.cli.console import Console, Exit
from lokaltmot_lms.cli.figures import figures, print_figures
from lokaltmot_lms.cli.problems import (
    PROGRAM_FORMATS,
    OutputFormat,
    as_data,
    notes_last,
    print_problems,
    print_repairs,
    repair_data,
    summary,
)
from lokaltmot_lms.cli.repairing import repair_course
from lokaltmot_lms.texts import N_


@command("check", N_("List the problems in COURSE and how to fix them. COURSE is a folder or a single .md file."))
@course_argument
@local_option
@option(
    "--format",
    "form",
    type=click.Choice([str(form) for form in OutputFormat]),
    default="text",
    help=N_("The output format."),
)
@option("--fix", is_flag=True, help=N_("Write missing ids and make other safe repairs in the files first."))
@option("--strict", is_flag=True, help=N_("Treat warnings as errors."))
def check(console: Console, course: Path, local: Path | None, form: str, fix: bool, strict: bool, as_json: bool) -> int:
    made = tuple(repair_course(course, local=local)) if fix else ()
    checked = pipeline.read_and_check(course, local=local, is_strict=strict)
    chosen = OutputFormat.JSON if as_json else OutputFormat(form)
    if chosen is OutputFormat.TEXT:
        print_repairs(console, made)
        print_problems(console, notes_last(checked.problems))
        if checked.course is not None:
            print_figures(console, checked.course)
        console.say(summary(console, checked.problems, course))
    elif chosen is OutputFormat.JSON:
        found = [as_data(console, problem) for problem in checked.problems]
        repairs = {"repairs": [repair_data(repair) for _, repair in made]} if fix else {}
        console.answer({"problems": found, **repairs, **(figures(checked.course) if checked.course else {})})
    else:
        PROGRAM_FORMATS[chosen](console, checked.problems)
    return Exit.GOOD if checked.is_sound else Exit.COURSE_IS_WRONG
