"""`lokaltmot facts`: the fact register, facts due for review first, and where each fact is used."""

import re
from datetime import date
from pathlib import Path
from typing import Any

import click

from lokaltmot_lms.checks.facts import FactStatus, register
from lokaltmot_lms.cli.command import command, course_argument, option
from lokaltmot_lms.cli.console import Console
from lokaltmot_lms.cli.loading import read_despite_problems
from lokaltmot_lms.pipeline import today
from lokaltmot_lms.texts import N_


class Days(click.ParamType[int]):
    """A number of days, written 60d or 60."""

    name = "days"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        written = re.fullmatch(r"(\d{1,5})d?", str(value).strip())
        return int(written[1]) if written else self.fail(f"{value!r}: 60d, 365d …", param, ctx)


@command("facts", N_("List the facts of COURSE and where each is used. Facts that are due for review come first."))
@course_argument
@option("--due", type=Days(), metavar="DAYS", help=N_("Only facts that are due within this many days, such as 60d."))
def facts(console: Console, course: Path, due: int | None, as_json: bool) -> None:
    entries = [
        entry
        for entry in register(read_despite_problems(console, course), today=today())
        if due is None or (entry.days is not None and entry.days <= due)
    ]
    if as_json:
        console.answer({"facts": [_as_data(entry) for entry in entries]})
        return
    for entry in entries:
        _print(console, entry)
    overdue = sum(entry.days is not None and entry.days < 0 for entry in entries)
    listed = console.ngettext("{count} fact.", "{count} facts.", len(entries))
    late = console.ngettext("{count} is overdue.", "{count} are overdue.", overdue)
    console.say(f"{listed} {late}")


def _print(console: Console, entry: FactStatus) -> None:
    fact = entry.fact
    due = _date(fact.review_by) or console.gettext("no date")
    if entry.days is not None and entry.days < 0:
        due = click.style(console.gettext("{date}, overdue", date=due), fg="red", bold=True)
    name = f" ({fact.name})" if fact.name else ""
    console.say(f"{click.style(fact.key, bold=True)}: {fact.text}{name}  [{fact.confidence}] {due}")
    for use in entry.uses:
        console.say(f"    {use.at.path}:{use.at.line}: {use.kind} {use.id}")
    if not entry.uses:
        console.say("    " + console.gettext("not used"))


def _as_data(entry: FactStatus) -> dict[str, object]:
    fact = entry.fact
    return {
        "key": fact.key,
        "text": fact.text,
        "name": fact.name,
        "url": fact.url,
        "source": fact.source,
        "sourceDate": _date(fact.source_date),
        "confidence": fact.confidence,
        "verifiedBy": fact.verified_by,
        "verifiedOn": _date(fact.verified_on),
        "reviewBy": _date(fact.review_by),
        "daysLeft": entry.days,
        "place": f"{fact.at.path}:{fact.at.line}",
        "uses": [
            {
                "kind": use.kind.value,
                "id": use.id,
                "module": use.module,
                "language": use.language,
                "place": f"{use.at.path}:{use.at.line}",
            }
            for use in entry.uses
        ],
    }


def _date(day: date | None) -> str | None:
    return day.isoformat() if day else None
