"""The tool's settings: one frozen class, read once from the environment at start. LOKALTMOT_SESSION_HOURS is how long
a session lives (launch/launch.py sets its expiry).
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from lokaltmot_lms.texts import N_
from lti_app.errors import SettingsError

PREFIX = "LOKALTMOT_"
_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")
_SWITCH = {"on": True, "off": False}
_LOOPBACK = {"localhost", "127.0.0.1", "::1"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Each field is the variable LOKALTMOT_<FIELD>, described in docs/settings.md.

    Raises:
        SettingsError: a value is missing or invalid.
    """

    public_url: str
    modules: Path = Path("modules")
    database: str = "sqlite:///lokaltmot.db"
    secret_file: Path = Path("lokaltmot.secret")
    metrics_token: str = field(default="", repr=False)
    session_hours: int = 8  # how long a session lives after its launch
    deployment_cap: int = 50
    retention_months: int = 24
    theme: str = "default"
    log_level: str = "INFO"
    neutral_titles: bool = False

    def __post_init__(self) -> None:
        parts = urlsplit(self.public_url)
        if parts.path not in ("", "/") or parts.query or parts.fragment or "@" in parts.netloc or not parts.hostname:
            raise SettingsError(
                N_("{name} must be an address such as https://kurs.example.no, with no path or user name."),
                name=f"{PREFIX}PUBLIC_URL",
            )
        if parts.scheme != "https" and not (parts.scheme == "http" and self.is_local):
            raise SettingsError(
                N_("{name} must begin with https://. Only localhost may use http://."), name=f"{PREFIX}PUBLIC_URL"
            )
        for name in ("session_hours", "deployment_cap", "retention_months"):
            if getattr(self, name) < 1:
                raise SettingsError(N_("{name} must be a whole number greater than 0."), name=PREFIX + name.upper())
        if not self.database.startswith(("sqlite:///", "postgresql+psycopg://")):
            raise SettingsError(
                N_("{name} must begin with sqlite:/// or postgresql+psycopg://."), name=f"{PREFIX}DATABASE"
            )
        if self.log_level not in _LEVELS:
            raise SettingsError(
                N_("{name} must be one of {choices}."), name=f"{PREFIX}LOG_LEVEL", choices=", ".join(_LEVELS)
            )

    @property
    def origin(self) -> str:
        """The public address without a slash at the end."""
        return self.public_url.rstrip("/")

    @property
    def host(self) -> str:
        """The only value accepted in a request's Host header."""
        return urlsplit(self.public_url).netloc

    @property
    def is_local(self) -> bool:
        """Whether the tool is reachable from this machine only, in a test or the demo."""
        return urlsplit(self.public_url).hostname in _LOOPBACK


def read_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """Read LOKALTMOT_* once.

    environment: the process environment when not given.

    Raises:
        SettingsError: see Settings; also for an unknown variable, which is most likely a typo.
    """
    environment = os.environ if environment is None else environment
    given = {name.removeprefix(PREFIX): value for name, value in environment.items() if name.startswith(PREFIX)}
    known = {one.name.upper(): one for one in fields(Settings)}
    for name in sorted(given):
        if name not in known:
            raise SettingsError(
                N_("{name} is not a setting. The settings are: {known}."),
                name=PREFIX + name,
                known=", ".join(sorted(known)),
            )
    if "PUBLIC_URL" not in given:
        raise SettingsError(
            N_("{name} is missing. Set it to the tool's address, https://…."), name=f"{PREFIX}PUBLIC_URL"
        )
    return Settings(**{known[name].name: _converted(name, value, known[name].type) for name, value in given.items()})


def _converted(name: str, value: str, kind: object) -> Any:
    if kind is int:
        try:
            return int(value)
        except ValueError:
            raise SettingsError(N_("{name} must be a whole number."), name=PREFIX + name) from None
    if kind is bool:
        if value not in _SWITCH:
            raise SettingsError(N_("{name} must be one of {choices}."), name=PREFIX + name, choices=", ".join(_SWITCH))
        return _SWITCH[value]
    return Path(value) if kind is Path else value
