#!/usr/bin/env bash
# rcssmin removes a meaningful space from selectors inside @layer.
set -euo pipefail
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv env
env/bin/pip install --quiet --disable-pip-version-check rcssmin==1.3.0 || exit 2

env/bin/python - <<'PYTHON'
from importlib.metadata import version

from rcssmin import cssmin

RULE = ".menu :hover { color: teal }"

outside, inside = cssmin(RULE), cssmin("@layer base { " + RULE + " }")
print("rcssmin", version("rcssmin"))
print("guess:   the space between .menu and :hover is kept: with it, the rule is about elements inside .menu")
print("happens:", outside, "outside, and", inside, "in a layer")
print("matters: in @layer, @container and @scope the rule selects .menu itself, and no error is reported")

as_described = ".menu :hover" in outside and ".menu:hover" in inside
print("As described." if as_described else "CHANGED: read the result above.")
raise SystemExit(not as_described)
PYTHON
