"""The commands `lokaltmot lti …` for the operator of the tool. A command parses, calls and prints; it has no logic."""

from lti_app.cli.group import lti

__all__ = ["lti"]
