"""The tool's secret, and what is derived from it: encrypted texts (seals), tokens and hashes."""

import base64
import hashlib
import hmac
import os
import secrets
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken

from lokaltmot_lms.texts import N_
from lti_app.errors import SettingsError

_GROUP_AND_OTHERS = 0o077


class Secret:
    """Signs, encrypts and decrypts with keys derived from one secret, which is in a file only the tool may read."""

    def __init__(self, value: bytes) -> None:
        self._value = value
        self._keys: dict[str, bytes] = {}
        self._fernet = Fernet(base64.urlsafe_b64encode(self._derived("seal")))

    def _derived(self, purpose: str) -> bytes:
        if purpose not in self._keys:  # few, since purposes are constants in our own code
            self._keys[purpose] = hmac.digest(self._value, purpose.encode(), "sha256")
        return self._keys[purpose]

    @property
    def key_password(self) -> bytes:
        """The password that encrypts the signing keys in the database."""
        return self._derived("keys").hex().encode()

    def sign(self, purpose: str, text: str) -> str:
        """Return a token that only the tool can derive from a text."""
        return self._digest(purpose, text).hex()

    def name(self, purpose: str, text: str) -> str:
        """Return 43 URL-safe characters that only the tool can derive from a text; deterministic."""
        return base64.urlsafe_b64encode(self._digest(purpose, text)).rstrip(b"=").decode()

    def _digest(self, purpose: str, text: str) -> bytes:
        return hmac.digest(self._derived(purpose), text.encode(), "sha256")

    def seal(self, text: str) -> str:
        """Return a text encrypted, so that only the tool can read it."""
        return self._fernet.encrypt(text.encode()).decode()

    def unseal(self, sealed: str, *, seconds: int) -> str | None:
        """Return the decrypted text, or None if it is not ours or older than `seconds`."""
        try:
            return self._fernet.decrypt(sealed.encode(), ttl=seconds).decode()
        except (InvalidToken, UnicodeError):
            return None


def open_secret(path: Path) -> Secret:
    """Read the secret file; it is created at the first start.

    Raises:
        SettingsError: other users may read it, or it is too short.
    """
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as made:
            made.write(secrets.token_bytes(32))
    except FileExistsError:
        pass
    if path.stat().st_mode & _GROUP_AND_OTHERS:
        raise SettingsError(N_("Other users can read {path}. Restrict it: chmod 600 {path}"), path=path)
    value = path.read_bytes()
    if len(value) < 32:
        raise SettingsError(N_("{path} is shorter than 32 bytes. Delete it, and a new one will be created."), path=path)
    return Secret(value)


def new_token() -> str:
    """Return a random token of 43 characters."""
    return secrets.token_urlsafe(32)


def hashed(text: str) -> str:
    """Return the SHA-256 of a secret that a browser holds. Lookups use the hash, so their timing reveals nothing."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def check_hashed(token: str, registration_id: int) -> str:
    """Return the hash of a link to the connection page. It cannot be used as an invite or for another platform."""
    return hashed(f"check {registration_id} {token}")
