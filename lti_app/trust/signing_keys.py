"""The tool's signing keys: created, published before they sign, and retired when all their signatures have expired."""

import json
import threading
import time
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    PrivateFormat,
    load_pem_private_key,
)
from jwt.algorithms import RSAAlgorithm
from sqlalchemy import Engine

from lokaltmot_lms.texts import N_
from lti_app.errors import SettingsError
from lti_app.store.engine import reading, writing
from lti_app.store.keys import add_key, list_keys, retire_keys
from lti_app.store.types import now
from lti_app.trust.secrets import Secret, new_token

PUBLISHED_BEFORE = timedelta(
    hours=1
)  # platforms may cache our key set this long; Moodle fetches it again for an unknown kid
KEPT_AFTER = timedelta(days=1)
_BITS = 2048
_FRESH_SECONDS = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class SigningKey:
    """A loaded key. It is loaded once, since reading the PEM for every signature takes 37 ms."""

    kid: str
    private: RSAPrivateKey = field(repr=False)
    activates_at: datetime

    @property
    def public_jwk(self) -> dict[str, Any]:
        """The public members only (RFC 7517)."""
        jwk = json.loads(RSAAlgorithm.to_jwk(self.private.public_key()))
        return {"kty": "RSA", "kid": self.kid, "alg": "RS256", "use": "sig", "n": jwk["n"], "e": jwk["e"]}


class SigningKeys:
    """The signing keys in the database. A rotation by another process is seen within a minute."""

    def __init__(self, engine: Engine, secret: Secret) -> None:
        self._engine = engine
        self._secret = secret
        self._loaded: dict[str, SigningKey] = {}
        self._shown: tuple[SigningKey, ...] = ()
        self._read_at = float("-inf")
        self._lock = threading.Lock()

    def published(self) -> tuple[SigningKey, ...]:
        """Return all published keys, the newest first. The first key ever is created here."""
        with self._lock:
            if time.monotonic() - self._read_at > _FRESH_SECONDS:
                self._shown = self._read() or self._first()
                self._read_at = time.monotonic()
            return self._shown

    def signing(self) -> SigningKey:
        """Return the newest key that has been published long enough."""
        published = self.published()
        return next((key for key in published if key.activates_at <= now()), published[-1])

    def sign(self, claims: dict[str, Any]) -> str:
        """Return a signed JWT. Its kid names the key to verify it with."""
        key = self.signing()
        return jwt.encode(claims, key.private, "RS256", headers={"kid": key.kid})

    def rotate(self, *, at_once: bool = False) -> str:
        """Create a new key, retire the others once it signs, and return its kid.

        at_once: sign with it immediately, for a key that has leaked.
        """
        activates_at = now() if at_once else now() + PUBLISHED_BEFORE
        kid = self._make(activates_at)
        with writing(self._engine) as connection:
            retire_keys(connection, but=kid, at=now() if at_once else activates_at + KEPT_AFTER)
        with self._lock:
            self._read_at = float("-inf")
        return kid

    def _first(self) -> tuple[SigningKey, ...]:
        self._make(now())
        return self._read()

    def _make(self, activates_at: datetime) -> str:
        kid = new_token()[:22]
        private = generate_private_key(public_exponent=65537, key_size=_BITS)
        pem = private.private_bytes(
            Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(self._secret.key_password)
        )
        with writing(self._engine) as connection:
            add_key(connection, kid=kid, private_pem=pem.decode("ascii"), activates_at=activates_at)
        self._loaded[kid] = SigningKey(kid=kid, private=private, activates_at=activates_at)
        return kid

    def _read(self) -> tuple[SigningKey, ...]:
        with reading(self._engine) as connection:
            rows = list_keys(connection)
        for row in rows:
            if row.kid not in self._loaded:
                self._loaded[row.kid] = SigningKey(
                    kid=row.kid, private=self._open(row.private_pem), activates_at=row.activates_at
                )
        return tuple(self._loaded[row.kid] for row in rows)

    def _open(self, pem: str) -> RSAPrivateKey:
        try:
            private = load_pem_private_key(pem.encode("ascii"), self._secret.key_password)
        except ValueError:
            raise SettingsError(
                N_("The signing keys in the database belong to another secret file. Restore LOKALTMOT_SECRET_FILE.")
            ) from None
        if not isinstance(private, RSAPrivateKey):
            raise SettingsError(N_("A signing key in the database is not an RSA key."))
        return private
