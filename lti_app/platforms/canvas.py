"""Canvas (Instructure developer documentation: lti_dev_key_config, registration, lti_launch_overview)."""

from typing import Any

from lti_app.platforms.base import Platform
from lti_app.pylti import SCOPES

# The issuers of hosted Canvas, the same for all schools: production, beta and test.
_ISSUERS = (
    "https://canvas.instructure.com",
    "https://canvas.beta.instructure.com",
    "https://canvas.test.instructure.com",
)
_DOMAINS = ("instructure.com", "canvaslms.com")
_PLACEMENTS = ("assignment_selection", "link_selection")

PLATFORM = Platform(
    family="canvas",
    frames=("https://*.instructure.com",),  # each school's own address
    issuer_hosts=dict.fromkeys(_ISSUERS, _DOMAINS),
    placements=_PLACEMENTS,
    tool={"https://canvas.instructure.com/lti/privacy_level": "anonymous"},
)


def configuration(*, origin: str, host: str, title: str, description: str) -> dict[str, Any]:
    """Return the JSON configuration of a developer key, which a Canvas administrator pastes or links to."""
    launch = f"{origin}/lti/launch"
    return {
        "title": title,
        "description": description,
        "target_link_uri": launch,
        "oidc_initiation_url": f"{origin}/lti/login",
        "public_jwk_url": f"{origin}/lti/jwks.json",
        "scopes": list(SCOPES),
        "custom_fields": {},
        "extensions": [
            {
                "platform": "canvas.instructure.com",
                "domain": host,
                "tool_id": "lokaltmot",
                "privacy_level": "anonymous",
                "settings": {
                    "text": title,
                    "placements": [
                        {
                            "placement": placement,
                            "enabled": True,
                            "message_type": "LtiDeepLinkingRequest",
                            "target_link_uri": launch,
                            "text": title,
                            "selection_width": 800,
                            "selection_height": 600,
                        }
                        for placement in _PLACEMENTS
                    ],
                },
            }
        ],
    }
