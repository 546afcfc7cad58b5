"""The output of a command: in the user's language, with stack traces if --debug is given."""

import json
from dataclasses import dataclass
from enum import IntEnum

import click

from lokaltmot_lms.texts import translations

_UNITS = ("B", "kB", "MB", "GB", "TB")


class Exit(IntEnum):
    """Exit codes. An error in lokaltmot has its own code (EX_SOFTWARE of sysexits.h), so that a script never takes it
    for COURSE_IS_WRONG.
    """

    GOOD = 0
    COURSE_IS_WRONG = 1
    COMMAND_IS_WRONG = 2
    OUR_FAULT = 70
    INTERRUPTED = 130  # 128 + SIGINT, as in shells
    PIPE_CLOSED = 141  # 128 + SIGPIPE


@dataclass(frozen=True, slots=True, kw_only=True)
class Console:
    """Prints in the user's language. language: a code of texts.languages()."""

    language: str
    is_debugging: bool = False

    def gettext(self, message: str, **values: object) -> str:
        """Return a text in the user's language, with its placeholders filled."""
        text = translations(self.language).gettext(message)
        return text.format_map(values) if values else text

    def ngettext(self, one: str, many: str, count: int, **values: object) -> str:
        """Return the text for a number of things; {count} is filled as well."""
        text = translations(self.language).ngettext(one, many, count)
        return text.format_map({"count": count, **values})

    def size(self, size: int) -> str:
        """Return a readable number of bytes: "1.2 MB", in Norwegian "1,2 MB"."""
        number, unit = float(size), 0
        while number >= 1000 and unit < len(_UNITS) - 1:
            number, unit = number / 1000, unit + 1
        text = f"{number:.0f}" if unit == 0 or number >= 100 else f"{number:.1f}"
        return f"{text if self.language == 'en' else text.replace('.', ',')} {_UNITS[unit]}"

    def say(self, text: str = "") -> None:
        """Print a line to standard output."""
        click.echo(text)

    def warn(self, text: str) -> None:
        """Print a line to standard error."""
        click.echo(text, err=True)

    def answer(self, data: object) -> None:
        """Print data as JSON. Keys are English and stable; texts are in the user's language."""
        click.echo(json.dumps(data, ensure_ascii=False, indent=2))
