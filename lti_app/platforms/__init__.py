"""The only package with platform-specific code. A quirk is a field of Platform; no other code checks a name."""

from lti_app.platforms import canvas, moodle
from lti_app.platforms.base import Platform
from lti_app.platforms.frames import frame_origins

PLATFORMS: dict[str, Platform] = {platform.family: platform for platform in (canvas.PLATFORM, moodle.PLATFORM)}
_PLAIN = Platform(family="")


def platform_of(family: str) -> Platform:
    """Return the quirks of a platform family; the defaults for an unknown one."""
    return PLATFORMS.get(family, _PLAIN)


def frames_of_host(host: str) -> tuple[str, ...]:
    """Return the origins, in addition to the host's own, that frame a tool during registration from a host."""
    return tuple(frame for platform in PLATFORMS.values() for frame in platform.frames_at(host))


__all__ = ["PLATFORMS", "Platform", "frame_origins", "frames_of_host", "platform_of"]
