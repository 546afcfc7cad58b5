"""The built modules that the tool serves, read from disk again as soon as there is a newer build.

While a new build is being copied, module.json and answers.json may be of two builds. Such a module is refused whole:
the questions of one build must not be marked with the answers of another. Until the copy is complete, the last build
that was read is served.
"""

import json
import logging
import re
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

_SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,120}")
_PART = re.compile(r"[^./\\\x00-\x1f:][^/\\\x00-\x1f:]*")
_log = logging.getLogger(__name__)
_LARGEST = 20_000_000  # bytes; a module.json with 600 pages and questions is smaller than 1 MB


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class BuiltModule:
    """A built module. Reading it again gives a new, unequal object, which makes it usable as a cache key.

    public: the folder that may be served. about: module.json. questions: from answers.json, by id. sha: of this build.
    """

    slug: str
    public: Path
    about: Mapping[str, Any] = field(repr=False)
    questions: Mapping[str, Mapping[str, Any]] = field(repr=False)
    sha: str

    def file(self, name: str) -> Path | None:
        """Return a file that may be served; None if there is no such file or the path leaves the folder."""
        if len(name) > 300 or not all(_PART.fullmatch(part) for part in name.split("/")):
            return None
        path = self.public / name
        try:
            inside = path.resolve(strict=True).is_relative_to(self.public.resolve())
        except (OSError, RuntimeError):
            return None
        return path if inside and path.is_file() else None


class BuiltModules:
    """The built modules in a folder, by folder name. Thread-safe."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._read: dict[str, tuple[tuple[int, ...], BuiltModule]] = {}
        self._reported: dict[str, tuple[int, ...]] = {}
        self._lock = threading.Lock()

    def module(self, slug: str | None) -> BuiltModule | None:
        """Return a module as it is on disk now; None if it does not exist or cannot be read."""
        if slug is None or not _SLUG.fullmatch(slug):
            return None
        folder = self._root / slug
        stamp = _stamp(folder)
        if not stamp:
            return None
        with self._lock:
            known = self._read.get(slug)
        if known and known[0] == stamp:
            return known[1]
        built = _built(slug, folder)
        with self._lock:
            if built is not None:
                self._read[slug] = (stamp, built)
            elif self._reported.get(slug) != stamp:
                self._reported[slug] = stamp
                _log.warning(
                    "The module %s is not complete: module.json and answers.json are not of the same build. %s "
                    "If this message is not followed by a complete copy, build the module again.",
                    slug,
                    "The build before it is served." if known else "It is not served.",
                )
        return built or (known[1] if known else None)

    def modules(self) -> list[BuiltModule]:
        """Return all modules, sorted by name."""
        if not self._root.is_dir():
            return []
        found = (self.module(path.name) for path in sorted(self._root.iterdir()))
        return [built for built in found if built is not None]


def _stamp(folder: Path) -> tuple[int, ...]:
    """Return what changes when one of a module's two files changes; empty when there is no module."""
    try:
        found = [(folder / name).stat() for name in ("module.json", "answers.json")]
    except OSError:
        return ()
    return tuple(value for file in found for value in (file.st_ino, file.st_mtime_ns, file.st_size))


def _built(slug: str, folder: Path) -> BuiltModule | None:
    """Return the module in a folder; None if it cannot be read or its two files are of different builds."""
    about, answers = _json(folder / "module.json"), _json(folder / "answers.json")
    if about.get("format") != 1 or not isinstance(answers.get("questions"), dict):
        return None
    if not about.get("sha") or about["sha"] != answers.get("sha"):
        return None
    return BuiltModule(
        slug=slug, public=folder / "public", about=about, questions=answers["questions"], sha=str(about.get("sha", ""))
    )


def _json(path: Path) -> dict[str, Any]:
    try:
        if path.stat().st_size > _LARGEST:
            return {}
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}
