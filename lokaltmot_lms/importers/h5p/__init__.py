"""Imports H5P files (.h5p)."""

from lokaltmot_lms.importers.h5p.package import FORMAT

__all__ = ["FORMAT"]
