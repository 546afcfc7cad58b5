"""`lokaltmot diff`: what a new version of a package does to the saved data of learners."""

from collections import Counter
from pathlib import Path

import click

from lokaltmot_lms.cli.command import command
from lokaltmot_lms.cli.console import Console, Exit
from lokaltmot_lms.inspect import Comparison, Fate, SavedKind, compare, modules_in
from lokaltmot_lms.inspect.versions import Change
from lokaltmot_lms.texts import N_

_THINGS = {
    SavedKind.MODULE: N_("module"),
    SavedKind.PAGE: N_("page"),
    SavedKind.QUESTION: N_("question"),
    SavedKind.QUIZ: N_("quiz"),
    SavedKind.FILM: N_("film"),
}
_FATES = {
    Fate.KEPT: N_("kept"),
    Fate.MARKED_AGAIN: N_("scored again"),
    Fate.FEWER: N_("partly dropped"),
    Fate.SHIFTED: N_("has another meaning"),
    Fate.DROPPED: N_("dropped"),
    Fate.NEW: N_("new"),
}
_COLOURS = {Fate.DROPPED: "red", Fate.SHIFTED: "red", Fate.FEWER: "yellow"}
_ZIP = click.Path(exists=True, dir_okay=False, path_type=Path)


@command("diff", N_("Show which saved data of the package OLD learners keep in the package NEW, and which they lose."))
@click.argument("old", type=_ZIP)
@click.argument("new", type=_ZIP)
def diff(console: Console, old: Path, new: Path, as_json: bool) -> int:
    before = modules_in(old)
    if not before:
        console.warn(console.gettext("{path} has no module built by lokaltmot.", path=old))
        return Exit.COMMAND_IS_WRONG
    found = compare(before, modules_in(new))
    lost = sum(change.fate.is_loss for each in found for change in each.changes)
    if as_json:
        console.answer({"lost": lost, "modules": [_as_data(console, each) for each in found]})
    else:
        for each in found:
            _print(console, each)
        console.say(
            console.ngettext("{count} saved item is lost or changed.", "{count} saved items are lost or changed.", lost)
            if lost
            else console.gettext("No saved data is lost.")
        )
    return Exit.COURSE_IS_WRONG if lost else Exit.GOOD


def _print(console: Console, compared: Comparison) -> None:
    versions = " → ".join(version or "–" for version in (compared.old, compared.new))
    console.say(click.style(f"{compared.module} {versions}", bold=True))
    kept = Counter(change.thing for change in compared.changes if change.fate is Fate.KEPT)
    if kept:
        counts = ", ".join(f"{console.gettext(_THINGS[thing])} {count}" for thing, count in kept.items())
        console.say(f"  {console.gettext(_FATES[Fate.KEPT])}: {counts}")
    for change in compared.changes:
        if change.fate is not Fate.KEPT:
            fate = click.style(console.gettext(_FATES[change.fate]), fg=_COLOURS.get(change.fate))
            console.say(f"  {console.gettext(_THINGS[change.thing])} {change.id}: {fate}. {_why(console, change)}")


def _why(console: Console, change: Change) -> str:
    return console.gettext(change.why, **change.values) if change.why else ""


def _as_data(console: Console, compared: Comparison) -> dict[str, object]:
    return {
        "module": compared.module,
        "old": compared.old or None,
        "new": compared.new or None,
        "changes": [
            {"thing": change.thing, "id": change.id, "fate": change.fate, "why": _why(console, change)}
            for change in compared.changes
        ],
    }
