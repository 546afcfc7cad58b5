"""The command group that joins `lokaltmot` by the entry point "lokaltmot.commands" (see pyproject.toml)."""

import click

from lti_app.cli import checking, keeping, platforms, running


@click.group("lti", help="Run the LTI tool: platforms, keys, service.")
def lti() -> None:
    """Hold the commands together."""


for _one in (
    running.serve,
    running.work,
    running.upgrade,
    platforms.platform,
    platforms.invite,
    checking.doctor,
    keeping.keys,
    keeping.audit,
    keeping.erase,
    keeping.purge,
):
    lti.add_command(_one)
