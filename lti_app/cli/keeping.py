"""`keys rotate`, `audit`, `erase` and `purge`: what an operator looks after."""

from datetime import timedelta

import click

from lti_app.cli.opening import open_tool
from lti_app.store.engine import reading, writing
from lti_app.store.logins import drop_expired
from lti_app.store.people import erase_person, forget_people
from lti_app.store.sessions import drop_expired_sessions
from lti_app.store.trusted import drop_audit, list_audit
from lti_app.store.types import now


@click.group("keys", help="The keys that the tool signs with.")
def keys() -> None:
    """Hold the commands together."""


@keys.command("rotate", help="Make a new key. It is published an hour before it signs, so that platforms know it.")
@click.option("--at-once", is_flag=True, help="The old key has leaked: sign with the new one now, drop the old one.")
def rotate(at_once: bool) -> None:
    """Make a key and let the others retire."""
    tool = open_tool()
    tool.keys.published()
    click.echo(f"Key {tool.keys.rotate(at_once=at_once)} is made.")


@click.command("audit", help="Show what was refused and done, newest first; or the line of one REFERENCE number.")
@click.argument("reference", required=False)
@click.option("--limit", default=50, show_default=True, type=click.IntRange(1, 1000))
def audit(reference: str | None, limit: int) -> None:
    """Print lines of the trail."""
    with reading(open_tool().engine) as connection:
        lines = list_audit(connection, limit=limit, incident=reference)
    for line in lines:
        detail = " ".join(f"{name}={value}" for name, value in line.detail.items())
        where = f"platform {line.registration_id}" if line.registration_id else "-"
        at = line.at.isoformat(timespec="seconds")
        click.echo(f"{at}  {line.incident}  {line.kind}  {line.reason}  {where}  {detail}".rstrip())
    if reference and not lines:
        raise click.ClickException(f"There is no line with the reference {reference}.")


@click.command("erase", help="Remove a learner and all that is kept of them.")
@click.option("--platform", "platform_id", required=True, type=int, help="The platform's number.")
@click.option("--sub", required=True, help="The platform's own id of the learner.")
@click.confirmation_option(prompt="This cannot be undone. Go on?")
def erase(platform_id: int, sub: str) -> None:
    """Remove a person."""
    with writing(open_tool().engine) as connection:
        if not erase_person(connection, platform_id, sub):
            raise click.ClickException("There is nothing about this learner.")
    click.echo("All that was kept of this learner is removed.")


@click.command(
    "purge", help="Remove what is older than LOKALTMOT_RETENTION_MONTHS. Let the machine run it every night."
)
def purge() -> None:
    """Remove learners not seen for long, old lines of the trail, and what no browser will come back to."""
    tool = open_tool()
    before = now() - timedelta(days=30.44 * tool.settings.retention_months)
    with writing(tool.engine) as connection:
        people = forget_people(connection, unseen_since=before)
        lines = drop_audit(connection, before=before)
        drop_expired_sessions(connection)
        drop_expired(connection)
    click.echo(f"{people} learners and {lines} lines of the trail are removed.")
