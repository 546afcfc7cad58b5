"""`platform add|list|approve|…` and `invite`: the platforms that may use the tool."""

from datetime import timedelta

import click

from lokaltmot_lms.texts import N_
from lti_app.cli.command import BilingualGroup, Console, command, option, refuse
from lti_app.cli.open_tool import open_tool
from lti_app.platforms import PLATFORMS
from lti_app.store.engine import reading, writing
from lti_app.store.keys import add_invite
from lti_app.store.registrations import (
    Registration,
    add_registration,
    approve,
    drop_pending,
    find_registrations,
    get_registration,
    list_deployments,
    list_registrations,
    put_deployment,
    set_active,
)
from lti_app.store.types import now
from lti_app.trust.egress import host_of
from lti_app.trust.secrets import hashed, new_token

platform = BilingualGroup("platform", help=N_("The platforms that may launch modules."))
_NUMBER = click.argument("id_", metavar="ID", type=int)


@command("add", N_("Add a platform manually. The platform shows these addresses when you register a tool."))
@option("--issuer", required=True, help=N_("Platform ID, such as https://moodle.example.no."))
@option("--client-id", required=True, help=N_("Client ID."))
@option("--login-url", required=True, help=N_("Authentication request URL."))
@option("--token-url", required=True, help=N_("Access token URL."))
@option("--keys-url", required=True, help=N_("Public keyset URL."))
@option("--deployment", "deployments", multiple=True, help=N_("Deployment ID. Can be given several times."))
@option("--family", type=click.Choice(sorted(PLATFORMS)), help=N_("The kind of platform."))
@option("--host", "hosts", multiple=True, help=N_("Another host that serves its grades and rosters."))
@option("--name", default="", help=N_("A name for the platform."))
def add(
    console: Console,
    issuer: str,
    client_id: str,
    login_url: str,
    token_url: str,
    keys_url: str,
    deployments: tuple[str, ...],
    family: str | None,
    hosts: tuple[str, ...],
    name: str,
    as_json: bool,
) -> None:
    """Add a registration; without a deployment, the first launches add their deployments."""
    tool = open_tool()
    for address in (login_url, token_url, keys_url):
        if not address.startswith("https://") and not tool.settings.is_local:
            raise refuse(N_("{address} must begin with https://."), address=address)
    known = {host_of(address) for address in (issuer, login_url, token_url, keys_url)} - {""}
    with writing(tool.engine) as connection:
        if find_registrations(connection, issuer=issuer, client_id=client_id):
            raise refuse(N_("Client {client} of {issuer} already exists."), client=client_id, issuer=issuer)
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
    _answer(console, as_json, id_, N_("Platform {number} was added. Next: lokaltmot lti doctor"))


@command("list", N_("List the platforms, including those waiting for approval."))
def list_(console: Console, as_json: bool) -> None:
    """Print one line per platform."""
    with reading(open_tool().engine) as connection:
        found = list_registrations(connection)
        deployments = {
            one.id: {row.deployment_id: row.is_active for row in list_deployments(connection, one.id)} for one in found
        }
    if as_json:
        console.answer({"platforms": [_as_data(one, deployments[one.id]) for one in found]})
        return
    words = {"active": N_("active"), "stopped": N_("disabled"), "pending": N_("waiting for approval")}
    for one in found:
        console.say(
            f"{one.id}  {one.issuer}  {one.client_id}  {console.gettext(words[_state(one)])}  {one.name}".rstrip()
        )
    if not found:
        console.say(console.gettext("There are no platforms yet. Next: lokaltmot lti invite"))


@command("approve", N_("Approve a platform that registered itself with an issuer on another host."))
@_NUMBER
def approve_(console: Console, id_: int, as_json: bool) -> None:
    """Approve a pending registration."""
    with writing(open_tool().engine) as connection:
        if not approve(connection, id_):
            raise refuse(N_("Platform {number} is not waiting for approval."), number=id_)
    _answer(console, as_json, id_, N_("Platform {number} is enabled."))


@command("reject", N_("Remove a platform that is waiting for approval."))
@_NUMBER
def reject(console: Console, id_: int, as_json: bool) -> None:
    """Delete a pending registration."""
    with writing(open_tool().engine) as connection:
        if not drop_pending(connection, id_):
            raise refuse(N_("Platform {number} is not waiting for approval."), number=id_)
    _answer(console, as_json, id_, N_("Platform {number} was removed."))


@command("disable", N_("Disable a platform at once; its open sessions end too."))
@_NUMBER
def disable(console: Console, id_: int, as_json: bool) -> None:
    """Stop a registration."""
    _switch(id_, False)
    _answer(console, as_json, id_, N_("Platform {number} is disabled."))


@command("enable", N_("Enable a disabled platform again."))
@_NUMBER
def enable(console: Console, id_: int, as_json: bool) -> None:
    """Start a registration."""
    _switch(id_, True)
    _answer(console, as_json, id_, N_("Platform {number} is enabled."))


@command("deployment", N_("Allow a deployment of a platform, or stop it."))
@_NUMBER
@click.argument("deployment_id", metavar="DEPLOYMENT")
@option("--stop", is_flag=True, help=N_("Stop it instead."))
def deployment(console: Console, id_: int, deployment_id: str, stop: bool, as_json: bool) -> None:
    """Allow or stop one deployment."""
    with writing(open_tool().engine) as connection:
        if get_registration(connection, id_) is None:
            raise refuse(N_("Platform {number} does not exist."), number=id_)
        put_deployment(connection, id_, deployment_id, is_active=not stop, replaces=True)
    text = N_("Deployment {name} is stopped.") if stop else N_("Deployment {name} is allowed.")
    _answer(console, as_json, id_, text, name=deployment_id)


for _one, _norwegian in (
    (add, "legg-til"),
    (list_, "liste"),
    (approve_, "godkjenn"),
    (reject, "avvis"),
    (disable, "stopp"),
    (enable, "start"),
    (deployment, "utrulling"),
):
    platform.join(_one, _norwegian)


@command("invite", N_("Print a one-time address that one platform can use to register itself."))
@option("--days", default=7, type=click.IntRange(1, 90), help=N_("Number of days it is valid."))
def invite(console: Console, days: int, as_json: bool) -> None:
    """Create an invite. Only its hash is stored, so it cannot be shown again."""
    tool = open_tool()
    token = new_token()
    expires_at = now() + timedelta(days=days)
    with writing(tool.engine) as connection:
        add_invite(connection, token_hash=hashed(token), expires_at=expires_at)
    url = f"{tool.settings.origin}/lti/register/{token}"
    if as_json:
        console.answer({"url": url, "expiresAt": expires_at.isoformat(timespec="seconds")})
    else:
        console.say(url)


def _switch(id_: int, is_active: bool) -> None:
    with writing(open_tool().engine) as connection:
        known = get_registration(connection, id_)
        if known is None:
            raise refuse(N_("Platform {number} does not exist."), number=id_)
        if known.is_pending:
            raise refuse(
                N_("Platform {number} is waiting for approval. Run: lokaltmot lti platform approve {number}"),
                number=id_,
            )
        set_active(connection, id_, is_active)


def _answer(console: Console, as_json: bool, id_: int, text: str, **values: object) -> None:
    if as_json:
        console.answer({"platform": id_})
    else:
        console.say(console.gettext(text, number=id_, **values))


def _state(one: Registration) -> str:
    return "pending" if one.is_pending else "active" if one.is_active else "stopped"


def _as_data(one: Registration, deployments: dict[str, bool]) -> dict[str, object]:
    return {
        "id": one.id,
        "name": one.name,
        "issuer": one.issuer,
        "clientId": one.client_id,
        "family": one.platform_family,
        "state": _state(one),
        "hosts": list(one.service_hosts),
        "deployments": deployments,
    }
