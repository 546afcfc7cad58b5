"""What platforms fetch from the tool: its public key set (JWKS), and the Canvas configuration."""

from flask import Blueprint, Response, jsonify

from lti_app.launch.dynamic_registration import TOOL_DESCRIPTION, TOOL_TITLE
from lti_app.platforms.canvas import configuration
from lti_app.trust.tool import current_tool


def add_routes(blueprint: Blueprint) -> None:
    """Add /lti/jwks.json and /lti/canvas.json."""
    blueprint.add_url_rule("/lti/jwks.json", view_func=jwks, methods=["GET"])
    blueprint.add_url_rule("/lti/canvas.json", view_func=canvas, methods=["GET"])


def jwks() -> Response:
    """Answer with the public key set, public members only (RFC 7517)."""
    response = jsonify({"keys": [key.public_jwk for key in current_tool().signing_keys.published()]})
    response.headers["Cache-Control"] = "public, max-age=600"
    return response


def canvas() -> Response:
    """Answer with the configuration of a Canvas developer key."""
    settings = current_tool().settings
    return jsonify(
        configuration(origin=settings.origin, host=settings.host, title=TOOL_TITLE, description=TOOL_DESCRIPTION)
    )
