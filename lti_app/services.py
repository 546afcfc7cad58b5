"""Authenticated requests to a platform's services, for grades and rosters (LTI security framework 4)."""

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
from lti_app.trust.strictjson import read_json
from lti_app.trust.tool import Tool

_EARLY = timedelta(seconds=60)  # a cached token is dropped this long before it expires
_LONGEST_TOKEN = 8192
_LONGEST_LIFE = 86_400  # seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """The services of one platform. Each request carries an access token for one scope."""

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
        """Send a request with an access token; after a 401, once more with a new token.

        Returns the response, whatever its status.

        Raises:
            DeliveryError: the platform cannot be reached, or issues no token.
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
        # Encrypted, so that a copied database has no token that a platform would accept.
        if sealed and (kept := self.tool.secret.unseal(sealed, seconds=_LONGEST_LIFE)):
            return kept
        answer = self.ask_token(scope)
        found = object_in(answer) if answer.status == 200 else {}
        token, seconds = found.get("access_token"), found.get("expires_in", 3600)
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
        """Request an access token and return the platform's response.

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
        """Return the signed client assertion (RFC 7523; LTI security framework 4.1.1)."""
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


def object_in(answer: PlatformResponse, *, any_text: bool = False) -> dict[str, Any]:
    """Return the JSON object in a response; an empty one for anything else."""
    found = json_in(answer, any_text=any_text)
    return found if isinstance(found, dict) else {}


def retry_after(answer: PlatformResponse) -> int | None:
    """Return the seconds in the Retry-After header (RFC 9110, 10.2.3). The date form is not supported."""
    text = answer.headers.get("retry-after", "").strip()
    return min(int(text), 86_400) if text.isascii() and text.isdecimal() and len(text) < 9 else None


def refusal(reason: str, answer: PlatformResponse) -> DeliveryError:
    """Return the error for a response that failed. A client error (4xx) is lasting, a server error is not."""
    is_lasting = 400 <= answer.status < 500 and answer.status not in (408, 425, 429)
    return DeliveryError(reason=reason, is_lasting=is_lasting, status=answer.status, retry_after=retry_after(answer))


def json_in(answer: PlatformResponse, *, any_text: bool = False) -> Any:
    """Return the JSON in a response; None if it is not JSON that we read. any_text: as for trust/strictjson.py."""
    try:
        return read_json(answer.body, any_text=any_text)
    except ValueError:
        return None
