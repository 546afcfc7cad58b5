"""Imports GIFT, the text format for questions of Moodle and others."""

from lokaltmot_lms.importers.gift.questions import FORMAT

__all__ = ["FORMAT"]
