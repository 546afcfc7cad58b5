#!/usr/bin/env bash
# holidays reads a Norwegian date with the month first.
set -euo pipefail
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv env
env/bin/pip install --quiet --disable-pip-version-check holidays==0.109 || exit 2

env/bin/python - <<'PYTHON'
from importlib.metadata import version

import holidays

norway = holidays.country_holidays("NO", years=2027)

may_day, turned, constitution = (norway.get(text) for text in ("01.05.2027", "05.01.2027", "17.05.2027"))
print("holidays", version("holidays"))
print("guess:   01.05.2027 is May Day in the calendar of Norway, where the day comes first")
print(f"happens: 01.05.2027 is {may_day!r}, 05.01.2027 is {turned!r}, and 17.05.2027 is {constitution!r}")
print("matters: a deadline check with typed dates works from the 13th of each month and fails before. Parse the date first")

as_described = may_day is None and turned is not None and constitution is not None
print("As described." if as_described else "CHANGED: read the result above.")
raise SystemExit(not as_described)
PYTHON
