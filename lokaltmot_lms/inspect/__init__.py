"""Checks any package, our own or another, without a browser. Nothing is unpacked to disk or written."""

from lokaltmot_lms.inspect.inspection import Inspection, Launch, PackageKind, PackageVerdict
from lokaltmot_lms.inspect.manifest_xml import parse_manifest
from lokaltmot_lms.inspect.modules import module_of, modules_in
from lokaltmot_lms.inspect.package import inspect_package
from lokaltmot_lms.inspect.versions import Comparison, Fate, SavedKind, compare

__all__ = [
    "Comparison",
    "Fate",
    "Inspection",
    "Launch",
    "PackageKind",
    "PackageVerdict",
    "SavedKind",
    "compare",
    "inspect_package",
    "module_of",
    "modules_in",
    "parse_manifest",
]
