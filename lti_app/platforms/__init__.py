"""The only room that knows one platform from another. A quirk is a field of Platform; nobody else asks for a name."""

from lti_app.platforms import canvas, moodle
from lti_app.platforms.base import Platform
from lti_app.platforms.frames import frame_origins

PLATFORMS: dict[str, Platform] = {platform.family: platform for platform in (canvas.PLATFORM, moodle.PLATFORM)}
_PLAIN = Platform(family="")


def platform_of(family: str) -> Platform:
    """Return what is special about a platform; nothing is about one we do not know."""
    return PLATFORMS.get(family, _PLAIN)


def frames_of_host(host: str) -> tuple[str, ...]:
    """Return the origins that show a tool while it is registered from a host, beside the host's own."""
    return tuple(frame for platform in PLATFORMS.values() for frame in platform.frames_at(host))


__all__ = ["PLATFORMS", "Platform", "frame_origins", "frames_of_host", "platform_of"]
