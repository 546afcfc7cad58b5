"""`lokaltmot new`: copies the example course to a new folder."""

from pathlib import Path

import click

from lokaltmot_lms.cli.command import command
from lokaltmot_lms.cli.console import Console
from lokaltmot_lms.resources import STARTER_COURSE, STARTER_MODULES, copy_starter
from lokaltmot_lms.source.headings import LONGEST_ID, suggestion
from lokaltmot_lms.texts import N_


@command("new", N_("Start a course of your own: copy the example course to the folder NAME."))
@click.argument("name", type=click.Path(path_type=Path))
def new(console: Console, name: Path, as_json: bool) -> None:
    if name.exists() and (not name.is_dir() or any(name.iterdir())):
        raise click.ClickException(
            console.gettext("{name} already exists. Choose another name. Nothing was changed.", name=name)
        )
    made = copy_starter(name, _own_ids(name.resolve().name))
    if as_json:
        console.answer({"folder": name.as_posix(), "files": [path.as_posix() for path in made]})
        return
    for path in made:
        console.say(path.as_posix())
    done = console.ngettext("Made {name} with {count} file.", "Made {name} with {count} files.", len(made), name=name)
    console.say(done + " " + console.gettext("Next: lokaltmot preview {name}", name=name))


def _own_ids(name: str) -> dict[str, str]:
    """Return ids for the course and the modules, made from the folder's name; none is one of the example's."""
    course = suggestion(name)
    if course in (STARTER_COURSE, *STARTER_MODULES):
        course = f"{course}-2"
    modules = {}
    for module in STARTER_MODULES:
        room = LONGEST_ID - len(module) - 1
        modules[module] = f"{course[:room].rstrip('-')}-{module}"
    return {STARTER_COURSE: course, **modules}
