"""The Jinja environment: autoescape on, undefined names are errors, templates from the shipped folder."""

import os
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemBytecodeCache, FileSystemLoader, StrictUndefined, Template, compiler
from jinja2.bccache import Bucket

from lokaltmot_lms.resources import shipped


def template(name: str) -> Template:
    """Return a template from templates/, such as "pages/module.html.jinja"."""
    return _environment().get_template(name)


class _Cache(FileSystemBytecodeCache):
    """Keeps compiled templates between runs, because compiling is slow. A full disk does not stop a build."""

    def dump_bytecode(self, bucket: Bucket) -> None:
        try:
            super().dump_bytecode(bucket)
        except OSError:
            return


@cache
def _environment() -> Environment:
    folder = _cache_folder()
    made = Environment(
        loader=FileSystemLoader(shipped("templates")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        bytecode_cache=_Cache(str(folder)) if folder else None,
        auto_reload=False,  # else Jinja reads the file times of templates for every block and question
    )
    made.filters["kind"] = _kind
    return made


def _cache_folder() -> Path | None:
    # Compiled templates are code, so the folder must belong to the user and not be writable by others.
    # Otherwise nothing is cached.
    home = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA")
    try:
        base = Path(home) if home else Path.home() / ".cache"
        # Each Jinja release compiles differently. The time of its file identifies the release.
        folder = base / "lokaltmot" / f"templates-{Path(compiler.__file__).stat().st_mtime_ns}"
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        found = folder.stat()
    except (OSError, RuntimeError):
        return None
    is_ours = not hasattr(os, "getuid") or (found.st_uid == os.getuid() and not found.st_mode & 0o022)
    return folder if is_ours else None


def _kind(thing: object) -> str:
    """Return the kind of a block, so that a template can choose by it: "prose", "figure" …"""
    return type(thing).__name__.lower()
