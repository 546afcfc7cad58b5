"""`lokaltmot key`: the correct answers of a course, as text or in the format of the key files."""

import json
from pathlib import Path
from typing import Any

import click

from lokaltmot_lms.cli.command import command, course_argument
from lokaltmot_lms.cli.console import Console
from lokaltmot_lms.cli.loading import read_despite_problems
from lokaltmot_lms.targets.keys import key_json
from lokaltmot_lms.texts import N_


@command("key", N_("Print the correct answers of COURSE: question, id on the platform, answer, place."))
@course_argument
def key(console: Console, course: Path, as_json: bool) -> None:
    keys: list[dict[str, Any]] = [
        json.loads(key_json(module)) for module in read_despite_problems(console, course).modules
    ]
    if as_json:
        console.answer({"modules": keys})
        return
    for module in keys:
        console.say(click.style(module["module"], bold=True))
        for row in module["questions"]:
            console.say(f"  {row['cmi']} ({row['type']}) {row['text']}")
            right = row["rightText"] or console.gettext("no right answer")
            console.say(f"      {right}    {row['source']}")
    count = sum(len(module["questions"]) for module in keys)
    console.say(console.ngettext("{count} question.", "{count} questions.", count))
