"""Judges any package without a browser: our own or anyone's. Nothing is unpacked, nothing is written."""

from lokaltmot_lms.inspect.inspection import Inspection, Launch, PackageKind
from lokaltmot_lms.inspect.modules import module_of, modules_in
from lokaltmot_lms.inspect.package import inspect_package
from lokaltmot_lms.inspect.versions import Comparison, Fate, SavedKind, compare

__all__ = [
    "Comparison",
    "Fate",
    "Inspection",
    "Launch",
    "PackageKind",
    "SavedKind",
    "compare",
    "inspect_package",
    "module_of",
    "modules_in",
]
