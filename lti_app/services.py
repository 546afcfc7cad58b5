"""A platform's services, asked with a token of ours: what grades and rosters share (LTI security framework 4)."""

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

import jwt

from lti_app.errors import DeliveryError
from lti_app.store.engine import reading, writing
from lti_app.store.registrations import Registration
from lti_app.store.tokens import drop_token, get_token, put_token
from lti_app.store.types import now
from lti_app.trust.egress import PlatformResponse
from lti_app.trust.tool import Tool

_EARLY = timedelta(seconds=60)
_LONGEST_TOKEN = 8192
_LONGEST_LIFE = 86_400  # seconds


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
    ) -> PlatformResponse:
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

    def _ask_once(self, method: str, url: str, scope: str, content: Any, kind: str, accept: str) -> PlatformResponse:
        headers = {"Authorization": f"Bearer {self._token(scope)}", "Accept": accept}
        if content is None:
            return self._send(method, url, headers, None)
        return self._send(method, url, {**headers, "Content-Type": kind}, json.dumps(content).encode())

    def _send(self, method: str, url: str, headers: Mapping[str, str], body: bytes | None) -> PlatformResponse:
        hosts = self.registration.service_hosts
        return self.tool.egress.send(method, url, hosts=hosts, headers=headers, body=body)

    def _token(self, scope: str) -> str:
        with reading(self.tool.engine) as connection:
            sealed = get_token(connection, self.registration.id, scope)
        # Sealed, so that a copied database holds nothing that a platform would take.
        if sealed and (kept := self.tool.secret.unseal(sealed, seconds=_LONGEST_LIFE)):
            return kept
        answer = self.ask_token(scope)
        told = object_in(answer) if answer.status == 200 else {}
        token, seconds = told.get("access_token"), told.get("expires_in", 3600)
        if not isinstance(token, str) or not 0 < len(token) <= _LONGEST_TOKEN or not token.isascii():
            raise refusal("token_refused", answer)
        if isinstance(seconds, int) and seconds > _EARLY.total_seconds():
            expires_at = now() + timedelta(seconds=min(seconds, _LONGEST_LIFE)) - _EARLY
            with writing(self.tool.engine) as connection:
                put_token(
                    connection, self.registration.id, scope, token=self.tool.secret.seal(token), expires_at=expires_at
                )
        return token

    def ask_token(self, scope: str) -> PlatformResponse:
        """Ask for a token, and return the platform's answer as it is.

        Raises:
            DeliveryError: the platform cannot be reached.
        """
        form = {
            "grant_type": "client_credentials",
            "client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
            "client_assertion": self._assertion(),
            "scope": scope,
        }
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
        return self._send("POST", self.registration.auth_token_url, headers, urlencode(form).encode())

    def _assertion(self) -> str:
        """Return a signed statement of who we are (RFC 7523; LTI security framework 4.1.1)."""
        key, at = self.tool.signing_keys.signing(), int(time.time())
        claims = {
            "iss": self.registration.client_id,
            "sub": self.registration.client_id,
            "aud": self.registration.audience or self.registration.auth_token_url,
            "iat": at - 5,
            "exp": at + 60,
            "jti": uuid4().hex,
        }
        return jwt.encode(claims, key.private, "RS256", {"kid": key.kid})


def object_in(answer: PlatformResponse) -> dict[str, Any]:
    """Return the JSON object of an answer; an empty one for anything else."""
    found = json_in(answer)
    return found if isinstance(found, dict) else {}


def retry_after(answer: PlatformResponse) -> int | None:
    """Return the seconds that a platform asks us to wait (RFC 9110, 10.2.3; a date is not worth the trouble)."""
    text = answer.headers.get("retry-after", "").strip()
    return min(int(text), 86_400) if text.isascii() and text.isdecimal() and len(text) < 9 else None


def refusal(reason: str, answer: PlatformResponse) -> DeliveryError:
    """Return what an answer that did not help means: a refusal lasts, a trouble of the server's own does not."""
    is_lasting = 400 <= answer.status < 500 and answer.status not in (408, 425, 429)
    return DeliveryError(reason=reason, is_lasting=is_lasting, status=answer.status, retry_after=retry_after(answer))


def json_in(answer: PlatformResponse) -> Any:
    """Return the JSON of an answer; None when it is none."""
    try:
        return json.loads(answer.body)
    except (ValueError, RecursionError):
        return None
