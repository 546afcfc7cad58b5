"""The starter course as each target packs it, unpacked and kept as text: a change shows up as a diff to review.

`pytest tests/golden --update-golden` rewrites the folders. Player scripts, the style sheet and media are one line
each in FILES.txt; pages and manifests are complete, XML in canonical form.
"""

import hashlib
from pathlib import Path

import pytest
from lxml import etree

from lokaltmot_lms.model import Course
from lokaltmot_lms.pages.media import PackageFile
from lokaltmot_lms.source import read_course
from lokaltmot_lms.targets import TARGETS, BuildOptions

_HERE = Path(__file__).resolve().parent
_LIST = "FILES.txt"


@pytest.fixture(scope="module")
def course() -> Course:
    """The course that authors copy."""
    reading = read_course(_HERE.parents[1] / "courses" / "eksempel")
    assert reading.course is not None, [problem.text() for problem in reading.problems]
    return reading.course


def _content(file: PackageFile) -> bytes:
    return file.content if isinstance(file.content, bytes) else file.content.read_bytes()


def _as_text(files: tuple[PackageFile, ...]) -> dict[str, str]:
    """Return what the golden folder holds: pages and manifest as text, and a list of all files."""
    texts: dict[str, str] = {}
    lines = []
    for file in files:
        content = _content(file)
        if file.name.endswith((".xml", ".qti")):
            canonical = etree.canonicalize(content.decode())
            texts[file.name] = canonical + "\n"
        elif file.name.endswith((".html", ".txt")):
            texts[file.name] = content.decode()
        else:
            lines.append(f"{hashlib.sha256(content).hexdigest()[:16]} {len(content):8} {file.name}\n")
    return texts | {_LIST: "".join(lines)}


def _kept(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def _rewrite(folder: Path, texts: dict[str, str]) -> None:
    for gone in _kept(folder).keys() - texts.keys():
        (folder / gone).unlink()
    for name, text in texts.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


@pytest.mark.parametrize("target", TARGETS)
def test_the_package_is_as_it_was_reviewed(target: str, course: Course, update_golden: bool) -> None:
    tool = "https://kurs.example.no" if TARGETS[target].needs_tool else ""
    package = TARGETS[target].package(course, course.modules, BuildOptions(lti_url=tool))
    folder = _HERE / course.id / target

    texts = _as_text(package.files)
    if update_golden:
        _rewrite(folder, texts)

    assert texts == _kept(folder)
