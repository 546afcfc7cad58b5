"""From the platform's door to a session: login, launch, proofs, registration and the choice of a module."""

from flask import Blueprint

from lti_app.launch import binding, connection, keys, launching, login, picker, register

blueprint = Blueprint("launch", __name__)
for _room in (binding, connection, keys, launching, login, picker, register):
    _room.add_routes(blueprint)

__all__ = ["blueprint"]
