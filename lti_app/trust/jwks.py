"""The platforms' key sets (JWKS): fetched with the guarded client, cached, and fetched again for an unknown kid."""

import re
import threading
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from jwt import PyJWK
from jwt.exceptions import PyJWTError
from sqlalchemy import Engine

from lti_app.errors import DeliveryError
from lti_app.store.engine import reading, writing
from lti_app.store.keys import KeySet, get_key_set, put_key_set
from lti_app.store.registrations import Registration
from lti_app.store.types import now
from lti_app.trust.egress import Egress, host_of
from lti_app.trust.strictjson import read_json

_SHORTEST, _LONGEST = timedelta(minutes=5), timedelta(hours=24)
_BETWEEN_FETCHES = 60.0
_LONG_AGO = float("-inf")
_MOST_KEYS = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class _CachedKeys:
    by_kid: Mapping[str, RSAPublicKey]
    fetched_at: datetime
    expires_at: datetime


@dataclass(slots=True)
class PlatformKeys:
    """The key sets of all registrations. Each is fetched at most once a minute, whatever kids the launches name."""

    engine: Engine
    egress: Egress
    _sets: dict[int, _CachedKeys] = field(default_factory=dict)
    _asked_at: dict[int, float] = field(default_factory=dict)
    _locks: dict[int, threading.Lock] = field(default_factory=dict)

    def find(self, registration: Registration, kid: str) -> RSAPublicKey | None:
        """Return a platform's public key, or None if it publishes no such signing key."""
        known = self._sets.get(registration.id)
        old = known.by_kid.get(kid) if known else None
        if old and known and known.expires_at > now():
            return old
        # When a whole class opens a module at once, all wait for one fetch, unless they can use an expired key.
        lock = self._locks.setdefault(registration.id, threading.Lock())
        if not lock.acquire(blocking=old is None):
            return old
        try:
            self._refresh(registration, kid)
        finally:
            lock.release()
        latest = self._sets.get(registration.id)  # an expired set is used if the platform cannot be reached
        return latest.by_kid.get(kid) if latest else None

    def forget(self, registration_id: int) -> None:
        """Make the next lookup fetch at once, for the connection test."""
        self._asked_at[registration_id] = _LONG_AGO

    def fetch(self, registration: Registration) -> int:
        """Fetch a key set now and return how many usable signing keys it has.

        Raises:
            DeliveryError: it cannot be reached, or is not a key set.
        """
        answer = self.egress.send(
            "GET",
            registration.jwks_url,
            hosts={host_of(registration.jwks_url)},
            headers={"Accept": "application/json"},
        )
        if answer.status != 200:
            raise DeliveryError(reason="jwks_status", status=answer.status)
        found = KeySet(
            keys=_keys_in(answer.body),
            fetched_at=now(),
            expires_at=now() + _lifetime(answer.headers.get("cache-control", "")),
        )
        with writing(self.engine) as connection:
            put_key_set(connection, registration.id, found)
        self._sets[registration.id] = _load(found)
        return len(self._sets[registration.id].by_kid)

    def _stored(self, registration_id: int) -> _CachedKeys | None:
        """Return the key set in the database, which another process may have fetched meanwhile."""
        with reading(self.engine) as connection:
            found = get_key_set(connection, registration_id)
        if found is None:
            return None
        known = self._sets.get(registration_id)
        if known is None or known.fetched_at < found.fetched_at:
            self._sets[registration_id] = _load(found)
        return self._sets[registration_id]

    def _refresh(self, registration: Registration, kid: str) -> None:
        """Update the key set from the database or, if the kid is not there, from the platform."""
        stored = self._stored(registration.id)
        is_there = stored is not None and kid in stored.by_kid and stored.expires_at > now()
        if not is_there and self._may_ask(registration.id, stored):
            self._fetch(registration)

    def _may_ask(self, registration_id: int, stored: _CachedKeys | None) -> bool:
        """Return whether the last fetch, by any process, was at least a minute ago."""
        at, asked_at = time.monotonic(), self._asked_at.get(registration_id)
        if asked_at != _LONG_AGO:
            is_just_fetched = stored is not None and (now() - stored.fetched_at).total_seconds() < _BETWEEN_FETCHES
            if is_just_fetched or (asked_at is not None and at - asked_at < _BETWEEN_FETCHES):
                return False
        self._asked_at[registration_id] = at
        return True

    def _fetch(self, registration: Registration) -> None:
        try:
            self.fetch(registration)
        except DeliveryError:
            return  # the kid stays unknown, which the audit trail shows


def _keys_in(body: bytes) -> list[dict[str, Any]]:
    try:
        document = read_json(body)
    except ValueError:
        raise DeliveryError(reason="jwks_garbled") from None
    keys = document.get("keys") if isinstance(document, dict) else None
    if not isinstance(keys, list) or len(keys) > _MOST_KEYS:
        raise DeliveryError(reason="jwks_garbled")
    return [key for key in keys if isinstance(key, dict)]


def _load(found: KeySet) -> _CachedKeys:
    times = Counter(key.get("kid") for key in found.keys if isinstance(key.get("kid"), str))
    by_kid = {}
    for key in found.keys:
        kid = key.get("kid")
        # Two keys with the same kid are ambiguous, so neither is used.
        if isinstance(kid, str) and times[kid] == 1 and (public := _public(key)):
            by_kid[kid] = public
    return _CachedKeys(by_kid=by_kid, fetched_at=found.fetched_at, expires_at=found.expires_at)


def _public(key: dict[str, Any]) -> RSAPublicKey | None:
    """Return an RSA signing key of at least 2048 bits (LTI security framework 5.1.2); None for any other key."""
    if key.get("kty") != "RSA" or key.get("use", "sig") != "sig" or key.get("alg", "RS256") != "RS256":
        return None
    try:
        public = PyJWK({"kty": "RSA", "n": key["n"], "e": key["e"]}, algorithm="RS256").key
    except (PyJWTError, KeyError, ValueError, TypeError, AttributeError):
        return None
    return public if isinstance(public, RSAPublicKey) and public.key_size >= 2048 else None


def _lifetime(cache_control: str) -> timedelta:
    said = re.search(r"max-age=(\d{1,9})", cache_control)
    wanted = timedelta(seconds=int(said.group(1))) if said else timedelta(hours=1)
    return min(max(wanted, _SHORTEST), _LONGEST)
