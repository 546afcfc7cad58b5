"""The media of a course: every file is found once, is what its name says, and has its size in bytes and pixels."""

from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from lokaltmot_lms.errors import Position
from lokaltmot_lms.errors.files import (
    BLOCK_WITH_ADDRESS,
    CAPTIONS_FORMAT,
    FILE_HAS_NO_CONTENT,
    FILE_IS_OTHER,
    IMAGE_FORMAT,
    IMAGE_HEIC,
    NAME_DOES_NOT_FIT,
    SOUND_FORMAT,
    TRANSCRIPT_FORMAT,
    VIDEO_FORMAT,
)
from lokaltmot_lms.errors.source import CANNOT_READ
from lokaltmot_lms.file_formats import kinds
from lokaltmot_lms.model import Media
from lokaltmot_lms.source.image_size import dimensions
from lokaltmot_lms.source.paths import find_file
from lokaltmot_lms.source.report import Report

# Endings by what a file is for; the first is the one that messages show. "" is a file that learners download.
ENDINGS: Mapping[str, tuple[str, ...]] = {
    "image": (".jpg", ".jpeg", ".png", ".webp", ".gif", ".svg", ".avif"),
    "video": (".mp4", ".webm", ".m4v"),
    "audio": (".mp3", ".m4a", ".ogg", ".oga", ".wav"),
    "captions": (".vtt", ".srt"),
    "audio-description": (".mp3", ".m4a", ".ogg", ".vtt", ".srt", ".mp4", ".webm"),
    "transcript": (".md", ".txt"),
    "": (),
}
_TEXTS = frozenset((".vtt", ".srt", ".md", ".txt"))  # read and checked elsewhere
# Formats that people have and browsers don't show, with the endings of their names.
_IMAGES = {
    "HEIC": (".heic", ".heif"), "TIFF": (".tif", ".tiff"), "BMP": (".bmp",), "ICO": (".ico",), "Photoshop": (".psd",),
    "JPEG XL": (".jxl",), "JPEG 2000": (".jp2",), "WMF": (".wmf",), "EMF": (".emf",), "RAW": (".dng", ".cr2", ".nef"),
}  # fmt: skip
_VIDEOS = {
    "QuickTime": (".mov", ".qt"), "AVI": (".avi",), "Windows Media": (".wmv", ".asf"), "Matroska": (".mkv",),
    "MPEG": (".mpg", ".mpeg"), "3GP": (".3gp", ".3g2"), "Flash": (".flv", ".swf"), "Ogg": (".ogv",),
}  # fmt: skip
_SOUNDS = {
    "Windows Media": (".wma",), "AIFF": (".aif", ".aiff"), "AMR": (".amr",), "MIDI": (".mid", ".midi"),
    "FLAC": (".flac",), "AAC": (".aac",), "3GP": (), "QuickTime": (),
}  # fmt: skip


class CourseMedia:
    """Every file the course names and has."""

    def __init__(self, folder: Path, report: Report) -> None:
        self.folder = folder
        self._report = report
        self._media: dict[str, Media] = {}
        self._checked: set[tuple[str, str]] = set()

    def add(self, written: str, at: Position, use: str = "") -> str | None:
        """Return the file's path from the course folder; None after reporting when it can't be used.

        use: a key of ENDINGS, what the file is for. A file with another content than that is reported, each once.
        """
        path = written.removeprefix("./")
        if use and written.lower().startswith(("https://", "http://")):
            self._report.add(BLOCK_WITH_ADDRESS, at, address=written[:120])
            return None
        known = self._media.get(path)
        file = known.file if known else find_file(self.folder, written, at, self._report)
        if file is None or not self._is_usable(file, path, use, at):
            return None
        return path if known else self._put(path, file, at)

    def add_from(self, folder: Path, written: str, at: Position) -> str | None:
        """Add a file from outside the course (a municipality's logo) as media/local-NAME."""
        file = find_file(folder, written, at, self._report)
        if file is None or not self._is_usable(file, written, "image", at):
            return None
        return self._put(f"media/local-{file.name}", file, at)

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

    def _is_usable(self, file: Path, path: str, use: str, at: Position) -> bool:
        if (path, use) in self._checked:
            return True
        before = self._report.count()
        try:
            with file.open("rb") as opened:
                head = opened.read(kinds.HEAD)
        except OSError:
            self._report.add(CANNOT_READ, at, file=path)
            return False
        _report_kind(path, head, use, at, self._report)
        if self._report.count() > before:
            return False
        self._checked.add((path, use))
        return True


def _report_kind(path: str, head: bytes, use: str, at: Position, report: Report) -> None:
    """Report a file that can't be used for this, by its content first and by its name where that says nothing."""
    ending, found = PurePosixPath(path).suffix.lower(), kinds.kind_of(head)
    if use in ("captions", "transcript") or ending in _TEXTS:
        if use and ending not in ENDINGS[use]:
            report.add(TRANSCRIPT_FORMAT if use == "transcript" else CAPTIONS_FORMAT, at, file=path)
        return
    wanted = kinds.promised(path)
    if not use:
        if wanted and not kinds.fits(path, head):
            _report_content(path, found, wanted, kinds.ENDINGS, at, report)
        return
    good = {"image": kinds.IMAGES, "video": kinds.VIDEOS, "audio": kinds.SOUNDS}.get(use, kinds.VIDEOS | kinds.SOUNDS)
    if kinds.fits(path, head) and ending in ENDINGS[use]:
        return
    other, fault = {"image": (_IMAGES, IMAGE_FORMAT), "audio": (_SOUNDS, SOUND_FORMAT)}.get(
        use, (_VIDEOS, VIDEO_FORMAT)
    )
    name = found or next((name for name, endings in other.items() if ending in endings), "")
    if name == "HEIC" and use == "image":
        report.add(IMAGE_HEIC, at, file=path)
    elif name in other:
        report.add(fault, at, file=path, found=name)
    else:
        usable = {name: endings for name, endings in good.items() if set(endings) & set(ENDINGS[use])}
        _report_content(path, found, wanted if wanted in usable else next(iter(usable)), usable, at, report)


def _report_content(
    path: str, found: str, wanted: str, usable: Mapping[str, tuple[str, ...]], at: Position, report: Report
) -> None:
    if found in usable:
        report.add(NAME_DOES_NOT_FIT, at, file=path, found=found, ending=usable[found][0])
    elif found:
        report.add(FILE_IS_OTHER, at, file=path, found=found, wanted=wanted)
    else:
        report.add(FILE_HAS_NO_CONTENT, at, file=path, wanted=wanted)
