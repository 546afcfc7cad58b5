"""The built modules: a new version is seen at once, and no name leads out of what may be served."""

import json
import shutil
from pathlib import Path

import pytest

from lti_app.built_modules import BuiltModule, BuiltModules

from ..built_courses import every_type


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Built modules: one, to be changed."""
    return shutil.copytree(every_type(), tmp_path / "modules")


def _only(root: Path) -> BuiltModule:
    (built,) = BuiltModules(root).modules()
    return built


def _write_answers(folder: Path, built: BuiltModule, *, sha: str) -> None:
    answers = {"sha": sha, "questions": built.questions}
    (folder / "answers.json").write_text(json.dumps(answers), encoding="utf-8")


@pytest.mark.parametrize("first", ["module.json", "answers.json"])
def test_of_a_module_that_is_being_copied_the_build_before_it_is_served(
    root: Path, first: str, caplog: pytest.LogCaptureFixture
) -> None:
    modules = BuiltModules(root)
    (before,) = modules.modules()
    folder = root / before.slug
    about = {**before.about, "sha": "ny"}
    steps = {
        "module.json": lambda: (folder / "module.json").write_text(json.dumps(about), encoding="utf-8"),
        "answers.json": lambda: _write_answers(folder, before, sha="ny"),
    }
    steps.pop(first)()

    assert modules.module(before.slug) is before
    assert modules.module(before.slug) is before
    assert BuiltModules(root).modules() == []  # a process that starts now knows no build before it
    assert [record.getMessage() for record in caplog.records if "build before it is served" in record.getMessage()] == [
        caplog.records[0].getMessage()
    ]

    (last,) = steps.values()
    last()
    after = modules.module(before.slug)
    assert after is not None
    assert after.sha == "ny"


@pytest.mark.parametrize("name", ["module.json", "answers.json"])
def test_a_module_without_one_of_its_files_is_nothing(root: Path, name: str) -> None:
    built = _only(root)
    (root / built.slug / name).unlink()
    assert BuiltModules(root).module(built.slug) is None


def test_a_new_version_is_seen_without_a_restart(root: Path) -> None:
    built = BuiltModules(root)
    (before,) = built.modules()
    assert built.module(before.slug) is before
    about = {**before.about, "sha": "ny", "title": "Ny tittel, som er lengre"}
    (root / before.slug / "module.json").write_text(json.dumps(about), encoding="utf-8")
    _write_answers(root / before.slug, before, sha="ny")

    after = built.module(before.slug)

    assert after is not None
    assert (after.sha, after.about["title"]) == ("ny", "Ny tittel, som er lengre")


@pytest.mark.parametrize("slug", ["", "..", ".", "../modules", "/etc", "a/b", "A", "x" * 200, "a\x00", "mangler", None])
def test_a_hostile_or_unknown_slug_is_nothing(root: Path, slug: str | None) -> None:
    assert BuiltModules(root).module(slug) is None


@pytest.mark.parametrize(
    "name",
    ["", ".", "..", "../answers.json", "../module.json", "player/../../answers.json", "/etc/passwd", "player", "C:/x",
     "..\\answers.json", "player//main.js", "a\x00.js", ".skjult", "x" * 400, "%2e%2e/answers.json"],
)  # fmt: skip
def test_only_what_is_public_can_be_had(root: Path, name: str) -> None:
    assert _only(root).file(name) is None


def test_a_link_out_of_the_folder_is_not_followed(root: Path) -> None:
    built = _only(root)
    (built.public / "ut.json").symlink_to(root / built.slug / "answers.json")
    assert built.file("ut.json") is None
    assert built.file("index.html") == built.public / "index.html"
    assert built.file("player/main.js") is not None


@pytest.mark.parametrize("content", ["", "[]", "{", '{"format": 2}', "[" * 5000])
def test_a_broken_module_is_left_out(root: Path, content: str) -> None:
    (root / _only(root).slug / "module.json").write_text(content, encoding="utf-8")
    assert BuiltModules(root).modules() == []
