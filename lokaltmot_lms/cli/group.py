"""The commands and their Norwegian names. A command's file is imported only when that command runs."""

import unicodedata
from collections.abc import Iterator, Sequence
from importlib import import_module

import click

from lokaltmot_lms.cli.command import console_of, debug_option, language_option, option
from lokaltmot_lms.texts import N_

# English name -> Norwegian name, file here and function in it, one line of help. In the order in which users need them.
COMMANDS: dict[str, tuple[str, str, str]] = {
    "new": ("ny", "new", N_("Start a course of your own from the example.")),
    "import": ("les", "importing", N_("Make a course folder from questions and texts in other formats.")),
    "check": ("sjekk", "check", N_("List the problems in a course and how to fix them.")),
    "build": ("bygg", "build", N_("Build packages for a learning platform.")),
    "preview": ("vis", "preview", N_("Show a course in the browser while you write.")),
    "try": ("prøv", "trial", N_("Play a package in a browser against a strict test LMS.")),
    "inspect": ("undersøk", "inspect", N_("Check any package without a browser.")),
    "diff": ("sammenlign", "diff", N_("Show which saved data learners keep in a new version.")),
    "explain": ("forklar", "explain", N_("Explain an error code, with examples.")),
    "facts": ("fakta", "facts", N_("List the facts of a course, those due for review first.")),
    "facts verify": ("fakta kontrollert", "facts_verify", N_("Record that a person has checked a fact again.")),
    "facts affected": ("fakta berører", "facts_affected", N_("List what changes when a fact changes.")),
    "key": ("fasit", "key", N_("Print the correct answers of a course.")),
    "doctor": ("lege", "doctor", N_("Check this computer for missing programs.")),
}
# Keyboards without æøå.
_SPELLINGS = {"prov": "try", "undersok": "inspect"}


class LazyGroup(click.Group):
    """Knows its commands by name and imports only the one that runs."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        name = _english(cmd_name)
        if name is None:
            return _joined(cmd_name)
        file = COMMANDS[name][1]
        made: click.Command = getattr(import_module(f"lokaltmot_lms.cli.{file}"), file)
        return made

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        is_known = args[0].startswith("-") or _english(args[0]) is not None or _joined(args[0]) is not None
        if not is_known and not ctx.resilient_parsing:
            names = [name for english, row in COMMANDS.items() for name in (english, row[0])]
            raise click.exceptions.NoSuchCommand(args[0], possibilities=names, ctx=ctx)
        two = " ".join(args[:2])
        if " " in two and _english(two) and (found := self.get_command(ctx, two)):
            return two, found, args[2:]
        return super().resolve_command(ctx, args)

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        text = self.help or self.name or ""
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(console_of(ctx).gettext(text))

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        console = console_of(ctx)
        rows: Sequence[tuple[str, str]] = [
            (f"{name}, {row[0]}", console.gettext(row[2])) for name, row in COMMANDS.items()
        ]
        rows = [*rows, *((name, console.gettext(text)) for name, text in _joined_help())]
        with formatter.section(console.gettext("Commands")):
            formatter.write_dl(rows)


def _joined(name: str) -> click.Command | None:
    """Return a command of another package, such as `lti` (entry points "lokaltmot.commands")."""
    from importlib.metadata import entry_points  # here: it takes 20 ms, and our own commands do not need it

    found = [point for point in entry_points(group="lokaltmot.commands") if point.name == name]
    if not found:
        return None
    try:
        made: click.Command = found[0].load()
    except ModuleNotFoundError as error:
        raise click.ClickException(f"Install it first: pip install 'lokaltmot[lti]' ({error.name})") from None
    return made


def _joined_help() -> Iterator[tuple[str, str]]:
    """Yield the commands of other packages with a line of help, or how to install what they need."""
    from importlib.metadata import entry_points

    for point in sorted(entry_points(group="lokaltmot.commands")):
        try:
            made: click.Command = point.load()
        except ModuleNotFoundError:
            yield point.name, f"pip install 'lokaltmot[{point.name}]'"
        else:
            yield point.name, made.help or ""


def _english(name: str) -> str | None:
    """Return the English name of a command; macOS may send ø as two characters."""
    typed = unicodedata.normalize("NFC", name).lower()
    if typed in COMMANDS:
        return typed
    return _SPELLINGS.get(typed) or next((english for english, row in COMMANDS.items() if row[0] == typed), None)


def _print_version(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted:
        from lokaltmot_lms import __version__

        click.echo(f"lokaltmot {__version__}")
        ctx.exit()


GROUP = LazyGroup(
    name="lokaltmot",
    help=N_("Write a course module in plain text and build packages for a learning platform."),
)
for _add in (
    option(
        "--version",
        is_flag=True,
        is_eager=True,
        expose_value=False,
        callback=_print_version,
        help=N_("Print the version."),
    ),
    language_option,
    debug_option,
):
    _add(GROUP)
