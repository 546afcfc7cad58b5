"""Imports course cartridges: Common Cartridge 1.x and Canvas exports."""

from lokaltmot_lms.importers.cartridge.canvas import FORMAT

__all__ = ["FORMAT"]
