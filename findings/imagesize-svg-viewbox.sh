#!/usr/bin/env bash
# imagesize finds no size in an SVG that has only a viewBox.
set -euo pipefail
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv env
env/bin/pip install --quiet --disable-pip-version-check imagesize==2.0.1 || exit 2

env/bin/python - <<'PYTHON'
from importlib.metadata import version
from pathlib import Path

import imagesize

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" '
Path("viewbox.svg").write_text(HEAD + 'viewBox="0 0 640 360"><path d="M0 0h640v360z"/></svg>', encoding="utf-8")
Path("both.svg").write_text(HEAD + 'viewBox="0 0 640 360" width="640" height="360"/>', encoding="utf-8")

only, both = imagesize.get("viewbox.svg"), imagesize.get("both.svg")
print("imagesize", version("imagesize"))
print("guess:   (640, 360) for both: a browser takes the shape from the viewBox")
print("happens:", only, "with only a viewBox,", both, "with width and height")
print("matters: drawing programs often export only a viewBox. A page that reserves no room jumps while it loads")

as_described = only == (-1, -1) and both == (640, 360)
print("As described." if as_described else "CHANGED: read the result above.")
raise SystemExit(not as_described)
PYTHON
