"""The demo platform, for trying the tool on one machine without a learning platform. It stores nothing."""

from lti_app.sandbox.running import demonstration

__all__ = ["demonstration"]
