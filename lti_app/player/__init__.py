"""The module inside the platform: its pages without answers, what the learner does in them, and what marking says."""

from flask import Blueprint

from lti_app.player import events, pages, preview

blueprint = Blueprint("player", __name__)
for _room in (events, pages, preview):
    _room.add_routes(blueprint)

__all__ = ["blueprint"]
