#!/usr/bin/env bash
# tree-sitter's JavaScript grammar reports a syntax error where a block comment ends a statement.
set -euo pipefail
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv env
env/bin/pip install --quiet --disable-pip-version-check tree-sitter==0.26.1 tree-sitter-javascript==0.25.0 || exit 2

cat >comment.js <<'SCRIPT'
let total = 1 /* the comment
has a line break */ total += 1
console.log(total)
SCRIPT

env/bin/python - "$(node comment.js)" <<'PYTHON'
import sys
from importlib.metadata import version
from pathlib import Path

import tree_sitter_javascript
from tree_sitter import Language, Parser

parser = Parser(Language(tree_sitter_javascript.language()))
script = Path("comment.js").read_bytes()
has_error = parser.parse(script).root_node.has_error
without_comment = parser.parse(script.replace(b"/* the comment\nhas a line break */", b"\n")).root_node.has_error

print("tree-sitter-javascript", version("tree-sitter-javascript"))
print("guess:   a block comment with a line break ends a statement as a line break does (ECMA-262, 12.4 and 12.10)")
print("happens: Node runs the script and prints", sys.argv[1], "but the parser reports an error:", has_error)
print("matters: a tool that parses before it ships refuses a valid script. A plain line break is accepted:", not without_comment)

as_described = sys.argv[1] == "2" and has_error and not without_comment
print("As described." if as_described else "CHANGED: read the result above.")
raise SystemExit(not as_described)
PYTHON
