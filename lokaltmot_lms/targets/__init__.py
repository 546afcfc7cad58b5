"""The kinds of package a course can become. A new one is a file here and its name in the line below."""

from collections.abc import Iterator, Mapping
from importlib import import_module

from lokaltmot_lms.targets.base import Options, Package, Target

# In the order a person meets them. Each is a file of this folder that says TARGET = Target(…).
_NAMES = (
    "scorm12", "scorm2004", "cmi5", "web", "lti", "moodlexml", "gift", "cc", "thin", "canvas", "print", "facilitator",
)  # fmt: skip


class _Targets(Mapping[str, Target]):
    """The targets by name. One is imported when it is asked for: a build pays only for what it makes."""

    def __getitem__(self, name: str) -> Target:
        if name not in _NAMES:
            raise KeyError(name)
        target: Target = import_module(f"{__name__}.{name}").TARGET
        return target

    def __iter__(self) -> Iterator[str]:
        return iter(_NAMES)

    def __len__(self) -> int:
        return len(_NAMES)


TARGETS: Mapping[str, Target] = _Targets()

__all__ = ["TARGETS", "Options", "Package", "Target"]
