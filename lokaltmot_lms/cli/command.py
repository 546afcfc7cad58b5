"""A Click command whose help is in the user's language, with the options that every command has."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from lokaltmot_lms.cli.console import Console
from lokaltmot_lms.texts import N_, default_language, languages

# A command's function returns an exit code, or None for success.
Run = Callable[..., int | None]


def console_of(context: click.Context) -> Console:
    """Return the console of a run; shell completion creates contexts without one."""
    return context.find_object(Console) or Console(language=default_language())


class TranslatedOption(click.Option):
    """An option whose help is a msgid, translated where it is shown."""

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        record = super().get_help_record(ctx)
        if record is None or not self.help:
            return record
        return record[0], record[1].replace(self.help, console_of(ctx).gettext(self.help), 1)


class Command(click.Command):
    """A command whose help is a msgid, translated where it is shown."""

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        text = self.help or self.name or ""
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(console_of(ctx).gettext(text))


def command(name: str, text: str) -> Callable[[Run], click.Command]:
    """Make a function into a command that gets the Console first and has --json, --lang and --debug.

    text: its help, marked with N_().
    """

    def decorate(run: Run) -> click.Command:
        made = click.command(name, cls=Command, help=text, context_settings={"show_default": True})(click.pass_obj(run))
        for add in (json_option, language_option, debug_option):
            add(made)
        return made

    return decorate


def option(*names: str, **settings: Any) -> Callable[[Any], Any]:
    """Add an option with translated help to a command."""
    return click.option(*names, cls=TranslatedOption, **settings)


def json_option(made: Any) -> Any:
    """Add --json."""
    return option("--json", "as_json", is_flag=True, help=N_("Print the output as JSON."))(made)


def language_option(made: Any) -> Any:
    """Add --lang. It is read before Click starts, so that errors and help use the language too (see run.py)."""
    return option(
        "--lang",
        type=click.Choice(languages()),
        expose_value=False,
        help=N_("The language of messages. By default, that of the locale."),
    )(made)


def debug_option(made: Any) -> Any:
    """Add --debug, read before Click starts as well."""
    return option("--debug", is_flag=True, expose_value=False, help=N_("Show the stack trace of an unexpected error."))(
        made
    )


def course_argument(made: Any) -> Any:
    """Add COURSE: a course folder or one .md file; the current folder by default."""
    kind = click.Path(exists=True, path_type=Path)
    return click.argument("course", type=kind, default=Path())(made)


def local_option(made: Any) -> Any:
    """Add --local."""
    kind = click.Path(exists=True, dir_okay=False, path_type=Path)
    return option(
        "--local", type=kind, help=N_("A municipality's own texts: phone numbers, routine, contact (local.yaml).")
    )(made)
