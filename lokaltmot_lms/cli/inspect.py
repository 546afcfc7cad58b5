"""`lokaltmot inspect`: what any package is, and what is wrong with its manifest. No browser is needed."""

from pathlib import Path

import click

from lokaltmot_lms.cli.command import command, option
from lokaltmot_lms.cli.console import Console, Exit
from lokaltmot_lms.cli.problems import as_data, print_problems
from lokaltmot_lms.errors import Problem, Severity
from lokaltmot_lms.inspect import Inspection, PackageKind, PackageVerdict, inspect_package
from lokaltmot_lms.texts import N_


@command("inspect", N_("Check PACKAGE, any zip file or a manifest, without a browser."))
@click.argument("package", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@option(
    "--schemas",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help=N_("A folder with the schema files (XSD) of the standards."),
)
def inspect(console: Console, package: Path, schemas: Path | None, as_json: bool) -> int:
    found = inspect_package(package, schemas=schemas)
    if as_json:
        console.answer(_as_data(console, package, found))
    else:
        print_problems(console, found.problems)
        for launch in found.launches:
            console.say(f"  {launch.title}: {launch.href}")
        console.say(_sentence(console, found))
    return Exit.GOOD if found.is_good else Exit.COURSE_IS_WRONG


def _sentence(console: Console, found: Inspection) -> str:
    if found.verdict is PackageVerdict.GOOD:
        return console.gettext("A good package: {kind}, “{title}”.", kind=found.kind, title=found.title)
    if found.verdict is PackageVerdict.WITH_REMARKS:
        return console.ngettext(
            "A good package with {count} remark: {kind}, “{title}”.",
            "A good package with {count} remarks: {kind}, “{title}”.",
            len(found.of(Severity.WARNING)),
            kind=found.kind,
            title=found.title,
        )
    count = len(found.of(Severity.ERROR))
    if found.kind is PackageKind.UNKNOWN:
        return console.ngettext("{count} problem.", "{count} problems.", count)
    return console.ngettext("{count} problem: {kind}.", "{count} problems: {kind}.", count, kind=found.kind)


def _as_data(console: Console, package: Path, found: Inspection) -> dict[str, object]:
    return {
        "path": package.as_posix(),
        "kind": found.kind.value,
        "title": found.title,
        "good": found.is_good,
        "verdict": found.verdict.value,
        "launches": [
            {"identifier": launch.identifier, "title": launch.title, "href": launch.href} for launch in found.launches
        ],
        "problems": [_problem(console, problem) for problem in found.problems],
    }


def _problem(console: Console, problem: Problem) -> dict[str, object]:
    return {
        **as_data(console, problem),
        "platforms": problem.platforms(console.language),
        "details": problem.values.get("details", []),
    }
