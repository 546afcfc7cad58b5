"""What is in the wheel and the sdist, and that a course is built with the wheel alone."""

import json
import os
import site
import subprocess
import sys
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-t", "sdist", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return folder


def _wheel_names(dist: Path) -> set[str]:
    with zipfile.ZipFile(next(dist.glob("*.whl"))) as wheel:
        return set(wheel.namelist())


def _shipped(folder: str, under: str) -> set[str]:
    """Return the files of a folder that git knows or would take, by the names that the wheel gives them."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", folder]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return {f"{under}{name.removeprefix(folder)}" for name in listed.stdout.splitlines()}


def test_the_wheel_holds_the_code_the_templates_and_the_starter_and_nothing_else(dist):
    names = {name for name in _wheel_names(dist) if ".dist-info/" not in name}
    expected = (
        _shipped("lokaltmot_lms", "lokaltmot_lms")
        | _shipped("lti_app", "lti_app")
        | _shipped("templates", "lokaltmot_lms/_templates")
        | _shipped("courses/eksempel", "lokaltmot_lms/_starter")
    )
    texts = {name for name in expected if name.endswith(".po")}
    assert {Path(name).parts[-3] for name in texts} == {"nb", "nn", "se"}
    assert names == expected - texts | {f"{name.removesuffix('.po')}.mo" for name in texts}


def test_the_wheel_carries_both_licences(dist):
    licences = {Path(name).name for name in _wheel_names(dist) if "/licenses/" in name}
    assert licences == {"LICENSE", "LICENSE-courses"}


def test_the_sdist_can_make_the_wheel_and_leaves_the_workshop_out(dist):
    with tarfile.open(next(dist.glob("*.tar.gz"))) as sdist:
        names = {name.partition("/")[2] for name in sdist.getnames()}
    assert {"pyproject.toml", "README.md", "LICENSE", "scripts/hatch_build.py", "courses/eksempel/course.yaml"} <= names
    assert {name.partition("/")[0] for name in names}.isdisjoint({"tests", "dist", "node_modules", ".ci", ".venv"})


def test_two_wheels_are_the_same_bytes(dist, tmp_path):
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    wheel = next(dist.glob("*.whl"))
    assert (tmp_path / wheel.name).read_bytes() == wheel.read_bytes()


def test_a_course_is_built_with_the_wheel_installed_elsewhere(dist, tmp_path):
    venv.create(tmp_path / "env", with_pip=False)
    python = tmp_path / "env" / "bin" / "python"
    _install(next(dist.glob("*.whl")), python)
    environment = {"PATH": os.environ["PATH"], "LANGUAGE": "nb"}
    run = [str(python), "-m", "lokaltmot_lms"]

    made = subprocess.run(
        [*run, "ny", "kurs"], cwd=tmp_path, env=environment, capture_output=True, text=True, check=True
    )
    assert "Neste: lokaltmot vis kurs" in made.stdout
    built = subprocess.run(
        [*run, "build", "kurs", "--json"], cwd=tmp_path, env=environment, capture_output=True, text=True, check=True
    )

    packages = [file["path"] for file in json.loads(built.stdout)["files"] if file["kind"] == "package"]
    assert len(packages) == 1
    with zipfile.ZipFile(tmp_path / packages[0]) as package:
        assert "imsmanifest.xml" in package.namelist()


def _install(wheel: Path, python: Path) -> None:
    """Unpack the wheel into an environment, and let it see the libraries of ours; needs no network.

    A .pth file in a folder that a .pth file adds is not read, so our own editable install stays unseen.
    """
    ask = "import sysconfig; print(sysconfig.get_path('purelib'))"
    packages = Path(subprocess.run([python, "-c", ask], capture_output=True, text=True, check=True).stdout.strip())
    with zipfile.ZipFile(wheel) as file:
        file.extractall(packages)  # noqa: S202  # our own wheel, made a moment ago
    (packages / "libraries.pth").write_text("\n".join(site.getsitepackages()), encoding="utf-8")
