"""The fields in which platforms differ."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Platform:
    """One kind of platform.

    family: its product_family_code. frames: origins that frame a tool, in addition to the registration's own.
    issuer_hosts: by issuer, the other hosts that may act for it.
    placements: where a teacher finds the tool; the last parts of the names in the platform's messages_supported.
    tool: extra properties in the tool configuration of a registration.
    """

    family: str
    frames: tuple[str, ...] = ()
    issuer_hosts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    placements: tuple[str, ...] = ()
    tool: Mapping[str, Any] = field(default_factory=dict)

    def may_speak_for(self, issuer: str, host: str) -> bool:
        """Return whether a host may act for an issuer, such as a school's host under instructure.com."""
        return any(_is_within(host, name) for name in self.issuer_hosts.get(issuer, ()))

    def frames_at(self, host: str) -> tuple[str, ...]:
        """Return `frames` if a host belongs to the platform's vendor."""
        domains = {name for names in self.issuer_hosts.values() for name in names}
        return self.frames if any(_is_within(host, name) for name in domains) else ()


def _is_within(host: str, domain: str) -> bool:
    return host == domain or host.endswith(f".{domain}")
