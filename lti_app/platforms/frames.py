"""Which origins may frame our pages (CSP frame-ancestors): those of the platform that a session belongs to."""

from collections.abc import Collection
from functools import lru_cache
from typing import Protocol

from lti_app.trust.egress import host_of


class Framing(Protocol):
    """The attributes that frame_origins() needs from a registration or a session row."""

    @property
    def issuer(self) -> str: ...
    @property
    def auth_login_url(self) -> str: ...
    @property
    def service_hosts(self) -> Collection[str]: ...
    @property
    def platform_family(self) -> str: ...


def frame_origins(platform: Framing, also: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Return the origins for `frame-ancestors`. also: see Platform.frames."""
    return (*_origins(platform.issuer, platform.auth_login_url, tuple(platform.service_hosts)), *also)


@lru_cache(maxsize=1000)
def _origins(issuer: str, auth_login_url: str, service_hosts: tuple[str, ...]) -> tuple[str, ...]:
    scheme = "http" if issuer.startswith("http://") else "https"
    hosts = {host_of(issuer), host_of(auth_login_url), *service_hosts} - {""}
    return tuple(f"{scheme}://{host}" for host in sorted(hosts))
