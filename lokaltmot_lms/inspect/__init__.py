"""Judges any package without a browser: our own or anyone's. Nothing is unpacked, nothing is written."""

from lokaltmot_lms.inspect.inspection import Inspection, Kind, Launch
from lokaltmot_lms.inspect.package import inspect_package

__all__ = ["Inspection", "Kind", "Launch", "inspect_package"]
