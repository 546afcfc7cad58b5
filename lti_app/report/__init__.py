"""The teacher's page: how it goes, per learner and per question, and which grades have not arrived."""

from flask import Blueprint

from lti_app.report import setup, views

blueprint = Blueprint("report", __name__)
for _room in (setup, views):
    _room.add_routes(blueprint)

__all__ = ["blueprint"]
