"""Imports Word documents (.docx)."""

from lokaltmot_lms.importers.word.document import FORMAT

__all__ = ["FORMAT"]
