"""The targets: the kinds of package that a course can be built to. To add one, add a module here and its name below."""

from collections.abc import Iterator, Mapping
from importlib import import_module

from lokaltmot_lms.targets.base import BuildOptions, Package, Target

# In the order in which help and documentation list them. Each is a module of this package with TARGET = Target(…).
_NAMES = (
    "scorm12", "scorm2004", "cmi5", "web", "lti", "moodlexml", "gift", "cc", "thin", "canvas", "print", "facilitator",
)  # fmt: skip


class _Targets(Mapping[str, Target]):
    """The targets by name. A target is imported when it is looked up, because most builds need only one."""

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

__all__ = ["TARGETS", "BuildOptions", "Package", "Target"]
