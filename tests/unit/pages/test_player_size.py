"""The bars of the player's size: what a learner with a bad line fetches before the first page can be used."""

import gzip

import pytest

from lokaltmot_lms.pages.scripts import player_scripts
from lokaltmot_lms.questions import QUESTION_TYPES

MOST = 40_000
MOST_GZIPPED = 15_000


@pytest.mark.parametrize("tracking", ["scorm12", "scorm2004", "web"])
def test_the_scripts_of_the_first_page_are_small(tracking: str) -> None:
    scripts = player_scripts(types=QUESTION_TYPES, tracking=tracking)
    at_start = b"".join(scripts.files[name] for name in (*scripts.modules, "disk.js"))
    assert len(at_start) <= MOST
    assert len(gzip.compress(at_start)) <= MOST_GZIPPED


@pytest.mark.parametrize("tracking", ["scorm12", "scorm2004", "web"])
def test_the_usual_types_are_small_also_when_each_file_is_gzipped_alone(tracking: str) -> None:
    scripts = player_scripts(types=["single", "truefalse", "multiple", "numeric"], tracking=tracking)
    assert sum(len(gzip.compress(scripts.files[name])) for name in (*scripts.modules, "disk.js")) <= MOST_GZIPPED


def test_a_package_holds_only_its_own_driver_and_types() -> None:
    scripts = player_scripts(types=["single"], tracking="web")
    assert [name for name in scripts.files if name.startswith("tracking/")] == ["tracking/web.js"]
    assert sorted(name for name in scripts.files if name.startswith("questions/")) == [
        "questions/packing.js",
        "questions/single.js",
    ]
