"""What a target is: one kind of package a course can become."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from lokaltmot_lms.model import Course, Module
from lokaltmot_lms.pages.files import PackageFile


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What the person who builds may choose.

    preset: a name of presets.PRESETS. edition: of SCORM 2004, 4 or 3. bundle: all modules in one package.
    schemas: folder with the standard's control documents, to be copied into the package.
    mastery: write the pass mark into the manifest, so that the platform decides about passing instead of the player.
    """

    preset: str = "generic"
    edition: int = 4
    bundle: bool = False
    schemas: Path | None = None
    mastery: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """What is written: name is a file name without suffix; files are sorted by name."""

    name: str
    files: tuple[PackageFile, ...]
    modules: tuple[Module, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """One kind of package.

    name: as on the command line and in file names. title: the standard's own name.
    suffix: ".zip", or "" for a folder. bundles: whether several modules may share a package; is_whole: they always do.
    """

    name: str
    title: str
    suffix: str
    bundles: bool
    is_whole: bool = False
    package: Callable[[Course, tuple[Module, ...], Options], Package]


def stem(course: Course, module: Module | None, target: str) -> str:
    """Return the file name of a package without suffix: course, module (None for a bundle), target.

    A course of one lone file has the module's id, which is then said once.
    """
    parts = [course.id, target] if module is None or module.id == course.id else [course.id, module.id, target]
    return "-".join(parts)
