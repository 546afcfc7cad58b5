"""Imports QTI 1.2 quizzes and question banks."""

from lokaltmot_lms.importers.qti12.file import FORMAT

__all__ = ["FORMAT"]
