"""`backup` and `restore`: the whole database in one file."""

from pathlib import Path

import click

from lokaltmot_lms.texts import N_
from lti_app.backups import restore_backup, write_backup
from lti_app.cli.command import Console, command, option, refuse
from lti_app.cli.open_tool import open_tool
from lti_app.errors import BackupError

_FILE = click.Path(dir_okay=False, path_type=Path)


@command("backup", N_("Write the whole database to FILE. The tool can keep running."))
@click.argument("file", type=_FILE)
def backup(console: Console, file: Path, as_json: bool) -> None:
    """Write a backup, and name the secret file that it does not contain."""
    tool = open_tool()
    try:
        made = write_backup(tool, file)
    except BackupError as error:
        raise refuse(error.text, **error.values) from None
    if as_json:
        console.answer({"file": str(file), "rows": made.rows, "revision": made.revision})
        return
    console.say(console.gettext("Wrote {file}: {rows} rows.", file=file, rows=made.rows))
    without = N_(
        "The backup does not contain the secret file {secret}, which is needed to restore it. Keep a copy elsewhere."
    )
    console.say(console.gettext(without, secret=tool.settings.secret_file))


@command("restore", N_("Restore the database from FILE, completely or not at all. Stop the tool first."))
@click.argument("file", type=_FILE)
@option("--replace", is_flag=True, help=N_("Delete the current contents of the database."))
@option("--yes", "is_sure", is_flag=True, help=N_("Do not ask for confirmation."))
def restore(console: Console, file: Path, replace: bool, is_sure: bool, as_json: bool) -> None:
    """Restore a backup."""
    tool = open_tool(wants_schema=False)
    if replace and not is_sure:
        click.confirm(console.gettext("The current contents of the database will be deleted. Continue?"), abort=True)
    try:
        found = restore_backup(tool, file, replaces=replace)
    except BackupError as error:
        raise refuse(error.text, **error.values) from None
    if as_json:
        console.answer({"rows": found.rows, "made_at": found.made_at})
    else:
        back = N_("Restored {rows} rows from {at}. Next: lokaltmot lti doctor")
        console.say(console.gettext(back, rows=found.rows, at=found.made_at))
