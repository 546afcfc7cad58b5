"""What may be special about a platform."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Platform:
    """One kind of platform.

    family: its product_family_code. frames: origins beside the registration's own that show a tool.
    issuer_hosts: hosts that may speak for an issuer which is not theirs, by the issuer.
    placements: where a teacher finds the tool, by the names that the platform's messages_supported end in.
    tool: what a registration holds beside the standard's keys.
    """

    family: str
    frames: tuple[str, ...] = ()
    issuer_hosts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    placements: tuple[str, ...] = ()
    tool: Mapping[str, Any] = field(default_factory=dict)

    def may_speak_for(self, issuer: str, host: str) -> bool:
        """Return whether a host is one of an issuer's, such as a school's own under instructure.com."""
        return any(_is_within(host, name) for name in self.issuer_hosts.get(issuer, ()))

    def frames_at(self, host: str) -> tuple[str, ...]:
        """Return `frames` when a host is one of the platform's own maker."""
        domains = {name for names in self.issuer_hosts.values() for name in names}
        return self.frames if any(_is_within(host, name) for name in domains) else ()


def _is_within(host: str, domain: str) -> bool:
    return host == domain or host.endswith(f".{domain}")
