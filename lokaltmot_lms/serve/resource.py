"""What the server can send: a seekable file, a stream of events, or a reply to a request."""

import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import IO

from lokaltmot_lms.resources import shipped

# Not from the operating system's tables, which differ: browsers do not run a module script of another type.
_TYPES = {
    "css": "text/css; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "gif": "image/gif",
    "htm": "text/html; charset=utf-8",
    "html": "text/html; charset=utf-8",
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "js": "text/javascript; charset=utf-8",
    "json": "application/json",
    "m4a": "audio/mp4",
    "mp3": "audio/mpeg",
    "mp4": "video/mp4",
    "oga": "audio/ogg",
    "ogg": "audio/ogg",
    "ogv": "video/ogg",
    "pdf": "application/pdf",
    "png": "image/png",
    "svg": "image/svg+xml",
    "ttf": "font/ttf",
    "txt": "text/plain; charset=utf-8",
    "vtt": "text/vtt; charset=utf-8",
    "wasm": "application/wasm",
    "wav": "audio/wav",
    "webm": "video/webm",
    "webp": "image/webp",
    "woff": "font/woff",
    "woff2": "font/woff2",
    "xml": "application/xml",
    "xsd": "application/xml",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ServedFile:
    """A file to serve. open: returns a new seekable stream, positioned at the start."""

    type: str
    size: int
    open: Callable[[], IO[bytes]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stream:
    """Server-sent events: each text is the data of one event. The iterator ends when the server stops."""

    events: Callable[[], Iterator[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """An HTTP request.

    path: without the leading slash. query: the last value of each name. headers: names in lower case.
    """

    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """An answer to a request."""

    status: int = 200
    body: bytes = b""
    type: str = "application/json"
    headers: Mapping[str, str] = field(default_factory=dict)


def media_type(name: str) -> str:
    """Return the media type for a file name extension, as Moodle does: `.mjs` is plain text."""
    return _TYPES.get(name.rpartition(".")[2].lower(), "text/plain" if name.endswith(".mjs") else _UNKNOWN)


_UNKNOWN = "application/octet-stream"


def in_memory(name: str, content: bytes) -> ServedFile:
    """Return bytes as a resource; the name decides the type."""
    return ServedFile(type=media_type(name), size=len(content), open=lambda: io.BytesIO(content))


def on_disk(name: str, path: Path) -> ServedFile:
    """Return a file as a resource of its present size; the name decides the type.

    Raises:
        OSError: the file does not exist.
    """
    return ServedFile(type=media_type(name), size=path.stat().st_size, open=lambda: path.open("rb"))


@cache
def strict_lms() -> Mapping[str, ServedFile]:
    """Return `lms.html` and, under `lms/`, its scripts and style."""
    folder = shipped("templates") / "lms"
    scripts = {
        f"lms/{path.name}": on_disk(path.name, path) for path in folder.iterdir() if path.suffix in {".js", ".css"}
    }
    return {"lms.html": on_disk("lms.html", folder / "lms.html"), **scripts}
