"""The tool's own secret, and what is made of it: seals, tokens and hashes."""

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
    """Signs, seals and opens with one secret that lies in a file only we may read."""

    def __init__(self, value: bytes) -> None:
        self._value = value
        self._keys: dict[str, bytes] = {}
        self._fernet = Fernet(base64.urlsafe_b64encode(self._derived("seal")))

    def _derived(self, purpose: str) -> bytes:
        if purpose not in self._keys:  # a handful of them, named in our own code
            self._keys[purpose] = hmac.digest(self._value, purpose.encode(), "sha256")
        return self._keys[purpose]

    @property
    def key_password(self) -> bytes:
        """What the signing keys are encrypted with in the database."""
        return self._derived("keys").hex().encode()

    def sign(self, purpose: str, text: str) -> str:
        """Return a token that only we can make from a text."""
        return self._digest(purpose, text).hex()

    def name(self, purpose: str, text: str) -> str:
        """Return 43 characters that only we can make from a text, for an address; the same ones each time."""
        return base64.urlsafe_b64encode(self._digest(purpose, text)).rstrip(b"=").decode()

    def _digest(self, purpose: str, text: str) -> bytes:
        return hmac.digest(self._derived(purpose), text.encode(), "sha256")

    def seal(self, text: str) -> str:
        """Return a text that only we can read again."""
        return self._fernet.encrypt(text.encode()).decode()

    def unseal(self, sealed: str, *, seconds: int) -> str | None:
        """Return what was sealed, or None when it is not ours or older than so many seconds."""
        try:
            return self._fernet.decrypt(sealed.encode(), ttl=seconds).decode()
        except (InvalidToken, UnicodeError):
            return None


def open_secret(path: Path) -> Secret:
    """Read the secret, made at the first start.

    Raises:
        SettingsError: others on the machine may read it, or it is too short.
    """
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as made:
            made.write(secrets.token_bytes(32))
    except FileExistsError:
        pass
    if path.stat().st_mode & _GROUP_AND_OTHERS:
        raise SettingsError(N_("Others may read {path}. Close it: chmod 600 {path}"), path=path)
    value = path.read_bytes()
    if len(value) < 32:
        raise SettingsError(N_("{path} is shorter than 32 bytes. Remove it, and a new one is made."), path=path)
    return Secret(value)


def new_token() -> str:
    """Return 43 characters that nobody can guess."""
    return secrets.token_urlsafe(32)


def hashed(text: str) -> str:
    """Return the SHA-256 of a secret that a browser holds: it is looked up by this, so timing tells nothing."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def check_hashed(token: str, registration_id: int) -> str:
    """Return the hash of a link to the connection page: of no use as an invite, nor for another platform."""
    return hashed(f"check {registration_id} {token}")
