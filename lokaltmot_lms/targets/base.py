"""What a target is: one kind of package a course can become."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from lokaltmot_lms.model import Course, Module
from lokaltmot_lms.pages.media import PackageFile
from lokaltmot_lms.targets.loss import Loss


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildOptions:
    """What the person who builds may choose.

    preset: a name of presets.PRESETS. edition: of SCORM 2004, 4 or 3. bundle: all modules in one package.
    schemas: folder with the standard's control documents, to be copied into the package.
    mastery: write the pass mark into the manifest, so that the platform decides about passing instead of the player.
    lti_url: where our LTI tool answers, "https://host"; cartridges then link to it. "" for no links.
    essays: ask reflections as essays where the platform has its own questions; it then keeps what learners write.
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
    """What is written: name is a file name without suffix; files are sorted by name.

    losses: what the format could not hold; None for a package with our own player, which holds everything.
    """

    name: str
    files: tuple[PackageFile, ...]
    modules: tuple[Module, ...]
    losses: tuple[Loss, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """One kind of package.

    name: as on the command line and in file names. title: the standard's own name.
    suffix: as ".zip", or "" for a folder.
    bundles: whether several modules may share a package; is_whole: they always do.
    is_file: the package is its one file, not a zip. is_native: it becomes the platform's own pages and questions, so
        that there is no player of ours in it, no key beside it, and an install sheet of its own.
    needs_tool: it is made of links to our LTI tool, so Options.lti_url must be given.
    sheet: name of the part of the install sheet in templates/install, where a preset's own does not fit.
    is_paper: documents for people; each is written by its own name, and no platform needs a key or a sheet.
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

    A course of one lone file has the module's id, which is then said once.
    """
    parts = [course.id, target] if module is None or module.id == course.id else [course.id, module.id, target]
    return "-".join(parts)
