"""`lokaltmot explain`: what a code means, why it matters, and a wrong and a right example."""

import difflib

import click

from lokaltmot_lms.cli.command import command
from lokaltmot_lms.cli.console import Console
from lokaltmot_lms.errors import Fault
from lokaltmot_lms.errors.catalogue import CATALOGUE
from lokaltmot_lms.texts import N_

_WIDTH = 80


@command("explain", N_("Explain the error CODE, such as LM204, with examples. Without CODE: list all codes."))
@click.argument("code", required=False)
def explain(console: Console, code: str | None, as_json: bool) -> None:
    faults = [_fault(console, code)] if code else list(CATALOGUE.values())
    if as_json:
        console.answer([_as_data(console, fault) for fault in faults])
    elif code:
        _print(console, faults[0])
    else:
        for fault in faults:
            console.say(f"{fault.code}  {console.gettext(fault.message)}")
        console.say(console.ngettext("{count} code.", "{count} codes.", len(faults)))


def _fault(console: Console, code: str) -> Fault:
    fault = CATALOGUE.get(code.upper())
    if fault is None:
        near = difflib.get_close_matches(code.upper(), CATALOGUE, n=3)
        raise click.ClickException(
            console.gettext("There is no code {code}. Did you mean {near}?", code=code, near=", ".join(near))
            if near
            else console.gettext("There is no code {code}. To list all codes, run lokaltmot explain.", code=code)
        )
    return fault


def _as_data(console: Console, fault: Fault) -> dict[str, str]:
    return {
        "code": fault.code,
        "severity": fault.severity.value,
        "message": console.gettext(fault.message),
        "hint": console.gettext(fault.hint),
        "why": console.gettext(fault.why),
        "platforms": console.gettext(fault.platforms) if fault.platforms else "",
        "bad": fault.bad,
        "good": fault.good,
    }


def _print(console: Console, fault: Fault) -> None:
    console.say(click.style(f"{fault.code}: {console.gettext(fault.message)}", bold=True))
    console.say(f"\n{click.wrap_text(console.gettext(fault.why), width=_WIDTH)}")
    for title, example in ((console.gettext("Wrong:"), fault.bad), (console.gettext("Right:"), fault.good)):
        if example:
            console.say(f"\n{title}\n")
            console.say("\n".join(f"    {line}" for line in example.splitlines()))
    if fault.platforms:
        console.say(f"\n{console.gettext(fault.platforms)}")
    console.say(f"\n{console.gettext(fault.hint)}")
