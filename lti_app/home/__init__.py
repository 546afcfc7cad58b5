"""The learner's own pages: "My modules" with the next step, and "My data" to see, download or delete."""

from flask import Blueprint

from lti_app.home import data, mine

blueprint = Blueprint("home", __name__)
for _module in (mine, data):
    _module.add_routes(blueprint)

__all__ = ["blueprint"]
