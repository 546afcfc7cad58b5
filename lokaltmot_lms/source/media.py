"""The media of a course: every file is found once, with its size and, for images, width and height."""

from collections.abc import Mapping
from pathlib import Path

from lokaltmot_lms.errors import Position
from lokaltmot_lms.model import Media
from lokaltmot_lms.source.image_size import dimensions
from lokaltmot_lms.source.paths import find_file
from lokaltmot_lms.source.report import Report


class CourseMedia:
    """Every file the course names and has."""

    def __init__(self, folder: Path, report: Report) -> None:
        self.folder = folder
        self._report = report
        self._media: dict[str, Media] = {}

    def add(self, written: str, at: Position) -> str | None:
        """Return the file's path from the course folder; None after reporting when it can't be used."""
        path = written.removeprefix("./")
        if path in self._media:
            return path
        file = find_file(self.folder, written, at, self._report)
        return self._put(path, file, at) if file else None

    def add_from(self, folder: Path, written: str, at: Position) -> str | None:
        """Add a file from outside the course (a municipality's logo) as media/local-NAME."""
        file = find_file(folder, written, at, self._report)
        return self._put(f"media/local-{file.name}", file, at) if file else None

    def extend(self, contents: Mapping[str, Media]) -> None:
        """Add the files of another collection. A file that is here already stays as it is."""
        for path, media in contents.items():
            self._media.setdefault(path, media)

    def contents(self) -> Mapping[str, Media]:
        """Return the files by path, sorted."""
        return dict(sorted(self._media.items()))

    def _put(self, path: str, file: Path, at: Position) -> str:
        width, height = dimensions(file)
        self._media[path] = Media(path=path, file=file, size=file.stat().st_size, width=width, height=height, at=at)
        return path
