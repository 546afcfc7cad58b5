"""Imports text2qti files."""

from lokaltmot_lms.importers.text2qti.questions import FORMAT

__all__ = ["FORMAT"]
