"""Recognises files that can't be imported, by their content."""

from lokaltmot_lms.importers.recognise.unsupported import unknown, unsupported

__all__ = ["unknown", "unsupported"]
