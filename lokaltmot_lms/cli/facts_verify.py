"""`lokaltmot facts verify`: records in the register that a person has checked a fact."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from lokaltmot_lms.cli.command import command, course_argument, option
from lokaltmot_lms.cli.console import Console, Exit
from lokaltmot_lms.cli.loading import read_despite_problems
from lokaltmot_lms.pipeline import today
from lokaltmot_lms.source.fact_editing import edited
from lokaltmot_lms.targets.archive import write_file
from lokaltmot_lms.texts import N_


class DateParam(click.ParamType[date]):
    """A date, written 2026-11-22."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        try:
            return datetime.strptime(str(value), "%Y-%m-%d").date()  # noqa: DTZ007  # a day has no zone
        except ValueError:
            self.fail(f"{value!r}: 2026-11-22 …", param, ctx)


@command(
    "verify", N_("Record in the fact register of COURSE that a person has checked the fact KEY against its source.")
)
@click.argument("key")
@course_argument
@option("--by", required=True, metavar="NAME", help=N_("The person who checked it."))
@option("--on", "day", type=DateParam(), metavar="DATE", help=N_("The date; today by default."))
@option("--confidence", type=click.Choice(("A", "B")), help=N_("The confidence now. A: found in a public source."))
@option("--review-by", type=DateParam(), metavar="DATE", help=N_("The date of the next review."))
def facts_verify(
    console: Console,
    key: str,
    course: Path,
    by: str,
    day: date | None,
    confidence: str | None,
    review_by: date | None,
    as_json: bool,
) -> int:
    day = day or today()
    fact = read_despite_problems(console, course).facts.get(key)
    if fact is None:
        raise click.ClickException(console.gettext("There is no fact {key}.", key=key))
    if day > today():
        raise click.ClickException(
            console.gettext("{date} is in the future. Give today’s date or an earlier one.", date=day)
        )
    given: dict[str, str | date | None] = {
        "verified-by": by, "verified-on": day, "confidence": confidence, "review-by": review_by,
    }  # fmt: skip
    file = Path(fact.at.path)
    try:
        written = edited(file.read_bytes(), key, {name: value for name, value in given.items() if value})
    except KeyError as error:  # a list where a text belongs, which the reader has reported
        told = console.gettext("{key} has errors in {file}. Fix them first. Nothing was changed.", key=key, file=file)
        raise click.ClickException(told) from error
    write_file(file, written)
    if as_json:
        console.answer({"key": key, "verifiedBy": by, "verifiedOn": day.isoformat(), "file": file.as_posix()})
        return Exit.GOOD
    console.say(
        console.gettext("{key}: verified by {name} on {date}, in {file}.", key=key, name=by, date=day, file=file)
    )
    if fact.confidence == "C" and not confidence:
        console.say(console.gettext("It is still marked C, which can’t be published. Add --confidence A or B."))
    return Exit.GOOD
