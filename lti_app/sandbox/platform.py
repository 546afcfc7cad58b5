"""The demo platform's state: four people, one course, its modules and grades, and the signing key."""

import json
import secrets
import time
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from jwt.algorithms import RSAAlgorithm

from lti_app.pylti import CLAIM, DEEP_LINKING_REQUEST, GRADES, RESOURCE_REQUEST, ROSTER, SCOPES, SETTINGS

CLIENT, DEPLOYMENT, CONTEXT, KID = "lokalt-mot", "1", "fjordvik-1", "sandbox"
_ROLES = "http://purl.imsglobal.org/vocab/lis/v2/membership#"
_TOKEN_SECONDS = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Somebody:
    """A person in the course. id: also the `sub` in launches."""

    id: str
    name: str
    is_teacher: bool = False

    @property
    def role(self) -> str:
        """The role, as LTI writes it."""
        return f"{_ROLES}{'Instructor' if self.is_teacher else 'Learner'}"


PEOPLE = {
    one.id: one
    for one in (
        Somebody(id="kari", name="Kari Fjord", is_teacher=True),
        Somebody(id="amal", name="Amal Ali"),
        Somebody(id="jonas", name="Jonas Lie"),
        Somebody(id="sara", name="Sara Berg"),
    )
}


@dataclass(slots=True, kw_only=True)
class Placed:
    """A module that was added by deep linking. maximum: of its column in the gradebook."""

    id: str
    title: str
    url: str
    custom: dict[str, str]
    maximum: float
    grades: dict[str, tuple[float, datetime]] = field(default_factory=dict)


@dataclass(slots=True, kw_only=True)
class SandboxPlatform:
    """The platform's state, in memory only. tool: the tool's origin."""

    origin: str
    tool: str
    key: RSAPrivateKey = field(default_factory=lambda: generate_private_key(public_exponent=65537, key_size=2048))
    placed: dict[str, Placed] = field(default_factory=dict)
    tokens: dict[str, tuple[set[str], float]] = field(default_factory=dict)

    @property
    def key_set(self) -> dict[str, Any]:
        """The public key, as a platform publishes it."""
        made = json.loads(RSAAlgorithm.to_jwk(self.key.public_key()))
        return {"keys": [{"kty": "RSA", "kid": KID, "alg": "RS256", "use": "sig", "n": made["n"], "e": made["e"]}]}

    def place(self, item: dict[str, Any]) -> None:
        """Add an item of a deep linking response to the course."""
        id_ = str(len(self.placed) + 1)
        maximum = item.get("lineItem", {}).get("scoreMaximum", 100.0)
        self.placed[id_] = Placed(
            id=id_, title=item["title"], url=item["url"], custom=dict(item.get("custom", {})), maximum=float(maximum)
        )

    def token(self, scopes: set[str]) -> str:
        """Return an access token for services."""
        made = secrets.token_urlsafe(24)
        self.tokens[made] = (scopes, time.monotonic() + _TOKEN_SECONDS)
        return made

    def allows(self, token: str, scope: str) -> bool:
        """Return whether a token is valid for a scope."""
        scopes, ends_at = self.tokens.get(token, (set(), 0.0))
        return scope in scopes and time.monotonic() < ends_at

    def sign(self, who: Somebody, nonce: str, locale: str, placed: Placed | None) -> str:
        """Return an id_token: for a launch of a module, or of the picker if `placed` is None."""
        at = int(time.time())
        claims = {
            "iss": self.origin, "aud": CLIENT, "sub": who.id, "nonce": nonce, "iat": at, "exp": at + 60,
            f"{CLAIM}version": "1.3.0", f"{CLAIM}deployment_id": DEPLOYMENT, f"{CLAIM}roles": [who.role],
            f"{CLAIM}context": {"id": CONTEXT, "title": "Lokalt mot, Fjordvik"},
            f"{CLAIM}launch_presentation": {"locale": locale, "document_target": "iframe"},
        }  # fmt: skip
        claims |= self._of_module(placed) if placed else self._of_picker()
        return jwt.encode(claims, self.key, "RS256", {"kid": KID})

    def _of_module(self, placed: Placed) -> dict[str, Any]:
        return {
            f"{CLAIM}message_type": RESOURCE_REQUEST,
            f"{CLAIM}target_link_uri": placed.url,
            f"{CLAIM}resource_link": {"id": placed.id, "title": placed.title},
            f"{CLAIM}custom": placed.custom,
            GRADES: {
                "scope": list(SCOPES[:3]), "lineitem": f"{self.origin}/items/{placed.id}",
                "lineitems": f"{self.origin}/items",
            },
            ROSTER: {"context_memberships_url": f"{self.origin}/members", "service_versions": ["2.0"]},
        }  # fmt: skip

    def _of_picker(self) -> dict[str, Any]:
        return {
            f"{CLAIM}message_type": DEEP_LINKING_REQUEST,
            f"{CLAIM}target_link_uri": f"{self.tool}/lti/launch",
            SETTINGS: {
                "accept_types": ["ltiResourceLink"], "accept_presentation_document_targets": ["iframe"],
                "accept_multiple": True, "deep_link_return_url": f"{self.origin}/return",
            },
        }  # fmt: skip
