"""`lokaltmot lti …`: what the operator of the tool does at the keyboard. Commands parse, call and print."""

from lti_app.cli.group import lti

__all__ = ["lti"]
