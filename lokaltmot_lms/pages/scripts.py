"""Selects the player's scripts for a package: main.js and its imports, for one tracking and the types in use."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import chain

import tree_sitter_javascript
from tree_sitter import Language, Parser, Query, QueryCursor

from lokaltmot_lms.resources import shipped

_IMPORT = re.compile(r"""(?:(?:import|export)\b[^"';]*?\bfrom|import)\s*["'](\.[^"']+)["']""")
_LATER = re.compile(r"""import\(["'](\.[^"']+)["']\)""")
_ENTRY = "main.js"
_CLASSIC = "disk.js"
_JAVASCRIPT = Language(tree_sitter_javascript.language())
_COMMENTS_AND_TEMPLATES = Query(_JAVASCRIPT, "(comment) @comment (template_string) @template")


@dataclass(frozen=True, slots=True, kw_only=True)
class Scripts:
    """files: by path under player/. modules: those that the first page needs, in order of first import."""

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
        text = written.get(name) or without_comments((folder / name).read_text(encoding="utf-8"))
        files[name] = text.encode()
        imports = (_IMPORT.match(line) for line in text.splitlines() if line.startswith(("import", "export")))
        waiting += [_resolved(name, found[1]) for found in imports if found]
        later += [_resolved(name, found[1]) for found in _LATER.finditer(text)]
    modules = modules or tuple(files)
    files[_CLASSIC] = without_comments((folder / _CLASSIC).read_text(encoding="utf-8")).encode()
    return Scripts(files=files, modules=modules)


def question_registry(types: Collection[str]) -> str:
    """Return player/questions.js: one line per question type in use."""
    lines = [f'export * as {name} from "./questions/{name}.js";' for name in sorted(types)]
    return "\n".join([*lines, "export {};", ""])


@cache
def without_comments(script: str) -> str:
    """Return a script without comments, indentation and blank lines: about a third fewer bytes to download.

    Line breaks stay, because JavaScript ends statements at them (ECMA-262, 12.10). Template strings stay as they are.

    Raises:
        ValueError: the script has a syntax error.
    """
    source = script.encode()
    tree = Parser(_JAVASCRIPT).parse(source)
    if tree.root_node.has_error:
        raise ValueError("the script has a syntax error")
    pieces: list[bytes] = []
    code, at = b"", 0
    found = QueryCursor(_COMMENTS_AND_TEMPLATES).captures(tree.root_node)
    for node in sorted(chain.from_iterable(found.values()), key=lambda node: node.start_byte):
        if node.start_byte < at:
            continue  # inside a template string
        code += source[at : node.start_byte]
        if node.type == "comment":
            # A comment of several lines counts as a line break, any other as a space (ECMA-262, 12.4).
            code += b"\n" if b"\n" in source[node.start_byte : node.end_byte] else b" "
        else:
            pieces += (_trimmed(code), source[node.start_byte : node.end_byte])
            code = b""
        at = node.end_byte
    pieces.append(_trimmed(code + source[at:]))
    return b"".join(pieces).decode().strip() + "\n"


def _trimmed(code: bytes) -> bytes:
    return re.sub(rb"\s*\n\s*", b"\n", code)


def _resolved(importer: str, target: str) -> str:
    # Scripts import by "./x.js" or "../x.js".
    parts = importer.split("/")[:-1]
    for part in target.split("/"):
        if part == "..":
            parts.pop()
        elif part != ".":
            parts.append(part)
    return "/".join(parts)
