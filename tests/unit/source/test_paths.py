"""Files are found as they lie on the disk now, though a folder that has not changed is listed once."""

import os
from pathlib import Path

from lokaltmot_lms.errors import Position
from lokaltmot_lms.source.paths import find_file
from lokaltmot_lms.source.report import Report


def test_a_folder_in_the_place_of_another_is_listed_anew_though_its_time_is_the_same(tmp_path: Path) -> None:
    report = Report()
    for number, name in enumerate(("before.svg", "after.svg")):
        made = tmp_path / f"unpacked-{number}"
        made.mkdir()
        (made / name).touch()
        os.utime(made, (1, 1))
        media = tmp_path / "media"
        if media.exists():
            media.rename(tmp_path / "old")
        made.rename(media)
        assert find_file(tmp_path, f"media/{name}", Position(path="module.md"), report) == media / name
    assert report.problems() == ()
