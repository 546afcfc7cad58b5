"""From a platform's request to a session: login, launch, proofs, registration and deep linking."""

from flask import Blueprint

from lti_app.launch import binding, connection_page, deep_linking, install_pages, jwks_endpoint, launch, login

blueprint = Blueprint("launch", __name__)
for _module in (binding, connection_page, deep_linking, install_pages, jwks_endpoint, launch, login):
    _module.add_routes(blueprint)

__all__ = ["blueprint"]
