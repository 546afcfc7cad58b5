"""Imports question lists: Excel workbooks (.xlsx) and CSV."""

from lokaltmot_lms.importers.sheet.reader import FORMAT

__all__ = ["FORMAT"]
