"""The teacher's report: progress by learner, statistics by question, and grades that were not delivered."""

from flask import Blueprint

from lti_app.report import setup, views

blueprint = Blueprint("report", __name__)
for _module in (setup, views):
    _module.add_routes(blueprint)

__all__ = ["blueprint"]
