"""Assignment and Grade Services: tokens, line items, scores and results, as a platform takes them (LTI AGS 2.0)."""

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import quote, urlencode, urlsplit, urlunsplit
from uuid import uuid4

import jwt

from lti_app.errors import DeliveryError
from lti_app.store.engine import reading, writing
from lti_app.store.outbox import Grade, set_line_item
from lti_app.store.registrations import Registration
from lti_app.store.tokens import drop_token, get_token, put_token
from lti_app.store.types import now
from lti_app.trust.egress import Answer
from lti_app.trust.tool import Tool

SCOPE = "https://purl.imsglobal.org/spec/lti-ags/scope/"
SCORE, LINE_ITEM, RESULT = f"{SCOPE}score", f"{SCOPE}lineitem", f"{SCOPE}result.readonly"
NEW = "new:"  # a line item that is to be made: this, the link's id, a blank, the address of the container
_SCORE_TYPE = "application/vnd.ims.lis.v1.score+json"
_ITEM_TYPE = "application/vnd.ims.lis.v2.lineitem+json"
_ITEMS_TYPE = "application/vnd.ims.lis.v2.lineitemcontainer+json"
_RESULTS_TYPE = "application/vnd.ims.lis.v2.resultcontainer+json"
_OURS = 100.0  # the maximum when the platform does not tell its own; it scales the score
_EARLY = timedelta(seconds=60)


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """A platform's services, asked with our token for one scope."""

    tool: Tool
    registration: Registration

    def ask(
        self,
        method: str,
        url: str,
        *,
        scope: str,
        content: Any = None,
        kind: str = "",
        accept: str = "application/json",
    ) -> Answer:
        """Send a request with a token; after a 401 once more with a new one. Returns the answer, also a refusal.

        Raises:
            DeliveryError: the platform cannot be reached, or gives no token.
        """
        answer = self._ask_once(method, url, scope, content, kind, accept)
        if answer.status != 401:
            return answer
        with writing(self.tool.engine) as connection:
            drop_token(connection, self.registration.id, scope)
        return self._ask_once(method, url, scope, content, kind, accept)

    def _ask_once(self, method: str, url: str, scope: str, content: Any, kind: str, accept: str) -> Answer:
        headers = {"Authorization": f"Bearer {self._token(scope)}", "Accept": accept}
        if content is None:
            return self._send(method, url, headers, None)
        return self._send(method, url, {**headers, "Content-Type": kind}, json.dumps(content).encode())

    def _send(self, method: str, url: str, headers: Mapping[str, str], body: bytes | None) -> Answer:
        hosts = self.registration.service_hosts
        return self.tool.egress.send(method, url, hosts=hosts, headers=headers, body=body)

    def _token(self, scope: str) -> str:
        with reading(self.tool.engine) as connection:
            kept = get_token(connection, self.registration.id, scope)
        if kept:
            return kept
        form = {
            "grant_type": "client_credentials",
            "client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
            "client_assertion": self._assertion(),
            "scope": scope,
        }
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
        answer = self._send("POST", self.registration.auth_token_url, headers, urlencode(form).encode())
        told = object_in(answer) if answer.status == 200 else {}
        token, seconds = told.get("access_token"), told.get("expires_in", 3600)
        if not isinstance(token, str) or not token:
            raise refusal("token_refused", answer)
        if isinstance(seconds, int) and seconds > _EARLY.total_seconds():
            expires_at = now() + timedelta(seconds=min(seconds, 86_400)) - _EARLY
            with writing(self.tool.engine) as connection:
                put_token(connection, self.registration.id, scope, token=token, expires_at=expires_at)
        return token

    def _assertion(self) -> str:
        """Return a signed statement of who we are (RFC 7523; LTI security framework 4.1.1)."""
        key, at = self.tool.keys.signing(), int(time.time())
        claims = {
            "iss": self.registration.client_id,
            "sub": self.registration.client_id,
            "aud": self.registration.audience or self.registration.auth_token_url,
            "iat": at - 5,
            "exp": at + 60,
            "jti": uuid4().hex,
        }
        return jwt.encode(claims, key.private, "RS256", {"kid": key.kid})


def send_score(services: Services, grade: Grade) -> Answer:
    """Send a grade to its line item, which is made or read first when need be. Returns the platform's answer.

    Raises:
        DeliveryError: see Services.ask; "no_line_item" when there is none and none may be made.
    """
    url, maximum = _line_item(services, grade)
    score = {
        "userId": grade.sub,
        "scoreGiven": round(grade.share * maximum, 4),
        "scoreMaximum": maximum,
        "activityProgress": "Completed",
        "gradingProgress": "FullyGraded",
        # Microseconds and a zone: Moodle reads a time without one in its own (Moodle 4.5, measured).
        "timestamp": grade.sent_timestamp.isoformat(timespec="microseconds"),
        "submission": {"startedAt": grade.started_at.isoformat(), "submittedAt": grade.submitted_at.isoformat()},
        **({"comment": grade.comment} if grade.comment else {}),
    }
    return services.ask("POST", beneath(url, "scores"), scope=SCORE, content=score, kind=_SCORE_TYPE)


def result_share(services: Services, grade: Grade) -> float | None:
    """Return the result that the platform holds, 0 to 1; None when it does not tell."""
    url = beneath(grade.line_item_url, "results")
    url += ("&" if "?" in url else "?") + f"user_id={quote(grade.sub, safe='')}"
    answer = services.ask("GET", url, scope=RESULT, accept=_RESULTS_TYPE)
    found = _json(answer) if answer.status == 200 else None
    for result in found if isinstance(found, list) else []:
        if isinstance(result, dict) and str(result.get("userId")) == grade.sub:
            given, maximum = result.get("resultScore"), result.get("resultMaximum")
            if isinstance(given, int | float) and isinstance(maximum, int | float) and maximum > 0:
                return float(given) / float(maximum)
    return None


def beneath(url: str, name: str) -> str:
    """Return the address of a part of a line item: before its query, which Moodle's have."""
    parts = urlsplit(url)
    return urlunsplit(parts._replace(path=f"{parts.path.rstrip('/')}/{name}"))


def object_in(answer: Answer) -> dict[str, Any]:
    """Return the JSON object of an answer; an empty one for anything else."""
    found = _json(answer)
    return found if isinstance(found, dict) else {}


def retry_after(answer: Answer) -> int | None:
    """Return the seconds that a platform asks us to wait (RFC 9110, 10.2.3; a date is not worth the trouble)."""
    text = answer.headers.get("retry-after", "").strip()
    return min(int(text), 86_400) if text.isascii() and text.isdecimal() and len(text) < 9 else None


def refusal(reason: str, answer: Answer) -> DeliveryError:
    """Return what an answer that did not help means: a refusal lasts, a trouble of the server's own does not."""
    is_lasting = 400 <= answer.status < 500 and answer.status not in (408, 425, 429)
    return DeliveryError(reason=reason, is_lasting=is_lasting, status=answer.status, retry_after=retry_after(answer))


def _line_item(services: Services, grade: Grade) -> tuple[str, float]:
    maximum: float | None
    if grade.line_item_url.startswith(NEW):
        url, maximum = _make_line_item(services, grade.line_item_url)
    elif grade.maximum is None:
        url, maximum = grade.line_item_url, _read_maximum(services, grade.line_item_url)
    else:
        return grade.line_item_url, grade.maximum
    if maximum is not None:
        with writing(services.tool.engine) as connection:
            set_line_item(connection, grade.line_item_id, url=url, maximum=maximum)
    return url, maximum or _OURS


def _read_maximum(services: Services, url: str) -> float | None:
    for scope in (LINE_ITEM, f"{LINE_ITEM}.readonly"):
        try:
            answer = services.ask("GET", url, scope=scope, accept=_ITEM_TYPE)
        except DeliveryError as error:
            if error.reason != "token_refused" or not error.is_lasting:
                raise
            continue
        return _maximum(object_in(answer)) if answer.status == 200 else None
    return None


def _make_line_item(services: Services, order: str) -> tuple[str, float]:
    """Find or make the line item of a link. A sender that died after making it finds it again."""
    link, container = order.removeprefix(NEW).split(" ", 1)
    query = ("&" if "?" in container else "?") + f"resource_link_id={quote(link, safe='')}"
    answer = services.ask("GET", container + query, scope=LINE_ITEM, accept=_ITEMS_TYPE)
    items = _json(answer) if answer.status == 200 else None
    for item in items if isinstance(items, list) else []:
        if isinstance(item, dict) and str(item.get("resourceLinkId")) == link and isinstance(item.get("id"), str):
            return item["id"], _maximum(item) or _OURS
    content = {"label": "Lokalt mot", "scoreMaximum": _OURS, "resourceLinkId": link, "tag": "lokaltmot"}
    answer = services.ask("POST", container, scope=LINE_ITEM, content=content, kind=_ITEM_TYPE, accept=_ITEM_TYPE)
    made = object_in(answer)
    if answer.status not in (200, 201) or not isinstance(made.get("id"), str):
        raise refusal("no_line_item", answer)
    return made["id"], _maximum(made) or _OURS


def _maximum(item: Mapping[str, Any]) -> float | None:
    maximum = item.get("scoreMaximum")
    is_number = isinstance(maximum, int | float) and not isinstance(maximum, bool)
    return float(maximum) if is_number and maximum and 0 < maximum < 1e9 else None


def _json(answer: Answer) -> Any:
    try:
        return json.loads(answer.body)
    except (ValueError, RecursionError):
        return None
