"""The connection test, shown by the command `doctor` and by the connection test page (launch/connection_page.py).

Each check reports what was found and, if there is a problem, what to do. The texts are message ids of the catalogues.
"""

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from email.utils import parsedate_to_datetime
from enum import StrEnum
from typing import Any

from lokaltmot_lms.texts import N_
from lti_app.ags import LINE_ITEM, RESULT, SCORE
from lti_app.built_modules import BuiltModules
from lti_app.errors import DeliveryError
from lti_app.nrps import SCOPE as ROSTER
from lti_app.services import Services, object_in
from lti_app.store.disk import LEAST_MEGABYTES, free_megabytes
from lti_app.store.engine import reading
from lti_app.store.grades import count_ahead, count_by_status, oldest_due
from lti_app.store.keys import list_audit
from lti_app.store.people import count_links
from lti_app.store.registrations import Registration, list_deployments
from lti_app.store.sessions import seen_messages
from lti_app.store.types import now
from lti_app.trust.egress import PlatformResponse
from lti_app.trust.strictjson import read_json
from lti_app.trust.tool import Tool

_SKEW = 30  # seconds; Moodle's id_tokens are valid for 60
_SENDER_LATE = 300
_SEEN_LINES = 200
_RECENTLY = timedelta(days=1)
_SKEWED = ("iat_future", "iat_old", "expired")
# By scope: the text if it is granted, the text if it is refused, and the consequence of a refusal.
_SCOPES = {
    SCORE: (
        N_("The tool is allowed to send grades."),
        N_("The tool is not allowed to send grades."),
        N_("Without this, no grades reach the gradebook. Allow it in the platform's settings for the tool."),
    ),
    LINE_ITEM: (
        N_("The tool is allowed to create columns in the gradebook."),
        N_("The tool is not allowed to create columns in the gradebook."),
        N_("It uses the columns that the platform creates."),
    ),
    RESULT: (
        N_("The tool is allowed to read grades."),
        N_("The tool is not allowed to read grades."),
        N_("It cannot see which grades the platform has stored."),
    ),
    ROSTER: (
        N_("The tool is allowed to read the list of participants."),
        N_("The tool is not allowed to read the list of participants."),
        N_("Teachers see participants without names."),
    ),
}


class Verdict(StrEnum):
    """note: limited, or not seen yet; nothing is broken."""

    OK = "ok"
    NOTE = "note"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True, kw_only=True)
class ConnectionCheck:
    """One check. name: short and stable, for programs. found, do: message ids of the catalogues."""

    name: str
    verdict: Verdict
    found: str
    do: str = ""
    values: dict[str, Any] = field(default_factory=dict)


def tool_steps(tool: Tool) -> Iterator[ConnectionCheck]:
    """Check the tool itself: its modules and the grade sender."""
    yield _modules(tool)
    with reading(tool.engine) as connection:
        due, counts, ahead = oldest_due(connection), count_by_status(connection), count_ahead(connection)
    minutes = int((now() - due).total_seconds() // 60) if due else 0
    if minutes * 60 >= _SENDER_LATE:
        yield ConnectionCheck(
            name="sender", verdict=Verdict.WRONG, values={"minutes": minutes},
            found=N_("A grade has been waiting for {minutes} minutes: the grade sender is not running."),
            do=N_("Start it with: lokaltmot lti work"),
        )  # fmt: skip
    else:
        waiting = counts.get("waiting", 0) + counts.get("sending", 0)
        yield ConnectionCheck(
            name="sender",
            verdict=Verdict.OK,
            values={"count": waiting},
            found=N_("Grades waiting to be sent: {count}."),
        )
    if ahead:
        yield ConnectionCheck(
            name="clock", verdict=Verdict.NOTE, values={"count": ahead},
            found=N_("Grades sent with a date in the future: {count}. The clock of this server was ahead."),
            do=N_("Check that the clock is synchronised (NTP). Later grades of these learners are dated after them."),
        )  # fmt: skip
    yield from _disk(tool)
    if held := counts.get("parked", 0):
        yield ConnectionCheck(
            name="parked", verdict=Verdict.NOTE, values={"count": held},
            found=N_("Grades on hold: {count}."),
            do=N_("The teacher's report for each module says why."),
        )  # fmt: skip


def _disk(tool: Tool) -> Iterator[ConnectionCheck]:
    free = free_megabytes(tool.settings.database)
    if free is not None and free < LEAST_MEGABYTES:
        yield ConnectionCheck(
            name="disk", verdict=Verdict.WRONG, values={"free": free},
            found=N_("The disk of the database has only {free} MB left."),
            do=N_("Make room before it is full: then no answer can be saved."),
        )  # fmt: skip


def platform_steps(tool: Tool, registration: Registration) -> Iterator[ConnectionCheck]:
    """Contact a platform as launches and grades do, and report what has been seen of it."""
    yield from _admission(tool, registration)
    yield _their_keys(tool, registration)
    ours = _our_keys(tool)
    yield ours
    yield from _tokens(tool, registration, keys_are_readable=ours.verdict is Verdict.OK)
    yield from _skew_seen(tool, registration)
    yield from _seen(tool, registration)


def _modules(tool: Tool) -> ConnectionCheck:
    root = tool.settings.modules
    values: dict[str, Any] = {"folder": str(root.resolve())}
    try:
        names = [path.name for path in root.iterdir() if (path / "module.json").exists()]
    except OSError:
        return ConnectionCheck(
            name="shelf", verdict=Verdict.WRONG, values=values,
            found=N_("The folder of built modules, {folder}, cannot be read."),
            do=N_("Set LOKALTMOT_MODULES to the folder that the course was built to, and give this user read access."),
        )  # fmt: skip
    modules = BuiltModules(root)
    broken = sorted(name for name in names if modules.module(name) is None)
    values |= {"count": len(names) - len(broken), "names": ", ".join(broken)}
    if broken:
        return ConnectionCheck(
            name="shelf", verdict=Verdict.WRONG, values=values,
            found=N_("These modules cannot be read, or have been copied only in part: {names}."),
            do=N_("Build them again with: lokaltmot build COURSE --target lti --out {folder}"),
        )  # fmt: skip
    if not names:
        return ConnectionCheck(
            name="shelf", verdict=Verdict.NOTE, values=values, found=N_("There are no built modules in {folder}."),
            do=N_("Build one with: lokaltmot build COURSE --target lti --out {folder}"),
        )  # fmt: skip
    return ConnectionCheck(name="shelf", verdict=Verdict.OK, values=values, found=N_("Built modules: {count}."))


def _admission(tool: Tool, registration: Registration) -> Iterator[ConnectionCheck]:
    values: dict[str, Any] = {"number": registration.id}
    if registration.is_pending:
        yield ConnectionCheck(
            name="approved", verdict=Verdict.WRONG, values=values, found=N_("The platform is waiting for approval."),
            do=N_("The operator of the tool can approve it with: lokaltmot lti platform approve {number}"),
        )  # fmt: skip
    elif not registration.is_active:
        yield ConnectionCheck(
            name="active", verdict=Verdict.WRONG, values=values, found=N_("The platform is disabled."),
            do=N_("The operator of the tool can enable it with: lokaltmot lti platform enable {number}"),
        )  # fmt: skip
    with reading(tool.engine) as connection:
        known = list_deployments(connection, registration.id)
    waiting = [one.deployment_id for one in known if not one.is_active]
    if waiting:
        yield ConnectionCheck(
            name="deployment", verdict=Verdict.WRONG,
            values={**values, "names": ", ".join(waiting[:5]), "first": waiting[0]},
            found=N_("Refused deployments: {names}."),
            do=N_("The operator of the tool can allow one with: lokaltmot lti platform deployment {number} {first}"),
        )  # fmt: skip
    elif len(known) >= tool.settings.deployment_cap:
        yield ConnectionCheck(
            name="deployment", verdict=Verdict.WRONG, values={"count": len(known)},
            found=N_("There are {count} deployments, and no more are accepted."),
            do=N_("Increase LOKALTMOT_DEPLOYMENT_CAP, or stop unused deployments."),
        )  # fmt: skip
    elif known:
        names = ", ".join(one.deployment_id for one in known[:5])
        yield ConnectionCheck(
            name="deployment", verdict=Verdict.OK, values={"names": names}, found=N_("Allowed deployments: {names}.")
        )
    elif registration.deployment_policy == "listed":
        yield ConnectionCheck(
            name="deployment", verdict=Verdict.WRONG, values=values, found=N_("No deployment is allowed."),
            do=N_("The operator of the tool can allow one with: lokaltmot lti platform deployment {number} ID"),
        )  # fmt: skip
    else:
        yield ConnectionCheck(
            name="deployment", verdict=Verdict.NOTE,
            found=N_("The first launch will show which deployment this is."),
        )  # fmt: skip


def _their_keys(tool: Tool, registration: Registration) -> ConnectionCheck:
    values: dict[str, Any] = {"address": registration.jwks_url}
    try:
        count = tool.platform_keys.fetch(registration)
    except DeliveryError as error:
        return ConnectionCheck(
            name="platform_keys", verdict=Verdict.WRONG, values={**values, "reason": error.reason},
            found=N_("The platform's public keys at {address} could not be fetched ({reason})."),
            do=N_("Check that the address is correct and that this server can reach it."),
        )  # fmt: skip
    if not count:
        return ConnectionCheck(
            name="platform_keys", verdict=Verdict.WRONG, values=values,
            found=N_("No key at {address} can be used for signing: an RSA key of at least 2048 bits is needed."),
            do=N_("Ask the platform's administrator to check its keys."),
        )  # fmt: skip
    values["count"] = count
    return ConnectionCheck(
        name="platform_keys", verdict=Verdict.OK, values=values, found=N_("The platform's public keys: {count}.")
    )


def _our_keys(tool: Tool) -> ConnectionCheck:
    """Fetch our own key set as a platform does: through the public URL and the proxy."""
    address = f"{tool.settings.origin}/lti/jwks.json"
    kid = tool.signing_keys.signing().kid
    try:
        answer = tool.egress.send("GET", address, hosts={tool.settings.host})
        is_there = kid in {key["kid"] for key in read_json(answer.body)["keys"]}
        reason = "" if is_there else "kid_missing"
    except DeliveryError as error:
        reason = error.reason
    except (ValueError, KeyError, TypeError):
        reason = "garbled"
    if reason:
        return ConnectionCheck(
            name="our_keys", verdict=Verdict.WRONG, values={"address": address, "reason": reason},
            found=N_("The tool's public keys at {address} could not be read ({reason})."),
            do=N_("Platforms fetch them from there. Check LOKALTMOT_PUBLIC_URL, the proxy and the certificate."),
        )  # fmt: skip
    return ConnectionCheck(
        name="our_keys", verdict=Verdict.OK, found=N_("The tool's public keys can be read from outside.")
    )


def _tokens(tool: Tool, registration: Registration, *, keys_are_readable: bool) -> Iterator[ConnectionCheck]:
    """Request a token for each scope, since a platform may grant one and refuse another."""
    services = Services(tool=tool, registration=registration)
    has_clock = False
    for scope in _SCOPES:
        try:
            answer = services.ask_token(scope)
        except DeliveryError as error:
            values = {"address": registration.auth_token_url, "reason": error.reason}
            yield ConnectionCheck(
                name="token", verdict=Verdict.WRONG, values=values,
                found=N_("The token address {address} is not responding ({reason})."),
                do=N_("Check that the address is correct and that this server can reach it."),
            )  # fmt: skip
            return
        if not has_clock:
            has_clock = True
            yield from _clock(answer)
        step = _check_token(scope, answer, keys_are_readable=keys_are_readable)
        yield step
        if step.name == "token":
            return  # the problem is not the scope, so the other scopes would fail too


def _check_token(scope: str, answer: PlatformResponse, *, keys_are_readable: bool) -> ConnectionCheck:
    response = object_in(answer)
    name = f"scope_{scope.rpartition('/')[2]}"
    allowed, refused, loss = _SCOPES[scope]
    if answer.status == 200 and isinstance(response.get("access_token"), str):
        return ConnectionCheck(name=name, verdict=Verdict.OK, found=allowed)
    error = str(response.get("error", ""))
    if error == "invalid_scope":
        verdict = Verdict.WRONG if scope == SCORE else Verdict.NOTE
        return ConnectionCheck(name=name, verdict=verdict, found=refused, do=loss)
    if error in ("invalid_client", "unauthorized_client", "invalid_grant", "invalid_request") or answer.status == 401:
        return ConnectionCheck(
            name="token", verdict=Verdict.WRONG, values={"status": answer.status},
            found=N_("The platform does not accept the tool's signature (status {status})."),
            do=(
                N_("It may have cached old keys: wait an hour, or save the tool there again. Check the client ID too.")
                if keys_are_readable
                else N_("It cannot read the tool's public keys; see the line above.")
            ),
        )  # fmt: skip
    return ConnectionCheck(
        name="token", verdict=Verdict.WRONG, values={"status": answer.status},
        found=N_("The platform issued no token (status {status})."),
        do=N_("Check the token address, and that the tool is enabled on the platform."),
    )  # fmt: skip


def _clock(answer: PlatformResponse) -> Iterator[ConnectionCheck]:
    try:
        skew = parsedate_to_datetime(answer.headers["date"]).timestamp() - time.time()
    except (KeyError, ValueError, TypeError):
        return
    values = {"seconds": f"{round(skew):+d}"}
    if abs(skew) <= _SKEW:
        yield ConnectionCheck(
            name="clock", verdict=Verdict.OK, values=values, found=N_("The clocks agree ({seconds} s).")
        )
    else:
        yield ConnectionCheck(
            name="clock", verdict=Verdict.WRONG, values=values,
            found=N_("The platform's clock differs by {seconds} s from the tool's, so launches are refused."),
            do=N_("Synchronise both clocks (NTP)."),
        )  # fmt: skip


def _skew_seen(tool: Tool, registration: Registration) -> Iterator[ConnectionCheck]:
    with reading(tool.engine) as connection:
        lines = list_audit(connection, limit=_SEEN_LINES, registration_id=registration.id)
    since = now() - _RECENTLY
    found = (
        line.detail["skew"] for line in lines if line.at > since and line.reason in _SKEWED and "skew" in line.detail
    )
    skew = next(found, None)
    if skew is not None:
        yield ConnectionCheck(
            name="clock_seen", verdict=Verdict.WRONG, values={"skew": skew},
            found=N_("A launch was refused because the clocks differ ({skew})."),
            do=N_("Synchronise both clocks (NTP)."),
        )  # fmt: skip


def _seen(tool: Tool, registration: Registration) -> Iterator[ConnectionCheck]:
    with reading(tool.engine) as connection:
        messages, links = seen_messages(connection, registration.id), count_links(connection, registration.id)
    if "deeplink" in messages:
        yield ConnectionCheck(
            name="deep_linking", verdict=Verdict.OK, found=N_("A teacher has opened the module picker.")
        )
    else:
        yield ConnectionCheck(
            name="deep_linking", verdict=Verdict.NOTE,
            found=N_("Nobody has opened the module picker recently."),
            do=N_("Add a module to a course to test deep linking."),
        )  # fmt: skip
    if links:
        yield ConnectionCheck(
            name="launch",
            verdict=Verdict.OK,
            values={"count": links},
            found=N_("Modules opened from courses: {count}."),
        )
    else:
        yield ConnectionCheck(
            name="launch", verdict=Verdict.NOTE, found=N_("No module has been opened yet."),
            do=N_("Open one as a learner."),
        )  # fmt: skip
