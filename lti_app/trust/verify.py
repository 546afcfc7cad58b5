"""Verifies an id_token: signed by the platform, meant for the tool, fresh, and for this login.

OpenID Connect Core 3.1.3.7 and the LTI security framework 5.1.3, read strictly where they leave a choice. Each refusal
has its own reason code.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import datetime
from typing import Any

from jwt.algorithms import RSAAlgorithm

from lti_app.errors import Advice, LaunchError
from lti_app.store.registrations import Registration
from lti_app.trust.jwks import PlatformKeys
from lti_app.trust.secrets import hashed
from lti_app.trust.strictjson import read_json

LEEWAY = 60  # seconds of clock skew
OLDEST = 300  # seconds since iat
LONGEST_LIFE = 3600  # seconds from iat to exp
_NO_SUCH_TIME = 1e12
_RS256 = RSAAlgorithm(RSAAlgorithm.SHA256)


def verify(
    token: str, registration: Registration, *, nonce_hash: str, keys: PlatformKeys, at: datetime
) -> dict[str, Any]:
    """Return the claims of an id_token.

    registration and nonce_hash: of the login that the state belongs to.

    Raises:
        LaunchError: 401, or 400 if the text is not a JWT.
    """
    refuse = _Refuser(registration.id)
    parts = token.split(".")
    if len(parts) != 3 or not token.isascii():
        raise refuse(400, "token_form")
    key = keys.find(registration, _kid_in(parts[0], refuse))
    if key is None:
        raise refuse(401, "kid_unknown", advice=Advice.ASK_ADMIN)
    try:
        payload, signature = _part(parts[1]), _part(parts[2])
    except ValueError:
        raise refuse(401, "signature") from None
    if not _RS256.verify(f"{parts[0]}.{parts[1]}".encode(), key, signature):
        raise refuse(401, "signature")
    try:
        claims = read_json(payload)
    except ValueError:
        raise refuse(400, "payload") from None
    if not isinstance(claims, dict):
        raise refuse(400, "payload")
    _check_parties(claims, registration, refuse)
    _check_times(claims, at.timestamp(), refuse)
    nonce = claims.get("nonce")
    if not isinstance(nonce, str) or hashed(nonce) != nonce_hash:
        raise refuse(401, "nonce")
    return claims


def nonce_of(token: str) -> str | None:
    """Return the nonce of an unverified token, only to invalidate the login that it belongs to."""
    try:
        claims = read_json(_part(token.split(".")[1]))
    except (ValueError, IndexError):
        return None
    nonce = claims.get("nonce") if isinstance(claims, dict) else None
    return nonce if isinstance(nonce, str) else None


class _Refuser:
    """Creates errors with the registration's id."""

    def __init__(self, registration_id: int) -> None:
        self._registration_id = registration_id

    def __call__(
        self, status: int, reason: str, *, advice: Advice = Advice.START_AGAIN, detail: dict[str, Any] | None = None
    ) -> LaunchError:
        return LaunchError(status, reason, advice=advice, registration_id=self._registration_id, detail=detail)


def _part(text: str) -> bytes:
    """Return the decoded bytes of a part of a token.

    Raises:
        ValueError: not base64url without padding (RFC 7515), or not the canonical encoding of the bytes.
    """
    found = urlsafe_b64decode(text + "=" * (-len(text) % 4))
    if urlsafe_b64encode(found).rstrip(b"=") != text.encode():  # the decoder skips invalid characters
        raise ValueError("not base64url")
    return found


def _kid_in(text: str, refuse: _Refuser) -> str:
    try:
        header = read_json(_part(text))
    except ValueError:
        raise refuse(400, "header_form") from None
    if not isinstance(header, dict):
        raise refuse(400, "header_form")
    if header.get("alg") != "RS256":
        raise refuse(401, "alg")
    if "crit" in header or header.get("b64", True) is not True:  # RFC 7797: b64 must be in crit
        raise refuse(401, "crit")
    kid = header.get("kid")
    if not isinstance(kid, str) or not 0 < len(kid) <= 255:
        raise refuse(401, "kid_form")
    return kid


def _check_parties(claims: dict[str, Any], registration: Registration, refuse: _Refuser) -> None:
    if claims.get("iss") != registration.issuer:
        raise refuse(401, "iss")
    audience = claims.get("aud")
    audiences = [audience] if isinstance(audience, str) else audience
    if not isinstance(audiences, list) or registration.client_id not in audiences:
        raise refuse(401, "aud")
    if any(one != registration.client_id for one in audiences):
        raise refuse(401, "aud_foreign")  # no other audience is trusted
    if "azp" in claims and claims["azp"] != registration.client_id:
        raise refuse(401, "azp")


def _check_times(claims: dict[str, Any], at: float, refuse: _Refuser) -> None:
    exp, iat = _number(claims, "exp", refuse), _number(claims, "iat", refuse)
    skew = {"skew": f"{iat - at:+.0f}s"}
    if exp - iat > LONGEST_LIFE:
        raise refuse(401, "exp_far", detail=skew)
    if iat > at + LEEWAY:
        raise refuse(401, "iat_future", advice=Advice.ASK_ADMIN, detail=skew)
    if exp < at - LEEWAY:
        raise refuse(401, "expired", detail=skew)
    if iat < at - OLDEST:
        raise refuse(401, "iat_old", detail=skew)
    if "nbf" in claims and _number(claims, "nbf", refuse) > at + LEEWAY:
        raise refuse(401, "nbf_future", detail=skew)


def _number(claims: dict[str, Any], name: str, refuse: _Refuser) -> float:
    value = claims.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) < _NO_SUCH_TIME:
        raise refuse(401, f"{name}_form")
    return value
