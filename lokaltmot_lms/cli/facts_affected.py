"""`lokaltmot facts affected`: which packages change with a fact, and where the fact is used."""

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import click

from lokaltmot_lms.checks.facts import Use, uses
from lokaltmot_lms.cli.command import command, course_argument, option
from lokaltmot_lms.cli.console import Console, Exit
from lokaltmot_lms.cli.loading import read_despite_problems
from lokaltmot_lms.model import Course, Module
from lokaltmot_lms.source import read_course
from lokaltmot_lms.source.fact_editing import edited
from lokaltmot_lms.targets import TARGETS, BuildOptions
from lokaltmot_lms.texts import N_

# A replacement text that no course contains: all changes are due to the fact.
_OTHER_TEXT = "¤ 0 ¤"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Changed:
    """A package that changes. files: the names of its files that change."""

    target: str
    name: str
    module: str
    files: tuple[str, ...]


@command(
    "affected", N_("List the packages of COURSE that change when the fact KEY changes, and where the fact is used.")
)
@click.argument("key")
@course_argument
@option("--target", "targets", type=click.Choice(tuple(TARGETS)), multiple=True, default=("scorm12",),
        help=N_("The package format. Can be repeated."))  # fmt: skip
def facts_affected(console: Console, key: str, course: Path, targets: tuple[str, ...], as_json: bool) -> int:
    before = read_despite_problems(console, course)
    if key not in before.facts:
        raise click.ClickException(console.gettext("There is no fact {key}.", key=key))
    changed = tuple(_changed(before, _with_other_text(before, key), targets))
    found = uses(before)[key]
    if as_json:
        packages = [{"target": c.target, "name": c.name, "module": c.module, "files": list(c.files)} for c in changed]
        console.answer({"key": key, "packages": packages, "uses": [_as_data(use) for use in found]})
        return Exit.GOOD
    for each in changed:
        console.say(f"{click.style(each.name, bold=True)}  {', '.join(each.files)}")
    listed = console.ngettext("{count} package changes.", "{count} packages change.", len(changed))
    kept = console.gettext("No learner loses anything: ids and slots do not change.")
    console.say(f"{listed} {kept}")
    for use in found:
        console.say(f"    {use.at.path}:{use.at.line}: {use.kind} {use.id}")
    return Exit.GOOD


def _with_other_text(course: Course, key: str) -> Course:
    """Return the course with another text in one fact; the files of the course do not change."""
    register = Path(course.facts[key].at.path)
    with tempfile.TemporaryDirectory(prefix="lokaltmot-") as scratch:
        copy = Path(shutil.copytree(course.folder, Path(scratch) / course.folder.resolve().name))
        file = copy / register.resolve().relative_to(course.folder.resolve())
        file.write_bytes(edited(file.read_bytes(), key, {"text": _OTHER_TEXT}))
        after = read_course(copy).course
    if after is None:
        raise click.ClickException(f"{register}")
    return after


def _changed(before: Course, after: Course, targets: Sequence[str]) -> Iterator[_Changed]:
    for target in (TARGETS[name] for name in targets):
        for old, new in zip(before.modules, after.modules, strict=True):
            was, now = (_sums(c, m, target.name) for c, m in ((before, old), (after, new)))
            files = tuple(sorted(name for name in was.keys() | now.keys() if was.get(name) != now.get(name)))
            if files:
                name = target.package(before, (old,), BuildOptions()).name + target.suffix
                yield _Changed(target=target.name, name=name, module=old.id, files=files)


def _sums(course: Course, module: Module, target: str) -> dict[str, str]:
    """Return the checksum of each generated file. Media are copied, so they contain no facts."""
    files = TARGETS[target].package(course, (module,), BuildOptions()).files
    return {file.name: sha256(file.content).hexdigest() for file in files if isinstance(file.content, bytes)}


def _as_data(use: Use) -> dict[str, object]:
    return {
        "kind": use.kind.value,
        "id": use.id,
        "module": use.module,
        "language": use.language,
        "place": f"{use.at.path}:{use.at.line}",
    }
