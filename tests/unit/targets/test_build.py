"""The pipeline: what is made, in which order, the same twice, and the same by one process or two."""

import hashlib
import json
from dataclasses import replace
from pathlib import Path

import pytest

from lokaltmot_lms import parallel
from lokaltmot_lms.build import ArtifactKind, build_course, write_lock
from lokaltmot_lms.errors import CourseError
from lokaltmot_lms.model import Course, Figure, Media, Status
from lokaltmot_lms.targets import TARGETS, BuildOptions

from . import models

_ALL = tuple(TARGETS)


def _many(count: int = 9) -> Course:
    return models.course([models.module(f"modul-{number}") for number in range(count)])


def _with_picture(course: Course, picture: Path) -> Course:
    """Return the course with a picture on the first page of its first module."""
    module = course.modules[0]
    page = module.pages[0]
    figure = Figure(path="media/rom.png", alt="Et rom", at=models.AT)
    page = replace(page, blocks=(*page.blocks, figure))
    media = Media(path="media/rom.png", file=picture, size=picture.stat().st_size, at=models.AT)
    modules = (replace(module, pages=(page,)), *course.modules[1:])
    return replace(course, modules=modules, media={"media/rom.png": media})


def test_each_package_comes_with_its_keys_and_its_sheet(tmp_path: Path) -> None:
    made = list(build_course(models.course(), targets=["scorm12", "web"], out=tmp_path, options=BuildOptions()))

    assert [(artifact.path.name, artifact.kind) for artifact in made] == [
        ("kurs-modul-en-scorm12.zip", ArtifactKind.PACKAGE),
        ("kurs-modul-en-scorm12-key.csv", ArtifactKind.KEY),
        ("kurs-modul-en-scorm12-key.json", ArtifactKind.KEY),
        ("kurs-modul-en-scorm12-install.html", ArtifactKind.SHEET),
        ("kurs-modul-en-web", ArtifactKind.PACKAGE),
        ("kurs-modul-en-web-key.csv", ArtifactKind.KEY),
        ("kurs-modul-en-web-key.json", ArtifactKind.KEY),
        ("kurs-modul-en-web-install.html", ArtifactKind.SHEET),
    ]
    for artifact in made:
        if artifact.path.is_file():
            assert artifact.sha256 == hashlib.sha256(artifact.path.read_bytes()).hexdigest()
            assert artifact.size == artifact.path.stat().st_size
        assert artifact.modules == ("modul-en",)


def test_a_course_of_one_lone_file_says_its_name_once(tmp_path: Path) -> None:
    course = models.course([models.module("kurs")], name="kurs")

    first = next(build_course(course, targets=["scorm12"], out=tmp_path, options=BuildOptions()))

    assert first.path.name == "kurs-scorm12.zip"


def test_a_bundle_is_one_package_with_a_key_for_each_module(tmp_path: Path) -> None:
    made = list(build_course(_many(2), targets=["scorm12", "web"], out=tmp_path, options=BuildOptions(bundle=True)))

    packages = [artifact for artifact in made if artifact.kind is ArtifactKind.PACKAGE]
    assert [artifact.path.name for artifact in packages] == ["kurs-scorm12.zip", "kurs-web"]
    assert packages[0].modules == ("modul-0", "modul-1")
    assert (tmp_path / "kurs-modul-1-scorm12-key.json").is_file()


def test_two_builds_are_the_same(tmp_path: Path) -> None:
    sums = [
        [
            artifact.sha256
            for artifact in build_course(_many(2), targets=_ALL, out=tmp_path / name, options=BuildOptions())
        ]
        for name in ("a", "b", "a")
    ]

    assert sums[0] == sums[1] == sums[2]


@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_two_processes_make_what_one_makes(method: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parallel, "_start_method", lambda: method)
    made = {}
    for processors in (1, 2):
        monkeypatch.setattr(parallel, "_processors", lambda count=processors: count)
        out = tmp_path / str(processors)
        made[processors] = [
            (artifact.path.relative_to(out), artifact.sha256)
            for artifact in build_course(_many(25), targets=["scorm12"], out=out, options=BuildOptions())
        ]

    assert made[1] == made[2]
    assert len(made[2]) == 25 * 4


def test_a_package_that_cannot_be_made_does_not_stop_the_others(tmp_path: Path) -> None:
    picture = tmp_path / "rom.png"
    picture.write_bytes(bytes(100))
    course = _with_picture(_many(2), picture)
    picture.unlink()

    made = []
    with pytest.raises(CourseError) as error:
        made.extend([])
        for artifact in build_course(course, targets=["scorm12"], out=tmp_path / "out", options=BuildOptions()):
            made.append(artifact.path.name)  # noqa: PERF401  # what came before the error counts

    assert [problem.code for problem in error.value.problems] == ["LM504"]
    assert "kurs-modul-1-scorm12.zip" in made
    assert not list((tmp_path / "out").glob("*modul-0*"))


def test_ids_are_recorded_from_review_on(tmp_path: Path) -> None:
    course = replace(models.course(), folder=tmp_path)
    assert write_lock(course) is None

    path = write_lock(replace(course, status=Status.REVIEW))

    assert path == tmp_path / "ids.lock"
    assert "hvem-bestemmer" in path.read_text(encoding="utf-8")


def test_the_key_belongs_to_the_course_that_was_built(tmp_path: Path) -> None:
    list(build_course(models.course(), targets=["scorm12"], out=tmp_path, options=BuildOptions()))

    key = json.loads((tmp_path / "kurs-modul-en-scorm12-key.json").read_text(encoding="utf-8"))
    assert [row["cmi"] for row in key["questions"]] == ["hvem_bestemmer"]
