"""What a platform fetches from us: our public keys."""

from flask import Blueprint, Response, jsonify

from lti_app.trust.tool import current_tool


def add_routes(blueprint: Blueprint) -> None:
    """Add /lti/jwks.json."""
    blueprint.add_url_rule("/lti/jwks.json", view_func=jwks, methods=["GET"])


def jwks() -> Response:
    """Answer with the public members of our keys (RFC 7517)."""
    response = jsonify({"keys": [key.public_jwk for key in current_tool().keys.published()]})
    response.headers["Cache-Control"] = "public, max-age=600"
    return response
