"""Builds the commands of `lokaltmot lti`, like the compiler's commands, with an English and a Norwegian name."""

import unicodedata
from collections.abc import Callable
from importlib import import_module
from typing import Any

import click

from lokaltmot_lms.cli.command import (
    Command,
    Run,
    console_of,
    debug_option,
    json_option,
    language_option,
    option,
)
from lokaltmot_lms.cli.console import Console, Exit

__all__ = ["BilingualGroup", "Command", "Console", "Exit", "command", "current_console", "option", "refuse"]


class BilingualGroup(click.Group):
    """A group of commands with two names, shown as "platform, plattform". Their modules are imported when needed."""

    def __init__(self, *arguments: Any, **settings: Any) -> None:
        super().__init__(*arguments, **settings)
        self._norwegian: dict[str, str] = {}
        self._later: dict[str, tuple[str, str]] = {}
        for add in (language_option, debug_option):
            add(self)

    def join(self, made: click.Command, norwegian: str) -> None:
        """Add a command under its English name and a Norwegian one."""
        self.add_command(made)
        self._norwegian[made.name or ""] = norwegian

    def join_later(self, name: str, module: str, function: str, norwegian: str) -> None:
        """Add a command that is imported when it is used."""
        self._later[name] = (module, function)
        self._norwegian[name] = norwegian

    def norwegian(self, name: str) -> str:
        """Return the Norwegian name of a command."""
        return self._norwegian[name]

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(self._norwegian)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        name = self._english(cmd_name)
        if name in self._later:
            module, function = self._later[name]
            try:
                self.add_command(getattr(import_module(module), function))
            except ModuleNotFoundError as error:  # the extra `lti` is not installed
                raise click.ClickException(f"Install it first: pip install 'lokaltmot[lti]' ({error.name})") from None
            del self._later[name]
        return super().get_command(ctx, name)

    def _english(self, name: str) -> str:
        typed = unicodedata.normalize("NFC", name).lower()
        for english, norwegian in self._norwegian.items():
            if typed in (norwegian, _plain(norwegian)):
                return english
        return typed

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write_paragraph()
        with formatter.indentation():
            text = self.help or self.name or ""
            formatter.write_text(console_of(ctx).gettext(text))

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        console = console_of(ctx)
        rows = [
            (f"{name}, {norwegian}", console.gettext(made.help or name))
            for name, norwegian in self._norwegian.items()
            if (made := self.get_command(ctx, name))
        ]
        with formatter.section(console.gettext("Commands")):
            formatter.write_dl(rows)


def command(name: str, text: str, *, has_json: bool = True) -> Callable[[Run], click.Command]:
    """Return a decorator that makes a function a command. Its first argument is the Console.

    text: the help, marked with N_(). has_json: add --json; --lang and --debug are always added. The function returns
    the exit code.
    """

    def decorate(run: Run) -> click.Command:
        def call(*arguments: Any, **options: Any) -> int | None:
            return run(current_console(), *arguments, **options)

        call.__dict__.update(run.__dict__)  # the options that other decorators have added
        made = click.command(name, cls=Command, help=text, context_settings={"show_default": True})(call)
        for add in (json_option, language_option, debug_option) if has_json else (language_option, debug_option):
            add(made)
        return made

    return decorate


def current_console() -> Console:
    """Return the console of the current command."""
    return console_of(click.get_current_context())


def refuse(text: str, **values: object) -> click.ClickException:
    """Return the exception that ends a command with a message. text: marked with N_()."""
    return click.ClickException(current_console().gettext(text, **values))


def _plain(name: str) -> str:
    """Return a name as it is typed on a keyboard without æøå."""
    return name.replace("æ", "ae").replace("ø", "o").replace("å", "a")
