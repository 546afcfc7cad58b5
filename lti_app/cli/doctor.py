"""`doctor` and `check-link`: run the connection test (lti_app/connection_test.py) and print it for the operator."""

from collections.abc import Iterable
from datetime import timedelta

import click
from sqlalchemy.exc import SQLAlchemyError

from lokaltmot_lms.texts import N_
from lti_app.cli.command import Console, Exit, command, option, refuse
from lti_app.cli.open_tool import open_tool
from lti_app.connection_test import ConnectionCheck, Verdict, platform_steps, tool_steps
from lti_app.errors import SettingsError
from lti_app.migrations import is_current
from lti_app.store.engine import reading, writing
from lti_app.store.keys import add_invite
from lti_app.store.registrations import get_registration, list_registrations
from lti_app.store.types import now
from lti_app.trust.secrets import check_hashed, new_token
from lti_app.trust.tool import Tool

_LINK_LIVES = timedelta(hours=1)
_MARKS = {Verdict.OK: (N_("ok"), "green"), Verdict.NOTE: (N_("note"), "yellow"), Verdict.WRONG: (N_("wrong"), "red")}


@command("doctor", N_("Check the tool and its platforms, and show what is wrong and how to fix it."))
@option("--platform", "platform_id", type=int, metavar="ID", help=N_("Only for this platform."))
def doctor(console: Console, platform_id: int | None, as_json: bool) -> int:
    """Print one line per check; the exit code is 1 if one is wrong."""
    tool = open_tool(wants_schema=False)
    found: dict[str, list[ConnectionCheck]] = {"": [*_foundation(tool)]}
    if all(step.verdict is not Verdict.WRONG for step in found[""]):
        found[""] += tool_steps(tool)
        with reading(tool.engine) as connection:
            platforms = list_registrations(connection)
        if platform_id is not None:
            platforms = [one for one in platforms if one.id == platform_id]
            if not platforms:
                raise refuse(N_("Platform {number} does not exist."), number=platform_id)
        for platform in platforms:
            found[f"{platform.id}  {platform.issuer}  {platform.name}".rstrip()] = [*platform_steps(tool, platform)]
    wrong = sum(step.verdict is Verdict.WRONG for steps in found.values() for step in steps)
    if as_json:
        console.answer(
            {"good": not wrong, "tool": _data(console, found.pop("")), "platforms": _platforms(console, found)}
        )
    else:
        _print(console, found)
        last = console.ngettext("{count} problem found.", "{count} problems found.", wrong)
        console.say(last if wrong else console.gettext("No problems found."))
    return Exit.COURSE_IS_WRONG if wrong else Exit.GOOD


@command("check-link", N_("Print a one-time link to a page that tests the connection with platform ID."))
@click.argument("platform_id", metavar="ID", type=int)
def check_link(console: Console, platform_id: int, as_json: bool) -> None:
    """Create a link. Only its hash is stored, so it cannot be shown again."""
    tool = open_tool()
    token = new_token()
    expires_at = now() + _LINK_LIVES
    with writing(tool.engine) as connection:
        if get_registration(connection, platform_id) is None:
            raise refuse(N_("Platform {number} does not exist."), number=platform_id)
        add_invite(connection, token_hash=check_hashed(token, platform_id), expires_at=expires_at)
    url = f"{tool.settings.origin}/lti/check/{platform_id}/{token}"
    if as_json:
        console.answer({"url": url, "expiresAt": expires_at.isoformat(timespec="seconds")})
    else:
        console.say(url)


def _foundation(tool: Tool) -> Iterable[ConnectionCheck]:
    """Check what everything else needs: the database, its schema, and signing keys that the secret can decrypt."""
    try:
        if not is_current(tool.engine):
            yield ConnectionCheck(
                name="schema", verdict=Verdict.WRONG, found=N_("The database is not at the current version."),
                do=N_("Run: lokaltmot lti upgrade"),
            )  # fmt: skip
            return
        count = len(tool.signing_keys.published())
    except SQLAlchemyError as error:
        yield ConnectionCheck(
            name="database", verdict=Verdict.WRONG, values={"kind": type(error).__name__},
            found=N_("The database is not responding ({kind})."), do=N_("Check LOKALTMOT_DATABASE."),
        )  # fmt: skip
        return
    except SettingsError as error:
        yield ConnectionCheck(name="keys", verdict=Verdict.WRONG, found=error.text, values=error.values)
        return
    yield ConnectionCheck(name="schema", verdict=Verdict.OK, found=N_("The database is at the current version."))
    yield ConnectionCheck(name="keys", verdict=Verdict.OK, values={"count": count}, found=N_("Signing keys: {count}."))


def _print(console: Console, found: dict[str, list[ConnectionCheck]]) -> None:
    width = max(len(console.gettext(word)) for word, _ in _MARKS.values())
    for title, steps in found.items():
        if title:
            console.say(console.gettext("Platform {name}", name=title))
        for step in steps:
            word, color = _MARKS[step.verdict]
            mark = click.style(console.gettext(word).ljust(width), fg=color)
            do = f" {console.gettext(step.do, **step.values)}" if step.do else ""
            console.say(f"{mark}  {console.gettext(step.found, **step.values)}{do}")


def _data(console: Console, steps: Iterable[ConnectionCheck]) -> list[dict[str, object]]:
    return [
        {
            "name": step.name,
            "verdict": step.verdict.value,
            "found": console.gettext(step.found, **step.values),
            "do": console.gettext(step.do, **step.values) if step.do else "",
        }
        for step in steps
    ]


def _platforms(console: Console, found: dict[str, list[ConnectionCheck]]) -> list[dict[str, object]]:
    return [
        {"id": int(title.split()[0]), "issuer": title.split()[1], "steps": _data(console, steps)}
        for title, steps in found.items()
    ]
