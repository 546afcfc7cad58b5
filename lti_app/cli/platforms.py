"""`platform add|list|enable|disable|deployment` and `invite`: whom the tool knows."""

from datetime import timedelta

import click

from lti_app.cli.opening import open_tool
from lti_app.platforms import PLATFORMS
from lti_app.store.engine import reading, writing
from lti_app.store.registrations import (
    add_registration,
    find_registrations,
    list_registrations,
    put_deployment,
    set_active,
)
from lti_app.store.trusted import add_invite
from lti_app.store.types import now
from lti_app.trust.egress import host_of
from lti_app.trust.secrets import hashed, new_token


@click.group("platform", help="The platforms that may launch modules.")
def platform() -> None:
    """Hold the commands together."""


@platform.command("add", help="Add a platform by hand. It shows these addresses when a tool is registered there.")
@click.option("--issuer", required=True, help="Platform ID, such as https://moodle.example.no.")
@click.option("--client-id", required=True)
@click.option("--login-url", required=True, help="Authentication request URL.")
@click.option("--token-url", required=True, help="Access token URL.")
@click.option("--keys-url", required=True, help="Public keyset URL.")
@click.option("--deployment", "deployments", multiple=True, help="Deployment ID. May be given several times.")
@click.option("--family", type=click.Choice(sorted(PLATFORMS)), help="What kind of platform it is.")
@click.option("--host", "hosts", multiple=True, help="Another host that its grades and rosters lie on.")
@click.option("--name", default="", help="What you call it.")
def add(
    issuer: str,
    client_id: str,
    login_url: str,
    token_url: str,
    keys_url: str,
    deployments: tuple[str, ...],
    family: str | None,
    hosts: tuple[str, ...],
    name: str,
) -> None:
    """Add a registration; without a deployment the first launches say which there are."""
    tool = open_tool()
    for address in (login_url, token_url, keys_url):
        if not address.startswith("https://") and not tool.settings.is_local:
            raise click.ClickException(f"{address} must begin with https://.")
    known = {host_of(address) for address in (issuer, login_url, token_url, keys_url)} - {""}
    with writing(tool.engine) as connection:
        if find_registrations(connection, issuer=issuer, client_id=client_id):
            raise click.ClickException(f"Client {client_id} of {issuer} is there already.")
        id_ = add_registration(
            connection,
            issuer=issuer,
            client_id=client_id,
            auth_login_url=login_url,
            auth_token_url=token_url,
            jwks_url=keys_url,
            platform_family=family or "",
            service_hosts=sorted(known | set(hosts)),
            deployment_policy="listed" if deployments else "auto",
            name=name,
        )
        for deployment in deployments:
            put_deployment(connection, id_, deployment, is_active=True)
    click.echo(f"Platform {id_} is added. Next: lokaltmot lti doctor")


@platform.command("list", help="List the platforms.")
def list_() -> None:
    """Print a line a platform."""
    with reading(open_tool().engine) as connection:
        found = list_registrations(connection)
    for one in found:
        state = "active" if one.is_active else "stopped"
        click.echo(f"{one.id}  {one.issuer}  {one.client_id}  {state}  {one.name}".rstrip())
    if not found:
        click.echo("There is no platform yet. Next: lokaltmot lti invite")


@platform.command("disable", help="Stop a platform at once; sessions that run end too.")
@click.argument("id_", metavar="ID", type=int)
def disable(id_: int) -> None:
    """Stop a registration."""
    _switch(id_, False)
    click.echo(f"Platform {id_} is stopped.")


@platform.command("enable", help="Let a stopped platform launch again.")
@click.argument("id_", metavar="ID", type=int)
def enable(id_: int) -> None:
    """Start a registration."""
    _switch(id_, True)
    click.echo(f"Platform {id_} may launch.")


@platform.command("deployment", help="Allow a deployment of a platform, or stop it.")
@click.argument("id_", metavar="ID", type=int)
@click.argument("deployment")
@click.option("--stop", is_flag=True, help="Stop it instead.")
def deployment(id_: int, deployment: str, stop: bool) -> None:
    """Allow or stop one deployment."""
    with writing(open_tool().engine) as connection:
        if id_ not in {one.id for one in list_registrations(connection)}:
            raise click.ClickException(f"There is no platform {id_}.")
        put_deployment(connection, id_, deployment, is_active=not stop, replaces=True)
    click.echo(f"Deployment {deployment} is {'stopped' if stop else 'allowed'}.")


@click.command("invite", help="Print an address with which one platform may register itself, once.")
@click.option("--days", default=7, show_default=True, type=click.IntRange(1, 90), help="How long it is good.")
def invite(days: int) -> None:
    """Make an invite. Only its hash is kept, so it cannot be shown again."""
    tool = open_tool()
    token = new_token()
    with writing(tool.engine) as connection:
        add_invite(connection, token_hash=hashed(token), expires_at=now() + timedelta(days=days))
    click.echo(f"{tool.settings.origin}/lti/register/{token}")


def _switch(id_: int, is_active: bool) -> None:
    with writing(open_tool().engine) as connection:
        if not set_active(connection, id_, is_active):
            raise click.ClickException(f"There is no platform {id_}.")
