"""Shared by the commands: opens the settings, and the database with the current schema."""

import click

from lokaltmot_lms.texts import N_
from lti_app.cli.command import refuse
from lti_app.errors import SettingsError
from lti_app.migrations import is_current
from lti_app.settings import Settings, read_settings
from lti_app.trust.tool import Tool, make_tool


def open_settings() -> Settings:
    """Return the settings, or end the command with a message about the invalid one."""
    try:
        return read_settings()
    except SettingsError as error:
        raise refuse(error.text, **error.values) from None


def open_tool(*, wants_schema: bool = True) -> Tool:
    """Return the tool; its database is closed when the command ends.

    wants_schema: refuse if the database is not upgraded.
    """
    settings = open_settings()
    try:
        tool = make_tool(settings)
    except SettingsError as error:
        raise refuse(error.text, **error.values) from None
    click.get_current_context().call_on_close(tool.engine.dispose)
    if wants_schema and not is_current(tool.engine):
        raise refuse(N_("The database is not at the current version. Run: lokaltmot lti upgrade"))
    return tool
