"""Plays a module inside the platform: its pages without answers, the learner's events, and the feedback on answers."""

from flask import Blueprint

from lti_app.player import events, leaving, pages, preview

blueprint = Blueprint("player", __name__)
for _module in (events, leaving, pages, preview):
    _module.add_routes(blueprint)

__all__ = ["blueprint"]
