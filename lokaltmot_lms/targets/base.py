"""The types of a target: one kind of package that a course can be built to."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from lokaltmot_lms.errors import Problem
from lokaltmot_lms.model import Course, Module
from lokaltmot_lms.pages.media import PackageFile
from lokaltmot_lms.targets.loss import Loss


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildOptions:
    """The options of a build.

    preset: a name of presets.PRESETS. edition: of SCORM 2004, 4 or 3. bundle: all modules in one package.
    schemas: folder with the standard's control documents, to be copied into the package.
    mastery: write the pass mark into the manifest, so that the platform decides about passing instead of the player.
    lti_url: base URL of our LTI tool, "https://host"; cartridges then link to it. "" for no links.
    essays: export reflections as essay questions where the platform has its own; it then stores the answers.
    """

    preset: str = "generic"
    edition: int = 4
    bundle: bool = False
    schemas: Path | None = None
    mastery: bool = False
    lti_url: str = ""
    essays: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """A built package. name: a file name without suffix. files: sorted by name.

    losses: what the format cannot hold; None for a package with our own player, which loses nothing.
    warnings: what a person should know before using the package.
    """

    name: str
    files: tuple[PackageFile, ...]
    modules: tuple[Module, ...]
    losses: tuple[Loss, ...] | None = None
    warnings: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """One kind of package.

    name: on the command line and in file names. title: name of the standard or platform.
    suffix: as ".zip", or "" for a folder.
    bundles: whether several modules may share a package; is_whole: they always do.
    is_file: the package is one file, not a zip. is_native: it becomes the platform's own pages and questions, so it has
        no player and no answer key, and its own install sheet.
    needs_tool: it consists of links to our LTI tool, so BuildOptions.lti_url is required.
    sheet: name of the part of the install sheet in templates/install, where that of the preset does not fit.
    is_paper: documents for people; each is written under its own name, without answer key and install sheet.
    """

    name: str
    title: str
    suffix: str
    bundles: bool
    is_whole: bool = False
    is_paper: bool = False
    is_file: bool = False
    is_native: bool = False
    needs_tool: bool = False
    sheet: str = ""
    package: Callable[[Course, tuple[Module, ...], BuildOptions], Package]


def stem(course: Course, module: Module | None, target: str) -> str:
    """Return the file name of a package without suffix: course, module (None for a bundle), target.

    A course of a single file has the same id as its module; the id is then used once.
    """
    parts = [course.id, target] if module is None or module.id == course.id else [course.id, module.id, target]
    return "-".join(parts)
