"""`doctor`: whether each platform can be talked to, step by step, in words for the operator."""

import time
from collections.abc import Iterator
from email.utils import parsedate_to_datetime

import click

from lti_app.cli.opening import open_tool
from lti_app.errors import DeliveryError
from lti_app.store.engine import reading
from lti_app.store.registrations import Registration, count_deployments, list_registrations
from lti_app.store.trusted import list_audit
from lti_app.trust.egress import host_of
from lti_app.trust.tool import Tool

_SKEW = 30


@click.command("doctor", help="Look at the tool and its platforms, and say what is wrong.")
def doctor() -> None:
    """Print a line a check; the exit code is 1 when one failed."""
    tool = open_tool()
    with reading(tool.engine) as connection:
        registrations = list_registrations(connection)
        lines = list_audit(connection, limit=200)
    click.echo(f"ok    {len(tool.keys.published())} signing keys, {len(registrations)} platforms")
    failed = 0
    for registration in registrations:
        click.echo(f"Platform {registration.id}: {registration.issuer}")
        for good, text in _steps(tool, registration):
            click.echo(f"  {'ok   ' if good else 'wrong'} {text}")
            failed += not good
    for line in lines:
        if line.reason in ("iat_future", "iat_old", "expired") and "skew" in line.detail:
            click.echo(f"wrong A platform's clock was {line.detail['skew']} from ours. Let both keep time (NTP).")
            failed += 1
            break
    raise SystemExit(1 if failed else 0)


def _steps(tool: Tool, registration: Registration) -> Iterator[tuple[bool, str]]:
    if not registration.is_active:
        yield False, f"It is stopped. To start it: lokaltmot lti platform enable {registration.id}"
    with reading(tool.engine) as connection:
        deployments = count_deployments(connection, registration.id)
    if registration.deployment_policy == "listed" and not deployments:
        yield False, f"No deployment is allowed: lokaltmot lti platform deployment {registration.id} NUMBER"
    try:
        count = tool.platform_keys.fetch(registration)
    except DeliveryError as error:
        yield False, f"Its keys at {registration.jwks_url} are not to be had ({error.reason})."
    else:
        yield count > 0, f"{count} keys that may sign."
    try:
        answer = tool.egress.send("GET", registration.auth_token_url, hosts={host_of(registration.auth_token_url)})
    except DeliveryError as error:
        yield False, f"Its token address {registration.auth_token_url} does not answer ({error.reason})."
        return
    yield True, "Its token address answers."
    if "date" in answer.headers:
        skew = parsedate_to_datetime(answer.headers["date"]).timestamp() - time.time()
        yield abs(skew) <= _SKEW, f"Its clock is {skew:+.0f} s from ours."
