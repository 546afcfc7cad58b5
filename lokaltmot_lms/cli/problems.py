"""Shows problems to an author, or to a program: as text, JSON, GitHub annotations or SARIF."""

import sys
from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum
from pathlib import Path

import click

from lokaltmot_lms.cli.console import Console
from lokaltmot_lms.errors.problem import Problem, Severity
from lokaltmot_lms.texts import N_

_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTE: "blue"}
_MARKS = {Severity.WARNING: N_("warning"), Severity.NOTE: N_("note")}
_WIDEST_LINE = 160


class OutputFormat(StrEnum):
    """The output formats of `check`."""

    TEXT = "text"
    JSON = "json"
    GITHUB = "github"
    SARIF = "sarif"


def notes_last(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return the problems with the notes last; each group keeps its order."""
    return tuple(sorted(problems, key=lambda problem: problem.severity is Severity.NOTE))


def without_notes(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return the errors and warnings."""
    return tuple(problem for problem in problems if problem.severity is not Severity.NOTE)


def as_data(console: Console, problem: Problem) -> dict[str, object]:
    """Return a problem as JSON. The keys and the code are stable; message and hint are in the user's language."""
    return {
        "code": problem.code,
        "severity": problem.severity.value,
        "path": problem.at.path,
        "line": problem.at.line,
        "column": problem.at.column,
        "message": problem.message(console.language),
        "hint": problem.hint(console.language),
    }


def print_problems(console: Console, problems: Sequence[Problem], *, err: bool = False) -> None:
    """Print one line per problem; on a terminal also the source line, with a caret."""
    stream = sys.stderr if err else sys.stdout
    on_terminal = stream.isatty()
    lines: list[str] = []
    for problem in problems:
        lines.append(_line(console, problem))
        if on_terminal and (excerpt := _excerpt(problem)):
            lines.append(excerpt)
    if lines:
        click.echo("\n".join(lines), err=err)  # one call: each call inspects the stream again


def summary(console: Console, problems: Sequence[Problem], course: Path) -> str:
    """Return the last line of `check`: the number of problems and the next step."""
    errors = sum(problem.severity is Severity.ERROR for problem in problems)
    warnings = sum(problem.severity is Severity.WARNING for problem in problems)
    if not errors and not warnings:
        return console.gettext("No problems in {course}.", course=course)
    counts = " ".join(
        text
        for count, text in (
            (errors, console.ngettext("{count} error.", "{count} errors.", errors)),
            (warnings, console.ngettext("{count} warning.", "{count} warnings.", warnings)),
        )
        if count
    )
    more = console.gettext("More about one: lokaltmot explain {code}", code=without_notes(problems)[0].code)
    return f"{counts} {more}"


def _line(console: Console, problem: Problem) -> str:
    place = f"{problem.at.path}:{problem.at.line}:{problem.at.column}:"
    code = click.style(problem.code, fg=_COLOURS[problem.severity], bold=True)
    text = (
        f"{click.style(place, bold=True)} {code}: {problem.message(console.language)} {problem.hint(console.language)}"
    )
    if platforms := problem.platforms(console.language):
        text = f"{text} {platforms}"
    mark = _MARKS.get(problem.severity)
    return f"{text} [{console.gettext(mark)}]" if mark else text


def _excerpt(problem: Problem) -> str:
    """Return the source line with a caret under the column, or "" if the file can't be read."""
    try:
        lines = Path(problem.at.path).read_text(encoding="utf-8").splitlines()
        line = lines[problem.at.line - 1].replace("\t", " ")
    except (OSError, UnicodeDecodeError, IndexError):
        return ""
    start = max(0, problem.at.column - _WIDEST_LINE // 2)
    number = str(problem.at.line)
    caret = " " * (problem.at.column - 1 - start) + click.style("^", fg=_COLOURS[problem.severity], bold=True)
    return f"  {number} | {line[start : start + _WIDEST_LINE]}\n  {' ' * len(number)} | {caret}"


def _print_github(console: Console, problems: Sequence[Problem]) -> None:
    """Print workflow commands (docs.github.com, "Workflow commands": ::error file=…)."""
    names = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}
    for problem in problems:
        text = f"{problem.message(console.language)} {problem.hint(console.language)}"
        place = f"file={_property(problem.at.path)},line={problem.at.line},col={problem.at.column},title={problem.code}"
        console.say(f"::{names[problem.severity]} {place}::{_escaped(text)}")


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _escaped(text).replace(":", "%3A").replace(",", "%2C")


def _print_sarif(console: Console, problems: Sequence[Problem]) -> None:
    from lokaltmot_lms.cli.sarif import as_sarif

    console.answer(as_sarif(problems, console.language))


PROGRAM_FORMATS: dict[OutputFormat, Callable[[Console, Sequence[Problem]], None]] = {
    OutputFormat.GITHUB: _print_github,
    OutputFormat.SARIF: _print_sarif,
}
