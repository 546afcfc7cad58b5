#!/usr/bin/env bash
# icalendar writes a fixed offset as a TZID that it reads back as a time without a zone.
set -euo pipefail
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv env
env/bin/pip install --quiet --disable-pip-version-check icalendar==7.3.2 || exit 2

env/bin/python - <<'PYTHON'
from datetime import datetime, timedelta, timezone
from importlib.metadata import version

from icalendar import Calendar, Event

START = datetime(2027, 2, 1, 9, 0, tzinfo=timezone(timedelta(hours=1)))

event = Event()
event.add("uid", "course-start@example.org")
event.add("summary", "Course starts")
event.add("dtstart", START)
calendar = Calendar()
calendar.add_component(event)
written = calendar.to_ical()

line = next(line for line in written.decode().splitlines() if line.startswith("DTSTART"))
back = Calendar.from_ical(written).walk("VEVENT")[0]["DTSTART"].dt
print("icalendar", version("icalendar"))
print("guess:   the same moment comes back")
print(f"happens: {line} is written, and {back!r} is read")
print("matters: a deadline moves by the reader's own offset. Convert to UTC or to a named zone before writing")

as_described = "TZID" in line and back.tzinfo is None
print("As described." if as_described else "CHANGED: read the result above.")
raise SystemExit(not as_described)
PYTHON
