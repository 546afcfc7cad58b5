"""Imports Moodle XML."""

from lokaltmot_lms.importers.moodle.questions import FORMAT

__all__ = ["FORMAT"]
