"""Runs a command line from start to exit code: never a stack trace without --debug."""

import contextlib
import gettext
import os
import sys
from collections.abc import Sequence

import click

from lokaltmot_lms.cli.console import Console, Exit
from lokaltmot_lms.cli.group import GROUP
from lokaltmot_lms.cli.problems import print_problems
from lokaltmot_lms.errors.problem import CourseError
from lokaltmot_lms.parallel import WorkerDiedError
from lokaltmot_lms.resources import shipped
from lokaltmot_lms.texts import CLICK, default_language, languages

_NAME = "lokaltmot"
_COMPLETE = "_LOKALTMOT_COMPLETE"  # set by the shells' completion scripts (Click's protocol)


def run(arguments: Sequence[str]) -> int:
    """Run the command that the arguments name, and return its exit code (see Exit)."""
    console = Console(language=_language(arguments), is_debugging="--debug" in arguments)
    _translate_click(console.language)
    try:
        return _run(arguments, console)
    except (click.Abort, KeyboardInterrupt):
        return Exit.INTERRUPTED
    except BrokenPipeError:
        _close_quietly()
        return Exit.PIPE_CLOSED
    except click.ClickException as error:
        error.show()
        return Exit.COMMAND_IS_WRONG
    except CourseError as error:
        print_problems(console, error.problems, err=True)
        return Exit.COURSE_IS_WRONG
    except Exception as error:  # noqa: BLE001  # the last handler: users get a sentence, --debug shows the trace
        return _unexpected(console, error)


def _run(arguments: Sequence[str], console: Console) -> int:
    # Not GROUP.main: it exits with 1, our COURSE_IS_WRONG, if a pipe is closed.
    if asked := os.environ.get(_COMPLETE):
        from click.shell_completion import shell_complete

        return shell_complete(GROUP, {}, _NAME, _COMPLETE, asked)
    color = False if os.environ.get("NO_COLOR") else None  # None: colour on a terminal only
    try:
        with GROUP.make_context(_NAME, list(arguments), obj=console, color=color) as context:
            code = GROUP.invoke(context)
    except click.exceptions.Exit as exit_:  # --help and --version
        code = exit_.exit_code
    sys.stdout.flush()  # here, so that a closed pipe is noticed where it is handled
    return int(code or Exit.GOOD)


def _unexpected(console: Console, error: Exception) -> Exit:
    if console.is_debugging:
        raise error
    if isinstance(error, OSError) and error.strerror:
        # A full disk, a port in use, a folder without write access: neither the course nor lokaltmot is wrong.
        console.warn(f"{error.filename}: {error.strerror}." if error.filename else f"{error.strerror}.")
        return Exit.COMMAND_IS_WRONG
    if isinstance(error, WorkerDiedError):
        console.warn(
            console.gettext(
                "A process that was working on one of these died: {items}. "
                "The computer may be short of memory. Close other programs and run the command again.",
                items=", ".join(error.items),
            )
        )
        return Exit.OUR_FAULT
    console.warn(
        console.gettext(
            "Something went wrong in lokaltmot itself ({error}). "
            "Run the command again with --debug and report what it prints.",
            error=f"{type(error).__name__}: {error}".rstrip(": "),
        )
    )
    return Exit.OUR_FAULT


def _language(arguments: Sequence[str]) -> str:
    """Return the value of --lang. Read before Click does, because --help and errors use the language too."""
    asked = ""
    for argument, following in zip(arguments, [*arguments, ""][1:], strict=True):
        if argument == "--lang":
            asked = following
        elif argument.startswith("--lang="):
            asked = argument.removeprefix("--lang=")
    return asked if asked in languages() else default_language()


def _translate_click(language: str) -> None:
    """Use our catalogue for Click's own texts ("Usage", "No such option"): Click calls the gettext module."""
    os.environ["LANGUAGE"] = language
    gettext.bindtextdomain(CLICK, shipped("templates") / "locale")
    gettext.textdomain(CLICK)


def _close_quietly() -> None:
    """Prevent an error message when the interpreter exits (docs.python.org, note on SIGPIPE)."""
    with contextlib.suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
