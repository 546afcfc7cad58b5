"""The images and videos a page shows: where they are in the package, and their HTML."""

import unicodedata
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from urllib.parse import quote

from lxml import etree
from markupsafe import Markup

from lokaltmot_lms.file_formats.captions import subrip_as_webvtt
from lokaltmot_lms.model import Course, Media
from lokaltmot_lms.pages.svg import inline_svg, may_stand_inline, read_svg, svg_bytes, svg_size


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class PackageFile:
    """A file of a package. name: with forward slashes, NFC. content: bytes, or a path when it is streamed (media)."""

    name: str
    content: bytes | Path


_TYPES = {
    "mp4": "video/mp4", "m4v": "video/mp4", "webm": "video/webm", "ogv": "video/ogg",
    "mp3": "audio/mpeg", "m4a": "audio/mp4", "ogg": "audio/ogg", "oga": "audio/ogg", "opus": "audio/ogg",
    "wav": "audio/wav", "flac": "audio/flac", "aac": "audio/aac",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """A cleaned SVG. inline: whether the page may contain it."""

    root: etree._Element
    inline: bool


class PackageMedia:
    """The media of one package. `files` are those whose address was requested, which the package must hold."""

    def __init__(self, course: Course) -> None:
        self._course = course
        self._asked: dict[str, PackageFile] = {}
        self._drawings: dict[str, Drawing | None] = {}

    @property
    def files(self) -> tuple[PackageFile, ...]:
        """The files whose address was requested."""
        return tuple(self._asked.values())

    def media(self, path: str) -> Media | None:
        """Return what the course knows about a file, or None."""
        return self._course.media.get(path)

    def address(self, path: str) -> str:
        """Return the address of a file from the package root, and add the file to the package."""
        path_in_package = _name(path)
        media = self.media(path)
        if media is not None and path_in_package not in self._asked:
            drawing = self.drawing(path)
            content = svg_bytes(drawing.root) if drawing else self.captions(path) or media.file
            self._asked[path_in_package] = PackageFile(name=path_in_package, content=content)
        return quote(path_in_package)

    def drawing(self, path: str) -> Drawing | None:
        """Return a cleaned drawing; None when the file is not an SVG. Each file is read once."""
        media = self.media(path)
        if media is None or media.file.suffix.lower() != ".svg":
            return None
        if path not in self._drawings:
            content = media.file.read_bytes()
            root = read_svg(content)
            found = None if root is None else Drawing(root=root, inline=may_stand_inline(content))
            self._drawings[path] = found
        return self._drawings[path]

    def captions(self, path: str) -> bytes | None:
        """Return a SubRip file as the WebVTT that browsers need; None for any other file."""
        media = self.media(path)
        return subrip_as_webvtt(media.file.read_bytes()) if media and _is_subrip(path) else None

    def size(self, path: str) -> tuple[int, int] | None:
        """Return width and height of an image in pixels, or None when unknown."""
        drawing = self.drawing(path)
        if drawing:
            return svg_size(drawing.root)
        media = self.media(path)
        return (media.width, media.height) if media and media.width and media.height else None


class Pictures:
    """The images of one page in one language. up: from the page to the package root ("" or "../")."""

    def __init__(self, media: PackageMedia, up: str) -> None:
        self._media = media
        self._up = up
        self._drawings = count(1)
        self._photographs = count(1)

    def source(self, path: str) -> str:
        """Return the address of a file from the page."""
        return self._up + self._media.address(path)

    def picture(self, path: str, alt: str) -> etree._Element:
        """Return an image: an inline drawing when allowed, else an `img`. All but the first load lazily."""
        drawing = self._media.drawing(path)
        if drawing and drawing.inline:
            return inline_svg(drawing.root, prefix=f"lm-d{next(self._drawings)}-", alt=alt)
        image = etree.Element("img", {"src": self.source(path), "alt": alt, "decoding": "async"})
        size = self._media.size(path)
        if size:
            image.set("width", str(size[0]))
            image.set("height", str(size[1]))
        if next(self._photographs) > 1:
            image.set("loading", "lazy")
        return image

    def html(self, path: str, alt: str) -> Markup:
        """Return an image as HTML."""
        return Markup(etree.tostring(self.picture(path, alt), encoding="unicode", method="html"))  # noqa: S704


def media_type(path: str) -> str:
    """Return the media type of a video or sound; "" leaves it to the browser."""
    return _TYPES.get(path.rpartition(".")[2].lower(), "")


def _name(path: str) -> str:
    path = unicodedata.normalize("NFC", path)
    if _is_subrip(path):
        path += ".vtt"  # the course may have captions of the same name as WebVTT
    return path if path.startswith("media/") else f"media/_/{path}"


def _is_subrip(path: str) -> bool:
    return path.lower().endswith(".srt")
