"""`backup` and `restore`: the whole database in one file, and back."""

from pathlib import Path

import click

from lokaltmot_lms.texts import N_
from lti_app.backups import restore_backup, write_backup
from lti_app.cli.command import Console, command, option, refuse
from lti_app.cli.open_tool import open_tool
from lti_app.errors import BackupError

_FILE = click.Path(dir_okay=False, path_type=Path)


@command("backup", N_("Write all that the database holds to FILE. The tool may go on running."))
@click.argument("file", type=_FILE)
def backup(console: Console, file: Path, as_json: bool) -> None:
    """Write a backup, and say what is not in it."""
    tool = open_tool()
    try:
        made = write_backup(tool, file)
    except BackupError as error:
        raise refuse(error.text, **error.values) from None
    if as_json:
        console.answer({"file": str(file), "rows": made.rows, "revision": made.revision})
        return
    console.say(console.gettext("{file} is written: {rows} rows.", file=file, rows=made.rows))
    without = N_("Not in it is the secret file {secret}, without which it cannot be restored. Keep a copy elsewhere.")
    console.say(console.gettext(without, secret=tool.settings.secret_file))


@command("restore", N_("Fill the database from FILE, whole or not at all. Stop the tool first."))
@click.argument("file", type=_FILE)
@option("--replace", is_flag=True, help=N_("Throw away what the database holds now."))
@option("--yes", "is_sure", is_flag=True, help=N_("Do not ask first."))
def restore(console: Console, file: Path, replace: bool, is_sure: bool, as_json: bool) -> None:
    """Put a backup back."""
    tool = open_tool(wants_schema=False)
    if replace and not is_sure:
        click.confirm(console.gettext("All that the database holds now is thrown away. Go on?"), abort=True)
    try:
        found = restore_backup(tool, file, replaces=replace)
    except BackupError as error:
        raise refuse(error.text, **error.values) from None
    if as_json:
        console.answer({"rows": found.rows, "made_at": found.made_at})
    else:
        back = N_("{rows} rows are back, as they were at {at}. Next: lokaltmot lti doctor")
        console.say(console.gettext(back, rows=found.rows, at=found.made_at))
