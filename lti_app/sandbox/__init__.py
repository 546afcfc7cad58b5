"""A small platform on this machine, so that somebody can see the tool at work without one. It keeps nothing."""

from lti_app.sandbox.running import demonstration

__all__ = ["demonstration"]
