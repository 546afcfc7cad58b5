"""Imports items and tests of QTI 2.1, 2.2 and 3.0."""

from lokaltmot_lms.importers.qti2.file import FORMAT

__all__ = ["FORMAT"]
