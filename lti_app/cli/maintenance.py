"""`keys rotate`, `audit`, `erase` and `purge`: maintenance by the operator."""

from datetime import timedelta

import click

from lokaltmot_lms.texts import N_
from lti_app.cli.command import BilingualGroup, Console, Exit, command, option, refuse
from lti_app.cli.open_tool import open_tool
from lti_app.store.engine import reading, writing
from lti_app.store.keys import AuditLine, drop_audit, list_audit
from lti_app.store.logins import drop_expired
from lti_app.store.people import erase_person, forget_people
from lti_app.store.sessions import drop_expired_sessions
from lti_app.store.types import now

keys = BilingualGroup("keys", help=N_("The tool's signing keys."))


@command(
    "rotate", N_("Create a new signing key. It is published an hour before it is used, so that platforms know it.")
)
@option("--at-once", is_flag=True, help=N_("The old key has leaked: use the new one now and remove the old one."))
def rotate(console: Console, at_once: bool, as_json: bool) -> None:
    """Create a signing key and retire the others."""
    tool = open_tool()
    tool.signing_keys.published()
    kid = tool.signing_keys.rotate(at_once=at_once)
    if as_json:
        console.answer({"kid": kid})
    else:
        console.say(console.gettext("Key {kid} was created.", kid=kid))


keys.join(rotate, "bytt")


@command("audit", N_("Show the audit trail, newest first, or the line with one REFERENCE number."))
@click.argument("reference", required=False)
@option("--limit", default=50, type=click.IntRange(1, 1000), help=N_("Number of lines."))
@option("--platform", "platform_id", type=int, metavar="ID", help=N_("Only for this platform."))
def audit(console: Console, reference: str | None, limit: int, platform_id: int | None, as_json: bool) -> int:
    """Print lines of the audit trail."""
    with reading(open_tool().engine) as connection:
        lines = list_audit(connection, limit=limit, incident=reference, registration_id=platform_id)
    if as_json:
        console.answer({"lines": [_as_data(line) for line in lines]})
    else:
        for line in lines:
            _print(console, line)
    if reference and not lines:
        console.warn(console.gettext("No line has the reference {reference}.", reference=reference))
        return Exit.COURSE_IS_WRONG
    return Exit.GOOD


@command("erase", N_("Delete a learner and all stored data about them."))
@option("--platform", "platform_id", required=True, type=int, metavar="ID", help=N_("The platform's number."))
@option("--sub", required=True, help=N_("The learner's ID on the platform."))
@option("--yes", "is_sure", is_flag=True, help=N_("Do not ask for confirmation."))
def erase(console: Console, platform_id: int, sub: str, is_sure: bool, as_json: bool) -> None:
    """Delete a person."""
    tool = open_tool()
    if not is_sure:
        click.confirm(console.gettext("This cannot be undone. Continue?"), abort=True)
    with writing(tool.engine) as connection:
        if not erase_person(connection, platform_id, sub):
            raise refuse(N_("No data is stored about this learner."))
    if as_json:
        console.answer({"erased": 1})
    else:
        console.say(console.gettext("All data about this learner has been deleted."))


@command("purge", N_("Delete data older than LOKALTMOT_RETENTION_MONTHS. Schedule it to run every night."))
def purge(console: Console, as_json: bool) -> None:
    """Delete learners not seen for the retention time, old audit lines, and expired sessions and logins."""
    tool = open_tool()
    before = now() - timedelta(days=30.44 * tool.settings.retention_months)
    with writing(tool.engine) as connection:
        people = forget_people(connection, unseen_since=before)
        lines = drop_audit(connection, before=before)
        drop_expired_sessions(connection)
        drop_expired(connection)
    if as_json:
        console.answer({"learners": people, "lines": lines})
    else:
        console.say(
            console.gettext(
                "Deleted learners: {people}. Deleted lines of the audit trail: {lines}.", people=people, lines=lines
            )
        )


def _print(console: Console, line: AuditLine) -> None:
    detail = " ".join(f"{name}={value}" for name, value in line.detail.items())
    where = console.gettext("platform {number}", number=line.registration_id) if line.registration_id else "-"
    at = line.at.isoformat(timespec="seconds")
    console.say(f"{at}  {line.incident}  {line.kind}  {line.reason}  {where}  {detail}".rstrip())


def _as_data(line: AuditLine) -> dict[str, object]:
    return {
        "at": line.at.isoformat(timespec="seconds"),
        "reference": line.incident,
        "kind": line.kind,
        "reason": line.reason,
        "platform": line.registration_id,
        "detail": line.detail,
    }
