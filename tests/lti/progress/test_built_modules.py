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


def test_a_new_version_is_seen_without_a_restart(root: Path) -> None:
    built = BuiltModules(root)
    (before,) = built.modules()
    assert built.module(before.slug) is before
    about = {**before.about, "sha": "ny", "title": "Ny tittel, som er lengre"}
    (root / before.slug / "module.json").write_text(json.dumps(about), encoding="utf-8")

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
