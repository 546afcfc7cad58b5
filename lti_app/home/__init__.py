"""The learner's own pages: my modules with what comes next, and my data with a way to take it along or delete it."""

from flask import Blueprint

from lti_app.home import data, mine

blueprint = Blueprint("home", __name__)
for _room in (mine, data):
    _room.add_routes(blueprint)

__all__ = ["blueprint"]
