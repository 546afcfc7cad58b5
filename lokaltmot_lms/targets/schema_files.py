"""Finds the standards' schema files (control documents) in a folder of the user; we distribute none."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from lokaltmot_lms.errors import CourseError, Position
from lokaltmot_lms.errors.targets import NO_CONTROL_DOCUMENTS
from lokaltmot_lms.pages.media import PackageFile

_REFERENCE = re.compile(r"""schemaLocation\s*=\s*["']([^"']+)["']""")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlSet:
    """The control documents of one standard.

    folders: its usual names. documents: namespace -> file in it. lom: whether LOM's files, in a folder `lom` next to
    it, belong to the set.
    """

    title: str
    folders: tuple[str, ...]
    documents: dict[str, str]
    lom: bool = False


SCORM12 = ControlSet(
    title="SCORM 1.2",
    folders=("scorm12", "scorm12edition"),
    documents={
        "http://www.imsproject.org/xsd/imscp_rootv1p1p2": "imscp_rootv1p1p2.xsd",
        "http://www.adlnet.org/xsd/adlcp_rootv1p2": "adlcp_rootv1p2.xsd",
    },
)
_SCORM2004 = {
    "http://www.imsglobal.org/xsd/imscp_v1p1": "imscp_v1p1.xsd",
    "http://www.adlnet.org/xsd/adlcp_v1p3": "adlcp_v1p3.xsd",
    "http://www.adlnet.org/xsd/adlseq_v1p3": "adlseq_v1p3.xsd",
    "http://www.adlnet.org/xsd/adlnav_v1p3": "adlnav_v1p3.xsd",
    "http://www.imsglobal.org/xsd/imsss": "imsss_v1p0.xsd",
}
SCORM2004 = {
    3: ControlSet(
        title="SCORM 2004 3rd Edition",
        folders=("scorm2004_3rd", "scorm20043rdedition"),
        documents=_SCORM2004,
        lom=True,
    ),
    4: ControlSet(
        title="SCORM 2004 4th Edition",
        folders=("scorm2004_4th", "scorm20044thedition"),
        documents=_SCORM2004,
        lom=True,
    ),
}
LOM = {"http://ltsc.ieee.org/xsd/LOM": "lom.xsd"}


def find(control: ControlSet, folder: Path) -> Path | None:
    """Return the folder of a set: the given folder, or one in it with a name of the set."""
    first = next(iter(control.documents.values()))
    for candidate in (*(folder / name for name in control.folders), folder):
        if (candidate / first).is_file():
            return candidate
    return None


def control_documents(control: ControlSet, folder: Path) -> tuple[PackageFile, ...]:
    """Return the set's documents and all they include, with names from the root of a package.

    Raises:
        CourseError: one of them is missing.
    """
    home = find(control, folder)
    if home is None:
        raise _missing(control, folder, next(iter(control.documents.values())))
    found = _with_included(control, home, control.documents.values())
    lom = home.parent / "lom"
    if control.lom and lom.is_dir():
        # SCORM's xml.xsd takes precedence over LOM's: both describe the same three attributes.
        found = _with_included(control, lom, LOM.values()) | found
    return tuple(PackageFile(name=name, content=found[name].read_bytes()) for name in sorted(found))


def _with_included(control: ControlSet, home: Path, names: Iterable[str]) -> dict[str, Path]:
    found: dict[str, Path] = {}
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name in found:
            continue
        file = home / name
        if not file.is_file():
            raise _missing(control, home, name)
        found[name] = file
        text = _COMMENT.sub("", file.read_text(encoding="utf-8", errors="replace"))
        waiting += [_joined(name, place) for place in _REFERENCE.findall(text) if "://" not in place]
    found.update({file.name: file for file in home.glob("*.dtd")})
    return found


def _joined(name: str, place: str) -> str:
    """Return a schemaLocation, which is relative to its file, as a name from the set's folder."""
    parts: list[str] = []
    for part in (PurePosixPath(name).parent / place).parts:
        if part == "..":
            parts = parts[:-1]
        else:
            parts.append(part)
    return "/".join(parts)


def _missing(control: ControlSet, folder: Path, name: str) -> CourseError:
    place = Position(path=folder.as_posix())
    return CourseError((NO_CONTROL_DOCUMENTS.at(place, standard=control.title, name=name),))
