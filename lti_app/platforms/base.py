"""What may be special about a platform."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Platform:
    """One kind of platform.

    family: its product_family_code. frames: origins beside the registration's own that show a tool.
    issuer_hosts: hosts that may speak for an issuer which is not theirs, by the issuer.
    message: what a registered message holds beside the standard's keys. tool: the same for the whole registration.
    """

    family: str
    frames: tuple[str, ...] = ()
    issuer_hosts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    message: Mapping[str, Any] = field(default_factory=dict)
    tool: Mapping[str, Any] = field(default_factory=dict)

    def may_speak_for(self, issuer: str, host: str) -> bool:
        """Return whether a host is one of an issuer's, such as a school's own under instructure.com."""
        return any(host == name or host.endswith(f".{name}") for name in self.issuer_hosts.get(issuer, ()))
