"""Which of the player's files a package needs: main.js and what it imports, for one tracking and the types in use."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache

from lokaltmot_lms.resources import shipped

_IMPORT = re.compile(r"""(?:(?:import|export)\b[^"';]*?\bfrom|import)\s*["'](\.[^"']+)["']""")
_LATER = re.compile(r"""import\(["'](\.[^"']+)["']\)""")
_JSDOC = re.compile(r"/\*\*.*?\*/\s*", re.DOTALL)
_AFTER = re.compile(r"; // .*")
# Lines that hold no text and no pattern, as many as stand together.
_BARE = re.compile(r"""(?:^[^"'`/\n]*\n)+""", re.MULTILINE)
# A space beside a mark that needs none. What is sought comes first: so the search leaps from one to the next.
_SPACE = re.compile(r" (?:(?=[{}()\[\],;:?=<>&|*])|(?<=[{}()\[\],;:?=<>&|*] ))")
# Where a statement goes on over two lines.
_BREAK = re.compile(r"\n(?:(?=[)}\].?:&|])|(?<=[{(\[,=>&|?:]\n))")
_ENTRY = "main.js"
_CLASSIC = "disk.js"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scripts:
    """files: by path under player/. modules: those that the first page needs, in the order they are first imported."""

    files: Mapping[str, bytes]
    modules: tuple[str, ...]


def player_scripts(*, types: Collection[str], tracking: str) -> Scripts:
    """Return the scripts for these question types and this tracking file.

    Raises:
        FileNotFoundError: a script imports one that does not exist; the installation is broken.
    """
    return _scripts(tuple(sorted(types)), tracking)


@cache  # most modules of a course have the same types
def _scripts(types: tuple[str, ...], tracking: str) -> Scripts:
    folder = shipped("templates") / "player"
    written = {"questions.js": question_registry(types), "tracking.js": f'export * from "./tracking/{tracking}.js";\n'}
    files: dict[str, bytes] = {}
    modules: tuple[str, ...] = ()
    waiting, later = [_ENTRY], list[str]()
    while waiting or later:
        if not waiting:
            modules = modules or tuple(files)
            waiting, later = later, []
        name = waiting.pop(0)
        if name in files:
            continue
        text = written.get(name) or squeezed((folder / name).read_text(encoding="utf-8"))
        files[name] = text.encode()
        imports = (_IMPORT.match(line) for line in text.splitlines() if line.startswith(("import", "export")))
        waiting += [_resolved(name, found[1]) for found in imports if found]
        later += [_resolved(name, found[1]) for found in _LATER.finditer(text)]
    modules = modules or tuple(files)
    files[_CLASSIC] = squeezed((folder / _CLASSIC).read_text(encoding="utf-8")).encode()
    return Scripts(files=files, modules=modules)


def question_registry(types: Collection[str]) -> str:
    """Return player/questions.js: one line a question type in use."""
    lines = [f'export * as {name} from "./questions/{name}.js";' for name in sorted(types)]
    return "\n".join([*lines, "export {};", ""])


@cache
def squeezed(script: str) -> str:
    """Return a script of ours without comments, indentation and needless space, two fifths less of it.

    Our scripts make that safe: Biome lays them out and ends every statement, a comment is JSDoc, a line of its own or
    stands after a statement, and no text spans lines. A line that may hold a text or a pattern keeps its spaces.
    """
    every = [line.strip() for line in _AFTER.sub(";", _JSDOC.sub("", script)).splitlines()]
    text = "".join([f"{line}\n" for line in every if line and not line.startswith("//")])
    return _BREAK.sub("", _BARE.sub(lambda bare: _SPACE.sub("", bare[0]), text).rstrip()) + "\n"


def _resolved(importer: str, target: str) -> str:
    # Scripts import by "./x.js" or "../x.js".
    parts = importer.split("/")[:-1]
    for part in target.split("/"):
        if part == "..":
            parts.pop()
        elif part != ".":
            parts.append(part)
    return "/".join(parts)
