"""Writes docs/errors.md from the catalogue of faults, so that the two never differ.

`python scripts/docs.py` writes; `--check` writes nothing and ends with 1 when the page is old.
"""

import argparse
import re
import string
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from lokaltmot_lms.errors import Fault  # noqa: E402  # the checkout of this script, not an installed copy
from lokaltmot_lms.errors.catalogue import CATALOGUE  # noqa: E402

PAGE = ROOT / "docs" / "errors.md"

ROOMS = {
    "LM1": "1xx: how a file is written",
    "LM2": "2xx: questions and quizzes",
    "LM3": "3xx: images, videos and file size",
    "LM4": "4xx: language, facts, fairness and accessibility",
    "LM5": "5xx: packages and what platforms require",
    "LM6": "6xx: imports from other formats",
}

BEGINNING = """\
# Errors, warnings and notes

This page is written by `python scripts/docs.py` from `lokaltmot_lms/errors`. Change the text there.

Every problem is one line: `file:line:column: CODE: what is wrong. What to do.` A code never changes its meaning and is
never reused for another problem. `lokaltmot explain CODE` shows the same as this page, in your language.

- An **error** stops the build.
- A **warning** does not, unless you add `--strict`.
- A **note** never stops the build. It is for your information.
"""


def page() -> str:
    """Return the whole page."""
    return "\n".join([BEGINNING, *_contents(), *_sections()])


def _contents() -> Iterator[str]:
    for room, title in ROOMS.items():
        codes = [code for code in CATALOGUE if code.startswith(room)]
        if codes:
            links = " · ".join(f"[{code}](#{code.lower()})" for code in codes)
            yield f"**{title}**\n\n{links}\n"


def _sections() -> Iterator[str]:
    for room, title in ROOMS.items():
        faults = [fault for code, fault in CATALOGUE.items() if code.startswith(room)]
        if faults:
            yield f"## {title}\n"
            yield from (_section(fault) for fault in faults)


def _section(fault: Fault) -> str:
    parts = [
        f"### {fault.code}",
        f"{_severity(fault)}: {_readable(fault.message)}",
        _readable(fault.hint),
        fault.why,
        fault.platforms,
    ]
    parts += [f"{title}:\n\n{_fenced(text)}" for title, text in (("Wrong", fault.bad), ("Right", fault.good)) if text]
    return "\n\n".join(part for part in parts if part) + "\n"


def _severity(fault: Fault) -> str:
    eased = f" ({fault.in_draft} in a course with the status draft)" if fault.in_draft else ""
    return f"{fault.severity.capitalize()}{eased}"


def _readable(text: str) -> str:
    """Return a message with its named places as words in italics: “{key}” becomes “*key*”."""
    shown = []
    for literal, name, _, _ in string.Formatter().parse(text):
        shown.append(re.sub(r"([<*\[\]])", r"\\\1", literal))
        if name is not None:
            shown.append(f"*{name}*")
    return "".join(shown)


def _fenced(text: str) -> str:
    """Return an example as a code block; four backticks, as an example may hold three."""
    return f"````text\n{text}\n````"


def main() -> int:
    """Write the page, or say that it is old."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing")
    wanted = page()
    if parser.parse_args().check:
        if not PAGE.is_file() or PAGE.read_text(encoding="utf-8") != wanted:
            print("docs/errors.md is old. Run: python scripts/docs.py")
            return 1
        return 0
    PAGE.write_text(wanted, encoding="utf-8")
    print(f"docs/errors.md: {len(CATALOGUE)} codes.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
