"""The parts of a running tool: settings, database, keys and the guarded client, created once."""

from dataclasses import dataclass
from typing import cast

from flask import current_app
from sqlalchemy import Engine

from lti_app.settings import Settings
from lti_app.store.engine import open_engine
from lti_app.trust.egress import Egress
from lti_app.trust.jwks import PlatformKeys
from lti_app.trust.limits import Limits
from lti_app.trust.secrets import Secret, open_secret
from lti_app.trust.signing_keys import SigningKeys

_NAME = "lokaltmot"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tool:
    """The parts; each is thread-safe."""

    settings: Settings
    engine: Engine
    secret: Secret
    signing_keys: SigningKeys
    egress: Egress
    platform_keys: PlatformKeys
    limits: Limits


def make_tool(settings: Settings) -> Tool:
    """Create the parts from the settings. Nothing is fetched and no schema is changed.

    Raises:
        SettingsError: see open_secret.
    """
    engine = open_engine(settings.database)
    secret = open_secret(settings.secret_file)
    egress = Egress(allows_loopback=settings.is_local)
    return Tool(
        settings=settings,
        engine=engine,
        secret=secret,
        signing_keys=SigningKeys(engine, secret),
        egress=egress,
        platform_keys=PlatformKeys(engine=engine, egress=egress),
        limits=Limits(),
    )


def current_tool() -> Tool:
    """Return the tool that answers this request."""
    return cast(Tool, current_app.extensions[_NAME])
