"""From the platform's door to a session: login, launch, proofs, registration and the choice of a module."""

from flask import Blueprint

from lti_app.launch import binding, connection_page, deep_linking, install_pages, jwks_endpoint, launch, login

blueprint = Blueprint("launch", __name__)
for _room in (binding, connection_page, deep_linking, install_pages, jwks_endpoint, launch, login):
    _room.add_routes(blueprint)

__all__ = ["blueprint"]
